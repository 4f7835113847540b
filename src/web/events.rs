//! The table of all events: the lanes as text, above the story. It has as many rows as there are events, of which only those
//! in sight are elements.

use std::cell::RefCell;

use gilscope::ids::ThreadId;
use gilscope::number::grouped;
use gilscope::session::Action;
use gilscope::session::navigate::Read;
use gilscope::session::table::{About, EventRow, Filter, Found, Scroller};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent};
use yew::prelude::*;

use super::app::{App, Handle};
use super::document;
use super::icons::{self, icon};

/// How many rows are elements: those in sight, and some before and behind for who goes on by keys.
const MADE: usize = 40;

/// How many of them stand above those in sight.
const ABOVE: usize = 12;

/// How many records are looked at in a frame, and how many where each has to be told for that: a few milliseconds.
const LOOKED_AT: [usize; 2] = [100_000, 400];

/// The table while it is open.
#[derive(Clone)]
pub(crate) struct Events {
    /// What is shown.
    found: RefCell<Found>,
    /// Whether it goes along with the playhead.
    follows: bool,
    /// The row at its upper edge.
    first: usize,
}

impl App {
    /// Opens the table at the playhead, or closes it.
    pub(crate) fn show_events(&self, open: bool) {
        let table = || Events { found: RefCell::default(), follows: true, first: 0 };
        self.show(|s| s.events = open.then(table));
    }

    fn change_events(&self, change: impl FnOnce(&mut Events)) {
        self.show(|s| {
            if let Some(events) = &mut s.events {
                change(events);
            }
        });
    }

    /// Shows what another filter lets through.
    fn filter_events(&self, change: impl FnOnce(&mut Filter)) {
        self.change_events(|events| {
            let mut filter = events.found.borrow().filter().clone();
            change(&mut filter);
            (events.found, events.follows) = (RefCell::new(Found::new(filter)), true);
        });
    }
}

/// The table, if it is open.
pub(crate) fn events(app: &Handle) -> Html {
    let shown = app.shown();
    let Some(events) = &shown.events else { return Html::default() };
    let session = app.session();
    let mut found = events.found.borrow_mut();
    let most = LOOKED_AT[usize::from(found.reads())];
    let part = found.look_on(&session, most);
    if part < 1.0 {
        app.frame.ask_clock();
    }
    let (count, now) = (found.count(&session), found.now(&session));
    let from = if events.follows { now.unwrap_or_default() } else { events.first }.saturating_sub(ABOVE);
    let rows = found.rows(&session, from, MADE);
    let says = match (part < 1.0, count, session.run().trace().len()) {
        (true, n, _) => format!("{} found in the first {} %", grouped(n as u64), (part * 100.0) as u32),
        (_, n, all) if n == all => grouped(n as u64),
        (_, n, all) => format!("{} of {}", grouped(n as u64), grouped(all as u64)),
    };
    html! {
        <section class="events" aria-label="All events">
            <div class="events-head">
                <h2>{ "All events " }<span class="muted">{ says }</span></h2>
                { search(app, found.filter()) }
                { abouts(app, found.filter()) }
                { threads(app, found.filter()) }
                { close(app) }
            </div>
            <div class="events-rows" tabindex="0" role="group" aria-label="Events" onscroll={scrolled(app)}
                data-rows={count.to_string()} data-from={from.to_string()}
                data-now={now.filter(|_| events.follows).map(|row| row.to_string())}>
                <div class="events-area">
                    <table aria-rowcount={(count + 1).to_string()}>
                        <thead>
                            <tr>{ for ["time", "thread", "what", "why"].map(|name| html! { <th scope="col">{ name }</th> }) }</tr>
                        </thead>
                        <tbody onkeydown={Callback::from(step)}>
                            { for rows.iter().enumerate().map(|(i, of)| row(app, of, from + i, now)) }
                        </tbody>
                    </table>
                </div>
            </div>
            if count == 0 && part >= 1.0 {
                <p class="muted">{ "No event is like that." }</p>
            }
        </section>
    }
}

fn row(app: &Handle, of: &EventRow, number: usize, now: Option<usize>) -> Html {
    let (time, record, is_now) = (of.time, of.record, now == Some(number));
    let app = app.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        app.change_events(|e| e.follows = true);
        app.act(Action::Read(Read::Record(record)));
    });
    let tab = if is_now { "0" } else { "-1" };
    html! {
        <tr aria-current={is_now.then_some("true")} aria-rowindex={(number + 2).to_string()} key={of.record}>
            <th scope="row"><button type="button" class="link" tabindex={tab} {onclick}>{ format!("{time:.3}") }</button></th>
            <td>{ of.thread.clone() }</td>
            <td>{ of.what }</td>
            <td title={of.why.clone()}>{ of.why.clone() }</td>
        </tr>
    }
}

/// What is looked for.
fn search(app: &Handle, filter: &Filter) -> Html {
    let oninput = {
        let app = app.clone();
        Callback::from(move |event: InputEvent| {
            let field = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
            app.filter_events(|f| f.text = field.map(|f| f.value()).unwrap_or_default());
        })
    };
    html! {
        <input class="field-input" role="searchbox" aria-label="Search events" placeholder="Search"
            value={filter.text.clone()} {oninput} />
    }
}

