//! The panel “Compare”: two runs on one time axis, or one parameter over a range. It is computed between frames, a few
//! milliseconds at a time, and only what is in sight.

use std::cell::{Cell, OnceCell, RefCell};

use gilscope::session::address;
use gilscope::session::choices::Choice;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement};
use yew::prelude::*;

use super::app::{App, Handle};
use super::compare_pair::{Pairing, pair_view};
use super::compare_sweep::{Sweeping, sweep_view};
use super::icons::{self, icon};
use super::{document, keys, links, window};

const ID: &str = "compare";

/// Which opening the dialog has followed.
const FOLLOWED: &str = "data-followed";

/// What the panel shows, while it is open.
#[derive(Default)]
pub(crate) struct Compare {
    pub(super) panel: RefCell<Option<Panel>>,
    /// How often it was opened.
    opened: Cell<u32>,
    pub(super) callback: OnceCell<Closure<dyn FnMut(f64)>>,
    pub(super) scheduled: Cell<bool>,
}

/// An open panel.
pub(super) struct Panel {
    /// What the open scenario can be compared with.
    pub(super) choices: Vec<Choice>,
    /// Whether a sweep is shown, and not two runs.
    pub(super) sweeps: bool,
    pub(super) pairing: Option<Pairing>,
    pub(super) sweeping: Option<Sweeping>,
    /// What was done last.
    pub(super) said: String,
    /// Counts the changes of what is painted.
    pub(super) version: u32,
}

impl Panel {
    /// What a link to it adds to the fragment; `None` for what no link can hold.
    fn fragment(&self) -> Option<String> {
        let asked = if self.sweeps {
            address::Panel::Sweep(self.sweeping.as_ref()?.asked)
        } else {
            let choice = &self.pairing.as_ref().filter(|pairing| pairing.choice.is_in_links())?.choice;
            address::Panel::Compare(choice.key.clone())
        };
        Some(asked.fragment())
    }
}

impl App {
    /// Opens the panel with the first comparison that makes sense. It is modal: Esc closes it, and the focus goes back to where
    /// it was.
    pub(crate) fn open_compare(&self) {
        if self.shown().broken.is_none() {
            let choices = self.session().choices();
            let first = choices.iter().find(|choice| choice.other.is_ok()).cloned();
            self.open_panel(choices, |app, panel| match first {
                Some(choice) => panel.pairing = Pairing::new(&app.session(), choice),
                None => panel.sweeps = true,
            });
        }
    }

    /// Opens the panel as an address asks for it, or closes it, as it was about another scenario. The frame of another page has no
    /// room for it. Answers why the scenario cannot be compared so, as a sentence.
    pub(crate) fn open_asked(&self, asked: Option<address::Panel>) -> Option<String> {
        if self.compare.panel.take().is_some() {
            close();
        }
        self.try_panel(&asked.filter(|_| self.embed.is_none())?).err()
    }

    fn try_panel(&self, asked: &address::Panel) -> Result<(), String> {
        match asked {
            address::Panel::Compare(key) => {
                let choice = self.session().choice(key).ok_or("What it is compared with, cmp, is not known.")?;
                let label = choice.label.clone();
                let why = |why: &String| format!("It is not compared with “{label}”: {why}");
                choice.other.as_ref().map_err(why)?;
                let choices = self.session().choices();
                self.open_panel(choices, |app, panel| panel.pairing = Pairing::new(&app.session(), choice));
            }
            address::Panel::Sweep(asked) => {
                let sweeping = Sweeping::new(&self.session(), *asked);
                sweeping.sweep.as_ref().map_err(|why| format!("The sweep is not made: {why}"))?;
                let choices = self.session().choices();
                self.open_panel(choices, |_, panel| (panel.sweeps, panel.sweeping) = (true, Some(sweeping)));
            }
        }
        Ok(())
    }

    fn open_panel(&self, choices: Vec<Choice>, fill: impl FnOnce(&Self, &mut Panel)) {
        let said = String::new();
        let mut panel = Panel { choices, sweeps: false, pairing: None, sweeping: None, said, version: 0 };
        fill(self, &mut panel);
        if panel.sweeps && panel.sweeping.is_none() {
            panel.sweeping = Some(Sweeping::first(&self.session()));
        }
        *self.compare.panel.borrow_mut() = Some(panel);
        self.compare.opened.set(self.compare.opened.get() + 1);
        self.frame.ask_clock();
        self.follow_size();
    }

    /// Changes what the panel shows.
    pub(super) fn change_panel(&self, change: impl FnOnce(&mut Panel)) {
        if let Some(panel) = &mut *self.compare.panel.borrow_mut() {
            panel.said.clear();
            panel.version += 1;
            change(panel);
        }
        self.tend_compare();
        self.frame.ask_clock();
    }

    fn show_tab(&self, sweeps: bool) {
        let missing = self.compare.panel.borrow().as_ref().is_some_and(|p| sweeps && p.sweeping.is_none());
        let first = missing.then(|| Sweeping::first(&self.session()));
        self.change_panel(|panel| {
            panel.sweeps = sweeps;
            panel.sweeping = panel.sweeping.take().or(first);
        });
    }

