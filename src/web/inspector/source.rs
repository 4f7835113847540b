//! The program that a person would write, with the lines that are being executed lit.

use yew::prelude::*;

use crate::web::signal::use_structure;

#[derive(Properties, PartialEq)]
pub(crate) struct SourceProps {
    /// The line to light, counted from 1.
    pub(crate) line: Option<u32>,
}

/// The scenario's source text; nothing if it has none.
#[component]
pub(crate) fn Source(props: &SourceProps) -> Html {
    let app = use_structure();
    let source = app.session().scenario().source.clone();
    if source.is_empty() {
        return Html::default();
    }
    let line = |(i, text): (usize, &str)| {
        let lit = props.line == Some(i as u32 + 1);
        // An empty line keeps its height.
        let text = if text.is_empty() { " " } else { text };
        html! { <code class={lit.then_some("lit")} aria-current={lit.then_some("step")}>{ format!("{text}\n") }</code> }
    };
    html! {
        <>
            <h3>{ "Source" }</h3>
            <pre class="source" tabindex="0">{ for source.lines().enumerate().map(line) }</pre>
        </>
    }
}
