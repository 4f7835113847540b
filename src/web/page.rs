//! The root component: toolbar, picture, story line, inspector.
//!
//! It renders after every change that is no mere passing of time. Its parts are plain functions, as each kind of component
//! costs some kilobytes of the download; only what renders for itself is a component.

use gilscope::session::Action;
use yew::prelude::*;

use super::app::Handle;
use super::canvas::Stage;
use super::compare::{self, compare};
use super::computing::computing;
use super::embed;
use super::error::{broken_link, complaint, notice};
use super::events;
use super::help::help;
use super::hints;
use super::inspector::inspector;
use super::library::{self, library};
use super::menu;
use super::palette::palette;
use super::present::{blank, claim_line};
use super::share::share_dialog;
use super::signal::{live, live_then, use_signal};
use super::story::{live_region, story};
use super::toolbar::{toolbar, view_tools};

/// The app, from outside the virtual DOM.
#[derive(Properties, PartialEq)]
pub(crate) struct PageProps {
    pub(crate) app: Handle,
}

/// What stands where. While a link is broken its error stands in place of the picture, which is only hidden: the canvas
/// keeps its listeners.
#[component]
pub(crate) fn Page(props: &PageProps) -> Html {
    let app = &props.app;
    use_signal(&app.structure);
    let broken = app.shown().broken.clone();
    let (presenting, is_blank) = (app.shown().presenting, app.shown().blank);
    let embed = app.embed.as_ref();
    let has_foot = broken.is_none() && embed.is_none();
    html! {
        <div class={classes!("page", presenting.then_some("is-presenting"))}>
            if embed.is_none() {
                { toolbar(app) }
            }
            if presenting {
                { claim_line(app) }
            }
            <main class={classes!("main", broken.is_some().then_some("is-broken"))}>
                if let Some(broken) = &broken {
                    { broken_link(app, broken) }
                }
                <section class="picture" hidden={broken.is_some()} aria-label="The picture: board and lanes">
                    if broken.is_none() && !presenting && app.allows(&Action::AddProcess) {
                        { palette(app) }
                    }
                    <Stage app={app.clone()} />
                    if broken.is_none() {
                        { live(app, computing) }
                    }
                </section>
                if has_foot {
                    <footer class="foot">
                        { live_then(app, events::events, events::follow) }
                        <div class="told">
                            { live(app, story) }
                            { notice(app) }
                        </div>
                        { view_tools(app) }
                    </footer>
                }
                if has_foot && !presenting {
                    { inspector(app) }
                }
            </main>
            { complaint(app) }
            if !has_foot {
                { notice(app) }
            }
            if let Some(embed) = embed {
                { embed::around(app, embed) }
            }
            { live_region(app) }
            { live_then(app, menu::menu, menu::follow) }
            if embed.is_none() {
                { live_then(app, hints::hint, hints::follow) }
                { live_then(app, library, library::follow) }
                { live_then(app, compare, compare::follow) }
                { share_dialog(app) }
                { help() }
            }
            if is_blank {
                { blank(app) }
            }
        </div>
    }
}
