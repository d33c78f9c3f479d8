//! Short files, short functions.

use crate::code::functions;
use crate::tree::{Source, rust_sources};
use crate::{bites, nothing_found};

const LINES_OF_A_FILE: usize = 400;
const LINES_OF_A_FUNCTION: usize = 60;

fn too_long(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    let file = (lines > LINES_OF_A_FILE)
        .then(|| source.at(lines, &format!("a file of {lines} lines; split it at {LINES_OF_A_FILE}")));
    let functions =
        functions(source).into_iter().filter(|function| function.lines > LINES_OF_A_FUNCTION).map(|found| {
            source.at(
                found.line,
                &format!("fn {} has {} lines of at most {LINES_OF_A_FUNCTION}", found.name, found.lines),
            )
        });
    file.into_iter().chain(functions).collect()
}

#[test]
fn files_and_functions_are_short() {
    nothing_found(rust_sources().flat_map(too_long).collect());
}

#[test]
fn a_long_file_is_found() {
    let longest_allowed = "//\n".repeat(LINES_OF_A_FILE);
    assert!(too_long(&Source::sample("a.rs", &longest_allowed)).is_empty());
    bites(&too_long(&Source::sample("a.rs", &(longest_allowed + "//\n"))), "a file of 401 lines");
}

#[test]
fn a_long_function_is_found() {
    let function = |lines: usize| format!("fn f() {{\n{}}}\n", "//\n".repeat(lines - 2));
    assert!(too_long(&Source::sample("a.rs", &function(LINES_OF_A_FUNCTION))).is_empty());
    bites(&too_long(&Source::sample("a.rs", &function(LINES_OF_A_FUNCTION + 1))), "fn f has 61 lines");
    bites(&too_long(&Source::sample("a.rs", &format!("m!({});", function(99)))), "fn f has 99 lines");
}
