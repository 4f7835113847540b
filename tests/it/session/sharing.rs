//! What is passed on opens as what was open.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gilscope::scenario::link::{self, LinkError, MAX_JSON};
use gilscope::scenario::{Runtime, json, presets};
use gilscope::scene::{Subject, Theme};
use gilscope::session::Action;
use gilscope::session::address::{Address, Names};
use gilscope::session::embed::Mode;
use gilscope::session::sharing::{Frame, file_address, file_name, full_page, verdict};
use gilscope::time::Time;

use super::{ETL, LOG, at, native, session};
use crate::build::{Build, computer};

const FRAME: Frame = Frame { mode: Mode::View, theme: None, autoplay: false, width: "600", height: "400" };

#[test]
fn the_fragment_opens_the_same_scenario_at_the_same_moment() {
    let mut s = at(native(), 12_400);
    s.update(Action::Select(Some(Subject::Thread(ETL))));
    let link = link::encode(s.scenario());
    assert_eq!(s.fragment(None, false), Ok(format!("s={link}")));
    let fragment = s.fragment(None, true).expect("a small scenario");
    assert_eq!(fragment, format!("s={link}&t=12.4ms&sel=etl"));
    let address = Address::read(&format!("#{fragment}"));
    assert_eq!((address.at, address.thread.as_deref()), (Some(Time::from_us(12_400)), Some("etl")));
    match address.names {
        Names::Link(scenario) => assert_eq!(*scenario, native()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_instant_is_written_so_that_it_is_read_as_the_same() {
    let long = computer(1).process("tools", Runtime::Native, &[("etl", 0, "native 4s")]);
    for ns in [1, 999, 1_000, 1_500, 2_000_001, 12_400_000, 1_234_567_891] {
        let mut s = session(long.clone());
        s.update(Action::Seek(Time::from_ns(ns)));
        let fragment = s.fragment(None, true).expect("a small scenario");
        assert_eq!(Address::read(&format!("#{fragment}")).at, Some(Time::from_ns(ns)), "{fragment}");
    }
}

#[test]
fn a_name_is_written_for_any_program_and_only_if_it_is_one_threads() {
    let mut scenario = native();
    scenario.processes[0].threads[0].name = "50 % & more".to_owned();
    scenario.processes[0].threads[1].name = "log".to_owned();
    let mut s = session(scenario);
    s.update(Action::Select(Some(Subject::Thread(ETL))));
    let fragment = s.fragment(None, true).expect("a small scenario");
    assert!(fragment.ends_with("&sel=50%20%25%20%26%20more"), "{fragment}");
    assert_eq!(Address::read(&format!("#{fragment}")).thread.as_deref(), Some("50 % & more"));
    s.update(Action::Select(Some(Subject::Thread(LOG))));
    assert!(!s.fragment(None, true).expect("a small scenario").contains("sel="));
}

#[test]
fn a_preset_is_named_and_what_is_too_large_is_refused() {
    let preset = presets::by_name("G3").expect("a preset");
    assert_eq!(session(preset.scenario()).fragment(Some(preset), true), Ok("preset=G3".to_owned()));
    let mut large = native();
    large.extra.insert("notes".to_owned(), "x".repeat(MAX_JSON).into());
    assert_eq!(session(large).fragment(None, false), Err(LinkError::InflatesTooLarge));
}

#[test]
fn the_full_page_has_no_parameter_of_an_embed() {
    for (from, to) in [
        ("https://e.org/g/?embed&mode=edit&theme=dark&controls=0&speed=1ms&autoplay#preset=G2", "https://e.org/g/#x=1"),
        ("https://e.org/g/index.html?lang=de&embed=1&id=3", "https://e.org/g/index.html?lang=de&id=3#x=1"),
        ("https://e.org/g/?embedded=1", "https://e.org/g/?embedded=1#x=1"),
    ] {
        assert_eq!(full_page(from, "x=1"), to);
    }
}

#[test]
fn a_frame_asks_for_what_was_chosen() {
    let page = "https://e.org/g/?lang=de#preset=P1a";
    assert_eq!(FRAME.address(page, "preset=G3"), "https://e.org/g/?embed#preset=G3");
    let chosen = Frame { mode: Mode::Edit, theme: Some(Theme::HighContrast), autoplay: true, width: "100%", ..FRAME };
    let address = chosen.address(page, "preset=G3&t=5ms");
    assert_eq!(address, "https://e.org/g/?embed&mode=edit&theme=contrast&autoplay#preset=G3&t=5ms");
    let embed = Address::read(&address).embed.expect("an embed");
    assert_eq!((embed.mode, embed.theme, embed.autoplay), (Mode::Edit, Some(Theme::HighContrast), true));
    assert_eq!(
        chosen.html(&address, "Locks & \"keys\" <3"),
        "<iframe src=\"https://e.org/g/?embed&amp;mode=edit&amp;theme=contrast&amp;autoplay#preset=G3&amp;t=5ms\" \
         width=\"100%\" height=\"400\" title=\"Locks &amp; &quot;keys&quot; &lt;3\"></iframe>"
    );
}

#[test]
fn longer_links_get_less_far() {
    let verdicts = [1, 2_000, 2_001, 8_000, 8_001, 32_768, 32_769, link::MAX_TEXT].map(verdict);
    for pair in verdicts.chunks(2) {
        assert_eq!(pair[0], pair[1]);
    }
    for next in verdicts.chunks(2).collect::<Vec<_>>().windows(2) {
        assert_ne!(next[0][0], next[1][0]);
    }
}

#[test]
fn a_file_holds_the_scenario_under_its_title() {
    let mut scenario = presets::by_name("G3").expect("a preset").scenario();
    scenario.title = "To run Python: größer / 2 things".to_owned();
    assert_eq!(file_name(&scenario), "gilscope-to-run-python-gr-er-2-things.json");
    assert_eq!(file_name(&native()), "gilscope-test.json");
    scenario.title = "word ".repeat(12).trim().to_owned();
    assert!(file_name(&scenario).len() <= 65, "{}", file_name(&scenario));
    let address = file_address(&scenario);
    let payload = address.strip_prefix("data:application/json;base64,").expect("an address of data");
    let text = String::from_utf8(STANDARD.decode(payload).expect("base64")).expect("text");
    assert_eq!(json::from_str(&text), Ok(scenario));
}
