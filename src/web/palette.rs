//! The palette: things that are not there yet, to press or to drag into the picture.

use gilscope::scene::{Carried, Tool};
use gilscope::session::Action;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::app::{App, Handle};
use super::edges;
use super::icons::icon;

/// How far the pointer moves before a press is a drag, in CSS pixels.
const SLOP: f64 = 4.0;

/// What the pointer does with a thing of the palette.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Hand {
    /// Nothing.
    #[default]
    Free,
    /// It presses one, at this place in the window.
    Pressing(Tool, f64, f64),
    /// It carries one.
    Carrying,
    /// It has dropped one: the click that follows is none.
    Dropped,
}

/// The palette.
pub(crate) fn palette(app: &Handle) -> Html {
    let stop = app.shown().palette;
    let onkeydown = {
        let app = app.clone();
        Callback::from(move |event: KeyboardEvent| step(&app, &event))
    };
    html! {
        <div class="palette" role="toolbar" aria-label="Add" {onkeydown}>
            { for Tool::ALL.into_iter().enumerate().map(|(i, tool)| button(app, tool, i == stop)) }
        </div>
    }
}

fn button(app: &Handle, tool: Tool, stop: bool) -> Html {
    let on = |act: fn(&App, Tool, &PointerEvent)| {
        let app = app.clone();
        Callback::from(move |event: PointerEvent| act(&app, tool, &event))
    };
    let onclick = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| {
            if !matches!(app.touch.hand.take(), Hand::Dropped) {
                app.act(Action::Add(tool));
            }
        })
    };
    let onfocus = {
        let app = app.clone();
        Callback::from(move |_: FocusEvent| app.show(|s| s.palette = place(tool)))
    };
    let title = format!("New {}: press, or drag it into the picture", tool.name());
    html! {
        <button type="button" class="tool" aria-label={format!("New {}", tool.name())} {title}
            tabindex={if stop { "0" } else { "-1" }} {onclick} {onfocus} onpointerdown={on(down)} onpointermove={on(moved)}
            onpointerup={on(up)} onpointercancel={on(cancel)}>
            { icon(path(tool)) }
            <span>{ tool.name() }</span>
        </button>
    }
}

fn place(tool: Tool) -> usize {
    Tool::ALL.iter().position(|t| *t == tool).unwrap_or_default()
}

fn down(app: &App, tool: Tool, event: &PointerEvent) {
    if event.button() == 0 && event.is_primary() {
        app.touch.hand.set(Hand::Pressing(tool, f64::from(event.client_x()), f64::from(event.client_y())));
        // What the event went to may be the icon or the word; what listens is the page as a whole.
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        if let Some(button) = target.and_then(|t| t.closest("button").ok().flatten()) {
            let _ = button.set_pointer_capture(event.pointer_id());
        }
    }
}

fn moved(app: &App, _: Tool, event: &PointerEvent) {
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    match app.touch.hand.get() {
        Hand::Pressing(tool, from_x, from_y) if (x - from_x).hypot(y - from_y) >= SLOP => {
            app.touch.hand.set(Hand::Carrying);
            app.act(Action::PickUp { what: Carried::New(tool), at: app.point_at(x, y) });
        }
        Hand::Carrying => {
            app.act(Action::PointerMove(app.point_at(x, y)));
            edges::follow(app, x, y);
        }
        _ => {}
    }
}

fn up(app: &App, _: Tool, event: &PointerEvent) {
    if let Hand::Carrying = app.touch.hand.get() {
        app.touch.hand.set(Hand::Dropped);
        app.act(Action::PointerUp(app.point_at(f64::from(event.client_x()), f64::from(event.client_y()))));
        app.frame.ask_structure();
    }
}

fn cancel(app: &App, _: Tool, _: &PointerEvent) {
    app.touch.hand.set(Hand::Free);
    app.act(Action::CancelDrag);
}

/// Arrows go from thing to thing, round the ends.
fn step(app: &App, event: &KeyboardEvent) {
    let n = Tool::ALL.len();
    let now = app.shown().palette;
    let to = match event.key().as_str() {
        "ArrowDown" | "ArrowRight" => (now + 1) % n,
        "ArrowUp" | "ArrowLeft" => (now + n - 1) % n,
        "Home" => 0,
        "End" => n - 1,
        _ => return,
    };
    event.prevent_default();
    let palette =
        event.target().and_then(|t| t.dyn_into::<Element>().ok()).and_then(|t| t.closest(".palette").ok().flatten());
    let button = palette.and_then(|palette| palette.children().item(to as u32));
    if let Some(button) = button.and_then(|b| b.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

/// What it looks like, in a box of 16 by 16.
const fn path(tool: Tool) -> &'static str {
    match tool {
        Tool::Thread => "M1 5h14v6H1zM2.5 6.5v3h5v-3z",
        Tool::Process => "M1 2h14v12H1zM2.5 6v6.5h11V6zM4 7.5h8v1.5H4zM4 10h5v1.5H4z",
        Tool::Core => {
            "M4 4h8v8H4zM5 1h1.5v2H5zM9.5 1H11v2H9.5zM5 13h1.5v2H5zM9.5 13H11v2H9.5zM1 5h2v1.5H1zM1 9.5h2V11H1zM13 5h2v1.5h-2zM13 9.5h2V11h-2z"
        }
        Tool::Lock => "M3 7h1V5a4 4 0 0 1 8 0v2h1v7H3zM5.6 7h4.8V5a2.4 2.4 0 0 0-4.8 0z",
        Tool::Semaphore => "M1 3h4v10H1zM6 3h4v10H6zM11 3h4v10h-4zM12.3 4.3v7.4h1.4V4.3z",
        Tool::Event => "M3 1h1.6v14H3zM5.5 2H14l-2.5 3L14 8H5.5z",
        Tool::Barrier => "M1 5h14v4H1zM3 10h1.6v4H3zM11.4 10H13v4h-1.6zM3 2h1.6v2H3zM11.4 2H13v2h-1.6z",
        Tool::Queue => "M1 3h14v1.5H1zM1 11.5h14V13H1zM2 6h3v4H2zM6.5 6h3v4h-3zM11 6h3v4h-3z",
        Tool::Pipe => "M1 5h9V2l5 6-5 6v-3H1zM2.5 6.5v3h5v-3z",
        Tool::Device => {
            "M8 1c4 0 6.5 1 6.5 2.5v9C14.5 14 12 15 8 15s-6.5-1-6.5-2.5v-9C1.5 2 4 1 8 1zM3 6v1.5c1.5.8 8.5.8 10 0V6c-2 1-8 1-10 0z"
        }
    }
}
