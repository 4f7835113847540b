//! Measures how long each frame of panning and zooming keeps the main thread busy, in turns with the hand-written floor.
//! `cargo xtask frames` calls it.

use anyhow::{Context, Result, bail};
use browser::{Options, Page, Site};
use lexopt::prelude::*;
use serde_json::{Value, json};
use std::fs;

const USAGE: &str = "\
cargo xtask frames [--no-build] [--turns N] [--link FRAGMENT] [--down] [--each]

Pans and zooms over a million segments on 64 lanes, in the page and in a hand-written page of pixel columns, in turns.
--link measures another scenario, such as '#preset=G3'; --down scrolls the picture down first, so that its stage is full of
lanes; --each prints every turn.";

/// The floor: what a page of pixel columns does at least.
const FLOOR: &str = include_str!("../../../../benches/frames/floor.html");

/// Pans and zooms, and measures.
const DRIVE: &str = include_str!("../../../../benches/frames/drive.js");

/// Waits until the page has drawn nothing for a while: all is computed and stands.
const STILL: &str = "const [done] = arguments;
    let [last, since] = ['', 0];
    const look = () => {
        const drawn = document.documentElement.dataset.gsDrawn;
        since = drawn === last ? since + 1 : 0;
        last = drawn;
        if (since < 60) requestAnimationFrame(look); else done();
    };
    look();";

/// What one turn says, all in milliseconds but the memory.
struct Turn {
    frames: Vec<f64>,
    long: Vec<f64>,
    megabytes: f64,
}

fn main() -> Result<()> {
    let (mut turns, mut each, mut down, mut link) =
        (9, false, false, std::env::var("GILSCOPE_LINK").unwrap_or_default());
    let mut args = lexopt::Parser::from_env();
    while let Some(arg) = args.next()? {
        match arg {
            Short('h') | Long("help") => {
                println!("{USAGE}");
                return Ok(());
            }
            Long("turns") => turns = args.value()?.parse()?,
            Long("link") => link = args.value()?.string()?,
            Long("each") => each = true,
            Long("down") => down = true,
            other => bail!("{}\n\n{USAGE}", other.unexpected()),
        }
    }
    let (site, floor) = (Site::start()?, Site::hosting(FLOOR)?);
    let mut rows = [("page", Vec::new()), ("floor", Vec::new())];
    let mut size = (1200.0, 800.0);
    for _ in 0..turns {
        let page = Page::open(&Options::default(), &site.link(&link))?;
        page.wait_ready()?;
        page.script_async(STILL, &[])?;
        if down {
            page.script("const stage = document.querySelector('.stage'); stage.scrollTop = stage.scrollHeight;", &[])?;
            page.script_async(STILL, &[])?;
        }
        let of_canvas = "const c = document.querySelector('[data-gs-timeline]'); return [c.width, c.height];";
        let measured = page.script(of_canvas, &[])?;
        size = (measured[0].as_f64().context("a width")?, measured[1].as_f64().context("a height")?);
        rows[0].1.push(turn(&page)?);
        drop(page);
        let address = floor.link(&format!("#width={}&height={}", size.0, size.1));
        let page = Page::open(&Options::default(), &address)?;
        page.wait_ready()?;
        rows[1].1.push(turn(&page)?);
    }
    println!("canvas {} × {}, {turns} turns; medians of the turns, least–most", size.0, size.1);
    println!("| | median frame | p95 | worst | long tasks | memory of the renderer |\n|---|---|---|---|---|---|");
    for (name, turns) in &rows {
        if each {
            turns.iter().for_each(|turn| print(name, std::slice::from_ref(turn)));
        }
        print(name, turns);
    }
    let ratio = |of: fn(&Turn) -> f64| {
        let pairs = rows[0].1.iter().zip(&rows[1].1);
        spread(pairs.map(|(page, floor)| of(page) / of(floor)).collect(), 2)
    };
    println!(
        "| page / floor | {} | {} | {} | | {} |",
        ratio(|t| t.part(0.5)),
        ratio(|t| t.part(0.95)),
        ratio(|t| t.part(1.0)),
        ratio(|t| t.megabytes)
    );
    Ok(())
}

