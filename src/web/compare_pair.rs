//! Two runs of the panel “Compare”: what B is, both runs on one axis with a cursor, and the figures with their differences.

use gilscope::scene::compare::Compared;
use gilscope::session::Session;
use gilscope::session::choices::Choice;
use gilscope::session::compare::{Comparison, Row};
use gilscope::session::numbers::is_main;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::app::{App, Handle};
use super::compare::{Panel, on_canvas, press};
use super::icons::{self, icon};

/// The picture.
pub(super) const CANVAS: &str = "compare-lanes";

/// A press of an arrow moves the cursor by this part of what is shown, Page Up and Down by ten times as much.
const STEP: f64 = 0.01;

/// Two runs.
pub(super) struct Pairing {
    pub(super) choice: Choice,
    pub(super) captions: [String; 2],
    pub(super) comparison: Comparison,
    /// The picture with the width and the records that it is of.
    pub(super) drawn: Option<((i32, usize, usize), Compared)>,
}

impl Pairing {
    /// The open scenario beside what is chosen; `None` if that makes no sense for it.
    pub(super) fn new(session: &Session, choice: Choice) -> Option<Self> {
        let [(a, of_a), (b, of_b)] = choice.sides(session.scenario())?;
        let mut comparison = Comparison::new(&a, &b);
        comparison.begin_at(session.playhead());
        Some(Self { comparison, captions: [of_a, of_b], choice, drawn: None })
    }
}

impl App {
    fn change_comparison(&self, change: impl FnOnce(&mut Comparison)) {
        self.change_panel(|panel| {
            if let Some(pairing) = &mut panel.pairing {
                change(&mut pairing.comparison);
            }
        });
    }

    fn pair_with(&self, key: &str) {
        let pairing = self.session().choice(key).and_then(|choice| Pairing::new(&self.session(), choice));
        self.change_panel(|panel| panel.pairing = pairing);
    }
}

/// All of it.
pub(super) fn pair_view(app: &Handle, panel: &Panel) -> Html {
    let chosen = panel.pairing.as_ref().map(|p| p.choice.key.as_str());
    // A link may ask for what is not offered.
    let asked = panel.pairing.iter().map(|p| &p.choice).filter(|c| panel.choices.iter().all(|o| o.key != c.key));
    let given = panel.choices.iter().filter(|c| c.other.is_ok()).chain(asked);
    let refused: Vec<_> = panel.choices.iter().filter_map(|c| Some((&c.label, c.other.as_ref().err()?))).collect();
    html! {
        <>
            <div class="compare-choices" role="group" aria-label="Compare with">
                <span class="muted">{ "Compare with" }</span>
                { for given.map(|choice| {
                    let pressed = if chosen == Some(&choice.key) { "true" } else { "false" };
                    let key = choice.key.clone();
                    html! {
                        <button type="button" class="button small" key={choice.key.clone()} aria-pressed={pressed}
                            onclick={press(app, move |app| app.pair_with(&key))}>
                            { choice.label.clone() }
                        </button>
                    }
                }) }
            </div>
            if !refused.is_empty() {
                <details class="compare-refused">
                    <summary>{ format!("What does not fit this scenario ({})", refused.len()) }</summary>
                    <dl>{ for refused.iter().map(|(label, why)| html! {
                        <><dt>{ (*label).clone() }</dt><dd class="muted">{ (*why).clone() }</dd></>
                    }) }</dl>
                </details>
            }
            if let Some(pairing) = &panel.pairing {
                { runs(app, pairing) }
            }
        </>
    }
}

fn runs(app: &Handle, pairing: &Pairing) -> Html {
    let comparison = &pairing.comparison;
    let done = comparison.is_done();
    let (main, more): (Vec<&Row>, Vec<&Row>) = comparison.rows().iter().partition(|row| is_main(row.about));
    html! {
        <>
            <p class="compare-says" role="status">{ comparison.says() }</p>
            if !done {
                <progress aria-label="Computing both runs" />
            }
            { picture(app, comparison) }
            { reading(app, comparison) }
            if done {
                { table(&main, &pairing.captions) }
                if !more.is_empty() {
                    <details>
                        <summary>{ format!("More figures ({})", more.len()) }</summary>
                        { table(&more, &pairing.captions) }
                    </details>
                }
            }
        </>
    }
}

