//! A tournament tree over fixed slots: each holds the deadline of one thing, the root the earliest of all. Setting a slot
//! costs O(log n), the earliest deadline O(1), and nothing is ever cancelled: a new deadline replaces the old one.

use crate::time::Time;

/// Deadlines in numbered slots.
#[derive(Clone, Debug)]
pub(super) struct Deadlines {
    /// A full binary tree in heap order: node i is the earlier of nodes 2i and 2i + 1; the leaves are the slots.
    tree: Vec<Time>,
    /// Number of leaves, a power of two.
    leaves: usize,
}

impl Deadlines {
    /// `slots` slots, none due.
    pub(super) fn new(slots: usize) -> Self {
        let leaves = slots.next_power_of_two().max(1);
        Self { tree: vec![Time::NEVER; 2 * leaves], leaves }
    }

    /// Sets the deadline of a slot.
    pub(super) fn set(&mut self, slot: usize, time: Time) {
        let mut node = self.leaves + slot;
        self.tree[node] = time;
        while node > 1 {
            node /= 2;
            let earlier = self.tree[2 * node].min(self.tree[2 * node + 1]);
            if self.tree[node] == earlier {
                break;
            }
            self.tree[node] = earlier;
        }
    }

    /// Takes the deadline of a slot away.
    pub(super) fn clear(&mut self, slot: usize) {
        self.set(slot, Time::NEVER);
    }

    /// The deadline of a slot.
    pub(super) fn get(&self, slot: usize) -> Time {
        self.tree[self.leaves + slot]
    }

    /// The earliest deadline.
    pub(super) fn next(&self) -> Time {
        self.tree[1]
    }

    /// The lowest-numbered slot that is due at `now`.
    pub(super) fn first_due(&self, now: Time) -> Option<usize> {
        if self.tree[1] > now {
            return None;
        }
        let mut node = 1;
        while node < self.leaves {
            node = if self.tree[2 * node] <= now { 2 * node } else { 2 * node + 1 };
        }
        Some(node - self.leaves)
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
