//! What the parts of an `.xlsx` workbook say of its sheets.

use leadwright_domain::fault::Refusal;
use quick_xml::events::Event;

use super::{
    archive::{Archive, Xml, attribute, next},
    no_workbook,
    shown::{Shown, built_in},
    text::Texts,
};

/// The most sheets, formats and relations that are read of each.
const MOST: usize = 100_000;

/// A workbook and what its cells refer to.
pub(super) struct Package {
    pub(super) archive: Archive,
    pub(super) sheets: Vec<SheetPart>,
    pub(super) facts: Facts,
}

/// A sheet of a workbook.
pub(super) struct SheetPart {
    pub(super) name: String,
    /// Whether people see it.
    pub(super) seen: bool,
    /// The part in which it is.
    pub(super) path: String,
}

/// What cells refer to.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) texts: Texts,
    /// How numbers are shown, by style.
    pub(super) shown: Vec<Shown>,
    /// Whether days count from 1904.
    pub(super) from_1904: bool,
    /// Whether what formulas come to is still to be calculated: zeros stand for it.
    pub(super) uncalculated: bool,
}

/// One part that another refers to.
struct Relation {
    id: String,
    kind: String,
    path: String,
}

impl Package {
    /// Reads all but the sheets.
    pub(super) fn open(mut archive: Archive) -> Result<Self, Refusal> {
        let main = relations(&mut archive, "")?.into_iter().find(|part| part.kind == "officeDocument");
        let main = main.map_or_else(|| "xl/workbook.xml".to_owned(), |part| part.path);
        let main = if archive.has(&main) { main } else { "xl/workbook.xml".to_owned() };
        let parts = relations(&mut archive, &main)?;
        let mut book = Self { archive, sheets: Vec::new(), facts: Facts::default() };
        book.read_main(&main, &parts)?;
        let of_kind = |kind: &str| parts.iter().find(|part| part.kind == kind).map(|part| part.path.clone());
        if let Some(path) = of_kind("sharedStrings")
            && let Some(xml) = book.archive.part(&path)?
        {
            book.facts.texts = Texts::read(xml)?;
        }
        if let Some(path) = of_kind("styles")
            && let Some(xml) = book.archive.part(&path)?
        {
            book.facts.shown = styles(xml)?;
        }
        Ok(book)
    }

    fn read_main(&mut self, main: &str, parts: &[Relation]) -> Result<(), Refusal> {
        let Some(mut xml) = self.archive.part(main)? else { return Err(no_workbook()) };
        let (mut buffer, mut is_workbook) = (Vec::new(), false);
        let truth = |value: Option<String>| value.is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"));
        loop {
            match next(&mut xml, &mut buffer)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "workbook" => is_workbook = true,
                    "sheet" if self.sheets.len() < MOST => {
                        let id = attribute(&element, "id").unwrap_or_default();
                        self.sheets.push(SheetPart {
                            name: attribute(&element, "name").unwrap_or_default(),
                            seen: attribute(&element, "state").is_none_or(|state| state == "visible"),
                            path: parts
                                .iter()
                                .find(|part| part.id == id)
                                .map(|part| part.path.clone())
                                .unwrap_or_default(),
                        });
                    }
                    "workbookPr" => self.facts.from_1904 = truth(attribute(&element, "date1904")),
                    "calcPr" => self.facts.uncalculated = truth(attribute(&element, "fullCalcOnLoad")),
                    _ => {}
                },
                Event::Eof if is_workbook && !self.sheets.is_empty() => return Ok(()),
                Event::Eof => return Err(no_workbook()),
                _ => {}
            }
        }
    }

    /// The rows of this sheet, from 1, in which a table adds its columns up.
    pub(super) fn totals(&mut self, sheet: &str) -> Result<Vec<u32>, Refusal> {
        let mut rows = Vec::new();
        for part in relations(&mut self.archive, sheet)?.into_iter().filter(|part| part.kind == "table") {
            let Some(mut xml) = self.archive.part(&part.path)? else { continue };
            let mut buffer = Vec::new();
            loop {
                match next(&mut xml, &mut buffer)? {
                    Event::Start(element) if element.local_name().as_ref() == "table" => {
                        let adds = attribute(&element, "totalsRowCount").is_some_and(|count| count != "0");
                        let area = attribute(&element, "ref").unwrap_or_default();
                        let last = area.rsplit(':').next().unwrap_or_default();
                        let row = last.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
                        rows.extend(row.filter(|_| adds));
                        break;
                    }
                    Event::Eof => break,
                    _ => {}
                }
            }
        }
        Ok(rows)
    }
}

/// The parts to which a part refers; the archive itself has no name.
fn relations(archive: &mut Archive, part: &str) -> Result<Vec<Relation>, Refusal> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let path = joined(folder, &format!("_rels/{name}.rels"));
    let Some(mut xml) = archive.part(&path)? else { return Ok(Vec::new()) };
    let (mut found, mut buffer) = (Vec::new(), Vec::new());
    loop {
        match next(&mut xml, &mut buffer)? {
            Event::Start(element) if element.local_name().as_ref() == "Relationship" && found.len() < MOST => {
                let kind = attribute(&element, "Type").unwrap_or_default();
                let target = attribute(&element, "Target").unwrap_or_default().replace('\\', "/");
                found.push(Relation {
                    id: attribute(&element, "Id").unwrap_or_default(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    path: joined(folder, &target),
                });
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// Where a path leads from a folder.
fn joined(folder: &str, path: &str) -> String {
    let mut steps: Vec<&str> =
        if path.starts_with('/') { Vec::new() } else { folder.split('/').filter(|step| !step.is_empty()).collect() };
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// How numbers are shown, by style.
fn styles(mut xml: Xml<'_>) -> Result<Vec<Shown>, Refusal> {
    let (mut codes, mut shown, mut buffer, mut of_cells) =
        (std::collections::HashMap::new(), Vec::new(), Vec::new(), false);
    loop {
        match next(&mut xml, &mut buffer)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "numFmt" if codes.len() < MOST => {
                    let id = attribute(&element, "numFmtId").unwrap_or_default();
                    let code = attribute(&element, "formatCode").unwrap_or_default();
                    codes.insert(id, Shown::by(&code));
                }
                "cellXfs" => of_cells = true,
                "xf" if of_cells && shown.len() < MOST => {
                    let id = attribute(&element, "numFmtId").unwrap_or_default();
                    shown.push(codes.get(&id).cloned().unwrap_or_else(|| built_in(&id)));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => of_cells = false,
            Event::Eof => return Ok(shown),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn paths_lead_where_they_say() {
        assert_eq!(joined("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(joined("xl/worksheets", "../tables/table1.xml"), "xl/tables/table1.xml");
        assert_eq!(joined("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(joined("", "../../xl/workbook.xml"), "xl/workbook.xml");
    }
}
