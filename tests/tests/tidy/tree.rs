//! The files of the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Folders that hold nothing of ours.
const NOT_OURS: &[&str] = &["target", "node_modules", ".git", ".venv"];

/// What is read as text. Lock files and other data are not.
const TEXT: &[&str] = &["rs", "toml", "md", "sh", "sql", "yaml", "yml", "json", "html", "js", "ts", "py"];
const TEXT_NAMES: &[&str] =
    &["Dockerfile", "justfile", "run", "Makefile", ".editorconfig", ".dockerignore", ".gitignore"];
const DATA_NAMES: &[&str] = &["package-lock.json"];

/// A file: its place from the root of the repository, with `/`, and its text.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    /// A file that a rule is tried on.
    pub fn sample(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    pub fn under(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    /// A finding in this file.
    pub fn at(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

/// Every text file of the repository.
pub fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(|| {
        let mut found = Vec::new();
        walk(&root(), &root(), &mut found);
        found.sort_by(|a, b| a.path.cmp(&b.path));
        found
    })
}

pub fn rust_sources() -> impl Iterator<Item = &'static Source> {
    sources().iter().filter(|source| source.is_rust())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the workspace").to_owned()
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        let name = entry.file_name().into_string().unwrap_or_default();
        if kind.is_dir() && !NOT_OURS.contains(&name.as_str()) {
            walk(root, &path, found);
        } else if kind.is_file() && is_text(&path, &name) {
            let place = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            found.push(Source { path: place, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

fn is_text(path: &Path, name: &str) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    !DATA_NAMES.contains(&name) && (TEXT.contains(&ending) || TEXT_NAMES.contains(&name))
}

#[test]
fn the_tree_is_found() {
    let paths: Vec<_> = sources().iter().map(|source| source.path.as_str()).collect();
    for known in ["Cargo.toml", "crates/domain/src/lib.rs", "tests/tests/tidy/tree.rs", ".ci/run"] {
        assert!(paths.contains(&known), "{known} is missing");
    }
    assert!(paths.iter().all(|path| !path.starts_with("target/")));
}
