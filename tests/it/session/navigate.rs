//! Reading a run: ranges and markers, the way to what is selected, the overview.

use gilscope::scene::{Point, Rect, Shape, Subject};
use gilscope::session::keys::{At, Command, Press, command};
use gilscope::session::navigate::Read;
use gilscope::session::range::End;

use super::*;

fn read(s: &mut Session, read: Read) -> String {
    said(&s.update(Action::Read(read)))
}

fn press(s: &mut Session, key: &str) -> String {
    match command(s, Press { key, ..Press::default() }, At::default()) {
        Some(Command::Do(action)) => said(&s.update(action)),
        other => panic!("{key}: {other:?}"),
    }
}

/// Where in the lanes an instant is, at a height that belongs to no label and no block.
fn on_lanes(s: &Session, time: Time) -> Point {
    let lanes = s.lanes_area();
    Point { x: s.axis().x(time), y: lanes.bottom() - 2.0 }
}

fn rect_of(s: &Session, subject: Subject) -> Option<Rect> {
    s.scene().regions.iter().rev().find(|r| r.subject == subject).map(|r| r.rect)
}

fn drag(s: &mut Session, from: Point, to: Point) -> String {
    s.update(Action::PointerDown(from));
    s.update(Action::PointerMove(to));
    said(&s.update(Action::PointerUp(to)))
}

fn has_text(s: &Session, wanted: &str) -> bool {
    s.scene().shapes.iter().any(|shape| matches!(shape, Shape::Text { text, .. } if text == wanted))
}

#[test]
fn dragging_with_shift_over_the_lanes_or_the_ruler_selects_a_range_and_no_thread() {
    for on_ruler in [false, true] {
        let mut s = session(native());
        let [mut from, mut to] = [ms(20), ms(5)].map(|t| on_lanes(&s, t));
        if on_ruler {
            let y = rect_of(&s, Subject::Ruler).expect("the ruler").center().y;
            (from.y, to.y) = (y, y);
        }
        let (playhead, axis) = (s.playhead(), s.axis());
        s.update(Action::PointerDownToo(from));
        s.update(Action::PointerMove(Point { x: from.x - 30.0, ..from }));
        assert!(s.range().is_some(), "it is seen while it is drawn");
        s.update(Action::PointerMove(to));
        assert_eq!(said(&s.update(Action::PointerUp(to))), "Range of 15 ms: 5 ms to 20 ms");
        assert_eq!(s.range(), Some((ms(5), ms(20))));
        assert_eq!((s.playhead(), s.axis(), s.selection()), (playhead, axis, None));
        assert!(has_text(&s, "15 ms"));
    }
}

#[test]
fn a_range_has_no_digits_that_a_pixel_could_not_tell_apart() {
    let mut s = session(native());
    let step = s.axis().ns_per_px as u64 / 10;
    for x in [0.0, 0.37, 7.0] {
        let [from, to] = [ms(20), ms(5)].map(|t| on_lanes(&s, t));
        s.update(Action::PointerDownToo(Point { x: from.x + x, ..from }));
        s.update(Action::PointerMove(Point { x: to.x + x, ..to }));
        s.update(Action::PointerUp(Point { x: to.x + x, ..to }));
        let (from, to) = s.range().expect("a range");
        for end in [from, to] {
            let mut rest = end.ns();
            while rest.is_multiple_of(10) {
                rest /= 10;
            }
            assert!(end.ns() / rest >= step, "{end}");
        }
    }
}

#[test]
fn a_plain_drag_over_the_lanes_moves_them_and_one_over_the_ruler_the_playhead() {
    let mut s = session(native());
    let (from, to) = (on_lanes(&s, ms(20)), on_lanes(&s, ms(5)));
    let axis = s.axis();
    drag(&mut s, from, to);
    assert!(s.range().is_none() && s.axis() != axis);
    let mut s = session(native());
    let y = rect_of(&s, Subject::Ruler).expect("the ruler").center().y;
    drag(&mut s, Point { y, ..from }, Point { y, ..to });
    assert!(s.range().is_none());
    assert_eq!(s.playhead(), ms(5));
}

