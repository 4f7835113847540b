//! Signals from outside the virtual DOM that make components render again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use yew::prelude::*;

use super::app::Handle;

/// Something that components can wait for.
#[derive(Default)]
pub(crate) struct Signal {
    listeners: RefCell<Vec<(usize, Callback<()>)>>,
    next: Cell<usize>,
}

impl Signal {
    fn subscribe(&self, listener: Callback<()>) -> usize {
        let key = self.next.replace(self.next.get() + 1);
        self.listeners.borrow_mut().push((key, listener));
        key
    }

    fn unsubscribe(&self, key: usize) {
        self.listeners.borrow_mut().retain(|(k, _)| *k != key);
    }

    /// Makes all that wait for it render again.
    pub(crate) fn emit(&self) {
        // A copy, as a component that renders may come or go.
        let listeners: Vec<_> = self.listeners.borrow().iter().map(|(_, l)| l.clone()).collect();
        for listener in listeners {
            listener.emit(());
        }
    }
}

/// The app of the page.
#[hook]
pub(crate) fn use_app() -> Handle {
    use_context::<Handle>().expect("every component stands inside Page")
}

/// Renders the component again after every change that is no mere passing of time.
#[hook]
pub(crate) fn use_structure() -> Handle {
    let app = use_app();
    use_signal(Rc::clone(&app.structure));
    app
}

/// Renders the component again as the playhead moves.
#[hook]
pub(crate) fn use_clock() -> Handle {
    let app = use_app();
    use_signal(Rc::clone(&app.clock));
    app
}

#[hook]
fn use_signal(signal: Rc<Signal>) {
    let update = use_force_update();
    use_effect_with((), move |()| {
        let key = signal.subscribe(Callback::from(move |()| update.force_update()));
        move || signal.unsubscribe(key)
    });
}
