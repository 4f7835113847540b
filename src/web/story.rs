//! The story line: the sentence of the last event.

use yew::prelude::*;

use super::app::Handle;
use super::format;

/// The last event's time and sentence. Drawn always; spoken by the live region only when it stands still.
pub(crate) fn story(app: &Handle) -> Html {
    let session = app.session();
    let line = match session.story() {
        Some(story) => html! {
            <>
                <span class="visually-hidden">{ "Last event" }</span>
                { " " }
                <b class="story-time">{ format::playhead(story.time, session.run().end()) }</b>
                { " " }
                <span class="story-text">{ story.text }</span>
            </>
        },
        None => html! { <span class="story-text">{ "Nothing has happened yet." }</span> },
    };
    html! { <section class="story" aria-label="Story" data-gs-story="">{ line }</section> }
}

/// Says what a person who does not see the picture needs: the story when it stands still, and what the page did.
pub(crate) fn live_region(app: &Handle) -> Html {
    let said = app.shown().said.clone();
    html! { <p class="visually-hidden" role="status" aria-live="polite">{ said }</p> }
}
