//! Choosing a preset and playing it.

use crate::visit::{Person, Visit};
use anyhow::{Result, ensure};
use gilscope::scenario::presets;

#[test]
fn a_preset_plays_and_the_story_advances() -> Result<()> {
    let page = Visit::to("")?;
    page.wait_field("combobox", "Scenario", "P1a")?;
    let g3 = presets::by_name("G3").expect("there is G3");
    page.choose(&page.find("combobox", "Scenario")?, &format!("G3 · {}", g3.title))?;
    page.find("heading", g3.title)?;
    page.wait_clock("0.000 ms")?;
    let story = page.story()?;

    page.push("Play")?;
    page.wait_to_see("the story advances", || page.story(), |now| *now != story)?;
    let early = page.wait_to_see("time passes", || page.playhead(), |now| *now > 0)?;
    page.wait_to_see("more time passes", || page.playhead(), |now| *now > early)?;

    page.find("button", "Pause")?;
    page.press_named("Space")?;
    page.find("button", "Play")?;
    // What travels over the picture arrives.
    let drawn = page.wait_for("it draws no more", || {
        let drawn = page.drawn()?;
        page.settle()?;
        Ok((page.drawn()? == drawn).then_some(drawn))
    })?;
    let (story, clock) = (page.story()?, page.clock()?);
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
    page.wait_clock("23.000 ms of 26.3 ms")?;
    page.press_named("Space")?;
    page.wait_clock("26.300 ms of 26.3 ms")?;
    page.find("button", "Play")?;
    page.press_named("Space")?;
    page.find("button", "Pause")?;
    page.wait_to_see("the start again", || page.playhead(), |now| *now < 23_000_000)?;
    page.leave()
}
