//! CAPTCHAs, verified by somebody who plays the verifier.

use std::time::Duration;

use leadwright_app::capture::{Verifier, VerifierSettings};
use leadwright_tests::{Backend, TestApp};
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_string_contains, method},
};

use super::{a_form, somebody, submission};

async fn says(server: &MockServer, token: &str, answer: ResponseTemplate) {
    let asked = body_string_contains(format!("response={token}"));
    Mock::given(method("POST"))
        .and(body_string_contains("secret=s3cret"))
        .and(asked)
        .respond_with(answer)
        .mount(server)
        .await;
}

async fn a_verifier() -> MockServer {
    let server = MockServer::start().await;
    let json = |answer: Value| ResponseTemplate::new(200).set_body_json(answer);
    let solved = |score: f64, action: &str, host: &str| {
        json(json!({"success": true, "score": score, "action": action, "hostname": host}))
    };
    says(&server, "good", solved(0.9, "contact", "www.example.com")).await;
    says(&server, "low", solved(0.3, "contact", "www.example.com")).await;
    says(&server, "action", solved(0.9, "login", "www.example.com")).await;
    says(&server, "host", solved(0.9, "contact", "evil.test")).await;
    says(&server, "used", json(json!({"success": false, "error-codes": ["timeout-or-duplicate"]}))).await;
    says(&server, "broken", ResponseTemplate::new(200).set_body_string("<html>")).await;
    says(&server, "down", ResponseTemplate::new(503)).await;
    says(&server, "away", ResponseTemplate::new(302).insert_header("Location", "http://127.0.0.1:1/")).await;
    says(&server, "slow", json(json!({"success": true})).set_delay(Duration::from_secs(5))).await;
    server
}

async fn story(app: TestApp) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let captcha = json!({"provider": "turnstile", "secret": "s3cret", "min_score": 0.5, "action": "contact", "hostnames": ["www.example.com"]});
    let (form, path) = a_form(&app, json!({"captcha": captcha})).await;
    let shown =
        json!({"provider": "turnstile", "min_score": 0.5, "action": "contact", "hostnames": ["www.example.com"]});
    assert_eq!((&form["captcha"], form.text.contains("s3cret")), (&shown, false));
    let came = async |input: &str, token: &str| {
        let mut body = somebody(&format!("{token}{}", input.len()));
        body[input] = json!(token);
        let held = submission(&admin, &world.post(&path, body).await.expect(202)).await;
        let code = held["outcome"]["suspicions"][0]["code"].as_str().unwrap_or_default().to_owned();
        (held.text_of("state"), code)
    };
    for (token, code) in [
        ("low", "captcha_low_score"),
        ("action", "captcha_wrong_action"),
        ("host", "captcha_wrong_host"),
        ("used", "captcha_failed"),
        ("broken", "captcha_unavailable"),
        ("down", "captcha_unavailable"),
        ("away", "captcha_unavailable"),
        ("slow", "captcha_unavailable"),
    ] {
        assert_eq!(came("cf-turnstile-response", token).await, ("quarantined".to_owned(), code.to_owned()), "{token}");
    }
    assert_eq!(came("other", "good").await, ("quarantined".to_owned(), "captcha_missing".to_owned()));
    for input in ["cf-turnstile-response", "h-captcha-response", "g-recaptcha-response", "captcha_token"] {
        assert_eq!(came(input, "good").await, ("created".to_owned(), String::new()), "{input}");
    }
    let address = format!("/capture-forms/{}", form.id());
    let other = admin.patch(&address, json!({"captcha": {"provider": "hcaptcha"}})).await.problem(422);
    assert_eq!(other["errors"][0]["pointer"], "#/captcha/secret", "another provider has another secret");
    admin.patch(&address, json!({"captcha": {"min_score": 0.2}})).await.expect(200);
    assert_eq!(came("captcha_token", "low").await.0, "created");
    admin.patch(&address, json!({"captcha": null})).await.expect(200);
    assert_eq!(came("other", "none").await.0, "created");
}

fn run(backend: Backend) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(a_verifier());
    let settings = VerifierSettings {
        turnstile_url: server.uri(),
        timeout: Duration::from_millis(700),
        ..VerifierSettings::default()
    };
    let builder = TestApp::builder().app(|app| app.with_captcha(Verifier::new(settings)));
    leadwright_tests::run(backend, builder, story);
}

#[test]
fn only_who_solves_it_comes_in_sqlite() {
    run(Backend::Sqlite);
}

#[test]
fn only_who_solves_it_comes_in_postgres() {
    run(Backend::Postgres);
}
