//! A thread: what it does and waits for, its program, where it may run, where its time went.

use gilscope::engine::Place;
use gilscope::explain;
use gilscope::ids::{CoreId, ThreadId, ThreadIx};
use gilscope::metrics::Of;
use gilscope::scenario::Runtime;
use gilscope::scene::{OpAt, Point, Subject};
use gilscope::session::{Action, Session};
use gilscope::time::Time;
use yew::prelude::*;

use super::figures::time_went;
use super::numbers;
use super::parts::{act, edit_button, from_now, from_start, interpreter_field, name_field, start_fields};
use super::program::program;
use super::source::source;
use crate::web::app::Handle;
use crate::web::field::{Choice, Field, reader, refused};
use crate::web::signal::{live, live_then};

/// The figures of a thread that are shown beside where its time went.
const FIGURES: [&str; 5] = ["response", "turnaround", "migrations", "wake_p50", "wake_p95"];

/// The panel of a thread.
pub(super) fn thread(app: &Handle, ix: ThreadIx) -> Html {
    let session = app.session();
    let plan = session.run().plan();
    let Some(thread) = plan.threads.get(ix.ix()) else { return Html::default() };
    let process = plan.process(thread.process);
    let select_process = act(app, Action::Select(Some(Subject::Process(thread.process))));
    html! {
        <>
            <h2>
                { thread.name.clone() }{ " " }
                <span class="kind">
                    { "thread of " }
                    <button type="button" class="link" onclick={select_process}>{ process.name.clone() }</button>
                </span>
            </h2>
            { live(app, status) }
            { live_then(app, at_op, super::program::follow) }
            { source(app) }
            { placement(app, ix) }
            { live(app, so_far) }
            { settings(app, thread.id) }
        </>
    }
}

/// The selected thread.
fn selected(session: &Session) -> Option<ThreadIx> {
    match session.selection() {
        Some(Subject::Thread(ix) | Subject::Op(OpAt { thread: ix, .. }) | Subject::OpEdge(OpAt { thread: ix, .. }))
            if ix.ix() < session.run().plan().threads.len() =>
        {
            Some(ix)
        }
        _ => None,
    }
}

/// What it does at the playhead, and what will make it go on.
fn status(app: &Handle) -> Html {
    let session = app.session();
    let Some(thread) = selected(&session) else { return Html::default() };
    let status = explain::status(session.run(), session.machine(), thread, session.playhead());
    html! {
        <div class="status" data-gs-status="">
            <p class="headline">{ status.headline }</p>
            <p>{ status.detail }</p>
        </div>
    }
}

/// The program with the current op lit.
fn at_op(app: &Handle) -> Html {
    let session = app.session();
    let Some(ix) = selected(&session) else { return Html::default() };
    let thread = session.run().plan().thread(ix);
    program(app, thread.id, session.machine().thread(ix).op)
}

/// Its name and start, and what can be done with all of it.
fn settings(app: &Handle, id: ThreadId) -> Html {
    let session = app.session();
    let Some((process, thread)) = session.scenario().thread(id) else { return Html::default() };
    let (process_id, start) = (process.id, thread.start);
    let words = ["with its process", "at a time", "when another thread starts it"];
    html! {
        <>
            { from_start("This thread") }
            <div class="fields">
                { name_field(app, "thread-name", &thread.name, move |s, name| s.with_thread_name(id, name)) }
                { start_fields(app, start, words, move |s, start| s.with_thread_start(id, start)) }
                if let Runtime::Subinterpreters { .. } = process.runtime {
                    { interpreter_field(app, id, thread.interpreter, "interpreter".to_owned()) }
                }
                { claim(app, id) }
            </div>
            <div class="buttons">
                { edit_button(app, "Copy", move |s| s.with_thread_copied(id)) }
                { edit_button(app, "Add another", move |s| s.with_new_thread(process_id)) }
                { edit_button(app, "Delete", move |s| s.without_thread(id)) }
            </div>
        </>
    }
}

/// What the policy goes by when it shares cores, if it is a figure of the thread.
fn claim(app: &Handle, id: ThreadId) -> Html {
    let session = app.session();
    let scenario = session.scenario();
    let (Some(claim), Some((_, thread))) = (scenario.computer.policy.goes_by(), scenario.thread(id)) else {
        return Html::default();
    };
    let share = thread.share;
    let read = reader(app, move |s, text| {
        let share = s.thread(id).map_or(share, |(_, thread)| thread.share);
        refused(s.with_share(id, share.with(claim, text)?, claim))
    });
    html! { <Field app={app.clone()} id="claim" label={claim.name()} value={share.text(claim)} {read} /> }
}

