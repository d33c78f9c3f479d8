//! Where people came from, and what they consented to.

use chrono::TimeDelta;
use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::{a_form, submission};

on_both_databases!(async fn the_first_touch_stays_and_every_one_is_kept(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({"allowed_origins": ["https://www.example.com"]})).await;
    let jane = |more: Value| {
        let mut body = json!({"name": "Jane Doe", "email": "jane@example.com"});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let first = world.post(&path, jane(json!({"utm_source": "google", "utm_medium": "cpc", "gbraid": "G1"}))).await.expect(202);
    let lead = submission(&admin, &first).await.text_of("lead_id");
    app.advance(TimeDelta::minutes(5));
    let page = "https://www.example.com/demo?utm_campaign=spring&li_fat_id=L1";
    world.post(&path, jane(json!({"page_url": page, "referrer": "https://partner.test/"}))).await.expect(202);
    app.advance(TimeDelta::minutes(5));
    let visitor = world.with("Origin", "https://www.example.com");
    visitor.with("Referer", "https://www.example.com/contact").post(&path, jane(json!({"city": "Rome"}))).await.expect(202);
    let last = visitor.with("Referer", "https://www.example.com/?utm_source=bing&msclkid=M1");
    let last = last.post(&path, jane(json!({}))).await.expect(202);
    let replay = format!("/submissions/{}/replay", last.text_of("receipt_id"));
    admin.post(&replay, json!({})).await.expect(200);
    admin.post(format!("/submissions/{}/replay", first.text_of("receipt_id")), json!({})).await.expect(200);

    let known = admin.get(format!("/leads/{lead}")).await.expect(200);
    assert_eq!((&known["first_touch"]["utm_source"], &known["last_touch"]["utm_source"]), (&json!("google"), &json!("bing")));
    assert_eq!(known["last_touch"]["click_ids"], json!({"msclkid": "M1"}));
    let touches = admin.get(format!("/leads/{lead}/touches")).await.expect(200);
    let touches = touches["data"].as_array().unwrap();
    let campaigns: Vec<_> = touches.iter().map(|touch| (&touch["utm_source"], &touch["utm_campaign"], &touch["click_ids"])).collect();
    let (none, google, spring, bing) = (json!(null), json!("google"), json!("spring"), json!("bing"));
    let ids = [json!({"gbraid": "G1"}), json!({"li_fat_id": "L1"}), json!({"msclkid": "M1"})];
    assert_eq!(campaigns, [(&google, &none, &ids[0]), (&none, &spring, &ids[1]), (&bing, &none, &ids[2])]);
    assert!(touches.windows(2).all(|two| two[0]["at"].as_str() < two[1]["at"].as_str()));
    app.stranger().await.get(format!("/leads/{lead}/touches")).await.problem(404);
});

on_both_databases!(async fn touches_are_first_and_last_by_their_time(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    let fields = json!({"email": "/email", "contact_name": "/name", "utm_source": "/utm_source"});
    let late = json!({"adapter": "generic", "adapter_mapping": {"fields": fields, "occurred_at": "/t"}});
    let (_, late) = a_form(&app, late).await;
    let from = |source: &str, at: &str| json!({"name": "Jane Doe", "email": "jane@example.com", "utm_source": source, "t": at});
    let taken = world.post(&path, json!({"name": "Jane Doe", "email": "jane@example.com"})).await.expect(202);
    let lead = submission(&admin, &taken).await.text_of("lead_id");
    // Whoever was known without any has the first that comes as the last, too.
    world.post(&path, json!({"name": "Jane Doe", "email": "jane@example.com", "utm_source": "ads"})).await.expect(202);
    let known = admin.get(format!("/leads/{lead}")).await.expect(200);
    assert_eq!(known["first_touch"]["utm_source"], "ads");
    assert_eq!(known["first_touch"], known["last_touch"]);
    for (source, at) in [("old", "2020-03-01T12:00:00Z"), ("oldest", "2020-02-01T12:00:00Z"), ("older", "2020-02-15T12:00:00Z")] {
        world.post(&late, from(source, at)).await.expect(200);
    }
    let known = admin.get(format!("/leads/{lead}")).await.expect(200);
    assert_eq!((&known["first_touch"]["utm_source"], &known["last_touch"]["utm_source"]), (&json!("oldest"), &json!("ads")));
    let touches = admin.get(format!("/leads/{lead}/touches")).await.expect(200);
    let sources: Vec<_> = touches["data"].as_array().unwrap().iter().map(|touch| touch["utm_source"].as_str().unwrap()).collect();
    assert_eq!(sources, ["oldest", "older", "old", "ads"]);
});

on_both_databases!(async fn consent_is_recorded_where_the_box_is_ticked(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (form, path) = a_form(&app, json!({"consent_text": "Yes, write to me."})).await;
    let body = json!({"name": "Jane Doe", "email": "jane@example.com", "email_consent": "on", "sms_consent": "", "call_consent": "no"});
    let taken = submission(&admin, &world.post(&path, body).await.expect(202)).await;
    let lead = admin.get(format!("/leads/{}", taken.text_of("lead_id"))).await.expect(200);
    let email = &lead["consent"]["email"];
    assert_eq!((&email["state"], &email["how"]), (&json!("granted"), &json!("Yes, write to me.")));
    assert_eq!((&email["form_id"], &email["at"]), (&json!(form.id()), &taken["received_at"]));
    assert_eq!((&lead["consent"]["sms"]["state"], &lead["consent"]["phone"]["state"]), (&json!("unknown"), &json!("unknown")));
    let back = json!({"consent": {"email": email}});
    admin.patch(format!("/leads/{}", lead.id()), back).await.expect(200);
});
