//! Leads as rows of a file that an import takes back without loss (spec LEAD-8).

mod choose;
mod columns;
mod others;
mod text;

pub use choose::{Unknown, choose};
pub use columns::{Column, Names, column, columns, is_heading, is_unmistakable};

use crate::choices;

choices! {
    /// How an exported file is written.
    ExportFormat {
        /// Cells between commas.
        Csv = "csv",
        /// A workbook.
        Xlsx = "xlsx",
        /// A line of JSON for each lead.
        Ndjson = "ndjson",
    }
}

#[cfg(test)]
mod tests;
