//! The visual language: contrasts, colours for the colour-blind, type sizes, and that `docs/visual.md` says what is so.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use gilscope::ids::{GilIx, ThreadIx};
use gilscope::scene::svg::to_svg;
use gilscope::scene::{Ink, Motion, Mover, Rect, Scene, Shape, Theme, Thing};
use gilscope::time::{Dur, Time};

use super::fixtures::{Shown, shop, web};
use super::states::STATES;

type Linear = [f64; 3];

fn linear(rgb: [u8; 3]) -> Linear {
    rgb.map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    })
}

/// Relative luminance and contrast ratio, WCAG 2.2.
fn luminance(rgb: [u8; 3]) -> f64 {
    let [r, g, b] = linear(rgb);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// An ink that covers a ground in part.
fn over(theme: Theme, ink: Ink, alpha: f64, ground: Ink) -> [u8; 3] {
    let (ink, ground) = (theme.rgb(ink), theme.rgb(ground));
    std::array::from_fn(|i| (alpha * f64::from(ink[i]) + (1.0 - alpha) * f64::from(ground[i])).round() as u8)
}

const GROUNDS: [Ink; 4] = [Ink::Page, Ink::Panel, Ink::Well, Ink::Card];

/// What is written with, and on what.
const TEXTS: [(Ink, &[Ink]); 5] = [
    (Ink::Text, &GROUNDS),
    (Ink::Muted, &GROUNDS),
    (Ink::Alert, &GROUNDS),
    (Ink::Accent, &GROUNDS),
    (Ink::OnGil, &[Ink::Gil]),
];

/// The worst contrast of an ink on its grounds.
fn worst(theme: Theme, ink: Ink, grounds: &[Ink]) -> f64 {
    grounds.iter().map(|g| contrast(theme.rgb(ink), theme.rgb(*g))).fold(f64::INFINITY, f64::min)
}

#[test]
fn every_text_is_readable_on_each_of_its_grounds_in_every_theme() {
    for theme in Theme::ALL {
        for (ink, grounds) in TEXTS {
            assert!(worst(theme, ink, grounds) >= 4.5, "{theme:?}: {ink:?} {:.2}", worst(theme, ink, grounds));
        }
        for n in 0..40 {
            let c = worst(theme, Ink::OnThread(n), &[Ink::Thread(n)]);
            assert!(c >= 4.5, "{theme:?}: a name on the bar of thread {n} has {c:.2}");
            // Names of what will happen are written on pale bars.
            let c = contrast(theme.rgb(Ink::Text), over(theme, Ink::Thread(n), 0.38, Ink::Panel));
            assert!(c >= 4.5, "{theme:?}: a name on the pale bar of thread {n} has {c:.2}");
        }
        for (ink, ground) in [(Ink::Accent, Ink::Panel), (Ink::Alert, Ink::Panel), (Ink::Accent, Ink::Well)] {
            let c = contrast(theme.rgb(ink), over(theme, ink, 0.10, ground));
            assert!(c >= 4.5, "{theme:?}: {ink:?} on its own tint has {c:.2}");
        }
        let c = contrast(theme.rgb(Ink::Text), over(theme, Ink::Gil, 0.38, Ink::Panel));
        assert!(c >= 4.5, "{theme:?}: a name on the pale bar of a GIL has {c:.2}");
    }
}

#[test]
fn what_is_drawn_in_colours_of_threads_and_processes_stands_out() {
    for theme in Theme::ALL {
        for n in 0..40 {
            for ink in [Ink::Thread(n), Ink::Process(n)] {
                let c = worst(theme, ink, &GROUNDS[1..]);
                assert!(c >= 3.0, "{theme:?}: {ink:?} {c:.2}");
            }
        }
        // The token's rim and key, not its gold, stand out from cards.
        let c = worst(theme, Ink::OnGil, &[Ink::Gil]).max(worst(theme, Ink::Gil, &GROUNDS[1..]));
        assert!(c >= 3.0, "{theme:?}: {c:.2}");
    }
}

/// How people see who lack the cones for long, middle or short waves: Machado, Oliveira and Fernandes (2009), severity 1,
/// on linear sRGB.
const SIGHTS: [(&str, [Linear; 3]); 4] = [
    ("all colours", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

/// How it is seen, as a place in Oklab (Ottosson 2020), times 100.
fn seen(rgb: [u8; 3], sight: &[Linear; 3]) -> Linear {
    let dot = |m: &Linear, c: &Linear| m[0] * c[0] + m[1] * c[1] + m[2] * c[2];
    let c = linear(rgb);
    let c = sight.map(|row| dot(&row, &c).clamp(0.0, 1.0));
    let cones = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ];
    let lms = cones.map(|row| dot(&row, &c).cbrt());
    let lab = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ];
    lab.map(|row| 100.0 * dot(&row, &lms))
}

fn apart(a: Linear, b: Linear) -> f64 {
    (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f64>().sqrt()
}

/// The two of the first eight threads' colours that look most alike, and how far apart they are.
fn closest(theme: Theme, sight: &[Linear; 3]) -> (f64, u16, u16) {
    let colour = |n| seen(theme.rgb(Ink::Thread(n)), sight);
    let pairs = (0..8).flat_map(|i| (i + 1..8).map(move |j| (apart(colour(i), colour(j)), i, j)));
    pairs.min_by(|a, b| a.0.total_cmp(&b.0)).expect("there are pairs")
}

/// Two colours side by side are told apart from about 2 on (a just noticeable difference); bars lie apart from each other.
const APART: f64 = 5.0;

#[test]
fn the_colours_of_threads_are_told_apart_by_the_colour_blind() {
    for theme in Theme::ALL {
        for (sight, matrix) in &SIGHTS {
            let (distance, i, j) = closest(theme, matrix);
            assert!(distance >= APART, "{theme:?}, {sight}: threads {i} and {j} are {distance:.1} apart");
        }
    }
}

#[test]
fn gold_is_the_gils_alone() {
    for theme in Theme::ALL {
        for (sight, matrix) in &SIGHTS {
            for n in 0..8 {
                let distance = apart(seen(theme.rgb(Ink::Thread(n)), matrix), seen(theme.rgb(Ink::Gil), matrix));
                assert!(distance >= 6.0, "{theme:?}, {sight}: thread {n} is {distance:.1} from the GIL");
            }
        }
    }
}

#[test]
fn in_high_contrast_places_and_chips_have_an_edge() {
    let theme = Theme::HighContrast;
    assert!(worst(theme, Ink::Rim, &GROUNDS) >= 7.0 && worst(theme, Ink::Line, &GROUNDS) >= 7.0);
    for theme in [Theme::Light, Theme::Dark] {
        assert_eq!(theme.rgb(Ink::Rim), theme.rgb(Ink::Well), "the board is quiet");
    }
}

#[test]
fn there_are_four_sizes_of_type() {
    let mut sizes: Vec<u32> = Vec::new();
    for shown in [web(), shop()].map(|s| Shown::new(s, Time::from_ms(9), Dur::from_ms(30), (1060.0, 740.0))) {
        for shape in shown.scene().shapes {
            if let Shape::Text { style, .. } = shape {
                sizes.push(style.size as u32);
            }
        }
    }
    sizes.sort_unstable();
    sizes.dedup();
    assert_eq!(sizes, [12, 13, 14, 16]);
}

#[test]
fn cards_and_tokens_travel_as_long_as_is_written_down() {
    for (thing, ms) in [(Thing::Card(ThreadIx(0)), 220.0), (Thing::Token(GilIx(0)), 260.0)] {
        let at = |x: f64| {
            let mover = Mover { thing, rect: Rect::new(x, 0.0, 20.0, 20.0), shapes: 0..1, rides: None };
            Scene { movers: vec![mover], ..Scene::default() }
        };
        let mut motion = Motion::default();
        motion.follow(&at(0.0), 0.0, false);
        assert_eq!(motion.follow(&at(200.0), 1_000.0, false).len(), 1);
        assert_eq!(motion.follow(&at(200.0), 1_000.0 + ms - 1.0, false).len(), 1);
        assert_eq!(motion.follow(&at(200.0), 1_000.0 + ms, false), []);
        assert!(include_str!("../../../docs/visual.md").contains(&format!("{ms} ms")));
    }
}

/// What each ink is for, as the page of the visual language says.
const INKS: [(Ink, &str); 12] = [
    (Ink::Page, "behind everything"),
    (Ink::Panel, "panels"),
    (Ink::Well, "waiting places, ready queue, cores"),
    (Ink::Rim, "around waiting places and home chips"),
    (Ink::Card, "cards"),
    (Ink::Line, "hairlines; never the only sign of anything"),
    (Ink::Text, "text, playhead"),
    (Ink::Muted, "secondary text, key"),
    (Ink::Gil, "the GIL: token and lane"),
    (Ink::OnGil, "rim and key of the token, names on the GIL's lane"),
    (Ink::Alert, "drop requests, refusals, deadlock"),
    (Ink::Accent, "drop targets, previews, selection, flags"),
];

fn colours() -> String {
    let mut out =
        "| ink | for | light | dark | high contrast | worst contrast as text |\n|---|---|---|---|---|---|\n".to_owned();
    for (ink, used) in INKS {
        let [light, dark, high] = Theme::ALL.map(|t| t.css(ink));
        let of = TEXTS.iter().find(|(text, _)| *text == ink);
        let worst = of.map(|(ink, grounds)| Theme::ALL.map(|t| format!("{:.1}", worst(t, *ink, grounds))).join(" / "));
        let _ = writeln!(
            out,
            "| {ink:?} | {used} | `{light}` | `{dark}` | `{high}` | {} |",
            worst.unwrap_or_else(|| "–".to_owned())
        );
    }
    out
}

fn threads() -> String {
    let mut out =
        "| thread | light | dark | high contrast | name on it | on panel, card, well |\n|---|---|---|---|---|---|\n"
            .to_owned();
    for n in 0..8 {
        let [light, dark, high] = Theme::ALL.map(|t| t.css(Ink::Thread(n)));
        let name = Theme::ALL.map(|t| format!("{:.1}", worst(t, Ink::OnThread(n), &[Ink::Thread(n)]))).join(" / ");
        let bar = Theme::ALL.map(|t| format!("{:.1}", worst(t, Ink::Thread(n), &GROUNDS[1..]))).join(" / ");
        let _ = writeln!(out, "| {} | `{light}` | `{dark}` | `{high}` | {name} | {bar} |", n + 1);
    }
    let _ = writeln!(out, "\n| process | light | dark | high contrast | on panel, card, well |\n|---|---|---|---|---|");
    for n in 0..6 {
        let [light, dark, high] = Theme::ALL.map(|t| t.css(Ink::Process(n)));
        let bar = Theme::ALL.map(|t| format!("{:.1}", worst(t, Ink::Process(n), &GROUNDS[1..]))).join(" / ");
        let _ = writeln!(out, "| {} | `{light}` | `{dark}` | `{high}` | {bar} |", n + 1);
    }
    let _ =
        writeln!(out, "\n| least distance of two threads' colours | light | dark | high contrast |\n|---|---|---|---|");
    for (sight, matrix) in &SIGHTS {
        let [light, dark, high] = Theme::ALL.map(|t| format!("{:.1}", closest(t, matrix).0));
        let _ = writeln!(out, "| {sight} | {light} | {dark} | {high} |");
    }
    out
}

fn states() -> String {
    let mut out = "| state | told by | picture |\n|---|---|---|\n".to_owned();
    for state in &STATES {
        let _ = writeln!(out, "| {} | {} | ![{}]({}) |", state.name, state.told_by, state.name, file(state.name));
    }
    out
}

/// The picture of a state, from the page's folder.
fn file(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    format!("visual/{}.svg", plain.replace("--", "-"))
}

/// A file and what should be in it.
fn committed(file: &Path, wanted: &str) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder that can be written to");
        std::fs::write(file, wanted).expect("a file that can be written");
    }
    let there = std::fs::read_to_string(file).unwrap_or_default();
    assert!(there == wanted, "{} is not what would be written now: UPDATE_EXPECT=1 renews it", file.display());
}

#[test]
fn the_page_of_the_visual_language_says_what_is_so() {
    let docs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs");
    let page = docs.join("visual.md");
    let mut text = std::fs::read_to_string(&page).expect("there is docs/visual.md");
    for (part, made) in [("colours", colours()), ("threads", threads()), ("states", states())] {
        let (begin, end) = (format!("<!-- made: {part} -->\n"), format!("<!-- end: {part} -->"));
        let from = text.find(&begin).unwrap_or_else(|| panic!("“{begin}” is missing")) + begin.len();
        let to = from + text[from..].find(&end).unwrap_or_else(|| panic!("“{end}” is missing"));
        text.replace_range(from..to, &made);
    }
    for state in &STATES {
        committed(&docs.join(file(state.name)), &to_svg(&state.picture(), 300.0, Theme::Light));
    }
    committed(&page, &text);
}
