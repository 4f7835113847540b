//! A thread's program: a block per op, loops as brackets around what they repeat. Blocks are dragged to another place by their
//! grips, or carried there by keys; what the lanes would become is shown meanwhile.

use gilscope::ids::{ThreadId, ThreadIx};
use gilscope::scenario::{OP_KINDS, Op, Step};
use gilscope::scene::{Carried, DropTarget, Ink, OpAt, Point, Subject};
use gilscope::session::Action;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::op::{OpFields, change_op};
use super::parts::from_start;
use super::swatch::swatch;
use super::text::text;
use crate::web::app::Handle;
use crate::web::document;
use crate::web::field::{Choice, Field, reader};
use crate::web::icons::{self, icon};

/// The attribute that says which op a row is.
const OP: &str = "data-op";

/// The editor of a program. `op` is the one that the thread is at, counted as in the plan: loops before what is in them.
pub(super) fn program(app: &Handle, id: ThreadId, op: Option<u16>) -> Html {
    let session = app.session();
    let (Some((_, thread)), Some(ix)) = (session.scenario().thread(id), session.run().plan().thread_ix(id)) else {
        return Html::default();
    };
    let color = app.shown().theme.theme().css(Ink::Thread(ix.0));
    let mut rows = Rows { app, id, ix, color, current: op, next: 0 };
    let list = match app.shown().draft(id) {
        Some(_) => Html::default(),
        None => html! {
            <ol class="program" id="program" data-run={session.generation().to_string()}>
                { rows.steps(&thread.program, &mut Vec::new()) }
                { rows.add(vec![thread.program.len()], "Add an op at the end") }
            </ol>
        },
    };
    html! {
        <>
            { from_start("Program") }
            { list }
            { text(app, id) }
            <details class="op-kinds">
                <summary>{ "What the ops do" }</summary>
                <dl>{ for OP_KINDS.iter().map(|k| html! { <><dt>{ k.name }</dt><dd>{ k.says }</dd></> }) }</dl>
            </details>
        </>
    }
}

/// Once a change has been rendered: what has been carried by its grip keeps the focus at its new place.
pub(super) fn follow() {
    super::text::follow();
    const FOLLOWED: &str = "data-followed";
    let Some(list) = document().get_element_by_id("program") else { return };
    let run = list.get_attribute("data-run");
    if run == list.get_attribute(FOLLOWED) {
        return;
    }
    let _ = list.set_attribute(FOLLOWED, run.as_deref().unwrap_or_default());
    let is_grip = |e: &Element| e.matches(".grip").unwrap_or(false);
    if document().active_element().is_some_and(|e| is_grip(&e))
        && let Some(grip) = list.query_selector(".is-chosen > .grip").ok().flatten()
    {
        let _ = grip.unchecked_into::<HtmlElement>().focus();
    }
}

/// Makes rows, counting ops as the plan does.
struct Rows<'a> {
    app: &'a Handle,
    id: ThreadId,
    ix: ThreadIx,
    color: String,
    current: Option<u16>,
    next: u16,
}

