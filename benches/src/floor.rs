//! The floor: the least that any such simulator does.

use crate::platform::seconds;
use std::hint::black_box;

const STEPS: usize = 1_000_000;

/// Steps per second of a bare loop that takes the earliest of `n` deadlines off a tournament tree and sets a new one.
pub(crate) fn steps_per_second(n: usize) -> f64 {
    let leaves = n.next_power_of_two();
    let mut tree = vec![u64::MAX; 2 * leaves];
    for i in 0..n {
        tree[leaves + i] = 1_000 + i as u64;
    }
    for i in (1..leaves).rev() {
        tree[i] = tree[2 * i].min(tree[2 * i + 1]);
    }
    let start = seconds();
    for _ in 0..STEPS {
        let earliest = tree[1];
        let mut node = 1;
        while node < leaves {
            node = if tree[2 * node] == earliest { 2 * node } else { 2 * node + 1 };
        }
        tree[node] = earliest + 1_000 + (earliest & 63);
        while node > 1 {
            node /= 2;
            tree[node] = tree[2 * node].min(tree[2 * node + 1]);
        }
    }
    black_box(&tree);
    STEPS as f64 / (seconds() - start)
}
