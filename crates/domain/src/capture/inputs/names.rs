//! What the inputs for names ask for, by what stands beside them: `name` beside `last_name` is the first one.

use std::collections::{BTreeMap, HashSet};

use super::{
    Input,
    around::{LISTS, parted, parts, word},
    is_blank,
    nothing::is_nothing_for,
};
use crate::leads::{Target, settle_the_only_name, settle_whole_and_parts};

/// What wraps all that a form asks, and no person of its own.
pub(super) const FORMS: &[&str] = &[
    "answers",
    "attributes",
    "body",
    "data",
    "details",
    "entry",
    "fields",
    "form",
    "formdata",
    "namedvalues",
    "payload",
    "properties",
    "record",
    "response",
    "submission",
    "values",
];

/// Settles what inputs for a name ask for; those that are mapped stay as they are.
///
/// Whether `name` is the whole or the first one is told by those in the same object that say something: a passenger has a
/// last name, too. That only one input asks for a name is told by all of the form, blank ones included: beside a `prenom`
/// that nobody filled in, `nom` is the last name still.
pub(super) fn settle(inputs: &mut [Input], as_mapped: usize) {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, input) in inputs.iter().enumerate().filter(|(_, input)| says_something(input)) {
        let place = if at < as_mapped { String::new() } else { place(&input.name) };
        places.entry(place).or_default().push(at);
    }
    for beside in places.into_values() {
        settle_with(inputs, beside, as_mapped, settle_whole_and_parts);
    }
    let all = (0..inputs.len()).collect();
    settle_with(inputs, all, as_mapped, settle_the_only_name);
}

fn settle_with(
    inputs: &mut [Input],
    of: Vec<usize>,
    as_mapped: usize,
    settle: impl Fn(&[&str], &mut [Option<Target>]),
) {
    let mut targets: Vec<Option<Target>> = of.iter().map(|at| inputs[*at].target.clone()).collect();
    let names: Vec<&str> = of.iter().map(|at| own(&inputs[*at].name)).collect();
    let fronts = fronts(&names);
    let names: Vec<&str> = names.iter().map(|name| without_front(name, &fronts)).collect();
    settle(&names, &mut targets);
    for (at, target) in of.into_iter().zip(targets).filter(|(at, _)| *at >= as_mapped) {
        inputs[at].target = target;
    }
}

/// Whether it says something, and not what pages write where nobody filled in anything.
pub(super) fn says_something(input: &Input) -> bool {
    !is_blank(&input.value) && !input.target.as_ref().is_some_and(|target| is_nothing_for(target, &input.value))
}

fn own(name: &str) -> &str {
    name.rsplit(['.', '[']).next().unwrap_or_default().trim_end_matches(']')
}

/// `NAME` of `LEAD_NAME` beside `LEAD_LAST_NAME`: what is in front of both says nothing.
fn without_front<'n>(name: &'n str, fronts: &HashSet<String>) -> &'n str {
    let of_name = name.split_once('_').filter(|(_, rest)| rest.eq_ignore_ascii_case("name"));
    of_name.filter(|(front, _)| fronts.contains(&front.to_ascii_lowercase())).map_or(name, |(_, rest)| rest)
}

/// What stands in front of `_last_name`.
fn fronts(names: &[&str]) -> HashSet<String> {
    let front = |name: &&str| name.to_ascii_lowercase().strip_suffix("_last_name").map(str::to_owned);
    names.iter().filter_map(front).collect()
}

/// The object in which an input stands; what wraps the whole form is none.
fn place(name: &str) -> String {
    let parents = parted(name).map_or("", |(parents, _)| parents);
    let objects = parts(parents).map(word);
    let objects = objects.filter(|part| !FORMS.contains(&part.as_str()) && !LISTS.contains(&part.as_str()));
    objects.collect::<Vec<_>>().join(".")
}
