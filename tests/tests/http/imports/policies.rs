use leadwright_domain::{
    access::Role,
    leads::{Priority, Status},
};
use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::{counts, import, leads, people, work};

on_both_databases!(async fn somebody_known_is_met_as_the_policy_says(app) {
    let admin = app.admin().await;
    let first = "Name,E-mail,Company\nAnn,ann@example.com,Acme\n";
    assert_eq!(counts(&import(&admin, "mode=auto", first).await), [1, 0, 0, 0]);
    let second = "Name,E-mail,Company,City\nAnn,ann@example.com,Other,Paris\n";
    let failed = import(&admin, "mode=auto&duplicates=fail", second).await;
    assert_eq!(counts(&failed), [0, 0, 0, 1]);
    let reasons = admin.get(format!("/imports/{}/rejected.csv", failed.id())).await.expect(200).text;
    let ann = leads(&admin).await.remove(0).id;
    assert!(reasons.contains(&format!("This person is lead {ann} already")), "{reasons}");
    assert!(!reasons.contains("`flag`"), "{reasons}");
    assert_eq!(counts(&import(&admin, "mode=auto&duplicates=fill_blanks", second).await), [0, 1, 0, 0]);
    let lead = leads(&admin).await.remove(0).profile;
    assert_eq!((lead.company_name.as_deref(), lead.city.as_deref()), (Some("Acme"), Some("Paris")));
    assert_eq!(counts(&import(&admin, "mode=auto&duplicates=update", second).await), [0, 1, 0, 0]);
    assert_eq!(leads(&admin).await[0].profile.company_name.as_deref(), Some("Other"));
    assert_eq!(counts(&import(&admin, "mode=auto&duplicates=update", second).await), [0, 0, 1, 0]);
    assert_eq!(counts(&import(&admin, "mode=auto&duplicates=create", second).await), [1, 0, 0, 0]);
    assert_eq!(leads(&admin).await.len(), 2);
});

on_both_databases!(async fn a_move_from_another_system_keeps_its_history(app) {
    let admin = app.admin().await;
    let file = "Name,E-mail,Lead Status,Created Date,Lead Owner,Priority,Tags,External ID\n\
        Ann,ann@example.com,Closed,2020-03-01,admin@example.com,high,\"vip, old\",X-1\n\
        Bob,bob@example.com,Open,2999-01-01,nobody,,,\n";
    let query = "mode=auto&default_priority=low&default_company=Somewhere&default_source=webinar";
    assert_eq!(counts(&import(&admin, query, file).await), [2, 0, 0, 0]);
    let leads = leads(&admin).await;
    let (ann, bob) = (&leads[0], &leads[1]);
    assert_eq!((ann.status, bob.status), (Status::Converted, Status::New));
    assert_eq!(ann.created_at.to_rfc3339()[..4], *"2020");
    assert!(bob.created_at <= bob.updated_at);
    assert_eq!((ann.owner_id, bob.owner_id), (admin.user, None));
    assert_eq!((ann.priority(), bob.priority()), (Priority::High, Priority::Low));
    assert_eq!(ann.profile.tags.len(), 2);
    assert_eq!(ann.profile.external_ids.values().collect::<Vec<_>>(), ["X-1"]);
    assert_eq!(ann.profile.company_name.as_deref(), Some("Somewhere"));
    assert_eq!(ann.sla.due_at, None, "an import promises nothing");
    let sources = admin.get("/lead-sources").await.expect(200);
    let webinar = sources["data"].as_array().unwrap().iter().find(|source| source["code"] == "webinar").unwrap();
    assert_eq!(webinar["id"], ann.source_id.to_string());
});

on_both_databases!(async fn unknown_sources_and_owners_can_fail_a_row(app) {
    let admin = app.admin().await;
    let file = "Name,E-mail,Source,Owner\nAnn,a@example.com,Nowhere,\nBob,b@example.com,,Nobody\nCy,c@example.com,,\n";
    let job = import(&admin, "mode=auto&unknown_source=fail&unknown_owner=fail", file).await;
    assert_eq!(counts(&job), [1, 0, 0, 2]);
    let job = import(&admin, "mode=auto&unknown_source=default", file).await;
    assert_eq!(counts(&job), [2, 0, 1, 0]);
    let named = admin.get("/lead-sources").await.expect(200)["data"].to_string().contains("Nowhere");
    assert!(!named);
});

