//! The page without a pointer.

use crate::visit::{Person, Shared, Visit};
use anyhow::{Context, Result, bail, ensure};
use browser::key;
use gilscope::scene::Rect;
use gilscope::session::keys::Direction;
use gilscope::session::spatial;

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
    go_to(page, thread)?;
    page.press(&[key::ENTER])?;
    page.find("group", "Move to")?;
    tab_to(page, button)?;
    page.press(&[key::ENTER])?;
    page.wait_changed(change)?;
    // Who moves it stays where they were, and can go on from there.
    page.settle()?;
    let focused = page.focused()?.name;
    ensure!(focused == button, "the focus went to '{focused}'");
    page.share()
}

/// Goes to a thing of the board with Tab and arrows.
pub(crate) fn go_to(page: &Visit, start: &str) -> Result<()> {
    let board = "return document.activeElement.closest('[aria-label=Board]') !== null;";
    for _ in 0..FAR {
        if page.script(board, &[])? == true {
            break;
        }
        page.press(&[key::TAB])?;
    }
    page.press(&[key::HOME])?;
    page.settle()?;
    let there = "return [...document.querySelectorAll('[aria-label=Board] .spot')].map((e) => {
        const { x, y, width, height } = e.getBoundingClientRect();
        return [e.getAttribute('aria-label'), x, y, width, height]; });";
    let there = page.script(there, &[])?;
    let there = there.as_array().context("a list of things")?;
    let name = |i: usize| there[i][0].as_str().unwrap_or_default().to_owned();
    let number = |i: usize, part: usize| there[i][part].as_f64().unwrap_or_default();
    let places: Vec<Rect> =
        (0..there.len()).map(|i| Rect::new(number(i, 1), number(i, 2), number(i, 3), number(i, 4))).collect();
    let first = page.focused()?.name;
    let from = (0..there.len()).find(|i| name(*i) == first).with_context(|| format!("'{first}' is on no board"))?;
    let to = (0..there.len()).find(|i| name(*i).starts_with(start)).with_context(|| format!("no '{start}'"))?;
    for arrow in way(&places, from, to).with_context(|| format!("no way to '{start}'"))? {
        page.press(&[arrow])?;
    }
    page.wait_focus(&format!("'{start}', where the arrows lead"), |name| name.starts_with(start))
}

/// The arrows that lead from one place to another.
fn way(places: &[Rect], from: usize, to: usize) -> Option<Vec<&'static str>> {
    let arrows = [
        (Direction::Left, key::LEFT),
        (Direction::Right, key::RIGHT),
        (Direction::Up, key::UP),
        (Direction::Down, key::DOWN),
    ];
    let mut ways = vec![(from, Vec::new())];
    let mut at = 0;
    while let Some((here, way)) = ways.get(at).cloned() {
        if here == to {
            return Some(way);
        }
        at += 1;
        for (direction, arrow) in arrows {
            let next = spatial::next(places, here, direction);
            if let Some(next) = next.filter(|next| ways.iter().all(|(seen, _)| seen != next)) {
                ways.push((next, way.iter().copied().chain([arrow]).collect()));
            }
        }
    }
    None
}

/// Presses Tab until an element has the focus whose name starts so.
pub(crate) fn tab_to(page: &Visit, start: &str) -> Result<()> {
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

#[test]
fn the_focus_stays_with_who_deletes_a_thread_and_with_an_edge_that_is_carried() -> Result<()> {
    let page = Visit::to("#preset=P1a")?;
    page.point_at("editor, thread of editor")?;
    page.focus_on(".spot[aria-label='lane of editor']")?;
    page.press(&[key::DOWN, key::RIGHT])?;
    page.wait_focus("its edge", |name| name == "length of native 20 ms, op 1 of editor")?;
    page.press(&[key::SPACE])?;
    page.find_saying("status", "picked up")?;
    page.press(&[key::RIGHT])?;
    for _ in 0..3 {
        page.press(&[key::SHIFT, key::RIGHT])?;
    }
    page.press(&[key::SPACE])?;
    page.wait_changed("Set an op of editor to native")?;
    page.settle()?;
    page.wait_focus("its edge still", |name| name.contains("op 1 of editor"))?;

    tab_to(&page, "Delete")?;
    page.press(&[key::ENTER])?;
    page.wait_changed("Delete editor")?;
    page.wait_until("something has the focus", "document.activeElement.id === 'inspector-panel'")?;
    page.leave()
}
