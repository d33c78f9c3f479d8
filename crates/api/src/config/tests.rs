#![allow(clippy::unwrap_used)]

use proptest::prelude::{any, proptest};

use super::*;

fn given(file: &str, variables: &[(&str, &str)]) -> Given {
    let environment = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Given { file: (!file.is_empty()).then(|| ("some.toml".into(), file.to_owned())), environment }
}

fn faults(file: &str, variables: &[(&str, &str)]) -> String {
    Settings::load(&given(file, variables)).unwrap_err().to_string()
}

#[test]
fn the_environment_wins_over_the_file_over_the_defaults() {
    let file = "[http]\nlisten = \"0.0.0.0:1\"\nkeep_alive = 9\n[cors]\norigins = [\"https://A.example\", \"*\"]\n";
    let (settings, layers) = Settings::load(&given(file, &[("LEADWRIGHT_LISTEN", "[::1]:2")])).unwrap();
    assert_eq!(settings.http.listen.0, "[::1]:2");
    assert_eq!(settings.http.keep_alive.show(), "9s");
    assert_eq!(settings.cors.origins.show(), "https://a.example, *");
    assert_eq!(settings.database.url.reveal(), "sqlite://leadwright.db");
    assert_eq!(layers.origin("http.listen").to_string(), "LEADWRIGHT_LISTEN");
    assert_eq!(layers.origin("http.keep_alive").to_string(), "some.toml");
    assert_eq!(layers.origin("database.url"), &Origin::Default);
}

#[test]
fn unknown_keys_are_refused_with_the_nearest_known_one() {
    let found = faults("[http]\nlistn = \"x:1\"\n[nonsense]\nzzz = 1\n", &[("LEADWRIGHT_DATABSE_URL", "x")]);
    assert!(found.contains("http.listn in some.toml is unknown; did you mean http.listen?"), "{found}");
    assert!(found.contains("LEADWRIGHT_DATABSE_URL is unknown; did you mean LEADWRIGHT_DATABASE_URL?"), "{found}");
    assert!(found.contains("nonsense.zzz in some.toml is unknown; `leadwright config`"), "{found}");
}

#[test]
fn variables_of_others_are_left_alone() {
    let theirs = [("LEADWRIGHT_PORT_8080_TCP", "tcp://10.0.0.1:8080"), ("LEADWRIGHT_TEST_POSTGRES_URL", "x")];
    assert!(Settings::load(&given("", &theirs)).is_ok());
}

#[test]
fn all_faults_are_told_at_once_and_no_secret_with_them() {
    let variables = [
        ("LEADWRIGHT_DATABASE_URL", "mysql://root:hunter2@db/x"),
        ("LEADWRIGHT_LISTEN", "8080"),
        ("LEADWRIGHT_LOG_FORMAT", "xml"),
        ("LEADWRIGHT_HEADER_TIMEOUT", "0s"),
        ("LEADWRIGHT_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("LEADWRIGHT_LIMIT_JSON_BODY", "2TiB"),
    ];
    let found = faults("", &variables);
    for key in
        ["database.url", "http.listen", "log.format", "http.header_timeout", "http.trusted_proxies", "limits.json_body"]
    {
        assert!(found.contains(&format!("{key} (from LEADWRIGHT_")), "{key}: {found}");
    }
    assert!(!found.contains("hunter2"), "{found}");
    assert!(faults("", &[("LEADWRIGHT_ADMIN_EMAIL", "a@example.com")]).contains("go together"));
    assert!(faults("", &[("LEADWRIGHT_SECRET_KEY", "short")]).contains("at least 32"));
    assert!(faults("= not toml", &[]).contains("is not TOML"));
}

#[test]
fn passwords_are_not_shown() {
    let variables = [
        ("LEADWRIGHT_DATABASE_URL", "postgres://ann:s3cr@t@db/x?password=s3cret2&sslmode=require"),
        ("LEADWRIGHT_SECRET_KEY", "s3cr0123456789abcdef0123456789abcdef"),
        ("LEADWRIGHT_ADMIN_EMAIL", "ann@example.com"),
        ("LEADWRIGHT_ADMIN_PASSWORD", "s3cret-password"),
    ];
    let (settings, _) = Settings::load(&given("", &variables)).unwrap();
    let shown = format!("{:?} {settings:?}", settings.shown());
    assert!(!shown.contains("s3cr"), "{shown}");
    assert!(shown.contains("postgres://ann:(hidden)@db/x?password=(hidden)&sslmode=require"), "{shown}");
}

#[test]
fn defaults_are_shown_as_they_are_written() {
    for (key, (path, shown)) in KEYS.iter().zip(Settings::defaults().unwrap().shown()) {
        assert_eq!((key.path, key.default), (path, shown.as_str()));
    }
}

#[test]
fn the_documentation_lists_every_key_with_variable_and_default() {
    let page = include_str!("../../../../docs/OPERATIONS.md");
    for key in KEYS {
        let default = if key.default.is_empty() { String::new() } else { format!("`{}`", key.default) };
        let about = key.about.trim();
        let row = format!("| `{}` | `{}` | {default} | {about} |", key.path, key.variable);
        assert!(page.lines().any(|line| line == row), "docs/OPERATIONS.md lacks this row:\n{row}");
    }
}

#[test]
fn networks_hold_what_their_prefix_says() {
    let networks: Vec<Network> = Setting::read("10.0.0.0/8, 192.168.1.7, fd00::/8, 0.0.0.0/0").unwrap();
    let holds = |at: usize, address: &str| within(&networks[at..=at], address.parse().unwrap());
    assert!(holds(0, "10.200.0.1") && !holds(0, "11.0.0.1") && holds(0, "::ffff:10.0.0.1"));
    assert!(holds(1, "192.168.1.7") && !holds(1, "192.168.1.8"));
    assert!(holds(2, "fd12::1") && !holds(2, "fe80::1") && !holds(2, "10.0.0.1"));
    assert!(holds(3, "8.8.8.8") && !holds(3, "::1"));
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in any::<String>()) {
        let _ = Span::read(&text);
        let _ = Size::read(&text);
        let _ = Vec::<Network>::read(&text);
        let _ = Vec::<CorsOrigin>::read(&text);
        let _ = DatabaseUrl::read(&text).map(|url| url.show());
        let _ = Listen::read(&text);
    }

    #[test]
    fn spans_and_sizes_are_read_as_shown(seconds in 1_u64..86_400, kilobytes in 1_usize..1_048_576) {
        let span = Span(std::time::Duration::from_secs(seconds));
        assert_eq!(Span::read(&span.show()).unwrap(), span);
        let size = Size(kilobytes << 10);
        assert_eq!(Size::read(&size.show()).unwrap(), size);
    }
}
