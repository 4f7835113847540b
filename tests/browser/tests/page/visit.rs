//! A person at the page: what they find, do and read there.

use anyhow::{Context, Result, bail, ensure};
use browser::{Options, Page, Site, key};
use gilscope::engine::Run;
use gilscope::ids::ThreadId;
use gilscope::scenario::{Edit, Problem, Scenario, json, link, presets};
use gilscope::session::address::{Address, Names};
use gilscope::time::{Dur, Time};
use std::ops::Deref;

/// Keeps the browser from keeping anything.
const FORGET: &str = "const forget = () => { sessionStorage.clear(); localStorage.clear(); };
    window.addEventListener('pagehide', forget);
    document.addEventListener('visibilitychange', forget);";

/// Later than the end of any run here.
const LATE: Time = Time::from_ms(1_000);

/// The page, open in a browser of its own and served by a server of its own.
pub(crate) struct Visit {
    // The browser ends before the server.
    page: Page,
    site: Site,
}

impl Deref for Visit {
    type Target = Page;
    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Visit {
    /// Opens the page with a query or fragment (`"#preset=G3"`) and waits for the picture.
    pub(crate) fn to(rest: &str) -> Result<Self> {
        let visit = Self::to_broken(rest)?;
        visit.wait_ready()?;
        Ok(visit)
    }

    /// Opens the page in a window of another kind.
    pub(crate) fn like(options: &Options, rest: &str) -> Result<Self> {
        let site = Site::start()?;
        let page = Page::open(options, &site.link(rest))?;
        page.wait_ready()?;
        Ok(Self { page, site })
    }

    /// Opens the page with a fragment for which there is no picture.
    pub(crate) fn to_broken(rest: &str) -> Result<Self> {
        let site = Site::start()?;
        let page = Page::open(&Options::default(), &site.link(rest))?;
        Ok(Self { page, site })
    }

    /// Opens another fragment in the same window, as if the page had not been open before.
    pub(crate) fn go_to(&self, fragment: &str) -> Result<()> {
        // What the page keeps as it goes is forgotten right behind it.
        self.script(FORGET, &[])?;
        self.leave_and_come(fragment)
    }

    /// Leaves the page and opens it with another fragment, in the same window.
    pub(crate) fn leave_and_come(&self, fragment: &str) -> Result<()> {
        self.goto("about:blank")?;
        self.goto(&self.site.link(fragment))?;
        self.wait_ready()
    }

    /// Opens another fragment while the page is open, as by a click on a link in it.
    pub(crate) fn follow(&self, fragment: &str) -> Result<()> {
        self.goto(&self.site.link(fragment))
    }

    /// Opens the address of another visit in a new browser.
    pub(crate) fn again(&self) -> Result<Page> {
        let page = Page::open(&Options::default(), &self.url()?)?;
        page.wait_ready()?;
        Ok(page)
    }

    /// Leaves when nothing went wrong on the way.
    pub(crate) fn leave(self) -> Result<()> {
        self.assert_clean()
    }
}

/// What a person reads and does on any page.
pub(crate) trait Person {
    fn page(&self) -> &Page;

    /// The text of the toolbar's clock: “10.000 ms of 21 ms”.
    fn clock(&self) -> Result<String> {
        self.page().text(&self.page().find("timer", "Playhead")?)
    }

    /// The sentence of the last event, with its time.
    fn story(&self) -> Result<String> {
        self.page().text(&self.page().find("region", "Story")?)
    }

    /// All that the inspector says.
    fn inspector(&self) -> Result<String> {
        self.page().text(&self.page().find("complementary", "Inspector")?)
    }

    /// The value of a field of the inspector.
    fn field(&self, role: &str, name: &str) -> Result<String> {
        let value = self.page().property(&self.page().find(role, name)?, "value")?;
        Ok(value.as_str().context("a field without text")?.to_owned())
    }

    /// Clicks a button.
    fn push(&self, button: &str) -> Result<()> {
        self.page().click(&self.page().find("button", button)?)
    }

    /// Clicks on something in the picture whose name starts so: what can be touched is the canvas beneath it.
    fn point_at(&self, start: &str) -> Result<()> {
        let spot = self.page().find_starting("button", start)?;
        self.page().click_at(self.page().centre(&spot)?)?;
        let pressed = || Ok((self.page().attribute(&spot, "aria-pressed")?.as_deref() == Some("true")).then_some(()));
        self.page().wait_for("it is selected", pressed)
    }

    /// Drags one thing of the picture onto another, without letting go. Returns when the drag has been drawn.
    fn carry(&self, what: &str, onto: &str) -> Result<()> {
        let page = self.page();
        let (what, onto) = (page.find_starting("button", what)?, page.find_starting("button", onto)?);
        let drawn = page.drawn()?;
        page.drag_and_hold(page.centre(&what)?, page.centre(&onto)?)?;
        page.wait_drawn(drawn + 1)
    }

