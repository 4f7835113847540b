//! The table of all events: the lanes as text, above the story.

use std::rc::Rc;

use gilscope::ids::ThreadId;
use gilscope::session::table::{EventRow, EventTable, HALF};
use gilscope::session::{Action, Session};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlSelectElement, KeyboardEvent};
use yew::prelude::*;

use super::app::{App, Handle};
use super::document;
use super::icons::{self, icon};

/// How near to its ends the table may have the row of the playhead before it shows others.
const NEAR: usize = 20;

/// The table while it is open.
#[derive(Clone, Default)]
pub(crate) struct Events {
    /// The thread whose events are shown; `None` for all.
    thread: Option<ThreadId>,
    /// Whether it goes along with the playhead.
    follows: bool,
    /// The record in its middle.
    around: usize,
    /// Its rows, with what they were made for.
    made: Option<(Key, Rc<EventTable>)>,
}

/// Run, how far it is computed, thread, middle, and where a hidden future begins.
type Key = (u64, usize, Option<ThreadId>, usize, Option<usize>);

impl App {
    /// Opens the table at the playhead, or closes it.
    pub(crate) fn show_events(&self, open: bool) {
        self.show(|s| s.events = open.then(|| Events { follows: true, ..Events::default() }));
    }

    fn change_events(&self, change: impl FnOnce(&mut Events)) {
        self.show(|s| {
            if let Some(events) = &mut s.events {
                change(events);
            }
        });
    }
}

impl Events {
    /// The rows to show now, and the one of the playhead.
    fn rows(&mut self, session: &Session) -> (Rc<EventTable>, Option<usize>) {
        let now = session.last_record();
        let mut table = self.make(session);
        let row = |table: &EventTable| table.rows.iter().rposition(|row| now.is_some_and(|now| row.record <= now));
        if self.follows {
            let at = row(&table);
            let early = table.earlier && at.is_none_or(|at| at < NEAR);
            let late = table.later && at.is_some_and(|at| at + NEAR > table.rows.len());
            if early || late {
                self.around = now.unwrap_or_default();
                table = self.make(session);
            }
        }
        let at = row(&table);
        (table, at)
    }

    fn make(&mut self, session: &Session) -> Rc<EventTable> {
        let run = session.run();
        let hidden = session.future_hidden().then(|| session.last_record().unwrap_or_default());
        // What is computed later is missing only where the table ends.
        let key = (session.generation(), run.trace().len(), self.thread, self.around, hidden);
        if let Some((of, table)) = &self.made {
            let more = key.1 > of.1 && !table.later;
            if (key.0, key.2, key.3, key.4) == (of.0, of.2, of.3, of.4) && !more {
                return Rc::clone(table);
            }
        }
        let thread = self.thread.and_then(|id| run.plan().thread_ix(id));
        let table = Rc::new(session.event_table(thread, self.around));
        self.made = Some((key, Rc::clone(&table)));
        table
    }
}

/// The table, if it is open.
pub(crate) fn events(app: &Handle) -> Html {
    let (table, at, thread) = {
        let mut shown = app.shown_mut();
        let Some(events) = &mut shown.events else { return Html::default() };
        let (table, at) = events.rows(&app.session());
        (table, at, events.thread)
    };
    let ends = |i: usize| table.rows.get(i).map_or(0, |row| row.record);
    let last = ends(table.rows.len().wrapping_sub(1));
    html! {
        <section class="events" aria-label="All events">
            <div class="events-head">
                <h2>{ "All events" }</h2>
                { threads(app, thread) }
                { turn(app, "Earlier", table.earlier, ends(0).saturating_sub(HALF / 2)) }
                { turn(app, "Later", table.later, last + HALF / 2) }
                { close(app) }
            </div>
            <div class="events-rows" tabindex="0" role="group" aria-label="Events" data-row={at.map(|i| ends(i).to_string())}>
                <table>
                    <thead>
                        <tr>{ for ["time", "thread", "what", "why"].map(|name| html! { <th scope="col">{ name }</th> }) }</tr>
                    </thead>
                    <tbody onkeydown={Callback::from(step)}>
                        { for table.rows.iter().enumerate().map(|(i, of)| row(app, of, at == Some(i))) }
                    </tbody>
                </table>
            </div>
        </section>
    }
}

