//! The bodies that forms, scripts and programs send.

use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::{a_form, submission};

const KIND: &str = "multipart/form-data; boundary=----x7MA4";

fn part(head: &str, content: &[u8]) -> Vec<u8> {
    let mut part = format!("------x7MA4\r\nContent-Disposition: form-data; {head}\r\n\r\n").into_bytes();
    part.extend_from_slice(content);
    part.extend_from_slice(b"\r\n");
    part
}

fn closed(parts: &[Vec<u8>]) -> Vec<u8> {
    [parts.concat(), b"------x7MA4--\r\n".to_vec()].concat()
}

on_both_databases!(async fn a_form_with_files_loses_nothing_to_them(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({"redirect_url": "https://example.com/thanks"})).await;
    let mut parts = vec![
        part("name=\"_form_tag\"", b"f1"),
        part("name=\"your-name\"", "Jane M\u{fc}ller".as_bytes()),
        part("name=\"your-email\"", b"jane@example.com"),
        part("name=\"interests[]\"", b"crm"),
        part("name=\"interests[]\"", b"billing"),
    ];
    let small = [parts.clone(), vec![part("name=\"cv\"; filename=\"cv.pdf\"\r\nContent-Type: application/pdf", b"%PDF")]].concat();
    let taken = submission(&admin, &world.post_raw(&path, KIND, closed(&small)).await.expect(202)).await;
    assert_eq!((&taken["state"], &taken["content_type"]), (&json!("created"), &json!(KIND)));
    let cv = json!([{"input": "cv", "file_name": "cv.pdf", "content_type": "application/pdf", "bytes": 4}]);
    assert_eq!((&taken["outcome"]["files"], &taken["outcome"]["unread"]), (&cv, &json!(["_form_tag"])));
    let lead = app.stored_lead(&taken.text_of("lead_id")).await.profile;
    assert_eq!((lead.contact_name.as_deref(), lead.product_interests), (Some("Jane Müller"), vec!["crm".to_owned(), "billing".to_owned()]));

    parts.insert(2, part("name=\"photo\"; filename=\"me.png\"\r\nContent-Type: image/png", &vec![0x89; 700_000]));
    let page = world.with("Accept", "text/html").post_raw(&path, KIND, closed(&parts)).await.expect(303);
    assert_eq!(page.header("location"), "https://example.com/thanks");
    let large = submission(&admin, &world.post_raw(&path, KIND, closed(&parts)).await.expect(202)).await;
    assert_eq!((&large["state"], &large["outcome"]["files"][0]["bytes"]), (&json!("merged"), &json!(700_000)));
    assert!(large.text.len() < 10_000, "what is in files is not kept");
    let again = admin.post(format!("/submissions/{}/replay", large.id()), json!({})).await.expect(200);
    assert_eq!((&again["lead_id"], &again["outcome"]["files"]), (&taken["lead_id"], &large["outcome"]["files"]));

    world.post_raw(&path, KIND, &small.concat()[..300]).await.problem(400);
    let text = [part("name=\"other\"", &vec![b'x'; 300_000])];
    assert_eq!(world.post_raw(&path, KIND, closed(&text)).await.problem(413)["code"], "body-too-large");
    let huge = [part("name=\"f\"; filename=\"f\"", &vec![b'x'; 11 << 20])];
    world.post_raw(&path, KIND, closed(&huge)).await.problem(413);
});

