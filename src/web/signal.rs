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

/// Renders the component again whenever the signal is given.
#[hook]
pub(crate) fn use_signal(signal: &Rc<Signal>) {
    let update = use_force_update();
    let signal = Rc::clone(signal);
    use_effect_with((), move |()| {
        let key = signal.subscribe(Callback::from(move |()| update.force_update()));
        move || signal.unsubscribe(key)
    });
}

/// A part of the page that is rendered alone.
#[derive(Clone, Properties)]
pub(crate) struct LiveProps {
    pub(crate) app: Handle,
    /// What it shows; it reads all it needs from the app.
    pub(crate) view: fn(&Handle) -> Html,
    /// What is done once it is shown.
    pub(crate) then: fn(),
}

impl PartialEq for LiveProps {
    fn eq(&self, other: &Self) -> bool {
        self.app == other.app
            && std::ptr::fn_addr_eq(self.view, other.view)
            && std::ptr::fn_addr_eq(self.then, other.then)
    }
}

/// Renders its view again as the playhead moves, and nothing around it.
#[component]
pub(crate) fn Live(props: &LiveProps) -> Html {
    use_signal(&props.app.clock);
    use_effect(props.then);
    (props.view)(&props.app)
}

/// [`Live`] as an element.
pub(crate) fn live(app: &Handle, view: fn(&Handle) -> Html) -> Html {
    live_then(app, view, || ())
}

/// [`live`], with something to do whenever it has been rendered.
pub(crate) fn live_then(app: &Handle, view: fn(&Handle) -> Html, then: fn()) -> Html {
    html! { <Live app={app.clone()} {view} {then} /> }
}
