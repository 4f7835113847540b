//! Reading a run: zoom, pan, range and markers by keys, wheel and fingers.

use crate::visit::{Person, Visit};
use anyhow::{Context, Result, ensure};
use browser::Page;

/// The stretch of time in view, in nanoseconds: where it begins and how long it is. `None` while it is all of the run.
fn view(page: &Page) -> Result<Option<(f64, f64)>> {
    // What the page keeps for a reload has it.
    let kept = "document.dispatchEvent(new Event('visibilitychange'));
        const text = sessionStorage.getItem('gilscope.session') ?? '';
        return JSON.parse(text.slice(text.indexOf('\\n') + 1)).view;";
    let view = page.script(kept, &[])?;
    let part = |i: usize| view[i].as_f64();
    Ok(part(0).zip(part(1)))
}

/// Waits until the view is one that fits, and returns it.
fn wait_view(page: &Page, what: &str, fits: impl Fn((f64, f64)) -> bool) -> Result<(f64, f64)> {
    let seen = page.wait_to_see(what, || view(page), |view| view.is_some_and(&fits))?;
    seen.context("the whole run")
}

#[test]
fn keys_zoom_pan_and_fit() -> Result<()> {
    let page = Visit::to("#preset=W4&t=12ms")?;
    ensure!(view(&page)?.is_none(), "the whole run is shown at first");
    page.press(&["w"])?;
    let near = wait_view(&page, "a part of the run", |_| true)?;
    page.press(&["w"])?;
    let nearer = wait_view(&page, "a smaller part", |view| view.1 < near.1)?;
    page.press(&["d"])?;
    let later = wait_view(&page, "a later part", |view| view.0 > nearer.0)?;
    page.press(&["a"])?;
    wait_view(&page, "an earlier part", |view| view.0 < later.0)?;
    page.press(&["s"])?;
    wait_view(&page, "a larger part", |view| view.1 > nearer.1)?;
    page.press(&["f"])?;
    page.wait_to_see("the whole run", || view(&page), Option::is_none)?;
    page.leave()
}

#[test]
fn a_range_is_fitted_before_the_whole_run_and_escape_takes_it_away() -> Result<()> {
    let page = Visit::to("#preset=W4&t=12ms")?;
    page.press(&["["])?;
    page.step()?;
    page.press(&["]"])?;
    page.press(&["f"])?;
    // From 12 ms to 16 ms, where main's wait has lasted a switch interval, with a little air.
    wait_view(&page, "the range", |view| (view.0 - 12e6).abs() < 2e6 && (3e6..8e6).contains(&view.1))?;
    page.press(&["f"])?;
    page.wait_to_see("the whole run", || view(&page), Option::is_none)?;
    page.click(&page.find("tab", "Numbers")?)?;
    page.find("button", "Range")?;
    page.press_named("Escape")?;
    page.wait_until(
        "there is no range",
        "![...document.querySelectorAll('.parts button')].some(b => b.textContent === 'Range')",
    )?;
    page.leave()
}

#[test]
fn points_and_commas_go_along_the_events_of_the_selected_thread() -> Result<()> {
    let page = Visit::to("#preset=W4&t=12ms&sel=worker")?;
    for keys in [".", ","] {
        let before = page.playhead()?;
        page.press(&[keys])?;
        page.wait_moved(before)?;
        page.wait_to_see("an event of worker", || page.story(), |story| story.contains("worker"))?;
    }
    page.leave()
}

/// Sends a wheel event to the lanes, in their middle.
const WHEEL: &str = "const lanes = document.querySelector('[data-gs-timeline]'), box = lanes.getBoundingClientRect();
    lanes.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, clientX: box.left + box.width / 2,
        clientY: box.bottom - 60, ...arguments[0] }));";

#[test]
fn the_wheel_zooms_about_the_pointer_with_control_and_pans_with_shift() -> Result<()> {
    let page = Visit::to("#preset=W4&t=12ms")?;
    let wheel = |with: serde_json::Value| page.script(WHEEL, &[with]).map(drop);
    wheel(serde_json::json!({ "ctrlKey": true, "deltaY": -240 }))?;
    let near = wait_view(&page, "a part of the run", |_| true)?;
    wheel(serde_json::json!({ "ctrlKey": true, "deltaY": -240 }))?;
    let nearer = wait_view(&page, "a smaller part", |view| view.1 < near.1)?;
    // What was in the middle, where the pointer is, has stayed about there: the lanes' names take a part at the left.
    let middle = |view: (f64, f64)| view.0 + 0.45 * view.1;
    ensure!((middle(nearer) - middle(near)).abs() < 0.1 * near.1, "{near:?} became {nearer:?}");
    wheel(serde_json::json!({ "shiftKey": true, "deltaY": 120 }))?;
    wait_view(&page, "another part of the same length", |view| {
        (view.0 - nearer.0).abs() > 1e4 && (view.1 - nearer.1).abs() < 1e-3 * nearer.1
    })?;
    page.leave()
}

#[test]
fn two_fingers_zoom_the_lanes() -> Result<()> {
    let page = Visit::to("#preset=W4&t=12ms")?;
    let pinch = "const lanes = document.querySelector('[data-gs-timeline]'), box = lanes.getBoundingClientRect();
        const finger = (identifier, x) => new Touch({ identifier, target: lanes, clientX: box.left + x, clientY: box.bottom - 60 });
        const send = (type, xs) => {
            const touches = xs.map((x, i) => finger(i, x));
            const changed = { touches, targetTouches: touches, changedTouches: touches, bubbles: true, cancelable: true };
            lanes.dispatchEvent(new TouchEvent(type, changed));
        };
        send('touchstart', [400]);
        send('touchstart', [400, 500]);
        for (const by of [20, 60, 100]) send('touchmove', [400 - by, 500 + by]);
        send('touchend', []);";
    page.script(pinch, &[])?;
    let seen = wait_view(&page, "a part of the run", |view| view.1 < 25e6)?;
    ensure!(seen.0 > 0.0, "it zoomed about {seen:?}");
    page.leave()
}

#[test]
fn a_long_run_is_computed_with_its_progress_in_sight_and_can_be_stopped() -> Result<()> {
    let page = Visit::to(&long()?)?;
    page.press_named("End")?;
    page.find("progressbar", "Computing the run")?;
    page.push("Stop computing")?;
    page.find("button", "Go on computing")?;
    // What is computed is there to be read.
    page.press(&["e"])?;
    page.find("region", "All events")?;
    page.leave()
}

/// The fragment of a run of some 10 million events.
fn long() -> Result<String> {
    let program = "[{\"repeat\":900000,\"steps\":[{\"native\":1000000}]}]";
    let thread = |id: u8| format!("{{\"id\":{id},\"name\":\"t{id}\",\"program\":{program}}}");
    let threads = (1..=8).map(thread).collect::<Vec<_>>().join(",");
    let text = format!(
        "{{\"v\":1,\"title\":\"Long\",\"computer\":{{\"cores\":2}},\"processes\":[{{\"id\":1,\"name\":\"p\",\"runtime\":\"native\",
            \"threads\":[{threads}]}}]}}"
    );
    let scenario = gilscope::scenario::json::from_str(&text).context("a scenario")?;
    Ok(format!("#s={}", gilscope::scenario::link::share(&scenario)?))
}