on_both_databases!(async fn people_are_not_lost_for_want_of_a_name_or_a_good_number(app) {
    let admin = app.admin().await;
    let file = "E-mail,Phone\njane.doe@example.com,12\n";
    assert_eq!(counts(&import(&admin, "mode=auto", file).await), [1, 0, 0, 0]);
    let lead = leads(&admin).await.remove(0).profile;
    assert_eq!(lead.contact_name.as_deref(), Some("Jane Doe"));
    assert_eq!(lead.phone_given.as_deref(), Some("12"));
});

on_both_databases!(async fn each_lead_tells_that_an_import_brought_it(app) {
    let admin = app.admin().await;
    let job = import(&admin, "mode=auto", people(2)).await;
    let call = app.app.call(leadwright_domain::access::Scope::system(app.organization), None);
    let events = app.app.db.read(&call).events().after(0, 1_000).await.unwrap();
    let created: Vec<_> = events.iter().filter(|event| event.kind == "lead.created").collect();
    assert_eq!(created.len(), 2);
    assert_eq!(created[0].data["channel"], "import");
    assert_eq!(created[0].data["import_id"], json!(job.id()));
});

on_both_databases!(async fn no_source_is_made_for_a_row_that_can_not_go_in(app) {
    let admin = app.admin().await;
    let file = "Name,E-mail,Source\nAnn One,ann@example.com,Radio\nBob,no address,Billboard\n";
    for (mode, counted) in [("review", None), ("auto", Some([1, 0, 0, 1]))] {
        let job = import(&admin, &format!("mode={mode}"), file).await;
        if let Some(counted) = counted {
            assert_eq!(counts(&job), counted);
            let rejected = admin.get(format!("/imports/{}/rejected.csv", job.id())).await.expect(200);
            assert!(!rejected.text.contains("lead sources"), "{}", rejected.text);
        } else {
            assert_eq!(job["preview"]["new_sources"], json!(["Radio"]));
        }
    }
    let sources = admin.get("/lead-sources").await.expect(200).text;
    assert!(sources.contains("Radio") && !sources.contains("Billboard"), "{sources}");
});

on_both_databases!(async fn owners_are_read_from_whoever_may_give_leads_to_others(app) {
    let rep = app.sign_in(Role::Rep).await;
    for (who, owned) in [(app.sign_in(Role::Marketer).await, false), (app.admin().await, true)] {
        let file = format!("Name,E-mail,Owner\nAnn {owned},ann.{owned}@example.com,{}\n", rep.user.unwrap());
        let job = import(&who, "mode=auto", file).await;
        assert_eq!(counts(&job), [1, 0, 0, 0]);
        assert_eq!(job["warnings"].to_string().contains("may_not_assign"), !owned, "{}", job.text);
        let newest = leads(&who).await.pop().unwrap();
        assert_eq!(newest.owner_id.is_some(), owned);
    }
});

on_both_databases!(async fn points_that_somebody_gave_elsewhere_come_along(app) {
    let admin = app.admin().await;
    let file = "Name,E-mail,Company,Score adjustment\nAnn,ann@example.com,Acme,15\nBea,bea@example.com,Acme,1000\n";
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!(counts(&job), [2, 0, 0, 0], "{}", job.text);
    assert_eq!(job["warning_samples"][0]["lines"], serde_json::json!([3]), "{}", job.text);
    let ann = admin.get("/leads?q=ann@example.com").await.expect(200);
    assert_eq!(ann["data"][0]["score_components"]["adjustment"], 15);
    let path = format!("/leads/{}/score", ann["data"][0]["id"].as_str().unwrap());
    let score = admin.get(path).await.expect(200);
    assert_eq!((&score["adjustments"][0]["points"], &score["score"]), (&15.into(), &ann["data"][0]["score"]));
});

on_both_databases!(async fn an_id_of_no_system_buries_nobody_else(app) {
    let admin = app.admin().await;
    import(&admin, "mode=auto", "Record ID,Name,Email\n1,Ann One,ann@example.com\n").await;
    let id = leads(&admin).await[0].id;
    admin.post("/erasures", json!({"lead_id": id, "reason": "requested_by_person"})).await.expect(201);
    let other = "Lead ID,Name,Email\n1,Bob Two,bob@example.net\n";
    assert_eq!(counts(&import(&admin, "mode=auto", other).await), [1, 0, 0, 0]);
    let unlike = "Lead ID,Name,Phone\n1,Cy Three,+14155552671\n";
    assert_eq!(counts(&import(&admin, "mode=auto&duplicates=update", unlike).await), [1, 0, 0, 0]);
});

