//! Lanes as lists: parts of them, and where in them something begins.

use gilscope::engine::Place;
use gilscope::engine::lanes::Lane;
use gilscope::engine::segments::Entry;
use gilscope::ids::{CoreId, GilIx, ThreadIx};
use gilscope::scenario::Runtime;
use gilscope::time::Time;

use crate::build::{Build, computer};

#[test]
fn a_part_of_a_lane_is_a_lane_again_in_which_entries_count_from_its_beginning() {
    let run = computer(1).process("app", Runtime::Native, &[("A", 0, "native 1ms; io 2ms; native 3ms; io 4ms")]).run();
    let lane = run.lanes().thread(ThreadIx(0));
    let starts: Vec<u64> = lane.iter().map(|s| s.start.ns() / 1_000_000).collect();
    assert_eq!(starts, [0, 1, 3, 6, 10]);
    let part = lane.part(1..4);
    assert_eq!((part.len(), part.is_empty(), part.last().map(|s| s.start)), (3, false, Some(Time::from_ms(6))));
    assert_eq!(part.partition_point(|s| s.start <= Time::from_ms(3)), 2);
    assert_eq!(part.part(1..9).first().map(|s| s.start), Some(Time::from_ms(3)));
    assert!(lane.part(2..2).is_empty() && lane.part(7..9).is_empty());
    assert_eq!(lane.last().map(|s| s.place), Some(Place::Finished));
    assert!(computer(2).run().lanes().core(CoreId(1)).is_empty());
}

#[test]
fn what_begins_before_a_record_is_a_part_of_any_lane() {
    fn of<S: Entry>(lane: Lane<'_, S>) -> usize {
        for (i, entry) in lane.iter().enumerate() {
            assert_eq!(lane.before(entry.record() as usize).len(), i);
        }
        lane.len()
    }
    let run = computer(2).python(&[("A", 0, "python 12ms; io 1ms"), ("B", 0, "python 12ms")]).run();
    let lanes = run.lanes();
    let lengths = (
        of(lanes.thread(ThreadIx(0))),
        of(lanes.core(CoreId(0))),
        of(lanes.gil(GilIx(0))),
        of(lanes.requests(GilIx(0))),
    );
    assert_eq!(lengths, (8, 3, 6, 4));
}
