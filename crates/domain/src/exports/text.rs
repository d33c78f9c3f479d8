//! Values as cells that are read back as they were.

use serde_json::{Number, Value};

use crate::{quantity::Money, text::minor_digits};

/// What separates the entries of a list; an import takes any of them.
const BETWEEN: [char; 3] = [',', ';', '|'];

/// A list in a cell: its entries with semicolons between them, or JSON where an entry would be read as something else.
pub(super) fn list(items: &[Value], as_json: bool) -> String {
    let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
    let plain = |text: &&str| {
        !text.contains(BETWEEN) && !text.starts_with(['[', '{']) && text.chars().any(char::is_alphanumeric)
    };
    if as_json || texts.len() != items.len() || !texts.iter().all(plain) {
        return Value::from(items.to_vec()).to_string();
    }
    texts.join("; ")
}

/// Money in major units: `1200.50 EUR`, `1000.00-5000.00 USD`.
pub(super) fn money(value: &Value) -> String {
    let Ok(money) = serde_json::from_value::<Money>(value.clone()) else { return value.to_string() };
    let Some(digits) = minor_digits(&money.currency) else { return value.to_string() };
    let major = |minor: i64| {
        let per_major = 10_i64.pow(digits);
        match digits {
            0 => minor.to_string(),
            _ => format!("{}.{:0width$}", minor / per_major, minor % per_major, width = digits as usize),
        }
    };
    match money.max_amount {
        Some(max) => format!("{}-{} {}", major(money.amount), major(max), money.currency),
        None => format!("{} {}", major(money.amount), money.currency),
    }
}

/// A number; a whole one without a point.
pub(super) fn number(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9.0e15 => format!("{float:.0}"),
        _ => number.to_string(),
    }
}
