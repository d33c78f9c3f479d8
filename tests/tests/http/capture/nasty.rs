use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_form, somebody, submission};
use crate::leads::nasty::NASTY;

on_both_databases!(async fn nasty_posts_are_taken_or_refused(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({"consent_text": "Yes"})).await;
    for (number, text) in NASTY.iter().copied().chain(["\u{0}", "a\u{0}b"]).enumerate() {
        let body = json!({
            "name": text, "email": format!("n{number}@example.com"), "phone": text, "company": text, "message": text, "country": text,
            "tags": text, "utm_source": text, "gclid": text, "source": text, "custom": {text: text}, "email_consent": text,
            "consent": text, "birthday": text, "revenue": text, "employees": text, text: text, "external_ids": {text: text},
        });
        let reply = world.with("User-Agent", "x".repeat(3_000)).post(&path, body).await;
        assert!(matches!(reply.status, 202 | 422), "{text:?}: {} {}", reply.status, reply.text);
        let taken = submission(&admin, &reply).await;
        assert_eq!(taken["state"] == "failed", reply.status == 422, "{text:?}: {}", taken.text);
        let again = admin.post(format!("/submissions/{}/replay", taken.id()), json!({})).await.expect(200);
        assert_eq!(again["lead_id"], taken["lead_id"], "{text:?}");
    }
});

on_both_databases!(async fn bytes_of_any_kind_in_an_html_form_are_taken_or_refused(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    let odd: [&[u8]; 12] = [
        b"&&&", b"=", b"====&=&a", b"name=%", b"name=%zz&email=a%40example.com", b"name=%ff%fe&email=b%40example.com", b"name=\xff\xfe&email=c@example.com",
        b"name=J%00ne&email=d%40example.com&x%00=%00", b"name=a&name=b&name=c&email=e%40example.com", b"name[]=a&name[first]=b",
        b"%00", b"name=Jane&email=%E4%F6%40example.com",
    ];
    for body in odd {
        let reply = world.post_raw(&path, "application/x-www-form-urlencoded", body).await;
        assert!(matches!(reply.status, 202 | 422), "{body:?}: {} {}", reply.status, reply.text);
        submission(&admin, &reply).await;
    }
});

on_both_databases!(async fn values_of_every_type_are_taken_or_refused(app) {
    let world = app.anonymous();
    let (_, path) = a_form(&app, json!({})).await;
    let values = [json!(null), json!(1), json!(1e300), json!(true), json!([]), json!([1, "x", null, {}]), json!({}), json!({"a": {"b": []}})];
    let names = ["name", "email", "phone", "company", "tags", "notes", "country", "custom", "consent", "last_touch", "purchases", "source", "id", "score", "next_action"];
    for name in names {
        for value in &values {
            let mut body = somebody("doe");
            body[name] = value.clone();
            let reply = world.post(&path, body).await;
            assert!(matches!(reply.status, 202 | 422), "{name} = {value}: {} {}", reply.status, reply.text);
        }
    }
    let deep = format!("{{\"name\":{}1{}}}", "[".repeat(200), "]".repeat(200));
    world.post_raw(&path, "application/json", deep).await.problem(400);
});
