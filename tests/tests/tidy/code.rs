//! Rust code as tokens, so that comments and formatting do not matter and macro bodies are seen too.

use std::str::FromStr;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::tree::Source;

/// A token of the flattened code; groups appear as their two delimiters.
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// A path as written (`a::b::C`), or one leaf of a `use` with its groups spelt out.
pub struct Named {
    pub path: String,
    pub line: usize,
}

/// A function with a body.
pub struct Function {
    pub name: String,
    pub line: usize,
    pub lines: usize,
}

/// All tokens in order, documentation comments left out.
pub fn tokens(source: &Source) -> Vec<Token> {
    let mut flat = Vec::new();
    flatten(parse(source), &mut flat);
    flat
}

/// The string literals, documentation comments left out, white space made single.
pub fn strings(source: &Source) -> Vec<Token> {
    let is_string = |text: &str| text.ends_with(['"', '#']) && text.contains('"');
    tokens(source)
        .into_iter()
        .filter(|token| is_string(&token.text))
        .map(|token| Token { text: token.text.split_whitespace().collect::<Vec<_>>().join(" "), ..token })
        .collect()
}

/// The paths of more than one part, and every part that a `use` group adds to its front.
pub fn paths(source: &Source) -> Vec<Named> {
    let mut found = Vec::new();
    collect_paths(&parse(source).into_iter().collect::<Vec<_>>(), "", &mut found);
    found
}

/// The functions with their length, those in macro bodies too.
pub fn functions(source: &Source) -> Vec<Function> {
    let mut found = Vec::new();
    collect_functions(parse(source), &mut found);
    found
}

/// Whether a path ends in these parts: `lead::Entity::find` ends in `Entity::find`.
pub fn ends_in(path: &str, end: &str) -> bool {
    path == end || path.strip_suffix(end).is_some_and(|front| front.ends_with("::"))
}

/// Whether a path is this one or lies below it.
pub fn begins_with(path: &str, start: &str) -> bool {
    path.trim_start_matches("::").strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn parse(source: &Source) -> TokenStream {
    TokenStream::from_str(&source.text).unwrap_or_else(|error| panic!("{} is not Rust: {error}", source.path))
}

fn flatten(stream: TokenStream, flat: &mut Vec<Token>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Group(group) if is_documentation(&trees[..at], group) => {}
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                flat.push(Token { text: open.to_owned(), line });
                flatten(group.stream(), flat);
                flat.push(Token { text: close.to_owned(), line: group.span_close().start().line });
            }
            other => flat.push(Token { text: other.to_string(), line }),
        }
    }
}

/// `[doc = "…"]` after `#` or `#!`: what a documentation comment turns into.
fn is_documentation(before: &[TokenTree], group: &Group) -> bool {
    let hash = before.iter().rev().find(|tree| tree.to_string() != "!");
    hash.is_some_and(|tree| tree.to_string() == "#")
        && group.delimiter() == Delimiter::Bracket
        && group.stream().into_iter().next().is_some_and(|first| first.to_string() == "doc")
}

fn collect_paths(trees: &[TokenTree], front: &str, found: &mut Vec<Named>) {
    let mut at = 0;
    while at < trees.len() {
        if matches!(&trees[at], TokenTree::Ident(word) if word == "as" && !front.is_empty()) {
            at += 2; // The new name in `use a::{b as c}` is no path.
            continue;
        }
        let (path, line, next) = read_path(trees, at, front);
        match trees.get(next) {
            Some(TokenTree::Group(group)) if path.ends_with("::") && group.delimiter() == Delimiter::Brace => {
                collect_paths(&group.stream().into_iter().collect::<Vec<_>>(), &path, found);
            }
            Some(TokenTree::Group(group)) => {
                push_path(path, line, found);
                collect_paths(&group.stream().into_iter().collect::<Vec<_>>(), "", found);
            }
            _ => push_path(path, line, found),
        }
        // A word that ends a path (`a::b as c`) is read next; anything else is passed over.
        let is_word = matches!(trees.get(next), Some(TokenTree::Ident(_)));
        at = if is_word && next > at { next } else { next + 1 };
    }
}

/// Reads identifiers and `::` as far as they go; what follows them is at the returned place.
fn read_path(trees: &[TokenTree], start: usize, front: &str) -> (String, usize, usize) {
    let line = trees[start].span().start().line;
    let (mut parts, mut at) = (String::new(), start);
    loop {
        let colons = matches!((trees.get(at), trees.get(at + 1)), (Some(TokenTree::Punct(a)), Some(TokenTree::Punct(b)))
            if a.as_char() == ':' && b.as_char() == ':');
        match trees.get(at) {
            _ if colons => {
                parts.push_str("::");
                at += 2;
            }
            Some(TokenTree::Ident(ident)) if parts.is_empty() || parts.ends_with("::") => {
                parts.push_str(&ident.to_string());
                at += 1;
            }
            _ => break,
        }
    }
    let whole = if parts.is_empty() { String::new() } else { format!("{front}{parts}") };
    (whole, line, at)
}

fn push_path(path: String, line: usize, found: &mut Vec<Named>) {
    if path.contains("::") {
        found.push(Named { path: path.trim_end_matches("::self").to_owned(), line });
    }
}

fn collect_functions(stream: TokenStream, found: &mut Vec<Function>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        if let TokenTree::Group(group) = tree {
            collect_functions(group.stream(), found);
        }
        let (TokenTree::Ident(word), Some(TokenTree::Ident(name))) = (tree, trees.get(at + 1)) else { continue };
        if word != "fn" {
            continue;
        }
        let end = trees[at..].iter().find(|tree| match tree {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            other => other.to_string() == ";",
        });
        if let Some(TokenTree::Group(body)) = end {
            let line = word.span().start().line;
            found.push(Function { name: name.to_string(), line, lines: body.span_close().end().line + 1 - line });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        paths(&Source::sample("x.rs", text)).into_iter().map(|named| named.path).collect()
    }

    #[test]
    fn paths_are_seen_in_uses_types_and_macros() {
        assert_eq!(names("use a::{b::{C, d}, e as f, self};"), ["a::b::C", "a::b::d", "a::e", "a"]);
        assert_eq!(names("fn f(x: a::B) { m!(c::d(e::g)); }"), ["a::B", "c::d", "e::g"]);
        assert_eq!(names("let x = <T as a::B>::find(); // c::d"), ["a::B", "::find"]);
    }

    #[test]
    fn functions_are_measured_in_macros_too() {
        let text = "trait T { fn no(&self); }\nmac!(async fn yes() {\n  1;\n});\ntype F = fn(u8);";
        let found = functions(&Source::sample("x.rs", text));
        assert_eq!(found.iter().map(|f| (f.name.as_str(), f.line, f.lines)).collect::<Vec<_>>(), [("yes", 2, 3)]);
    }

    #[test]
    fn strings_are_seen_without_comments() {
        let text = "/// \"not\"\n//! [\"nor\"]\nconst A: &str = \"a \n b\"; // \"this\"\nconst B: &str = r#\"c\"#;";
        let found = strings(&Source::sample("x.rs", text));
        assert_eq!(found.iter().map(|t| t.text.as_str()).collect::<Vec<_>>(), ["\"a b\"", "r#\"c\"#"]);
    }

    #[test]
    fn ends_and_beginnings_are_whole_parts() {
        assert!(ends_in("lead::Entity::find", "Entity::find"));
        assert!(!ends_in("lead::MyEntity::find", "Entity::find"));
        assert!(begins_with("::std::env::var", "std::env"));
        assert!(!begins_with("std::envy", "std::env"));
    }
}
