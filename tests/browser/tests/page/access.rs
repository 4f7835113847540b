//! What keeps people with disabilities out, as far as a machine can find it: axe-core in the page's states.

use crate::visit::{Person, Visit};
use anyhow::{Context, Result, ensure};
use browser::{Options, Page};
use gilscope::scenario::presets;
use std::env;
use std::fs;

/// What axe-core finds in the page as it is: the rule, the impact, and where.
fn findings(page: &Page, axe: &str) -> Result<String> {
    // Buttons change their colour over some frames, and what is between the two is not to be read.
    let still = "document.getAnimations().every((a) => !(a instanceof CSSTransition))";
    page.wait_until("no colour changes any more", still)?;
    // A frame in the page is a page of its own, and checked as such.
    // The script defines itself on `window`; the second half runs once it has.
    page.script(axe, &[])?;
    let run = "return axe.run(document, { resultTypes: ['violations'], iframes: false }).then((result) => result.violations
        .map((v) => `${v.id} (${v.impact}): ${v.help}\\n` + v.nodes.map((n) => `    ${n.html.slice(0, 160)}`).join('\\n'))
        .join('\\n'));";
    Ok(page.script(run, &[])?.as_str().context("axe says nothing")?.to_owned())
}

fn axe() -> Result<String> {
    let path = env::var("GILSCOPE_AXE").context("GILSCOPE_AXE names no axe.min.js: `cargo xtask test` sets it")?;
    fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))
}

#[test]
fn axe_finds_nothing_in_any_claim_in_light_and_dark_and_on_a_phone() -> Result<()> {
    let axe = axe()?;
    let page = Visit::to("")?;
    let looks = [
        Options::default(),
        Options { dark: true, ..Options::default() },
        Options { width: 390, height: 844, ..Options::default() },
    ];
    for (i, preset) in presets::all().iter().enumerate() {
        // Each claim in one of the looks, so that all are seen with several of them.
        page.become_like(&looks[i % looks.len()])?;
        page.go_to(&format!("#preset={}&t=7ms", preset.name))?;
        let found = findings(&page, &axe)?;
        ensure!(found.is_empty(), "{}:\n{found}", preset.name);
    }
    page.leave()
}

#[test]
fn axe_finds_nothing_in_three_themes_in_full_and_in_frames() -> Result<()> {
    let axe = axe()?;
    let page = Visit::to("#preset=S5&t=12ms&sel=Ada")?;
    for theme in ["light", "dark", "contrast"] {
        page.click(&page.find_starting("button", "Theme: ")?)?;
        page.find("button", &format!("Theme: {theme}"))?;
        let set = format!("document.documentElement.dataset.theme === '{theme}'");
        page.wait_until("it has the theme", &set)?;
        let found = findings(&page, &axe)?;
        ensure!(found.is_empty(), "{theme}:\n{found}");
    }
    for theme in ["light", "dark", "contrast"] {
        for mode in ["view", "edit"] {
            page.go_to(&format!("?embed&mode={mode}&theme={theme}#preset=S5&t=12ms"))?;
            let found = findings(&page, &axe)?;
            ensure!(found.is_empty(), "{theme}, a frame to {mode}:\n{found}");
        }
    }
    page.leave()
}

#[test]
fn axe_finds_nothing_in_panels_menus_dialogs_and_frames() -> Result<()> {
    let axe = axe()?;
    let page = Visit::to("#preset=G4&t=7ms&sel=child")?;
    let check = |state: &str| -> Result<()> {
        let found = findings(&page, &axe)?;
        ensure!(found.is_empty(), "{state}:\n{found}");
        Ok(())
    };
    check("a selected thread")?;
    page.click(&page.find("tab", "Computer")?)?;
    page.find("textbox", "cores")?;
    check("the computer")?;
    page.click(&page.find("tab", "Numbers")?)?;
    page.find("button", "Save threads as SVG")?;
    check("the numbers")?;
    page.press(&["m"])?;
    page.find("menu", "child")?;
    check("the menu")?;
    page.press(&[browser::key::ESCAPE])?;
    page.wait_closed()?;
    page.press(&["?"])?;
    page.find("dialog", "Keys")?;
    check("the list of keys")?;
    page.press(&[browser::key::ESCAPE])?;
    page.wait_closed()?;
    page.press(&["/"])?;
    page.find("button", "P1a · One core: everything takes turns")?;
    check("the library")?;
    page.become_like(&Options { dark: true, ..Options::default() })?;
    page.wait_until("it is dark", "document.documentElement.dataset.theme === 'dark'")?;
    check("the library in the dark")?;
    page.become_like(&Options::default())?;
    page.press(&[browser::key::ESCAPE])?;
    page.wait_closed()?;
    page.push("Share")?;
    page.find("button", "Copy link")?;
    check("the share panel")?;
    page.push("Close")?;
    page.wait_closed()?;
    page.press(&["l"])?;
    page.find("region", "Claim")?;
    check("presenting")?;
    page.go_to("?embed#preset=W2&t=7ms")?;
    check("an embed")?;
    page.follow("#s=gs1.broken")?;
    page.find_saying("alert", "This link cannot be opened")?;
    check("a broken link")?;
    page.leave()
}

#[test]
fn the_page_of_the_references_is_a_link_away_and_fits_phones_and_axe_finds_nothing_there() -> Result<()> {
    let axe = axe()?;
    let page = Visit::to("")?;
    page.press(&["?"])?;
    let link = page.find("link", "Is it true?")?;
    ensure!(page.attribute(&link, "target")?.as_deref() == Some("_blank"));
    ensure!(page.attribute(&link, "rel")?.as_deref() == Some("noopener"));
    let address = page.property(&link, "href")?.as_str().context("the link has no address")?.to_owned();
    page.goto(&address)?;
    for looks in [
        Options::default(),
        Options { dark: true, ..Options::default() },
        Options { width: 390, height: 844, ..Options::default() },
    ] {
        page.become_like(&looks)?;
        page.script("document.querySelectorAll('details').forEach((d) => { d.open = true; })", &[])?;
        let found = findings(&page, &axe)?;
        ensure!(found.is_empty(), "{} wide:\n{found}", looks.width);
        page.wait_until("nothing is wider than the window", "document.documentElement.scrollWidth <= innerWidth")?;
    }
    page.assert_clean()
}
