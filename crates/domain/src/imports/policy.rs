//! What an import does where a row leaves a question open (spec IMP-4).

use serde::{Deserialize, Serialize};

use super::Mapping;
use crate::{choices, duplicates::Policy, ids::LeadSourceId, leads::Priority, precedence::Writer, privacy::WhenErased};

choices! {
    /// Whether somebody looks before it counts.
    ImportMode {
        /// Stops after validation with a preview and waits for the word to go on.
        Review = "review",
        /// Goes straight through.
        Auto = "auto",
    }
}

choices! {
    /// What a row with a source that is not in the catalogue comes to.
    UnknownSource {
        /// The source is added to the catalogue.
        Create = "create",
        /// The lead gets the import's default source.
        Default = "default",
        /// The row is rejected.
        Fail = "fail",
    }
}

choices! {
    /// What a row with an owner whom nobody knows comes to.
    UnknownOwner {
        /// The lead is routed, or waits unassigned.
        Default = "default",
        /// The row is rejected.
        Fail = "fail",
    }
}

choices! {
    /// How the bytes of a file stand for text.
    Encoding {
        /// UTF-8, with or without a mark in front.
        Utf8 = "utf-8",
        /// UTF-16, low byte first.
        Utf16Le = "utf-16le",
        /// UTF-16, high byte first.
        Utf16Be = "utf-16be",
        /// What Windows wrote in the West before UTF-8.
        Windows1252 = "windows-1252",
        /// The same for Central Europe.
        Windows1250 = "windows-1250",
        /// The same for Cyrillic.
        Windows1251 = "windows-1251",
        /// The same for Greek.
        Windows1253 = "windows-1253",
        /// The same for Turkish.
        Windows1254 = "windows-1254",
        /// The same for Hebrew.
        Windows1255 = "windows-1255",
        /// The same for Arabic.
        Windows1256 = "windows-1256",
        /// The same for the Baltic languages.
        Windows1257 = "windows-1257",
        /// The same for Vietnamese.
        Windows1258 = "windows-1258",
        /// Central European.
        Iso88592 = "iso-8859-2",
        /// Cyrillic.
        Iso88595 = "iso-8859-5",
        /// Greek.
        Iso88597 = "iso-8859-7",
        /// Cyrillic of Russian, and of Ukrainian.
        Koi8U = "koi8-u",
        /// Cyrillic of the DOS.
        Ibm866 = "ibm866",
        /// Thai.
        Windows874 = "windows-874",
        /// Western European with the euro sign.
        Iso885915 = "iso-8859-15",
        /// What a Mac wrote in the West.
        Macintosh = "macintosh",
        /// What the DOS wrote in the West.
        Ibm850 = "ibm850",
        /// What it wrote in the United States.
        Ibm437 = "ibm437",
        /// The same for Central Europe.
        Ibm852 = "ibm852",
        /// Japanese.
        ShiftJis = "shift_jis",
        /// Japanese of Unix.
        EucJp = "euc-jp",
        /// Japanese of mail.
        Iso2022Jp = "iso-2022-jp",
        /// Chinese, simplified.
        Gb18030 = "gb18030",
        /// Chinese, traditional.
        Big5 = "big5",
        /// Korean.
        EucKr = "euc-kr",
    }
}

/// What an import does where a row leaves a question open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPolicy {
    /// What is done with somebody who is a lead already.
    pub duplicates: Policy,
    /// What a source that nobody knows comes to.
    pub unknown_source: UnknownSource,
    /// What an owner whom nobody knows comes to.
    pub unknown_owner: UnknownOwner,
    /// The source of rows that name none.
    pub default_source: LeadSourceId,
    /// The priority of rows that name none.
    pub default_priority: Priority,
    /// The company of rows that name none.
    pub default_company: String,
    /// What is done with somebody who was erased.
    #[serde(default = "stays_away")]
    pub erased: WhenErased,
    /// As whom the rows write: it decides whose values they overwrite.
    #[serde(default = "another_system")]
    pub writes_as: Writer,
    /// Whether leads without an owner are routed.
    pub route: bool,
    /// Whether rows may name their owners and teams: whoever sent them may give leads to others.
    #[serde(default)]
    pub assigns: bool,
    /// What columns and values stand for, where the caller says so.
    #[serde(default)]
    pub mapping: Mapping,
}

/// Of imports that were begun before anybody asked.
const fn stays_away() -> WhenErased {
    WhenErased::Refuse
}

/// What files are, where nobody says otherwise.
const fn another_system() -> Writer {
    Writer::Sync
}
