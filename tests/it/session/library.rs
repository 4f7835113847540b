//! The library: one's own scenarios, what finds them, and how arrows lead through them.

use gilscope::scenario::{Scenario, json, presets};
use gilscope::scene::{Rect, Shape, Size};
use gilscope::session::library::{Library, Own, Preview, Trouble, Write, finds, title_by, toward};

fn named(name: &str) -> Scenario {
    Scenario { title: name.to_owned(), ..presets::first().scenario() }
}

fn names(library: &Library) -> Vec<&str> {
    library.own().iter().map(|own| own.name.as_str()).collect()
}

/// What a browser would hold after these writes.
fn perform(kept: &mut Vec<String>, writes: &[Write]) {
    for write in writes {
        let id = match write {
            Write::Keep(own) => own.id,
            Write::Forget(id) => *id,
        };
        kept.retain(|text| !text.starts_with(&format!("{id}\n")));
        if let Write::Keep(own) = write {
            kept.push(own.text());
        }
    }
}

/// A library with three scenarios, and what the browser holds.
fn three() -> (Library, Vec<String>) {
    let (mut library, mut kept) = (Library::default(), Vec::new());
    for (i, name) in ["one", "two", "three"].into_iter().enumerate() {
        let writes = library.save(name, &named(name), 1_000 + i as u64).expect("a name");
        perform(&mut kept, &writes);
    }
    (library, kept)
}

fn again(kept: &[String]) -> Library {
    let mut library = Library::default();
    assert!(library.take_in(kept.iter().map(String::as_str), library.changes()));
    library
}

#[test]
fn what_was_saved_is_there_again_and_the_last_stands_first() {
    let (library, kept) = three();
    assert_eq!(names(&library), ["three", "two", "one"]);
    assert_eq!(again(&kept).own(), library.own());
    let own = library.named(" TWO ").expect("names are told apart without case and spaces");
    assert_eq!(json::from_str(&own.json), Ok(named("two")));
}

#[test]
fn what_is_damaged_is_left_out_and_the_rest_is_there() {
    let (library, mut kept) = three();
    kept.extend(["", "x\nname\n{}", "5"].map(str::to_owned));
    assert_eq!(again(&kept).own(), library.own());
}

#[test]
fn saving_under_a_name_that_is_taken_replaces_and_can_be_taken_back() {
    let (mut library, mut kept) = three();
    let before = library.own().to_vec();
    let writes = library.save("  Two ", &named("newer"), 5).expect("a name");
    perform(&mut kept, &writes);
    assert_eq!(names(&library), ["Two", "three", "one"], "ids go up even if the clock goes back");
    assert_eq!(library.undo_name(), Some("Replaced “Two”"));
    perform(&mut kept, &library.undo());
    assert_eq!(library.own(), before);
    assert_eq!(again(&kept).own(), before);
    assert_eq!(library.undo_name(), None);
    assert_eq!(library.undo(), []);
}

#[test]
fn a_deletion_can_be_taken_back_in_its_place_and_under_its_name() {
    let (mut library, mut kept) = three();
    let (before, two) = (library.own().to_vec(), library.named("two").expect("saved").id);
    perform(&mut kept, &library.delete(two));
    assert_eq!(names(&again(&kept)), ["three", "one"]);
    assert_eq!(library.undo_name(), Some("Deleted “two”"));
    perform(&mut kept, &library.undo());
    assert_eq!(again(&kept).own(), before);

    perform(&mut kept, &library.delete(two));
    let three = library.named("three").expect("saved").id;
    perform(&mut kept, &library.rename(three, "two").expect("the name is free now"));
    perform(&mut kept, &library.undo());
    assert_eq!(names(&again(&kept)), ["two", "two (2)", "one"], "two with one name could not be told apart");
    assert!(library.delete(77).is_empty(), "nothing is nothing");
}

#[test]
fn what_was_read_before_a_change_does_not_take_that_change_back() {
    let (mut library, mut kept) = three();
    let (read, since) = (kept.clone(), library.changes());
    let id = |library: &Library, name| library.named(name).expect("saved").id;
    perform(&mut kept, &library.delete(id(&library, "two")));
    perform(&mut kept, &library.rename(id(&library, "one"), "first").expect("a free name"));
    assert!(!library.take_in(read.iter().map(String::as_str), since), "it is to be read again");
    assert_eq!(names(&library), ["three", "first"]);
    assert!(library.take_in(kept.iter().map(String::as_str), library.changes()));
    assert_eq!(names(&library), ["three", "first"]);
}

#[test]
fn names_are_checked_before_anything_is_kept() {
    let (mut library, _) = three();
    let one = library.named("one").expect("saved").id;
    assert_eq!(library.rename(one, "Three"), Err("Another one is called “Three”".to_owned()));
    assert_eq!(library.rename(one, " \t "), Err("It needs a name".to_owned()));
    assert_eq!(library.save(&"x".repeat(65), &named(""), 0), Err("A name has at most 64 characters".to_owned()));
    assert_eq!(names(&library), ["three", "two", "one"]);
    let kept = library.rename(one, " One  and\nonly ").expect("a name");
    assert!(matches!(&kept[..], [Write::Keep(Own { name, .. })] if name == "One and only"));
    assert_eq!(names(&library), ["three", "two", "One and only"], "it keeps its place");
    assert_eq!(library.free_name("two"), "two (2)");
    assert_eq!(library.free_name(""), "My scenario");
}

