//! Blanks between delimiters and quotes.

use leadwright_domain::imports::{Dialect, is_blank_between};

/// How many bytes of blanks may stand in front of a quote.
const MOST: usize = 1_000;

/// Takes away the blanks that stand between a delimiter, or the beginning of a line, and the quote behind it; the machine
/// that reads cells wants a quote to come first.
#[derive(Debug, Default)]
pub(super) struct Between {
    at: At,
    /// Blanks that wait for what comes behind them.
    held: String,
}

/// Where the next letter stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum At {
    #[default]
    Beginning,
    Outside,
    Quoted,
    Escaped,
    /// Behind a quote that ends the cell, unless it is doubled.
    Ending,
}

impl Between {
    /// The text without them; `last` says that no more comes.
    pub(super) fn close_up(&mut self, text: &str, dialect: Dialect, last: bool) -> String {
        let mut closed = String::with_capacity(text.len() + self.held.len());
        for c in text.chars() {
            if self.at == At::Beginning && self.held.len() < MOST && is_blank_between(c, dialect.delimiter) {
                self.held.push(c);
                continue;
            }
            let next = next(self.at, c, dialect);
            if self.at == At::Beginning && next == At::Quoted {
                self.held.clear();
            }
            closed.push_str(&self.held);
            closed.push(c);
            self.held.clear();
            self.at = next;
        }
        if last {
            closed.push_str(&self.held);
            self.held.clear();
        }
        closed
    }

    /// The same from a new line, for text that was taken wrongly; what is held is part of it.
    pub(super) fn anew(&mut self, mut text: String, dialect: Dialect, last: bool) -> String {
        text.push_str(&self.held);
        *self = Self::default();
        self.close_up(&text, dialect, last)
    }
}

fn next(at: At, c: char, dialect: Dialect) -> At {
    let is_quote = Some(c) == dialect.quote;
    match at {
        At::Quoted if c == '\\' && dialect.backslash => At::Escaped,
        At::Quoted if is_quote => At::Ending,
        At::Quoted | At::Escaped => At::Quoted,
        At::Ending | At::Beginning if is_quote => At::Quoted,
        _ if c == dialect.delimiter || matches!(c, '\n' | '\r') => At::Beginning,
        _ => At::Outside,
    }
}
