//! Opening a scenario from a file: chosen, or dropped on the page.

use std::rc::Rc;

use gilscope::session::files::{check_size, read as read_text};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, Event, File, FileList};

use super::app::App;
use super::{library, links, root, window};

/// Set on the root while a file is over the page.
const OVER: &str = "data-file-over";

/// Opens files that are dropped anywhere on the page, from now on.
pub(crate) fn follow(app: &Rc<App>) {
    if app.embed.is_some() {
        return;
    }
    for name in ["dragover", "dragleave", "drop"] {
        let app = Rc::clone(app);
        let on_drop = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            let event: DragEvent = event.unchecked_into();
            let Some(transfer) = event.data_transfer().filter(|t| t.types().includes(&"Files".into(), 0)) else {
                return;
            };
            // Without this the browser would show the file in place of the page.
            event.prevent_default();
            // While a file is over the page, that says what will become of it.
            let _ = if name == "dragover" { root().set_attribute(OVER, "") } else { root().remove_attribute(OVER) };
            if name == "drop" {
                open(&app, transfer.files());
            }
        });
        window().add_event_listener_with_callback(name, on_drop.as_ref().unchecked_ref()).unwrap_throw();
        on_drop.forget();
    }
}

/// Opens the first of some files, or says why it cannot be opened.
pub(crate) fn open(app: &App, files: Option<FileList>) {
    let (Some(file), Some(app)) = (files.and_then(|files| files.get(0)), app.frame.app()) else { return };
    // What is said of it stands in the page.
    library::close();
    spawn_local(async move {
        let name = file.name();
        match read(&file).await {
            Ok(scenario) => {
                links::leave_way_back(&app);
                app.open_file(scenario);
                links::name_scenario(&app);
                app.show(|s| s.notice = Some(format!("Opened {name}")));
            }
            Err(why) => app.complain(format!("{name} cannot be opened: {why}")),
        }
    });
}

async fn read(file: &File) -> Result<gilscope::scenario::Scenario, String> {
    check_size(file.size() as u64)?;
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    read_text(&text.ok_or("the browser cannot read it")?)
}
