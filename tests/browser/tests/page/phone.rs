//! A telephone: a finger scrolls the page, and one that rests picks up what is under it.

use crate::visit::{Person, Visit, edited, preset, thread};
use anyhow::{Result, ensure};
use browser::{Options, Point};
use gilscope::ids::CoreId;

/// Longer than a finger has to rest, also where the page is told late that it rests.
const LONG_MS: u32 = 1_500;

const PHONE: Options = Options { width: 390, height: 844, density: 2.0, dark: false, still: false, forced: false };

#[test]
fn a_finger_that_moves_at_once_scrolls_the_page_and_drags_nothing() -> Result<()> {
    let page = Visit::like(&PHONE, "#preset=P1b")?;
    let card = page.centre(&page.find_starting("button", "recorder, thread of recorder")?)?;
    page.swipe(card, 0, Point { x: card.x, y: card.y - 180.0 })?;
    page.wait_to_see("the page scrolls", || scrolled(&page), |px| *px > 40.0)?;
    page.settle()?;
    page.find("button", "Undo: nothing to undo")?;
    page.leave()
}

#[test]
fn a_finger_that_rests_carries_a_thread_as_a_mouse_does() -> Result<()> {
    let page = Visit::like(&PHONE, "#preset=P1b")?;
    let card = page.centre(&page.find_starting("button", "recorder, thread of recorder")?)?;
    let core = page.centre(&page.find_starting("button", "core 1,")?)?;
    let from = scrolled(&page)?;
    page.swipe(card, LONG_MS, core)?;
    page.wait_changed("Pin recorder to core 1")?;
    ensure!(scrolled(&page)? == from, "the page scrolled under the thread");
    let p1b = preset("P1b")?;
    let pinned = edited(p1b.with_pin(thread(&p1b, "recorder")?, Some(CoreId(1))))?;
    ensure!(page.share()?.scenario == pinned);
    page.leave()
}

#[test]
fn a_finger_that_rests_without_moving_opens_the_menu() -> Result<()> {
    let page = Visit::like(&PHONE, "#preset=P1b")?;
    let card = page.centre(&page.find_starting("button", "recorder, thread of recorder")?)?;
    page.swipe(card, LONG_MS, card)?;
    page.find("menu", "recorder")?;
    page.leave()
}

#[test]
fn the_story_covers_no_lane_and_what_plays_stays_in_reach() -> Result<()> {
    let page = Visit::like(&PHONE, "#preset=G3&t=12ms")?;
    let script = "const box = (s) => document.querySelector(s).getBoundingClientRect();
        scrollTo(0, box('canvas').bottom - 500);
        const [canvas, story, play] = ['canvas', '.story', '[aria-label=Play]'].map(box);
        return [canvas.bottom <= story.top, play.top >= 0 && play.width >= 44 && play.height >= 44];";
    page.settle()?;
    let found = || page.script(script, &[]);
    page.wait_to_see("the story lies beside the picture, and Play is in reach and large", found, |found| {
        found[0] == true && found[1] == true
    })?;
    page.leave()
}

fn scrolled(page: &Visit) -> Result<f64> {
    Ok(page.script("return scrollY;", &[])?.as_f64().unwrap_or_default())
}
