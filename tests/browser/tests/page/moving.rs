//! A thread moves to another process by mouse, by touch and by keyboard: the same scenario, so the same link.

use crate::visit::{Person, Visit, preset};
use anyhow::{Result, ensure};
use browser::Options;

/// Longer than a finger has to rest, also where the page is told late that it rests.
const LONG_MS: u32 = 1_500;
const THREAD: &str = "copying, thread of backup";
const NAME: &str = "Move copying to notes";

#[test]
fn mouse_touch_and_keyboard_move_a_thread_to_another_process_with_the_same_link() -> Result<()> {
    let moved = preset("P3")?;
    let (thread, process) = (crate::visit::thread(&moved, "copying")?, moved.processes[0].id);
    let expected = crate::visit::edited(moved.with_thread_moved(thread, process))?;

    let mouse = Visit::to("#preset=P3")?;
    let (card, panel) = ends(&mouse)?;
    mouse.drag(card, panel)?;
    mouse.wait_changed(NAME)?;
    let by_mouse = mouse.share()?;
    ensure!(by_mouse.scenario == expected);
    mouse.leave()?;

    let touch = Visit::like(&Options { width: 1_024, height: 1_100, ..Options::default() }, "#preset=P3")?;
    let (card, panel) = ends(&touch)?;
    touch.swipe(card, LONG_MS, panel)?;
    touch.wait_changed(NAME)?;
    ensure!(touch.share()?.fragment() == by_mouse.fragment());
    touch.leave()?;

    let keys = Visit::to("#preset=P3")?;
    keys.carry_by_keys("copying", "move copying to notes")?;
    keys.wait_changed(NAME)?;
    ensure!(keys.share()?.fragment() == by_mouse.fragment());
    keys.leave()
}

/// Where the thread's card is, and a place on the other process's panel that belongs to nothing else.
fn ends(page: &Visit) -> Result<(browser::Point, browser::Point)> {
    let card = page.centre(&page.find_starting("button", THREAD)?)?;
    let panel = page.resting(&page.find_starting("button", "process notes")?)?;
    Ok((card, browser::Point { x: panel.x + panel.width - 12.0, y: panel.y + 12.0 }))
}
