//! The operators, and what they compare.

use crate::choices;

choices! {
    /// How a field is compared.
    Op {
        /// Equal.
        Eq = "eq",
        /// Not equal, or missing.
        Ne = "ne",
        /// Equal to one of a list.
        In = "in",
        /// Equal to none of a list, or missing.
        NotIn = "not_in",
        /// Less, earlier.
        Lt = "lt",
        /// Not more, not later.
        Lte = "lte",
        /// More, later.
        Gt = "gt",
        /// Not less, not earlier.
        Gte = "gte",
        /// From one to another, both included.
        Between = "between",
        /// Text holds this text; of several, any does.
        Contains = "contains",
        /// Text begins with this text; of several, any does.
        StartsWith = "starts_with",
        /// A value is known (`true`) or missing (`false`).
        Exists = "exists",
        /// A place is at most so many kilometres away.
        WithinKm = "within_km",
    }
}

impl Op {
    /// Whether it is the exact negation of another operator.
    pub const fn is_negated(self) -> bool {
        matches!(self, Self::Ne | Self::NotIn)
    }
}
