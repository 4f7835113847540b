//! Links that cannot be opened.

use crate::visit::{Person, Visit, preset};
use anyhow::{Result, ensure};
use gilscope::scenario::link;

/// A link that holds the preset P2 but for one character of it.
fn damaged() -> Result<String> {
    let mut text = link::share(&preset("P2")?)?.into_bytes();
    let middle = text.len() / 2;
    text[middle] = if text[middle] == b'A' { b'B' } else { b'A' };
    Ok(format!("s={}", String::from_utf8(text)?))
}

/// A link larger than any that is opened.
fn oversized() -> String {
    format!("s=gs1.AAAAAA.{}", "A".repeat(link::MAX_TEXT))
}

#[test]
fn a_damaged_link_says_so_and_opens_nothing_else() -> Result<()> {
    let fragment = damaged()?;
    let page = Visit::to_broken(&format!("#{fragment}"))?;
    is_refused(&page, &fragment)?;
    // From there a person gets on.
    page.push("Open P1a instead")?;
    page.wait_ready()?;
    page.find("heading", &preset("P1a")?.title)?;
    page.leave()
}

#[test]
fn an_oversized_link_says_so_and_opens_nothing_else() -> Result<()> {
    let fragment = oversized();
    let page = Visit::to_broken(&format!("#{fragment}"))?;
    is_refused(&page, &fragment)?;
    page.leave()
}

#[test]
fn a_damaged_link_takes_nothing_away_from_what_was_open() -> Result<()> {
    let page = Visit::to("#preset=P2")?;
    page.carry("draw, thread of photo viewer", "core 1,")?;
    page.let_go()?;
    page.wait_changed("Pin draw to core 1")?;
    let before = page.share()?;
    let fragment = damaged()?;
    page.follow(&format!("#{fragment}"))?;
    is_refused(&page, &fragment)?;
    page.push("Back to what was open")?;
    page.wait_changed("Pin draw to core 1")?;
    ensure!(page.share()?.link == before.link);
    page.leave()
}

/// The page shows why a link cannot be opened, keeps its text, and shows no scenario.
fn is_refused(page: &Visit, fragment: &str) -> Result<()> {
    page.find("heading", "This link cannot be opened")?;
    let why = link::decode(fragment).expect_err("the link is broken").to_string();
    page.find_saying("alert", &why)?;
    let kept = page.field("textbox", "The text of the damaged link")?;
    ensure!(kept == fragment, "kept is {kept}");
    page.settle()?;
    ensure!(page.url()?.ends_with(fragment), "the address is {}", page.url()?);
    for tool in ["Play", "Share", "Next event"] {
        ensure!(page.property(&page.find("button", tool)?, "disabled")? == true, "{tool} can be pressed");
    }
    let shown = page.script("return document.body.innerText;", &[])?;
    let shown = shown.as_str().unwrap_or_default();
    for preset in gilscope::scenario::presets::all() {
        let text = preset.scenario().texts.in_short;
        ensure!(!shown.contains(&text), "{} is shown", preset.name);
    }
    let pictures =
        page.script("return [...document.querySelectorAll('canvas')].filter((c) => c.checkVisibility()).length;", &[])?;
    ensure!(pictures == 0, "{pictures} pictures are shown");
    Ok(())
}
