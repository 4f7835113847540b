//! What the open scenario can be compared with.

use crate::scenario::pairs::{Offer, offers};
use crate::scenario::{Pair, Scenario};

use super::Session;

/// The name in an address of what no link can hold: what was before the last change.
const BEFORE: &str = "before";

/// Likewise of the scenario as it was loaded.
const LOADED: &str = "loaded";

/// Something to compare with.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its name, also in an address.
    pub key: String,
    /// What it is called on a button and as a caption.
    pub label: String,
    /// The other scenario, or why there is none, as a sentence.
    pub other: Result<Scenario, String>,
    /// Whether the other one was before, so that it is A and what is open is B.
    pub earlier: bool,
}

impl Choice {
    /// A and B, each with its caption, where `open` is what is open.
    #[must_use]
    pub fn sides(&self, open: &Scenario) -> Option<[(Scenario, String); 2]> {
        let other = (self.other.clone().ok()?, self.label.clone());
        let open = (open.clone(), "As it is now".to_owned());
        Some(if self.earlier { [other, open] } else { [open, other] })
    }

    /// Whether a link can say it.
    #[must_use]
    pub const fn is_in_links(&self) -> bool {
        !self.earlier
    }
}

impl From<Offer> for Choice {
    fn from(Offer { pair, label, scenario }: Offer) -> Self {
        Self { key: pair.key(), label, other: scenario, earlier: false }
    }
}

/// Whether an address may name this to compare with; what makes sense is known once its scenario is open.
#[must_use]
pub fn is_choice(key: &str) -> bool {
    Pair::read(key).is_some()
}

impl Session {
    /// What the scenario can be compared with, what makes no sense for it with the reason: the way it was, and its variants.
    #[must_use]
    pub fn choices(&self) -> Vec<Choice> {
        let earlier = |key: &str, label: String, other: Result<Scenario, String>| Choice {
            key: key.to_owned(),
            label,
            other,
            earlier: true,
        };
        let (now, loaded) = (self.scenario(), self.original());
        let before = self.before_change().filter(|before| *before != now);
        let mut choices = vec![earlier(
            BEFORE,
            "Before the last change".to_owned(),
            before.cloned().ok_or_else(|| "Nothing was changed that could be taken back.".to_owned()),
        )];
        if loaded != now && before != Some(loaded) {
            choices.push(earlier(LOADED, "As it was loaded".to_owned(), Ok(loaded.clone())));
        }
        choices.extend(offers(now).into_iter().map(Choice::from));
        choices
    }

    /// The choice with a name, also one that is not offered, as a link may ask for it.
    #[must_use]
    pub fn choice(&self, key: &str) -> Option<Choice> {
        self.choices().into_iter().find(|choice| choice.key == key).or_else(|| {
            let (pair, now) = (Pair::read(key)?, self.scenario());
            Some(Offer { pair, label: pair.label(now), scenario: pair.of(now) }.into())
        })
    }
}
