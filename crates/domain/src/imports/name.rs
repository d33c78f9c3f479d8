use crate::text::mend_case;

/// Mailboxes that are nobody's in particular.
const OF_NOBODY: &[&str] = &[
    "accounting",
    "accounts",
    "admin",
    "billing",
    "biuro",
    "booking",
    "buero",
    "comercial",
    "commercial",
    "contact",
    "contacto",
    "contatti",
    "contato",
    "customerservice",
    "email",
    "enquiries",
    "enquiry",
    "hello",
    "help",
    "helpdesk",
    "info",
    "inquiries",
    "inquiry",
    "kontakt",
    "mail",
    "marketing",
    "office",
    "orders",
    "post",
    "reception",
    "sales",
    "service",
    "shop",
    "store",
    "support",
    "team",
    "verkauf",
    "vertrieb",
    "ventas",
    "vendas",
    "welcome",
    "zentrale",
];

/// Whether an address is that of a company rather than of somebody there: `info@example.com`.
pub fn is_of_nobody(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    let letters: String = local.chars().filter(|c| c.is_alphabetic()).collect();
    OF_NOBODY.contains(&letters.to_lowercase().as_str())
}

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

    #[test]
    fn mailboxes_of_companies_are_told() {
        for address in ["info@example.com", "Sales@example.com", "customer-service@example.com", "info2@example.com"] {
            assert!(is_of_nobody(address), "{address}");
        }
        for address in ["jane@example.com", "inform@example.com", "sales.jane@example.com", "@example.com"] {
            assert!(!is_of_nobody(address), "{address}");
        }
    }
}
