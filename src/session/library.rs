//! The library: scenarios to choose from, and one's own among them. What is kept where is the page's business; which names
//! are taken, what stands first, what a deletion takes back and what is told is decided here.

use crate::engine::{Ending, Run};
use crate::order::sorted;
use crate::scenario::check::Limits;
use crate::scenario::{Scenario, json};
use crate::scene::{Rect, Shape, Size, small};
use crate::time::{Dur, Time};

/// How many instants of a run its small picture shows at most: a few milliseconds of work.
const INSTANTS: usize = 20_000;

/// How much of a run without end its small picture shows.
const OF_ENDLESS: Dur = Dur::from_ms(60);

/// A scenario of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// When it was saved, in milliseconds since 1970; no other one has the same.
    pub id: u64,
    /// What its owner calls it; no other one is called the same.
    pub name: String,
    /// The scenario as JSON.
    pub json: String,
}

impl Own {
    /// As it is kept.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}", self.id, self.name, self.json)
    }

    /// What was kept; `None` if that is damaged.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (id, rest) = text.split_once('\n')?;
        let (name, json) = rest.split_once('\n')?;
        Some(Self { id: id.parse().ok()?, name: name.to_owned(), json: json.to_owned() })
    }
}

/// What is to be kept or forgotten for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// This one, in place of the one with the same id.
    Keep(Own),
    /// The one with this id.
    Forget(u64),
}

/// Why the browser does not keep what it is asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It keeps nothing for this page.
    Forbidden,
    /// There is no room left.
    Full,
}

/// One's own scenarios.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The one saved last stands first.
    own: Vec<Own>,
    /// What takes the last deletion or replacement back, and what that was.
    undo: Option<(Vec<Write>, String)>,
    changes: u32,
    told: bool,
}

impl Library {
    /// One's own scenarios, the one saved last first.
    #[must_use]
    pub fn own(&self) -> &[Own] {
        &self.own
    }

    /// The one with this id.
    #[must_use]
    pub fn get(&self, id: u64) -> Option<&Own> {
        self.own.iter().find(|own| own.id == id)
    }

    /// The one with this name, in upper or lower case.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Own> {
        let name = tidy(name);
        self.own.iter().find(|own| own.name.eq_ignore_ascii_case(&name))
    }

    /// What the last deletion or replacement was, if it can be taken back.
    #[must_use]
    pub fn undo_name(&self) -> Option<&str> {
        self.undo.as_ref().map(|(_, what)| what.as_str())
    }

    /// How often it has been changed.
    #[must_use]
    pub const fn changes(&self) -> u32 {
        self.changes
    }

    /// Takes in what was kept; what cannot be read is left where it is. `since` are the changes when reading began: what was
    /// read before a later one may be gone, or have another name. Whether it has been taken in; else it is to be read again.
    pub fn take_in<'a>(&mut self, kept: impl IntoIterator<Item = &'a str>, since: u32) -> bool {
        let is_new = since == self.changes;
        if is_new {
            self.apply(kept.into_iter().filter_map(Own::read).map(Write::Keep).collect());
        }
        is_new
    }

    /// Saves a scenario under a name, in place of the one that has it. `now` is in milliseconds since 1970.
    ///
    /// # Errors
    /// It has no name, or a very long one.
    pub fn save(&mut self, name: &str, scenario: &Scenario, now: u64) -> Result<Vec<Write>, String> {
        let name = checked(name)?;
        let id = self.own.first().map_or(now, |newest| now.max(newest.id + 1));
        let mut writes = vec![Write::Keep(Own { id, name: name.clone(), json: json::to_string(scenario) })];
        self.undo = None;
        if let Some(old) = self.named(&name).cloned() {
            writes.push(Write::Forget(old.id));
            self.undo = Some((vec![Write::Forget(id), Write::Keep(old)], format!("Replaced “{name}”")));
        }
        Ok(self.apply(writes))
    }

    /// Gives one another name; it becomes its title by [`title_by`].
    ///
    /// # Errors
    /// The name is none, very long, or that of another one.
    pub fn rename(&mut self, id: u64, name: &str) -> Result<Vec<Write>, String> {
        let name = checked(name)?;
        if self.named(&name).is_some_and(|other| other.id != id) {
            return Err(format!("Another one is called “{name}”"));
        }
        let renamed = self.get(id).map(|own| {
            let titled = json::from_str(&own.json).ok().and_then(|scenario| {
                let title = title_by(&scenario, &own.name, &name)?;
                Some(json::to_string(&Scenario { title, ..scenario }))
            });
            Write::Keep(Own { id, json: titled.unwrap_or_else(|| own.json.clone()), name })
        });
        Ok(self.apply(renamed.into_iter().collect()))
    }

    /// Deletes one, until that is taken back.
    pub fn delete(&mut self, id: u64) -> Vec<Write> {
        let Some(own) = self.get(id).cloned() else { return Vec::new() };
        let what = format!("Deleted “{}”", own.name);
        self.undo = Some((vec![Write::Keep(own)], what));
        self.apply(vec![Write::Forget(id)])
    }

    /// Takes the last deletion or replacement back.
    pub fn undo(&mut self) -> Vec<Write> {
        let (mut writes, _) = self.undo.take().unwrap_or_default();
        // Its name may have been given to another one since.
        let gone: Vec<u64> =
            writes.iter().filter_map(|w| if let Write::Forget(id) = w { Some(*id) } else { None }).collect();
        for write in &mut writes {
            if let Write::Keep(own) = write
                && self.named(&own.name).is_some_and(|other| !gone.contains(&other.id))
            {
                own.name = self.free_name(&own.name);
            }
        }
        self.apply(writes)
    }

    /// A name that no other one has: this one, or with a number behind it.
    #[must_use]
    pub fn free_name(&self, name: &str) -> String {
        let name = checked(name).unwrap_or_else(|_| "My scenario".to_owned());
        let numbered = (2..).map(|n| format!("{name} ({n})"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        names.find(|name| self.named(name).is_none()).unwrap_or_default()
    }

    /// What people are told about the browser's trouble: once.
    pub fn tell(&mut self, trouble: Trouble) -> Option<&'static str> {
        let first = !std::mem::replace(&mut self.told, true);
        first.then_some(match trouble {
            Trouble::Forbidden => {
                "This browser keeps nothing for this page: what you make here is gone when you close it. \
                 A link or a file holds it."
            }
            Trouble::Full => {
                "The browser has no room left: what you make now is gone when you close this page. \
                 Delete saved scenarios, or take a link or a file."
            }
        })
    }

    fn apply(&mut self, writes: Vec<Write>) -> Vec<Write> {
        self.changes += 1;
        for write in &writes {
            let id = match write {
                Write::Keep(own) => own.id,
                Write::Forget(id) => *id,
            };
            self.own.retain(|own| own.id != id);
            if let Write::Keep(own) = write {
                self.own.push(own.clone());
            }
        }
        self.own = sorted(std::mem::take(&mut self.own), |own| std::cmp::Reverse(own.id));
        writes
    }
}

