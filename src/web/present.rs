//! Giving a lecture: the next claim, the picture alone in large type, a blank screen; and what other keys ask of the page.

use std::rc::Rc;

use gilscope::scenario::presets;
use gilscope::session::keys::Command;
use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::app::{App, Handle};
use super::help;
use super::links;
use super::{ask, document, root};

impl App {
    /// Does what a key or a button asks for.
    pub(crate) fn command(&self, command: Command) {
        if self.embed.is_some_and(|embed| !embed.mode.obeys(&command)) {
            return;
        }
        match command {
            Command::Do(action) => self.act(action),
            Command::NextClaim => self.go_to_claim(presets::next, "This is the last claim"),
            Command::PreviousClaim => self.go_to_claim(presets::previous, "This is the first claim"),
            Command::Present => {
                let on = !self.shown().presenting;
                self.present(on);
            }
            Command::Blank => self.show(|s| s.blank = !s.blank),
            Command::Help => help::open(),
            Command::Menu(subject) => self.open_menu(subject, None),
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
    html! { <h2 class="claim-line">{ text.clone() }</h2> }
}

/// Stands before everything while the screen is blank.
pub(crate) fn blank(app: &Handle) -> Html {
    let app = app.clone();
    let onclick = Callback::from(move |_: MouseEvent| app.command(Command::Blank));
    html! { <button type="button" class="blank" {onclick}>{ "The screen is blank. B shows the picture again." }</button> }
}
