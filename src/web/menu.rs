//! The menu of a thing: what can be done with it, all that a drag would do too, as lines to choose from.

use gilscope::number::{Within, decimal};
use gilscope::order::sorted;
use gilscope::scene::{Point, Subject};
use gilscope::session::{Action, MenuItem};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::app::{App, Handle};
use super::{document, window};

const ID: &str = "menu";

/// Which opening of the menu the element has followed.
const FOLLOWED: &str = "data-followed";

/// Between the menu and the window's edges, in CSS pixels.
const MARGIN: f64 = 8.0;

/// A menu that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Menu {
    subject: Subject,
    /// Where its corner comes to lie in the window, in CSS pixels.
    at: Point,
    /// Counts the openings.
    number: u32,
}

impl App {
    /// Opens the menu of a thing at a place in the window; without one, below where the thing is drawn. Time stands still
    /// then: the lines would change places under the pointer.
    pub(crate) fn open_menu(&self, subject: Subject, at: Option<Point>) {
        let playing = self.session().playing();
        if playing {
            self.act(Action::TogglePlay);
        }
        let at = at.or_else(|| self.corner_of(subject)).unwrap_or_default();
        self.show(|s| {
            s.menus += 1;
            s.menu = Some(Menu { subject, at, number: s.menus });
        });
    }

    fn close_menu(&self) {
        if let Some(dialog) = dialog() {
            dialog.close();
        }
        self.show(|s| s.menu = None);
    }
}

fn dialog() -> Option<HtmlDialogElement> {
    document().get_element_by_id(ID)?.dyn_into().ok()
}

/// The dialog that holds the menu, unseen while there is none.
pub(crate) fn menu(app: &Handle) -> Html {
    let open = app.shown().menu.clone();
    let items = open.as_ref().map(|m| app.session().menu(m.subject)).unwrap_or_default();
    // What can be done stands first; what cannot says why, below.
    let items = sorted(items, |item| item.refused.is_some());
    let Some(Menu { subject, at, number }) = open.filter(|_| !items.is_empty()) else {
        return html! { <dialog id={ID} class="menu" aria-label="Menu" /> };
    };
    let title = app.session().menu_title(subject);
    let close = {
        let app = app.clone();
        move || app.close_menu()
    };
    let onclick = {
        let close = close.clone();
        Callback::from(move |event: MouseEvent| {
            if event.target().is_some_and(|t| t.has_type::<HtmlDialogElement>()) {
                close();
            }
        })
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let to = match event.key().as_str() {
            "ArrowDown" => Step::By(1),
            "ArrowUp" => Step::By(-1),
            "Home" => Step::First,
            "End" => Step::Last,
            "Tab" | "Escape" => {
                event.prevent_default();
                return close();
            }
            _ => return,
        };
        event.prevent_default();
        focus(to);
    });
    html! {
        <dialog id={ID} class="menu" aria-label={title.clone()} {onclick} data-number={number.to_string()}
            data-x={(at.x as i32).to_string()} data-y={(at.y as i32).to_string()}>
            <div role="menu" aria-label={title.clone()} {onkeydown}>
                <p class="menu-title" role="presentation">{ title }</p>
                { for items.into_iter().map(|i| item(app, i)) }
            </div>
        </dialog>
    }
}

fn item(app: &Handle, item: MenuItem) -> Html {
    let MenuItem { label, says, action, refused } = item;
    let app = app.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        app.close_menu();
        app.act(action.clone());
    });
    let disabled = refused.is_some().then_some("true");
    html! {
        <button type="button" role="menuitem" class="menu-item" tabindex="-1" aria-disabled={disabled} {onclick}>
            <span>{ label }</span>
            if !says.is_empty() {
                <span class="menu-says">{ says }</span>
            }
        </button>
    }
}

/// Where the focus goes in the menu.
#[derive(Clone, Copy)]
enum Step {
    By(isize),
    First,
    Last,
}

fn focus(step: Step) {
    let Ok(items) = document().query_selector_all("#menu [role=menuitem]") else { return };
    let active = document().active_element();
    let item = |i: u32| items.get(i).and_then(|node| node.dyn_into::<HtmlElement>().ok());
    let count = items.length() as usize;
    let now = (0..items.length()).find(|i| item(*i).as_deref() == active.as_ref()).unwrap_or_default() as usize;
    let to = match step {
        Step::By(by) => (now + count).saturating_add_signed(by) % count.max(1),
        Step::First => 0,
        Step::Last => count.saturating_sub(1),
    };
    if let Some(item) = item(to as u32) {
        let _ = item.focus();
    }
}

/// Opens the dialog that has been rendered for a menu, once; its place is set through the CSS object model.
pub(crate) fn follow() {
    let Some(dialog) = dialog() else { return };
    let Some(number) = dialog.get_attribute("data-number") else { return };
    if dialog.get_attribute(FOLLOWED).as_ref() == Some(&number) {
        return;
    }
    let _ = dialog.set_attribute(FOLLOWED, &number);
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
    // Whole pixels: the table for reading floating point numbers would be 10 kB of the download.
    let number = |name: &str| -> f64 {
        dialog.get_attribute(name).and_then(|v| v.parse::<i32>().ok()).unwrap_or_default().into()
    };
    let rect = dialog.get_bounding_client_rect();
    let most = |window: Result<_, _>, size: f64| {
        let window = window.ok().and_then(|v: wasm_bindgen::JsValue| v.as_f64()).unwrap_or_default();
        (window - size - MARGIN).max(MARGIN)
    };
    let (x, y) = (number("data-x"), number("data-y"));
    let left = x.within(MARGIN, most(window().inner_width(), rect.width()));
    let top = y.within(MARGIN, most(window().inner_height(), rect.height()));
    let _ = dialog.style().set_property("left", &format!("{}px", decimal(left)));
    let _ = dialog.style().set_property("top", &format!("{}px", decimal(top)));
    focus(Step::First);
}