impl Rows<'_> {
    fn steps(&mut self, steps: &[Step], path: &mut Vec<usize>) -> Html {
        let mut rows = Vec::new();
        for (i, step) in steps.iter().enumerate() {
            path.push(i);
            let at = OpAt { thread: self.ix, op: self.next };
            self.next = self.next.saturating_add(1);
            rows.push(match &step.op {
                Op::Repeat { times, steps: body } => self.repeat(*times, body, path, at),
                op => self.op(op, path, at),
            });
            path.pop();
        }
        rows.into_iter().collect()
    }

    fn op(&self, op: &Op, path: &[usize], at: OpAt) -> Html {
        let (id, place) = (id_of(path), place_of(path));
        let fields = OpFields { app: self.app, thread: self.id, path, id: id.clone(), place, name: op.name() };
        let lit = self.current == Some(at.op);
        html! {
            <li key={id} class={classes!(self.row(at), lit.then_some("lit"))} aria-current={lit.then_some("step")}
                data-op={at.op.to_string()} onkeydown={self.shift(at, path)}>
                { self.grip(at, path, op.name()) }
                { swatch(op.name(), &self.color) }
                { fields.show(op) }
                { self.menu(at, path, op.name()) }
            </li>
        }
    }

    /// What a row looks like while its op is selected or carried, or another one would come before or behind it.
    fn row(&self, at: OpAt) -> Classes {
        let session = self.app.session();
        let drag = session.drag().map(|d| (d.what, d.over));
        let over = match drag {
            Some((what, _)) if what == Carried::Op(at) => Some("is-carried"),
            Some((_, Some(DropTarget::Before(to)))) if to == at => Some("is-before"),
            Some((_, Some(DropTarget::After(to)))) if to == at => Some("is-behind"),
            _ => (session.selection() == Some(Subject::Op(at))).then_some("is-chosen"),
        };
        classes!("op", "block", over)
    }

    fn repeat(&mut self, times: Option<u32>, body: &[Step], path: &mut Vec<usize>, at: OpAt) -> Html {
        let id = id_of(path);
        let (row, shift) = (self.row(at), self.shift(at, path));
        let (grip, count, menu) =
            (self.grip(at, path, "loop"), self.count(times, path, &id), self.menu(at, path, "loop"));
        let inside = self.steps(body, path);
        path.push(body.len());
        let add = self.add(path.clone(), "Add an op to the loop");
        path.pop();
        html! {
            <li key={id} class="loop">
                <div class={classes!(row, "loop-head")} data-op={at.op.to_string()} onkeydown={shift}>
                    { grip }{ count }{ menu }
                </div>
                <ol class="program">{ inside }{ add }</ol>
            </li>
        }
    }

    /// How often a loop repeats: a number, or for ever.
    fn count(&self, times: Option<u32>, path: &[usize], id: &str) -> Html {
        let thread = self.id;
        let (place, path) = (place_of(path), path.to_vec());
        let read = reader(self.app, move |s, text| {
            let to = match text.trim() {
                "for ever" | "forever" | "∞" => None,
                n => Some(n.parse().map_err(|_| format!("“{n}” is neither a count nor “for ever”"))?),
            };
            change_op(s, thread, &path, &|op| {
                if let Op::Repeat { times, .. } = op {
                    *times = to;
                }
                Ok(())
            })
        });
        let value = times.map_or_else(|| "for ever".to_owned(), |n| n.to_string());
        html! {
            <>
                <span class="loop-word">{ "repeat" }</span>
                <Field app={self.app.clone()} id={format!("{id}-times")} quiet=true {value} {read}
                    label={format!("how often loop {place} repeats")} />
            </>
        }
    }

    /// What a block is dragged by. A press of a key picks it up for the arrow keys.
    fn grip(&self, at: OpAt, path: &[usize], name: &str) -> Html {
        let app = self.app.clone();
        let lift = self.act(move |event: &MouseEvent| {
            // A click of a pointer is a drag that went nowhere.
            (event.detail() == 0).then_some(Action::Lift(Carried::Op(at)))
        });
        let down = self.act(move |event: &PointerEvent| {
            let grip = event.target().and_then(|t| t.dyn_into::<Element>().ok())?;
            event.prevent_default();
            let _ = grip.set_pointer_capture(event.pointer_id());
            (event.button() == 0).then(|| {
                app.touch.grip.set(true);
                Action::Lift(Carried::Op(at))
            })
        });
        let held = |app: &Handle| app.session().carries_by_keys();
        let (app, app2) = (self.app.clone(), self.app.clone());
        let moved = Callback::from(move |event: PointerEvent| {
            if event.buttons() != 0 && held(&app) {
                app.act(Action::CarryTo(target_at(at, &event)));
            }
        });
        let up = Callback::from(move |event: PointerEvent| {
            app2.touch.grip.set(false);
            if held(&app2) {
                app2.act(if event.type_() == "pointerup" { Action::DropHere } else { Action::CancelDrag });
            }
        });
        html! {
            <button type="button" class="grip" id={format!("{}-grip", id_of(path))} title="Drag it, or Alt+↑ and Alt+↓"
                aria-label={format!("Move {name} {}", place_of(path))} onclick={lift} onpointerdown={down}
                onpointermove={moved} onpointerup={up.clone()} onpointercancel={up}>{ icon(icons::GRIP) }</button>
        }
    }

    /// Alt and an arrow anywhere in a block: one place up or down among its like.
    fn shift(&self, at: OpAt, path: &[usize]) -> Callback<KeyboardEvent> {
        let (app, path) = (self.app.clone(), path.to_vec());
        Callback::from(move |event: KeyboardEvent| {
            let (label, by) = match event.key().as_str() {
                "ArrowUp" if event.alt_key() => ("Move up", -1),
                "ArrowDown" if event.alt_key() => ("Move down", 1),
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            let item = app.session().menu(Subject::Op(at)).into_iter().find(|item| item.label == label);
            let Some(item) = item else { return };
            app.act(item.action);
            // The focus goes along: rows are known by their places.
            let mut to = path.clone();
            if let Some(last) = to.last_mut() {
                *last = last.saturating_add_signed(by);
            }
            if let Some(grip) = document().get_element_by_id(&format!("{}-grip", id_of(&to))) {
                let _ = grip.unchecked_into::<HtmlElement>().focus();
            }
        })
    }

    /// All that can be done with a block, in the menu that it has in the picture too.
    fn menu(&self, at: OpAt, path: &[usize], name: &str) -> Html {
        let app = self.app.clone();
        let open = Callback::from(move |event: MouseEvent| {
            let rect = event.target().and_then(|t| t.dyn_into::<Element>().ok()).map(|e| e.get_bounding_client_rect());
            app.open_menu(Subject::Op(at), rect.map(|r| Point { x: r.left(), y: r.bottom() }));
        });
        let label = format!("Menu of {name} {}", place_of(path));
        html! {
            <button type="button" class="icon-button tiny op-menu" aria-label={label} aria-haspopup="menu"
                title="Move, copy, put a loop around it, delete" onclick={open}>{ icon(icons::MORE) }</button>
        }
    }

    fn act<E: 'static>(&self, action: impl Fn(&E) -> Option<Action> + 'static) -> Callback<E> {
        let app = self.app.clone();
        Callback::from(move |event: E| {
            if let Some(action) = action(&event) {
                app.act(action);
            }
        })
    }

    fn add(&self, path: Vec<usize>, label: &'static str) -> Html {
        let (app, thread, id) = (self.app.clone(), self.id, format!("{}-add", id_of(&path)));
        let choose = Callback::from(move |kind: String| {
            let mut path = path.clone();
            let edit = {
                let session = app.session();
                // Behind what has come to the end since this was rendered.
                while session.scenario().step(thread, &path).is_some()
                    && let Some(last) = path.last_mut()
                {
                    *last += 1;
                }
                session.scenario().with_new_op_of_kind(thread, &path, &kind)
            };
            app.edit(edit);
        });
        let kinds = OP_KINDS.iter().map(|k| (AttrValue::from(k.name), AttrValue::from(k.name)));
        let options: Vec<_> = std::iter::once(("".into(), "+ op".into())).chain(kinds).collect();
        html! { <li class="add-op"><Choice {id} {label} quiet=true {options} value="" {choose} /></li> }
    }
}

/// Before or behind which block of the same program a pointer is.
fn target_at(at: OpAt, event: &PointerEvent) -> Option<DropTarget> {
    let y = event.client_y();
    let under = document().element_from_point(event.client_x() as f32, y as f32)?;
    let row = under.closest(&format!("[{OP}]")).ok()??;
    let to = OpAt { op: row.get_attribute(OP)?.parse().ok()?, ..at };
    let rect = row.get_bounding_client_rect();
    // What is dropped on the head of a loop goes before the loop.
    let before = f64::from(y) < rect.top() + rect.height() / 2.0 || row.matches(".loop-head").unwrap_or(false);
    Some(if before { DropTarget::Before(to) } else { DropTarget::After(to) })
}

/// The place at a path in words: `2`, or `2.1` for the first op in a loop that is the second. It tells rows apart that
/// do the same.
fn place_of(path: &[usize]) -> String {
    let places: Vec<_> = path.iter().map(|i| (i + 1).to_string()).collect();
    places.join(".")
}

/// An id for the row at a path.
fn id_of(path: &[usize]) -> String {
    let places: Vec<_> = path.iter().map(usize::to_string).collect();
    format!("op-{}", places.join("-"))
}
