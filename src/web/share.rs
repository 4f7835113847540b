//! The share panel: a link, a file, or a frame for another page, with a look at it.

use gilscope::scenario::LinkError;
use gilscope::session::embed::{MODES, Mode, THEMES};
use gilscope::session::hints::Hint;
use gilscope::session::sharing::{Frame, file_address, file_name, verdict};
use gilscope::time::Time;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlDialogElement, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::app::{App, Handle};
use super::error::select_all;
use super::field::Choice;
use super::icons::{self, icon};
use super::{document, export, files, links};

/// The fields that can be copied.
const LINK: &str = "share-link";
const CODE: &str = "share-code";

/// Sizes that a course site gives a frame: name, width, height.
const SIZES: [(&str, &str, &str); 4] = [
    ("600 × 400", "600", "400"),
    ("360 × 480", "360", "480"),
    ("800 × 600", "800", "600"),
    ("full width × 480", "100%", "480"),
];

/// What the panel shows.
#[derive(Clone)]
pub(crate) struct Sharing {
    frame: Frame,
    /// Whether the playhead and the selection go with it.
    moment: bool,
    /// What was done last.
    said: String,
}

impl Sharing {
    fn new() -> Self {
        let (_, width, height) = SIZES[0];
        let frame = Frame { mode: Mode::Step, theme: None, autoplay: false, width, height };
        Self { frame, moment: false, said: String::new() }
    }
}

/// Opens the panel. It is modal: Esc closes it, and the focus goes back to where it was.
pub(crate) fn open(app: &App) {
    app.hint_done(Hint::Share);
    app.show(|s| s.share = Some(Sharing::new()));
    if let Some(dialog) = dialog() {
        // Fails only if it is open.
        let _ = dialog.show_modal();
    }
}

fn dialog() -> Option<HtmlDialogElement> {
    document().get_element_by_id("share")?.dyn_into().ok()
}

fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

/// The panel; empty until it is opened.
pub(crate) fn share_dialog(app: &Handle) -> Html {
    let sharing = app.shown().share.clone();
    let onclose = {
        let app = app.clone();
        Callback::from(move |_: Event| {
            // It may be open again by the time at which this is told.
            if !dialog().is_some_and(|d| d.open()) {
                app.show(|s| s.share = None);
            }
        })
    };
    let said = sharing.as_ref().map(|s| s.said.clone()).unwrap_or_default();
    // A press beside the panel is one on the dialog's own backdrop.
    let onclick = Callback::from(|event: MouseEvent| {
        if event.target().is_some_and(|t| t.has_type::<HtmlDialogElement>()) {
            close();
        }
    });
    html! {
        <dialog id="share" class="share" aria-labelledby="share-title" {onclose} {onclick}>
            <div class="share-box">
                <div class="share-head">
                    <h2 id="share-title">{ "Share" }</h2>
                    <p class="share-said" role="status">{ said }</p>
                    <button type="button" class="icon-button" aria-label="Close" onclick={|_: MouseEvent| close()}>
                        { icon(icons::DELETE) }
                    </button>
                </div>
                if let Some(sharing) = sharing {
                    { contents(app, &sharing) }
                }
            </div>
        </dialog>
    }
}

fn contents(app: &Handle, sharing: &Sharing) -> Html {
    let link = links::present_fragment(app, sharing.moment);
    html! {
        <div class="share-parts">
            <div class="share-ways">
                { link_part(app, sharing, &link) }
                { file_part(app) }
                if link.is_ok() {
                    { frame_part(app, sharing) }
                }
            </div>
            <div class="share-more">
                if let Ok(fragment) = &link {
                    { preview(sharing, fragment, &code_part(app, sharing, fragment)) }
                }
                { export::export_part(app) }
            </div>
        </div>
    }
}