#[test]
fn the_ends_of_a_range_are_set_at_the_playhead() {
    let mut s = at(native(), 4_000);
    press(&mut s, "[");
    assert_eq!(s.range(), Some((ms(4), s.run().end())), "up to the end of the run");
    s.update(Action::Seek(ms(9)));
    assert_eq!(press(&mut s, "]"), "Range of 5 ms: 4 ms to 9 ms");
    // An end beyond the other one lets go of that.
    s.update(Action::Seek(ms(12)));
    press(&mut s, "[");
    assert_eq!(s.range(), Some((ms(12), s.run().end())));
    s.update(Action::Seek(ms(2)));
    press(&mut s, "]");
    assert_eq!(s.range(), Some((ms(0), ms(2))));
    s.update(Action::Seek(ms(0)));
    assert_eq!(press(&mut s, "]"), "No range is selected");
    for backwards in [(ms(7), ms(3)), (ms(7), ms(7))] {
        read(&mut s, Read::Range(Some(backwards)));
        assert_eq!(s.range(), None);
    }
}

#[test]
fn two_markers_say_how_long_it_is_between_them() {
    let mut s = at(native(), 4_000);
    assert_eq!(press(&mut s, "x"), "Marker A at 4 ms");
    s.update(Action::Seek(Time::from_us(7_200)));
    assert_eq!(press(&mut s, "x"), "Marker B at 7.2 ms, 3.2 ms after A");
    assert!(has_text(&s, "Δ 3.2 ms") && has_text(&s, "A") && has_text(&s, "B"));
    s.update(Action::Seek(ms(1)));
    assert_eq!(press(&mut s, "x"), "Marker A at 1 ms", "the next one begins anew");
    assert_eq!(s.markers(), [Some(ms(1)), None]);
    assert_eq!(press(&mut s, "x"), "No marker", "where one is, it is taken away");
    s.update(Action::Seek(ms(8)));
    press(&mut s, "x");
    s.update(Action::Seek(ms(6)));
    assert_eq!(press(&mut s, "x"), "Marker B at 6 ms, 2 ms before A");
}

#[test]
fn a_marker_is_taken_away_where_it_is_and_the_other_one_stays() {
    for (there, left) in [(4, 7), (7, 4)] {
        let mut s = at(native(), 4_000);
        press(&mut s, "x");
        s.update(Action::Seek(ms(7)));
        press(&mut s, "x");
        s.update(Action::Seek(ms(there)));
        assert_eq!(press(&mut s, "x"), format!("One marker is left, at {left} ms"));
        assert_eq!(s.markers(), [Some(ms(left)), None]);
        assert_eq!(press(&mut s, "x").split_once(" at ").map(|(what, _)| what), Some("Marker B"), "X sets it again");
    }
}

#[test]
fn escape_takes_range_and_markers_away_before_the_selection() {
    let mut s = at(native(), 4_000);
    s.update(Action::Select(Some(Subject::Thread(ETL))));
    read(&mut s, Read::Mark);
    read(&mut s, Read::RangeEnd(End::To));
    assert_eq!(press(&mut s, "Escape"), "No range and no marker");
    assert!(s.range().is_none() && s.markers() == [None; 2] && s.selection().is_some());
    press(&mut s, "Escape");
    assert_eq!(s.selection(), None);
}

#[test]
fn a_range_and_markers_outlive_an_edit_but_not_another_scenario() {
    let mut s = at(native(), 4_000);
    read(&mut s, Read::Mark);
    read(&mut s, Read::Range(Some((ms(1), ms(3)))));
    s.update(s.scenario().with_policy(Policy::round_robin(Dur::from_ms(1))).expect("possible").into());
    assert_eq!((s.range(), s.markers()[0]), (Some((ms(1), ms(3))), Some(ms(4))));
    s.update(Action::Load(Box::new(python())));
    assert_eq!((s.range(), s.markers()), (None, [None; 2]));
}

