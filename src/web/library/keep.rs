//! One's own scenarios: saving what is open, giving another name, deleting, and what is told of it.

use gilscope::session::library::{Trouble, Write, title_by};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, KeyboardEvent, SubmitEvent};
use yew::prelude::*;

use super::{Shelf, cards, value};
use crate::web::app::{App, Handle};
use crate::web::links::Origin;
use crate::web::store;

impl App {
    /// Takes in what the browser keeps.
    pub(super) fn read_own(&self) {
        let Some(app) = self.frame.app() else { return };
        spawn_local(async move {
            loop {
                let since = app.shown().shelf.library.changes();
                match store::read().await {
                    Ok(kept) => {
                        let kept = kept.iter().map(String::as_str);
                        if app.change_own(|shelf| shelf.library.take_in(kept, since)) {
                            break;
                        }
                    }
                    Err(trouble) => break app.tell(trouble),
                }
            }
        });
    }

    /// Changes what is shown of one's own, and shows it while the library is open.
    fn change_own<T>(&self, change: impl FnOnce(&mut Shelf) -> T) -> T {
        let result = {
            let shelf = &mut self.shown_mut().shelf;
            let result = change(shelf);
            if !shelf.cards.is_empty() {
                shelf.cards = cards::all(&shelf.library);
            }
            result
        };
        self.frame.ask_structure();
        result
    }

    fn perform_writes(&self, writes: Vec<Write>) {
        let Some(app) = self.frame.app().filter(|_| !writes.is_empty()) else { return };
        spawn_local(async move {
            if let Err(trouble) = store::write(&writes).await {
                app.tell(trouble);
            }
        });
    }

    /// Says once what the browser does not do, where people look: in the library if that is open, else on the page.
    pub(crate) fn tell(&self, trouble: Trouble) {
        let mut shown = self.shown_mut();
        let Some(says) = shown.shelf.library.tell(trouble) else { return };
        if shown.shelf.cards.is_empty() {
            shown.notice = Some(says.to_owned());
        } else {
            says.clone_into(&mut shown.shelf.said);
        }
        self.frame.ask_structure();
    }

    /// Saves what is open under the name in the field.
    fn save_own(&self) {
        let mut scenario = self.session().scenario().clone();
        let title = {
            let shown = self.shown();
            let old = if let Origin::Own(id) = shown.origin { shown.shelf.name_of(id) } else { "" };
            title_by(&scenario, old, &shown.shelf.name)
        };
        if let Some(title) = &title {
            scenario.title.clone_from(title);
        }
        let saved = self.change_own(|shelf| {
            let saved = shelf.library.save(&shelf.name, &scenario, js_sys::Date::now() as u64);
            shelf.said = match &saved {
                // What can be taken back says itself what it was.
                Ok(_) if shelf.library.undo_name().is_some() => String::new(),
                Ok(_) => format!("Saved “{}”", shelf.name.trim()),
                Err(why) => why.clone(),
            };
            saved
        });
        let Ok(writes) = saved else { return };
        self.set_title(title);
        self.show(|s| {
            if let Some(own) = s.shelf.library.own().first() {
                s.origin = Origin::Own(own.id);
                s.loaded = scenario;
            }
        });
        self.perform_writes(writes);
    }

    /// Gives what is open a title, if there is one to give.
    fn set_title(&self, title: Option<String>) {
        if let Some(title) = title {
            let edit = self.session().scenario().with_title(&title);
            self.edit(edit);
        }
    }

    pub(super) fn delete_own(&self, id: u64) {
        let writes = self.change_own(|shelf| {
            let writes = shelf.library.delete(id);
            shelf.said.clear();
            shelf.send_focus("#library-undo");
            writes
        });
        self.perform_writes(writes);
    }

    fn undo_own(&self) {
        let writes = self.change_own(|shelf| {
            let writes = shelf.library.undo();
            if let Some(Write::Keep(own)) = writes.last() {
                shelf.said = format!("“{}” is back", own.name);
                shelf.send_focus(open_of(own.id));
            }
            writes
        });
        self.perform_writes(writes);
    }

    pub(super) fn begin_rename(&self, id: u64) {
        self.show(|s| {
            s.shelf.renaming = Some(id);
            s.shelf.send_focus("#library-rename");
        });
    }

