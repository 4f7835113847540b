//! Programs as blocks, in the inspector and below the lane, and as text.

use crate::visit::{Person, Visit, edited, preset, thread};
use anyhow::{Context, Result, ensure};
use browser::{Point, key};

const PROGRAM: &str = "native 20ms; io 100ms\nrepeat 2 { native 5ms }";

#[test]
fn a_program_is_pasted_as_text_and_copied_again() -> Result<()> {
    let page = Visit::to("#preset=P1a")?;
    page.point_at("editor, thread of editor")?;
    page.push("Edit as text")?;
    let field = page.find("textbox", "Program as text")?;
    ensure!(page.property(&field, "value")? == "native 20 ms\n");

    // What is wrong is said while somebody types, and cannot be applied.
    page.fill(&field, "native 20ms; nativ 5ms")?;
    page.find_saying("alert", "Op 2, “nativ 5ms”: there is no op of this name")?;
    ensure!(page.property(&page.find("button", "Apply")?, "disabled")? == true);
    page.find("button", "Undo: nothing to undo")?;

    page.fill(&field, PROGRAM)?;
    page.push("Apply")?;
    page.wait_changed("Change the program of editor")?;
    page.find("textbox", "how often loop 3 repeats")?;
    page.push("Copy as text")?;
    page.find_saying("status", "The program is copied as text.")?;
    let start = preset("P1a")?;
    let editor = thread(&start, "editor")?;
    let expected = start.with_program_text(editor, PROGRAM)?.scenario;
    ensure!(page.clipboard()? == expected.program_to_text(editor));
    ensure!(page.share()?.scenario == expected);
    page.leave()
}

#[test]
fn the_edge_of_a_block_is_pulled_by_mouse() -> Result<()> {
    let page = Visit::to("#preset=P1a")?;
    page.point_at("editor, thread of editor")?;
    let edge = page.find("button", "length of native 20 ms, op 1 of editor")?;
    let from = page.centre(&edge)?;
    page.drag_and_hold(from, Point { x: from.x + 60.0, y: from.y })?;
    page.find_saying("status", ", was 20 ms, from the start")?;
    page.let_go()?;
    page.wait_changed("Set an op of editor to native 2")?;
    let length = page.field("textbox", "length of native 1")?;
    let start = preset("P1a")?;
    let longer = length.parse().map_err(|_| anyhow::anyhow!("{length} is no length"))?;
    let expected = edited(start.with_op(thread(&start, "editor")?, &[0], gilscope::scenario::Op::Native(longer)))?;
    ensure!(page.share()?.scenario == expected, "{length}");
    page.find("button", &format!("length of native {length}, op 1 of editor"))?;
    page.click(&page.find_starting("button", "Undo: Set an op of editor to native ")?)?;
    page.find("button", "length of native 20 ms, op 1 of editor")?;
    page.leave()
}

/// Two ops for the editor.
fn two_ops(page: &Visit) -> Result<()> {
    page.point_at("editor, thread of editor")?;
    page.choose(&page.find("combobox", "Add an op at the end")?, "io")?;
    page.wait_changed("Add io to editor")
}

/// Waits until the two ops are of these kinds.
fn wait_kinds(page: &Visit, expected: [&str; 2]) -> Result<()> {
    page.wait_field("combobox", "kind of op 1", expected[0])?;
    page.wait_field("combobox", "kind of op 2", expected[1])
}

#[test]
fn blocks_change_places_by_keyboard() -> Result<()> {
    let page = Visit::to("#preset=P1a")?;
    two_ops(&page)?;
    wait_kinds(&page, ["native", "io"])?;
    page.focus_on("#op-0-grip")?;
    page.press(&[key::ALT, key::DOWN])?;
    page.wait_changed("Move native 20 ms of editor behind io")?;
    wait_kinds(&page, ["io", "native"])?;
    page.wait_focus("the block at its new place", |name| name == "Move native 2")?;

    // Picked up, carried, put down.
    page.press(&[key::ENTER])?;
    page.find_saying("status", "native 20 ms picked up")?;
    page.press(&[key::DOWN])?;
    page.find_saying("status", "move native 20 ms of editor before io")?;
    page.press(&[key::ENTER])?;
    page.wait_changed("Move native 20 ms of editor before io")?;
    wait_kinds(&page, ["native", "io"])?;
    page.leave()
}

#[test]
fn a_block_is_dragged_by_its_grip_and_has_a_menu() -> Result<()> {
    let page = Visit::to("#preset=P1a")?;
    two_ops(&page)?;
    let grip = page.find("button", "Move native 1")?;
    let below = page.resting(&page.find("combobox", "kind of op 2")?)?;
    let to = Point { x: page.centre(&grip)?.x, y: below.y + below.height - 2.0 };
    page.drag(page.centre(&grip)?, to)?;
    page.wait_changed("Move native 20 ms of editor behind io")?;
    wait_kinds(&page, ["io", "native"])?;

    page.push("Menu of io 1")?;
    page.click(&page.find_starting("menuitem", "Put a loop around it")?)?;
    page.find("textbox", "how often loop 1 repeats")?;
    page.push("Menu of loop 1")?;
    page.click(&page.find_starting("menuitem", "Take the loop away")?)?;
    page.wait_changed("Take a loop of editor away")?;
    wait_kinds(&page, ["io", "native"])?;
    let shared = page.share()?.scenario;
    let editor = shared.thread(thread(&shared, "editor")?).context("no editor")?.1;
    ensure!(editor.program.len() == 2, "{:?}", editor.program);
    page.leave()
}
