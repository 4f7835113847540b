//! The page without a pointer.

use crate::visit::{Person, Shared, Visit};
use anyhow::{Result, bail, ensure};
use browser::key;

/// More presses of Tab than any element on the page is away.
const FAR: usize = 80;

#[test]
fn the_keyboard_alone_does_what_a_drag_does() -> Result<()> {
    let page = Visit::to("#preset=P2&t=10ms")?;
    page.carry("load, thread of photo viewer", "core 1,")?;
    page.let_go()?;
    page.wait_changed("Run load on core 1")?;
    let dragged = page.share()?;

    page.go_to("#preset=P2")?;
    // As the page has just been loaded, nothing has the focus.
    page.step()?;
    page.step()?;
    let typed = move_to(&page, "load, thread of photo viewer", "Run here now: core 1", "Run load on core 1")?;
    ensure!(typed.link == dragged.link);
    page.leave()
}

#[test]
fn the_keyboard_alone_pins_at_the_start() -> Result<()> {
    let page = Visit::to("#preset=P2")?;
    page.carry("draw, thread of photo viewer", "core 1,")?;
    page.let_go()?;
    page.wait_changed("Pin draw to core 1")?;
    let dragged = page.share()?;

    page.go_to("#preset=P2")?;
    let typed = move_to(&page, "draw, thread of photo viewer", "Pin to: core 1", "Pin draw to core 1")?;
    ensure!(typed.link == dragged.link);
    page.leave()
}

/// Selects a thread and presses a button of its *Move to*, all by keyboard.
fn move_to(page: &Visit, thread: &str, button: &str, change: &str) -> Result<Shared> {
    tab_to(page, thread)?;
    page.press(&[key::ENTER])?;
    page.find("group", "Move to")?;
    tab_to(page, button)?;
    page.press(&[key::ENTER])?;
    page.wait_changed(change)?;
    // Who moves it stays where they were, and can go on from there.
    let focused = page.focused()?.name;
    ensure!(focused == button, "the focus went to '{focused}'");
    page.share()
}

/// Presses Tab until an element has the focus whose name starts so.
fn tab_to(page: &Visit, start: &str) -> Result<()> {
    let mut passed = Vec::new();
    for _ in 0..FAR {
        page.press(&[key::TAB])?;
        let name = page.focused()?.name;
        if name.starts_with(start) {
            return Ok(());
        }
        passed.push(name);
    }
    bail!("Tab does not lead to '{start}'. It passes {passed:#?}");
}