/// The link with what can be expected of its length, or why there is none.
fn link_part(app: &Handle, sharing: &Sharing, link: &Result<String, LinkError>) -> Html {
    let content = match link {
        Ok(fragment) => {
            let url = url(fragment);
            let length = url.chars().count();
            let copy = copy(app, LINK, "Link copied", link_now);
            html! {
                <>
                    <div class="share-copy">
                        <input id={LINK} class="field-input" readonly=true value={url} aria-label="Link"
                            aria-describedby="share-verdict" onfocus={select_all()} />
                        <button type="button" class="button gold" onclick={copy}>{ "Copy link" }</button>
                    </div>
                    <p id="share-verdict" class="muted">{ format!("{length} characters. {}", verdict(length)) }</p>
                    { moment(app, sharing) }
                </>
            }
        }
        Err(why) => html! {
            <p class="share-refused">{ format!("{why} Download the scenario instead.") }</p>
        },
    };
    html! { <section aria-label="A link"><h3>{ "A link to the full page" }</h3>{ content }</section> }
}

fn moment(app: &Handle, sharing: &Sharing) -> Html {
    let at = app.session().playhead();
    if at == Time::ZERO {
        return Html::default();
    }
    let label = format!("Open at {at:.3}, where the playhead stands");
    check(app, label, sharing.moment, |sharing| &mut sharing.moment)
}

fn file_part(app: &Handle) -> Html {
    let (name, href) = {
        let session = app.session();
        (file_name(session.scenario()), file_address(session.scenario()))
    };
    let onchange = {
        let app = app.clone();
        Callback::from(move |event: Event| {
            let input = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
            files::open(&app, input.and_then(|input| input.files()));
            close();
        })
    };
    html! {
        <section aria-label="A file">
            <h3>{ "A file" }</h3>
            <div class="buttons">
                <a class="button" download={name} {href}>{ "Download scenario (JSON)" }</a>
                <label class="button share-open">
                    { "Open file…" }
                    <input class="visually-hidden" type="file" accept=".json,application/json" {onchange} />
                </label>
            </div>
            <p class="muted">{ "A file can also be dropped anywhere on the page." }</p>
        </section>
    }
}

/// What the frame shall be like.
fn frame_part(app: &Handle, sharing: &Sharing) -> Html {
    let Frame { mode, theme, autoplay, width, .. } = sharing.frame;
    let words =
        |words: &[(&'static str, &'static str)]| words.iter().map(|(v, t)| ((*v).into(), (*t).into())).collect();
    let modes: Vec<(AttrValue, AttrValue)> =
        words(&[("view", "play"), ("step", "play, step and select"), ("edit", "everything, also edit")]);
    let themes = words(&[
        ("auto", "as the reader prefers"),
        ("light", "light"),
        ("dark", "dark"),
        ("contrast", "high contrast"),
    ]);
    let sizes: Vec<(AttrValue, AttrValue)> =
        SIZES.iter().map(|(name, width, _)| ((*width).into(), (*name).into())).collect();
    let mode_word = MODES.iter().find(|(_, m)| *m == mode).map_or("", |(word, _)| *word);
    let theme_word = THEMES.iter().find(|(_, t)| *t == theme).map_or("", |(word, _)| *word);
    html! {
        <section aria-label="A frame">
            <h3>{ "A frame for your own page" }</h3>
            <div class="fields">
                <Choice id="share-mode" label="readers may" options={modes} value={mode_word}
                    choose={choose(app, |sharing, word| {
                        sharing.frame.mode = MODES.iter().find(|(w, _)| *w == word).map_or(Mode::View, |(_, mode)| *mode);
                    })} />
                <Choice id="share-size" label="size" options={sizes} value={width}
                    choose={choose(app, |sharing, word| {
                        if let Some((_, width, height)) = SIZES.iter().find(|(_, width, _)| *width == word) {
                            (sharing.frame.width, sharing.frame.height) = (width, height);
                        }
                    })} />
                <Choice id="share-theme" label="theme" options={themes} value={theme_word}
                    choose={choose(app, |sharing, word| {
                        sharing.frame.theme = THEMES.iter().find(|(w, _)| *w == word).and_then(|(_, theme)| *theme);
                    })} />
            </div>
            { check(app, "Play at once".to_owned(), autoplay, |sharing| &mut sharing.frame.autoplay) }
        </section>
    }
}

