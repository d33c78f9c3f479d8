//! Leads of which only the id comes: they are asked for at the other system, here a small one of our own.

use std::sync::{Arc, Mutex};

use leadwright_app::worker::jobs;
use leadwright_tests::{TestApp, on_both_databases};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::watch,
};

use super::{a_form, submission};

/// A system that gives these answers, one after the other, and remembers what it was asked.
async fn a_system(answers: Vec<(u16, Value)>) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    tokio::spawn(async move {
        for (status, body) in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut buffer = vec![0; 8_192];
            let length = stream.read(&mut buffer).await.unwrap();
            heard.lock().unwrap().push(String::from_utf8_lossy(&buffer[..length]).into_owned());
            let body = body.to_string();
            let answer =
                format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (address, asked)
}

async fn work(app: &TestApp) -> usize {
    let (_stop, stopped) = watch::channel(false);
    jobs::run_due(&app.app, &stopped).await.unwrap()
}

fn notification(id: &str) -> Value {
    json!({"object": "page", "entry": [{"id": "1", "changes": [{"field": "leadgen", "value": {"leadgen_id": id, "form_id": "9"}}]}]})
}

fn answers(mail: &str) -> Value {
    json!({"id": "77", "campaign_name": "Spring", "field_data": [
        {"name": "full_name", "values": ["Ada Lovelace"]}, {"name": "email", "values": [mail]},
    ]})
}

on_both_databases!(async fn a_lead_is_asked_for_after_its_receipt_was_given(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (address, asked) = a_system(vec![(503, json!({})), (200, answers("ada@engines.example"))]).await;
    let settings = json!({"adapter": "meta_lead_ads", "adapter_access_token": "t0ken", "adapter_fetch_url": format!("{address}/v1/{{id}}?fields=field_data")});
    let (_, path) = a_form(&app, settings).await;
    let reply = world.post(&path, notification("77")).await.expect(200);
    assert_eq!(submission(&admin, &reply).await["state"], "pending");
    assert_eq!(world.post(&path, notification("77")).await.expect(200).text_of("receipt_id"), reply.text_of("receipt_id"));

    assert_eq!(work(&app).await, 1);
    assert_eq!(submission(&admin, &reply).await["state"], "pending");
    assert_eq!(work(&app).await, 0, "it waits before it asks again");
    app.app.clock.advance(chrono::Duration::seconds(11));
    assert_eq!(work(&app).await, 1);
    let taken = submission(&admin, &reply).await;
    assert_eq!(taken["state"], "created", "{}", taken.text);
    let lead = app.stored_lead(taken["lead_id"].as_str().unwrap()).await.profile;
    assert_eq!((lead.email.as_deref(), lead.last_touch.unwrap().utm_campaign.as_deref()), (Some("ada@engines.example"), Some("Spring")));
    let asked = asked.lock().unwrap().clone();
    assert!(asked[1].starts_with("GET /v1/77?fields=field_data "), "{}", asked[1]);
    assert!(asked[1].to_lowercase().contains("authorization: bearer t0ken"), "{}", asked[1]);
    assert!(!taken.text.contains("t0ken"));
    let origin = &taken["outcome"]["adapter"]["origin"];
    assert_eq!((&origin["form_id"], &origin["campaign_name"]), (&json!("9"), &json!("Spring")), "what the notification told stays");

    // What was told is kept: a replay needs nobody.
    let again = admin.post(format!("/submissions/{}/replay", taken.id()), json!({})).await.expect(200);
    assert_eq!((&again["state"], &again["lead_id"]), (&json!("created"), &taken["lead_id"]));
    assert_eq!(app.counts(["leads", "submissions"]).await, [1, 1]);
});

on_both_databases!(async fn what_is_not_told_fails_and_is_asked_for_again_by_a_replay(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (address, _) = a_system(vec![(400, json!({"error": "expired"})), (200, answers("ada@engines.example"))]).await;
    let (form, path) = a_form(&app, json!({"adapter": "meta_lead_ads"})).await;
    let reply = world.post(&path, notification("77")).await.expect(200);
    let failed = submission(&admin, &reply).await;
    assert_eq!(failed["outcome"]["refused"]["errors"][0]["code"], "no_access_token");

    let settings = json!({"adapter_access_token": "t0ken", "adapter_fetch_url": format!("{address}/{{id}}")});
    admin.patch(format!("/capture-forms/{}", form.id()), settings).await.expect(200);
    let replay = || admin.post(format!("/submissions/{}/replay", failed.id()), json!({}));
    assert_eq!(replay().await.expect(200)["state"], "pending");
    assert_eq!(work(&app).await, 1);
    let failed = submission(&admin, &reply).await;
    assert_eq!((&failed["state"], &failed["outcome"]["refused"]["errors"][0]["code"]), (&json!("failed"), &json!("not_fetched")));
    assert_eq!(replay().await.expect(200)["state"], "pending");
    assert_eq!(work(&app).await, 1);
    assert_eq!(submission(&admin, &reply).await["state"], "created");
});
