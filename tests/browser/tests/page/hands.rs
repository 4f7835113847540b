//! Everything by hand: the palette, several threads at once, copies, menus everywhere, the table of events; by mouse and by
//! keyboard.

use crate::keyboard::{go_to, tab_to};
use crate::visit::{Person, Visit, edited, preset, thread};
use anyhow::{Context, Result, ensure};
use browser::{Options, key};
use serde_json::json;

/// What the threads of W2 do, in the order in which they are written.
const PROGRAMS: [(&str, &str); 3] = [
    ("main", "python 1ms; input \"your name?\"; python 3ms"),
    ("fetch", "python 1ms; io 12ms; python 3ms"),
    ("count", "python 14ms"),
];

#[test]
fn w2_is_built_from_an_empty_page_with_the_mouse_alone_and_with_the_keyboard_alone() -> Result<()> {
    let mouse = Visit::to("#preset=P1a")?;
    mouse.push("Start with an empty page")?;
    mouse.wait_changed("Start with an empty page")?;
    // Two more threads: one pressed, one dragged out of the palette.
    mouse.push("New thread")?;
    mouse.wait_changed("Add worker")?;
    let tool = mouse.centre(&mouse.find("button", "New thread")?)?;
    let process = mouse.centre(&mouse.find_starting("button", "GIL of")?)?;
    mouse.drag(tool, process)?;
    mouse.find_starting("button", "Undo: Add worker 2")?;
    for (i, (name, program)) in PROGRAMS.into_iter().enumerate() {
        mouse.point_at(["main, thread of", "worker, thread of", "worker 2, thread of"][i])?;
        write(&mouse, name, program, true)?;
    }
    let by_mouse = mouse.share()?;

    let keys = Visit::to("#preset=P1a")?;
    tab_to(&keys, "Start with an empty page")?;
    keys.press(&[key::ENTER])?;
    keys.wait_changed("Start with an empty page")?;
    back_to(&keys, "New thread")?;
    for name in ["Add worker", "Add worker 2"] {
        keys.press(&[key::SPACE])?;
        keys.wait_changed(name)?;
    }
    for (i, (name, program)) in PROGRAMS.into_iter().enumerate() {
        go_to(&keys, ["main, thread of", "worker, thread of", "worker 2, thread of"][i])?;
        keys.press(&[key::ENTER])?;
        keys.wait_selected(["main, thread of", "worker, thread of", "worker 2, thread of"][i])?;
        write(&keys, name, program, false)?;
        keys.script("document.activeElement.blur();", &[])?;
    }
    let by_keys = keys.share()?;
    // Each visit has a server of its own.
    let own = |link: &str| link.split_once('#').map(|(_, own)| own.to_owned());
    ensure!(own(&by_mouse.link) == own(&by_keys.link), "{}\n{}", by_mouse.link, by_keys.link);

    // They do what the claim's threads do.
    let w2 = preset("W2")?;
    for (name, _) in PROGRAMS {
        let ops = |s: &gilscope::scenario::Scenario| -> Result<Vec<_>> {
            let (_, thread) = s.thread(thread(s, name)?).context("a thread")?;
            Ok(thread.program.iter().map(|step| step.op.clone()).collect())
        };
        ensure!(ops(&by_mouse.scenario)? == ops(&w2)?, "{name}: {:?}", ops(&by_mouse.scenario)?);
    }
    mouse.leave()?;
    keys.leave()
}

/// Gives the selected thread a name and a program, by mouse or by keyboard.
fn write(page: &Visit, name: &str, program: &str, by_mouse: bool) -> Result<()> {
    let field = page.find("textbox", "name")?;
    if page.property(&field, "value")? != name {
        if by_mouse {
            page.click(&field)?;
        } else {
            tab_to(page, "name")?;
        }
        page.press(&[key::CONTROL, "a"])?;
        page.type_into(&field, &format!("{name}{}", key::ENTER))?;
        page.find_starting("button", "Undo: Rename")?;
    }
    if by_mouse {
        page.push("Edit as text")?;
    } else {
        tab_to(page, "Edit as text")?;
        page.press(&[key::ENTER])?;
    }
    let text = page.find("textbox", "Program as text")?;
    page.wait_focus("the text", |name| name == "Program as text")?;
    page.press(&[key::CONTROL, "a"])?;
    page.type_into(&text, program)?;
    page.press(&[key::CONTROL, key::ENTER])?;
    page.wait_until("the text is taken", "!document.getElementById('program-text')")
}

