//! The claim: its texts, its source, and the way to the next.

use crate::visit::{Person, Visit, preset};
use anyhow::{Context, Result, ensure};
use gilscope::scenario::presets;

#[test]
fn buttons_lead_to_the_next_and_the_previous_claim() -> Result<()> {
    let page = Visit::to("")?;
    let names: Vec<_> = presets::all().iter().map(|p| p.name).collect();
    page.find("button", "Previous claim: there is none")?;
    page.click(&page.find_starting("button", &format!("Next claim: {} ·", names[1]))?)?;
    page.find("heading", &preset(names[1])?.title)?;
    page.click(&page.find_starting("button", &format!("Previous claim: {} ·", names[0]))?)?;
    page.find("heading", &preset(names[0])?.title)?;
    page.leave()
}

#[test]
fn the_lines_that_threads_are_at_are_lit_with_their_names() -> Result<()> {
    let page = Visit::to("#preset=G3&t=12ms")?;
    let lit = || -> Result<String> {
        let script =
            "return [...document.querySelectorAll('.source .lit')].map((l) => l.textContent.trim()).join('|');";
        Ok(page.script(script, &[])?.as_str().context("no text")?.to_owned())
    };
    let has_both = |lit: &String| ["n -= 1", "main", "worker"].iter().all(|part| lit.contains(part));
    page.wait_to_see("both threads are at a line", lit, has_both)?;
    page.press_named("End")?;
    page.wait_to_see("nobody is at a line at the end", lit, String::is_empty)?;
    page.leave()
}

#[test]
fn more_exactly_is_shown_by_its_button_and_taken_back_by_the_same() -> Result<()> {
    let page = Visit::to("#preset=W4")?;
    let w4 = presets::by_name("W4").context("there is W4")?;
    let variant = &w4.variants()[0];
    let wait_pressed = |expected: &str| {
        let pressed = || page.attribute(&page.find("button", variant.label)?, "aria-pressed");
        page.wait_to_see("whether the button is pressed", pressed, |now| now.as_deref() == Some(expected)).map(drop)
    };
    wait_pressed("false")?;
    page.click(&page.find("button", variant.label)?)?;
    page.wait_changed(variant.label)?;
    wait_pressed("true")?;
    ensure!(page.share()?.scenario == w4.variant(variant));
    // Whoever shows what the text says has not broken the claim.
    ensure!(!page.inspector()?.contains("may no longer hold"));
    page.click(&page.find("button", variant.label)?)?;
    page.wait_changed("Back to the claim")?;
    wait_pressed("false")?;
    ensure!(page.share()?.scenario == w4.scenario());
    page.leave()
}
