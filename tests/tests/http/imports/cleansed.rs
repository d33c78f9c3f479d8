use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::{counts, import, leads, work};

const DAYS: &str = "Name,E-mail,Birthday\nAnn,ann@example.com,31.01.1990\nBob,bob@example.com,1990-01-31\nCyd,cyd@example.com,1.2.1990\n";

const FILE: &str = "Name,E-mail,Phone,Company,Country,Title\n\
    MARIA DE LA CRUZ,Maria@Example.com,(415) 555-2671,Acme,Germany,HEAD OF IT\n\
    Jan van der Berg,jan@example.com,+14155552672,Acme,DE,VP Sales\n\
    siobhan o'neill,SIOBHAN@example.com,415.555.2673,Acme,Ireland,HEAD OF OEM SALES\n\
    ,,call me,Acme,Atlantis,CEO\n";

fn told(cleansed: &Value) -> Vec<String> {
    let one = |one: &Value| {
        format!(
            "{} {} {}",
            one["field"].as_str().unwrap(),
            one["rule"].as_str().unwrap(),
            one["count"].as_u64().unwrap()
        )
    };
    cleansed.as_array().unwrap().iter().map(one).collect()
}

on_both_databases!(async fn a_file_tells_how_often_what_was_changed(app) {
    let admin = app.admin().await;
    let expected =
        ["contact_name case 2", "country country_code 2", "email email_lowered 2", "job_title case 1", "phone phone_e164 2"];
    let waiting = import(&admin, "mode=review", FILE).await;
    assert_eq!(told(&waiting["preview"]["cleansed"]), expected, "{}", waiting.text);
    assert_eq!(told(&waiting["cleansed"]), [""; 0], "nothing was taken in yet");
    let rows = &waiting["preview"]["rows"];
    let titles: Vec<&Value> =
        rows[0]["cleansed"].as_array().unwrap().iter().filter(|one| one["field"] == "job_title").collect();
    assert_eq!(titles, [&json!({"field": "job_title", "from": "HEAD OF IT", "to": "Head of IT", "rule": "case"})]);
    assert_eq!(rows[1]["cleansed"], json!([]));

    admin.post(format!("/imports/{}/confirm", waiting.id()), Value::Null).await.expect(202);
    work(&admin).await;
    let done = admin.get(format!("/imports/{}", waiting.id())).await.expect(200);
    assert_eq!(counts(&done), [3, 0, 0, 1]);
    assert_eq!(told(&done["cleansed"]), expected, "of the row that was rejected nothing is kept");
    let names: Vec<Option<String>> = leads(&admin).await.into_iter().map(|lead| lead.profile.contact_name).collect();
    assert_eq!(names.iter().flatten().collect::<Vec<_>>(), ["Maria de la Cruz", "Jan van der Berg", "Siobhan O'Neill"]);

    let days = import(&admin, "mode=review", DAYS).await;
    assert_eq!(told(&days["preview"]["cleansed"]), ["birth_date date 2"], "{}", days.text);
    let day = json!([{"field": "birth_date", "from": "1.2.1990", "to": "1990-02-01", "rule": "date"}]);
    assert_eq!(days["preview"]["rows"][2]["cleansed"], day);

    let again = import(&admin, "mode=auto&duplicates=update", FILE).await;
    assert_eq!(counts(&again), [0, 0, 3, 1], "what is mended the same way is no news");
    assert_eq!(told(&again["cleansed"]), [""; 0]);
});
