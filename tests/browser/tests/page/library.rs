//! The library: found by typing, chosen by keys; one's own scenarios are kept, renamed, deleted and back again.

use crate::visit::{Person, Visit, duo, duo_link};
use anyhow::{Context, Result, ensure};
use browser::{Page, key};

/// Opens the library by its key.
fn open(page: &Page) -> Result<()> {
    page.press(&["/"])?;
    page.find("dialog", "Scenarios")?;
    // It comes into the dialog by itself, and would leave any field for that in which somebody is by then.
    wait_focus(page, "Search scenarios")
}

/// The name of what has the focus. Between two questions to the driver it may be gone: this is one.
fn focused(page: &Page) -> Result<String> {
    let script = "const has = document.activeElement; return has.getAttribute('aria-label') ?? has.textContent.trim();";
    Ok(page.script(script, &[])?.as_str().unwrap_or_default().to_owned())
}

fn wait_focus(page: &Page, name: &str) -> Result<()> {
    page.wait_to_see(&format!("the focus on '{name}'"), || focused(page), |now| now == name).map(drop)
}

/// Saves what is open under a name, by keys.
fn save(page: &Page, name: &str) -> Result<()> {
    page.retype(&page.find("textbox", "Save what is open as")?, name)
}

/// What a card's picture shows, as text.
const PICTURE: &str = "document.querySelector('#library canvas[data-of=S11]').toDataURL()";

#[test]
fn a_scenario_is_found_by_typing_and_opened_by_keys() -> Result<()> {
    let page = Visit::to("#preset=P1b")?;
    open(&page)?;
    page.type_into(&page.find("searchbox", "Search scenarios")?, "deadlock two orders")?;
    page.wait_until("one card is left", "document.querySelectorAll('.card').length === 1")?;
    page.find_saying("status", "1 scenario found")?;
    page.wait_until("its picture is there", "document.querySelector('#library canvas').dataset.painted")?;
    let still = page.script(&format!("return {PICTURE};"), &[])?;
    page.press(&[key::DOWN])?;
    wait_focus(&page, "S11 · Deadlock: two locks, two orders")?;
    page.wait_for("it plays", || Ok((page.script(&format!("return {PICTURE};"), &[])? != still).then_some(())))?;
    page.press(&[key::ENTER])?;
    page.wait_field("combobox", "Scenario", "S11")?;
    page.wait_closed()?;
    page.leave()
}

#[test]
fn arrows_lead_through_the_cards_and_letters_into_the_search() -> Result<()> {
    let page = Visit::to("#preset=G3")?;
    page.push("Scenarios")?;
    wait_focus(&page, "Search scenarios")?;
    page.press(&[key::DOWN])?;
    wait_focus(&page, "P1a · One core: everything takes turns")?;
    page.press(&[key::RIGHT])?;
    wait_focus(&page, "P1b · Two cores: two processes at the same moment")?;
    page.press(&[key::END])?;
    wait_focus(&page, "Y3 · The convoy at the GIL: replies wait for sums")?;
    page.press(&[key::UP])?;
    page.press(&[key::DOWN])?;
    page.press(&[key::HOME])?;
    wait_focus(&page, "P1a · One core: everything takes turns")?;
    page.press(&["/"])?;
    wait_focus(&page, "Search scenarios")?;
    page.press(&["q"])?;
    page.wait_until("the key is no letter of it", "document.getElementById('library-search').value === 'q'")?;
    page.press(&["x"])?;
    page.find_saying("dialog", "Nothing is called that")?;
    page.press(&[key::ESCAPE])?;
    page.wait_closed()?;
    page.settle()?;
    ensure!(page.field("combobox", "Scenario")? == "G3", "something else was opened");
    page.leave()
}

#[test]
fn what_was_saved_is_there_after_a_reload_and_a_deletion_is_taken_back() -> Result<()> {
    let page = Visit::to(&duo_link()?)?;
    open(&page)?;
    save(&page, "My duo")?;
    page.find_saying("status", "Saved “My duo”")?;
    page.find("button", "My duo")?;
    wait_kept(&page, |kept| kept.len() == 1)?;
    page.reload()?;
    page.wait_ready()?;
    open(&page)?;
    page.find("button", "My duo")?;
    page.press(&[key::DOWN])?;
    wait_focus(&page, "My duo")?;
    page.press(&[key::DELETE])?;
    page.find_saying("status", "Deleted “My duo”")?;
    wait_focus(&page, "Undo")?;
    wait_kept(&page, <[String]>::is_empty)?;
    page.press(&[key::ENTER])?;
    wait_focus(&page, "My duo")?;
    wait_kept(&page, |kept| kept.len() == 1)?;

    page.press(&[F2])?;
    wait_focus(&page, "New name")?;
    page.retype(&page.focused()?, "Duet")?;
    wait_focus(&page, "Duet")?;
    wait_kept(&page, |kept| kept.len() == 1 && kept[0].contains("Duet"))?;
    page.go_to("#preset=G3")?;
    open(&page)?;
    page.push("Duet")?;
    page.wait_closed()?;
    page.find("heading", "Duo")?;
    ensure!(page.share()?.scenario == duo()?);
    page.leave()
}