fn row(app: &Handle, row: &EventRow, now: bool) -> Html {
    let time = row.time;
    let app = app.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        app.change_events(|e| e.follows = true);
        app.act(Action::Seek(time));
    });
    html! {
        <tr aria-current={now.then_some("true")} key={row.record}>
            <th scope="row">
                <button type="button" class="link" tabindex={if now { "0" } else { "-1" }} {onclick}>{ format!("{time:.3}") }</button>
            </th>
            <td>{ row.thread.clone() }</td>
            <td>{ row.what }</td>
            <td>{ row.why.clone() }</td>
        </tr>
    }
}

/// Whose events are shown.
fn threads(app: &Handle, chosen: Option<ThreadId>) -> Html {
    let onchange = {
        let app = app.clone();
        Callback::from(move |event: Event| {
            let Some(select) = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok()) else { return };
            let thread = select.value().parse().ok().map(ThreadId);
            app.change_events(|e| (e.thread, e.follows, e.made) = (thread, true, None));
        })
    };
    let session = app.session();
    let option = |id: Option<ThreadId>, name: &str| {
        let value = id.map_or_else(String::new, |id| id.0.to_string());
        html! { <option {value} selected={id == chosen}>{ name.to_owned() }</option> }
    };
    html! {
        <select aria-label="Events of" {onchange}>
            { option(None, "all threads") }
            { for session.run().plan().threads.iter().map(|t| option(Some(t.id), &t.name)) }
        </select>
    }
}

/// A button to other rows.
fn turn(app: &Handle, name: &'static str, there: bool, around: usize) -> Html {
    let app = app.clone();
    let onclick = Callback::from(move |_: MouseEvent| app.change_events(|e| (e.follows, e.around) = (false, around)));
    html! { <button type="button" class="button small" disabled={!there} {onclick}>{ name }</button> }
}

fn close(app: &Handle) -> Html {
    let app = app.clone();
    let onclick = Callback::from(move |_: MouseEvent| app.show_events(false));
    html! {
        <button type="button" class="icon-button" aria-label="Close the table" title="Close the table (E)" {onclick}>
            { icon(icons::DELETE) }
        </button>
    }
}

/// Arrows go from row to row.
fn step(event: KeyboardEvent) {
    let row =
        event.target().and_then(|t| t.dyn_into::<HtmlElement>().ok()).and_then(|t| t.closest("tr").ok().flatten());
    let next = row.and_then(|row| match event.key().as_str() {
        "ArrowDown" => row.next_element_sibling(),
        "ArrowUp" => row.previous_element_sibling(),
        _ => None,
    });
    let button = next.and_then(|row| row.query_selector("button").ok().flatten()).and_then(|b| b.dyn_into().ok());
    if let Some(button) = button {
        event.prevent_default();
        let button: HtmlElement = button;
        let _ = button.focus();
    }
}

/// Brings the row of the playhead into view when it is another one.
pub(crate) fn follow() {
    let find = |selector| document().query_selector(selector).ok().flatten();
    let Some(rows) = find(".events-rows") else { return };
    let row = rows.get_attribute("data-row");
    if row == rows.get_attribute("data-followed") {
        return;
    }
    let _ = rows.set_attribute("data-followed", row.as_deref().unwrap_or_default());
    let Some(current) = find(".events-rows [aria-current]").and_then(|e| e.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let (top, height, seen) = (current.offset_top(), current.offset_height(), rows.client_height());
    let from = rows.scroll_top();
    if top < from + 2 * height || top + 2 * height > from + seen {
        rows.set_scroll_top(top - seen / 2);
    }
}
