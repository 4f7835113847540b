//! Choosing a preset and playing it.

use crate::visit::{Person, Visit};
use anyhow::{Result, ensure};
use gilscope::scenario::presets;

#[test]
fn a_preset_plays_and_the_story_advances() -> Result<()> {
    let page = Visit::to("")?;
    ensure!(page.field("combobox", "Scenario")? == "P1a");
    let g3 = presets::by_name("G3").expect("there is G3");
    page.choose(&page.find("combobox", "Scenario")?, &format!("G3 · {}", g3.title))?;
    page.find("heading", g3.title)?;
    let (story, clock) = (page.story()?, page.clock()?);
    ensure!(clock.starts_with("0.000 ms"), "it starts at {clock}");

    page.push("Play")?;
    page.wait_for("the story advances", || Ok((page.story()? != story).then_some(())))?;
    let early = playhead(&page)?;
    ensure!(early > 0.0);
    page.wait_for("time passes", || Ok((playhead(&page)? > early).then_some(())))?;

    page.find("button", "Pause")?;
    page.press_named("Space")?;
    page.find("button", "Play")?;
    let (story, clock, drawn) = (page.story()?, page.clock()?, page.drawn()?);
    for _ in 0..10 {
        page.next_frame()?;
    }
    ensure!((page.story()?, page.clock()?) == (story.clone(), clock), "it goes on after a pause");
    ensure!(page.drawn()? <= drawn + 1, "it draws while it stands still");
    // Who does not see the picture hears where it stands.
    let sentence = story.split_once(" ms ").map_or("", |(_, sentence)| sentence);
    ensure!(!sentence.is_empty(), "the story is '{story}'");
    page.find_saying("status", sentence)?;
    page.leave()
}

#[test]
fn a_run_is_played_to_its_end_and_from_the_start_again() -> Result<()> {
    let page = Visit::to("#preset=P1b&t=23ms")?;
    ensure!(page.clock()? == "23.000 ms of 26.3 ms", "{}", page.clock()?);
    page.press_named("Space")?;
    page.wait_for("the end", || Ok((page.clock()? == "26.300 ms of 26.3 ms").then_some(())))?;
    page.find("button", "Play")?;
    page.press_named("Space")?;
    page.find("button", "Pause")?;
    page.wait_for("the start again", || Ok((playhead(&page)? < 23.0).then_some(())))?;
    page.leave()
}

/// The playhead in milliseconds.
fn playhead(page: &Visit) -> Result<f64> {
    let clock = page.clock()?;
    Ok(clock.split(' ').next().unwrap_or_default().parse()?)
}
