//! Giving a lecture: the next claim, the picture alone in large type, a blank screen; and what other keys ask of the page.

use std::rc::Rc;

use gilscope::scenario::presets::{self, Preset, Variant};
use gilscope::session::Action;
use gilscope::session::keys::{Command, Direction};
use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::app::{App, Handle};
use super::change::same_but_for_answers;
use super::help;
use super::links;
use super::{ask, document, root};

impl App {
    /// Whether a key or a button may ask for this here.
    pub(crate) fn obeys(&self, command: &Command) -> bool {
        self.embed.is_none_or(|embed| embed.mode.obeys(command))
    }

    /// Does what a key or a button asks for.
    pub(crate) fn command(&self, command: Command) {
        if !self.obeys(&command) {
            return;
        }
        match command {
            Command::Do(action) => self.act(action),
            Command::NextClaim => self.go_to_claim(presets::next, "This is the last claim"),
            Command::PreviousClaim => self.go_to_claim(presets::previous, "This is the first claim"),
            Command::NextVariant => self.next_variant(),
            Command::Present => {
                let on = !self.shown().presenting;
                self.present(on);
            }
            Command::Blank => self.show(|s| s.blank = !s.blank),
            Command::Help => help::open(),
            Command::Library => self.open_library(),
            Command::Compare => self.open_compare(),
            Command::Menu(subject) => self.open_menu(subject, None),
            Command::Focus(to) => self.go_in_picture(to),
            Command::Events => {
                let open = self.shown().events.is_some();
                self.show_events(!open);
            }
        }
    }

    /// Gives the focus to another thing of the picture. On a lane, time is what lies to the left and right.
    fn go_in_picture(&self, to: Direction) {
        let Some(focused) = document().active_element() else { return };
        let (mut next, mut lane) = (None, false);
        self.with_overlay(|overlay| (next, lane) = (overlay.next(&focused, to), overlay.is_lane(&focused)));
        match (to, next) {
            (Direction::Left, _) if lane => self.act(Action::PreviousEvent),
            (Direction::Right, _) if lane => self.act(Action::NextEvent),
            (_, Some(next)) => drop(next.focus()),
            _ => {}
        }
    }

    /// Opens the claim beside the one that is open; the first from anything else.
    fn go_to_claim(&self, step: fn(&str) -> Option<&'static presets::Preset>, none: &str) {
        match self.claim() {
            Some(claim) => match step(claim) {
                Some(preset) => links::go_to_preset(self, preset.name),
                None => self.show(|s| none.clone_into(&mut s.said)),
            },
            None => links::go_to_preset(self, presets::all()[0].name),
        }
    }

    /// The preset that is open, or that what is open was made from, with the place of the variant that is shown.
    pub(crate) fn variant(&self) -> Option<(&'static Preset, Option<usize>)> {
        let session = self.session();
        let preset = presets::by_name(&session.scenario().claim)?;
        // What only shows the same otherwise is no change.
        let is_shown = |v: &Variant| match v.outlines {
            true => session.cores_outlined(),
            false => same_but_for_answers(&preset.variant(v), session.scenario()),
        };
        Some((preset, preset.variants().iter().position(is_shown)))
    }

    /// Shows a variant of the claim in place of what is shown, or the claim as it was.
    fn show_variant(&self, variant: Option<&'static Variant>) {
        let Some((preset, now)) = self.variant() else { return };
        let outlines = variant.is_some_and(|v| v.outlines) || now.is_some_and(|i| preset.variants()[i].outlines);
        if outlines {
            return self.act(Action::ToggleOutlines);
        }
        let edit = {
            let session = self.session();
            let (name, to) = match variant {
                Some(variant) => (variant.label, preset.variant(variant)),
                // What was loaded may be a variant itself.
                None if preset.variants().iter().any(|v| preset.variant(v) == *session.original()) => {
                    ("Back to the claim", preset.scenario())
                }
                None => ("Back to the claim", session.original().clone()),
            };
            session.scenario().edited(name, |s| *s = to)
        };
        self.edit(edit);
        // The claim stays in view, also where the change has added something.
        self.act(Action::Select(None));
    }

    /// Shows a variant of the claim that is open, or the claim as it was, if that variant is shown already.
    pub(crate) fn toggle_variant(&self, variant: &'static Variant) {
        let Some((preset, now)) = self.variant() else { return };
        let of_claim = preset.variants().iter().position(|v| std::ptr::eq(v, variant));
        if of_claim.is_some() {
            self.show_variant((of_claim != now).then_some(variant));
        }
    }

    fn next_variant(&self) {
        let Some((preset, now)) = self.variant() else { return };
        self.show_variant(preset.variants().get(now.map_or(0, |i| i + 1)));
    }

    /// The name of the preset that is open, or that what is open was made from.
    pub(crate) fn claim(&self) -> Option<&'static str> {
        let open = self.shown().broken.is_none();
        presets::by_name(&self.session().scenario().claim).filter(|_| open).map(|preset| preset.name)
    }

    /// Begins or ends presenting, on the full screen where the browser allows it.
    pub(crate) fn present(&self, on: bool) {
        self.show(|s| (s.presenting, s.blank) = (on, false));
        if on {
            ask(&root(), "requestFullscreen", &JsValue::UNDEFINED);
        } else if document().fullscreen_element().is_some() {
            ask(&document(), "exitFullscreen", &JsValue::UNDEFINED);
        }
    }
}

/// Ends presenting when the browser leaves the full screen, which takes Escape for itself there.
pub(crate) fn follow(app: &Rc<App>) {
    let app = Rc::clone(app);
    let on_change = Closure::<dyn FnMut()>::new(move || {
        if document().fullscreen_element().is_none() && app.shown().presenting {
            app.present(false);
        }
    });
    let listener = on_change.as_ref().unchecked_ref();
    document().add_event_listener_with_callback("fullscreenchange", listener).unwrap_throw();
    on_change.forget();
}

/// The claim as a lecturer says it, above the picture.
pub(crate) fn claim_line(app: &Handle) -> Html {
    let session = app.session();
    let scenario = session.scenario();
    let text = if scenario.texts.in_short.is_empty() { &scenario.title } else { &scenario.texts.in_short };
    let variant = app.variant().and_then(|(preset, now)| Some(preset.variants()[now?].label));
    html! {
        <section class="claim-line" aria-label="Claim">
            <h1>
                { text.clone() }
                if let Some(label) = variant {
                    { " " }<span class="claim-variant">{ label }</span>
                }
            </h1>
        </section>
    }
}

/// Stands before everything while the screen is blank.
pub(crate) fn blank(app: &Handle) -> Html {
    let app = app.clone();
    let onclick = Callback::from(move |_: MouseEvent| app.show(|s| s.blank = false));
    html! { <button type="button" class="blank" {onclick}>{ "The screen is blank. B shows the picture again." }</button> }
}