/// Presses Shift and Tab until an element has the focus whose name starts so.
fn back_to(page: &Visit, start: &str) -> Result<()> {
    for _ in 0..120 {
        page.press(&[key::SHIFT, key::TAB])?;
        if page.focused()?.name.starts_with(start) {
            return Ok(());
        }
    }
    anyhow::bail!("Shift and Tab do not lead to '{start}'")
}

#[test]
fn what_is_left_by_a_key_is_opened_again_by_undo_and_keeps_its_name() -> Result<()> {
    let page = Visit::to("#preset=P1a")?;
    page.push("Start with an empty page")?;
    page.wait_changed("Start with an empty page")?;
    let shown = "document.querySelector('select[aria-label=Scenario]').selectedOptions[0].textContent";
    page.wait_until("it is one's own", &format!("{shown} === 'Own scenario'"))?;
    page.settle()?;
    ensure!(page.script("return !document.querySelector('.is-change');", &[])? == true, "a new page has no past");
    page.push("New thread")?;
    page.wait_changed("Add worker")?;
    let own = page.share()?.scenario;
    page.press(&["n"])?;
    page.wait_field("combobox", "Scenario", "P1a")?;
    page.find_saying("status", "Your changes to what was open are one step back")?;
    page.push("Open again")?;
    page.wait_changed("Add worker")?;
    page.wait_until("it is one's own again", &format!("{shown} === 'Own scenario'"))?;
    ensure!(page.share()?.scenario == own);
    let redo = "!document.querySelector('button[aria-label^=\"Redo: \"]').disabled";
    page.wait_until("it can be done again", redo)?;
    page.press(&[key::CONTROL, key::SHIFT, "z"])?;
    page.wait_field("combobox", "Scenario", "P1a")?;
    page.press(&[key::CONTROL, "z"])?;
    page.wait_changed("Add worker")?;
    page.leave()
}

#[test]
fn several_threads_are_carried_at_once_and_a_key_makes_copies() -> Result<()> {
    let page = Visit::to("#preset=G4")?;
    let held = "const [key, type] = arguments; window.dispatchEvent(new KeyboardEvent(type, { key, altKey: type === 'keydown' }));";
    page.carry("child, thread of", "process parent")?;
    page.script(held, &[json!("Alt"), json!("keydown")])?;
    page.find_saying("status", "copy child to parent")?;
    page.script(held, &[json!("Alt"), json!("keyup")])?;
    page.find_saying("status", "move child to parent")?;
    page.press(&[key::ESCAPE])?;
    page.let_go()?;
    page.leave()?;

    let page = Visit::to("#preset=P2")?;
    page.press(&[key::CONTROL, "a"])?;
    page.find_saying("status", "threads are selected")?;
    page.wait_until(
        "they are shown as selected",
        "document.querySelectorAll('.overlay [aria-pressed=true]').length >= 3",
    )?;
    page.carry("draw, thread of", "pin of core 1")?;
    page.let_go()?;
    page.find_starting("button", "Undo: Pin 3 threads to core 1")?;
    page.leave()
}

#[test]
fn everything_has_a_menu_by_right_click_and_by_key() -> Result<()> {
    let page = Visit::to("#preset=G3&t=12ms")?;
    for (start, title) in
        [("core 0,", "Core 0"), ("process count.py", "Process count.py"), ("GIL of", "GIL of count.py")]
    {
        go_to(&page, start)?;
        page.press(&["m"])?;
        page.find("menu", title)?;
        page.press(&[key::ESCAPE])?;
        page.wait_closed()?;
    }
    let queue = page.centre(&page.find_starting("button", "ready queue")?)?;
    let right = "const [clientX, clientY] = arguments; document.querySelector('canvas').dispatchEvent(new MouseEvent(
        'contextmenu', { clientX, clientY, bubbles: true, cancelable: true, button: 2 }));";
    page.script(right, &[json!(queue.x), json!(queue.y)])?;
    page.find("menu", "Ready queue")?;
    page.click(&page.find_starting("menuitem", "Policy: first come")?)?;
    page.wait_changed("Set the policy to first come")?;
    page.wait_closed()?;
    page.leave()
}