/// The cores it may run on, and the way onto one.
fn placement(app: &Handle, thread: ThreadIx) -> Html {
    let session = app.session();
    let plan = session.run().plan();
    let Some(planned) = plan.threads.get(thread.ix()) else { return Html::default() };
    let mut options: Vec<(AttrValue, AttrValue)> = vec![("any".into(), "any core".into())];
    options.extend(plan.core_ids().map(|c| (c.0.to_string().into(), format!("core {} only", c.0).into())));
    let value = match planned.cores.pinned() {
        Some(core) => core.0.to_string(),
        None if plan.core_ids().all(|c| planned.cores.allows(c)) => "any".to_owned(),
        None => "some".to_owned(),
    };
    if value == "some" {
        let cores: Vec<_> = plan.core_ids().filter(|&c| planned.cores.allows(c)).map(|c| c.0.to_string()).collect();
        options.push(("some".into(), format!("cores {}", cores.join(", ")).into()));
    }
    let choose = {
        let app = app.clone();
        Callback::from(move |text: String| {
            if text != "some" {
                app.act(Action::Pin { thread, core: text.parse().ok().map(CoreId) });
            }
        })
    };
    html! {
        <>
            { live(app, move_to) }
            { from_start("Cores") }
            <div class="fields"><Choice id="may-run-on" label="may run on" {options} {value} {choose} /></div>
        </>
    }
}

/// What dragging it onto a core does, as buttons. One that waits keeps them: to press one is to learn why a core would not
/// help it.
fn move_to(app: &Handle) -> Html {
    let session = app.session();
    let Some(thread) = selected(&session) else { return Html::default() };
    let at_start = session.playhead() == Time::ZERO;
    let verb = if at_start { "Pin to" } else { "Run here now" };
    let why_not = match session.machine().thread(thread).place {
        _ if at_start => None,
        Place::NotStarted => Some("It has not started yet"),
        Place::Finished => Some("It has finished"),
        _ => None,
    };
    let helps = at_start
        || matches!(session.machine().thread(thread).place, Place::Ready | Place::SwitchingIn | Place::Running(_));
    let buttons = session.run().plan().core_ids().map(|core| {
        let app = app.clone();
        let onclick = Callback::from(move |_: MouseEvent| app.act(Action::RunHere { thread, core }));
        html! {
            <button type="button" class="button small" {onclick} disabled={why_not.is_some()} title={why_not}
                aria-disabled={(!helps).then_some("true")}
                aria-label={format!("{verb}: core {}", core.0)}>
                { format!("core {}", core.0) }
            </button>
        }
    });
    let menu = {
        let app = app.clone();
        Callback::from(move |event: MouseEvent| {
            let at = Point { x: f64::from(event.client_x()), y: f64::from(event.client_y()) };
            // A press of a key has no place of its own.
            app.open_menu(Subject::Thread(thread), (event.detail() > 0).then_some(at));
        })
    };
    html! {
        <>
            { if at_start { from_start("Move") } else { from_now("Move") } }
            <div class="move-to" role="group" aria-label="Move to">
                <span class="field-label">{ if at_start { "pin to" } else { "run here now" } }</span>
                <span class="buttons">{ for buttons }</span>
            </div>
            <div class="buttons">
                <button type="button" class="button small" onclick={menu} aria-haspopup="menu" title="M">
                    { "Move to…" }
                </button>
            </div>
        </>
    }
}

/// Where its time went up to the playhead.
fn so_far(app: &Handle) -> Html {
    let session = app.session();
    let Some(thread) = selected(&session) else { return Html::default() };
    let theme = app.shown().theme.theme();
    let metrics = app.metrics(session.playhead());
    let rows = metrics.rows_of(Of::Thread(thread));
    html! {
        <>
            { time_went(&metrics.threads[thread.ix()].totals, thread, theme) }
            <div class="numbers">
                { for rows.iter().filter(|r| r.value > 0 && FIGURES.contains(&r.about.key)).map(numbers::row) }
            </div>
        </>
    }
}