on_both_databases!(async fn bodies_are_read_in_the_encoding_they_name(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    let bodies: [(&str, &[u8]); 5] = [
        ("application/x-www-form-urlencoded; charset=ISO-8859-1", b"name=J%F6rg+%C5ke&email=a1%40example.com"),
        ("application/x-www-form-urlencoded", b"_charset_=windows-1252&name=J%F6rg+%C5ke&email=a2%40example.com"),
        ("application/x-www-form-urlencoded", "name=J%C3%B6rg+%C3%85ke&email=a3%40example.com".as_bytes()),
        ("text/plain;charset=UTF-8", "{\"name\": \"J\u{f6}rg \u{c5}ke\", \"email\": \"a4@example.com\"}".as_bytes()),
        ("application/json; charset=latin1", b"{\"name\": \"J\xf6rg \xc5ke\", \"email\": \"a5@example.com\"}"),
    ];
    for (kind, body) in bodies {
        let taken = submission(&admin, &world.post_raw(&path, kind, body).await.expect(202)).await;
        assert_eq!(taken["content_type"], kind);
        let replayed = admin.post(format!("/submissions/{}/replay", taken.id()), json!({})).await.expect(200);
        assert_eq!(replayed["lead_id"], taken["lead_id"]);
        let lead = app.stored_lead(&taken.text_of("lead_id")).await.profile;
        assert_eq!(lead.contact_name.as_deref(), Some("Jörg Åke"), "{kind}");
    }
});

on_both_databases!(async fn nested_members_are_understood_or_mapped(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let mapping = json!({"/answers/0/value": "job_title", "meta.place": "city", "kind": "source", "labels": "tags"});
    let (_, path) = a_form(&app, json!({"field_mapping": mapping})).await;
    let body = json!({
        "contact": {"name": "Jane Doe", "email": "jane@example.com"}, "company": {"name": "Acme"}, "product": {"name": "Engine"},
        "answers": [{"label": "Role", "value": "CEO"}], "meta": {"place": "Rome"}, "kind": "referral", "labels": ["fair"],
        "priority": "critical", "status": "converted",
    });
    let taken = submission(&admin, &world.post(&path, body).await.expect(202)).await;
    let lead = admin.get(format!("/leads/{}", taken.text_of("lead_id"))).await.expect(200);
    let members = ["contact_name", "email", "company_name", "job_title", "city", "source", "tags", "priority", "status"];
    let said: Vec<Value> = members.iter().map(|name| lead[*name].clone()).collect();
    assert_eq!(json!(said), json!(["Jane Doe", "jane@example.com", "Acme", "CEO", "Rome", "referral", ["fair"], "medium", "new"]));
    let kept_aside: Vec<&Value> = taken["outcome"]["warnings"].as_array().unwrap().iter().map(|one| &one["pointer"]).collect();
    assert_eq!(kept_aside, ["#/priority", "#/status"]);
});

on_both_databases!(async fn who_only_tries_is_told_that_all_is_well(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    let form = "application/x-www-form-urlencoded";
    let tried = world.post_raw(&path, form, "test=test").await.expect(200);
    let taken = submission(&admin, &tried).await;
    assert_eq!((&taken["state"], &taken["outcome"]["test"], &taken["lead_id"]), (&json!("test"), &json!(true), &json!(null)));
    let again = admin.post(&format!("/submissions/{}/replay", tried.text_of("receipt_id")), json!({})).await.expect(200);
    assert_eq!(again.json["state"], "test");
    world.post_raw(&path, form, "test=test&x=1").await.problem(422);
    assert_eq!(app.counts(["leads", "submissions"]).await, [0, 2]);
});

on_both_databases!(async fn a_list_of_one_lead_is_that_lead(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    let posted = world.post(&path, json!([{"name": "Ar Solo", "email": "ar@example.com"}])).await.expect(202);
    assert_eq!(submission(&admin, &posted).await["state"], "created");
    world.post(&path, json!([{"email": "a@example.com"}, {"email": "b@example.com"}])).await.problem(422);
});

on_both_databases!(async fn whoever_forgot_the_adapter_is_told_which(app) {
    let (_, path) = a_form(&app, json!({})).await;
    let body = json!({"lead_id": "x9", "user_column_data": [{"column_id": "EMAIL", "string_value": "a@example.com"}]});
    let refused = app.anonymous().post(&path, body).await.problem(422);
    let errors = refused["errors"].as_array().unwrap();
    assert!(errors.iter().any(|error| error["code"] == "no_adapter"), "{refused}");
});
