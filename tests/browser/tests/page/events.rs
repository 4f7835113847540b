//! The table of all events, however many there are; and the panel of a stretch of a lane.

use crate::visit::{Person, Visit};
use anyhow::{Result, ensure};
use gilscope::scenario::{json, link};

/// How many events the table has, found or all, as it says.
fn count(page: &Visit) -> Result<u64> {
    let rows = page.script("return Number(document.querySelector('.events-rows').dataset.rows);", &[])?;
    Ok(rows.as_u64().unwrap_or_default())
}

/// The texts of the rows that are elements.
fn rows(page: &Visit) -> Result<Vec<String>> {
    let texts = "return [...document.querySelectorAll('.events tbody tr')].map((row) => row.textContent);";
    let rows = page.script(texts, &[])?;
    Ok(rows.as_array().into_iter().flatten().filter_map(|t| t.as_str().map(str::to_owned)).collect())
}

#[test]
fn events_are_found_by_thread_kind_and_text() -> Result<()> {
    let page = Visit::to("#preset=W4&t=12ms")?;
    page.wait_computed()?;
    page.press(&["e"])?;
    let all = page.wait_to_see("all of them", || count(&page), |n| *n > 0)?;
    page.choose(&page.find("combobox", "Kind of events")?, "the GIL")?;
    let of_gil = page.wait_to_see("fewer", || count(&page), |n| *n < all)?;
    page.choose(&page.find("combobox", "Events of")?, "worker")?;
    page.wait_to_see("fewer still", || count(&page), |n| *n < of_gil)?;
    page.type_into(&page.find("searchbox", "Search events")?, "asks main")?;
    page.wait_for("what is written", || {
        let rows = rows(&page)?;
        Ok((!rows.is_empty() && rows.iter().all(|row| row.contains("asks main"))).then_some(()))
    })?;
    page.type_into(&page.find("searchbox", "Search events")?, " for tea")?;
    page.wait_until(
        "nothing is found",
        "document.querySelector('.events').textContent.includes('No event is like that.')",
    )?;
    page.leave()
}

#[test]
fn of_ten_thousand_events_only_those_in_sight_are_made_and_the_last_is_reached() -> Result<()> {
    let program = "[{\"repeat\":3000,\"steps\":[{\"native\":1000000}]}]";
    let thread = |id: u8| format!("{{\"id\":{id},\"name\":\"t{id}\",\"program\":{program}}}");
    let text = format!(
        "{{\"v\":1,\"title\":\"Long\",\"computer\":{{\"cores\":1}},\"processes\":[{{\"id\":1,\"name\":\"p\",
            \"runtime\":\"native\",\"threads\":[{},{}]}}]}}",
        thread(1),
        thread(2)
    );
    let page = Visit::to(&format!("#s={}", link::share(&json::from_str(&text)?)?))?;
    page.press_named("End")?;
    // Until all is computed, the table goes along with the playhead on its way.
    page.wait_computed()?;
    page.press(&["e"])?;
    page.wait_to_see("all of them", || count(&page), |n| *n > 10_000)?;
    ensure!(rows(&page)?.len() <= 40, "{} rows are made", rows(&page)?.len());
    page.wait_for("the last one", || Ok(rows(&page)?.last().is_some_and(|r| r.contains("finishes")).then_some(())))?;
    page.script("document.querySelector('.events-rows').scrollTop = 0;", &[])?;
    page.wait_for("the first one", || Ok(rows(&page)?.first().is_some_and(|r| r.starts_with('0')).then_some(())))?;
    page.leave()
}

#[test]
fn a_stretch_of_a_lane_says_what_it_is_why_it_began_and_ended_and_by_whom() -> Result<()> {
    let page = Visit::to("#preset=W4&t=3ms")?;
    let lane = page.centre(&page.find("button", "lane of worker")?)?;
    // A little to the right of its label: it waits there for the first 5 ms.
    page.click_at(browser::Point { x: lane.x + 140.0, y: lane.y })?;
    page.wait_inspector("worker wants the GIL")?;
    for part in
        ["0 to 5.2 ms (5.2 ms)", "Why it began", "main holds it", "Why it ended", "Brought about by", "Show main"]
    {
        page.wait_inspector(part)?;
    }
    page.push("Go to its end")?;
    page.wait_clock("5.200")?;
    page.leave()
}

#[test]
fn of_several_events_at_an_instant_the_one_that_is_clicked_is_the_current_one_and_told() -> Result<()> {
    let page = Visit::to("#preset=S10")?;
    page.press(&["e"])?;
    let click = "const row = [...document.querySelectorAll('.events tbody tr')].find((row) =>
            row.textContent.startsWith('5.12 ms') && row.textContent.includes('acquires'));
        row?.querySelector('button').click();
        return row?.lastElementChild.textContent ?? '';";
    let of_row = || Ok(page.script(click, &[])?.as_str().unwrap_or_default().to_owned());
    let why = page.wait_to_see("the row", of_row, |why| !why.is_empty())?;
    let now = "return document.querySelector('.events [aria-current]')?.textContent ?? '';";
    let current = || Ok(page.script(now, &[])?.as_str().unwrap_or_default().to_owned());
    page.wait_to_see("it is the current one", current, |row| row.contains("acquires") && row.ends_with(&why))?;
    page.wait_to_see("it is told", || page.story(), |story| story.contains(&why))?;
    page.leave()
}
