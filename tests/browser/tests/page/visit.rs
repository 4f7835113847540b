//! A person at the page: what they find, do and read there.

use anyhow::{Context, Result, bail, ensure};
use browser::{Options, Page, Site, key};
use gilscope::engine::Run;
use gilscope::ids::ThreadId;
use gilscope::scenario::{Edit, Problem, Scenario, json, link, presets};
use gilscope::session::address::{Address, Names};
use gilscope::time::{Dur, Time};
use std::ops::Deref;

/// Lets the browser forget all, and keep nothing more of what the page writes, now or as it goes: another process may be
/// reading already by then.
const FORGET: &str = "Storage.prototype.setItem = () => {};
    sessionStorage.clear();
    localStorage.clear();";

/// Every panel is closed, and the page has been told so: those that are filled when they open are empty again.
const CLOSED: &str = "!document.querySelector(
    'dialog[open], #library .dialog-body, #compare .dialog-body, #share .share-parts')";

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

    /// Waits until the toolbar's clock shows a text that starts so.
    fn wait_clock(&self, start: &str) -> Result<()> {
        let clock = || self.clock();
        self.page().wait_to_see(&format!("the clock shows {start}"), clock, |c| c.starts_with(start)).map(drop)
    }

    /// Waits until all of a run is computed that ends by itself: the clock shows its length then.
    fn wait_computed(&self) -> Result<()> {
        self.page().wait_to_see("the length of the run", || self.clock(), |clock| clock.contains(" of ")).map(drop)
    }

    /// Where the playhead stands, in nanoseconds. It is not told by how much of the run is computed, as the clock's text is.
    fn playhead(&self) -> Result<u64> {
        let text = self.page().attribute(&self.page().find("timer", "Playhead")?, "data-gs-playhead")?;
        Ok(text.context("the clock tells no time")?.parse()?)
    }

    /// The sentence of the last event, with its time.
    fn story(&self) -> Result<String> {
        self.page().text(&self.page().find("region", "Story")?)
    }

    /// All that the inspector says.
    fn inspector(&self) -> Result<String> {
        self.page().text(&self.page().find("complementary", "Inspector")?)
    }

    /// Waits until the inspector says something.
    fn wait_inspector(&self, part: &str) -> Result<()> {
        let says = || self.inspector();
        self.page().wait_to_see(&format!("the inspector says “{part}”"), says, |text| text.contains(part)).map(drop)
    }

    /// The value of a field of the inspector.
    fn field(&self, role: &str, name: &str) -> Result<String> {
        let value = self.page().property(&self.page().find(role, name)?, "value")?;
        Ok(value.as_str().context("a field without text")?.to_owned())
    }

    /// Waits until a field has a value.
    fn wait_field(&self, role: &str, name: &str, value: &str) -> Result<()> {
        self.page().wait_to_see(&format!("{name} is {value}"), || self.field(role, name), |now| now == value).map(drop)
    }

    /// Clicks a button as soon as it can be pressed.
    fn push(&self, button: &str) -> Result<()> {
        let page = self.page();
        let found = page.wait_for(&format!("'{button}' can be pressed"), || {
            let found = page.find("button", button)?;
            Ok((page.property(&found, "disabled")? != true).then_some(found))
        })?;
        page.click(&found)
    }

    /// Gives something the focus without a pointer or a key; it is found by a selector.
    fn focus_on(&self, selector: &str) -> Result<()> {
        let script = "const found = document.querySelector(arguments[0]);
            found.focus();
            return document.activeElement === found;";
        let has = || Ok((self.page().script(script, &[selector.into()])? == true).then_some(()));
        self.page().wait_for(&format!("{selector} has the focus"), has)
    }

    /// Waits until something has the focus whose name fits.
    fn wait_focus(&self, what: &str, fits: impl Fn(&str) -> bool) -> Result<()> {
        let name = || Ok(self.page().focused()?.name);
        self.page().wait_to_see(&format!("the focus is on {what}"), name, |name: &String| fits(name)).map(drop)
    }

    /// Waits until no panel is open any more.
    fn wait_closed(&self) -> Result<()> {
        self.page().wait_until("the panel is closed", CLOSED)
    }

    /// Clicks on something in the picture whose name starts so: what can be touched is the canvas beneath it.
    fn point_at(&self, start: &str) -> Result<()> {
        let spot = self.page().find_starting("button", start)?;
        self.page().click_at(self.page().centre(&spot)?)?;
        self.wait_selected(start)
    }

    /// Waits until something in the picture is selected whose name starts so.
    fn wait_selected(&self, start: &str) -> Result<()> {
        self.page().wait_for(&format!("'{start}' is selected"), || {
            let spot = self.page().find_starting("button", start)?;
            Ok((self.page().attribute(&spot, "aria-pressed")?.as_deref() == Some("true")).then_some(()))
        })
    }

    /// Drags one thing of the picture onto another, without letting go. Returns when the drag has been drawn.
    fn carry(&self, what: &str, onto: &str) -> Result<()> {
        let page = self.page();
        let (what, onto) = (page.find_starting("button", what)?, page.find_starting("button", onto)?);
        page.drag_and_hold(page.centre(&what)?, page.centre(&onto)?)?;
        page.settle()
    }

    /// Picks a thread up by keyboard, and drops it where the page says so, in small letters: “pin editor to core 1”.
    fn carry_by_keys(&self, thread: &str, says: &str) -> Result<()> {
        let page = self.page();
        self.focus_on(&format!(".spot[aria-label^=\"{thread}, thread\"]"))?;
        page.press(&[key::SPACE])?;
        page.find_saying("status", &format!("{thread} picked up"))?;
        for _ in 0..20 {
            page.press(&[key::RIGHT])?;
            page.settle()?;
            let said = page.script("return document.querySelector('p[role=status]').textContent;", &[])?;
            if said.as_str().is_some_and(|said| said.to_lowercase().contains(says)) {
                return page.press(&[key::ENTER]);
            }
        }
        bail!("the keys lead nowhere that says '{says}'")
    }

    /// Steps to the next event by keyboard.
    fn step(&self) -> Result<()> {
        let before = self.playhead()?;
        self.page().press_named("ArrowRight")?;
        self.wait_moved(before)
    }

    /// Waits until the playhead does not stand where it was.
    fn wait_moved(&self, before: u64) -> Result<()> {
        self.page().wait_to_see("the playhead moves", || self.playhead(), |now| *now != before).map(drop)
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
        self.wait_closed()?;
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