/// Whether the axis shows a stretch with a small margin on both sides.
fn fits(s: &Session, from: Time, to: Time) -> bool {
    let axis = s.axis();
    let part = to.since(from).ns() as f64 / axis.span_ns();
    axis.shows(from) && axis.shows(to) && (0.9..0.95).contains(&part)
}

#[test]
fn f_fits_the_range_or_what_is_selected_and_pressed_again_the_whole_run() {
    let mut s = session(native());
    let whole = s.axis();
    read(&mut s, Read::Range(Some((ms(6), ms(7)))));
    press(&mut s, "f");
    assert!(fits(&s, ms(6), ms(7)));
    press(&mut s, "f");
    assert_eq!(s.axis(), whole);
    read(&mut s, Read::Unmark);
    let stretch = s.run().lanes().thread(LOG).get(2).expect("a third stretch");
    s.update(Action::Select(Some(Subject::Record(stretch.record))));
    press(&mut s, "f");
    assert!(fits(&s, stretch.start, stretch.end));
    press(&mut s, "f");
    assert_eq!(s.axis(), whole);
    // Whoever has zoomed elsewhere gets back to what is selected first.
    s.update(Action::Select(Some(Subject::Thread(ETL))));
    s.update(Action::Zoom { x: 500.0, factor: 9.0 });
    press(&mut s, "f");
    let end = s.run().lanes().thread(ETL).last().expect("its end").start;
    assert!(fits(&s, ms(0), end));
    s.update(Action::Select(None));
    press(&mut s, "f");
    assert_eq!(s.axis(), whole);
}

#[test]
fn f_fits_for_how_long_a_lock_is_held() {
    let mut s = session(gilscope::scenario::presets::by_name("S9").expect("there is one").scenario());
    let held = {
        let (plan, shared) = (s.run().plan(), s.run().shared());
        let lanes = shared.lanes(s.run().trace());
        plan.object_ixs().find_map(|o| lanes.held(o).first()).expect("a lock is held")
    };
    s.update(Action::Select(Some(Subject::Record(held.record))));
    press(&mut s, "f");
    assert!(fits(&s, held.start, held.end), "{held:?}");
}

#[test]
fn dot_and_comma_go_from_event_to_event_of_the_selected_thread() {
    let mut s = session(python());
    s.update(Action::Select(Some(Subject::Thread(LOG))));
    let mut times: Vec<Time> = s.run().trace().iter().filter(|r| r.thread() == LOG).map(|r| r.time()).collect();
    times.dedup();
    let mut seen = vec![s.playhead()];
    while press(&mut s, ".").is_empty() {
        seen.push(s.playhead());
    }
    assert_eq!(seen, times);
    while press(&mut s, ",").is_empty() {
        assert_eq!(Some(s.playhead()), times.pop().map(|_| *times.last().expect("one before")));
    }
    assert_eq!(s.playhead(), ms(0));
    s.update(Action::Select(None));
    press(&mut s, ".");
    let any = s.run().trace().iter().map(|r| r.time()).find(|t| *t > ms(0));
    assert_eq!(Some(s.playhead()), any, "of any thread if none is selected");
}

#[test]
fn the_overview_has_a_row_above_the_ruler_while_the_view_shows_only_a_part() {
    let mut s = session(native());
    assert_eq!(rect_of(&s, Subject::Overview), None);
    let places = |s: &Session| {
        let rect = |subject| rect_of(s, subject).expect("there is one");
        (rect(Subject::Ruler), rect(Subject::Lanes), rect(Subject::Core(CoreId(0))))
    };
    let (ruler, panel, core) = places(&s);
    s.update(Action::Zoom { x: 500.0, factor: 4.0 });
    let strip = rect_of(&s, Subject::Overview).expect("an overview");
    assert!(strip.h >= 24.0, "a finger finds it");
    let lower = places(&s);
    assert_eq!((strip.y, strip.bottom()), (panel.y, lower.0.y));
    assert_eq!(lower.0, Rect { y: ruler.y + 18.0, ..ruler });
    assert_eq!((lower.1, lower.2), (panel, core), "the lanes give way, and nothing else moves");
    // Wherever the view goes, it is there or not by how much of the run is seen.
    for _ in 0..40 {
        s.update(Action::Pan { dx: -60.0 });
        assert_eq!(places(&s).0, lower.0);
    }
    s.update(Action::Fit);
    assert_eq!((rect_of(&s, Subject::Overview), places(&s).0), (None, ruler));
}

