//! Links: what goes in comes out, and nothing else does.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gilscope::ids::ThreadId;
use gilscope::scenario::json::{self, JsonError};
use gilscope::scenario::link::{LinkError, MAX_JSON, MAX_TEXT, decode, encode, share};
use gilscope::scenario::{Scenario, Texts, presets};
use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;

use crate::random;

const GOLDEN: &str = include_str!("golden/links/v1.txt");

/// The container of a link, written a second time.
fn container(payload: &str) -> String {
    let crc = crc32fast::hash(payload.as_bytes()).to_be_bytes();
    format!("gs1.{}.{payload}", URL_SAFE_NO_PAD.encode(crc))
}

fn holding(content: &[u8]) -> String {
    container(&URL_SAFE_NO_PAD.encode(compress_to_vec(content, 6)))
}

#[test]
fn the_frozen_link_of_schema_1_opens_as_ever() {
    let scenario = decode(GOLDEN).expect("a good link");
    let frozen = json::from_str(include_str!("golden/links/v1.json")).expect("a good scenario");
    assert_eq!(scenario, frozen);
    assert_eq!(json::to_string(&scenario), json::to_string(&frozen), "also the order of unknown keys");
    assert_eq!(decode(&encode(&scenario)), Ok(scenario));
}

#[test]
fn every_changed_character_is_noticed() {
    let link = encode(&presets::by_name("G3").expect("a preset").scenario());
    let scenario = decode(&link).expect("a good link");
    let others = ['A', 'B', 'a', 'z', '0', '1', '9', '-', '_', '.', '=', '%', ' ', '\0', 'é'];
    for (at, was) in link.char_indices() {
        let flipped = char::from(was as u8 ^ 1);
        for with in others.into_iter().chain([flipped]).filter(|c| *c != was) {
            let mut changed = link.clone();
            changed.replace_range(at..=at, &with.to_string());
            if let Ok(other) = decode(&changed) {
                assert_eq!(other, scenario, "{changed}");
            }
        }
        let mut removed = link.clone();
        removed.remove(at);
        assert!(decode(&removed).is_err(), "{removed}");
    }
}

#[test]
fn every_cut_is_noticed() {
    let link = encode(&presets::by_name("G3").expect("a preset").scenario());
    for end in 0..link.len() {
        assert!(decode(&link[..end]).is_err(), "cut at {end}");
        assert!(decode(&link[link.len() - end..]).is_err(), "only the last {end}");
    }
    assert_eq!(decode(&link[..link.len() - 1]), Err(LinkError::Damaged));
}

#[test]
fn a_bomb_is_refused() {
    let blanks = |n| holding(&vec![b' '; n]);
    let bomb = blanks(40 << 20);
    assert!(bomb.len() < MAX_TEXT, "it is small enough to be decoded");
    assert_eq!(decode(&bomb), Err(LinkError::InflatesTooLarge));
    assert_eq!(decode(&blanks(MAX_JSON + 1)), Err(LinkError::InflatesTooLarge));
    assert!(matches!(decode(&blanks(MAX_JSON)), Err(LinkError::Scenario(JsonError::Syntax { .. }))));
}