/// The key that renames.
const F2: &str = "\u{e032}";

/// What the browser's database holds. The page has opened it by then, so it is the page that has made it.
const KEPT: &str = "const done = arguments[arguments.length - 1], request = indexedDB.open('gilscope');
    request.onsuccess = () => {
        const all = request.result.transaction('scenarios').objectStore('scenarios').getAll();
        all.onsuccess = () => { request.result.close(); done(all.result); };
    };";

/// Waits until the browser keeps scenarios that fit: what is being written is lost with the page.
fn wait_kept(page: &Page, fits: impl Fn(&[String]) -> bool) -> Result<()> {
    let kept = || -> Result<Vec<String>> {
        let kept = page.script_async(KEPT, &[])?;
        Ok(kept.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect())
    };
    page.wait_to_see("what is kept", kept, |kept| fits(kept)).map(drop)
}

#[test]
fn a_name_that_is_taken_replaces_and_that_is_taken_back() -> Result<()> {
    let page = Visit::to(&duo_link()?)?;
    open(&page)?;
    save(&page, "One")?;
    page.find_saying("status", "Saved “One”")?;
    page.find("button", "Replace")?;
    save(&page, "one")?;
    page.find_saying("status", "Replaced “one”")?;
    page.wait_until("there is one", "document.querySelectorAll('[data-card^=own]').length === 1")?;
    page.push("Undo")?;
    page.find("button", "One")?;
    save(&page, " ")?;
    page.find_saying("status", "It needs a name")?;
    page.leave()
}

#[test]
fn what_is_begun_on_an_empty_page_is_named_saved_and_named_again() -> Result<()> {
    let page = Visit::to("#preset=P1b")?;
    open(&page)?;
    page.push("Start with an empty page")?;
    page.wait_closed()?;
    page.wait_changed("Start with an empty page")?;
    open(&page)?;
    save(&page, "Lock lecture")?;
    page.find_saying("status", "Saved “Lock lecture”")?;
    page.push("Rename Lock lecture")?;
    wait_focus(&page, "New name")?;
    page.retype(&page.focused()?, "Locks 101")?;
    page.find_saying("status", "It is called “Locks 101” now")?;
    // Enter would save a second one.
    page.wait_field("textbox", "Save what is open as", "Locks 101")?;
    page.find("button", "Replace")?;
    page.press(&[key::ESCAPE])?;
    page.wait_closed()?;
    page.find("heading", "Locks 101")?;
    page.retype(&page.find("textbox", "what it shows")?, "Two take turns")?;
    page.wait_changed("Set the claim in short")?;
    let shared = page.share()?.scenario;
    ensure!((shared.title.as_str(), shared.texts.in_short.as_str()) == ("Locks 101", "Two take turns"));

    // Another empty page is not the saved one any more.
    open(&page)?;
    page.push("Start with an empty page")?;
    page.wait_closed()?;
    page.find("heading", "A scenario without a title")?;
    open(&page)?;
    page.wait_field("textbox", "Save what is open as", "My scenario")?;
    page.find("button", "Save")?;
    page.leave()
}

/// The browser tells only later that a dialog has closed.
#[test]
fn what_is_opened_again_at_once_is_there() -> Result<()> {
    let page = Visit::to("#preset=P1b")?;
    open(&page)?;
    let at_once = "document.querySelector('#library').close();
        const had = document.querySelector('#library-search');
        had.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }));
        return document.querySelector('#library').open;";
    ensure!(page.script(at_once, &[])? == true, "the key does not open it at once");
    // After all that was to be told of the first time.
    page.settle()?;
    page.find("dialog", "Scenarios")?;
    page.find("button", "P1a · One core: everything takes turns")?;
    page.leave()
}

#[test]
fn a_browser_that_keeps_nothing_says_so_once_and_the_page_works_on() -> Result<()> {
    let page = Visit::to(&duo_link()?)?;
    page.script(
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } });",
        &[],
    )?;
    open(&page)?;
    page.find_saying("status", "keeps nothing for this page")?;
    save(&page, "For now")?;
    page.find_saying("status", "Saved “For now”")?;
    page.press(&[key::ESCAPE])?;
    page.wait_closed()?;
    open(&page)?;
    page.find("button", "For now")?;
    page.settle()?;
    let said = page.text(&page.find("dialog", "Scenarios")?)?;
    ensure!(!said.contains("keeps nothing"), "it is said twice: {said}");
    page.leave()
}

