//! A reload loses nothing, and nothing comes back that was not asked for.

use crate::visit::{Person, Visit, duo_link};
use anyhow::Result;

/// The page with two changes, of which the second is taken back, and all else that can be chosen.
fn used() -> Result<Visit> {
    let page = Visit::to(&duo_link()?)?;
    for (what, core) in [("editor, thread of editor", "core 1,"), ("music, thread of music", "core 1,")] {
        page.carry(what, core)?;
        page.let_go()?;
        let name = what.split(',').next().unwrap_or_default();
        page.wait_changed(&format!("Pin {name} to core 1"))?;
    }
    page.push("Undo: Pin music to core 1")?;
    page.wait_changed("Pin editor to core 1")?;
    page.point_at("music, thread of music")?;
    page.step()?;
    page.script(
        "const slider = document.querySelector('input[type=range]');
        slider.value = '0.3'; slider.dispatchEvent(new Event('input', { bubbles: true }));",
        &[],
    )?;
    page.wait_to_see("the speed", || page.field("slider", "Speed"), |speed| speed.starts_with("0.3"))?;
    Ok(page)
}

/// `used`, and left for long enough to be kept: a page that goes away writes while the next one may be reading already, if
/// that is run by another process.
fn used_and_kept() -> Result<Visit> {
    let page = used()?;
    let kept = "(localStorage.getItem('gilscope.session') ?? '').endsWith('\"speed\":300000}')";
    page.wait_until("it is kept", kept)?;
    Ok(page)
}

/// That the page is as `used` left it, with the clock there.
fn is_used(page: &Visit, clock: &str) -> Result<()> {
    page.find("button", "Redo: Pin music to core 1")?;
    page.wait_changed("Pin editor to core 1")?;
    page.wait_clock(clock)?;
    page.wait_selected("music, thread of music")?;
    page.wait_to_see("the speed", || page.field("slider", "Speed"), |speed| speed.starts_with("0.3"))?;
    page.push("Undo: Pin editor to core 1")?;
    page.find("button", "Undo: nothing to undo")?;
    page.push("Redo: Pin editor to core 1")?;
    page.push("Redo: Pin music to core 1")?;
    page.wait_changed("Pin music to core 1")?;
    page.find("button", "Redo: nothing to redo")?;
    page.find_starting("button", "pin of core 1, ").map(drop)
}

#[test]
fn a_reload_loses_nothing() -> Result<()> {
    let page = used()?;
    page.wait_computed()?;
    let clock = page.clock()?;
    page.reload()?;
    page.wait_ready()?;
    is_used(&page, &clock)?;
    page.leave()
}

#[test]
fn an_address_that_names_nothing_opens_what_was_open_last() -> Result<()> {
    let page = used_and_kept()?;
    page.wait_computed()?;
    let clock = page.clock()?;
    page.leave_and_come("")?;
    page.find_saying("status", "Restored what you had open.")?;
    is_used(&page, &clock)?;
    page.leave()
}

#[test]
fn who_does_not_want_what_was_restored_starts_afresh() -> Result<()> {
    let page = used_and_kept()?;
    page.leave_and_come("")?;
    page.push("Start afresh")?;
    page.wait_field("combobox", "Scenario", "P1a")?;
    // They may find out that they did want it.
    page.find_starting("button", "Undo: Open ")?;
    page.leave()
}

#[test]
fn an_address_that_names_something_else_wins() -> Result<()> {
    let page = used_and_kept()?;
    page.leave_and_come("#preset=G3")?;
    page.wait_field("combobox", "Scenario", "G3")?;
    page.find("button", "Undo: nothing to undo")?;
    page.wait_clock("0.000")?;
    page.leave()
}

#[test]
fn what_was_kept_and_is_damaged_is_said_and_left_out() -> Result<()> {
    let page = Visit::to("#preset=P1b")?;
    page.script(
        "[sessionStorage, localStorage].forEach((s) => s.setItem('gilscope.session', 'x\\n{'));
        Storage.prototype.setItem = () => {};",
        &[],
    )?;
    page.leave_and_come("")?;
    page.find_saying("status", "What was saved is damaged; it was left out.")?;
    page.wait_field("combobox", "Scenario", "P1a")?;
    page.leave()
}
