//! The page's state outside the virtual DOM: the session, and what only the page knows.

use std::cell::{Cell, Ref, RefCell, RefMut};
use std::ops::Deref;
use std::rc::Rc;

use gilscope::scenario::{Edit, Problem, Scenario, presets};
use gilscope::scene::{Rect, Subject};
use gilscope::session::address::{Address, Names, find_thread};
use gilscope::session::embed::{Embed, Mode};
use gilscope::session::hints::{Hint, Hints};
use gilscope::session::{Action, Effect, Session};

use super::autosave::{self, Autosave, Kept};
use super::canvas::Canvas;
use super::compare::Compare;
use super::computing::Pace;
use super::figures::Figures;
use super::frame::Frame;
use super::links::Origin;
use super::previews::Previews;
use super::shown::{Shown, Tab};
use super::signal::Signal;
use super::theme::Choice;
use super::touch::Touch;

/// The page.
pub(crate) struct App {
    /// How the page is embedded; `None`: it stands for itself.
    pub(crate) embed: Option<Embed>,
    pub(crate) autosave: Autosave,
    session: RefCell<Session>,
    shown: RefCell<Shown>,
    pub(super) canvas: RefCell<Option<Canvas>>,
    /// The part of the picture to show next, as last drawn.
    pub(super) page: Cell<Option<&'static str>>,
    pub(super) figures: RefCell<Figures>,
    /// What is left to tell on a first visit.
    pub(crate) hints: Cell<Hints>,
    /// The small pictures of the library.
    pub(crate) previews: Previews,
    /// The panel for comparing.
    pub(crate) compare: Compare,
    pub(crate) frame: Frame,
    /// How much of a run is computed at once.
    pace: Pace,
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
    /// The app with what the page's address names, as it was left if it was open before.
    pub(crate) fn new(address: Address) -> Rc<Self> {
        let embed = address.embed;
        let app = Rc::new(Self {
            embed,
            autosave: Autosave::default(),
            session: RefCell::new(Session::new(Scenario::empty(""))),
            shown: RefCell::new(Shown::new(embed.map_or_else(Choice::load, |e| Choice::of(e.theme)))),
            canvas: RefCell::new(None),
            page: Cell::default(),
            figures: RefCell::default(),
            hints: Cell::new(Hints::NONE),
            previews: Previews::default(),
            compare: Compare::default(),
            frame: Frame::default(),
            pace: Pace::default(),
            touch: Touch::default(),
            structure: Rc::default(),
            clock: Rc::default(),
        });
        app.frame.attach(&app);
        if embed.is_some_and(|e| e.mode != Mode::Edit) {
            app.session.borrow_mut().set_editable(false);
        }
        match autosave::find(&address) {
            Ok(Some(kept)) => {
                app.go_on(kept, &address.names);
                let why = app.open_asked(address.panel);
                app.show(|s| s.notice = why.or(s.notice.take()));
            }
            found => {
                app.open(address);
                if let Err(why) = found {
                    app.show(|s| s.notice = Some(why));
                }
            }
        }
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

    /// What the page shows beside the session, to change while it is rendered anew anyway.
    pub(super) fn shown_mut(&self) -> RefMut<'_, Shown> {
        self.shown.borrow_mut()
    }

    /// Whether a person may do something here.
    pub(crate) fn allows(&self, action: &Action) -> bool {
        self.embed.is_none_or(|embed| embed.mode.allows(action))
    }

    /// Lets the session do what a person wants, if that may be done here.
    pub(crate) fn act(&self, action: Action) {
        if self.allows(&action) {
            self.perform_action(action);
        }
    }

