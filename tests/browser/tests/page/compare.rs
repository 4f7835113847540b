//! Two runs on one axis and a parameter over a range, by mouse and by keyboard.

use crate::visit::{Person, Visit, preset};
use anyhow::{Context, Result, ensure};
use browser::{Page, Point, key};
use gilscope::scenario::{Pair, Parameter};
use gilscope::scene::Size;
use gilscope::scene::sweep_chart::{Chart, sweep_chart};
use gilscope::session::sweep::{Asked, Sweep};

/// What the lanes of both runs or the chart show, as text.
fn painted(page: &Page, canvas: &str) -> Result<String> {
    let script = format!(
        "const canvas = document.getElementById('{canvas}');
        return canvas?.dataset.painted ? canvas.toDataURL() : '';"
    );
    Ok(page.script(&script, &[])?.as_str().unwrap_or_default().to_owned())
}

/// The same once it does not change any more: it is painted anew as the runs are computed.
fn all_painted(page: &Page, canvas: &str) -> Result<String> {
    page.wait_for("all is painted", || {
        let before = painted(page, canvas)?;
        page.settle()?;
        let now = painted(page, canvas)?;
        Ok((!now.is_empty() && now == before).then_some(now))
    })
}

/// The instant at which both runs are read.
fn instant(page: &Page) -> Result<String> {
    let slider = page.find("slider", "Instant at which both runs are read")?;
    page.attribute(&slider, "aria-valuetext")?.context("it says no instant")
}

fn wait_instant(page: &Page, what: &str, fits: impl Fn(&str) -> bool) -> Result<String> {
    page.wait_to_see(what, || instant(page), |now: &String| fits(now))
}

/// Where a point of a chart of speed-ups lies in the window.
fn point_of_chart(page: &Page, asked: &str, run: usize) -> Result<Point> {
    let asked = Asked::read(asked).map_err(anyhow::Error::msg)?;
    let mut sweep = Sweep::new(&preset("W4")?, asked.parameter, asked.span).map_err(anyhow::Error::msg)?;
    while !sweep.is_over() {
        sweep.advance(1_000);
    }
    let values: Vec<Option<f64>> = sweep.series(asked.figure).into_iter().map(|v| v.map(|v| v as f64)).collect();
    let on = page.resting(&page.find_starting("slider", "Chart by ")?)?;
    let drawn = sweep_chart(&Chart {
        labels: &vec![String::new(); values.len()],
        across: "",
        values: &values,
        up: "",
        text: &|_| String::new(),
        bound: &sweep.amdahl(),
        bound_name: "",
        chosen: None,
        size: Size { w: on.width, h: on.height },
    });
    let place = drawn.places[run].context("it has no point")?;
    Ok(Point { x: on.x + place.x, y: on.y + place.y })
}

#[test]
fn a_build_without_a_gil_is_compared_by_mouse() -> Result<()> {
    let page = Visit::to("#preset=W4")?;
    page.push("Compare")?;
    page.find("dialog", "Compare")?;
    page.push("Without a GIL")?;
    page.find_saying("status", "B finishes in 16.5 ms, A in 31 ms: B is 1.88 times as fast.")?;
    let row = "[...document.querySelectorAll('.compare-table tr')].find(r => r.textContent.startsWith('makespan')).textContent";
    page.wait_until("its figures", &format!("{row}.startsWith('makespan31 ms16.5 ms−14.5 ms (−46.8 %) better')"))?;

    let before = all_painted(&page, "compare-lanes")?;
    let on = page.resting(&page.find("slider", "Instant at which both runs are read")?)?;
    let middle = Point { x: on.x + 0.5 * on.width, y: on.y + 0.5 * on.height };
    page.click_at(middle)?;
    page.wait_for("the cursor", || Ok((painted(&page, "compare-lanes")? != before).then_some(())))?;
    let there = wait_instant(&page, "its instant", |now| now != "0 ms")?;
    page.drag(middle, Point { x: middle.x + 120.0, ..middle })?;
    wait_instant(&page, "the cursor goes along", |now| now != there)?;
    page.push("Close")?;
    page.wait_closed()?;
    ensure!(page.share()?.scenario == preset("W4")?, "the comparison has changed the scenario");
    page.leave()
}

