use crate::text::mend_case;

/// A name for somebody of whom only an address is known: `jane.doe@example.com` is Jane Doe.
pub fn name_from_address(address: &str) -> Option<String> {
    let local = address.split('@').next().unwrap_or_default();
    let local = local.split('+').next().unwrap_or_default();
    let words: Vec<&str> = local
        .split(|c: char| !c.is_alphabetic() && c != '\'')
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    let name = if words.is_empty() { local.to_owned() } else { words.join(" ") };
    Some(mend_case(&name.to_lowercase()).into_owned()).filter(|name| !name.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gives_a_name() {
        for (address, name) in [
            ("jane.doe@example.com", "Jane Doe"),
            ("hans_meier+crm@example.com", "Hans Meier"),
            ("4711@example.com", "4711"),
        ] {
            assert_eq!(name_from_address(address).as_deref(), Some(name));
        }
        assert_eq!(name_from_address("@example.com"), None);
    }
}
