//! What the columns of a file stand for, resolved once, and reading a row by them.

use std::collections::{BTreeMap, HashMap};

use leadwright_domain::{
    exports::{is_heading, is_unmistakable},
    fault::Fault,
    imports::{DateOrder, FileShape, Format, Import, Mapping, OtherColumns},
    leads::{
        CustomFieldDef, CustomFieldKind, Distance, FieldKind, InputRules, LEAD_FIELDS, Parsed, Target, Unit, distance,
        is_part_of_name, parse_as_said, parse_mapped, refuses_by_no, settle_names, target_for, tells_gone, unit,
        words::{is_no, yes_or_no},
    },
    text::{fold, fold_label, in_iso_order, is_ambiguous, unguarded},
};
use serde_json::Value;

use super::{
    extra::{self, plain_list},
    looks::told_by_look,
    row::{Row, Said},
    rows::{Record, cell_text, is_blank},
};
use crate::{Configuration, intake};

/// The columns that a file of rejected rows has beyond those of the original.
pub(super) const ADDED: [&str; 2] = ["import_line", "import_reasons"];
/// How its columns for cells beyond the headings are called, before their number.
pub(super) const BEYOND: &str = "import_beyond_";

/// Whether a column is one for cells beyond the headings.
pub(super) fn is_beyond(name: &str) -> bool {
    name.strip_prefix(BEYOND).is_some_and(|number| number.parse::<usize>().is_ok())
}

/// Whether a column is one that a file of rejected rows has beyond those of the original.
fn is_added(name: &str) -> bool {
    ADDED.contains(&name) || is_beyond(name)
}

/// The columns of a file.
#[derive(Clone, Debug)]
pub struct Columns {
    all: Vec<Column>,
    /// Their places in the order in which they are read.
    order: Vec<usize>,
    others: OtherColumns,
    /// What is said of a day that can be read in two ways.
    month_first: bool,
    /// Whether cells may have an apostrophe in front that keeps spreadsheets from running them.
    guarded: bool,
    /// Whether letters may have been lost.
    flawed: bool,
    /// The custom fields whose cells may be lists.
    lists: Vec<String>,
    /// Whether somebody has said which column is the whole name.
    name_is_said: bool,
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Its heading.
    pub(super) name: String,
    /// What it stands for.
    pub(super) target: Option<Target>,
    /// Whether it is left out on purpose.
    left_out: bool,
    /// Whether somebody has said what it stands for.
    is_said: bool,
    /// Words of the file, folded, and ours for them.
    words: HashMap<String, String>,
    /// Whether a no in it is a refusal: `Can email`.
    refuses_by_no: bool,
    /// How far its heading is from what it stands for.
    distance: Distance,
    /// Whether it is told by its cells alone.
    by_look: bool,
    /// The unit of its amounts.
    unit: Option<Unit>,
    /// Of a column of days whether the month comes first, if anything tells.
    days: Option<Option<bool>>,
    /// Whether it marks rows that the other system has done with.
    gone: bool,
    /// Whether it is joined to the parts of a name.
    between_names: bool,
}

impl Column {
    fn is_called_like_its_field(&self) -> bool {
        let Some(Target::Field(name)) = &self.target else { return false };
        let called = fold_label(&self.name);
        LEAD_FIELDS
            .iter()
            .any(|field| field.name == *name && [field.name, field.label].map(fold_label).contains(&called))
    }

    /// Its rank among the columns for one field: what somebody has said, what is called like the field, the nearer ones.
    fn rank(&self) -> (bool, bool, Distance) {
        (!self.is_said, !self.is_called_like_its_field(), self.distance)
    }

    /// Whether it is left out on purpose.
    pub(super) const fn is_left_out(&self) -> bool {
        self.left_out
    }

    /// Whether its cells go to the notes where they have no other place: it stands for something.
    pub(super) const fn stands_for_something(&self) -> bool {
        self.target.is_some() || self.between_names
    }
}

/// The keys of custom fields whose values are lists.
fn lists_among(custom: &[CustomFieldDef]) -> Vec<String> {
    custom.iter().filter(|def| def.kind == CustomFieldKind::MultiSelect).map(|def| def.key.clone()).collect()
}

impl Columns {
    /// The columns of an import's file.
    pub fn of(import: &Import, config: &Configuration) -> Self {
        Self::under(&import.header, &import.file, &import.policy.mapping, config)
    }

