//! Keys: the list of them, and that it is true.

use crate::visit::{Person, Visit};
use anyhow::{Result, ensure};
use browser::key;
use gilscope::session::keys;

#[test]
fn a_question_mark_lists_all_keys_and_escape_takes_the_list_away() -> Result<()> {
    let page = Visit::to("#preset=G3")?;
    page.press(&["?"])?;
    let list = page.content(&page.find("dialog", "Keys")?)?;
    for row in keys::rows() {
        let line = format!("{} {}", row.keys.join(" "), row.says);
        let said = list.replace(' ', "");
        ensure!(said.contains(&line.replace(' ', "")), "the list does not say '{line}'");
    }
    // Inside the list no key does anything to the page.
    page.press(&["g"])?;
    page.press(&[key::ESCAPE])?;
    page.wait_closed()?;
    page.settle()?;
    ensure!(page.playhead()? == 0, "a key in the list moved the playhead");
    page.leave()
}

#[test]
fn keys_step_to_hand_offs_and_switches_and_hide_the_future() -> Result<()> {
    let page = Visit::to("#preset=G3")?;
    let step = |keys: &[&str]| -> Result<u64> {
        let before = page.playhead()?;
        page.press(keys)?;
        page.wait_moved(before)?;
        page.playhead()
    };
    let first = step(&["g"])?;
    let second = step(&["g"])?;
    ensure!(first != second);
    ensure!(step(&[key::SHIFT, "g"])? == first, "Shift+G goes back");
    ensure!(step(&[key::SHIFT, key::RIGHT])? == second, "Shift+→ goes on");
    let hidden = || page.attribute(&page.find("button", "Hide future")?, "aria-pressed");
    page.wait_to_see("the future is shown", hidden, |pressed| pressed.as_deref() == Some("false"))?;
    page.press(&["h"])?;
    page.wait_to_see("the future is hidden", hidden, |pressed| pressed.as_deref() == Some("true"))?;
    page.leave()
}

#[test]
fn what_is_typed_into_a_field_stays_there() -> Result<()> {
    let page = Visit::to("#preset=G3&t=12ms&sel=worker")?;
    let field = page.find("textbox", "name")?;
    page.retype(&field, "half n")?;
    page.wait_changed("Rename worker to half n")?;
    ensure!(page.clock()?.starts_with("12.000 ms"), "typing moved the playhead");
    page.find("heading", "half n thread of count.py")?;
    page.leave()
}

#[test]
fn a_thread_is_carried_by_keys_and_moved_by_its_menu() -> Result<()> {
    let page = Visit::to("#preset=P1b&sel=recorder")?;
    page.press(&["m"])?;
    page.find("menu", "recorder")?;
    page.click(&page.find_starting("menuitem", "Pin to core 1")?)?;
    page.wait_changed("Pin recorder to core 1")?;
    page.find_saying("status", "From the start")?;
    let chosen = page.share()?;

    page.go_to("#preset=P1b")?;
    page.carry_by_keys("recorder", "pin recorder to core 1")?;
    page.wait_changed("Pin recorder to core 1")?;
    ensure!(page.share()?.link == chosen.link);
    page.leave()
}
