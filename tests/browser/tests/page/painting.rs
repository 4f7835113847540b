//! Only what is different is painted anew; that shows the same picture as painting all of it.

use crate::visit::{Person, Visit};
use anyhow::{Result, ensure};
use browser::Point;
use gilscope::scenario::{json, link};

/// Keeps the picture, has it painted as a whole, and counts the pixels that are others then. Where a clip cuts the smoothed
/// edge of a shape, browsers round otherwise: of the 255 steps of a colour those are up to 40.
const KEEP: &str = "const canvas = document.querySelector('[data-gs-timeline]');
    const context = canvas.getContext('2d');
    window.kept = context.getImageData(0, 0, canvas.width, canvas.height).data;
    context.reset();
    canvas.dispatchEvent(new Event('contextrestored'));";
const DIFFERENT: &str = "const canvas = document.querySelector('[data-gs-timeline]');
    const now = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    return now.filter((value, i) => Math.abs(value - window.kept[i]) > 64).length;";

/// Waits until nothing has been drawn for some frames: what travelled has arrived.
fn wait_still(page: &Visit) -> Result<()> {
    let (mut drawn, mut frames) = (page.drawn()?, 0);
    page.wait_for("nothing moves", || {
        let now = page.drawn()?;
        frames = if now == drawn { frames + 1 } else { 0 };
        drawn = now;
        Ok((frames > 20).then_some(()))
    })
}

/// Compares the picture with what the browser shows after all of it was painted again.
fn assert_whole(page: &Visit, after: &str) -> Result<()> {
    wait_still(page)?;
    let drawn = page.drawn()?;
    page.script(KEEP, &[])?;
    page.wait_drawn(drawn + 1)?;
    let different = page.script(DIFFERENT, &[])?;
    ensure!(different == 0, "{after}: painted as a whole, {different} values of the picture are others");
    Ok(())
}

#[test]
fn what_is_painted_in_parts_is_the_whole_picture() -> Result<()> {
    let page = Visit::to("#preset=G3")?;
    assert_whole(&page, "opened")?;
    for _ in 0..6 {
        page.step()?;
    }
    assert_whole(&page, "stepped")?;
    let paused = page.clock()?;
    page.push("Play")?;
    page.wait_for("it has played on", || Ok((page.clock()? != paused).then_some(())))?;
    page.push("Pause")?;
    assert_whole(&page, "played")?;
    page.press(&["w"])?;
    page.press(&["d"])?;
    assert_whole(&page, "zoomed and moved")?;
    page.press(&["f"])?;
    page.carry("main, thread of", "core 0,")?;
    page.let_go()?;
    assert_whole(&page, "dropped")?;
    let lane = page.centre(&page.find_starting("button", "lane of core 1")?)?;
    page.click_at(Point { x: lane.x + 60.0, y: lane.y })?;
    assert_whole(&page, "selected")?;
    page.leave()
}

#[test]
fn what_comes_into_sight_is_drawn() -> Result<()> {
    let page = Visit::to(&many()?)?;
    // Of lanes out of sight there are the names alone.
    let bars = "const canvas = document.querySelector('[data-gs-timeline]');
        const [w, h] = [canvas.width, canvas.height];
        const values = canvas.getContext('2d').getImageData(w / 2, h - 250, w / 2 - 40, 150).data;
        let coloured = 0;
        for (let i = 0; i < values.length; i += 4) coloured += Math.abs(values[i] - values[i + 2]) > 20;
        return coloured;";
    wait_still(&page)?;
    ensure!(page.script(bars, &[])? == 0, "lanes out of sight are drawn");
    page.script("const stage = document.querySelector('.stage'); stage.scrollTop = stage.scrollHeight;", &[])?;
    page.wait_for("their bars", || Ok((page.script(bars, &[])?.as_u64() > Some(1_000)).then_some(())))?;
    assert_whole(&page, "scrolled")?;
    page.leave()
}

/// The fragment of a scenario with more lanes than a window has room for: of 52 threads, 8 cores and 4 GILs.
fn many() -> Result<String> {
    let thread = |id: u8| format!("{{\"id\":{id},\"name\":\"T{id}\",\"program\":[{{\"python\":9000000}}]}}");
    let process = |id: u8| {
        let threads = (1..=13).map(|n| thread(13 * id + n)).collect::<Vec<_>>().join(",");
        format!("{{\"id\":{id},\"name\":\"app {id}\",\"threads\":[{threads}]}}")
    };
    let processes = (0..4).map(process).collect::<Vec<_>>().join(",");
    let text = format!("{{\"v\":1,\"title\":\"Many\",\"computer\":{{\"cores\":8}},\"processes\":[{processes}]}}");
    Ok(format!("#s={}", link::share(&json::from_str(&text)?)?))
}
