use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use leadwright_tests::on_both_databases;

on_both_databases!(async fn the_public_keys_are_public_and_nothing_else(app) {
    let reply = app.anonymous().at_root().get("/.well-known/jwks.json").await.expect(200);
    assert!(reply.header("cache-control").contains("max-age"));
    let keys = reply["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 1);
    let members: Vec<&str> = keys[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["kty", "crv", "use", "alg", "kid", "x"]);
    assert_eq!(URL_SAFE_NO_PAD.decode(keys[0]["x"].as_str().unwrap()).unwrap().len(), 32);
});
