//! Invented people, and what is known of them when they arrive.

use std::collections::{HashMap, HashSet};

use leadwright_domain::{leads::RawLead, text::fold};
use serde_json::{Value, json};

use super::{
    chance::Chance,
    companies::{Company, companies},
    names::names,
};

/// How senior people are: the words before their department, and how often. No words mean that no title is known.
const RANKS: &[(&str, i64)] = &[
    ("Chief Executive Officer", 7),
    ("Chief Operating Officer", 7),
    ("Founder", 5),
    ("VP", 12),
    ("Director of", 16),
    ("Head of", 13),
    ("Manager", 19),
    ("Specialist", 9),
    ("Analyst", 6),
    ("Intern", 2),
    ("", 4),
];

const INTERESTS: &[&str] =
    &["Route planning", "Demand forecasting", "Warehouse slotting", "Fleet analytics", "Shift planning", "API access"];

const PERSONAL: &[&str] = &["postbox.example", "inbox.example", "mail.example"];

/// Somebody who will become a lead.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) company: Company,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) phone: Option<String>,
    title: String,
    interests: Vec<&'static str>,
}

/// So many people, of fewer companies; everybody has another address and phone number.
pub(super) fn people(count: usize) -> Vec<Person> {
    let companies = companies(count * 5 / 11 + 1);
    let (mut names, mut numbers) = (HashSet::new(), HashMap::new());
    let mut people = Vec::with_capacity(count);
    let mut number = 0;
    while people.len() < count {
        let mut chance = Chance::of(2, number);
        number += 1;
        let company = chance.pick(&companies);
        let name = name(&mut chance, company);
        if names.insert(name.clone()) {
            people.push(person(&mut chance, company, name, &mut numbers));
        }
    }
    people
}

fn name(chance: &mut Chance, company: &Company) -> String {
    let (given, family) = names(company.place.culture);
    format!("{} {}", chance.pick(&given), chance.pick(&family))
}

fn person(chance: &mut Chance, company: &Company, name: String, numbers: &mut HashMap<&'static str, usize>) -> Person {
    let phone = company.place.phone.filter(|_| chance.percent(78)).and_then(|(beginning, digits)| {
        let taken = numbers.entry(beginning).or_default();
        *taken += 1;
        // Numbers that are taken one after the other need not look like it.
        let all = 10_usize.pow(u32::try_from(digits).ok()?);
        (*taken <= all).then(|| format!("{beginning}{:0digits$}", *taken * 37 % all))
    });
    let rank = *chance.weighed(RANKS);
    let department = *chance.pick(company.departments);
    let title = match rank {
        "VP" | "Director of" | "Head of" => format!("{rank} {department}"),
        "Manager" | "Specialist" | "Analyst" | "Intern" => format!("{department} {rank}"),
        whole => whole.to_owned(),
    };
    let written = ascii(&name);
    let email = match chance.between(0, 9) {
        0 => format!("{}@{}", written.replace(' ', "."), chance.pick(PERSONAL)),
        1..=3 => format!("{}@{}.example", written.replace(' ', "_"), company.slug),
        _ => format!("{}@{}.example", written.replace(' ', "."), company.slug),
    };
    let interests = chance.some(INTERESTS, 30);
    Person { company: company.clone(), name, email, phone, title, interests }
}

/// A name as it stands in addresses.
fn ascii(name: &str) -> String {
    let folded = fold(name).replace('ø', "o").replace('æ', "ae").replace('œ', "oe");
    folded.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == ' ').collect()
}

impl Person {
    /// The same person, who writes from home.
    pub(super) fn twin(&self) -> Self {
        let email = format!("{}@{}", ascii(&self.name).replace(' ', ""), PERSONAL[0]);
        Self { email, phone: None, ..self.clone() }
    }

    /// What is told of them: everything by whoever knows them, less in a form.
    pub(super) fn told(&self, chance: &mut Chance, thorough: bool) -> RawLead {
        let (company, place) = (&self.company, &self.company.place);
        let mut told = RawLead::new();
        let mut tell = |name: &str, value: Value| told.insert(name.to_owned(), value);
        tell("contact_name", json!(self.name));
        tell("email", json!(self.email));
        tell("company_name", json!(company.name));
        tell("country", json!(place.country));
        let said: [(&str, i64, Value); 4] = [
            ("job_title", 90, json!(self.title)),
            ("phone", 80, json!(self.phone)),
            ("company_size", 75, json!(company.size)),
            ("product_interests", 70, json!(self.interests)),
        ];
        let known: [(&str, i64, Value); 12] = [
            ("industry", 92, json!(company.industry)),
            ("website", 70, json!(format!("https://www.{}.example", company.slug))),
            ("annual_revenue", 60, json!({"amount": company.revenue, "currency": place.currency})),
            ("growth_rate", 40, json!(company.growth)),
            ("technologies", 60, json!(company.technologies)),
            ("city", 90, json!(place.city)),
            ("region", 90, json!(place.region)),
            ("postal_code", 70, json!(place.postal_code)),
            ("latitude", 100, json!(place.position.0)),
            ("longitude", 100, json!(place.position.1)),
            ("language", 80, json!(place.language)),
            ("timezone", 80, json!(place.timezone)),
        ];
        let known = known.into_iter().filter(|_| thorough);
        for (name, often, value) in said.into_iter().chain(known) {
            let blank = value.is_null() || value == json!("") || value == json!([]);
            if chance.percent(often) && !blank {
                tell(name, value);
            }
        }
        told
    }
}