    /// Picks a thread up by keyboard, and drops it where the page says so, in small letters: “pin editor to core 1”.
    fn carry_by_keys(&self, thread: &str, says: &str) -> Result<()> {
        let page = self.page();
        let focus = format!("document.querySelector('.spot[aria-label^=\"{thread}, thread\"]').focus();");
        page.script(&focus, &[])?;
        page.press(&[key::SPACE])?;
        page.find_saying("status", &format!("{thread} picked up"))?;
        for _ in 0..20 {
            page.press(&[key::RIGHT])?;
            page.next_frame()?;
            let said = page.script("return document.querySelector('p[role=status]').textContent;", &[])?;
            if said.as_str().is_some_and(|said| said.to_lowercase().contains(says)) {
                return page.press(&[key::ENTER]);
            }
        }
        bail!("the keys lead nowhere that says '{says}'")
    }

    /// Steps to the next event by keyboard.
    fn step(&self) -> Result<()> {
        let before = self.clock()?;
        self.page().press_named("ArrowRight")?;
        self.page().wait_for("the next event", || Ok((self.clock()? != before).then_some(())))
    }

    /// Waits until the last change is known to the page under its name.
    fn wait_changed(&self, name: &str) -> Result<()> {
        self.page().find_starting("button", &format!("Undo: {name}")).map(drop)
    }

    /// Copies the link as a person does; it is the page's address then, too.
    fn share(&self) -> Result<Shared> {
        let page = self.page();
        self.push("Share")?;
        self.push("Copy link")?;
        page.find_saying("status", "Link copied")?;
        let copied = page.clipboard()?;
        ensure!(copied == page.url()?, "copied {copied}, but the address is {}", page.url()?);
        self.push("Close")?;
        page.wait_until("the panel is closed", "!document.querySelector('dialog[open]')")?;
        let scenario = match Address::read(&copied).names {
            Names::Preset(preset) => preset.scenario(),
            Names::Link(scenario) => *scenario,
            Names::Nothing | Names::Broken(_) => bail!("{copied} names no scenario"),
        };
        Ok(Shared { link: copied, scenario })
    }
}

impl Person for Page {
    fn page(&self) -> &Page {
        self
    }
}

/// A link that was copied.
pub(crate) struct Shared {
    /// The whole address.
    pub(crate) link: String,
    /// What it holds.
    pub(crate) scenario: Scenario,
}

impl Shared {
    /// The part behind `#`.
    pub(crate) fn fragment(&self) -> &str {
        self.link.split_once('#').map_or("", |(_, fragment)| fragment)
    }
}

/// Two cores, an editor on the first and music on the second; like no preset.
pub(crate) fn duo() -> Result<Scenario> {
    let process = |id: u8, name: &str, steps: &str| {
        let thread = format!("{{\"id\":{id},\"name\":\"{name}\",\"program\":[{steps}]}}");
        format!("{{\"id\":{id},\"name\":\"{name}\",\"runtime\":\"native\",\"threads\":[{thread}]}}")
    };
    let editor = process(1, "editor", "{\"native\":9000000},{\"io\":4000000},{\"native\":6000000}");
    let music = process(2, "music", "{\"native\":12000000}");
    let text = format!("{{\"v\":1,\"title\":\"Duo\",\"computer\":{{\"cores\":2}},\"processes\":[{editor},{music}]}}");
    Ok(json::from_str(&text)?)
}

/// The fragment that opens [`duo`].
pub(crate) fn duo_link() -> Result<String> {
    Ok(format!("#s={}", link::share(&duo()?)?))
}

/// A preset's scenario.
pub(crate) fn preset(name: &str) -> Result<Scenario> {
    Ok(presets::by_name(name).with_context(|| format!("no preset {name}"))?.scenario())
}

/// The scenario after an edit.
pub(crate) fn edited(edit: Result<Edit, Problem>) -> Result<Scenario> {
    edit.map(|edit| edit.scenario).map_err(|problem| anyhow::anyhow!("{problem}"))
}

/// The thread with a name.
pub(crate) fn thread(scenario: &Scenario, name: &str) -> Result<ThreadId> {
    scenario.threads().find(|(_, t)| t.name == name).map(|(_, t)| t.id).with_context(|| format!("no thread {name}"))
}

/// When the run of a scenario ends, as the page writes it.
pub(crate) fn end(scenario: &Scenario) -> String {
    let mut run = Run::new(scenario);
    run.extend_to(LATE);
    format!("{:.3}", run.end())
}

/// The length that a text stands for.
pub(crate) fn length(text: &str) -> Result<Dur, String> {
    text.parse::<Dur>().map_err(|error| error.to_string())
}