/// The HTML of the frame, and the frame itself.
fn preview(sharing: &Sharing, fragment: &str, code: &Html) -> Html {
    let Frame { width, height, .. } = sharing.frame;
    let address = sharing.frame.address(&links::href(), fragment);
    html! {
        <section class="share-preview" aria-label="Preview">
            <h3>{ "Preview" }</h3>
            // A frame that goes to another address adds a step to the page's history; a new frame adds none.
            <iframe key={address.clone()} src={address} {width} {height} title="Preview of the frame" />
            { code.clone() }
        </section>
    }
}

fn code_part(app: &Handle, sharing: &Sharing, fragment: &str) -> Html {
    let html = code(app, sharing, fragment);
    html! {
        <div class="share-copy is-code">
            <textarea id={CODE} class="share-code" readonly=true rows="3" aria-label="HTML of the frame" value={html}
                onfocus={select_all()} />
            <button type="button" class="button" onclick={copy(app, CODE, "HTML copied", code_now)}>{ "Copy HTML" }</button>
        </div>
    }
}

fn url(fragment: &str) -> String {
    let page = links::href();
    format!("{}#{fragment}", page.split('#').next().unwrap_or_default())
}

fn code(app: &App, sharing: &Sharing, fragment: &str) -> String {
    let title = format!("gilscope: {}", app.session().scenario().title);
    sharing.frame.html(&sharing.frame.address(&links::href(), fragment), &title)
}

/// The link as it is asked for by now, which may not be shown yet. The page's address is it, too, from now on.
fn link_now(app: &App) -> Option<String> {
    let moment = app.shown().share.as_ref()?.moment;
    let fragment = links::present_fragment(app, moment).ok()?;
    links::replace_fragment(&fragment);
    Some(url(&fragment))
}

/// The HTML of the frame as it is asked for by now.
fn code_now(app: &App) -> Option<String> {
    let shown = app.shown();
    let sharing = shown.share.as_ref()?;
    Some(code(app, sharing, &links::present_fragment(app, sharing.moment).ok()?))
}

fn check(app: &Handle, label: String, on: bool, flag: fn(&mut Sharing) -> &mut bool) -> Html {
    let app = app.clone();
    let onchange = Callback::from(move |_: Event| change(&app, |sharing| *flag(sharing) ^= true));
    html! {
        <label class="share-check"><input type="checkbox" checked={on} {onchange} /><span>{ label }</span></label>
    }
}

fn choose(app: &Handle, set: fn(&mut Sharing, &str)) -> Callback<String> {
    let app = app.clone();
    Callback::from(move |word: String| change(&app, |sharing| set(sharing, &word)))
}

/// Says what was done.
pub(crate) fn say(app: &App, said: String) {
    change(app, |sharing| sharing.said = said);
}

fn change(app: &App, change: impl FnOnce(&mut Sharing)) {
    app.show(|s| {
        if let Some(sharing) = &mut s.share {
            sharing.said.clear();
            change(sharing);
        }
    });
}

/// Copies a field's text and says so; where the clipboard is out of reach, selects it to be copied by hand.
fn copy(app: &Handle, id: &'static str, done: &'static str, text: fn(&App) -> Option<String>) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| {
        let Some(text) = text(&app) else { return };
        let app = app.clone();
        spawn_local(async move {
            let copied = links::write_to_clipboard(&text).await;
            let field = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok());
            if let Some(field) = field.filter(|_| !copied) {
                // It selects its text.
                let _ = field.focus();
            }
            let said =
                if copied { done } else { "The clipboard is out of reach. The text is selected: copy it by hand." };
            say(&app, said.to_owned());
        });
    })
}
