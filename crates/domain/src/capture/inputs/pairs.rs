//! Inputs that come as objects: what was typed as `value` beside what the page says of the input, such as
//! `{"id": "f1", "title": "Phone", "value": "+1 415 555 2671"}`, in brackets too; and values that hold parts of their own.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{
    VAGUE,
    around::{Around, is_number, is_one_of_list, parted, parts, word},
    parties::is_of_a_party,
};
use crate::leads::{CustomFieldDef, Target, is_of_a_person, target_for};

/// Members that hold what was typed.
const VALUES: &[&str] = &["value", "answer", "response"];
/// Members that hold what was typed beside one of these, and else may be anything.
const VALUES_OF: &[(&str, &[&str])] = &[
    ("answers", ASKING),
    ("answertext", ASKING),
    ("attributevalue", &["attribute", "attributename"]),
    ("content", ASKING),
    ("fieldvalue", &["field", "fieldid", "fieldlabel", "fieldname"]),
    ("leadvalue", &["leadfield"]),
    ("reply", ASKING),
];
/// Members that hold what was asked.
const ASKING: &[&str] = &["label", "prompt", "question", "questiontext", "questiontype"];
/// Members by which programs know the input, and the words that people read, the most telling first.
const NAMES: &[&str] = &[
    "customkey",
    "key",
    "title",
    "label",
    "question",
    "questiontext",
    "prompt",
    "name",
    "displayname",
    "fieldlabel",
    "fieldname",
    "leadfield",
    "attribute",
    "attributename",
    "text",
    "field",
    "slug",
    "id",
    "ref",
];
/// Of these the words that people read.
const LABELS: &[&str] =
    &["title", "label", "question", "questiontext", "prompt", "name", "displayname", "fieldlabel", "fieldname", "text"];
/// Members that only describe the input.
const DESCRIBING: &[&str] = &[
    "alias",
    "attribute",
    "attributename",
    "autocomplete",
    "customkey",
    "default",
    "defaultvalue",
    "description",
    "disabled",
    "displayname",
    "field",
    "fieldid",
    "fieldlabel",
    "fieldname",
    "fieldtype",
    "first",
    "help",
    "helptext",
    "hidden",
    "hint",
    "id",
    "index",
    "inputtype",
    "ishidden",
    "isrequired",
    "key",
    "kind",
    "label",
    "last",
    "leadfield",
    "mandatory",
    "maxlength",
    "middle",
    "minlength",
    "multiple",
    "name",
    "order",
    "placeholder",
    "position",
    "prompt",
    "question",
    "questionid",
    "questiontext",
    "questiontype",
    "rawvalue",
    "readonly",
    "ref",
    "required",
    "slug",
    "text",
    "title",
    "type",
    "uuid",
    "visible",
];
/// Members that pages write to inputs, and nobody to a choice among words.
const OF_INPUTS: &[&str] = &["type", "id", "required", "rawvalue", "ref", "fieldtype", "kind", "ishidden"];
/// The parts into which values in lines are taken apart.
const PARTS: &[&str] = &[
    "prefix", "first", "middle", "initial", "last", "suffix", "address", "address2", "city", "state", "zip", "country",
];

/// What was said in one input.
#[derive(Debug, PartialEq)]
pub(super) struct Said {
    /// The name by which it is kept.
    pub name: String,
    /// The other names by which a mapping may know it.
    pub others: Vec<String>,
    /// What it fills.
    pub target: Option<Target>,
    /// What was typed.
    pub value: Value,
}

/// The inputs of a post: objects with a value are one each, and what describes them is gone.
pub(super) fn said(flat: Vec<(String, Value)>, around: &Around, custom: &[CustomFieldDef]) -> Vec<Said> {
    let mut pairs = pairs(&flat, around, custom);
    let gone: HashSet<usize> = pairs.values().flat_map(|pair| pair.describing.clone()).collect();
    let mut inputs = Vec::with_capacity(flat.len());
    for (at, (name, value)) in flat.into_iter().enumerate().filter(|(at, _)| !gone.contains(at)) {
        match pairs.remove(&at) {
            Some(Pair { name, others, target, .. }) => inputs.push(Said { name, others, target, value }),
            None => inputs.extend(taken_apart(name, value).into_iter().map(|(name, value)| {
                // `preferences.email: true` is no address.
                let target = around.named(&name, custom).filter(|target| !is_a_tick(&name, target, &value));
                let target = target.or_else(|| of_zoho(&name, &value));
                Said { name, others: vec![], target, value }
            })),
        }
    }
    inputs
}

