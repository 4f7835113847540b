//! Giving the lecture with a clicker.

use crate::visit::{Person, Visit};
use anyhow::{Result, bail, ensure};
use browser::key;
use gilscope::scenario::presets;

#[test]
fn the_whole_lecture_is_given_with_a_clicker() -> Result<()> {
    let page = Visit::to("")?;
    page.press(&["l"])?;
    let all = presets::all();
    for (i, preset) in all.iter().enumerate() {
        if i > 0 {
            page.press(&[key::PAGE_DOWN])?;
        }
        is_presented(&page, preset)?;
    }
    // After the last claim there is none, and the way back is open.
    page.press(&[key::PAGE_DOWN])?;
    page.find_saying("status", "This is the last claim")?;
    is_presented(&page, &all[all.len() - 1])?;
    page.press(&[key::PAGE_UP])?;
    is_presented(&page, &all[all.len() - 2])?;
    page.leave()
}

#[test]
fn presenting_is_larger_shows_no_inspector_and_ends_by_escape() -> Result<()> {
    let page = Visit::to("#preset=G3&t=12ms")?;
    page.push("Present")?;
    page.wait_to_see("there is no inspector", || has_inspector(&page), |has| !has)?;
    let scale = || -> Result<f64> {
        let transform = "return new DOMMatrix(getComputedStyle(document.querySelector('.overlay')).transform).a;";
        Ok(page.script(transform, &[])?.as_f64().unwrap_or_default())
    };
    page.wait_to_see("the picture is magnified", scale, |scale| *scale >= 1.2)?;
    // What is touched lies where it is seen.
    let worker = page.centre(&page.find_starting("button", "worker, thread of count.py")?)?;
    // Nor is it cut off by the program that is shown now, not for a frame.
    let watch = "window.cut = [];
        const stage = document.querySelector('.stage');
        const look = () => {
            if (stage.scrollHeight > stage.clientHeight) window.cut.push([stage.scrollHeight, stage.clientHeight]);
            requestAnimationFrame(look);
        };
        look();";
    page.script(watch, &[])?;
    page.click_at(worker)?;
    page.wait_selected("worker, thread of count.py")?;
    for _ in 0..3 {
        page.settle()?;
    }
    let cut = page.script("return window.cut;", &[])?;
    ensure!(cut.as_array().is_some_and(Vec::is_empty), "the picture is cut off: {cut}");
    page.press(&["b"])?;
    page.find_starting("button", "The screen is blank")?;
    page.press(&["b"])?;
    page.wait_until("the screen is blank no more", "!document.querySelector('.blank')")?;
    page.press(&[key::ESCAPE])?;
    page.wait_to_see("the inspector is back", || has_inspector(&page), |has| *has)?;
    page.wait_to_see("nothing is magnified", scale, |scale| (scale - 1.0).abs() < 1e-9)?;
    page.leave()
}

fn is_presented(page: &Visit, preset: &presets::Preset) -> Result<()> {
    page.find("heading", &preset.scenario().texts.in_short)?;
    page.wait_field("combobox", "Scenario", preset.name)?;
    ensure!(!has_inspector(page)?, "the inspector is shown with {}", preset.name);
    Ok(())
}

fn has_inspector(page: &Visit) -> Result<bool> {
    Ok(page.script("return document.querySelector('.inspector') !== null;", &[])? == true)
}

#[test]
fn a_variant_is_shown_and_named_while_presenting() -> Result<()> {
    let page = Visit::to("#preset=W4")?;
    page.press(&["l"])?;
    let Some(w4) = presets::by_name("W4") else { bail!("there is no W4") };
    let claim = w4.scenario().texts.in_short;
    page.find("heading", &claim)?;
    for variant in w4.variants() {
        page.press(&["v"])?;
        page.find("heading", &format!("{claim} {}", variant.label))?;
    }
    page.press(&["v"])?;
    page.find("heading", &claim)?;
    page.leave()
}

#[test]
fn space_plays_after_a_click_on_any_button() -> Result<()> {
    let page = Visit::to("")?;
    let second = &presets::all()[1];
    page.click(&page.find_starting("button", "Next claim: ")?)?;
    page.find("heading", &second.scenario().title)?;
    page.press(&[key::SPACE])?;
    page.find("button", "Pause")?;
    page.settle()?;
    ensure!(page.field("combobox", "Scenario")? == second.name, "Space has pressed the button again");
    page.leave()
}
