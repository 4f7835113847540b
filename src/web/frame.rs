//! The frame loop, outside the virtual DOM. It runs only while something moves or waits to be drawn.

use std::cell::{Cell, OnceCell};
use std::rc::{Rc, Weak};

use gilscope::number::Within;
use gilscope::session::Action;
use wasm_bindgen::prelude::*;

use super::app::App;
use super::{edges, keys, window};

/// While it plays, words and figures beside the picture change this often: milliseconds.
const CLOCK_MS: f64 = 80.0;

/// The longest step of the wall clock: a page that was hidden goes on from where it was.
const LONGEST_TICK_S: f64 = 0.1;

/// What the next frame has to do.
#[derive(Default)]
pub(crate) struct Frame {
    app: OnceCell<Weak<App>>,
    callback: OnceCell<Closure<dyn FnMut(f64)>>,
    scheduled: Cell<bool>,
    draw: Cell<bool>,
    structure: Cell<bool>,
    clock: Cell<bool>,
    running: Cell<bool>,
    last_tick: Cell<Option<f64>>,
    last_clock: Cell<f64>,
    focused: keys::Kept,
}

impl Frame {
    /// Tells the loop whom it drives. Called once.
    pub(crate) fn attach(&self, app: &Rc<App>) {
        let weak = Rc::downgrade(app);
        let _ = self.app.set(Weak::clone(&weak));
        let callback = Closure::new(move |now_ms| {
            if let Some(app) = weak.upgrade() {
                app.frame.on_frame(&app, now_ms);
            }
        });
        let _ = self.callback.set(callback);
    }

    /// The app, for work that goes on after a call has returned.
    pub(crate) fn app(&self) -> Option<Rc<App>> {
        self.app.get()?.upgrade()
    }

    /// Draw the picture at the next frame.
    pub(crate) fn ask_draw(&self) {
        self.draw.set(true);
        self.schedule();
    }

    /// Render the components that show the scenario and the controls.
    pub(crate) fn ask_structure(&self) {
        self.structure.set(true);
        self.ask_clock();
    }

    /// Render the components that follow the playhead.
    pub(crate) fn ask_clock(&self) {
        self.clock.set(true);
        self.schedule();
    }

    /// Tick with every frame from now on.
    pub(crate) fn start_clock(&self) {
        self.running.set(true);
        self.last_tick.set(None);
        self.schedule();
    }

    /// Tick no more.
    pub(crate) fn stop_clock(&self) {
        self.running.set(false);
        self.ask_draw();
        self.ask_structure();
    }

    fn schedule(&self) {
        let Some(callback) = self.callback.get() else { return };
        if !self.scheduled.replace(true) {
            window().request_animation_frame(callback.as_ref().unchecked_ref()).unwrap_throw();
        }
    }

    fn on_frame(&self, app: &App, now_ms: f64) {
        self.scheduled.set(false);
        if self.running.get()
            && let Some(last) = self.last_tick.replace(Some(now_ms))
        {
            let seconds = ((now_ms - last) / 1000.0).within(0.0, LONGEST_TICK_S);
            app.act(Action::Tick { seconds });
        }
        if self.draw.replace(false) {
            app.draw(now_ms);
        }
        if edges::on_frame(app, now_ms) {
            self.schedule();
        }
        let structure = self.structure.replace(false);
        if structure {
            keys::keep_focus(&self.focused);
            app.structure.emit();
            // Whether what has the focus is still there is known once it has been rendered.
            self.schedule();
        } else {
            keys::find_focus(&self.focused);
        }
        let due = structure || !self.running.get() || now_ms - self.last_clock.get() >= CLOCK_MS;
        if due && self.clock.replace(false) {
            self.last_clock.set(now_ms);
            app.clock.emit();
        }
        if self.running.get() || self.clock.get() {
            self.schedule();
        }
    }
}