#[test]
fn each_kind_of_bad_link_has_its_sentence() {
    let mut huge = Scenario::empty("huge");
    huge.source = "x".repeat(MAX_JSON);
    for (link, sentence) in [
        (String::new(), "This is not a gilscope link: it does not begin with “gs1.”."),
        ("https://example.org/".to_owned(), "This is not a gilscope link: it does not begin with “gs1.”."),
        ("#s=hello".to_owned(), "This is not a gilscope link: it does not begin with “gs1.”."),
        ("gsx.abc.def".to_owned(), "This is not a gilscope link: it does not begin with “gs1.”."),
        (
            "gs2.abcdef.abc".to_owned(),
            "This link is of kind “gs2”, which this version of gilscope cannot open.",
        ),
        (
            format!("gs1.{}", "A".repeat(MAX_TEXT)),
            "This link has 65540 characters, more than the 65536 that a link may have.",
        ),
        (
            "gs1.abcdef".to_owned(),
            "This link was cut or damaged on its way: its checksum does not match. Copy it again, whole.",
        ),
        (encode(&huge), "This link holds more than 256 KiB of scenario, more than a link may hold."),
        (
            holding(b"{"),
            "This link arrived whole, but what it holds is not a scenario: it is not JSON.",
        ),
        (
            holding(b"\xff"),
            "This link arrived whole, but what it holds is not a scenario: it is not JSON.",
        ),
        (
            holding(br#"{"v":9}"#),
            "This link holds a scenario that cannot run here. Made by a newer version of gilscope: its schema is 9, this version reads up to 1.",
        ),
        (
            holding(br#"{"v":1,"processes":[{"id":1,"name":"P","threads":[{"id":1,"name":"T","program":[{"teleport":5}]}]}]}"#),
            "This link holds a scenario that cannot run here. Process “P”, thread “T”, op 1: “teleport” is not an op that this version knows.",
        ),
        (
            holding(br#"{"v":1,"computer":{"cores":65}}"#),
            "This link holds a scenario that cannot run here. Computer: 65 cores; from 1 to 64.",
        ),
    ] {
        assert_eq!(decode(&link).map_err(|e| e.to_string()), Err(sentence.to_owned()));
    }
}

#[test]
fn a_payload_that_does_not_decode_is_damaged_even_if_its_checksum_matches() {
    for payload in ["", "A", "====", "AAAA", "é"] {
        assert_eq!(decode(&container(payload)), Err(LinkError::Damaged), "{payload}");
    }
}

#[test]
fn only_what_can_be_opened_is_shared() {
    let mut scenario = presets::by_name("P1a").expect("a preset").scenario();
    assert_eq!(share(&scenario), Ok(encode(&scenario)));
    // What a newer version wrote is kept, however long it is.
    scenario.extra.insert("notes".to_owned(), "x".repeat(MAX_JSON).into());
    assert_eq!(share(&scenario), Err(LinkError::InflatesTooLarge));
    let noise: Vec<u8> = (0u32..60_000).flat_map(|i| crc32fast::hash(&i.to_le_bytes()).to_le_bytes()).collect();
    scenario.extra.insert("notes".to_owned(), URL_SAFE_NO_PAD.encode(&noise[..150_000]).into());
    assert!(matches!(share(&scenario), Err(LinkError::TooLong(n)) if n > MAX_TEXT));
    scenario.extra.clear();
    scenario.computer.cores = 0;
    assert!(matches!(share(&scenario), Err(LinkError::Scenario(JsonError::Refused(_)))));
}

#[test]
fn a_link_is_found_in_an_address() {
    let scenario = presets::by_name("P1b").expect("a preset").scenario();
    let link = encode(&scenario);
    for text in [
        link.clone(),
        format!("  {link}\n"),
        format!("s={link}"),
        format!("#s={link}"),
        format!("#t=5&s={link}&sel=T1"),
        format!("https://example.org/course/gilscope/?embed#s={link}"),
        format!("https://example.org/?s=other#s={link}&t=1"),
        format!("https://example.org/#s={}", link.replace('.', "%2E").replace('_', "%5f")),
    ] {
        assert_eq!(decode(&text).as_ref(), Ok(&scenario), "{text}");
    }
    let no_link = ["", "#", "#preset=P1a", "https://example.org/?x=1", "https://example.org/?a#t=1&ss=gs1.abc.def"];
    for text in no_link {
        assert_eq!(decode(text), Err(LinkError::NotALink), "{text}");
    }
}

#[test]
fn a_link_of_four_threads_is_short() {
    let rich = json::from_str(include_str!("golden/links/four_threads.json")).expect("a good scenario");
    let length = encode(&rich).len();
    assert!(length <= 500, "{length} characters with loops, lines, a pin, late starts and an intervention");

    let mut plain = presets::by_name("G2").expect("a preset").scenario();
    let mut fourth = plain.processes[0].threads[2].clone();
    (fourth.id, fourth.name) = (ThreadId(4), "worker 3".to_owned());
    plain.processes[0].threads.push(fourth);
    (plain.texts, plain.source) = (Texts::default(), String::new());
    let length = encode(&plain).len();
    assert!(length <= 350, "{length} characters with a title, names and an op each");
}

proptest! {
    #[test]
    fn a_link_gives_back_the_scenario(scenario in random::endless_scenarios()) {
        let link = encode(&scenario);
        prop_assert!(link.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b)), "{link}");
        prop_assert_eq!(share(&scenario), Ok(link.clone()));
        prop_assert_eq!(decode(&link), Ok(scenario.clone()));
        prop_assert_eq!(decode(&format!("https://example.org/#s={link}&t=5")), Ok(scenario));
    }

    #[test]
    fn no_text_panics(text in any::<String>(), fragment in "#?(s=)?gs[0-9]{0,3}\\.[A-Za-z0-9_.-]{0,40}") {
        prop_assert!(decode(&text).is_err());
        prop_assert!(decode(&fragment).is_err());
    }

    #[test]
    fn no_payload_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(decode(&container(&URL_SAFE_NO_PAD.encode(&bytes))).is_err());
        prop_assert!(decode(&holding(&bytes)).is_err());
    }

    #[test]
    fn a_link_that_was_changed_in_many_places_is_an_error_or_the_same(
        scenario in random::scenarios(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), "[A-Za-z0-9_.-]"), 1..6),
    ) {
        let mut chars: Vec<char> = encode(&scenario).chars().collect();
        for (at, with) in changes {
            let at = at.index(chars.len());
            chars.splice(at..=at, with.chars());
        }
        if let Ok(other) = decode(&chars.into_iter().collect::<String>()) {
            prop_assert_eq!(other, scenario);
        }
    }
}
