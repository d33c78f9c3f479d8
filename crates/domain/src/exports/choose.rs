//! Which columns a caller wants.

use super::{Column, column, columns};
use crate::{fault::nearest, leads::CustomFieldDef};

/// A name that is no column's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// Its place in the list, from 0.
    pub at: usize,
    /// The name.
    pub name: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

/// The columns of these names, each once, after the id; all, where none is named.
///
/// # Errors
/// The names that are no columns.
pub fn choose(names: &[String], custom: &[CustomFieldDef]) -> Result<Vec<Column>, Vec<Unknown>> {
    if names.is_empty() {
        return Ok(columns(custom));
    }
    let (mut chosen, mut unknown): (Vec<Column>, Vec<Unknown>) = (Vec::new(), Vec::new());
    let id = ("id".to_owned(), 0);
    let named = names.iter().map(|name| name.trim().to_owned()).zip(0..);
    for (name, at) in std::iter::once(id).chain(named) {
        if chosen.iter().any(|known| known.name() == name) {
            continue;
        }
        match column(&name, custom) {
            Some(column) => chosen.push(column),
            None => {
                let all = columns(custom);
                let near = nearest(&name, all.iter().map(Column::name)).map(ToOwned::to_owned);
                unknown.push(Unknown { at, name, suggestion: near });
            }
        }
    }
    if unknown.is_empty() { Ok(chosen) } else { Err(unknown) }
}
