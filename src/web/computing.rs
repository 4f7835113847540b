//! How far a long run is computed: how much each frame does, and what is said about it beside the lanes.

use std::cell::Cell;

use gilscope::engine::Limit;
use gilscope::number::{Within, grouped};
use gilscope::session::{Action, Effect, Progress, Session};
use yew::prelude::*;

use super::app::Handle;

/// As long as an update may compute: milliseconds.
const SLICE_MS: f64 = 8.0;

/// How much is computed before anything is known about the speed of this machine, in instants.
const FIRST: f64 = 5_000.0;

/// Even if a clock says nonsense.
const BOUNDS: [f64; 2] = [200.0, 200_000.0];

/// How many instants of a run are computed in a slice, found by measuring the slices.
pub(crate) struct Pace {
    instants: Cell<f64>,
    /// When the last slice began.
    since_ms: Cell<f64>,
}

impl Default for Pace {
    fn default() -> Self {
        Self { instants: Cell::new(FIRST), since_ms: Cell::new(f64::NEG_INFINITY) }
    }
}

impl Pace {
    /// Lets the session do something within its slice.
    pub(crate) fn update(&self, session: &mut Session, action: Action) -> Vec<Effect> {
        self.allow(session, js_sys::Date::now());
        let effects = session.update(action);
        self.learn(session, js_sys::Date::now());
        effects
    }

    /// Allows the session the next slice if the last one was in an earlier frame. Now is in milliseconds.
    fn allow(&self, session: &mut Session, now_ms: f64) {
        if now_ms - self.since_ms.get() >= 1.5 * SLICE_MS {
            self.since_ms.set(now_ms);
            session.allow(self.instants.get() as usize);
        }
    }

    /// An update is done. A slice that took too long makes the next ones smaller.
    fn learn(&self, session: &Session, now_ms: f64) {
        let took = now_ms - self.since_ms.get();
        let by = if took > 0.8 * SLICE_MS {
            (0.7 * SLICE_MS / took).max(0.2)
        } else if took < 0.5 * SLICE_MS && session.is_behind() {
            1.3
        } else {
            return;
        };
        self.instants.set((self.instants.get() * by).within(BOUNDS[0], BOUNDS[1]));
    }
}

/// How far the run is computed, with a button to stop or go on; nothing while nobody has to wait.
pub(crate) fn computing(app: &Handle) -> Html {
    let Some(progress) = app.session().progress() else { return Html::default() };
    let button = |name: &'static str, on: bool| {
        let press = {
            let app = app.clone();
            Callback::from(move |_: MouseEvent| app.act(Action::Compute(on)))
        };
        html! { <button type="button" class="button small" onclick={press}>{ name }</button> }
    };
    let stopped = |at| {
        let events = app.session().run().trace().len() as u64;
        format!("Stopped at {at:.1}, after {} events.", grouped(events))
    };
    let (says, part, button) = match progress {
        Progress::Computing(at, part) => (format!("Computed up to {at:.1}"), part, button("Stop computing", false)),
        Progress::Stopped(at) => (stopped(at), None, button("Go on computing", true)),
        Progress::Limit(at, limit) => {
            let why = match limit {
                Limit::Records => "These can be read; no more are computed.",
                Limit::Time => "What comes next is months away.",
            };
            (stopped(at), None, html! { <span>{ why }</span> })
        }
    };
    let value = part.map(|part| format!("{}", (part * 100.0) as u32));
    html! {
        <div class="computing">
            if matches!(progress, Progress::Computing(..)) {
                <progress aria-label="Computing the run" max="100" {value} />
            }
            <span>{ says }</span>
            { button }
        </div>
    }
}
