//! The whole lecture: each claim plays to its ending, people answer what is asked, a deadlock is shown as a cycle.

use crate::visit::{Person, Visit};
use anyhow::{Context, Result, ensure};
use browser::key;
use gilscope::engine::{Ending, Run};
use gilscope::scenario::{Scenario, json, link, presets};
use gilscope::time::{MAX_NS, Time};

/// Shortly before the end of a run: nobody waits for a whole one to play.
fn shortly_before(end: Time) -> String {
    format!("{}us", end.ns() / 1_000 - 600)
}

#[test]
fn each_claim_plays_to_its_ending() -> Result<()> {
    let page = Visit::to("")?;
    for preset in presets::all() {
        let mut run = Run::new(&preset.scenario());
        run.extend_to(Time::from_ns(MAX_NS));
        page.go_to(&format!("#preset={}&t={}", preset.name, shortly_before(run.end())))?;
        page.push("Play")?;
        match run.ending().context("a preset that does not end")? {
            Ending::AwaitingInput(_) => answer(&page, preset.name)?,
            Ending::AllFinished => {}
            Ending::Deadlock(_) => {
                page.wait_to_see("the cycle is told", || page.story(), |story| story.contains("Deadlock: "))?;
                continue;
            }
            other => anyhow::bail!("{} ends with {other:?}", preset.name),
        }
        page.find_saying("status", "every thread has finished")
            .with_context(|| format!("{} does not end", preset.name))?;
        page.find("button", "Play")?;
        page.wait_inspector("all threads finish at").context(preset.name)?;
    }
    page.leave()
}

/// Types the answer that the claim's thread awaits, while time goes on.
fn answer(page: &Visit, name: &str) -> Result<()> {
    let prompt = if name == "W3" { "search for?" } else { "your name?" };
    page.find_starting("textbox", prompt)?;
    page.wait_moved(page.playhead()?).context("time stands still while nobody answers")?;
    // Nobody has to press the field first: letters find it.
    for letter in ["a", "d", "a"] {
        page.press(&[letter])?;
    }
    page.press(&[key::ENTER])?;
    page.find_starting("button", "Undo: Answer")?;
    page.wait_for("the field is gone", || {
        Ok(page.script("return !document.querySelector('.answer')", &[])?.as_bool())
    })?;
    page.wait_focus("the thread after the answer", |name| name.contains("thread of"))?;
    ensure!(!page.inspector()?.contains("may no longer hold"), "{name}: an answer is called a change of the claim");
    Ok(())
}

#[test]
fn two_locks_taken_in_opposite_order_are_shown_as_a_cycle() -> Result<()> {
    let page = Visit::to(&format!("#s={}", link::encode(&deadlock()?)))?;
    page.push("To the end")?;
    let story = page.wait_to_see("the cycle is told", || page.story(), |story| story.contains("Deadlock: "))?;
    ensure!(story.contains("waits for left") && story.contains("waits for right"), "{story}");
    page.wait_inspector("deadlock at")?;
    page.leave()
}

fn deadlock() -> Result<Scenario> {
    let locks = r#"[{"id":1,"name":"knife","kind":"lock"},{"id":2,"name":"fork","kind":"lock"}]"#;
    let steps = |a: u8, b: u8| {
        format!(r#"[{{"acquire":{a}}},{{"python":2000000}},{{"io":1000000}},{{"acquire":{b}}},{{"python":1000000}}]"#)
    };
    let (left, right) = (steps(1, 2), steps(2, 1));
    let text = format!(
        r#"{{"v":1,"title":"Two diners","computer":{{"cores":2}},"processes":[{{"id":1,"name":"dinner","resources":{locks},"threads":[
            {{"id":1,"name":"left","program":{left}}},{{"id":2,"name":"right","program":{right}}}]}}]}}"#
    );
    Ok(json::from_str(&text)?)
}

#[test]
fn ten_edits_are_taken_back_and_made_again() -> Result<()> {
    let page = Visit::to("#preset=P1a&t=3ms")?;
    let first = page.share()?;
    page.click(&page.find("tab", "Computer")?)?;
    for cores in 2..=11 {
        page.retype(&page.find("textbox", "cores")?, &cores.to_string())?;
        page.wait_changed(&format!("Set the computer to {cores} cores"))?;
    }
    let last = page.share()?;
    for _ in 0..10 {
        page.click(&page.find_starting("button", "Undo: Set the computer to")?)?;
    }
    page.find("button", "Undo: nothing to undo")?;
    ensure!(page.share()?.link == first.link);
    ensure!(page.clock()?.starts_with("3.000 ms"), "undo moved the playhead");
    for _ in 0..10 {
        page.click(&page.find_starting("button", "Redo: Set the computer to")?)?;
    }
    page.find("button", "Redo: nothing to redo")?;
    ensure!(page.share()?.link == last.link);
    page.leave()
}