    /// Copies a link that opens the panel as it is.
    fn copy_panel_link(&self) {
        let more = self.compare.panel.borrow().as_ref().and_then(Panel::fragment);
        let Some(more) = more else {
            let why =
                "A link cannot hold how it was before your changes. Compare with something else, and it can be copied.";
            return self.change_panel(|p| why.clone_into(&mut p.said));
        };
        let fragment = match links::present_fragment(self, false) {
            Ok(fragment) => fragment + &more,
            Err(why) => return self.change_panel(|p| p.said = why.to_string()),
        };
        links::replace_fragment(&fragment);
        let Some(app) = self.frame.app() else { return };
        spawn_local(async move {
            let copied = links::write_to_clipboard(&links::href()).await;
            let said = if copied {
                "Link copied"
            } else {
                "The clipboard is out of reach. While this is open, the page’s address is the link."
            };
            app.change_panel(|panel| said.clone_into(&mut panel.said));
        });
    }

    /// Paints anew whenever the window has another size, from the first opening on.
    fn follow_size(&self) {
        let Some(app) = self.frame.app().filter(|_| self.compare.opened.get() == 1) else { return };
        let on_resize = Closure::<dyn FnMut()>::new(move || app.tend_compare());
        let _ = window().add_event_listener_with_callback("resize", on_resize.as_ref().unchecked_ref());
        on_resize.forget();
    }
}

fn dialog() -> Option<HtmlDialogElement> {
    document().get_element_by_id(ID)?.dyn_into().ok()
}

/// Closes it, if it is open.
pub(super) fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

/// Shows the dialog once after every opening.
pub(crate) fn follow() {
    let Some(dialog) = dialog() else { return };
    let number = dialog.get_attribute("data-number");
    if dialog.get_attribute(FOLLOWED) != number && number.as_deref() != Some("0") {
        let _ = dialog.set_attribute(FOLLOWED, &number.unwrap_or_default());
        if !dialog.open() {
            let _ = dialog.show_modal();
            // Else the area that scrolls has it, as long as it does.
            if let Some(title) = document().get_element_by_id("compare-title") {
                let _ = title.unchecked_into::<HtmlElement>().focus();
            }
        }
    }
}

/// The dialog; empty until it is opened.
pub(crate) fn compare(app: &Handle) -> Html {
    let panel = app.compare.panel.borrow();
    let onclose = {
        let app = app.clone();
        Callback::from(move |_: Event| {
            // It may be open again by the time at which this is told, or about to be with the next frame.
            let opened = app.compare.opened.get().to_string();
            if dialog().is_some_and(|d| !d.open() && d.get_attribute(FOLLOWED) == Some(opened)) {
                *app.compare.panel.borrow_mut() = None;
                // The page's address is a link: it would open what is closed.
                let fragment = links::fragment();
                let rest = address::without_panel(&fragment);
                if rest != fragment {
                    links::replace_fragment(&rest);
                }
                app.frame.ask_clock();
                keys::stay();
            }
        })
    };
    let onclick = Callback::from(|event: MouseEvent| {
        if event.target().is_some_and(|t| t.has_type::<HtmlDialogElement>()) {
            close();
        }
    });
    let mut number = 0;
    if panel.is_some() {
        app.tend_compare();
        number = app.compare.opened.get();
    }
    html! {
        <dialog id={ID} class="dialog compare" aria-labelledby="compare-title" {onclose} {onclick}
            data-number={number.to_string()}>
            if let Some(panel) = &*panel {
                <div class="dialog-body">
                    { head(app, panel) }
                    if panel.sweeps {
                        { for panel.sweeping.iter().map(|sweeping| sweep_view(app, sweeping)) }
                    } else {
                        { pair_view(app, panel) }
                    }
                </div>
            }
        </dialog>
    }
}

fn head(app: &Handle, panel: &Panel) -> Html {
    let tab = |name: &'static str, sweeps: bool| {
        let pressed = if panel.sweeps == sweeps { "true" } else { "false" };
        html! {
            <button type="button" class="button" aria-pressed={pressed} onclick={press(app, move |app| app.show_tab(sweeps))}>
                { name }
            </button>
        }
    };
    html! {
        <div class="dialog-head">
            <h2 id="compare-title" tabindex="-1">{ "Compare" }</h2>
            <div class="compare-tabs" role="group" aria-label="What is compared">
                { tab("Two runs", false) }
                { tab("Sweep", true) }
            </div>
            <p class="compare-said muted" role="status">{ panel.said.clone() }</p>
            if panel.sweeps || panel.pairing.is_some() {
                <button type="button" class="button" onclick={press(app, |app| app.copy_panel_link())}>{ "Copy link" }</button>
            }
            <button type="button" class="icon-button" aria-label="Close" onclick={|_: MouseEvent| close()}>
                { icon(icons::DELETE) }
            </button>
        </div>
    }
}

/// What a press of a button does.
pub(super) fn press(app: &Handle, act: impl Fn(&App) + 'static) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_: MouseEvent| act(&app))
}

/// The pixel from the left at which a pointer is on a canvas, and from above, in CSS pixels.
pub(super) fn on_canvas(event: &PointerEvent) -> Option<(f64, f64)> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let on = element.get_bounding_client_rect();
    Some((f64::from(event.client_x()) - on.left(), f64::from(event.client_y()) - on.top()))
}
