//! The program that a person would write, with the line that is being executed lit.

use yew::prelude::*;

use crate::web::app::Handle;

/// The scenario's source text; nothing if it has none. `line`, counted from 1, is lit.
pub(super) fn source(app: &Handle, line: Option<u32>) -> Html {
    let source = app.session().scenario().source.clone();
    if source.is_empty() {
        return Html::default();
    }
    let row = |(i, text): (usize, &str)| {
        let lit = line == Some(i as u32 + 1);
        // An empty line keeps its height.
        let text = if text.is_empty() { " " } else { text };
        html! { <code class={lit.then_some("lit")} aria-current={lit.then_some("step")}>{ format!("{text}\n") }</code> }
    };
    html! {
        <>
            <h3>{ "Source" }</h3>
            <pre class="source">{ for source.lines().enumerate().map(row) }</pre>
        </>
    }
}
