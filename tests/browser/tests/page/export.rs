//! Saving what is open in other forms.

use crate::visit::{Person, Visit};
use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gilscope::engine::Run;
use gilscope::interop::{chrome, csv, python};
use gilscope::scenario::{Scenario, presets};
use gilscope::time::Time;

/// Keeps each file, by its name, instead of the browser.
const KEEP: &str = "window.saved = {};
    const made = new Map(), make = URL.createObjectURL;
    URL.createObjectURL = blob => { const address = make.call(URL, blob); made.set(address, blob); return address; };
    HTMLElement.prototype.click = function () {
        if (made.has(this.href)) made.get(this.href).text().then(text => { window.saved[this.download] = text; });
        else window.saved[this.download] = this.href;
    };";

const NAME: &str = "gilscope-busy-computing-threads-do-not-help";

fn preset() -> Result<(Scenario, Run)> {
    let scenario = presets::all().iter().find(|p| p.name == "W4").context("no W4")?.scenario();
    let mut run = Run::new(&scenario);
    run.extend_to(Time::from_ms(1_000));
    Ok((scenario, run))
}

/// The share panel of the page, which saves no files but keeps them.
fn panel() -> Result<Visit> {
    let page = Visit::to("#preset=W4")?;
    // The files hold all of the run.
    page.wait_computed()?;
    page.script(KEEP, &[])?;
    page.push("Share")?;
    Ok(page)
}

/// What a button saves.
fn saved(page: &Visit, button: &str, ending: &str) -> Result<String> {
    page.push(button)?;
    let name = format!("{NAME}{ending}");
    page.find_saying("status", &format!("Saved {name}"))?;
    page.wait_for("the file", || {
        let text = page.script("return window.saved[arguments[0]];", &[name.as_str().into()])?;
        Ok(text.as_str().map(str::to_owned))
    })
}

#[test]
fn the_files_are_those_of_the_command_line() -> Result<()> {
    let page = panel()?;
    let (scenario, run) = preset()?;
    let end = run.end();
    let files = [
        ("Chrome trace", "-trace.json", chrome::render(&run, end)),
        ("Segments (CSV)", "-segments.csv", csv::segments(&run, end)),
        ("Events (CSV)", "-events.csv", csv::events(&run, end)),
        ("Numbers (CSV)", "-numbers.csv", csv::numbers(&run, end)),
        ("Python program", ".py", python::render(&scenario, &run, end)),
    ];
    for (button, ending, expected) in files {
        let text = saved(&page, button, ending)?;
        ensure!(text == expected, "{button}: {text}");
    }
    page.leave()
}

#[test]
fn the_picture_is_saved_as_it_is_shown() -> Result<()> {
    let page = panel()?;
    let svg = saved(&page, "SVG", ".svg")?;
    ensure!(svg.starts_with("<svg xmlns=") && svg.contains(">worker</text>"), "{svg}");
    let png = saved(&page, "PNG", ".png")?;
    let png = STANDARD.decode(png.strip_prefix("data:image/png;base64,").context("no picture")?)?;
    ensure!(png.starts_with(b"\x89PNG") && png.len() > 10_000, "{} bytes", png.len());
    page.leave()
}

#[test]
fn the_program_is_copied() -> Result<()> {
    let page = panel()?;
    let (scenario, run) = preset()?;
    page.push("Copy program")?;
    page.find_saying("status", "Program copied")?;
    ensure!(page.clipboard()? == python::render(&scenario, &run, run.end()));
    page.leave()
}