    fn under(header: &[String], file: &FileShape, mapping: &Mapping, config: &Configuration) -> Self {
        let mut taken = Vec::new();
        let custom = &config.custom_fields;
        // The rows of an export have ids, and its headings mean what they say. What it has computed says nothing new, unless
        // somebody has made another file of it.
        let with_ids = header.iter().any(|name| name == "id");
        let whole = with_ids && header.iter().all(|name| is_heading(name, custom) || is_added(name));
        // Files of others have ids, too: ours is told by headings that nobody else writes, or by having no others.
        let of_leads = whole || (with_ids && header.iter().any(|name| is_unmistakable(name)));
        let exported = |name: &str| Target::named(name, custom).filter(|_| of_leads);
        let passed_over = |name: &str| whole && Target::named(name, custom).is_none() && !name.starts_with("custom.");
        let target = |name: &String| match mapping.of(name) {
            Some(word) => word.and_then(|word| Target::named(word, custom)),
            None => exported(name).or_else(|| understood(name, &mut taken, custom)).filter(|_| !passed_over(name)),
        };
        let mut targets: Vec<Option<Target>> = header.iter().map(target).collect();
        if !of_leads {
            let guessed = targets.clone();
            settle_names(&header.iter().map(String::as_str).collect::<Vec<_>>(), &mut targets);
            let said = targets.iter_mut().zip(guessed).zip(header).filter(|(_, name)| mapping.of(name).is_some());
            said.for_each(|((target, as_said), _)| *target = as_said);
        }
        let looks = told_by_look(file, header, &targets);
        let has_parts = targets.iter().any(|target| matches!(target, Some(Target::Field("first_name" | "last_name"))));
        let column = |(place, name): (usize, &String)| {
            let said = mapping.of(name);
            let left_out = said == Some(None) || passed_over(name) || is_added(name);
            let look = looks.iter().find(|(column, _)| *column == place && said.is_none() && !is_added(name));
            let target = targets[place].clone().or_else(|| look.map(|(_, target)| target.clone()));
            let unit =
                Some(unit(name)).filter(|unit| target == Some(Target::Field("annual_revenue")) && !unit.is_usual());
            let target = target.filter(|_| said.is_some() || !unit.as_ref().is_some_and(Unit::is_unknown));
            let words = target.as_ref().and_then(|target| mapping.values.get(&target.word()));
            let is_of_days = target.as_ref().is_some_and(|target| is_day(target, &config.custom_fields));
            let told = file.month_first.iter().find(|(known, _)| *known == place).map(|(_, first)| *first);
            Column {
                name: name.clone(),
                left_out,
                is_said: said.flatten().is_some(),
                words: words_of(words),
                refuses_by_no: matches!(target, Some(Target::Consent(_, true))) && refuses_by_no(name),
                by_look: look.is_some(),
                distance: if said.is_some() { Distance::None } else { distance(name) },
                unit: unit.filter(|unit| !unit.is_unknown()),
                days: is_of_days.then(|| mapping.date_order.map(|order| order == DateOrder::MonthFirst).or(told)),
                gone: target.is_none() && !left_out && tells_gone(name),
                between_names: has_parts && target.is_none() && said.is_none() && is_part_of_name(name),
                target,
            }
        };
        let all: Vec<Column> = header.iter().enumerate().map(column).collect();
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|place| all[*place].rank());
        let others = mapping.other_columns.unwrap_or(OtherColumns::Ignore);
        let month_first = intake::lenient_rules(config).month_first();
        let lists = lists_among(custom);
        let is_name = |column: &Column| column.is_said && column.target == Some(Target::Field("contact_name"));
        let (guarded, name_is_said) = (file.format != Format::Ndjson, all.iter().any(is_name));
        Self { all, order, others, month_first, guarded, flawed: file.flawed, lists, name_is_said }
    }

    /// The headings that stand for nothing.
    pub fn unmapped(&self) -> Vec<&str> {
        let unmapped =
            self.all.iter().filter(|column| column.target.is_none() && !column.left_out && !column.between_names);
        unmapped.map(|column| column.name.as_str()).filter(|name| !name.is_empty()).collect()
    }

    /// What the columns fill, in the words of the API.
    pub fn mapped(&self) -> Vec<(&str, String)> {
        self.all.iter().filter_map(|column| Some((column.name.as_str(), column.target.as_ref()?.word()))).collect()
    }

    /// Reads a row.
    pub(super) fn read(&self, position: u64, record: Record, config: &Configuration) -> Row {
        let said = match self.flaw(&record) {
            Some(flaw) => Said::Flawed(vec![flaw]),
            None => Said::Read(Box::new(self.parse(&record, &intake::lenient_rules(config)))),
        };
        let mut cells = record.cells;
        if record.flaw.is_some() {
            cells.truncate(self.all.len());
            cells.iter_mut().for_each(shorten);
        }
        Row { position, line: record.line, cells, said, under: None }
    }

    /// Reads a row anew, under other settings than before; what is wrong with its shape stays so.
    pub(super) fn read_again(&self, row: &Row, config: &Configuration) -> Row {
        if matches!(row.said, Said::Flawed(_)) {
            return row.clone();
        }
        Row { said: self.said(row, config), under: None, ..row.clone() }
    }

    /// What a row says whose shape is right.
    pub(super) fn said(&self, row: &Row, config: &Configuration) -> Said {
        let record = Record { line: row.line, cells: row.cells.clone(), flaw: None };
        Said::Read(Box::new(self.parse(&record, &intake::lenient_rules(config))))
    }

    fn parse(&self, record: &Record, rules: &InputRules<'_>) -> Parsed {
        let mut doubts = Vec::new();
        let values: Vec<Value> =
            self.all.iter().zip(&record.cells).map(|(column, cell)| self.value(column, cell, &mut doubts)).collect();
        // Of several columns for a field the nearest goes first.
        let places = self.order.iter().filter(|place| **place < values.len() && !self.all[**place].left_out);
        let input = |place: &usize| {
            let column = &self.all[*place];
            ((column.name.as_str(), column.target.as_ref(), &values[*place]), column.is_said)
        };
        // Whether a column is said matters only where one for the name is.
        let mut parsed = if self.name_is_said {
            parse_as_said(places.map(input), rules)
        } else {
            parse_mapped(places.map(|place| input(place).0), rules)
        };
        parsed.warnings.append(&mut doubts);
        self.tell_days(&mut parsed, record, &values);
        self.tell_deleted(&mut parsed, &values);
        extra::note(&mut parsed, &self.all, &values, self.others);
        parsed
    }

    /// Refuses a row that the other system marks as deleted or archived, or whose person has died.
    fn tell_deleted(&self, parsed: &mut Parsed, values: &[Value]) {
        let mut marks = self.all.iter().zip(values).filter(|(column, _)| column.gone);
        let is_yes = |value: &Value| yes_or_no(&cell_text(value)) == Some(true);
        if let Some((column, _)) = marks.find(|(_, value)| is_yes(value)) {
            let detail = "The other system marks this as deleted, archived or dead; map the column to nothing in `columns` to take it in.";
            parsed.faults.push(Fault::in_field(&column.name, "deleted_elsewhere", detail));
        }
    }

    /// Tells which days were put in order before they were read.
    fn tell_days(&self, parsed: &mut Parsed, record: &Record, values: &[Value]) {
        let cells = self.all.iter().zip(&record.cells).zip(values);
        for ((column, cell), value) in cells.filter(|((column, cell), value)| column.days.is_some() && cell != value) {
            match &column.target {
                Some(Target::Field(name)) => parsed.came_as((*name).into(), value, cell),
                Some(Target::Custom(key)) => parsed.came_as(format!("custom.{key}").into(), value, cell),
                _ => {}
            }
        }
    }

    /// What a cell says.
    fn value(&self, column: &Column, cell: &Value, doubts: &mut Vec<Fault>) -> Value {
        if column.by_look && !is_blank(cell) {
            let field = column.target.as_ref().map(Target::word).unwrap_or_default();
            let detail =
                format!("The heading is not known; by its cells it was taken for `{field}`. Name it in `columns`.");
            doubts.push(Fault::in_field(&column.name, "known_by_cells", detail));
        }
        if column.refuses_by_no && is_no(&cell_text(cell)) && !column.words.contains_key(&fold(&cell_text(cell))) {
            return "withdrawn".into();
        }
        let unit = column.unit.as_ref();
        if let Some(unit) = unit.filter(|_| cell.is_number()) {
            return unit.applied(&cell_text(cell)).into();
        }
        let Value::String(text) = cell else { return plain_list(column, cell) };
        let text = if self.guarded { unguarded(text) } else { text };
        if self.flawed && column.target.is_some() && text.contains(char::REPLACEMENT_CHARACTER) {
            let detail =
                "A letter could not be read in the encoding of the file and became `\u{fffd}`; name it in `encoding`.";
            doubts.push(Fault::in_field(&column.name, "unreadable_letter", detail));
        }
        if !column.words.is_empty()
            && let Some(ours) = column.words.get(&fold(text))
        {
            return ours.as_str().into();
        }
        if let Some(unit) = unit {
            return unit.applied(unguarded(text)).into();
        }
        if let Some(order) = column.days {
            if let Some(month_first) = order {
                return in_iso_order(text, month_first).unwrap_or_else(|| text.to_owned()).into();
            }
            if is_ambiguous(text) {
                let (read, other) = if self.month_first { ("month", "day") } else { ("day", "month") };
                let detail =
                    format!("`{text}` was read with the {read} first; with `date_order` the {other} comes first.");
                doubts.push(Fault::in_field(&column.name, "ambiguous_date", detail));
            }
        }
        if column.target.as_ref().is_some_and(|target| self.is_structured(target)) {
            if text.trim().is_empty() {
                return Value::Null;
            }
            if text.starts_with(['{', '['])
                && let Ok(read) = serde_json::from_str(text)
            {
                return read;
            }
        }
        // How address books write several values into a cell.
        if text.contains(" ::: ") && column.target.is_some() {
            return text.split(" ::: ").map(str::trim).filter(|part| !part.is_empty()).collect();
        }
        text.into()
    }

    /// Whether a field is an object or a list, which a cell may hold as JSON.
    fn is_structured(&self, target: &Target) -> bool {
        let holds_json = |kind: FieldKind| !kind.is_one_cell() || matches!(kind, FieldKind::Labels | FieldKind::Tags);
        match target {
            Target::Field(name) => LEAD_FIELDS.iter().any(|field| field.name == *name && holds_json(field.kind)),
            Target::Custom(key) => self.lists.contains(key),
            _ => false,
        }
    }

    /// What is wrong with the shape of a row. Cells that are missing at its end are blank; blank ones too many say
    /// nothing.
    fn flaw(&self, record: &Record) -> Option<Fault> {
        if let Some(flaw) = &record.flaw {
            return Some(flaw.fault());
        }
        let columns = self.all.iter().filter(|column| !is_beyond(&column.name)).count();
        let has_heading = |place: usize| self.all.get(place).is_some_and(|column| !is_beyond(&column.name));
        let beyond = record.cells.iter().enumerate().any(|(place, cell)| !has_heading(place) && !is_blank(cell));
        beyond.then(|| {
            let (has, detail) = (record.cells.len(), "put cells that hold the delimiter in quotes");
            Fault::at_pointer(
                "#",
                "too_many_cells",
                format!("The row has {has} cells for {columns} columns; {detail}."),
            )
        })
    }
}