#[test]
fn a_browser_without_room_says_so_and_the_page_works_on() -> Result<()> {
    let page = Visit::to(&duo_link()?)?;
    page.script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };",
        &[],
    )?;
    open(&page)?;
    save(&page, "Too much")?;
    page.find_saying("status", "no room left")?;
    page.find("button", "Too much")?;
    page.leave()
}

#[test]
fn a_reload_that_would_lose_changes_is_told_once() -> Result<()> {
    let page = Visit::to(&duo_link()?)?;
    page.script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };", &[])?;
    page.carry("editor, thread of editor", "core 1,")?;
    page.let_go()?;
    page.find_saying("status", "no room left")?;
    page.push("Undo: Pin editor to core 1")?;
    page.wait_until("it is not said again", "!document.body.innerText.includes('no room left')")?;
    page.leave()
}

#[test]
fn a_file_that_is_no_scenario_says_why_and_changes_nothing() -> Result<()> {
    let page = Visit::to(&duo_link()?)?;
    let address = page.url()?;
    open(&page)?;
    let drop_file = |name: &str, content: &str| {
        let script = "const data = new DataTransfer();
            data.items.add(new File([eval(arguments[1])], arguments[0]));
            document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));";
        page.script(&script.replace("eval(arguments[1])", content), &[name.into()])
    };
    for (name, content, says) in [
        ("diary.txt", "'Dear diary'", "diary.txt cannot be opened: this is not a gilscope file"),
        ("film.mp4", "new Uint8Array(5 << 20)", "film.mp4 cannot be opened: it is larger than any scenario (4 MiB)"),
        ("empty.json", "''", "empty.json cannot be opened: it is empty"),
        ("cut.json", "'{\"v\":1,'", "cut.json cannot be opened: it is damaged: line 1"),
        ("new.json", "'{\"v\":9}'", "new.json cannot be opened: it was made by a newer version of gilscope"),
    ] {
        drop_file(name, content)?;
        page.find_saying("alert", says)?;
    }
    page.find("heading", "Duo")?;
    page.find("button", "Undo: nothing to undo")?;
    ensure!(page.url()? == address, "the address has changed");
    page.leave()
}

#[test]
fn on_a_first_visit_the_first_preset_plays_and_three_hints_never_come_back() -> Result<()> {
    let page = Visit::to("")?;
    let beside = |what: &str| -> Result<()> {
        // In the place of the one before, it may stand there for a frame.
        page.wait_until(
            &format!("the hint does not cover {what}"),
            &format!(
                "(() => {{
                    const [hint, thing] = ['.hint', '{what}'].map((s) => document.querySelector(s).getBoundingClientRect());
                    return hint.bottom <= thing.top || hint.top >= thing.bottom;
                }})()"
            ),
        )
    };
    page.find("button", "Pause")?;
    page.find_saying("status", "It plays.")?;
    beside(".transport .primary")?;
    page.press(&[key::SPACE])?;
    page.find_saying("status", "Drag a thread")?;
    // By keyboard: it stands behind the picture's tools, and Enter presses it.
    page.focus_on(".hint button")?;
    wait_focus(&page, "Got it")?;
    page.press(&[key::ENTER])?;
    page.find_saying("status", "A link from here")?;
    beside(".history .gold")?;
    // Under what is carried it would lie in the way.
    page.carry("editor, thread of", "core 0,")?;
    page.wait_until("no hint lies in the way", "!document.querySelector('.hint')")?;
    page.press(&[key::ESCAPE])?;
    page.let_go()?;
    page.find_saying("status", "A link from here")?;
    page.reload()?;
    page.wait_ready()?;
    page.find_saying("status", "A link from here").context("a reload in between changes nothing")?;
    page.push("Share")?;
    page.push("Close")?;
    page.wait_until("no hint is left", "!document.querySelector('.hint')")?;
    for come in ["", "#preset=G3", ""] {
        page.leave_and_come(come)?;
        page.settle()?;
        ensure!(page.script("return document.querySelector('.hint');", &[])?.is_null(), "a hint at '{come}'");
    }
    page.leave()
}

#[test]
fn who_comes_by_a_link_or_reads_an_embed_sees_no_hints() -> Result<()> {
    for come in ["#preset=G3", "?embed", "?embed#preset=P1a"] {
        let page = Visit::to(come)?;
        page.settle()?;
        ensure!(page.script("return document.querySelector('.hint');", &[])?.is_null(), "a hint at '{come}'");
        page.leave()?;
    }
    Ok(())
}
