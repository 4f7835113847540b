//! The numbers of a run, of its part so far and of a range, with what they mean and their charts.

use crate::visit::{Person, Visit};
use anyhow::Result;
use browser::{Page, key};

/// The value beside a number's name.
fn number(page: &Page, name: &str) -> Result<String> {
    let script = "const of = [...document.querySelectorAll('.number summary')];
        return of.find(s => s.firstChild.textContent === arguments[0])?.lastChild.textContent ?? '';";
    Ok(page.script(script, &[name.into()])?.as_str().unwrap_or_default().to_owned())
}

fn wait_number(page: &Page, name: &str, value: &str) -> Result<()> {
    page.wait_to_see(&format!("{name}: {value}"), || number(page, name), |now| now == value).map(drop)
}

/// Waits until a chart has something on it.
fn wait_painted(page: &Page, id: &str) -> Result<()> {
    let painted = format!(
        "(() => {{ const c = document.getElementById('{id}'); if (!c?.dataset.painted) return false;
            return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(b => b > 0); }})()"
    );
    page.wait_until(id, &painted)
}

fn open(rest: &str) -> Result<Visit> {
    let page = Visit::to(rest)?;
    page.click(&page.find("tab", "Numbers")?)?;
    Ok(page)
}

#[test]
fn numbers_are_of_the_whole_run_of_what_was_so_far_or_of_a_range() -> Result<()> {
    let page = open("#preset=W4&t=12.0ms")?;
    wait_number(&page, "makespan", "31 ms")?;
    wait_number(&page, "speed-up over the baseline", "0.97 ×")?;
    wait_number(&page, "hand-offs", "5")?;
    for chart in ["chart-busy", "chart-lives", "chart-wakes"] {
        wait_painted(&page, chart)?;
    }

    page.push("Up to now")?;
    wait_number(&page, "makespan", "")?;
    wait_number(&page, "hand-offs", "2")?;
    page.press(&[key::END])?;
    wait_number(&page, "makespan", "31 ms")?;

    page.leave()?;

    // A range from the playhead on comes first while there is one.
    let page = open("#preset=W4&t=12.0ms")?;
    page.press(&["["])?;
    page.find("button", "Range")?;
    wait_number(&page, "hand-offs", "3")?;
    page.press(&[key::ESCAPE])?;
    wait_number(&page, "hand-offs", "5")?;
    page.leave()
}

#[test]
fn a_number_says_what_it_means_and_a_chart_is_saved() -> Result<()> {
    let page = open("#preset=W4")?;
    wait_number(&page, "GIL contended", "81.9 %")?;
    let summary =
        "[...document.querySelectorAll('.number summary')].find(s => s.textContent.startsWith('GIL contended'))";
    let has_focus = format!("({summary}.focus(), document.activeElement === {summary})");
    page.wait_until("it has the focus", &has_focus)?;
    page.press(&[key::ENTER])?;
    page.wait_until("its sentence", &format!("{summary}.parentNode.open"))?;
    page.wait_inspector("while another stood waiting for it")?;

    page.script("HTMLElement.prototype.click = function () { window.saved = this.download; };", &[])?;
    page.push("Save as SVG: the cores")?;
    page.wait_until("the file", "window.saved?.endsWith('-cores.svg')")?;
    page.leave()
}
