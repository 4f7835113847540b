//! What a page's address asks for, and what is said about the parts of it that cannot be read.

use gilscope::scenario::{Parameter, link, presets};
use gilscope::scene::{Point, Subject, Theme};
use gilscope::session::Action;
use gilscope::session::address::{Address, Names, Panel, find_thread, without_panel};
use gilscope::session::embed::{Embed, Mode};
use gilscope::session::keys::Command;
use gilscope::session::playback::ns_per_second;
use gilscope::session::sweep::Asked;
use gilscope::time::Time;

use super::{ms, native, python};

fn preset(address: &Address) -> &str {
    match &address.names {
        Names::Preset(preset) => preset.name,
        other => panic!("a preset, not {other:?}"),
    }
}

fn why(address: &str) -> String {
    match Address::read(address).names {
        Names::Broken(broken) => broken.why,
        other => panic!("{address} is {other:?}"),
    }
}

fn embed(query: &str) -> (Embed, Vec<String>) {
    let address = Address::read(&format!("https://example.org/gilscope/?{query}#preset=G3"));
    assert_eq!(preset(&address), "G3");
    (address.embed.expect("an embed"), address.unread)
}

#[test]
fn an_address_without_a_fragment_names_nothing() {
    for address in ["", "https://example.org/", "https://example.org/#", "/?embed", "?utm_source=course"] {
        assert!(matches!(Address::read(address).names, Names::Nothing), "{address}");
        assert_eq!(Address::read(address).unread, [""; 0]);
    }
}

#[test]
fn a_preset_is_named_with_a_time_and_a_thread() {
    let address = Address::read("https://example.org/g/index.html#preset=g3&t=12.4ms&sel=worker%201&later=x");
    assert_eq!((preset(&address), address.at), ("G3", Some(Time::from_us(12_400))));
    assert_eq!(address.thread.as_deref(), Some("worker 1"));
    assert!(address.embed.is_none() && address.unread.is_empty());
}

#[test]
fn a_link_is_opened_wherever_it_stands() {
    let scenario = native();
    let text = link::encode(&scenario);
    for fragment in [format!("#s={text}"), format!("#t=3&s={text}"), format!("?x#s={text}&preset=G3")] {
        match Address::read(&fragment).names {
            Names::Link(found) => assert_eq!(*found, scenario),
            other => panic!("{fragment} is {other:?}"),
        }
    }
}