/// What the events shown are about.
fn abouts(app: &Handle, filter: &Filter) -> Html {
    let app = app.clone();
    let onchange = Callback::from(move |event: Event| {
        let about = About::ALL.get(chosen(&event)).map_or(About::All, |(about, _)| *about);
        app.filter_events(|f| f.about = about);
    });
    let option = |(i, (about, name)): (usize, &(About, &'static str))| {
        html! { <option value={i.to_string()} selected={*about == filter.about}>{ *name }</option> }
    };
    html! { <select aria-label="Kind of events" {onchange}>{ for About::ALL.iter().enumerate().map(option) }</select> }
}

/// Whose events are shown.
fn threads(app: &Handle, filter: &Filter) -> Html {
    let session = app.session();
    let threads = &session.run().plan().threads;
    let ids: Vec<Option<ThreadId>> = std::iter::once(None).chain(threads.iter().map(|t| Some(t.id))).collect();
    let options = ids.iter().enumerate().map(|(i, id)| {
        let name = i.checked_sub(1).map_or_else(|| "all threads".to_owned(), |i| threads[i].name.clone());
        html! { <option value={i.to_string()} selected={*id == filter.thread}>{ name }</option> }
    });
    let options: Vec<Html> = options.collect();
    let app = app.clone();
    let onchange = Callback::from(move |event: Event| {
        let thread = ids.get(chosen(&event)).copied().flatten();
        app.filter_events(|f| f.thread = thread);
    });
    html! { <select aria-label="Events of" {onchange}>{ for options }</select> }
}

/// The number of the option that was chosen.
fn chosen(event: &Event) -> usize {
    let select = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok());
    select.map_or(0, |select| select.selected_index().max(0) as usize)
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
    let row = event.target().and_then(|t| t.dyn_into::<Element>().ok()).and_then(|t| t.closest("tr").ok().flatten());
    let next = row.and_then(|row| match event.key().as_str() {
        "ArrowDown" => row.next_element_sibling(),
        "ArrowUp" => row.previous_element_sibling(),
        _ => None,
    });
    let button = next.and_then(|row| row.query_selector("button").ok().flatten());
    if let Some(button) = button.and_then(|b| b.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = button.focus();
    }
}

/// Scrolling by hand goes away from the playhead; scrolling to a row, by [`follow`], does not.
fn scrolled(app: &Handle) -> Callback<Event> {
    let app = app.clone();
    Callback::from(move |_: Event| {
        let Some((rows, scroller)) = scroller() else { return };
        let first = scroller.row_at(f64::from(rows.scroll_top())).max(0.0) as usize;
        let sent = rows.get_attribute("data-sent").and_then(|top| top.parse::<i32>().ok());
        if sent != Some(rows.scroll_top()) {
            app.change_events(|e| (e.first, e.follows) = (first, false));
        }
    })
}

/// The rows' element and its measures.
fn scroller() -> Option<(HtmlElement, Scroller)> {
    let rows: HtmlElement = document().query_selector(".events-rows").ok()??.dyn_into().ok()?;
    let one = rows.query_selector("tbody tr").ok()?.and_then(|row| row.dyn_into::<HtmlElement>().ok());
    let head: HtmlElement = rows.query_selector("thead").ok()??.dyn_into().ok()?;
    let count = rows.get_attribute("data-rows")?.parse().ok()?;
    let seen = f64::from((rows.client_height() - head.offset_height()).max(0));
    let scroller = Scroller { rows: count, row: one.map_or(1.0, |row| f64::from(row.offset_height().max(1))), seen };
    Some((rows, scroller))
}

/// Puts the rows where they belong, and brings that of the playhead into view when it is another one.
pub(crate) fn follow() {
    let Some((rows, scroller)) = scroller() else { return };
    let number = |name: &str| rows.get_attribute(name).and_then(|n| n.parse::<usize>().ok());
    let set = |of: &str, name: &str, px: f64| {
        if let Some(element) = rows.query_selector(of).ok().flatten().and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
            let _ = element.style().set_property(name, &format!("{}px", px.round() as i64));
        }
    };
    let head = f64::from(rows.client_height()) - scroller.seen;
    set(".events-area", "height", scroller.height() + head);
    let now = number("data-now");
    let followed = rows.get_attribute("data-followed");
    if followed.is_none()
        && let Some(stage) = document().query_selector(".stage").ok().flatten()
    {
        // Just opened: it goes along with the lanes, which shall not be what is covered.
        stage.set_scroll_top(stage.scroll_height());
    }
    if let Some(now) = now
        && followed.and_then(|f| f.parse().ok()) != Some(now)
    {
        let (row, first) = (now as f64, scroller.row_at(f64::from(rows.scroll_top())));
        let last = first + scroller.seen / scroller.row;
        if row < first + 1.0 || row + 2.0 > last {
            let top = scroller.top_of(row - 0.5 * scroller.seen / scroller.row);
            rows.set_scroll_top(top.round() as i32);
            let _ = rows.set_attribute("data-sent", &rows.scroll_top().to_string());
        }
    }
    let _ = rows.set_attribute("data-followed", &now.map(|n| n.to_string()).unwrap_or_default());
    let from = number("data-from").unwrap_or_default();
    set("tbody", "--top", scroller.place_of(from, f64::from(rows.scroll_top())));
}
