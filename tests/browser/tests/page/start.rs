//! The built page in a real browser.

use anyhow::{Context, Result, ensure};
use browser::{Options, POLICY, Page, Site};

#[test]
fn starts_without_console_errors_or_policy_violations() -> Result<()> {
    let site = Site::start()?;
    let page = Page::open(&Options::default(), &site.link(""))?;
    page.wait_ready()?;
    page.next_frame()?;
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
    page.goto(&site.link("?embed&theme=dark#preset=G3"))?;
    let full_page = page.find("link", "Open full page")?;
    let address = page.property(&full_page, "href")?;
    ensure!(address == site.link("?theme=dark#preset=G3"), "it leads to {address}");
    Ok(())
}
