//! The program that a person would write, with the lines that its threads are at: lit in their colours, with their names.

use gilscope::ids::ThreadIx;
use gilscope::scene::thread_ink;
use gilscope::session::Session;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::web::app::Handle;
use crate::web::document;
use crate::web::signal::live_then;

/// The scenario's source text; nothing if it has none.
pub(super) fn source(app: &Handle) -> Html {
    if app.session().scenario().source.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h3>{ "Source" }</h3>
            { live_then(app, lines, keep_lit_in_view) }
        </>
    }
}

fn lines(app: &Handle) -> Html {
    let session = app.session();
    let at = threads_at(&session);
    let row = |(i, text): (usize, &str)| {
        let here: Vec<_> = at.iter().filter(|(line, _)| *line == i + 1).map(|(_, thread)| *thread).collect();
        line(app, text, &here)
    };
    let rows: Html = session.scenario().source.lines().enumerate().map(row).collect();
    html! { <div class="source" role="region" aria-label="Source" tabindex="0">{ rows }</div> }
}

/// The lines, counted from 1, with the threads that are at them.
fn threads_at(session: &Session) -> Vec<(usize, ThreadIx)> {
    let plan = session.run().plan();
    let line = |thread: ThreadIx| {
        let op = session.machine().thread(thread).op?;
        plan.thread(thread).ops.get(usize::from(op))?.line
    };
    plan.thread_ixs().filter_map(|t| Some((line(t)? as usize, t))).collect()
}

/// A line in the colours of the threads that are at it, side by side.
fn line(app: &Handle, text: &str, here: &[ThreadIx]) -> Html {
    // An empty line keeps its height.
    let code = html! { <code>{ if text.is_empty() { " " } else { text }.to_owned() }</code> };
    if here.is_empty() {
        return html! { <div class="line">{ code }</div> };
    }
    let theme = app.shown().theme.theme();
    let session = app.session();
    let plan = session.run().plan();
    let tint = |(i, thread): (usize, &ThreadIx)| {
        html! { <rect x={i.to_string()} width="1" height="1" fill={theme.css(thread_ink(plan, *thread))} /> }
    };
    let name = |thread: &ThreadIx| {
        html! {
            <span class="at-line">
                <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
                    <rect width="10" height="10" rx="5" fill={theme.css(thread_ink(plan, *thread))} />
                </svg>
                { plan.thread(*thread).name.clone() }
            </span>
        }
    };
    html! {
        <div class="line lit" aria-current="step">
            <svg class="line-tint" viewBox={format!("0 0 {} 1", here.len())} preserveAspectRatio="none" aria-hidden="true">
                { for here.iter().enumerate().map(tint) }
            </svg>
            { code }
            <span class="at-lines">{ for here.iter().map(name) }</span>
        </div>
    }
}

/// Scrolls the source, and nothing around it, so far that the first lit line is seen.
fn keep_lit_in_view() {
    let Some(source) = document().query_selector(".source").ok().flatten() else { return };
    let Some(lit) = source.query_selector(".lit").ok().flatten() else { return };
    let Ok(lit) = lit.dyn_into::<HtmlElement>() else { return };
    let (top, height) = (lit.offset_top(), lit.offset_height());
    if top < source.scroll_top() || top + height > source.scroll_top() + source.client_height() {
        source.set_scroll_top(top - (source.client_height() - height) / 2);
    }
}
