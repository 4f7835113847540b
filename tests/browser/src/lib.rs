//! Drives the built page in a real browser, as a person would: things are found by their role and name, moved by the
//! pointer and the keyboard, and nothing waits for a fixed time.
//!
//! ```no_run
//! use browser::{Options, Page, Point, Site, key};
//! # fn main() -> anyhow::Result<()> {
//! let site = Site::start()?; // dist/ under /course/gilscope/
//! let page = Page::open(&Options::default(), &site.link("#preset=G3"))?;
//! page.wait_ready()?; // <html data-gs-ready="1">
//! let play = page.find("button", "Play")?;
//! let drawn = page.drawn()?;
//! page.click(&play)?;
//! page.wait_drawn(drawn + 1)?;
//! let card = page.find_starting("button", "worker 1,")?;
//! page.drag(page.centre(&card)?, Point { x: 700.0, y: 300.0 })?;
//! page.press(&[key::CONTROL, "z"])?;
//! page.wait_until("the title names the preset", "document.title.includes('G3')")?;
//! page.assert_clean() // no console error, no policy violation
//! # }
//! ```
//!
//! `wire` speaks WebDriver and `page` is one browser window. `find` and `element`, `input`, `wait` and `trouble` add to
//! it what a person's eyes, hands, patience and suspicion do: hands let go when the page has drawn what they did, and eyes
//! look again while it is not that far. `frame` goes into frames. `site` is the plain static server.
//! `kind` is Chromium or, with `GILSCOPE_BROWSER=firefox`, Firefox. The driver is `$CHROMEDRIVER` or `$GECKODRIVER`, else the
//! one on `PATH`; the browser `$CHROME` or `$FIREFOX`, else the one that the driver finds; `cargo xtask test` sets them.

mod element;
mod find;
mod frame;
mod input;
mod kind;
mod page;
mod site;
mod trouble;
mod wait;
mod wire;

pub use element::{Element, Rect};
pub use input::{Point, key};
pub use kind::Kind;
pub use page::{Options, Page};
pub use site::{POLICY, Site};
