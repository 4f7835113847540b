//! Quick hands: what is done before the page has drawn what was done before it. Each script here does both in one go.

use crate::visit::{Person, Visit, edited, preset, thread};
use anyhow::{Context, Result, ensure};
use browser::{Page, Point};
use gilscope::ids::CoreId;
use serde_json::json;

/// What the scripts have to hand: a button by the start of its name, and what a person does to fields.
const HANDS: &str = "const named = (e) => e.getAttribute('aria-label') ?? e.textContent;
    const button = (start) => [...document.querySelectorAll('button')].find((b) => named(b).startsWith(start));
    const twice = (start) => { for (let i = 0; i < 2; i++) button(start).click(); };
    const key = (e, key, ctrlKey) => e.dispatchEvent(
        new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
    const write = (id, value, type) => {
        const field = document.getElementById(id);
        field.value = value;
        field.dispatchEvent(new Event(type, { bubbles: true }));
        return field; };";

/// Does several things before the page draws again.
fn at_once(page: &Page, script: &str) -> Result<()> {
    page.script(&format!("{HANDS}{script}"), &[]).map(drop)
}

#[test]
fn a_program_is_applied_as_it_is_written() -> Result<()> {
    for (apply, length) in [("key(field, 'Enter', true);", "37ms"), ("button('Apply').click();", "38ms")] {
        let page = Visit::to("#preset=P1a&sel=editor")?;
        page.push("Edit as text")?;
        page.find("textbox", "Program as text")?;
        at_once(&page, &format!("const field = write('program-text', 'native {length}', 'input'); {apply}"))?;
        page.wait_until("the text is taken", "!document.getElementById('program-text')")?;
        let p1a = preset("P1a")?;
        let written = p1a.with_program_text(thread(&p1a, "editor")?, &format!("native {length}"));
        let expected = written.map_err(|problem| anyhow::anyhow!("{problem}"))?.scenario;
        ensure!(page.share()?.scenario == expected, "what was written is lost by {apply}");
        page.leave()?;
    }
    Ok(())
}

#[test]
fn a_comparison_that_is_closed_and_opened_again_is_not_empty() -> Result<()> {
    let page = Visit::to("#preset=W4")?;
    page.press(&["t"])?;
    page.find("dialog", "Compare")?;
    at_once(&page, "document.getElementById('compare').close(); key(document.body, 't');")?;
    page.settle()?;
    page.wait_until("it has a content", "document.querySelector('#compare[open] .dialog-body')")?;
    page.find_saying("status", "times as fast")?;
    page.leave()
}

#[test]
fn a_sweep_keeps_both_of_its_ends() -> Result<()> {
    let page = Visit::to("#preset=W4&sweep=cores.1-8.makespan")?;
    page.find_saying("status", "runs.")?;
    at_once(&page, "write('sweep-from', '2', 'change'); write('sweep-to', '4', 'change');")?;
    let values =
        "return [...document.querySelectorAll('.compare-table tbody th')].map((th) => th.firstChild.textContent);";
    page.wait_to_see("two to four cores", || page.script(values, &[]), |v| *v == json!(["2", "3", "4"]))?;
    page.leave()
}

#[test]
fn what_goes_round_goes_on_by_two() -> Result<()> {
    let page = Visit::to("#preset=W4")?;
    at_once(&page, "twice('Arrows: ');")?;
    page.find("button", "Arrows: none")?;
    at_once(&page, "twice('Theme: ');")?;
    page.find("button", "Theme: dark")?;
    page.focus_on("#tab-about")?;
    at_once(&page, "for (let i = 0; i < 2; i++) key(document.activeElement, 'ArrowRight');")?;
    page.wait_until("the third tab", "document.getElementById('tab-computer').ariaSelected === 'true'")?;
    page.find("heading", "Computer")?;
    page.leave()
}

#[test]
fn what_is_on_or_off_is_as_before_by_two() -> Result<()> {
    let page = Visit::to("#preset=W4&t=12.0ms")?;
    at_once(&page, "twice('Try it without a GIL');")?;
    page.wait_changed("Back to the claim")?;
    page.push("Share")?;
    let html = || page.field("textbox", "HTML of the frame");
    page.wait_to_see("the HTML of the frame", html, |html| html.contains("#preset=W4"))?;
    let boxes = "const box = (text) =>
        [...document.querySelectorAll('#share label')].find((l) => l.textContent.startsWith(text)).querySelector('input');";
    at_once(&page, &format!("{boxes} for (let i = 0; i < 2; i++) box('Play at once').click();"))?;
    page.settle()?;
    ensure!(!html()?.contains("autoplay"), "{}", html()?);
    at_once(&page, &format!("{boxes} box('Open at').click(); button('Copy link').click();"))?;
    page.wait_to_see("the link opens there", || page.url(), |url| url.contains("#preset=W4&t=12"))?;
    page.leave()
}

#[test]
fn two_changes_of_one_thing_are_both_made() -> Result<()> {
    let page = Visit::to("#preset=W2&sel=main")?;
    page.find("textbox", "asks")?;
    at_once(&page, "write('op-1-asks', 'who?', 'change'); write('op-1-answered', '5 ms', 'change');")?;
    page.wait_field("textbox", "asks", "who?")?;
    page.wait_field("textbox", "answered of input 2", "5 ms")?;

    page.click(&page.find("tab", "Computer")?)?;
    let cores = page.field("textbox", "cores")?.parse::<u8>()?;
    at_once(&page, "twice('Add a core');")?;
    page.wait_field("textbox", "cores", &(cores + 2).to_string())?;
    // What is told of a change offers to take that one back, and no other.
    page.find_saying("status", "From the start")?;
    at_once(&page, "const undo = document.querySelector('.is-change .button'); undo.click(); undo.click();")?;
    page.wait_until("one is undone", "document.querySelector('.is-change b').textContent === 'Undone'")?;
    page.wait_field("textbox", "cores", &(cores + 1).to_string())?;
    page.leave()
}

#[test]
fn a_finger_has_rested_by_the_time_at_which_it_moves_and_not_when_that_is_told() -> Result<()> {
    // The page is told of all at once: no timer can run in between.
    let fingers = "const [x, y, toX, toY, rest] = arguments;
        const canvas = document.querySelector('canvas[data-gs-timeline]');
        const tell = (type, clientX, clientY, timeStamp) => {
            const event = new PointerEvent(type, { pointerType: 'touch', isPrimary: true, pointerId: 7, buttons: 1,
                clientX, clientY, bubbles: true, cancelable: true });
            Object.defineProperty(event, 'timeStamp', { value: timeStamp });
            canvas.dispatchEvent(event); };
        tell('pointerdown', x, y, 1000);
        for (let i = 1; i < 5; i++)
            tell('pointermove', x + (toX - x) * i / 4, y + (toY - y) * i / 4, 1000 + rest + i);
        tell('pointerup', toX, toY, 1010 + rest);";
    let page = Visit::to("#preset=P1b")?;
    let card: Point = page.centre(&page.find_starting("button", "recorder, thread of recorder")?)?;
    let core = page.centre(&page.find_starting("button", "core 1,")?)?;
    let swipe = |rest: u32| {
        let places = [card.x, card.y, core.x, core.y].map(|n| json!(n));
        page.script(fingers, &[&places[..], &[json!(rest)]].concat())
    };
    swipe(100)?;
    page.settle()?;
    page.find("button", "Undo: nothing to undo")?;
    swipe(400)?;
    page.wait_changed("Pin recorder to core 1")?;
    let p1b = preset("P1b")?;
    let pinned = edited(p1b.with_pin(thread(&p1b, "recorder").context("the thread")?, Some(CoreId(1))))?;
    ensure!(page.share()?.scenario == pinned);
    page.leave()
}
