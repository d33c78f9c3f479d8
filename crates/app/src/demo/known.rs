//! Records of every demonstration whose ids are known beforehand, so that the examples of the API's document name
//! something that is there. Whatever can be done only once has a record of its own.

use uuid::Uuid;

const fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0199_b2a4_5c00_7000_8000_0000_0000_0000 + number)
}

/// A lead to look at and to write to.
pub const LEAD: Uuid = id(0x01);
/// Somebody who sells, to give leads to.
pub const REP: Uuid = id(0x02);

/// A lead to archive.
pub const LEAD_TO_ARCHIVE: Uuid = id(0x11);
/// A lead that is archived.
pub const LEAD_TO_RESTORE: Uuid = id(0x12);
/// A lead that somebody has spoken with.
pub const LEAD_TO_MOVE: Uuid = id(0x13);
/// A lead that marketing has handed over.
pub const LEAD_TO_HAND_OFF: Uuid = id(0x14);
/// A lead to give to somebody.
pub const LEAD_TO_ASSIGN: Uuid = id(0x15);
/// A lead that nobody owns.
pub const LEAD_TO_CLAIM: Uuid = id(0x16);
/// Another lead that nobody owns.
pub const LEAD_TO_ROUTE: Uuid = id(0x17);

/// A lead that stays when others are merged into it.
pub const LEAD_TO_MERGE: Uuid = id(0x18);
/// The same person once more.
pub const LEAD_TO_GIVE_UP: Uuid = id(0x19);
/// A lead that was merged into [`LEAD_TO_MERGE`].
pub const LEAD_MERGED: Uuid = id(0x1a);
/// Somebody who is perhaps [`LEAD`].
pub const LEAD_TWIN: Uuid = id(0x1b);

/// What [`LEAD`] posted to [`FORM`].
pub const SUBMISSION: Uuid = id(0x21);
/// An import that waits for somebody to look at it.
pub const IMPORT: Uuid = id(0x22);
/// Another, to be confirmed.
pub const IMPORT_TO_CONFIRM: Uuid = id(0x23);
/// Another, to be cancelled.
pub const IMPORT_TO_CANCEL: Uuid = id(0x24);
/// Another, to be changed.
pub const IMPORT_TO_UPDATE: Uuid = id(0x61);
/// One that was stopped, to be taken back.
pub const IMPORT_TO_REVERT: Uuid = id(0x62);
/// Another that was stopped, to be deleted.
pub const IMPORT_TO_DELETE: Uuid = id(0x63);
/// A saved mapping of imports.
pub const MAPPING: Uuid = id(0x64);
/// A saved mapping that nobody needs.
pub const MAPPING_TO_DELETE: Uuid = id(0x65);

/// A shared view.
pub const VIEW: Uuid = id(0x71);
/// A view that nobody needs.
pub const VIEW_TO_DELETE: Uuid = id(0x72);

/// A change of many leads at once.
pub const BULK_ACTION: Uuid = id(0x73);
/// Another, to be undone.
pub const BULK_ACTION_TO_UNDO: Uuid = id(0x74);

/// A post that may be spam, to be released.
pub const SUBMISSION_TO_RELEASE: Uuid = id(0x25);
/// Another, to be rejected.
pub const SUBMISSION_TO_REJECT: Uuid = id(0x26);
/// A job that takes in anew what failed.
pub const REPLAY: Uuid = id(0x27);
/// An entry of the block list.
pub const BLOCK_ENTRY: Uuid = id(0x51);
/// An entry that nobody needs.
pub const BLOCK_ENTRY_TO_REMOVE: Uuid = id(0x52);

/// Somebody who only looks on.
pub const USER: Uuid = id(0x31);
/// A team that sells.
pub const TEAM: Uuid = id(0x32);
/// A team that nobody needs.
pub const TEAM_TO_DELETE: Uuid = id(0x33);
/// The key of a program.
pub const API_KEY: Uuid = id(0x34);
/// A session of the admin on another machine.
pub const SESSION: Uuid = id(0x35);
/// A source of leads.
pub const SOURCE: Uuid = id(0x36);
/// A custom field.
pub const FIELD: Uuid = id(0x37);
/// A tag.
pub const TAG: Uuid = id(0x38);
/// A tag that nobody needs.
pub const TAG_TO_DELETE: Uuid = id(0x39);
/// A routing rule.
pub const RULE: Uuid = id(0x3a);
/// A routing rule that is out of use.
pub const RULE_TO_DELETE: Uuid = id(0x3b);
/// The form of the contact page.
pub const FORM: Uuid = id(0x3c);
/// A form that nobody needs.
pub const FORM_TO_DEACTIVATE: Uuid = id(0x3d);

/// [`LEAD`] and [`LEAD_TWIN`].
pub const PAIR: Uuid = id(0x41);
/// Somebody who has asked to be erased.
pub const LEAD_TO_ERASE: Uuid = id(0x1c);
/// The erasure of somebody else.
pub const ERASURE: Uuid = id(0x71);

/// What [`LEAD`] said otherwise the second time.
pub const SUGGESTION: Uuid = id(0x81);
/// Another value, to be accepted.
pub const SUGGESTION_TO_ACCEPT: Uuid = id(0x82);
/// Another, to be dismissed.
pub const SUGGESTION_TO_DISMISS: Uuid = id(0x83);

/// A search for duplicates.
pub const SCAN: Uuid = id(0x42);

/// The public key of [`FORM`].
pub const FORM_KEY: &str = "f_DemonstrationContactPage";

/// All leads whose ids are known.
pub const LEADS: [Uuid; 13] = [
    LEAD,
    LEAD_TO_ARCHIVE,
    LEAD_TO_RESTORE,
    LEAD_TO_MOVE,
    LEAD_TO_HAND_OFF,
    LEAD_TO_ASSIGN,
    LEAD_TO_MERGE,
    LEAD_TO_GIVE_UP,
    LEAD_MERGED,
    LEAD_TWIN,
    LEAD_TO_ERASE,
    LEAD_TO_CLAIM,
    LEAD_TO_ROUTE,
];