#[test]
fn it_is_opened_read_and_closed_by_keyboard() -> Result<()> {
    let page = Visit::to("#preset=W4")?;
    page.press(&["t"])?;
    page.find("dialog", "Compare")?;
    page.find_saying("status", "times as fast")?;
    let slider = page.find("slider", "Instant at which both runs are read")?;
    page.type_into(&slider, ".")?;
    wait_instant(&page, "the first event", |now| now != "0 ms")?;
    page.press(&[","])?;
    wait_instant(&page, "the event before", |now| now == "0 ms")?;
    page.press(&[key::END])?;
    wait_instant(&page, "the end", |now| now == "31 ms")?;
    page.press(&[key::LEFT])?;
    wait_instant(&page, "one step back", |now| now == "30.69 ms")?;
    // Keys are the panel's: the page beneath neither steps nor zooms.
    page.press(&[key::ESCAPE])?;
    page.wait_closed()?;
    page.settle()?;
    ensure!(page.playhead()? == 0, "a key reached the page beneath");
    page.press(&["t"])?;
    page.find("dialog", "Compare")?;
    page.leave()
}

#[test]
fn what_was_before_the_last_change_is_a() -> Result<()> {
    let page = Visit::to("#preset=W4")?;
    page.press(&["t"])?;
    page.find("dialog", "Compare")?;
    page.wait_until(
        "why it is not offered",
        "document.querySelector('.compare-refused').textContent.includes('Nothing was changed that could be taken back.')",
    )?;
    page.press(&[key::ESCAPE])?;
    page.wait_closed()?;
    page.push("Try it without a GIL")?;
    page.wait_changed("Try it without a GIL")?;
    page.press(&["t"])?;
    page.find_saying("status", "B finishes in 16.5 ms, A in 31 ms: B is 1.88 times as fast.")?;
    page.push("Copy link")?;
    page.find_saying("status", "A link cannot hold how it was before your changes.")?;
    page.leave()
}

#[test]
fn a_link_opens_the_comparison_and_one_that_makes_no_sense_says_so() -> Result<()> {
    let page = Visit::to("#preset=W4&cmp=cores-4")?;
    page.find_saying("status", "A and B both take 31 ms.")?;
    page.push("A process each")?;
    page.push("Copy link")?;
    page.find_saying("status", "Link copied")?;
    let link = page.clipboard()?;
    ensure!(link.ends_with("#preset=W4&cmp=processes") && link == page.url()?, "{link}");
    let other = page.again()?;
    other.find_saying("status", "times as fast")?;
    other.assert_clean()?;
    drop(other);
    page.follow("#preset=W4&cmp=gil")?;
    page.find_saying("status", "It is not compared with “With a GIL”: No process of it is a build without a GIL.")?;
    page.leave()
}

#[test]
fn the_address_of_a_comparison_that_was_closed_opens_none() -> Result<()> {
    let page = Visit::to("#preset=W4&t=12.0ms&cmp=cores-4")?;
    page.find_saying("status", "A and B both take 31 ms.")?;
    page.press(&[key::ESCAPE])?;
    page.wait_closed()?;
    page.wait_to_see("the address without it", || page.url(), |url| url.ends_with("#preset=W4&t=12.0ms"))?;
    page.leave()
}

#[test]
fn there_is_no_link_to_two_runs_before_both_are_chosen() -> Result<()> {
    let page = Visit::to("#preset=W4&sweep=threads.1-6.makespan")?;
    page.find("button", "Copy link")?;
    page.push("Two runs")?;
    let buttons = "return [...document.querySelectorAll('#compare button')].map((b) => b.textContent);";
    let list = page.wait_to_see(
        "pairs to choose from",
        || page.script(buttons, &[]),
        |list| list.to_string().contains("Without a GIL"),
    )?;
    ensure!(!list.to_string().contains("Copy link"), "{list}");
    page.push("Without a GIL")?;
    page.push("Copy link")?;
    page.find_saying("status", "Link copied")?;
    page.leave()
}

#[test]
fn a_sweep_is_drawn_and_a_point_opened_by_mouse() -> Result<()> {
    let page = Visit::to("#preset=G2")?;
    page.push("Compare")?;
    page.push("Sweep")?;
    page.choose(&page.find("combobox", "vary")?, "cores")?;
    page.wait_until("points by cores", "document.querySelector('.compare-table th').textContent === 'cores'")?;
    page.choose(&page.find("combobox", "to")?, "4")?;
    page.wait_until("four of them", "document.querySelectorAll('.compare-table tbody tr').length === 4")?;
    page.choose(&page.find("combobox", "and draw")?, "cores idle")?;
    page.find_saying("status", "4 runs.")?;
    page.wait_until("the chart", "document.getElementById('sweep-chart').dataset.painted")?;
    let rows = "document.querySelectorAll('.compare-table tbody tr')";
    page.wait_until("a row per run", &format!("{rows}.length === 4 && {rows}[0].textContent.startsWith('10 %')"))?;
    // One of four cores computes at a time: the last point is the highest.
    page.push("Open the run with 3 cores")?;
    page.wait_closed()?;
    page.wait_changed("Take 3 cores from the sweep")?;
    let opened = page.share()?.scenario;
    ensure!(opened == Parameter::Cores.set(&preset("G2")?, 3).map_err(anyhow::Error::msg)?);
    page.press_named("Control+z")?;
    page.find("button", "Redo: Take 3 cores from the sweep")?;
    ensure!(page.share()?.scenario == preset("G2")?);
    page.leave()
}