    /// Gives the name in the field, or with none leaves it as it was.
    fn end_rename(&self, id: u64, name: Option<String>) {
        let old = self.shown().shelf.name_of(id).to_owned();
        let writes = self.change_own(|shelf| {
            let writes = name.as_ref().map_or(Ok(Vec::new()), |name| shelf.library.rename(id, name));
            match &writes {
                Ok(_) => {
                    shelf.renaming = None;
                    shelf.said.clear();
                    shelf.send_focus(open_of(id));
                    let name = shelf.name_of(id).to_owned();
                    if name != old {
                        // What would be saved under the old name would be a second one.
                        if shelf.name == old {
                            shelf.name.clone_from(&name);
                        }
                        shelf.said = format!("It is called “{name}” now");
                    }
                }
                Err(why) => shelf.said.clone_from(why),
            }
            writes
        });
        let is_open = matches!(self.shown().origin, Origin::Own(open) if open == id);
        if let (Ok(_), Some(name), true) = (&writes, name, is_open) {
            let title = title_by(self.session().scenario(), &old, &name);
            let loaded = title_by(&self.shown().loaded, &old, &name);
            if let Some(title) = loaded {
                self.show(|s| s.loaded.title = title);
            }
            self.set_title(title);
        }
        self.perform_writes(writes.unwrap_or_default());
    }

    pub(super) fn show_search(&self) {
        // The browser writes the letter where the focus is by then.
        if let Some(search) = crate::web::document().get_element_by_id("library-search") {
            let _ = search.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    }
}

fn open_of(id: u64) -> String {
    format!("[data-card=\"{}\"] .card-open", cards::key_of(id))
}

/// One's own: what is open can be saved, what was saved stands below.
pub(super) fn own_part(app: &Handle, shelf: &Shelf) -> Html {
    let oninput = {
        let app = app.clone();
        Callback::from(move |event: InputEvent| {
            let name = value(&event);
            app.show(|s| s.shelf.name = name);
        })
    };
    let onsubmit = {
        let app = app.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            app.save_own();
        })
    };
    let undo = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.undo_own())
    };
    let anew = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| {
            super::close();
            app.start_anew();
        })
    };
    let replaces = shelf.library.named(&shelf.name).is_some();
    let own = shelf.cards.iter().take_while(|card| cards::own_id(&card.key).is_some());
    html! {
        <>
            <div class="buttons">
                <button type="button" class="button" onclick={anew}>{ "Start with an empty page" }</button>
            </div>
            <form class="library-save" {onsubmit}>
                <label for="library-name">{ "Save what is open as" }</label>
                <input id="library-name" class="field-input" maxlength="64" value={shelf.name.clone()} {oninput} />
                <button class="button">{ if replaces { "Replace" } else { "Save" } }</button>
            </form>
            <div class="library-said" role="status">
                { &shelf.said }
                <span class="visually-hidden">{ shelf.says_found() }</span>
                if let Some(what) = shelf.library.undo_name() {
                    <span>{ what }</span>
                    <button id="library-undo" type="button" class="button small" onclick={undo}>{ "Undo" }</button>
                }
            </div>
            { cards::section(app, shelf, "My scenarios", own) }
        </>
    }
}

/// The field for another name, in place of the name.
pub(super) fn rename_field(app: &Handle, id: u64, name: &str) -> Html {
    let onkeydown = {
        let app = app.clone();
        Callback::from(move |event: KeyboardEvent| {
            let name = match event.key().as_str() {
                "Enter" => event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()).map(|i| i.value()),
                "Escape" => None,
                _ => return,
            };
            // Esc is for the field, not for the dialog.
            event.prevent_default();
            event.stop_propagation();
            app.end_rename(id, name);
        })
    };
    html! {
        <input id="library-rename" class="field-input" maxlength="64" aria-label="New name" value={name.to_owned()}
            onfocus={crate::web::error::select_all()} {onkeydown} />
    }
}

/// What can be done with one's own scenario beside opening it.
pub(super) fn tools(app: &Handle, id: u64, name: &str) -> Html {
    let on = |act: fn(&App, u64)| {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| act(&app, id))
    };
    html! {
        <div class="card-tools">
            <button type="button" class="button small" aria-label={format!("Rename {name}")} title="F2"
                onclick={on(App::begin_rename)}>{ "Rename" }</button>
            <button type="button" class="button small" aria-label={format!("Delete {name}")} title="Delete"
                onclick={on(App::delete_own)}>{ "Delete" }</button>
        </div>
    }
}
