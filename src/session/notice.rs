//! What a change of the scenario did to its run, in words: there are two kinds, and people shall know which it was.

use std::cmp::Ordering;

use crate::scenario::{Change, Scenario};

/// The kind of a change by its name, and what it did: shown for a moment after each change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// “From the start” or “From now”, or which way the history was travelled.
    pub kind: &'static str,
    /// What became of the run.
    pub says: String,
}

/// Tells what led from one scenario to another; `None` if nothing did that a run goes by.
#[must_use]
pub fn of_change(before: &Scenario, after: &Scenario) -> Option<Notice> {
    // Texts are for people: the run stays what it is.
    let retold = Scenario { title: after.title.clone(), texts: after.texts.clone(), ..before.clone() };
    if retold == *after {
        return None;
    }
    let (kind, says) = match Change::between(before, after) {
        Change::FromStart => ("From the start", "the run is another one now, its past included".to_owned()),
        Change::FromNow(since) => {
            let (was, is) = (&before.interventions, &after.interventions);
            let (flag, of, other) = match is.len().cmp(&was.len()) {
                Ordering::Greater => ("a flag ⚑", is, was),
                Ordering::Equal => ("a flag ⚑ has changed, now", is, was),
                Ordering::Less => ("a flag ⚑ is gone: it was", was, is),
            };
            let at = of.iter().find(|i| !other.contains(i)).map_or(since, |i| i.at);
            ("From now", format!("{flag} at {at:.3}; what was before {since:.3} stays as it was"))
        }
    };
    Some(Notice { kind, says })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CoreId, ThreadId};
    use crate::scenario::model::Extra;
    use crate::scenario::{Intervention, What};
    use crate::time::Time;

    fn with_flags(at_ms: &[u64]) -> Scenario {
        let flag = |ms: &u64| Intervention {
            at: Time::from_ns(ms * 1_000_000),
            what: What::RunHere { thread: ThreadId(0), core: CoreId(0) },
            extra: Extra::new(),
        };
        Scenario { interventions: at_ms.iter().map(flag).collect(), ..Scenario::empty("") }
    }

    #[test]
    fn a_title_is_no_change_of_the_run() {
        let scenario = with_flags(&[3]);
        let titled = Scenario { title: "Locks".to_owned(), ..scenario.clone() };
        assert_eq!(of_change(&scenario, &titled), None);
    }

    #[test]
    fn a_flag_is_told_with_its_own_time_and_the_past_that_stays() {
        let says = |before: &[u64], after: &[u64]| {
            of_change(&with_flags(before), &with_flags(after)).map(|n| (n.kind, n.says)).expect("a change")
        };
        let from_now = |says: &str| ("From now", says.to_owned());
        assert_eq!(says(&[3], &[3, 7]), from_now("a flag ⚑ at 7 ms; what was before 7 ms stays as it was"));
        assert_eq!(
            says(&[3, 7], &[3, 12]),
            from_now("a flag ⚑ has changed, now at 12 ms; what was before 7 ms stays as it was")
        );
        assert_eq!(
            says(&[12], &[7]),
            from_now("a flag ⚑ has changed, now at 7 ms; what was before 7 ms stays as it was")
        );
        assert_eq!(
            says(&[3, 7], &[7]),
            from_now("a flag ⚑ is gone: it was at 3 ms; what was before 3 ms stays as it was")
        );
    }
}