/// A zoomed session and where an instant is in its overview.
fn zoomed() -> (Session, impl Fn(Time) -> Point) {
    let mut s = session(native());
    read(&mut s, Read::Range(Some((ms(10), ms(15)))));
    read(&mut s, Read::Fit);
    let (strip, end) = (rect_of(&s, Subject::Overview).expect("an overview"), s.run().end());
    let part = move |t: Time| t.ns() as f64 / end.ns() as f64;
    (s, move |t| Point { x: strip.x + strip.w * part(t), y: strip.center().y })
}

fn near(a: Time, b: Time) -> bool {
    a.ns().abs_diff(b.ns()) < 50_000
}

#[test]
fn dragging_the_window_of_the_overview_moves_the_view_and_its_edges_change_the_scale() {
    let (mut s, at) = zoomed();
    let (from, to) = (s.axis().from(), s.axis().to());
    let scale = s.axis().ns_per_px;
    drag(&mut s, at(ms(12)), at(ms(20)));
    assert!(near(s.axis().from(), from + Dur::from_ms(8)) && near(s.axis().to(), to + Dur::from_ms(8)));
    assert!((s.axis().ns_per_px - scale).abs() < 1e-6 * scale);
    let (mut s, at) = zoomed();
    drag(&mut s, at(to), at(ms(25)));
    assert!(near(s.axis().from(), from) && near(s.axis().to(), ms(25)));
    let (mut s, at) = zoomed();
    drag(&mut s, at(from), at(ms(3)));
    assert!(near(s.axis().from(), ms(3)) && near(s.axis().to(), to));
    // An edge cannot be dragged beyond the other one.
    let (mut s, at) = zoomed();
    drag(&mut s, at(from), at(ms(30)));
    assert!(s.axis().from() < s.axis().to());
}

#[test]
fn pressing_beside_the_window_of_the_overview_brings_it_there() {
    let (mut s, at) = zoomed();
    let span = s.axis().span_ns();
    drag(&mut s, at(ms(24)), at(ms(24)));
    let axis = s.axis();
    let middle = Time::from_ns((axis.start_ns + 0.5 * axis.span_ns()) as u64);
    assert!(near(middle, ms(24)) && (axis.span_ns() - span).abs() < 1.0, "{middle}");
    assert_eq!(s.playhead(), ms(0));
}

#[test]
fn no_label_of_the_ruler_looks_out_from_behind_a_letter_or_a_length() {
    let mut s = session(native());
    let ruler = rect_of(&s, Subject::Ruler).expect("the ruler");
    let middles = |s: &Session| {
        let text = |shape: Shape| match shape {
            Shape::Text { text, at, style, .. } if ruler.contains(at) => {
                Some((text.clone(), at.x, style.width(&text) / 2.0))
            }
            _ => None,
        };
        s.scene().shapes.into_iter().filter_map(text).collect::<Vec<_>>()
    };
    assert!(middles(&s).iter().any(|(text, ..)| text == "5 ms"));
    for ms in [5, 11] {
        s.update(Action::Seek(Time::from_ms(ms)));
        read(&mut s, Read::Mark);
    }
    let texts = middles(&s);
    assert!(texts.iter().all(|(text, ..)| text != "5 ms") && texts.iter().any(|(text, ..)| text == "Δ 6 ms"));
    for (text, x, half) in &texts {
        let free = |(other, at, wide): &&(String, f64, f64)| other == text || (at - x).abs() >= half + wide;
        assert!(texts.iter().all(|t| free(&t)), "{text}: {texts:?}");
    }
}
