//! Quick hands: what is done before the page has drawn what was done before it. Each script here does both in one go.

use crate::visit::{Person, Visit, preset, thread};
use anyhow::{Result, ensure};
use browser::Page;

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
