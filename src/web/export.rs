//! The part of the share panel that saves what is open in other forms: for other programs, papers, and real Python.

use gilscope::interop::export::{Form, file, named};
use gilscope::scene::Ink;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, Url};
use yew::prelude::*;

use super::app::{App, Handle};
use super::share::say;
use super::{document, links};

/// How long the browser has for fetching a file from where it was put, in milliseconds.
const FETCHED_MS: u32 = 60_000;

/// What a row of the part offers.
type Row = (&'static [(&'static str, Form)], &'static str);

const ROWS: [Row; 4] = [
    (&[("Chrome trace", Form::Chrome)], "Open it in ui.perfetto.dev or speedscope.app."),
    (&[("SVG", Form::Svg)], "The picture as it is shown, for slides and papers."),
    (
        &[("Segments (CSV)", Form::Segments), ("Events (CSV)", Form::Events), ("Numbers (CSV)", Form::Numbers)],
        "Tables for spreadsheets and scripts.",
    ),
    (&[("Python program", Form::Python)], "The same work with real threads: check the prediction on your own machine."),
];

/// The part.
pub(crate) fn export_part(app: &Handle) -> Html {
    let button = |name: &'static str, act: fn(&App)| {
        let app = app.clone();
        html! { <button type="button" class="button" onclick={move |_: MouseEvent| act(&app)}>{ name }</button> }
    };
    let row = |(forms, purpose): &Row| {
        let saves = forms.iter().map(|&(name, form)| {
            let app = app.clone();
            html! { <button type="button" class="button" onclick={move |_: MouseEvent| save(&app, form)}>{ name }</button> }
        });
        let more = match forms[0].1 {
            Form::Svg => button("PNG", save_png),
            Form::Python => button("Copy program", copy_program),
            _ => Html::default(),
        };
        html! { <div class="share-row"><div class="buttons">{ for saves }{ more }</div><p class="muted">{ *purpose }</p></div> }
    };
    html! { <section aria-label="Export"><h3>{ "Export" }</h3>{ for ROWS.iter().map(row) }</section> }
}

fn made(app: &App, form: Form) -> gilscope::interop::export::File {
    let session = app.session();
    let width = {
        let canvas = app.canvas.borrow();
        canvas.as_ref().and_then(|c| c.measure().size(&session, false)).map_or(1_000.0, |size| size.w)
    };
    file(&session, form, width, app.shown().theme.theme())
}

fn save(app: &App, form: Form) {
    let file = made(app, form);
    let said = match Blob::new_with_str_sequence(&Array::of1(&file.text.into())) {
        Ok(blob) if download(&file.name, &blob) => file.said,
        _ => "The browser does not save files here.".to_owned(),
    };
    say(app, said);
}

/// Puts a file where the browser keeps what is downloaded; whether it could be given to it.
pub(super) fn download(name: &str, blob: &Blob) -> bool {
    let Ok(address) = Url::create_object_url_with_blob(blob) else { return false };
    let given = give(name, &address);
    gloo_timers::callback::Timeout::new(FETCHED_MS, move || drop(Url::revoke_object_url(&address))).forget();
    given
}

fn give(name: &str, address: &str) -> bool {
    let Some(link) = document().create_element("a").ok().and_then(|e| e.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    let _ = link.set_attribute("download", name);
    let _ = link.set_attribute("href", address);
    link.click();
    true
}

/// All of the picture, in sight or not, on the page's colour, as it is transparent.
fn save_png(app: &App) {
    let picture = app.canvas.borrow().as_ref().and_then(|canvas| {
        let from = canvas.whole(&app.session().scene(), app.shown().theme.theme())?;
        let copy: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
        copy.set_width(from.width());
        copy.set_height(from.height());
        let context: CanvasRenderingContext2d = copy.get_context("2d").ok()??.dyn_into().ok()?;
        context.set_fill_style_str(&app.shown().theme.theme().css(Ink::Page));
        context.fill_rect(0.0, 0.0, from.width().into(), from.height().into());
        context.draw_image_with_html_canvas_element(&from, 0.0, 0.0).ok()?;
        copy.to_data_url().ok()
    });
    let name = named(&app.session(), ".png");
    let saved = picture.is_some_and(|address| give(&name, &address));
    say(app, if saved { format!("Saved {name}") } else { "The browser makes no picture of it.".to_owned() });
}

fn copy_program(app: &App) {
    let (text, app) = (made(app, Form::Python).text, app.frame.app());
    spawn_local(async move {
        let copied = links::write_to_clipboard(&text).await;
        let said = if copied { "Program copied" } else { "The clipboard is out of reach: save the program instead." };
        if let Some(app) = app {
            say(&app, said.to_owned());
        }
    });
}
