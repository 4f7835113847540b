//! A tournament tree over fixed slots: each holds the deadline of one thing, the root the earliest of all. Setting a slot
//! costs O(log n), the earliest deadline O(1), and nothing is ever cancelled: a new deadline replaces the old one.

use crate::time::Time;

/// Deadlines in numbered slots.
#[derive(Clone, Debug)]
pub(super) struct Deadlines {
    /// A full binary tree in heap order from 1: node i has the earliest deadlines below nodes 2i and 2i + 1. What would be
    /// nodes from the length on are the slots.
    // Not a `Vec`, the index of which is a call where code is compiled for size.
    tree: Box<[[Time; 2]]>,
}

impl Deadlines {
    /// `slots` slots, none due.
    pub(super) fn new(slots: usize) -> Self {
        Self { tree: vec![[Time::NEVER; 2]; slots.next_power_of_two().max(2)].into() }
    }

    /// Sets the deadline of a slot.
    // Often its neighbour is due earlier, before and after. If not, up to the root in any case: where it could stop is hard to
    // predict, and guessing wrong costs more than the rest of the way. What is loaded depends on the slot alone, so the
    // processor does not wait for it.
    pub(super) fn set(&mut self, slot: usize, time: Time) {
        let mut node = self.tree.len() + slot;
        let pair = &mut self.tree[node / 2];
        let (before, other) = (pair[node & 1], pair[1 - (node & 1)]);
        pair[node & 1] = time;
        let mut earliest = time.min(other);
        if earliest == before.min(other) {
            return;
        }
        node /= 2;
        while node > 1 {
            let side = node & 1;
            node /= 2;
            let pair = &mut self.tree[node];
            let other = pair[1 - side];
            pair[side] = earliest;
            earliest = earliest.min(other);
        }
    }

    /// Takes the deadline of a slot away.
    pub(super) fn clear(&mut self, slot: usize) {
        self.set(slot, Time::NEVER);
    }

    /// The deadline of a slot.
    pub(super) fn get(&self, slot: usize) -> Time {
        let node = self.tree.len() + slot;
        self.tree[node / 2][node & 1]
    }

    /// The earliest deadline.
    pub(super) fn next(&self) -> Time {
        let [left, right] = self.tree[1];
        left.min(right)
    }

    /// The lowest-numbered slot that is due at `now`.
    pub(super) fn first_due(&self, now: Time) -> Option<usize> {
        if self.next() > now {
            return None;
        }
        let mut node = 1;
        while let Some([left, _]) = self.tree.get(node) {
            node = 2 * node + usize::from(*left > now);
        }
        Some(node - self.tree.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_root_is_the_earliest_and_the_first_due_the_lowest(
            slots in 1usize..70,
            sets in prop::collection::vec((0usize..70, 0u64..50), 0..200),
        ) {
            let mut tree = Deadlines::new(slots);
            let mut model = vec![Time::NEVER; slots];
            for (slot, ns) in sets {
                let slot = slot % slots;
                tree.set(slot, Time::from_ns(ns));
                model[slot] = Time::from_ns(ns);
                prop_assert_eq!(tree.next(), model.iter().copied().min().unwrap());
                let now = Time::from_ns(25);
                prop_assert_eq!(tree.first_due(now), model.iter().position(|t| *t <= now));
                prop_assert_eq!(tree.get(slot), model[slot]);
            }
        }
    }
}