/// Whether an e-mail address or a number that is nested somewhere is a box that was ticked.
pub(super) fn is_a_tick(name: &str, target: &Target, value: &Value) -> bool {
    let is_nested = matches!(target, Target::Field("email" | "phone")) && parted(name).is_some();
    let is_yes_or_no = || match value {
        Value::Bool(_) => true,
        Value::String(said) => {
            matches!(said.trim().to_lowercase().as_str(), "on" | "off" | "yes" | "no" | "true" | "false" | "1" | "0")
        }
        _ => false,
    };
    is_nested && is_yes_or_no()
}

/// What Zoho Forms calls the input of a whole number, and that of a message.
fn of_zoho(name: &str, value: &Value) -> Option<Target> {
    let said = value.as_str()?;
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    match name {
        "PhoneNumber_countrycode" => {
            let digits = said.bytes().filter(u8::is_ascii_digit).count();
            (digits >= 7).then_some(Target::Field("phone"))
        }
        "MultiLine" => Some(Target::Field("notes")),
        _ => None,
    }
}

struct Pair {
    /// In what it stands.
    list: String,
    /// Whether its word means something only with what it belongs to.
    is_vague: bool,
    name: String,
    others: Vec<String>,
    target: Option<Target>,
    describing: Vec<usize>,
}

/// The pairs, by the places of their values.
fn pairs(flat: &[(String, Value)], around: &Around, custom: &[CustomFieldDef]) -> HashMap<usize, Pair> {
    let mut below: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut deep: HashSet<&str> = HashSet::new();
    let is_whole = |name: &str| name.starts_with("custom.") || name.to_lowercase().starts_with("external_ids.");
    for (at, (name, _)) in flat.iter().enumerate().filter(|(_, (name, _))| !is_whole(name)) {
        let Some((parents, _)) = parted(name) else { continue };
        below.entry(parents).or_default().push(at);
        let mut above = parted(parents);
        while let Some((parents, _)) = above.filter(|(parents, _)| deep.insert(parents)) {
            above = parted(parents);
        }
    }
    let whole = below.into_iter().filter(|(parents, _)| !deep.contains(parents));
    let mut pairs: HashMap<usize, Pair> =
        whole.filter_map(|(parents, members)| pair(parents, &members, flat, around, custom)).collect();
    // Of a list that is no form's, `name` is the person's where an e-mail address or a phone number stands in it, too.
    let is_contact = |pair: &&Pair| matches!(pair.target, Some(Target::Field("email" | "phone")));
    let reachable: HashSet<String> = pairs.values().filter(is_contact).map(|pair| pair.list.clone()).collect();
    for pair in pairs.values_mut().filter(|pair| pair.is_vague && !reachable.contains(&pair.list)) {
        pair.target = None;
    }
    pairs
}

