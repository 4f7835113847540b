//! Dragging threads onto cores, and what the picture, the inspector and the link say of it.

use crate::visit::{Person, Visit, edited, preset, thread};
use anyhow::{Context, Result, ensure};
use browser::key;
use gilscope::ids::CoreId;

#[test]
fn dragging_a_thread_onto_a_core_at_the_start_pins_it_and_all_agree() -> Result<()> {
    let page = Visit::to("#preset=P2")?;
    page.find_between("button", "draw, thread of photo viewer", "on core 0")?;
    page.carry("draw, thread of photo viewer", "core 1,")?;
    page.let_go()?;
    page.wait_changed("Pin draw to core 1")?;

    // The picture: the two have changed places.
    page.find_between("button", "draw, thread of photo viewer", "on core 1")?;
    page.find_between("button", "load, thread of photo viewer", "on core 0")?;
    page.find("button", "core 1, has draw")?;
    page.find_starting("button", "pin of core 1, draw")?;
    // The inspector.
    page.point_at("draw, thread of photo viewer")?;
    page.wait_field("combobox", "may run on", "1")?;
    page.wait_inspector("on core 1")?;
    // The link.
    let start = preset("P2")?;
    let expected = edited(start.with_pin(thread(&start, "draw")?, Some(CoreId(1))))?;
    let shared = page.share()?;
    ensure!(shared.scenario == expected, "{:#?}", shared.scenario);

    // All of them in a new browser.
    let other = page.again()?;
    other.point_at("draw, thread of photo viewer")?;
    other.find_between("button", "draw, thread of photo viewer", "on core 1")?;
    other.wait_field("combobox", "may run on", "1")?;
    page.wait_computed()?;
    let says = page.inspector()?;
    other.wait_to_see("the inspector says the same", || other.inspector(), |now| *now == says)?;
    ensure!(other.share()?.link == shared.link);
    other.assert_clean()?;
    page.leave()
}

#[test]
fn dragging_a_thread_onto_a_core_later_runs_it_there_now_and_all_agree() -> Result<()> {
    let page = Visit::to("#preset=P2")?;
    page.step()?;
    page.step()?;
    page.wait_clock("10.000 ms of 21 ms")?;
    page.find_between("button", "load, thread of photo viewer", "ready, alone")?;
    page.carry("load, thread of photo viewer", "core 1,")?;
    page.let_go()?;
    page.wait_changed("Run load on core 1 at 10 ms")?;
    page.wait_computed()?;

    // The picture: it runs there, whoever was there is ready, and a flag stands where it was done.
    page.find_between("button", "load, thread of photo viewer", "on core 1")?;
    page.find_between("button", "index, thread of photo viewer", "ready, alone")?;
    page.find("button", "core 1, has load")?;
    let flag = page.find_starting("button", "run load on core 1 at 10")?;
    ensure!(!flag.name.contains("skipped"), "{}", flag.name);
    ensure!(page.clock()?.starts_with("10.000 ms"), "the playhead went to {}", page.clock()?);
    // The inspector.
    page.point_at("load, thread of photo viewer")?;
    page.wait_inspector("on core 1")?;
    page.wait_field("combobox", "may run on", "any")?;
    // The link: one intervention, at most 1 ns behind what had happened.
    let shared = page.share()?;
    let at = shared.scenario.interventions.first().context("no intervention")?.at;
    ensure!((10_000_000..=10_000_001).contains(&at.ns()), "it is at {at}");
    let start = preset("P2")?;
    let expected = edited(start.with_run_here(thread(&start, "load")?, CoreId(1), at))?;
    ensure!(shared.scenario == expected, "{:#?}", shared.scenario);

    // All of them in a new browser, at the same instant.
    let other = page.again()?;
    other.wait_clock("0.000 ms")?;
    other.step()?;
    other.step()?;
    // What was done a nanosecond later belongs to the step.
    other.find("button", "core 1, has load")?;
    page.wait_computed()?;
    other.wait_clock(&page.clock()?)?;
    other.point_at("load, thread of photo viewer")?;
    page.wait_computed()?;
    let says = page.inspector()?;
    other.wait_to_see("the inspector says the same", || other.inspector(), |now| *now == says)?;
    ensure!(other.find_starting("button", "run load on core 1 at 10")?.name == flag.name);
    ensure!(other.share()?.link == shared.link);
    other.assert_clean()?;
    page.leave()
}

#[test]
fn escape_during_a_drag_changes_nothing() -> Result<()> {
    let page = Visit::to("#preset=P2")?;
    page.carry("draw, thread of photo viewer", "core 1,")?;
    page.press(&[key::ESCAPE])?;
    page.find_saying("status", "Dragging cancelled; nothing changed")?;
    page.let_go()?;
    nothing_changed(&page, "P2")?;
    page.find_between("button", "draw, thread of photo viewer", "on core 0")?;
    page.leave()
}

#[test]
fn a_refused_drop_says_why_and_changes_nothing() -> Result<()> {
    let page = Visit::to("#preset=G3&t=12ms")?;
    let name = || Ok(page.find_starting("button", "worker, thread of count.py")?.name);
    let worker = page.wait_to_see("what worker does", name, |name: &String| name.contains("wants the GIL"))?;
    page.find("button", "core 1, idle")?;
    page.carry("worker, thread of count.py", "core 1,")?;
    page.let_go()?;
    page.find_saying("alert", "worker wants the GIL; a core would not help")?;
    // It stays when the pointer leaves the picture.
    page.move_pointer(page.centre(&page.find("heading", "gilscope")?)?)?;
    page.settle()?;
    page.find_saying("alert", "worker wants the GIL; a core would not help")?;
    ensure!(name()? == worker);
    nothing_changed(&page, "G3")?;
    page.leave()
}

#[test]
fn undo_and_redo_by_keyboard_go_back_and_forth_without_moving_the_playhead() -> Result<()> {
    let page = Visit::to("#preset=P2&t=10ms")?;
    page.carry("load, thread of photo viewer", "core 1,")?;
    page.let_go()?;
    page.wait_changed("Run load on core 1")?;
    let (clock, changed) = (page.clock()?, page.share()?);
    ensure!(clock.starts_with("10.000 ms"), "{clock}");
    let stays = || -> Result<()> {
        let now = page.clock()?;
        ensure!(now.split(' ').next() == clock.split(' ').next(), "the playhead went to {now}");
        Ok(())
    };

    page.press_named("Control+z")?;
    page.find_starting("button", "Redo: Run load on core 1")?;
    nothing_changed(&page, "P2")?;
    stays()?;
    page.find_between("button", "load, thread of photo viewer", "ready, alone")?;

    page.press_named("Control+Shift+z")?;
    page.wait_changed("Run load on core 1")?;
    ensure!(page.share()?.link == changed.link);
    stays()?;
    page.find_between("button", "load, thread of photo viewer", "on core 1")?;
    page.leave()
}

/// There is nothing to undo, and the link is the one of the preset.
fn nothing_changed(page: &Visit, name: &str) -> Result<()> {
    page.settle()?;
    page.find("button", "Undo: nothing to undo")?;
    let shared = page.share()?;
    ensure!(shared.fragment() == format!("preset={name}"), "the link is {}", shared.link);
    Ok(())
}
