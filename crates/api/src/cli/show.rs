//! `leadwright config`: the settings as a file could hold them.

use std::fmt::Write as _;

use crate::config::{KEYS, Layers, Settings};

/// Every key with its value, where it comes from and what it does. Secrets are hidden.
pub fn settings(settings: &Settings, layers: &Layers) -> String {
    let mut text = String::from("# The settings in effect; behind each, where it comes from.\n");
    let mut section = "";
    for (key, (path, shown)) in KEYS.iter().zip(settings.shown()) {
        let (of, name) = path.split_once('.').unwrap_or(("", path));
        if of != section {
            section = of;
            // Writing to a text does not fail.
            let _ = write!(text, "\n[{section}]\n");
        }
        let value = shown.replace('\\', "\\\\").replace('"', "\\\"");
        let _ = write!(text, "# {}\n{name} = \"{value}\"  # {}\n", key.about.trim(), layers.origin(path));
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::settings;
    use crate::config::{Given, Settings};

    #[test]
    fn what_is_shown_can_be_a_file() {
        let (defaults, layers) = Settings::load(&Given::default()).unwrap();
        let text = settings(&defaults, &layers);
        let (again, _) = Settings::load(&Given { file: Some(("x.toml".into(), text)), environment: vec![] }).unwrap();
        assert_eq!(again.shown(), defaults.shown());
    }
}