#[test]
fn a_press_on_a_point_opens_its_run() -> Result<()> {
    let page = Visit::to("#preset=W4&sweep=cores.1-4.speed_up")?;
    page.find_saying("status", "4 runs.")?;
    all_painted(&page, "sweep-chart")?;
    let point = point_of_chart(&page, "cores.1-4.speed_up", 2)?;
    page.click_at(Point { y: point.y + 100.0, ..point })?;
    page.wait_until("it is chosen", "document.querySelectorAll('.compare-table tr')[3].className === 'chosen'")?;
    page.find_saying("dialog", "4 runs.")?;
    all_painted(&page, "sweep-chart")?;
    // What is said of the chosen point may have moved the chart.
    page.click_at(point_of_chart(&page, "cores.1-4.speed_up", 2)?)?;
    page.wait_closed()?;
    page.wait_changed("Take 3 cores from the sweep")?;
    page.leave()
}

#[test]
fn a_sweep_is_walked_and_opened_by_keyboard_and_a_link_holds_it() -> Result<()> {
    let page = Visit::to("#preset=W4&sweep=threads.1-6.makespan")?;
    page.find_saying("status", "6 runs.")?;
    let chart = page.find_starting("slider", "Chart by threads")?;
    page.type_into(&chart, key::HOME)?;
    let says = |page: &Page| -> Result<String> {
        Ok(page.attribute(&page.find_starting("slider", "Chart by threads")?, "aria-valuetext")?.unwrap_or_default())
    };
    page.wait_for("the first point", || Ok(says(&page)?.starts_with("1 thread: 30 ms").then_some(())))?;
    // Two keys may come before the page has drawn what the first does.
    let twice = "for (let i = 0; i < 2; i++) document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));";
    page.script(twice, &[])?;
    page.wait_for("the third point", || Ok(says(&page)?.starts_with("3 threads: ").then_some(())))?;
    page.push("Copy link")?;
    page.find_saying("status", "Link copied")?;
    ensure!(page.clipboard()?.ends_with("#preset=W4&sweep=threads.1-6.makespan"), "{}", page.clipboard()?);
    page.type_into(&page.find_starting("slider", "Chart by threads")?, key::ENTER)?;
    page.wait_closed()?;
    page.wait_changed("Take 3 threads from the sweep")?;
    page.leave()
}

#[test]
fn a_bad_sweep_in_a_link_is_said_and_changes_nothing() -> Result<()> {
    let page = Visit::to("#preset=W4&sweep=threads.9-2.makespan")?;
    page.find_saying("status", "The range of the sweep holds no value.")?;
    page.settle()?;
    ensure!(page.script("return document.querySelectorAll('dialog[open]').length;", &[])? == 0);
    page.follow("#preset=S1&sweep=quantum.1ms-20ms.makespan")?;
    page.find_saying("status", "The sweep is not made: Its policy has no quantum.")?;
    page.leave()
}

#[test]
fn a_long_sweep_can_be_cancelled_at_any_time() -> Result<()> {
    // Endless threads that hand the GIL over all the time: each run is as long as runs can be.
    let mut scenario = preset("W4")?;
    scenario = Pair::Cores(4).of(&scenario).map_err(anyhow::Error::msg)?;
    scenario.computer.costs = gilscope::scenario::CostSet::Textbook;
    for thread in &mut scenario.processes[0].threads {
        let program = gilscope::scenario::json::from_str(
            r#"{"v":1,"processes":[{"id":1,"name":"p","threads":[{"id":1,"name":"t","program":[{"forever":[{"python":1000},{"io":1000}]}]}]}]}"#,
        )?;
        thread.program = program.processes[0].threads[0].program.clone();
    }
    let link = gilscope::scenario::link::share(&scenario)?;
    let page = Visit::to(&format!("#s={link}&sweep=cores.1-64.hand_offs"))?;
    let cancel = "const button = document.querySelector('.sweep-progress button');
        const first = document.querySelector('.compare-table tbody td');
        if (button?.textContent !== 'Cancel' || first.textContent === '…') return false;
        button.click();
        return true;";
    page.wait_for("the first point, with others to come", || Ok((page.script(cancel, &[])? == true).then_some(())))?;
    page.find_saying("status", "Cancelled after ")?;
    page.find("button", "Run again")?;
    page.leave()
}
