//! What the scenario is there to show, and how its run comes out.

use gilscope::engine::{Ending, Limit, Run};
use gilscope::number::grouped;
use gilscope::scenario::Scenario;
use gilscope::scenario::presets::Variant;
use gilscope::session::Action;
use yew::prelude::*;

use super::source::source;
use crate::web::app::Handle;
use crate::web::field::{Field, reader, refused};
use crate::web::format;

/// What gilscope is, for whom a link brought here.
const WHAT_THIS_IS: &str = "gilscope simulates how a computer runs threads: cores, the scheduler, and CPython's global \
                            interpreter lock (GIL), the token a thread needs to run Python. Drag a thread onto a core to \
                            change what happens.";

/// Title, both texts with what shows the second, the figures of the whole run, the source, and a word on gilscope.
pub(crate) fn claim(app: &Handle) -> Html {
    let anew = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.start_anew())
    };
    let session = app.session();
    let scenario = session.scenario();
    let title = if scenario.title.is_empty() { "A scenario without a title" } else { scenario.title.as_str() };
    let texts = &scenario.texts;
    let (variants, shown) = app.variant().map_or((&[][..], None), |(preset, shown)| (preset.variants(), shown));
    html! {
        <>
            <h2 class={(!texts.in_short.is_empty()).then_some("claim-title")}>{ title.to_owned() }</h2>
            if app.edited() && shown.is_none() && !app.is_own() {
                <p class="claim-changed">
                    { "You have changed this scenario: what the claim says may no longer hold." }
                </p>
            }
            if !texts.in_short.is_empty() {
                <h3 class="visually-hidden">{ "In short" }</h3>
                <p class="in-short">{ texts.in_short.clone() }</p>
            }
            if !texts.more_exactly.is_empty() {
                <section class="exactly" aria-labelledby="more-exactly">
                    <h3 id="more-exactly">{ "More exactly" }</h3>
                    <p>{ texts.more_exactly.clone() }</p>
                    { for variants.iter().enumerate().map(|(i, v)| variant(app, v, shown == Some(i))) }
                </section>
            }
            { source(app) }
            <h3>{ "This run" }</h3>
            { figures(app) }
            <p class="what-this-is muted">{ WHAT_THIS_IS }</p>
            if scenario.claim.is_empty() && app.allows(&Action::AddProcess) {
                { fields(app, scenario) }
            }
            <div class="buttons">
                <button type="button" class="button small" onclick={anew}>{ "Start with an empty page" }</button>
            </div>
        </>
    }
}

/// What a scenario of one's own says of itself.
fn fields(app: &Handle, scenario: &Scenario) -> Html {
    let title = reader(app, |s, text| refused(s.with_title(text.trim())));
    let in_short = reader(app, |s, text| refused(s.with_claim_in_short(text.trim())));
    html! {
        <div class="fields">
            <Field app={app.clone()} id="title" label="title" value={scenario.title.clone()} read={title} />
            <Field app={app.clone()} id="in-short" label="what it shows" value={scenario.texts.in_short.clone()}
                read={in_short} />
        </div>
    }
}

/// A button that changes the scenario so that it shows what the text says; pressed again, it changes it back.
fn variant(app: &Handle, variant: &'static Variant, shown: bool) -> Html {
    let app = app.clone();
    let onclick = Callback::from(move |_: MouseEvent| app.toggle_variant(variant));
    html! {
        <button type="button" class="button variant" aria-pressed={if shown { "true" } else { "false" }} {onclick}>
            { variant.label }
        </button>
    }
}

/// The figures of the run up to its ending, or as far as it is computed.
fn figures(app: &Handle) -> Html {
    let session = app.session();
    let run = session.run();
    let metrics = app.metrics(run.end());
    let hand_offs: u64 = metrics.gils.iter().map(|g| g.hand_offs).sum();
    let cores = metrics.cores.iter().fold((0, 0), |(busy, all), c| {
        let useful = c.useful.ns();
        (busy + useful, all + useful + c.overhead.ns() + c.idle.ns())
    });
    html! {
        <dl class="figures">
            <dt>{ how_it_ends(run) }</dt>
            <dd>{ format!("{:.3}", run.end()) }</dd>
            <dt>{ "context switches" }</dt><dd>{ grouped(metrics.context_switches) }</dd>
            if !metrics.gils.is_empty() {
                <dt>{ "hand-offs of the GIL" }</dt><dd>{ grouped(hand_offs) }</dd>
            }
            <dt>{ if metrics.cores.len() == 1 { "the core computes" } else { "the cores compute" } }</dt>
            <dd>{ format::percent(cores.0, cores.1) }</dd>
        </dl>
    }
}

fn how_it_ends(run: &Run) -> &'static str {
    match run.ending() {
        Some(Ending::AllFinished) if run.never_started().next().is_some() => "all that were started finish at",
        Some(Ending::AllFinished) => "all threads finish at",
        Some(Ending::AwaitingInput(_)) => "waits for your answer since",
        Some(Ending::Deadlock(_)) => "deadlock at",
        Some(Ending::Stuck(_)) => "nothing happens any more after",
        Some(Ending::LimitReached(Limit::Records)) => "stopped after too many events, at",
        Some(Ending::LimitReached(Limit::Time)) => "longer than can be shown; computed to",
        None => "goes on after",
    }
}