on_both_databases!(async fn ids_that_two_systems_count_alike_cost_nobody(app) {
    let admin = app.admin().await;
    let first = "Record ID,First Name,Last Name,Email\n9001,Ann,One,ann@example.com\n";
    assert_eq!(counts(&import(&admin, "mode=auto", first).await), [1, 0, 0, 0]);
    let other = "Lead ID,Name,Email\n9001,Bob Two,bob@example.net\n";
    for (query, expected) in [("mode=auto&duplicates=update", [1, 0, 0, 0]), ("mode=auto", [0, 0, 1, 0])] {
        let job = import(&admin, query, other).await;
        assert_eq!(counts(&job), expected, "{}", job.text);
        if expected[0] == 1 {
            assert!(job.text.contains("external_id_taken"), "{}", job.text);
        }
    }
    let moved = "Record ID,Name,Email\n9001,Ann Other,ann@example.com\n";
    assert_eq!(counts(&import(&admin, "mode=auto&duplicates=update", moved).await), [0, 1, 0, 0]);
    let names: Vec<_> = leads(&admin).await.into_iter().filter_map(|lead| lead.profile.contact_name).collect();
    assert_eq!(names, ["Ann Other", "Bob Two"]);
});

on_both_databases!(async fn colleagues_behind_a_switchboard_all_come_in(app) {
    let admin = app.admin().await;
    let file = "First Name,Last Name,Email,Company,Phone\n\
        Ann,Alt,ann@example.com,Acme,+49 30 5550100\n\
        Ben,Beck,ben@example.com,Acme,+49 30 5550100\n\
        Cy,Cohn,cy@example.com,Acme,+49 30 5550100\n";
    for query in ["mode=auto", "mode=auto&duplicates=update"] {
        let job = import(&admin, query, file).await;
        let created = job["result"]["created"].as_u64().unwrap();
        assert_eq!(created, if query == "mode=auto" { 3 } else { 0 }, "{}", job.text);
    }
    // Nor does it take a company, and a review knows it beforehand.
    let alone = "Name,Email,Phone\nDee Diaz,dee@example.com,+49 30 5550200\nEli Ernst,eli@example.com,+49 30 5550200\n\
        Ernst Eli,other@example.com,+49 30 5550200\nFay Funk,fay@example.com,+49 30 5550200\n";
    let job = import(&admin, "duplicates=skip", alone).await;
    let preview = &job["preview"];
    assert_eq!((&preview["create"], &preview["skip"]), (&json!(3), &json!(1)), "{}", job.text);
    assert_eq!(preview["rows"][1]["known"], json!({"in_file": true}));
    admin.post(format!("/imports/{}/confirm", job.id()), Value::Null).await.expect(202);
    work(&admin).await;
    let job = admin.get(format!("/imports/{}", job.id())).await.expect(200);
    assert_eq!(counts(&job), [3, 0, 1, 0], "{}", job.text);
    let names: Vec<_> = leads(&admin).await.into_iter().filter_map(|lead| lead.profile.contact_name).collect();
    assert_eq!(names, ["Ann Alt", "Ben Beck", "Cy Cohn", "Dee Diaz", "Eli Ernst", "Fay Funk"]);
});

on_both_databases!(async fn a_review_keeps_namesakes_apart_as_the_import_does(app) {
    let admin = app.admin().await;
    let file = "Name,Email,Phone\nJohn Smith,john@s.example,+49 30 5550300\nMary Smith,mary@s.example,+49 30 5550300\n\
        J. Smith,j@s.example,+49 30 5550300\nWei Li,,+49 30 5550400\nMei Li,,+49 30 5550400\n";
    let job = import(&admin, "duplicates=skip", file).await;
    assert_eq!((&job["preview"]["create"], &job["preview"]["skip"]), (&json!(4), &json!(1)), "{}", job.text);
    admin.post(format!("/imports/{}/confirm", job.id()), Value::Null).await.expect(202);
    work(&admin).await;
    let job = admin.get(format!("/imports/{}", job.id())).await.expect(200);
    assert_eq!(counts(&job), [4, 0, 1, 0], "{}", job.text);
});
