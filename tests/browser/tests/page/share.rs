//! Passing on what is open, and opening what was passed on.

use crate::visit::{Person, Visit, duo, duo_link};
use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use browser::key;
use gilscope::scenario::{Scenario, json, link};
use std::fs;

/// Another scenario.
fn foreign(title: &str) -> Result<Scenario> {
    Ok(Scenario { title: title.to_owned(), ..duo()? })
}

/// The page with one change.
fn changed() -> Result<Visit> {
    let page = Visit::to(&duo_link()?)?;
    page.carry("editor, thread of editor", "core 1,")?;
    page.let_go()?;
    page.wait_changed("Pin editor to core 1")?;
    Ok(page)
}

#[test]
fn the_panel_is_used_by_keyboard_and_gives_the_focus_back() -> Result<()> {
    let page = Visit::to("#preset=P1b")?;
    let share = page.find("button", "Share")?;
    page.type_into(&share, key::ENTER)?;
    page.find("dialog", "Share")?;
    // Keys are the panel's now.
    page.press_named("ArrowRight")?;
    page.press_named("Escape")?;
    page.wait_closed()?;
    page.wait_focus("the button", |name| name == share.name)?;
    page.settle()?;
    ensure!(page.playhead()? == 0, "the key reached the page beneath");
    page.leave()
}

/// What is hidden with it keeps the focus until the next frame.
#[test]
fn the_first_key_after_it_is_closed_is_the_pages() -> Result<()> {
    let page = Visit::to("#preset=P1b")?;
    let before = page.playhead()?;
    page.push("Share")?;
    page.click(&page.find("textbox", "Link")?)?;
    let at_once = "document.querySelector('dialog[open]').close();
        const had = document.querySelector('#share textarea, #share input');
        had.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));";
    page.script(at_once, &[])?;
    page.wait_moved(before)?;
    page.leave()
}

#[test]
fn the_link_opens_the_same_scenario_at_the_same_moment() -> Result<()> {
    let page = changed()?;
    page.step()?;
    page.wait_computed()?;
    let clock = page.clock()?;
    page.push("Share")?;
    page.find_saying("dialog", "Short enough for mail, chats and course sites.")?;
    let plain = page.field("textbox", "Link")?;
    ensure!(!plain.contains("&t="), "{plain}");
    page.click(&page.find_starting("checkbox", "Open at ")?)?;
    let here =
        page.wait_for("the moment", || Ok(Some(page.field("textbox", "Link")?).filter(|link| link.contains("&t="))))?;
    page.push("Copy link")?;
    page.find_saying("status", "Link copied")?;
    ensure!(page.clipboard()? == here && page.url()? == here);
    let other = page.again()?;
    other.wait_clock(&clock)?;
    ensure!(link::decode(&here)? == other.share()?.scenario);
    other.assert_clean()?;
    page.leave()
}

#[test]
fn without_a_clipboard_the_link_is_selected() -> Result<()> {
    let page = Visit::to("#preset=P1b")?;
    page.script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));", &[])?;
    page.push("Share")?;
    page.push("Copy link")?;
    page.find_saying("status", "The clipboard is out of reach.")?;
    let link = page.field("textbox", "Link")?;
    let selected = || page.script("return getSelection().toString();", &[]);
    page.wait_to_see("what is selected", selected, |text| *text == link)?;
    page.leave()
}

#[test]
fn the_preview_is_the_frame_that_the_html_makes() -> Result<()> {
    let page = changed()?;
    page.push("Share")?;
    let scenario = link::decode(&page.field("textbox", "Link")?)?;
    page.choose(&page.find("combobox", "readers may")?, "everything, also edit")?;
    page.choose(&page.find("combobox", "size")?, "360 × 480")?;
    page.choose(&page.find("combobox", "theme")?, "dark")?;
    let html = page.wait_for("the HTML", || {
        Ok(Some(page.field("textbox", "HTML of the frame")?).filter(|html| html.contains("theme=dark")))
    })?;
    for part in ["?embed&amp;mode=edit&amp;theme=dark#s=gs1.", "width=\"360\" height=\"480\"", "title=\"gilscope: "] {
        ensure!(html.contains(part), "{part} is not in {html}");
    }
    page.push("Copy HTML")?;
    page.find_saying("status", "HTML copied")?;
    ensure!(page.clipboard()? == html);

    page.enter("Preview of the frame")?;
    page.wait_ready()?;
    page.wait_until("the dark frame", "document.documentElement.dataset.theme === 'dark'")?;
    page.find("button", "Undo")?;
    page.find_starting("button", "editor, thread of editor")?;
    let full = page.property(&page.find("link", "Open full page")?, "href")?;
    ensure!(link::decode(full.as_str().context("no address")?)? == scenario);
    page.go_out()?;
    page.leave()
}

#[test]
fn a_file_holds_the_scenario_and_is_opened_again() -> Result<()> {
    let page = changed()?;
    page.push("Share")?;
    let file = page.find("link", "Download scenario (JSON)")?;
    let name = page.attribute(&file, "download")?.context("it is not downloaded")?;
    ensure!(name == "gilscope-duo.json", "{name}");
    let address = page.attribute(&file, "href")?.context("no address")?;
    let text = STANDARD.decode(address.strip_prefix("data:application/json;base64,").context("no file")?)?;
    let text = String::from_utf8(text)?;
    ensure!(json::from_str(&text)? == link::decode(&page.field("textbox", "Link")?)?);

    let folder = tempfile::tempdir()?;
    let path = folder.path().join("mine.json");
    fs::write(&path, json::to_string_pretty(&foreign("My own")?))?;
    page.choose_file(&path)?;
    page.find_saying("status", "Opened mine.json")?;
    page.find("heading", "My own")?;
    ensure!(page.share()?.scenario == foreign("My own")?);
    page.leave()
}

#[test]
fn a_file_is_dropped_and_a_bad_one_changes_nothing() -> Result<()> {
    let page = changed()?;
    drop_file(&page, "bad.json", "{\"v\":1,\"computer\":{\"cores\":65}}")?;
    page.find_saying("alert", "bad.json cannot be opened: computer: 65 cores; from 1 to 64")?;
    page.wait_changed("Pin editor to core 1")?;
    drop_file(&page, "good.json", &json::to_string(&foreign("Dropped")?))?;
    page.find("heading", "Dropped")?;
    page.leave()
}

#[test]
fn what_is_too_large_for_a_link_is_a_file() -> Result<()> {
    let page = Visit::to("#preset=P1b")?;
    let mut large = foreign("Large")?;
    large.extra.insert("notes".to_owned(), "x".repeat(link::MAX_JSON).into());
    drop_file(&page, "large.json", &json::to_string(&large))?;
    page.find("heading", "Large")?;
    page.push("Share")?;
    page.find_saying("dialog", "more than a link may hold. Download the scenario instead.")?;
    page.find("link", "Download scenario (JSON)")?;
    ensure!(page.script("return document.querySelectorAll('iframe').length;", &[])? == 0);
    page.leave()
}

/// Drops a file on the page, as from another window.
fn drop_file(page: &Visit, name: &str, text: &str) -> Result<()> {
    let script = "const data = new DataTransfer();
        data.items.add(new File([arguments[1]], arguments[0], { type: 'application/json' }));
        const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
        return !document.body.dispatchEvent(event);";
    let taken = page.script(script, &[name.into(), text.into()])?;
    ensure!(taken == true, "the page leaves the file to the browser");
    Ok(())
}