/// The lanes of both, and what moves the cursor over them.
fn picture(app: &Handle, comparison: &Comparison) -> Html {
    let (cursor, until) = (comparison.cursor(), comparison.until());
    let now = 1_000 * cursor.ns() / until.ns().max(1);
    html! {
        <canvas id={CANVAS} tabindex="0" role="slider" aria-label="Instant at which both runs are read"
            aria-valuemin="0" aria-valuemax="1000" aria-valuenow={now.to_string()} aria-valuetext={format!("{cursor:.3}")}
            onkeydown={by_key(app)} onpointerdown={by_pointer(app, true)} onpointermove={by_pointer(app, false)}>
        </canvas>
    }
}

/// What both do where they are read.
fn reading(app: &Handle, comparison: &Comparison) -> Html {
    let [a, b] = comparison.readings();
    let button = |name: &'static str, path: &'static str, forward: bool| {
        let onclick = press(app, move |app| app.change_comparison(|c| c.step(forward)));
        html! {
            <button type="button" class="icon-button" aria-label={name} title={name} {onclick}>{ icon(path) }</button>
        }
    };
    html! {
        <div class="compare-reading">
            <div role="group" aria-label="Cursor">
                { button("Previous event of either run", icons::PREVIOUS, false) }
                { button("Next event of either run", icons::NEXT, true) }
            </div>
            <b>{ format!("{:.3}", comparison.cursor()) }</b>
            <p><b>{ "A" }</b>{ a }</p>
            <p><b>{ "B" }</b>{ b }</p>
        </div>
    }
}

fn by_key(app: &Handle) -> Callback<KeyboardEvent> {
    let app = app.clone();
    Callback::from(move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => STEP,
            "ArrowLeft" | "ArrowDown" => -STEP,
            "PageUp" => 10.0 * STEP,
            "PageDown" => -10.0 * STEP,
            "Home" => -1.0,
            "End" => 1.0,
            "." | "," => {
                event.prevent_default();
                return app.change_comparison(|c| c.step(event.key() == "."));
            }
            _ => return,
        };
        event.prevent_default();
        app.change_comparison(|c| c.move_by(by));
    })
}

fn by_pointer(app: &Handle, down: bool) -> Callback<PointerEvent> {
    let app = app.clone();
    Callback::from(move |event: PointerEvent| {
        if event.buttons() & 1 == 0 {
            return;
        }
        if down && let Some(canvas) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) {
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
        let Some((x, _)) = on_canvas(&event) else { return };
        app.change_panel(|panel| {
            if let Some(Pairing { comparison, drawn: Some((_, drawn)), .. }) = &mut panel.pairing {
                comparison.seek(drawn.axis.time(x));
            }
        });
    })
}

/// Figures of A and B with the differences: better or worse in words.
fn table(rows: &[&Row], captions: &[String; 2]) -> Html {
    let [a, b] = captions;
    html! {
        <div class="compare-table" tabindex="0" role="group" aria-label="Figures">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ "figure" }</th>
                        <th scope="col" title={a.clone()}>{ "A" }</th>
                        <th scope="col" title={b.clone()}>{ "B" }</th>
                        <th scope="col">{ "B compared with A" }</th>
                        <th scope="col" class="wide">{ "what it is" }</th>
                    </tr>
                </thead>
                <tbody>
                    { for rows.iter().map(|row| html! {
                        <tr key={row.about.key}>
                            <th scope="row" title={row.about.sentence}>{ row.about.name }</th>
                            <td>{ row.values[0].clone() }</td>
                            <td>{ row.values[1].clone() }</td>
                            <td class={row.verdict}>
                                { row.difference.clone() }
                                if !row.verdict.is_empty() {
                                    { " " }<b>{ row.verdict }</b>
                                }
                            </td>
                            <td class="wide muted">{ row.about.sentence }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}
