use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Writer;
use crate::{
    fault::{At, Fault, escape_pointer, nearest},
    leads::CustomFieldDef,
};

/// Writers, the strongest first.
pub type WriterOrder = Vec<Writer>;

/// Which writer is stronger than which: for all fields, and for some otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Precedence {
    /// The strongest first.
    pub order: WriterOrder,
    /// Fields for which another order holds.
    pub fields: BTreeMap<String, WriterOrder>,
}

impl Default for Precedence {
    fn default() -> Self {
        Self { order: Writer::ALL.to_vec(), fields: BTreeMap::new() }
    }
}

impl Precedence {
    /// Nobody is stronger than anybody.
    pub const fn equal() -> Self {
        Self { order: Vec::new(), fields: BTreeMap::new() }
    }

    /// Whether a writer may overwrite what another wrote; of equals the newer wins.
    pub fn may(&self, field: &str, writer: Writer, known: Writer) -> bool {
        let order = self.fields.get(field).unwrap_or(&self.order);
        let place = |wanted: Writer| order.iter().position(|one| *one == wanted).unwrap_or(order.len());
        place(writer) <= place(known)
    }

    /// What is wrong with it.
    pub fn faults(&self, custom: &[CustomFieldDef]) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(fault_of("#/precedence/order".to_owned(), &self.order));
        for (field, order) in &self.fields {
            let at = format!("#/precedence/fields/{}", escape_pointer(field));
            match unknown_field(field, custom) {
                None => faults.extend(fault_of(at, order)),
                Some(fault) => faults.push(Fault { at: At::Pointer(at), ..fault }),
            }
        }
        faults
    }
}

/// What is wrong with the name of a field that somebody may have written alone.
pub fn unknown_field(field: &str, custom: &[CustomFieldDef]) -> Option<Fault> {
    let known = super::units::names().chain(custom.iter().map(|def| format!("custom.{}", def.key)));
    let known: Vec<String> = known.collect();
    if known.iter().any(|known| known == field) {
        return None;
    }
    let detail = "Name a field of a lead, or `custom.<key>`. A name goes as `contact_name`; lists, notes, consent, touches \
                  and ids in other systems are united, so nothing of them is overwritten.";
    let fault = Fault::at_pointer("#", "unknown_field", detail);
    Some(match nearest(field, known.iter().map(String::as_str)) {
        Some(meant) => fault.suggesting(meant),
        None => fault,
    })
}

fn fault_of(at: String, order: &[Writer]) -> Option<Fault> {
    let each_once = order.len() == Writer::ALL.len() && Writer::ALL.iter().all(|writer| order.contains(writer));
    let detail = format!("Name each of these once, the strongest first: {}.", Writer::WORDS.join(", "));
    (!each_once).then(|| Fault::at_pointer(at, "wrong_order", detail))
}
