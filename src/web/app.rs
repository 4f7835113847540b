//! The page's state outside the virtual DOM: the session, and what only the page knows.

use std::cell::{Ref, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use gilscope::engine::metrics::Metrics;
use gilscope::scenario::{Edit, Problem, Scenario, presets};
use gilscope::scene::{Point, Region, Subject};
use gilscope::session::address::{Address, Names, find_thread};
use gilscope::session::{Action, Effect, Session, notice};
use gilscope::time::Time;
use web_sys::Element;

use super::canvas::Canvas;
use super::figures::Figures;
use super::frame::Frame;
use super::links::{self, Origin};
use super::shown::{Shown, Tab};
use super::signal::Signal;
use super::touch::Touch;

/// The page.
pub(crate) struct App {
    session: RefCell<Session>,
    shown: RefCell<Shown>,
    canvas: RefCell<Option<Canvas>>,
    figures: RefCell<Figures>,
    pub(crate) frame: Frame,
    pub(crate) touch: Touch,
    /// After every change that is no mere passing of time.
    pub(crate) structure: Rc<Signal>,
    /// As the playhead moves, some ten times per second.
    pub(crate) clock: Rc<Signal>,
}

/// A shared handle to the app for components.
#[derive(Clone)]
pub(crate) struct Handle(pub(crate) Rc<App>);

impl PartialEq for Handle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Handle {
    type Target = Rc<App>;
    fn deref(&self) -> &Rc<App> {
        &self.0
    }
}

impl App {
    /// The app with what the page's address names.
    pub(crate) fn new(address: Address) -> Rc<Self> {
        let app = Rc::new(Self {
            session: RefCell::new(Session::new(Scenario::empty(""))),
            shown: RefCell::new(Shown::new()),
            canvas: RefCell::new(None),
            figures: RefCell::default(),
            frame: Frame::default(),
            touch: Touch::default(),
            structure: Rc::default(),
            clock: Rc::default(),
        });
        app.frame.attach(&app);
        app.open(address);
        app
    }

    /// The session, to read.
    pub(crate) fn session(&self) -> Ref<'_, Session> {
        self.session.borrow()
    }

    /// What the page shows beside it.
    pub(crate) fn shown(&self) -> Ref<'_, Shown> {
        self.shown.borrow()
    }

    /// Changes what the page shows.
    pub(crate) fn show(&self, change: impl FnOnce(&mut Shown)) {
        change(&mut self.shown.borrow_mut());
        self.frame.ask_structure();
    }

    /// Hands the canvas over; it is drawn at the next frame.
    pub(crate) fn set_canvas(&self, canvas: Canvas) {
        *self.canvas.borrow_mut() = Some(canvas);
        self.frame.ask_draw();
    }

    /// Draws the picture, if there is a canvas and a scenario.
    pub(crate) fn draw(&self, now_ms: f64) {
        if self.shown().broken.is_some() {
            return;
        }
        if let Some(canvas) = &*self.canvas.borrow() {
            let presenting = self.shown().presenting;
            let size = canvas.measure().new_size(&self.session(), presenting);
            if let Some(size) = size {
                self.act(Action::Resize(size));
            }
            let travels = canvas.draw(&self.session(), &self.shown(), now_ms);
            if travels {
                self.frame.ask_draw();
            }
        }
    }

    /// CSS pixels per pixel of the picture.
    pub(crate) fn scale(&self) -> f64 {
        self.canvas.borrow().as_ref().map_or(1.0, |canvas| canvas.measure().scale())
    }

    /// The region that was drawn at a point.
    pub(crate) fn region_at(&self, point: Point) -> Option<Region> {
        self.canvas.borrow().as_ref().and_then(|c| c.scene().region_at(point).cloned())
    }

    /// The thing in the picture that an element stands for.
    pub(crate) fn subject_of(&self, element: &Element) -> Option<Subject> {
        self.canvas.borrow().as_ref()?.subject_of(element)
    }

    /// The figures of the run up to an instant.
    pub(crate) fn metrics(&self, until: Time) -> Rc<Metrics> {
        self.figures.borrow_mut().at(&self.session(), until)
    }

    /// Lets the session do something, and performs the effects.
    pub(crate) fn act(&self, action: Action) {
        if self.shown().broken.is_some() && !matches!(action, Action::Load(_) | Action::Resize(_)) {
            return;
        }
        let (passes, moves) = (passes(&action), moves(&action));
        let travels = matches!(action, Action::Undo | Action::Redo);
        let (before, was) = (self.session().selection(), self.change_watch(&action));
        let effects = self.session.borrow_mut().update(action);
        let after = self.session().selection();
        self.frame.ask_clock();
        if !passes {
            self.frame.ask_structure();
            let shown = &mut *self.shown.borrow_mut();
            (shown.complaint, shown.notice, shown.to_copy, shown.change) = (None, None, None, None);
        }
        if let Some((generation, scenario)) = was {
            self.tell_change(generation, &scenario, !travels);
        }
        if before != after {
            self.shown.borrow_mut().tab = Tab::of(after);
            self.frame.ask_structure();
        }
        if moves && !self.session().playing() {
            let story = self.session().story().map(|s| format!("{:.6}: {}", s.time, s.text));
            self.shown.borrow_mut().said = story.unwrap_or_default();
        }
        for effect in effects {
            self.perform(effect);
        }
    }

    /// The scenario before an action that may change it.
    fn change_watch(&self, action: &Action) -> Option<(u64, Scenario)> {
        let session = self.session();
        (!passes(action) && !matches!(action, Action::Load(_)))
            .then(|| (session.generation(), session.scenario().clone()))
    }

    /// Says which of the two kinds of change has been made, if one has.
    fn tell_change(&self, generation: u64, before: &Scenario, is_new: bool) {
        let session = self.session();
        if session.generation() != generation {
            let notice = notice::of_change(before, session.scenario());
            self.shown.borrow_mut().change = notice.map(|notice| (session.generation(), notice, is_new));
        }
    }

    /// Where in the window the lower left corner of a thing is drawn, in CSS pixels.
    pub(crate) fn corner_of(&self, subject: Subject) -> Option<Point> {
        self.canvas.borrow().as_ref()?.corner_of(subject)
    }

    /// Makes an edit, or shows why it cannot be made.
    pub(crate) fn edit(&self, edit: Result<Edit, Problem>) {
        match edit {
            Ok(Edit { name, scenario, .. }) => {
                let changes = scenario != *self.session().scenario();
                if changes {
                    self.act(Action::Edit { name, scenario: Box::new(scenario) });
                }
            }
            Err(problem) => self.complain(problem.to_string()),
        }
    }

    /// Shows why something was refused.
    pub(crate) fn complain(&self, why: String) {
        self.show(|s| s.complaint = Some(why));
    }

    fn perform(&self, effect: Effect) {
        match effect {
            Effect::Redraw => self.frame.ask_draw(),
            Effect::StartClock => self.frame.start_clock(),
            Effect::StopClock => self.frame.stop_clock(),
            Effect::CopyLink { fragment } => links::share(self, &fragment),
            Effect::Announce(text) => self.show(|s| s.said = text),
            Effect::Complain(why) => self.complain(why),
        }
    }

    /// Shows what an address asks for, or the state that says why it cannot be shown.
    pub(crate) fn open(&self, address: Address) {
        let Address { names, at, thread, mut unread, .. } = address;
        let (scenario, origin) = match names {
            Names::Broken(broken) => return self.show(|s| s.broken = Some(broken)),
            Names::Link(scenario) => (scenario, Origin::Link),
            Names::Preset(preset) => (Box::new(preset.scenario()), Origin::Preset(preset)),
            Names::Nothing => (Box::new(presets::first().scenario()), Origin::Preset(presets::first())),
        };
        self.show(|s| {
            s.broken = None;
            s.had_scenario = true;
            s.origin = origin;
            s.loaded = (*scenario).clone();
            s.said.clear();
            s.tab = Tab::Claim;
        });
        let thread = thread.and_then(|name| find_thread(&scenario, &name).map_err(|why| unread.push(why)).ok());
        self.act(Action::Load(scenario));
        if let Some(time) = at {
            self.act(Action::Seek(time));
        }
        if let Some(id) = thread {
            let ix = self.session().run().plan().thread_ix(id);
            self.act(Action::Select(ix.map(Subject::Thread)));
        }
        if !unread.is_empty() {
            self.show(|s| s.notice = Some(unread.join(" ")));
        }
    }

    /// Whether the scenario differs from what was loaded.
    pub(crate) fn changed(&self) -> bool {
        *self.session().scenario() != self.shown().loaded
    }
}

/// Whether only the picture changes, so that no component needs to render again.
const fn passes(action: &Action) -> bool {
    matches!(
        action,
        Action::Tick { .. }
            | Action::PointerMove(_)
            | Action::PointerCancel
            | Action::Resize(_)
            | Action::Zoom { .. }
            | Action::Pan { .. }
    )
}

/// Whether the playhead comes to stand somewhere, which is worth saying.
const fn moves(action: &Action) -> bool {
    matches!(
        action,
        Action::TogglePlay
            | Action::Seek(_)
            | Action::ToStart
            | Action::ToEnd
            | Action::NextEvent
            | Action::PreviousEvent
            | Action::NextHandOff
            | Action::PreviousHandOff
            | Action::NextSwitch
            | Action::PreviousSwitch
    )
}