fn pair(
    whole: &str,
    members: &[usize],
    flat: &[(String, Value)],
    around: &Around,
    custom: &[CustomFieldDef],
) -> Option<(usize, Pair)> {
    let leaf = |at: usize| parted(&flat[at].0).map(|(_, leaf)| word(leaf)).unwrap_or_default();
    let leaves: Vec<String> = members.iter().map(|at| leaf(*at)).collect();
    let (values, describing): (Vec<usize>, Vec<usize>) =
        members.iter().partition(|at| holds_what_was_typed(&leaf(**at), &leaves));
    let [value] = values[..] else { return None };
    let known: HashMap<String, &Value> = describing.iter().map(|at| (leaf(*at), &flat[*at].1)).collect();
    let own = parts(whole).next_back().unwrap_or_default();
    let is_listed = is_one_of_list(whole);
    if !known.keys().all(|word| DESCRIBING.contains(&word.as_str())) || (known.is_empty() && !is_listed) {
        return None;
    }
    let text = |member: &str| {
        known.get(member).and_then(|value| value.as_str()).map(str::trim).filter(|text| !text.is_empty())
    };
    let label = LABELS.iter().find_map(|member| text(member));
    // A word to choose, said as it is shown and as it is counted.
    if label.is_some_and(|label| flat[value].1.as_str().is_some_and(|value| word(value) == word(label))) {
        return None;
    }
    let by_key = Some(whole).filter(|_| !is_number(own)).and_then(|whole| around.named(whole, custom));
    // `{"type": "EMAIL", "value": …}`: where nothing else names it, its kind does.
    let by_type = || {
        let is_named = NAMES.iter().any(|member| !matches!(*member, "id" | "ref") && text(member).is_some());
        let kind = text("type").or_else(|| text("questiontype"));
        let kind = kind.filter(|kind| !is_named && word(kind) != "number")?;
        let is_meant = |target: &Target| is_of_a_person(target) || is_of_a_party(target);
        Some((kind, target_for(kind, custom).filter(is_meant)?))
    };
    let by_name = || {
        let mut names = NAMES.iter().filter_map(|member| text(member));
        names.find_map(|name| Some((name, target_for(name, custom)?))).or_else(by_type)
    };
    let is_input = is_listed && (known.is_empty() || OF_INPUTS.iter().any(|member| known.contains_key(*member)));
    let is_keyed = by_key.is_some();
    let mut is_vague = false;
    let target = match by_key {
        // `{"company": {"name": "Acme", "value": 1000}}` is no input called company.
        Some(_) if label.is_some_and(|label| target_for(label, custom).is_none()) && !is_input => return None,
        Some(target) => Some(target),
        None => {
            let found = by_name();
            is_vague = !is_listed && found.as_ref().is_some_and(|(name, _)| VAGUE.contains(&word(name).as_str()));
            found.map(|(_, target)| target)
        }
    };
    let target = target.filter(|target| !around.is_others(whole, target));
    if target.is_none() && !is_listed && !is_number(own) {
        return None;
    }
    let shown = label.filter(|_| !is_keyed).unwrap_or(whole);
    let others = label.into_iter().chain([whole]).filter(|name| *name != shown).map(str::to_owned).collect();
    Some((value, Pair { list: list_of(whole), is_vague, name: shown.to_owned(), others, target, describing }))
}

/// What a pair is one of.
fn list_of(whole: &str) -> String {
    parted(whole).map(|(list, _)| list.to_owned()).unwrap_or_default()
}

/// Whether objects in a list are the inputs of one person, and no people: each is one of those above, and words for some of
/// them are known.
pub fn are_inputs(items: &[Value]) -> bool {
    let is_pair = |item: &Value| {
        let Some(members) = item.as_object() else { return false };
        let leaves: Vec<String> = members.keys().map(|key| word(key)).collect();
        let (values, describing): (Vec<&String>, Vec<&String>) =
            leaves.iter().partition(|leaf| holds_what_was_typed(leaf, &leaves));
        let is_named = describing.iter().any(|leaf| NAMES.contains(&leaf.as_str()));
        values.len() == 1 && is_named && describing.iter().all(|leaf| DESCRIBING.contains(&leaf.as_str()))
    };
    let is_known = |item: &Value| {
        let named = item.as_object().into_iter().flatten().filter(|(key, _)| NAMES.contains(&word(key).as_str()));
        named.filter_map(|(_, name)| name.as_str()).any(|name| target_for(name, &[]).is_some())
    };
    items.len() > 1 && items.iter().all(is_pair) && items.iter().any(is_known)
}

/// Whether a member holds what was typed, by what stands beside it.
fn holds_what_was_typed(leaf: &str, beside: &[String]) -> bool {
    let asks = |of: &[&str]| beside.iter().any(|other| of.contains(&other.as_str()));
    VALUES.contains(&leaf) || VALUES_OF.iter().any(|(word, of)| *word == leaf && asks(of))
}

/// `first = John` and `last = Smith` in lines of one value, as some form builders write parts: each for itself.
fn taken_apart(name: String, value: Value) -> Vec<(String, Value)> {
    let lines = || value.as_str().unwrap_or_default().lines().filter(|line| !line.trim().is_empty());
    let found: Option<Map<String, Value>> = lines()
        .map(|line| {
            let (part, said) = line.split_once('=')?;
            let part = part.trim();
            PARTS.contains(&part).then(|| (format!("{name}.{part}"), Value::from(said.trim())))
        })
        .collect();
    match found {
        Some(parts) if lines().count() > 1 => parts.into_iter().collect(),
        _ => vec![(name, value)],
    }
}