/// What a heading looks like. A second column of ids gets a system of its own, named after it.
fn understood(name: &str, taken: &mut Vec<String>, custom: &[CustomFieldDef]) -> Option<Target> {
    let target = target_for(name, custom).filter(|_| !is_added(name))?;
    let Target::ExternalId(system) = &target else { return Some(target) };
    if !taken.contains(system) {
        taken.push(system.clone());
        return Some(target);
    }
    let own: String = fold(name).chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).take(100).collect();
    if taken.contains(&own) {
        return None;
    }
    taken.push(own.clone());
    Some(Target::ExternalId(own))
}

/// Words of the file, folded, and ours for them, as somebody has said.
fn words_of(said: Option<&BTreeMap<String, String>>) -> HashMap<String, String> {
    said.into_iter().flatten().map(|(theirs, ours)| (fold(theirs), ours.clone())).collect()
}

fn is_day(target: &Target, custom: &[CustomFieldDef]) -> bool {
    match target {
        Target::CreatedAt => true,
        Target::Field(name) => LEAD_FIELDS.iter().any(|field| field.name == *name && field.kind == FieldKind::Date),
        Target::Custom(key) => custom
            .iter()
            .any(|def| def.key == *key && matches!(def.kind, CustomFieldKind::Date | CustomFieldKind::Datetime)),
        _ => false,
    }
}

fn shorten(cell: &mut Value) {
    if let Value::String(text) = cell
        && text.len() > 1_000
    {
        *text = text.chars().take(1_000).collect();
    }
}
