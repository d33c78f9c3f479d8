//! Access tokens that are not ours, in every way that is known.

use aws_lc_rs::{
    hmac,
    rand::SystemRandom,
    signature::{Ed25519KeyPair, KeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::TimeDelta;
use leadwright_app::access;
use leadwright_tests::{TestApp, on_both_databases};
use serde_json::{Value, json};

use super::log_in;

fn part(token: &str, number: usize) -> Value {
    serde_json::from_slice(&BASE64.decode(token.split('.').nth(number).unwrap()).unwrap()).unwrap()
}

fn signed(header: &Value, claims: &Value, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let text = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
    let signature = sign(text.as_bytes());
    format!("{text}.{}", BASE64.encode(signature))
}

async fn status_of(app: &TestApp, token: &str) -> u16 {
    app.anonymous().bearer(token).get("/me").await.status
}

on_both_databases!(async fn a_token_says_what_it_should(app) {
    let token = log_in(&app).await.text_of("access_token");
    let (header, claims) = (part(&token, 0), part(&token, 1));
    assert_eq!(header["alg"], "EdDSA");
    assert!(header["kid"].is_string());
    for claim in ["iss", "aud", "sub", "exp", "iat", "jti", "org", "sid", "role"] {
        assert!(!claims[claim].is_null(), "{claim}");
    }
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 900);
    assert_eq!(claims["sub"], app.admin.to_string());
});

on_both_databases!(async fn a_forged_signature_is_void(app) {
    let token = log_in(&app).await.text_of("access_token");
    let (header, claims) = (part(&token, 0), part(&token, 1));
    let keys = app.anonymous().at_root().get("/.well-known/jwks.json").await.expect(200);
    let public = BASE64.decode(keys["keys"][0]["x"].as_str().unwrap()).unwrap();
    let kid = &header["kid"];
    assert_eq!(status_of(&app, &token).await, 200);

    let none = json!({"alg": "none", "typ": "JWT", "kid": kid});
    assert_eq!(status_of(&app, &signed(&none, &claims, |_| vec![])).await, 401);
    let hs256 = json!({"alg": "HS256", "typ": "JWT", "kid": kid});
    let with_public_key = |text: &[u8]| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &public), text).as_ref().to_vec();
    assert_eq!(status_of(&app, &signed(&hs256, &claims, with_public_key)).await, 401);

    let pair = Ed25519KeyPair::from_pkcs8(Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap().as_ref());
    let pair = pair.unwrap();
    let own = |text: &[u8]| pair.sign(text).as_ref().to_vec();
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": BASE64.encode(pair.public_key().as_ref())});
    for forged in [
        json!({"alg": "EdDSA", "typ": "JWT", "kid": kid}),
        json!({"alg": "EdDSA", "typ": "JWT", "kid": kid, "jwk": jwk}),
        json!({"alg": "EdDSA", "typ": "JWT", "kid": "../../dev/null"}),
        json!({"alg": "EdDSA", "typ": "JWT", "kid": ""}),
        json!({"alg": "EdDSA", "typ": "JWT"}),
    ] {
        assert_eq!(status_of(&app, &signed(&forged, &claims, own)).await, 401, "{forged}");
    }

    let mut pieces: Vec<&str> = token.split('.').collect();
    let admin_for_longer = BASE64.encode(json!({"exp": 9_999_999_999_i64}).to_string());
    pieces[1] = &admin_for_longer;
    assert_eq!(status_of(&app, &pieces.join(".")).await, 401);
    for garbage in ["", ".", "..", "a.b.c", "lw_", "lw_AAAA", "eyJhbGciOiJFZERTQSJ9.e30.", &token[..token.len() - 4]] {
        assert_eq!(status_of(&app, garbage).await, 401, "{garbage}");
    }
});

on_both_databases!(async fn a_token_for_somebody_else_is_void(app) {
    for change in [
        |settings: &mut access::Settings| settings.audience = "another-api".to_owned(),
        |settings: &mut access::Settings| settings.issuer = "somebody-else".to_owned(),
    ] {
        let mut settings = app.app.access.settings.clone();
        change(&mut settings);
        let other = app.app.clone().with_access(settings);
        let session = access::open_session(&other, app.organization, app.admin, None, None).await.unwrap();
        assert_eq!(status_of(&app, &session.access_token).await, 401);
    }
    let session = access::open_session(&app.app, app.organization, app.admin, None, None).await.unwrap();
    assert_eq!(status_of(&app, &session.access_token).await, 200);
});

on_both_databases!(async fn a_token_lives_for_a_quarter_of_an_hour(app) {
    let token = log_in(&app).await.text_of("access_token");
    app.advance_wall_clock(TimeDelta::seconds(890));
    assert_eq!(status_of(&app, &token).await, 200);
    app.advance_wall_clock(TimeDelta::seconds(20));
    assert_eq!(status_of(&app, &token).await, 401);
    app.advance_wall_clock(TimeDelta::seconds(-3600));
    assert_eq!(status_of(&app, &token).await, 401, "it comes from the future");
});

on_both_databases!(async fn another_scheme_is_told_what_to_send(app) {
    for value in ["Basic YTpi", "Bearer", "Token abc", "bearer "] {
        app.anonymous().with("Authorization", value).get("/me").await.problem(401);
    }
});

on_both_databases!(async fn a_rotated_key_is_accepted_for_an_hour(app) {
    let old = log_in(&app).await.text_of("access_token");
    app.advance_wall_clock(TimeDelta::seconds(2));
    // On another node: this one learns of it from the first token.
    let other = app.app.clone().with_access(app.app.access.settings.clone());
    other.access.clock.advance(TimeDelta::seconds(2));
    let kid = access::rotate_signing_keys(&other).await.unwrap();
    let new = access::open_session(&other, app.organization, app.admin, None, None).await.unwrap().access_token;
    assert_eq!(part(&new, 0)["kid"], kid);
    assert_ne!(part(&old, 0)["kid"], kid);
    assert_eq!((status_of(&app, &old).await, status_of(&app, &new).await), (200, 200));

    app.advance_wall_clock(TimeDelta::minutes(61));
    let keys = app.anonymous().at_root().get("/.well-known/jwks.json").await.expect(200);
    assert_eq!(keys["keys"].as_array().unwrap().len(), 1);
    assert_eq!(keys["keys"][0]["kid"], kid);
});

on_both_databases!(async fn a_change_on_another_node_is_seen_within_five_seconds(app) {
    let tokens = log_in(&app).await;
    let token = tokens.text_of("access_token");
    assert_eq!(status_of(&app, &token).await, 200);
    let other = app.app.clone().with_access(app.app.access.settings.clone());
    let refresh = tokens.text_of("refresh_token");
    access::refresh(&other, &refresh, None).await.unwrap_or_else(|error| panic!("{error}"));
    assert!(access::refresh(&other, &refresh, None).await.is_err(), "the reuse ends the session");
    tokio::time::sleep(std::time::Duration::from_millis(5_200)).await;
    assert_eq!(status_of(&app, &token).await, 401);
});