/// The title that a scenario gets with a name in the library: that name if it has no title, or only its old name for one.
/// `None`: it keeps the title that it has.
#[must_use]
pub fn title_by(scenario: &Scenario, old: &str, name: &str) -> Option<String> {
    let named = checked(name).ok()?;
    let follows = scenario.title.is_empty() || scenario.title == old;
    (follows && scenario.title != named).then_some(named)
}

/// A name without spaces around it and with single ones in it.
fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn checked(name: &str) -> Result<String, String> {
    let name = tidy(name);
    match name.chars().count() {
        0 => Err("It needs a name".to_owned()),
        n if n > Limits::NAME => Err(format!("A name has at most {} characters", Limits::NAME)),
        _ => Ok(name),
    }
}

/// Whether every word of a search is in one of the texts, in upper or lower case.
#[must_use]
pub fn finds(search: &str, texts: &[&str]) -> bool {
    let texts = texts.join("\n").to_ascii_lowercase();
    search.to_ascii_lowercase().split_whitespace().all(|word| texts.contains(word))
}

/// Where arrows lead from one of many cards in rows: left and right along the order, up and down to the nearest one of the
/// row above or below; the same card where there is none.
#[must_use]
pub fn toward(cards: &[Rect], from: usize, key: &str) -> usize {
    let last = cards.len().saturating_sub(1);
    let Some(here) = cards.get(from) else { return 0 };
    let nearest = |rows: &dyn Fn(&Rect) -> f64| {
        // The distance to the next row counts more than any other.
        let cost = |card: &Rect| rows(card) * 10_000.0 + (card.center().x - here.center().x).abs();
        let others = cards.iter().enumerate().filter(|(_, card)| rows(card) > 1.0);
        others.min_by(|a, b| cost(a.1).total_cmp(&cost(b.1))).map_or(from, |(i, _)| i)
    };
    match key {
        "ArrowRight" => (from + 1).min(last),
        "ArrowLeft" => from.saturating_sub(1),
        "ArrowDown" => nearest(&|card| card.y - here.y),
        "ArrowUp" => nearest(&|card| here.y - card.y),
        "Home" => 0,
        "End" => last,
        _ => from,
    }
}

/// The run of a scenario, as far as its small picture shows it.
#[derive(Clone, Debug)]
pub struct Preview {
    run: Run,
    until: Time,
}

impl Preview {
    /// Computes it: a few milliseconds of work.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let mut run = Run::new(scenario);
        let to = if scenario.is_endless() { Time::ZERO + OF_ENDLESS } else { Time::NEVER };
        run.extend_past(to, INSTANTS);
        let until = match run.ending() {
            Some(Ending::AllFinished) => run.end(),
            // Who waits for ever is seen to wait.
            Some(_) => Time::from_ns(run.end().ns() + run.end().ns() / 6 + 1_000_000),
            None => run.reached().min(to),
        };
        Self { run, until }
    }

    /// The picture, all of it past.
    #[must_use]
    pub fn whole(&self, size: Size) -> Vec<Shape> {
        small(&self.run, self.until, self.until, size)
    }

    /// The picture when a part of the time has passed, 0 to 1.
    #[must_use]
    pub fn at(&self, part: f64, size: Size) -> Vec<Shape> {
        small(&self.run, self.until, Time::from_ns((self.until.ns() as f64 * part) as u64), size)
    }
}
