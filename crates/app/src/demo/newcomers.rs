//! Those who come in last, under ids that are known beforehand: see [`known`].

use flate2::{Compression, write::GzEncoder};
use leadwright_domain::{
    access::{Actor, Role, User},
    bulk_actions::{Action, Picked},
    ids::Id,
    imports::{Dialect, Encoding, FileShape, Format, ImportMode, Mapping, Warnings},
    leads::{RawLead, Stage, Status},
    qualification::{StageMove, StageMover, Transition},
    time::Instant,
    views::{LeadSort, ViewContent},
};
use leadwright_persistence::{
    Call, CommandError, DbError, Tx,
    leads::{Filter, Wanted},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{io::Write, sync::Arc};
use uuid::Uuid;

use super::{
    chance::Chance,
    conduct::sitting,
    known,
    office::Office,
    perform::{Performer, file_policy},
    story::{Act, Door, Step},
};
use crate::{
    access::OpenSession,
    bulk_actions::ChangeNow,
    import_mappings::CreateImportMapping,
    imports::{BeginImport, CancelImport, NewImport, Spooled},
    views::{CreateView, Keeper},
};

/// Names, companies and how many people work there, in the order of [`known::LEADS`]. Large companies wait in a queue,
/// so that nobody owns the last two.
const NEWCOMERS: [(&str, &str, &str); 13] = [
    ("Imogen Calderbrook", "Wrenfield Freight", "120"),
    ("Tobias Lanyard", "Cobbleway Stores", "35"),
    ("Ottilie Marsden", "Hartwell Timber", "60"),
    ("Rufus Ambleside", "Pennywhistle Foods", "85"),
    ("Cordelia Swift", "Thornapple Trading", "210"),
    ("Jasper Holloway-Reed", "Moorgate Castings", "44"),
    ("Thomas Brightwater", "Larkspur Dairies", "90"),
    ("Tom Brightwater", "Larkspur Dairies", "90"),
    ("T Brightwater", "Larkspur Dairies", "90"),
    ("Imogene Calderbrook", "Wrenfield Freight", "120"),
    ("Barnaby Quill", "Foxley Paper", "70"),
    ("Winifred Oakes", "Greystoke Haulage", "800"),
    ("Lionel Partridge", "Summerisle Distribution", "1200"),
];

/// Lets the newcomers come and gives them something to do; the first of them has this number.
pub(super) async fn arrive(performer: &mut Performer<'_>, first: usize, at: Instant) -> Result<(), CommandError> {
    for (place, (id, newcomer)) in known::LEADS.into_iter().zip(NEWCOMERS).enumerate() {
        let door = if id == known::LEAD { Door::Form(0) } else { Door::Program };
        let step = Step { at, lead: first + place, act: Act::Arrive(door, told(newcomer, door)) };
        let receipt = if id == known::LEAD { known::SUBMISSION } else { Uuid::now_v7() };
        performer.let_in_as(&step, id, receipt).await?;
        let act = match id {
            known::LEAD => Act::Behave(sitting(&mut Chance::of(4, 0), 2, at)),
            known::LEAD_TO_RESTORE => Act::Archive,
            known::LEAD_TO_MOVE => Act::Move(Transition::to(Status::Contacted)),
            known::LEAD_TO_HAND_OFF => Act::HandOff(to_sales()),
            _ => continue,
        };
        performer.perform(&Step { act, ..step }).await?;
    }
    come_again(performer, first, at).await
}

/// The first of them fills the form in once more, and says some things otherwise.
async fn come_again(performer: &mut Performer<'_>, lead: usize, at: Instant) -> Result<(), CommandError> {
    let mut told = told(NEWCOMERS[0], Door::Form(0));
    for (field, value) in [("company_name", "Wrenfield Logistics"), ("company_size", "140"), ("country", "CA")] {
        told.insert(field.to_owned(), json!(value));
    }
    let step = Step { at, lead, act: Act::Arrive(Door::Form(0), told) };
    let suggestions = [known::SUGGESTION, known::SUGGESTION_TO_ACCEPT, known::SUGGESTION_TO_DISMISS];
    performer.let_in_again(&step, suggestions).await
}

fn told((name, company, people): (&str, &str, &str), door: Door) -> RawLead {
    let [given, domain] = [name, company].map(|words| words.to_lowercase().replace(' ', "-"));
    let mut told = RawLead::new();
    let mut tell = |field: &str, value: &str| told.insert(field.to_owned(), json!(value));
    tell("contact_name", name);
    tell("email", &format!("{given}@{domain}.example"));
    tell("company_name", company);
    tell("company_size", people);
    tell("country", "US");
    if door == Door::Program {
        tell("source", "referral");
        tell("priority", "medium");
    }
    told
}

fn to_sales() -> StageMove {
    let by = StageMover::Person(Role::Marketer);
    StageMove { to: Stage::MarketingQualified, reason: None, note: None, disposition: None, by }
}

/// Signs the admin in elsewhere, and sends files that wait for somebody to look at them.
pub(super) async fn leave_open(tx: &Tx, office: &Office, admin: &User, at: Instant) -> Result<(), CommandError> {
    let session = OpenSession {
        user: admin.id,
        user_agent: Some("Demonstration on another machine".to_owned()),
        expires_at: at + chrono::TimeDelta::days(30),
        token_expires_at: at,
    };
    Box::pin(tx.within_naming(office.call(Actor::User(admin.id), at), &session, [known::SESSION])).await?;
    let call = office.call(Actor::User(office.marketer), at);
    for (id, city) in [
        (known::IMPORT, "Hamburg"),
        (known::IMPORT_TO_CONFIRM, "Chicago"),
        (known::IMPORT_TO_CANCEL, "Rotterdam"),
        (known::IMPORT_TO_UPDATE, "Lyon"),
        (known::IMPORT_TO_REVERT, "Osaka"),
        (known::IMPORT_TO_DELETE, "Leeds"),
    ] {
        send(tx, office, &call, id, city).await?;
    }
    for stopped in [known::IMPORT_TO_REVERT, known::IMPORT_TO_DELETE] {
        Box::pin(tx.within(call.clone(), &CancelImport(Id::from_uuid(stopped)))).await?;
    }
    keep_mappings(tx, &call).await?;
    keep_views(tx, office, &call).await?;
    change_many(tx, office, &call).await
}

/// Marks whom nobody works on any more, twice.
async fn change_many(tx: &Tx, office: &Office, call: &Call) -> Result<(), CommandError> {
    for (id, tag, status) in [
        (known::BULK_ACTION, "spring mailing", Status::Nurture),
        (known::BULK_ACTION_TO_UNDO, "clean up", Status::Unqualified),
    ] {
        let filter = Filter { statuses: vec![status], ..Filter::default() };
        let ids = tx.leads().first_ids(&Wanted { filter, condition: None }, 8).await?;
        let picked = Picked { ids: Some(ids.len() as u64), ..Picked::default() };
        let configurations = Arc::clone(&office.configurations);
        let change = ChangeNow { action: Action::AddTags { tags: vec![tag.to_owned()] }, picked, ids, configurations };
        Box::pin(tx.within_naming(call.clone(), &change, [id])).await?;
    }
    Ok(())
}

/// Keeps what people look at again and again.
async fn keep_views(tx: &Tx, office: &Office, call: &Call) -> Result<(), CommandError> {
    let is = |field: &str, op: &str, value: Value| json!({"field": field, "op": op, "value": value});
    let open = is("status", "in", json!(["new", "contacted", "qualified"]));
    let hot = json!({"all": [open, is("score", "gte", json!(60))]});
    let nobodys = json!({"all": [open, is("owner_id", "exists", json!(false))]});
    let won = is("status", "eq", json!("converted"));
    for (id, name, condition, sort) in [
        (known::VIEW, "Hot and open", hot, "-score"),
        (Uuid::now_v7(), "Nobody's yet", nobodys, "created_at"),
        (known::VIEW_TO_DELETE, "Won, newest first", won, "-created_at"),
    ] {
        let fields = ["contact_name", "company_name", "status", "score", "owner_id"].map(ToOwned::to_owned).to_vec();
        let content = ViewContent {
            name: name.to_owned(),
            condition: Some(condition),
            sort: Some(LeadSort::of(sort)),
            fields,
            shared: true,
            ..ViewContent::default()
        };
        let keeper =
            Keeper { role: Some(Role::Marketer), may_share: true, configurations: Arc::clone(&office.configurations) };
        Box::pin(tx.within_naming(call.clone(), &CreateView { content, keeper }, [id])).await?;
    }
    Ok(())
}

/// Keeps what the columns of the trade shows' lists stand for.
async fn keep_mappings(tx: &Tx, call: &Call) -> Result<(), CommandError> {
    for (id, name) in [(known::MAPPING, "Trade show list"), (known::MAPPING_TO_DELETE, "List of last year")] {
        let mapping = Mapping {
            columns: [("Badge".to_owned(), Some("external_ids.badge".to_owned())), ("Hall".to_owned(), None)].into(),
            ..Mapping::default()
        };
        let create = CreateImportMapping { name: name.to_owned(), mapping };
        Box::pin(tx.within_naming(call.clone(), &create, [id])).await?;
    }
    Ok(())
}

/// Sends the list of a trade show.
async fn send(tx: &Tx, office: &Office, call: &Call, id: Uuid, city: &str) -> Result<(), CommandError> {
    let short = city.to_lowercase();
    let text = format!(
        "name,email,company\nMarlow Tennant,marlow.tennant@{short}-visitors.example,Tennant {city}\n\
         Philippa Bray,philippa.bray,Bray {city}\n"
    );
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    let packed = packed.write_all(text.as_bytes()).and_then(|()| packed.finish()).map_err(DbError::corrupt)?;
    let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    let spooled = Spooled {
        id: Id::from_uuid(id),
        file: FileShape {
            bytes: text.len() as u64,
            sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            chunks: 1,
            encoding: Encoding::Utf8,
            dialect: Dialect::of(','),
            format: Format::Csv,
            packed: false,
            sheet: None,
            before: 1,
            month_first: Vec::new(),
            by_look: Vec::new(),
            blank: Vec::new(),
            flawed: false,
            mixed: false,
        },
        header: ["name", "email", "company"].map(ToOwned::to_owned).to_vec(),
        digest,
    };
    tx.imports().spool(spooled.id, Uuid::now_v7(), 0, &packed).await?;
    let new = NewImport { mode: ImportMode::Review, policy: file_policy(&office.configuration)? };
    Box::pin(tx.within(call.clone(), &BeginImport { spooled, warnings: Warnings::new(), new })).await?;
    Ok(())
}