/// Pans and zooms once.
fn turn(page: &Page) -> Result<Turn> {
    let answer = page.script_async(DRIVE, &[steps()])?;
    let numbers =
        |key: &str| -> Vec<f64> { answer[key].as_array().into_iter().flatten().filter_map(Value::as_f64).collect() };
    let mut frames = numbers("frames");
    if std::env::var_os("GILSCOPE_EACH_FRAME").is_some() {
        let all: Vec<String> = frames.iter().map(|ms| format!("{ms:.0}")).collect();
        println!("{}", all.join(" "));
    }
    frames.sort_by(f64::total_cmp);
    if frames.is_empty() {
        bail!("nothing was measured: {answer}");
    }
    Ok(Turn { frames, long: numbers("long"), megabytes: renderer_megabytes()? })
}

/// In by and by, with some panning at each scale, and quickly out again.
fn steps() -> Value {
    let wheel = |x: i32, y: i32, zooms: bool| json!({ "deltaX": x, "deltaY": y, "shiftKey": !zooms, "ctrlKey": zooms });
    let mut steps = Vec::new();
    for _ in 0..9 {
        // There and back: the end of the run is no harder to draw than its middle, but what lies behind it is easier.
        steps.push(json!([5, wheel(37, 0, false)]));
        steps.push(json!([5, wheel(-37, 0, false)]));
        steps.push(json!([12, wheel(0, -10, true)]));
    }
    steps.push(json!([40, wheel(0, 30, true)]));
    json!(steps)
}

impl Turn {
    /// The frame longer than this part of all.
    fn part(&self, part: f64) -> f64 {
        self.frames[((self.frames.len() - 1) as f64 * part).round() as usize]
    }
}

fn print(name: &str, turns: &[Turn]) {
    let of = |value: &dyn Fn(&Turn) -> f64| spread(turns.iter().map(value).collect(), 1);
    let long: usize = turns.iter().map(|t| t.long.len()).sum();
    let longest = turns.iter().flat_map(|t| &t.long).fold(0.0f64, |a, b| a.max(*b));
    println!(
        "| {name} | {} ms | {} | {} | {long}, the longest {longest:.0} ms | {} MB |",
        of(&|t| t.part(0.5)),
        of(&|t| t.part(0.95)),
        of(&|t| t.part(1.0)),
        of(&|t| t.megabytes)
    );
}

/// The median, with the least and the most.
fn spread(mut values: Vec<f64>, digits: usize) -> String {
    values.sort_by(f64::total_cmp);
    let (least, most) = (values[0], values[values.len() - 1]);
    format!("{:.digits$} ({least:.digits$}–{most:.digits$})", values[values.len() / 2])
}

/// What the largest renderer among the descendants of this process takes, its share of what processes share included; Linux
/// only, elsewhere 0.
fn renderer_megabytes() -> Result<f64> {
    let mut found = 0.0f64;
    for entry in fs::read_dir("/proc").into_iter().flatten() {
        let path = entry?.path();
        let Some(id) = path.file_name().and_then(|n| n.to_str()?.parse::<u32>().ok()) else { continue };
        // A process may end while it is looked at.
        let command = fs::read_to_string(path.join("cmdline")).unwrap_or_default();
        if command.contains("--type=renderer") && descends(id) {
            let memory = fs::read_to_string(path.join("smaps_rollup")).unwrap_or_default();
            let line = memory.lines().find_map(|line| line.strip_prefix("Pss:"));
            let kilobytes: f64 = line.and_then(|l| l.trim().trim_end_matches(" kB").trim().parse().ok()).unwrap_or(0.0);
            found = found.max(kilobytes * 1024.0 / 1e6);
        }
    }
    Ok(found)
}

fn descends(mut id: u32) -> bool {
    let parent = |id: u32| -> Option<u32> {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
    };
    while id > 1 {
        if id == std::process::id() {
            return true;
        }
        id = parent(id).unwrap_or(0);
    }
    false
}
