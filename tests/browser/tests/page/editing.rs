//! Editing in the inspector.

use crate::visit::{Person, Visit, edited, end, length, preset, thread};
use anyhow::{Context, Result, ensure};
use browser::key;
use gilscope::scenario::{Op, Scenario};
use serde_json::json;

#[test]
fn the_number_of_cores_and_the_length_of_an_op_change_the_run_and_the_link() -> Result<()> {
    let page = Visit::to("#preset=P1a")?;
    let start = preset("P1a")?;
    ends_as(&page, &start)?;

    page.click(&page.find("tab", "Computer")?)?;
    page.retype(&page.find("textbox", "cores")?, "2")?;
    page.wait_changed("Set the computer to 2 cores")?;
    let two_cores = edited(start.with_cores(2))?;
    ensure!(end(&two_cores) != end(&start));
    ends_as(&page, &two_cores)?;
    page.find("button", "core 1, has music")?;

    page.point_at("browser, thread of browser")?;
    page.retype(&page.find("textbox", "length of native 1")?, "30 ms")?;
    let longer = edited(two_cores.with_op(thread(&start, "browser")?, &[0], native("30 ms")?))?;
    ensure!(end(&longer) != end(&two_cores));
    ends_as(&page, &longer)?;
    page.leave()
}

#[test]
fn a_length_that_cannot_be_read_is_told_beside_its_field_and_changes_nothing() -> Result<()> {
    let page = Visit::to("#preset=P1a")?;
    page.point_at("editor, thread of editor")?;
    let before = page.share()?;
    let field = page.find("textbox", "length of native 1")?;
    ensure!(page.attribute(&field, "aria-invalid")?.is_none());
    page.retype(&field, "5 parsecs")?;
    let why = length("5 parsecs").expect_err("no unit of time");
    page.find_saying("alert", &why)?;
    ensure!(page.attribute(&field, "aria-invalid")?.as_deref() == Some("true"));
    let described = page.attribute(&field, "aria-describedby")?.context("the field is not described")?;
    let says = page.script("return document.getElementById(arguments[0]).textContent;", &[json!(described)])?;
    ensure!(says == why, "the field is described by {says}");
    ensure!(page.property(&field, "value")? == "5 parsecs", "what was typed is gone");
    page.find("button", "Undo: nothing to undo")?;
    ensure!(page.share()?.link == before.link);

    // Escape gives up what was typed.
    page.click(&field)?;
    page.press(&[key::ESCAPE])?;
    page.wait_for("the field as before", || Ok((page.property(&field, "value")? == "20 ms").then_some(())))?;
    ensure!(page.attribute(&field, "aria-invalid")?.is_none());
    page.leave()
}

/// The clock, the panel *About* and the link tell the same run.
fn ends_as(page: &Visit, scenario: &Scenario) -> Result<()> {
    let end = end(scenario);
    let whole = format!("of {end}");
    page.wait_to_see(&whole, || page.clock(), |clock| clock.ends_with(&whole))?;
    page.click(&page.find("tab", "About")?)?;
    page.find("heading", &scenario.title)?;
    page.wait_inspector(&format!("all threads finish at {end}"))?;
    let shared = page.share()?;
    ensure!(shared.scenario == *scenario, "{:#?}", shared.scenario);
    Ok(())
}

fn native(text: &str) -> Result<Op> {
    length(text).map(Op::Native).map_err(anyhow::Error::msg)
}
