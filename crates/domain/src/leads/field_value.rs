//! A value on its way into a field of a lead.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{
    Priority, Relationship, Seniority,
    parts::{Consents, NextAction, Purchase, Touch},
};
use crate::quantity::{Decimal, Money, WholeRange};

macro_rules! field_values {
    ($($(#[$doc:meta])* $kind:ident($content:ty) $(in $slot:ident)?;)*) => {
        /// A normalized value of any field.
        #[derive(Clone, Debug, PartialEq)]
        pub enum FieldValue { $($(#[$doc])* $kind($content),)* }

        $(field_values!(@slot $kind, $content $(, $slot)?);)*
    };
    (@slot $kind:ident, $content:ty, Option) => {
        impl Slot for Option<$content> {
            fn put(&mut self, value: FieldValue) -> bool {
                let FieldValue::$kind(content) = value else { return false };
                *self = Some(content);
                true
            }
        }
    };
    (@slot $kind:ident, $content:ty) => {
        impl Slot for $content {
            fn put(&mut self, value: FieldValue) -> bool {
                let FieldValue::$kind(content) = value else { return false };
                *self = content;
                true
            }
        }
    };
}

/// A place that takes values of one kind.
pub(crate) trait Slot {
    fn put(&mut self, value: FieldValue) -> bool;
}

field_values! {
    /// Text of any kind, normalized.
    Text(String) in Option;
    /// A day.
    Date(NaiveDate) in Option;
    /// A decimal number.
    Decimal(Decimal) in Option;
    /// A whole number or a range.
    WholeRange(WholeRange) in Option;
    /// Money.
    Money(Money) in Option;
    /// A priority.
    Priority(Priority) in Option;
    /// A seniority.
    Seniority(Seniority) in Option;
    /// A relationship.
    Relationship(Relationship) in Option;
    /// Labels or tags.
    Texts(Vec<String>);
    /// Purchases.
    Purchases(Vec<Purchase>);
    /// Consent by channel.
    Consents(Consents);
    /// A touch.
    Touch(Touch) in Option;
    /// Ids by system.
    ExternalIds(BTreeMap<String, String>);
    /// What to do next.
    NextAction(NextAction) in Option;
    /// Custom values by key.
    Custom(Map<String, Value>);
}
