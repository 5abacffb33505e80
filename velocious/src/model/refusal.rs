//! What was typed into a form but is no value of its attribute.

use super::Errors;

/// Texts that could not become values, by attribute. A record with some of them is not valid.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refusals(Vec<Refusal>);

#[derive(Clone, Debug)]
struct Refusal {
    attribute: String,
    /// As it was typed; nothing where it is not to be shown again.
    text: Option<String>,
    message: String,
}

impl Refusals {
    /// Adds one, in the place of an earlier one about the attribute.
    pub(super) fn add(&mut self, attribute: &str, text: Option<String>, message: String) {
        if attribute != Errors::BASE {
            self.0.retain(|known| known.attribute != attribute);
        }
        self.0.push(Refusal {
            attribute: attribute.to_owned(),
            text,
            message,
        });
    }

    /// What was typed for an attribute.
    pub(super) fn text(&self, attribute: &str) -> Option<&str> {
        let mut about = self.0.iter().filter(|known| known.attribute == attribute);
        about.find_map(|refusal| refusal.text.as_deref())
    }

    /// Puts them before what else is wrong. What a rule says about the value that such an attribute still has would only
    /// puzzle people.
    pub(super) fn precede(&self, errors: &mut Errors, model: &'static str) {
        let is_about = |attribute: &str| self.0.iter().any(|known| known.attribute == attribute);
        errors.retain(|attribute, _| attribute == Errors::BASE || !is_about(attribute));
        let mut all = Errors::of(model);
        for refusal in &self.0 {
            all.add(&refusal.attribute, "type", &refusal.message);
        }
        all.append(std::mem::take(errors));
        *errors = all;
    }
}