    /// Lets the session do something, and performs the effects.
    pub(super) fn perform_action(&self, action: Action) {
        if self.shown().broken.is_some() && !matches!(action, Action::Load(_) | Action::Resize(_)) {
            return;
        }
        let (passes, moves) = (passes(&action), moves(&action));
        let selects = matches!(action, Action::Select(_));
        let followed = Hint::followed_by(&action);
        // What is selected already is shown again: another panel may be open.
        let again = match action {
            Action::PointerUp(p) => self.session().clicks(p),
            Action::Select(to) => to.is_some(),
            _ => false,
        };
        let loading = self.session().loading();
        let (before, was) = (self.session().selection(), self.before(&action));
        let effects = self.pace.update(&mut self.session.borrow_mut(), action);
        let after = self.session().selection();
        let drags = self.session().drag().is_some().then_some(Hint::Drag);
        if let Some(hint) = followed.or(drags) {
            self.hint_done(hint);
        }
        self.frame.ask_clock();
        if !passes {
            self.frame.ask_structure();
            let shown = &mut *self.shown.borrow_mut();
            (shown.complaint, shown.notice, shown.to_copy) = (None, None, None);
            (shown.restored, shown.left) = (false, false);
            // What has been changed is still so while people look at one thing and another.
            if !selects {
                shown.change = None;
            }
            self.autosave.ask(self);
        }
        if let Some(was) = was {
            self.tell_change(was);
            self.follow_loading(loading);
        }
        if before != after || again && after.is_some() {
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

    /// Where in the window a thing is drawn, in CSS pixels.
    pub(crate) fn rect_of(&self, subject: Subject) -> Option<Rect> {
        self.canvas.borrow().as_ref()?.rect_of(subject)
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

    /// Shows why something was refused. It is an alert, and need not be said politely as well.
    pub(crate) fn complain(&self, why: String) {
        self.show(|s| {
            s.said.clear();
            s.complaint = Some(why);
        });
    }

    fn perform(&self, effect: Effect) {
        match effect {
            Effect::Redraw => self.frame.ask_draw(),
            Effect::StartClock => self.frame.start_clock(),
            Effect::StopClock => self.frame.stop_clock(),
            Effect::Announce(text) => self.show(|s| s.said = text),
            Effect::Complain(why) => self.complain(why),
        }
    }

    /// Shows what an address asks for, or the state that says why it cannot be shown.
    pub(crate) fn open(&self, address: Address) {
        let Address { names, at, thread, panel, mut unread, .. } = address;
        let (scenario, origin) = match names {
            Names::Broken(broken) => return self.show(|s| s.broken = Some(broken)),
            Names::Link(scenario) => (scenario, Origin::Link),
            Names::Preset(preset) => (Box::new(preset.scenario()), Origin::Preset(preset)),
            Names::Nothing => (Box::new(presets::first().scenario()), Origin::Preset(presets::first())),
        };
        let thread = thread.and_then(|name| find_thread(&scenario, &name).map_err(|why| unread.push(why)).ok());
        self.load(scenario, origin);
        self.show(|s| s.start = (at, thread));
        self.to_start();
        unread.extend(self.open_asked(panel));
        if !unread.is_empty() {
            self.show(|s| s.notice = Some(unread.join(" ")));
        }
    }

    /// Shows the scenario of a file.
    pub(crate) fn open_file(&self, scenario: Scenario) {
        self.load(Box::new(scenario), Origin::File);
    }

    /// Shows one of one's own scenarios.
    pub(crate) fn open_own(&self, scenario: Scenario, id: u64) {
        self.load(Box::new(scenario), Origin::Own(id));
    }

    fn load(&self, scenario: Box<Scenario>, origin: Origin) {
        let left = self.left_behind();
        self.remember_loading(self.session().loading());
        self.show(|s| {
            s.broken = None;
            s.had_scenario = true;
            s.origin = origin;
            s.loaded = (*scenario).clone();
            s.start = (None, None);
            s.said.clear();
            s.programs.clear();
            s.tab = Tab::Claim;
        });
        self.perform_action(Action::Load(scenario));
        self.show(|s| (s.left, s.notice) = (left.is_some(), left));
    }

    /// The playhead and the selection as the address asks for them.
    fn to_start(&self) {
        let (at, thread) = self.shown().start;
        if let Some(time) = at {
            self.perform_action(Action::Seek(time));
        }
        if let Some(id) = thread {
            let ix = self.session().run().plan().thread_ix(id);
            self.perform_action(Action::Select(ix.map(Subject::Thread)));
        }
    }

    /// All as the embed's address asks for it, standing still. A change of the scenario can be taken back.
    pub(crate) fn reset(&self) {
        if self.session().playing() {
            self.perform_action(Action::TogglePlay);
        }
        for action in [Action::Reset, Action::Select(None), Action::ToStart, Action::Fit] {
            self.perform_action(action);
        }
        self.to_start();
    }

    /// Goes on with what was kept; it came from what the address names, if that names anything.
    fn go_on(&self, kept: Kept, names: &Names) {
        let Kept { session, elsewhere } = kept;
        let preset = match names {
            Names::Preset(preset) => Some(*preset),
            Names::Nothing => presets::by_name(&session.original().claim),
            _ => None,
        };
        let preset = preset.filter(|p| p.scenario() == *session.original());
        let first = *session.scenario() == presets::first().scenario();
        self.show(|s| {
            s.had_scenario = true;
            let fresh = session.original().with_nothing().is_ok_and(|page| page.scenario == *session.original());
            s.origin = preset.map_or(if fresh { Origin::New } else { Origin::Link }, Origin::Preset);
            s.loaded = session.original().clone();
            if elsewhere && !first {
                s.notice = Some("Restored what you had open.".to_owned());
                s.restored = true;
            }
        });
        *self.session.borrow_mut() = session;
    }
}

/// Whether only the picture changes, so that no component needs to render again.
pub(super) const fn passes(action: &Action) -> bool {
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
    action.is_step() || matches!(action, Action::TogglePlay | Action::ToStart)
}
