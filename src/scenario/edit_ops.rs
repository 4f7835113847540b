//! What edits of threads, processes and resources have in common: ops that name what goes or is copied, fresh ids, names.

use crate::order::sorted;
use std::mem::take;

use super::check::Limits;
use super::{Op, Scenario, Step};

/// Puts what `change` makes of each step in its place, what is inside a loop before the loop.
pub(super) fn rewrite(steps: &mut Vec<Step>, change: &mut dyn FnMut(Step, &mut Vec<Step>)) {
    for mut step in take(steps) {
        if let Op::Repeat { steps: body, .. } = &mut step.op {
            rewrite(body, change);
        }
        change(step, steps);
    }
}

/// Whether an op is among the steps, or in a loop there.
pub(super) fn any(steps: &[Step], is: &mut dyn FnMut(&Op) -> bool) -> bool {
    steps.iter().any(|step| match &step.op {
        Op::Repeat { steps, .. } => any(steps, is),
        op => is(op),
    })
}

impl Scenario {
    /// Puts what `change` makes of each step of all programs in its place.
    pub(super) fn rewrite(&mut self, mut change: impl FnMut(Step, &mut Vec<Step>)) {
        for thread in self.processes.iter_mut().flat_map(|p| &mut p.threads) {
            rewrite(&mut thread.program, &mut change);
        }
    }

    /// Takes the ops away that name something, and says how many. They take no time, so a loop around them stays possible.
    pub(super) fn remove_ops(&mut self, names: impl Fn(&Op) -> bool) -> usize {
        let mut removed = 0;
        self.rewrite(|step, steps| {
            if names(&step.op) {
                removed += 1;
            } else {
                steps.push(step);
            }
        });
        removed
    }
}

/// Ids that are not taken: those after all others, then those that are free.
pub(super) fn fresh(taken: Vec<u16>) -> impl Iterator<Item = u16> {
    let taken = sorted(taken, |id| *id);
    let next = taken.last().map_or(0, |last| u32::from(*last) + 1);
    let after = (next..=u16::MAX.into()).map(|id| id as u16);
    after.chain((0..=u16::MAX).filter(move |id| taken.binary_search(id).is_err()))
}

/// The name, or if it is taken, with a number that makes it another: “worker” becomes “worker 2”, “T1” becomes “T2”.
pub(super) fn unique<'a>(name: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let taken: Vec<&str> = taken.collect();
    if !taken.contains(&name) {
        return name.to_owned();
    }
    let base = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let (base, first) = match name[base.len()..].parse::<u32>() {
        Ok(number) => (base.to_owned(), number.saturating_add(1)),
        Err(_) => (format!("{name} "), 2),
    };
    let base: String = base.chars().take(Limits::NAME - 10).collect();
    let mut names = (first..=u32::MAX).map(|number| format!("{base}{number}"));
    names.find(|name| !taken.contains(&name.as_str())).unwrap_or(base)
}

/// What goes along with something, for the name of an edit: “, with 2 ops that name it and 1 flag”.
pub(super) fn along(ops: usize, flags: usize) -> String {
    let ops = match ops {
        0 => String::new(),
        1 => "1 op that names it".to_owned(),
        n => format!("{n} ops that name it"),
    };
    let flags = match flags {
        0 => String::new(),
        1 => "1 flag".to_owned(),
        n => format!("{n} flags"),
    };
    match (ops.as_str(), flags.as_str()) {
        ("", "") => String::new(),
        ("", one) | (one, "") => format!(", with {one}"),
        _ => format!(", with {ops} and {flags}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_get_the_next_number() {
        let unique = |name: &str, taken: &[&str]| unique(name, taken.iter().copied());
        assert_eq!(unique("worker", &["main"]), "worker");
        assert_eq!(unique("worker", &["worker"]), "worker 2");
        assert_eq!(unique("worker 2", &["worker", "worker 2", "worker 3"]), "worker 4");
        assert_eq!(unique("T1", &["T1"]), "T2");
        assert_eq!(unique("7", &["7"]), "8");
        let long = "é".repeat(64);
        assert!(unique(&long, &[&long]).chars().count() <= 64);
        let number = "4294967295".to_owned();
        assert_ne!(unique(&number, &[&number]), number);
    }

    #[test]
    fn ids_are_the_next_ones_until_there_is_none_and_then_those_in_a_gap() {
        let first = |taken: &[u16]| fresh(taken.to_vec()).take(2).collect::<Vec<_>>();
        assert_eq!(first(&[]), [0, 1]);
        assert_eq!(first(&[4, 1]), [5, 6]);
        assert_eq!(first(&[0, 2, u16::MAX - 1]), [u16::MAX, 1]);
    }
}
