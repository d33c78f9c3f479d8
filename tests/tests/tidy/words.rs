//! What may not stand in the sources at all, or only in one place.

use crate::code::tokens;
use crate::tree::{Source, rust_sources, sources};
use crate::{bites, nothing_found};

/// Beginnings of paths that exist on one machine only.
const SOMEBODYS_FOLDERS: &[&str] = &["/home/", "/root/", "/Users/", "/work/", "C:\\"];

/// Folders of the kind above in which packages, not people, put things.
const PUBLIC_FOLDERS: &[&str] = &["/home/linuxbrew/", "/home/app/"];

/// Macros that mean "not done".
const UNFINISHED: &[&str] = &["todo", "unimplemented", "dbg"];

/// Who talks to standard output: the command line, the programs, build scripts.
const TALKERS: &[&str] = &["crates/api/src/cli/", "crates/api/src/cli.rs", "crates/api/src/main.rs", "benches/"];

fn on_one_machine_only(source: &Source) -> Vec<String> {
    let starts_a_path = |before: &str| before.chars().next_back().is_none_or(|c| " \t\"'`=(<>:,".contains(c));
    let is_somebodys = |line: &str, folder: &&str| {
        line.match_indices(*folder).any(|(at, _)| {
            starts_a_path(&line[..at]) && !PUBLIC_FOLDERS.iter().any(|public| line[at..].starts_with(public))
        })
    };
    let lines = source.text.lines().zip(1..);
    lines
        .filter(|(line, _)| SOMEBODYS_FOLDERS.iter().any(|folder| is_somebodys(line, folder)))
        .map(|(_, number)| source.at(number, "an absolute path of one machine"))
        .collect()
}

fn unfinished(source: &Source) -> Vec<String> {
    let tokens = tokens(source);
    let macros = tokens
        .windows(2)
        .filter(|pair| pair[1].text == "!" && UNFINISHED.contains(&pair[0].text.as_str()))
        .map(|pair| source.at(pair[0].line, &format!("{}!", pair[0].text)));
    let notes = source.text.lines().zip(1..).filter_map(|(line, number)| {
        let (_, comment) = line.split_once("//")?;
        let note =
            comment.split(|c: char| !c.is_alphanumeric()).find(|word| ["TODO", "FIXME", "XXX"].contains(word))?;
        Some(source.at(number, &format!("a comment says {note}")))
    });
    macros.chain(notes).collect()
}

fn talking(source: &Source) -> Vec<String> {
    if TALKERS.iter().any(|talker| source.under(talker)) || source.path.ends_with("build.rs") {
        return Vec::new();
    }
    tokens(source)
        .windows(2)
        .filter(|pair| pair[1].text == "!" && ["println", "print"].contains(&pair[0].text.as_str()))
        .map(|pair| source.at(pair[0].line, "only the command line prints; log it with tracing"))
        .collect()
}

#[test]
fn no_path_belongs_to_one_machine() {
    let others = sources().iter().filter(|source| source.path != "tests/tests/tidy/words.rs");
    nothing_found(others.flat_map(on_one_machine_only).collect());
}

#[test]
fn nothing_is_unfinished() {
    let others = rust_sources().filter(|source| source.path != "tests/tests/tidy/words.rs");
    nothing_found(others.flat_map(unfinished).collect());
}

#[test]
fn only_the_command_line_prints() {
    nothing_found(rust_sources().flat_map(talking).collect());
}

#[test]
fn a_path_of_one_machine_is_found() {
    let found = |line: &str| on_one_machine_only(&Source::sample("docs/a.md", line));
    bites(&found("see `/home/ann/leads.csv`"), "docs/a.md:1");
    bites(&found("x\ncd /work/leads"), "docs/a.md:2");
    assert!(found("https://example.com/home/ann GET /api/v1/work/ /homes").is_empty());
}

#[test]
fn unfinished_work_is_found() {
    let found = |text: &str| unfinished(&Source::sample("a.rs", text));
    bites(&found("fn f() { todo!() }"), "todo!");
    bites(&found("fn f() {} // TODO later"), "TODO");
    assert!(found("/// Like todo!(), but done.\nfn todo() { x != y; }").is_empty());
}

#[test]
fn printing_is_found() {
    let found = |path: &str| talking(&Source::sample(path, "fn f() { println!(\"hello\"); }"));
    bites(&found("crates/app/src/lib.rs"), "crates/app/src/lib.rs:1");
    assert!(found("crates/api/src/cli/admin.rs").is_empty());
}
