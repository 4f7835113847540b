//! Starting: on any server, in any theme, in a narrow window, and where it cannot.

use anyhow::{Context, Result, ensure};
use browser::{Options, POLICY, Page, Site};
use serde_json::Value;

#[test]
fn starts_without_console_errors_or_policy_violations() -> Result<()> {
    let site = Site::start()?;
    let page = Page::open(&Options::default(), &site.link(""))?;
    page.wait_ready()?;
    page.settle()?;
    page.assert_clean()
}

#[test]
fn starts_in_the_dark_without_console_errors_or_policy_violations() -> Result<()> {
    let site = Site::start()?;
    let page = Page::open(&Options { dark: true, ..Options::default() }, &site.link(""))?;
    page.wait_ready()?;
    let script = "const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).map(Number);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;";
    let luminance = page.script(script, &[])?.as_f64().context("no colour")?;
    ensure!(luminance < 64.0, "a background of luminance {luminance} is not dark");
    page.assert_clean()
}

#[test]
fn fits_a_narrow_window_without_scrolling_sideways() -> Result<()> {
    let site = Site::start()?;
    let narrow = Options { width: 390, height: 844, ..Options::default() };
    let page = Page::open(&narrow, &site.link("#preset=G3"))?;
    page.wait_ready()?;
    let fits = |panel: &str| -> Result<()> {
        page.settle()?;
        let widths = || page.script("return [document.documentElement.scrollWidth, innerWidth];", &[]);
        let fits = |widths: &Value| widths[0].as_u64() <= widths[1].as_u64();
        page.wait_to_see(&format!("{panel}: how wide the page and the window are"), widths, fits).map(drop)
    };
    fits("at the start")?;
    for panel in ["Selected", "Computer", "About"] {
        page.click(&page.find("tab", panel)?)?;
        page.wait_for(panel, || {
            Ok((page.attribute(&page.find("tab", panel)?, "aria-selected")?.as_deref() == Some("true")).then_some(()))
        })?;
        fits(panel)?;
    }
    page.assert_clean()
}

#[test]
fn starts_at_the_root_of_a_server_too() -> Result<()> {
    let site = Site::start_under("/")?;
    let page = Page::open(&Options::default(), &site.link(""))?;
    page.wait_ready()?;
    page.assert_clean()
}

#[test]
fn carries_its_policy_for_servers_that_send_none() -> Result<()> {
    let site = Site::start()?;
    let page = Page::open(&Options::default(), &site.link(""))?;
    let script = "return document.querySelector('meta[http-equiv=Content-Security-Policy]').content;";
    let carried = page.script(script, &[])?;
    ensure!(carried.as_str().context("no text")? == POLICY, "the page carries {carried}");
    Ok(())
}

#[test]
fn offers_the_full_page_where_it_cannot_start() -> Result<()> {
    let site = Site::start()?;
    let page = Page::open(&Options::default(), "about:blank")?;
    page.block("*.wasm")?;
    page.goto(&site.link("?embed&theme=dark&lang=en&mode=step#preset=G3"))?;
    let full_page = page.find("link", "Open full page")?;
    let leads = || page.property(&full_page, "href");
    page.wait_to_see("where it leads", leads, |to| *to == site.link("?lang=en#preset=G3")).map(drop)
}