#[test]
fn trouble_is_told_once() {
    let mut library = Library::default();
    assert!(library.tell(Trouble::Full).is_some_and(|says| says.contains("no room")));
    assert_eq!([library.tell(Trouble::Full), library.tell(Trouble::Forbidden)], [None, None]);
    let says = Library::default().tell(Trouble::Forbidden);
    assert!(says.is_some_and(|says| says.contains("gone when you close it")));
}

#[test]
fn every_word_of_a_search_is_found_somewhere() {
    let texts = ["S11", "Deadlock: two locks, two orders", "Two threads hold a lock each."];
    for search in ["", "s11", "LOCK dead", " threads  orders "] {
        assert!(finds(search, &texts), "{search}");
    }
    assert!(!finds("deadlock pipe", &texts));
}

#[test]
fn arrows_lead_along_rows_and_between_them() {
    // Two rows of three, and under another heading one of two.
    let at = |x: f64, y: f64| Rect::new(x, y, 200.0, 150.0);
    let cards: Vec<Rect> =
        [0.0, 170.0, 400.0].into_iter().flat_map(|y| [0.0, 220.0, 440.0].map(|x| at(x, y))).take(8).collect();
    let go = |from, key: &str| toward(&cards, from, key);
    assert_eq!([go(1, "ArrowRight"), go(2, "ArrowRight"), go(7, "ArrowRight")], [2, 3, 7]);
    assert_eq!([go(1, "ArrowLeft"), go(0, "ArrowLeft")], [0, 0]);
    assert_eq!([go(1, "ArrowDown"), go(5, "ArrowDown"), go(6, "ArrowDown")], [4, 7, 6]);
    assert_eq!([go(7, "ArrowUp"), go(4, "ArrowUp"), go(2, "ArrowUp")], [4, 1, 2]);
    assert_eq!([go(4, "Home"), go(4, "End"), go(4, "x")], [0, 7, 4]);
    assert_eq!(toward(&[], 3, "ArrowDown"), 0);
}

#[test]
fn a_small_picture_costs_little_whatever_the_scenario() {
    let size = Size { w: 220.0, h: 96.0 };
    let thread = |program: &str| {
        let text = format!(
            "{{\"v\":1,\"title\":\"x\",\"processes\":[{{\"id\":1,\"name\":\"p\",\"threads\":[{{\"id\":1,\"name\":\"t\",\
             \"program\":{program}}},{{\"id\":2,\"name\":\"u\",\"program\":{program}}}]}}]}}"
        );
        json::from_str(&text).expect("a scenario")
    };
    let long = "[{\"repeat\":1000000,\"steps\":[{\"python\":1000000},{\"io\":1000000}]}]";
    let endless = "[{\"forever\":[{\"python\":1000000},{\"io\":1000000}]}]";
    for program in [long, endless, "[]"] {
        let preview = Preview::of(&thread(program));
        assert!(preview.whole(size).len() < 2_000, "{program}");
        // Playing it moves one line from the left edge to the right.
        let line = |part: f64| {
            preview.at(part, size).iter().find_map(|s| match s {
                Shape::Line { from, to, .. } if from.x == to.x => Some(from.x),
                _ => None,
            })
        };
        if program != "[]" {
            assert!(line(0.2) < line(0.7), "{program}: {:?} {:?}", line(0.2), line(0.7));
        }
    }
}

#[test]
fn a_name_becomes_the_title_of_what_has_none_or_was_called_so() {
    let (lecture, other) = ("Lock lecture", "Locks 101");
    assert_eq!(title_by(&named(""), "", " Lock  lecture ").as_deref(), Some(lecture));
    assert_eq!(title_by(&named(lecture), lecture, other).as_deref(), Some(other));
    assert_eq!(title_by(&named("Deadlock"), lecture, other), None, "it has a title of its own");
    assert_eq!(title_by(&named(lecture), lecture, lecture), None);
    assert_eq!(title_by(&named(""), "", "  "), None);

    let mut library = Library::default();
    for (name, title) in [(lecture, lecture), ("W4 for Monday", "Deadlock")] {
        library.save(name, &named(title), 1_000).expect("a name");
    }
    let titles = |library: &Library| {
        library.own().iter().map(|own| json::from_str(&own.json).expect("JSON").title).collect::<Vec<_>>()
    };
    assert_eq!(titles(&library), ["Deadlock", lecture]);
    for id in [1_000, 1_001] {
        library.rename(id, &format!("{other} {id}")).expect("a free name");
    }
    assert_eq!(titles(&library), ["Deadlock", "Locks 101 1000"]);
}
