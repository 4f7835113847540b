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