#[test]
fn the_board_and_the_lanes_are_one_tab_stop_each() -> Result<()> {
    let page = Visit::to("#preset=G3&t=12ms")?;
    let stops = "return ['Board', 'Lanes'].map((name) =>
        document.querySelectorAll(`.overlay [aria-label=${name}] [tabindex='0']`).length);";
    let wait_stops = || page.wait_to_see("one of each", || page.script(stops, &[]), |n| *n == json!([1, 1]));
    wait_stops()?;
    go_to(&page, "GIL of")?;
    page.settle()?;
    wait_stops()?;
    page.press(&[key::TAB])?;
    page.wait_focus("a lane", |name| name.starts_with("lane of"))?;
    // On a lane, time lies to the left and right.
    let before = page.playhead()?;
    page.press(&[key::RIGHT])?;
    page.wait_moved(before)?;
    page.press(&[key::SHIFT, key::TAB])?;
    page.wait_focus("the GIL", |name| name.starts_with("GIL of"))?;
    page.leave()
}

#[test]
fn the_table_of_events_goes_along_with_the_playhead_and_leads_to_any_event() -> Result<()> {
    let page = Visit::to("#preset=G3&t=12ms")?;
    page.press(&["e"])?;
    page.find("region", "All events")?;
    let current = || -> Result<String> {
        let row = page.script("return document.querySelector('tr[aria-current]').textContent;", &[])?;
        Ok(row.as_str().unwrap_or_default().to_owned())
    };
    page.wait_to_see("the row of the playhead", current, |row| !row.is_empty())?;
    let story = page.story()?;
    let first = "document.querySelector('.events tbody tr')";
    page.script("document.querySelector('.events-rows').scrollTop = 0;", &[])?;
    page.wait_until("the first row is there", &format!("{first}.ariaRowIndex === '2'"))?;
    page.script(&format!("{first}.querySelector('button').click();"), &[])?;
    page.wait_clock("0.000")?;
    page.wait_to_see("the row of the start", current, |row| row.starts_with('0'))?;
    page.wait_to_see("another story", || page.story(), |now| *now != story)?;
    page.push("Close the table")?;
    page.wait_until("the table is closed", "!document.querySelector('.events')")?;
    page.leave()
}

#[test]
fn forced_colours_and_twice_the_text_lose_nothing() -> Result<()> {
    let page = Visit::to("#preset=W2&t=8ms")?;
    page.become_like(&Options { forced: true, ..Options::default() })?;
    let borders =
        "return [...document.querySelectorAll('.button, .icon-button, .tool')].filter((e) => e.checkVisibility()
        && getComputedStyle(e).borderTopWidth === '0px').map((e) => e.getAttribute('aria-label') ?? e.textContent);";
    page.settle()?;
    page.wait_to_see("nothing is without a border", || page.script(borders, &[]), |list| *list == json!([]))?;
    page.become_like(&Options::default())?;
    page.script("document.documentElement.style.setProperty('font-size', '200%');", &[])?;
    page.settle()?;
    let lost = "return [...document.querySelectorAll('button, select, h2, p')].filter((e) => e.checkVisibility()
        && !e.closest('.overlay, .visually-hidden') && !e.classList.contains('visually-hidden')
        && (e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).overflowX === 'hidden'
            && getComputedStyle(e).textOverflow !== 'ellipsis')).map((e) => e.textContent);";
    page.wait_to_see("no text is lost", || page.script(lost, &[]), |list| *list == json!([]))?;
    page.leave()
}

#[test]
fn what_is_new_is_where_it_is_dropped() -> Result<()> {
    let page = Visit::to("#preset=G4")?;
    let tool = page.centre(&page.find("button", "New lock")?)?;
    let child = page.find_starting("button", "process child")?;
    let at = page.resting(&child)?;
    page.drag(tool, browser::Point { x: at.x + at.width - 12.0, y: at.y + at.height - 8.0 })?;
    page.find_starting("button", "Undo: Add lock")?;
    let g4 = preset("G4")?;
    let child = g4.processes.iter().find(|p| p.name == "child").context("the process")?.id;
    let expected = edited(g4.with_new_resource(child, gilscope::scenario::ResourceKind::Lock))?;
    ensure!(page.share()?.scenario == expected);
    page.leave()
}
