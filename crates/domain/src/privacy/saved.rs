//! Saved views that were made to find somebody.

use serde_json::{Value, json};

use super::Traces;

/// What a saved view says of which leads it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedWords {
    /// Its name.
    pub name: String,
    /// What must hold.
    pub condition: Option<Value>,
    /// The words of a text search.
    pub query: Option<String>,
}

impl Traces {
    /// A saved view without the person; `None` where there is nothing of them. It never has more leads than before: a value
    /// goes out of a list, and a value or words that stood alone leave a blank, with which the view can't be used until
    /// somebody mends it. A part of a name may mean others, who bear it too: the whole name has to be there.
    pub fn taken_out_of_view(&self, view: &SavedWords, neutral: &str) -> Option<SavedWords> {
        let mut without = view.clone();
        if let Some(condition) = &mut without.condition {
            self.blank_tests(condition);
        }
        if without.query.as_deref().is_some_and(|query| self.tell_whom(query)) {
            without.query = None;
            let blank = json!({"field": "contact_name", "op": "eq", "value": ""});
            let rest = without.condition.take();
            without.condition = Some(json!({"all": rest.into_iter().chain([blank]).collect::<Vec<_>>()}));
        }
        // Whoever looks for somebody calls the view by a part of the name.
        let named = self.tell_whom(&view.name) || (without != *view && self.have_a_word_of(&view.name));
        if named {
            neutral.clone_into(&mut without.name);
        }
        (without != *view).then_some(without)
    }

    fn blank_tests(&self, condition: &mut Value) {
        match condition {
            Value::Array(parts) => parts.iter_mut().for_each(|part| self.blank_tests(part)),
            Value::Object(members) => {
                for (name, member) in members.iter_mut() {
                    if name == "value" { self.blank_value(member) } else { self.blank_tests(member) }
                }
            }
            _ => {}
        }
    }

    fn blank_value(&self, value: &mut Value) {
        let is_theirs = |value: &Value| value.as_str().is_some_and(|text| self.tell_whom(text));
        match value {
            Value::Array(all) if all.iter().any(is_theirs) => {
                all.retain(|one| !is_theirs(one));
                if all.is_empty() {
                    all.push("".into());
                }
            }
            one if is_theirs(one) => *one = "".into(),
            _ => {}
        }
    }
}
