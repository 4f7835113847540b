//! The harness itself: what it finds, moves and notices. A test that relies on it can only fail if it can.

use anyhow::{Result, ensure};
use browser::{Options, Page, Point, Site, key};
use serde_json::json;
use std::time::Duration;

/// A page that writes down what it is told by the pointer and the keyboard.
const PAD: &str = "data:text/html,<!doctype html><title>pad</title>\
    <button>Play</button><button aria-label='worker 1, wants the GIL'></button><button hidden>Share</button>\
    <button>Twice</button><button>Twice</button>\
    <label>Cores <select><option>1</option><option>2</option></select></label>\
    <label>Name <input></label>\
    <script>heard = [];\
    for (const type of ['pointerdown','pointermove','pointerup','wheel','keydown'])\
      addEventListener(type, (e) => heard.push([type, e.key ?? (e.deltaY || [e.clientX, e.clientY]), e.ctrlKey]));\
    document.querySelector('button').onclick = () => { document.title = 'played'; };</script>";

#[test]
fn things_are_found_by_role_and_name() -> Result<()> {
    let page = Page::open(&Options::default(), PAD)?;
    page.click(&page.find("button", "Play")?)?;
    page.wait_until("the button was clicked", "document.title === 'played'")?;
    ensure!(page.find_starting("button", "worker 1,")?.name == "worker 1, wants the GIL");
    let cores = page.find("combobox", "Cores")?;
    page.choose(&cores, "2")?;
    ensure!(page.property(&cores, "value")? == "2");
    let name = page.find("textbox", "Name")?;
    page.fill(&name, "zip")?;
    ensure!(page.property(&name, "value")? == "zip");
    let error = page.with_patience(Duration::ZERO).find("button", "Twice").unwrap_err().to_string();
    ensure!(error.contains("2 times"), "{error}");
    Ok(())
}

#[test]
fn what_is_missing_or_hidden_is_an_error_that_lists_what_is_there() -> Result<()> {
    let page = Page::open(&Options::default(), PAD)?.with_patience(Duration::ZERO);
    let error = page.find("button", "Share").unwrap_err().to_string();
    ensure!(error.contains("button 'Play'") && error.contains("button 'worker 1, wants the GIL'"), "{error}");
    Ok(())
}

#[test]
fn a_look_at_what_is_not_there_yet_is_taken_again_and_told_when_time_is_up() -> Result<()> {
    let page = Page::open(&Options::default(), PAD)?;
    page.script("setTimeout(() => { document.body.append(document.createElement('output')); }, 300);", &[])?;
    page.wait_until("it is there", "document.querySelector('output').isConnected")?;
    // So is one at what has been replaced.
    let play = page.find("button", "Play")?;
    let replace = "const old = document.querySelector('button'); old.replaceWith(old.cloneNode(true));";
    page.script(replace, &[])?;
    let mut looks = vec![play];
    page.wait_for("a look at the new one", || {
        let Some(play) = looks.pop() else { return Ok(Some(())) };
        page.text(&play).map(|_| None)
    })?;

    let page = page.with_patience(Duration::ZERO);
    let error = page.wait_until("the moon", "document.querySelector('#moon').isConnected").unwrap_err().to_string();
    ensure!(error.contains("in vain: the moon") && error.contains("javascript error: Cannot read"), "{error}");
    let look = || page.wait_to_see("another title", || page.script("return document.title;", &[]), |t| t == "moon");
    let error = format!("{:#}", look().unwrap_err());
    ensure!(error.contains("\"pad\""), "{error}");
    Ok(())
}

#[test]
fn a_look_that_fails_in_another_way_ends_the_waiting() -> Result<()> {
    let page = Page::open(&Options::default(), PAD)?;
    let mut looks = 0;
    let ends = page.wait_for("nothing", || {
        looks += 1;
        page.press(&["no key"]).map(|()| None::<()>)
    });
    let error = ends.unwrap_err().to_string();
    ensure!(looks == 1 && error.starts_with("invalid argument"), "{looks} looks: {error}");
    Ok(())
}

#[test]
fn an_action_returns_when_the_page_has_drawn_what_it_does() -> Result<()> {
    let page = Page::open(&Options::default(), PAD)?;
    let late = "addEventListener('keydown', () => requestAnimationFrame(() => { document.title = 'drawn'; }));";
    page.script(late, &[])?;
    page.press(&["x"])?;
    ensure!(page.script("return document.title;", &[])? == "drawn");
    Ok(())
}

#[test]
fn the_pointer_moves_in_steps_and_keys_combine() -> Result<()> {
    let page = Page::open(&Options::default(), PAD)?;
    page.drag(Point { x: 100.0, y: 300.0 }, Point { x: 400.0, y: 360.0 })?;
    page.wheel(Point { x: 200.0, y: 300.0 }, 0, 120)?;
    page.press(&[key::CONTROL, "z"])?;
    page.wait_until("the key arrived", "heard.at(-1)[1] === 'z'")?;
    let heard = page.script("return heard;", &[])?;
    let heard = heard.as_array().cloned().unwrap_or_default();
    let of = |kind: &str| heard.iter().filter(|event| event[0] == kind).cloned().collect::<Vec<_>>();
    ensure!(of("pointerdown") == [json!(["pointerdown", [100, 300], false])], "{heard:?}");
    ensure!(of("pointermove").len() > 5, "{heard:?}");
    ensure!(of("pointerup") == [json!(["pointerup", [400, 360], false])], "{heard:?}");
    ensure!(of("wheel") == [json!(["wheel", 120, false])], "{heard:?}");
    ensure!(of("keydown").last() == Some(&json!(["keydown", "z", true])), "{heard:?}");
    Ok(())
}

#[test]
fn size_and_preferences_are_those_asked_for() -> Result<()> {
    let options = Options { width: 390, height: 844, density: 2.0, dark: true, still: true, forced: false };
    let page = Page::open(&options, PAD)?;
    let script = "const prefers = (what) => matchMedia(`(prefers-${what})`).matches;
        return [innerWidth, innerHeight, devicePixelRatio,
            prefers('color-scheme: dark'), prefers('reduced-motion: reduce')];";
    let seen = page.script(script, &[])?;
    ensure!(seen == json!([390, 844, 2, true, true]), "{seen}");
    Ok(())
}

#[test]
fn violations_errors_and_the_clipboard_are_seen() -> Result<()> {
    let site = Site::start()?;
    let page = Page::open(&Options::default(), &site.link(""))?;
    page.wait_ready()?;
    page.assert_clean()?;
    // As page code would, not with the privileges of the driver's script.
    page.script("document.body.innerHTML += '<p style=\"color: red\">loud</p>';", &[])?;
    page.wait_until("the violation is reported", "gsViolations.length > 0")?;
    page.script("setTimeout(() => { throw new Error('broken on purpose'); }, 0);", &[])?;
    page.wait_for("the error is in the console", || {
        Ok(page.problems()?.iter().any(|problem| problem.contains("broken on purpose")).then_some(()))
    })?;
    let error = page.assert_clean().unwrap_err().to_string();
    ensure!(error.contains("style-src") && error.contains("broken on purpose"), "{error}");
    let copy = "addEventListener('click', () => navigator.clipboard.writeText('a link'));";
    page.script(copy, &[])?;
    page.click_at(Point { x: 700.0, y: 700.0 })?;
    page.wait_for("the text is copied", || Ok((page.clipboard()? == "a link").then_some(())))
}
