//! Reading and using an element that was found.

use crate::input::{Point, key};
use crate::page::Page;
use anyhow::{Context, Result};
use serde_json::{Value, json};

/// The key under which WebDriver passes elements.
pub(crate) const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Something on the page.
#[derive(Clone, Debug)]
pub struct Element {
    pub(crate) id: String,
    /// Its accessible name when it was found.
    pub name: String,
}

/// Where something lies in the window, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Page {
    /// The text of an element as it is shown.
    ///
    /// # Errors
    ///
    /// The element is gone.
    pub fn text(&self, element: &Element) -> Result<String> {
        self.element_text(&element.id, "text")
    }

    /// The accessible name of an element now.
    ///
    /// # Errors
    ///
    /// The element is gone.
    pub fn name(&self, element: &Element) -> Result<String> {
        self.element_text(&element.id, "computedlabel")
    }

    /// All that an element says, whether it is seen or only spoken, in one line.
    ///
    /// # Errors
    ///
    /// The element is gone.
    pub fn content(&self, element: &Element) -> Result<String> {
        let content = self.property(element, "textContent")?;
        Ok(content.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The element that has the focus.
    ///
    /// # Errors
    ///
    /// Nothing has it in time: what had it may just have been replaced.
    pub fn focused(&self) -> Result<Element> {
        self.wait_for("something has the focus", || {
            let active = self.get("/element/active")?;
            let id = active[ELEMENT_KEY].as_str().context("what has the focus is no element")?.to_owned();
            let name = self.element_text(&id, "computedlabel")?;
            Ok(Some(Element { id, name }))
        })
    }

    /// A property of the element's object, such as `value` or `disabled`.
    ///
    /// # Errors
    ///
    /// The element is gone.
    pub fn property(&self, element: &Element, name: &str) -> Result<Value> {
        self.get(&format!("/element/{}/property/{name}", element.id))
    }

    /// An attribute of the element, such as `aria-pressed`.
    ///
    /// # Errors
    ///
    /// The element is gone.
    pub fn attribute(&self, element: &Element, name: &str) -> Result<Option<String>> {
        let value =
            self.script("return arguments[0].getAttribute(arguments[1]);", &[reference(element), name.into()])?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// Where an element lies in the window.
    ///
    /// # Errors
    ///
    /// The element is gone.
    pub fn rect(&self, element: &Element) -> Result<Rect> {
        let script = "const r = arguments[0].getBoundingClientRect(); return [r.x, r.y, r.width, r.height];";
        let numbers = self.script(script, &[reference(element)])?;
        let number = |at: usize| numbers[at].as_f64().context("a rectangle without numbers");
        Ok(Rect { x: number(0)?, y: number(1)?, width: number(2)?, height: number(3)? })
    }

    /// Where an element lies in the window once it has come to rest there: for who goes on to press at that place.
    ///
    /// # Errors
    ///
    /// The element is gone, or never stands still.
    pub fn resting(&self, element: &Element) -> Result<Rect> {
        self.wait_for(&format!("'{}' stands still", element.name), || {
            let before = self.rect(element)?;
            self.settle()?;
            let now = self.rect(element)?;
            Ok((now == before).then_some(now))
        })
    }

    /// The middle of an element that has come to rest.
    ///
    /// # Errors
    ///
    /// The element is gone, or never stands still.
    pub fn centre(&self, element: &Element) -> Result<Point> {
        let Rect { x, y, width, height } = self.resting(element)?;
        Ok(Point { x: x + width / 2.0, y: y + height / 2.0 })
    }

    /// Scrolls to an element and clicks its middle.
    ///
    /// # Errors
    ///
    /// The element is gone, or something else covers it.
    pub fn click(&self, element: &Element) -> Result<()> {
        // The driver would scroll just so far that the element stands at the edge, beneath what may stick there.
        let script = "const { top, bottom } = arguments[0].getBoundingClientRect();
            if (top < 0 || bottom > innerHeight) arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' });";
        self.script(script, &[reference(element)])?;
        self.drawn_after(self.post(&format!("/element/{}/click", element.id), json!({})))
    }

    /// Types a text in place of the one in a field and presses Enter, key by key.
    ///
    /// # Errors
    ///
    /// Something covers the field.
    pub fn retype(&self, field: &Element, text: &str) -> Result<()> {
        self.click(field)?;
        self.press(&[key::CONTROL, "a"])?;
        for character in text.chars() {
            self.press(&[&character.to_string()])?;
        }
        self.press(&[key::ENTER])
    }

    /// Empties a field and types into it.
    ///
    /// # Errors
    ///
    /// The element is gone or takes no text.
    pub fn fill(&self, element: &Element, text: &str) -> Result<()> {
        self.post(&format!("/element/{}/clear", element.id), json!({}))?;
        self.type_into(element, text)
    }

    /// Types into an element, which gets the focus.
    ///
    /// # Errors
    ///
    /// The element is gone or cannot have the focus.
    pub fn type_into(&self, element: &Element, text: &str) -> Result<()> {
        self.drawn_after(self.post(&format!("/element/{}/value", element.id), json!({ "text": text })))
    }

    /// Chooses an option of a `<select>` by its text.
    ///
    /// # Errors
    ///
    /// There is no such option in time.
    pub fn choose(&self, select: &Element, option: &str) -> Result<()> {
        let script = "return [...arguments[0].options].find((o) => o.text.trim() === arguments[1]) ?? null;";
        let id = self.wait_for(&format!("'{}' has the option '{option}'", select.name), || {
            let found = self.script(script, &[reference(select), option.into()])?;
            Ok(found[ELEMENT_KEY].as_str().map(str::to_owned))
        })?;
        self.drawn_after(self.post(&format!("/element/{id}/click"), json!({})))
    }
}

fn reference(element: &Element) -> Value {
    json!({ ELEMENT_KEY: element.id })
}
