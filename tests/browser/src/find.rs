//! Finding things on the page as a person or a screen reader does: by role and name.

use crate::element::{ELEMENT_KEY, Element};
use crate::page::Page;
use anyhow::{Context, Result, bail};
use std::time::Instant;

/// Visible elements that may have a role. Those whose text or attributes hold the wanted name come in the first list.
const CANDIDATES: &str = "const [role, name] = arguments;
    const selectors = {
      button: 'button, summary, input', link: 'a', heading: 'h1, h2, h3, h4, h5, h6', checkbox: 'input',
      radio: 'input', textbox: 'input, textarea', spinbutton: 'input', slider: 'input', combobox: 'select, input',
      listbox: 'select', option: 'option', img: 'img, svg, canvas', list: 'ul, ol', listitem: 'li',
      table: 'table', row: 'tr', cell: 'td', columnheader: 'th', dialog: 'dialog', group: 'fieldset, details',
      status: 'output', main: 'main', navigation: 'nav', region: 'section', complementary: 'aside',
      alert: '[role]', tab: '[role]', tabpanel: '[role]', timer: '[role]',
    };
    const selector = selectors[role] ? `${selectors[role]}, [role]` : '*';
    const flat = (text) => String(text ?? '').replace(/\\s+/g, ' ');
    const says = (e) => [e.textContent, e.getAttribute('aria-label'), e.title, e.alt, e.value, e.placeholder,
      ...[...(e.labels ?? [])].map((label) => label.textContent),
      ...(e.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent),
    ].some((text) => flat(text).includes(name));
    const seen = [...document.body.querySelectorAll(selector)]
      .filter((e) => e.localName === 'option' || e.checkVisibility({ visibilityProperty: true }));
    return [seen.filter(says), seen.filter((e) => !says(e))];";

/// How the name of an element is compared.
#[derive(Clone, Copy, Debug)]
enum Name<'a> {
    Is(&'a str),
    StartsWith(&'a str),
    /// Where it starts, and where it ends.
    Between(&'a str, &'a str),
    /// Any name, if the element's content holds the text.
    Says(&'a str),
}

impl<'a> Name<'a> {
    fn text(self) -> &'a str {
        match self {
            Name::Is(text) | Name::StartsWith(text) | Name::Between(text, _) | Name::Says(text) => text,
        }
    }

    /// Whether an element with this name is meant; `says` tells whether it holds the text.
    fn fits(self, name: &str, says: bool) -> bool {
        match self {
            Name::Is(text) => name == text,
            Name::StartsWith(text) => name.starts_with(text),
            Name::Between(start, end) => name.starts_with(start) && name.ends_with(end),
            Name::Says(_) => says,
        }
    }
}

impl Page {
    /// Waits for the one visible element with an ARIA role (`button`, `link`, `combobox`, ...) and an accessible name.
    ///
    /// # Errors
    ///
    /// There is none in time (the error lists the names that elements of that role have), or there are several all the time.
    pub fn find(&self, role: &str, name: &str) -> Result<Element> {
        self.find_named(role, Name::Is(name))
    }

    /// As [`Page::find`], for names whose end changes: `"worker 1,"` finds `worker 1, wants the GIL`.
    ///
    /// # Errors
    ///
    /// As [`Page::find`].
    pub fn find_starting(&self, role: &str, start: &str) -> Result<Element> {
        self.find_named(role, Name::StartsWith(start))
    }

    /// As [`Page::find_starting`], for names of which the end matters, too: `"worker 1,"` and `"wants the GIL"`.
    ///
    /// # Errors
    ///
    /// As [`Page::find`].
    pub fn find_between(&self, role: &str, start: &str, end: &str) -> Result<Element> {
        self.find_named(role, Name::Between(start, end))
    }

    /// Waits for the one visible element with an ARIA role (`status`, `alert`, ...) that holds a text, whatever its name.
    ///
    /// # Errors
    ///
    /// As [`Page::find`].
    pub fn find_saying(&self, role: &str, text: &str) -> Result<Element> {
        self.find_named(role, Name::Says(text))
    }

    fn find_named(&self, role: &str, name: Name) -> Result<Element> {
        let deadline = self.deadline();
        loop {
            // The thorough look, through elements that do not seem to have the name, is taken when time is up.
            let late = Instant::now() > deadline;
            match self.look(role, name, late) {
                Ok((mut found, _)) if found.len() == 1 => return Ok(found.remove(0)),
                Ok((found, _)) if found.len() > 1 && late => {
                    bail!("{} times on the page: {role} '{}'", found.len(), name.text())
                }
                Ok((_, others)) if late => {
                    let others = others.join("\n  ");
                    bail!("not on the page: {role} {name:?}. What is there:\n  {others}");
                }
                Err(error) if late => return Err(error),
                // None yet, or the page changed under our hands: also while one was asked for its name after the other.
                Ok(_) | Err(_) => self.pause()?,
            }
        }
    }

    /// Elements that fit, and (if the look is thorough) role and name of those that do not.
    fn look(&self, role: &str, name: Name, thorough: bool) -> Result<(Vec<Element>, Vec<String>)> {
        let lists = self.script(CANDIDATES, &[role.into(), name.text().into()])?;
        let (mut found, mut others) = (Vec::new(), Vec::new());
        let list = |at: usize| lists[at].as_array().into_iter().flatten();
        let says = list(0).map(|candidate| (candidate, true));
        let silent = list(1).map(|candidate| (candidate, false)).filter(|_| thorough);
        for (candidate, says) in says.chain(silent) {
            let id = candidate[ELEMENT_KEY].as_str().context("a candidate is no element")?.to_owned();
            let actual_role = self.element_text(&id, "computedrole")?;
            let actual_name = self.element_text(&id, "computedlabel")?;
            if actual_role == role && name.fits(&actual_name, says) {
                found.push(Element { id, name: actual_name });
            } else {
                others.push(format!("{actual_role} '{actual_name}'"));
            }
        }
        Ok((found, others))
    }

    pub(crate) fn element_text(&self, id: &str, what: &str) -> Result<String> {
        let value = self.get(&format!("/element/{id}/{what}"))?;
        Ok(value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
