//! A thread's program: one row per op, loops as brackets around what they repeat.

use gilscope::ids::ThreadId;
use gilscope::scenario::{OP_KINDS, Op, Step};
use yew::prelude::*;

use super::op::OpFields;
use super::parts::{edits, from_start};
use crate::web::app::Handle;
use crate::web::field::{Field, reader, refused};
use crate::web::icons::{self, icon};

/// The editor of a program. `op` is the one that the thread is at, counted as in the plan: loops before what is in them.
pub(super) fn program(app: &Handle, id: ThreadId, op: Option<u16>) -> Html {
    let session = app.session();
    let Some((_, thread)) = session.scenario().thread(id) else { return Html::default() };
    let mut rows = Rows { app, thread: id, current: op, next: 0 };
    html! {
        <>
            { from_start("Program") }
            <ol class="program">
                { rows.steps(&thread.program, &mut Vec::new()) }
                { rows.add(vec![thread.program.len()], "Add an op at the end") }
            </ol>
            <details class="op-kinds">
                <summary>{ "What the ops do" }</summary>
                <dl>{ for OP_KINDS.iter().map(|k| html! { <><dt>{ k.name }</dt><dd>{ k.says }</dd></> }) }</dl>
            </details>
        </>
    }
}

/// Makes rows, counting ops as the plan does.
struct Rows<'a> {
    app: &'a Handle,
    thread: ThreadId,
    current: Option<u16>,
    next: u16,
}

impl Rows<'_> {
    fn steps(&mut self, steps: &[Step], path: &mut Vec<usize>) -> Html {
        let mut rows = Vec::new();
        for (i, step) in steps.iter().enumerate() {
            path.push(i);
            let number = self.next;
            self.next = self.next.saturating_add(1);
            let lit = self.current == Some(number);
            rows.push(match &step.op {
                Op::Repeat { times, steps: body } => self.repeat(*times, body, path, steps.len()),
                op => self.op(op, lit, path, steps.len()),
            });
            path.pop();
        }
        rows.into_iter().collect()
    }

    fn op(&self, op: &Op, lit: bool, path: &[usize], among: usize) -> Html {
        let (id, place) = (id_of(path), place_of(path));
        let fields = OpFields { app: self.app, thread: self.thread, path, id: id.clone(), place, name: op.name() };
        html! {
            <li key={id} class={classes!("op", lit.then_some("lit"))} aria-current={lit.then_some("step")}>
                { fields.show(op) }
                { self.tools(path, among, op.name()) }
            </li>
        }
    }

    fn repeat(&mut self, times: Option<u32>, body: &[Step], path: &mut Vec<usize>, among: usize) -> Html {
        let id = id_of(path);
        let tools = self.tools(path, among, "loop");
        let count = self.count(times, body, path, &id);
        let inside = self.steps(body, path);
        path.push(body.len());
        let add = self.add(path.clone(), "Add an op to the loop");
        path.pop();
        html! {
            <li key={id} class="loop">
                <div class="op loop-head">{ count }{ tools }</div>
                <ol class="program">{ inside }{ add }</ol>
            </li>
        }
    }

    /// How often a loop repeats: a number, or for ever.
    fn count(&self, times: Option<u32>, body: &[Step], path: &[usize], id: &str) -> Html {
        let thread = self.thread;
        let (place, path, body) = (place_of(path), path.to_vec(), body.to_vec());
        let read = reader(self.app, move |s, text| {
            let times = match text.trim() {
                "for ever" | "forever" | "∞" => None,
                n => Some(n.parse().map_err(|_| format!("“{n}” is neither a count nor “for ever”"))?),
            };
            refused(s.with_op(thread, &path, Op::Repeat { times, steps: body.clone() }))
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

    /// Up, down, delete.
    fn tools(&self, path: &[usize], among: usize, name: &str) -> Html {
        let (at, thread, place) = (path.last().copied().unwrap_or_default(), self.thread, place_of(path));
        let above: Vec<usize> =
            path.iter().enumerate().map(|(d, &i)| if d + 1 == path.len() { i.max(1) - 1 } else { i }).collect();
        let here = path.to_vec();
        let up = edits(self.app, move |s| s.with_op_moved_down(thread, &above));
        let down = {
            let here = here.clone();
            edits(self.app, move |s| s.with_op_moved_down(thread, &here))
        };
        let delete = edits(self.app, move |s| s.without_op(thread, &here));
        let tool = |what: &str, path, disabled, onclick| {
            let label = format!("{what} {name} {place}");
            html! {
                <button type="button" class="icon-button tiny" aria-label={label} title={what.to_owned()} {disabled}
                    {onclick}>{ icon(path) }</button>
            }
        };
        html! {
            <span class="op-tools">
                { tool("Move up", icons::UP, at == 0, up) }
                { tool("Move down", icons::DOWN, at + 1 == among, down) }
                { tool("Delete", icons::DELETE, false, delete) }
            </span>
        }
    }

    fn add(&self, path: Vec<usize>, name: &'static str) -> Html {
        let thread = self.thread;
        let onclick = edits(self.app, move |s| s.with_new_op(thread, &path, s.new_op(thread)));
        html! {
            <li><button type="button" class="add-op" aria-label={name} title={name} {onclick}>{ "+ op" }</button></li>
        }
    }
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
