//! The table of all events.

use gilscope::session::table::{About, Filter, Found, Scroller};
use proptest::prelude::*;

use super::*;

fn found(s: &Session, filter: Filter) -> Found {
    let mut found = Found::new(filter);
    while found.look_on(s, 50) < 1.0 {}
    found
}

fn all(s: &Session, filter: Filter) -> Vec<gilscope::session::table::EventRow> {
    found(s, filter).rows(s, 0, usize::MAX / 2)
}

#[test]
fn it_tells_every_event_in_order_with_its_sentence() {
    let mut s = at(python(), 7_000);
    let rows = all(&s, Filter::default());
    let trace = s.run().trace();
    assert_eq!(rows.len(), trace.len());
    for (i, row) in rows.iter().enumerate() {
        assert_eq!((row.record, row.time), (i, trace[i].time()));
        assert!(!row.what.is_empty() && row.why.ends_with('.') && !row.thread.is_empty(), "{row:?}");
    }
    // Nothing of a hidden future.
    s.update(Action::ToggleFuture);
    let now = s.last_record().expect("something has happened");
    let seen = all(&s, Filter::default());
    assert_eq!(seen.last().map(|row| row.record), Some(now));
    assert_eq!(found(&s, Filter::default()).now(&s), s.told_record());
}

#[test]
fn it_is_filtered_by_thread_kind_and_text_together() {
    let s = at(python(), 7_000);
    let trace = s.run().trace();
    let id = s.run().plan().thread(LOG).id;
    let of_log = all(&s, Filter { thread: Some(id), ..Filter::default() });
    assert_eq!(of_log.len(), trace.iter().filter(|r| r.thread() == LOG).count());
    assert!(!of_log.is_empty() && of_log.iter().all(|row| row.thread == "log"));
    let of_gil = all(&s, Filter { about: About::Gil, ..Filter::default() });
    assert!(!of_gil.is_empty() && of_gil.len() < trace.len());
    let both = all(&s, Filter { thread: Some(id), about: About::Gil, ..Filter::default() });
    assert_eq!(both.len(), of_gil.iter().filter(|row| row.thread == "log").count());
    assert!(of_gil.iter().all(|row| row.why.contains("GIL") || row.what == "forced wait"), "{of_gil:?}");
    let takes = all(&s, Filter { about: About::Gil, text: "TAKES the gil".to_owned(), ..Filter::default() });
    assert!(!takes.is_empty() && takes.iter().all(|row| row.what == "takes the GIL"), "{takes:?}");
    assert!(all(&s, Filter { text: "no such words".to_owned(), ..Filter::default() }).is_empty());
    // Each kind is in one group.
    let groups =
        About::ALL.iter().skip(1).map(|(about, _)| all(&s, Filter { about: *about, ..Filter::default() }).len());
    assert_eq!(groups.sum::<usize>(), trace.len());
}

#[test]
fn where_what_the_story_tells_is_not_found_the_row_of_the_playhead_is_the_last_before_it() {
    let s = at(python(), 7_000);
    let told = s.story().expect("something has happened").text;
    let of_others = found(&s, Filter { about: About::Waits, ..Filter::default() });
    let now = of_others.now(&s).expect("somebody has waited");
    let rows = of_others.rows(&s, now, 2);
    assert_ne!(rows[0].why, told);
    assert!(rows[0].time <= s.playhead() && rows[1].time > s.playhead(), "{rows:?}");
}

#[test]
fn another_run_is_looked_at_anew_and_a_longer_one_further() {
    let mut s = at(python(), 1_000);
    let mut found = found(&s, Filter { about: About::Gil, ..Filter::default() });
    let before = found.count(&s);
    s.update(Action::ToEnd);
    while found.look_on(&s, 7) < 1.0 {}
    assert!(found.count(&s) >= before);
    s.update(Action::Load(Box::new(native())));
    assert!(found.look_on(&s, usize::MAX) >= 1.0);
    assert_eq!(found.count(&s), 0, "there is no GIL in it");
}

#[test]
fn a_search_goes_on_a_part_at_a_time() {
    let s = at(python(), 7_000);
    let mut found = Found::new(Filter { text: "gil".to_owned(), ..Filter::default() });
    assert!(found.reads());
    let part = found.look_on(&s, 3);
    assert!((part - 3.0 / s.run().trace().len() as f64).abs() < 1e-12, "{part}");
}

proptest! {
    /// Any row can be brought to the upper edge and is found there again, also among more than a browser can scroll.
    #[test]
    fn rows_are_where_the_scroller_says(rows in 1_usize..2_000_000, at in 0.0_f64..1.0, row in 20.0_f64..60.0) {
        let s = Scroller { rows, row, seen: 300.0 };
        prop_assert!(s.height() <= 8e6 && s.height() <= rows as f64 * row);
        let farthest = (rows as f64 - s.seen / row).max(0.0);
        let wanted = (at * farthest).floor();
        let top = s.top_of(wanted);
        prop_assert!((s.row_at(top) - wanted).abs() < 1e-3, "{} for {wanted}", s.row_at(top));
        prop_assert!((s.place_of(wanted as usize, top) - top).abs() < 0.1);
        // Scrolled to the end, the last row stands at the lower edge.
        let end = (s.height() - s.seen).max(0.0);
        let bottom = s.place_of(rows - 1, end) + row;
        prop_assert!(s.height() < s.seen || (bottom - end - s.seen).abs() < 0.1, "{bottom} of {end}");
    }
}
