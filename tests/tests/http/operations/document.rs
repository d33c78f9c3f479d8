use leadwright_tests::on_both_databases;

on_both_databases!(async fn the_document_is_the_one_in_the_repository_and_cached(app) {
    let anybody = app.anonymous().at_root();
    let reply = anybody.get("/openapi.json").await.expect(200);
    assert_eq!(reply.text, include_str!("../../../../openapi/openapi.json"));
    assert_eq!(reply.header("content-type"), "application/json");
    assert_eq!(reply.header("access-control-allow-origin"), "*");

    let again = anybody.with("If-None-Match", reply.etag()).get("/openapi.json").await.expect(304);
    assert_eq!((again.text.as_str(), again.etag()), ("", reply.etag()));
    // A proxy that compressed the answer has weakened the tag.
    anybody.with("If-None-Match", format!("W/{}", reply.etag())).get("/openapi.json").await.expect(304);
});