#[test]
fn what_cannot_be_opened_says_why_and_keeps_its_text() {
    assert_eq!(why("#preset=G33"), "There is no preset named “G33”.");
    assert_eq!(why("#t=5ms"), "It names neither a scenario (s=…) nor a preset (preset=…).");
    assert_eq!(why("#s=hello"), "This is not a gilscope link: it does not begin with “gs1.”.");
    assert!(why("#s=gs1.%zz").starts_with("This link was cut or damaged"));
    // A link that is broken is not replaced by a preset beside it.
    assert!(why("#s=gs1.abc&preset=G3").starts_with("This link was cut or damaged"));
    match Address::read("https://example.org/?embed#s=gs1.abc&t=1").names {
        Names::Broken(broken) => assert_eq!(broken.text, "s=gs1.abc&t=1"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_time_or_name_that_cannot_be_read_is_said_and_left_out() {
    let address = Address::read("#preset=G3&t=abc&sel=%C3");
    assert_eq!((address.at, address.thread), (None, None));
    assert_eq!(
        address.unread,
        [
            "The time t cannot be read: “abc” is not a length of time, such as 20 ms.",
            "The name of the selected thread, sel, cannot be read.",
        ]
    );
    assert_eq!(Address::read("#preset=G3&t=3%20h").unread.len(), 1);
}

#[test]
fn a_fragment_without_its_panel_names_all_else() {
    for (of, rest) in [
        ("preset=W4&cmp=cores-4", "preset=W4"),
        ("s=gs1.abc&t=2ms&sweep=cores.1-4.makespan&sel=cmp=", "s=gs1.abc&t=2ms&sel=cmp="),
        ("preset=W4&t=12.0ms", "preset=W4&t=12.0ms"),
        ("", ""),
    ] {
        assert_eq!(without_panel(of), rest);
    }
}

#[test]
fn a_thread_is_found_by_its_name() {
    let scenario = python();
    let log = scenario.threads().find(|(_, t)| t.name == "log").expect("a thread").1.id;
    assert_eq!(find_thread(&scenario, "log"), Ok(log));
    assert_eq!(find_thread(&scenario, "Log"), Err("There is no thread named “Log” to select.".to_owned()));
}

#[test]
fn an_embed_is_asked_for_by_the_query() {
    let plain = Embed { mode: Mode::View, theme: None, controls: true, speed: None, autoplay: false };
    for query in ["embed", "embed=1", "embed=", "lang=de&embed=true"] {
        assert_eq!(embed(query), (plain, vec![]), "{query}");
    }
    let (asked, unread) = embed("embed&mode=edit&theme=contrast&controls=0&speed=2.5ms&autoplay");
    assert_eq!(unread, [""; 0]);
    assert_eq!((asked.mode, asked.theme), (Mode::Edit, Some(Theme::HighContrast)));
    assert!(!asked.controls && asked.autoplay);
    assert!((ns_per_second(asked.speed.expect("a speed")) - 2.5e6).abs() < 1.0);
    for query in ["?embed=0", "?embed=false", "?mode=edit", "#embed"] {
        assert!(Address::read(query).embed.is_none(), "{query}");
    }
}

#[test]
fn a_parameter_that_cannot_be_read_is_said_and_nothing_is_taken_for_it() {
    let (asked, unread) = embed("embed=yes&mode=foo&theme=pink&controls=some&speed=9s&autoplay=%");
    assert_eq!((asked.mode, asked.theme, asked.controls, asked.speed), (Mode::View, None, true, None));
    assert!(!asked.autoplay);
    assert_eq!(
        unread,
        [
            "“yes” is not known as embed: it is 1, 0, true or false.",
            "“foo” is not known as mode: it is view, step or edit.",
            "“pink” is not known as theme: it is auto, light, dark or contrast.",
            "“some” is not known as controls: it is 1, 0, true or false.",
            "“9s” is not known as speed: it is a length of simulated time per second, 1us to 1s.",
            "“%” is not known as autoplay: it is 1, 0, true or false.",
        ]
    );
}

#[test]
fn in_a_frame_there_is_no_lecture_and_a_menu_only_where_it_can_change_something() {
    let menu = Command::Menu(Subject::Computer);
    for mode in [Mode::View, Mode::Step, Mode::Edit] {
        for command in [
            Command::Library,
            Command::NextClaim,
            Command::PreviousClaim,
            Command::Present,
            Command::Blank,
            Command::Help,
        ] {
            assert!(!mode.obeys(&command), "{command:?}");
        }
        assert_eq!(mode.obeys(&menu), mode == Mode::Edit);
        assert!(mode.obeys(&Command::Do(Action::TogglePlay)));
    }
}

#[test]
fn each_mode_allows_more_than_the_one_before() {
    let p = Point { x: 1.0, y: 1.0 };
    let edit = Action::Edit { name: String::new(), scenario: Box::new(native()) };
    for (action, from) in [
        (Action::TogglePlay, Mode::View),
        (Action::Reset, Mode::View),
        (Action::Tick { seconds: 0.1 }, Mode::View),
        (Action::NextEvent, Mode::Step),
        (Action::NextHandOff, Mode::Step),
        (Action::Seek(ms(1)), Mode::Step),
        (Action::Select(None), Mode::Step),
        (Action::PointerDown(p), Mode::Step),
        (edit, Mode::Edit),
        (Action::Undo, Mode::Edit),
        (Action::RemoveFlag(0), Mode::Edit),
    ] {
        let allowed = [Mode::View, Mode::Step, Mode::Edit].map(|mode| mode.allows(&action));
        let least = [Mode::View, Mode::Step, Mode::Edit].iter().position(|m| *m == from).expect("a mode");
        assert_eq!(allowed, [least == 0, least < 2, true], "{action:?}");
    }
}

#[test]
fn a_comparison_or_a_sweep_is_named_and_what_is_none_is_said_and_left_out() {
    let panel = |fragment: &str| Address::read(&format!("#preset=W4{fragment}")).panel;
    assert_eq!(panel(""), None);
    for key in ["free-threaded", "processes", "cores-4", "interval-1ms", "variant-2", "claim"] {
        let asked = Panel::Compare(key.to_owned());
        assert_eq!(panel(&asked.fragment()), Some(asked));
    }
    for parameter in Parameter::ALL {
        let asked = Panel::Sweep(Asked::usual(parameter, &presets::by_name("W4").expect("a preset").scenario()));
        assert_eq!(panel(&asked.fragment()), Some(asked));
    }
    let unread = |fragment: &str| {
        let address = Address::read(&format!("#preset=W4{fragment}"));
        assert_eq!((preset(&address), address.panel.as_ref()), ("W4", None));
        address.unread.join(" ")
    };
    assert_eq!(unread("&cmp=nothing"), "What it is compared with, cmp, cannot be read.");
    // What was before the last change is in no link.
    assert_eq!(unread("&cmp=before"), "What it is compared with, cmp, cannot be read.");
    assert_eq!(unread("&sweep=threads.1-x.makespan"), "“1-x” is no range such as 1-16 or 1ms-20ms.");
    assert_eq!(unread("&sweep=%C3"), "“” is no sweep such as threads.1-16.makespan.");
}
