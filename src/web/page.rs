//! The root component: toolbar, picture, inspector, story line.

use yew::prelude::*;

use super::app::Handle;
use super::canvas::Stage;
use super::error::{BrokenLink, Complaint, Notice};
use super::inspector::Inspector;
use super::signal::use_structure;
use super::story::{LiveRegion, Story};
use super::toolbar::Toolbar;

/// The app, from outside the virtual DOM.
#[derive(Properties, PartialEq)]
pub(crate) struct PageProps {
    pub(crate) app: Handle,
}

/// The page.
#[component]
pub(crate) fn Page(props: &PageProps) -> Html {
    html! {
        <ContextProvider<Handle> context={props.app.clone()}>
            <Layout />
        </ContextProvider<Handle>>
    }
}

/// What stands where. While a link is broken its error stands in place of the picture, which is only hidden: the canvas
/// keeps its listeners.
#[component]
fn Layout() -> Html {
    let app = use_structure();
    let broken = app.shown().broken.clone();
    html! {
        <div class="page">
            <Toolbar />
            <main class={classes!("main", broken.is_some().then_some("is-broken"))}>
                if let Some(broken) = broken.clone() {
                    <BrokenLink {broken} />
                }
                <section class="picture" hidden={broken.is_some()} aria-label="The picture: board and lanes">
                    <Stage />
                </section>
                if broken.is_none() {
                    <Inspector />
                }
            </main>
            <Complaint />
            <Notice />
            if broken.is_none() {
                <Story />
            }
            <LiveRegion />
        </div>
    }
}
