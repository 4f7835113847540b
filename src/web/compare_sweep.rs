//! The sweep of the panel “Compare”: one parameter over a range, as a chart and as a table, each point a run to be opened.

use gilscope::metrics::About;
use gilscope::scenario::{Parameter, Scenario, Span};
use gilscope::scene::sweep_chart::Drawn;
use gilscope::session::Session;
use gilscope::session::sweep::{Asked, Sweep, name, sentence};
use web_sys::{KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::app::{App, Handle};
use super::compare::{close, on_canvas, press};
use super::compare_points::{saves, table};
use super::field::Choice;

/// The chart.
pub(super) const CANVAS: &str = "sweep-chart";

/// How near to a point a press is on it, in CSS pixels: a finger is broad.
const NEAR: f64 = 24.0;

/// The widest range of lengths that is offered: from 1 µs to 1 s.
const LENGTHS: Span = Span { from: 1_000, to: 1_000_000_000 };

/// A sweep, or why there is none.
pub(super) struct Sweeping {
    pub(super) asked: Asked,
    pub(super) sweep: Result<Sweep, String>,
    /// The point that is looked at.
    pub(super) chosen: usize,
    pub(super) drawn: Option<Drawn>,
}

impl Sweeping {
    pub(super) fn new(session: &Session, asked: Asked) -> Self {
        let sweep = Sweep::new(session.scenario(), asked.parameter, asked.span);
        let chosen = sweep.as_ref().ok().and_then(Sweep::now).unwrap_or_default();
        Self { asked, sweep, chosen, drawn: None }
    }

    /// Whether there is a chart.
    pub(super) fn is_drawn(&self) -> bool {
        self.sweep.as_ref().is_ok_and(|sweep| sweep.lacks(self.asked.figure).is_none())
    }

    /// Gives up what is not computed yet.
    fn cancel(&mut self) {
        if let Ok(sweep) = &mut self.sweep {
            sweep.cancel();
        }
    }

    /// The first parameter that the scenario has; every computer has cores.
    pub(super) fn first(session: &Session) -> Self {
        let has = |parameter: &Parameter| parameter.of(session.scenario()).is_ok();
        let parameter = Parameter::ALL.into_iter().find(has).unwrap_or(Parameter::Cores);
        Self::new(session, Asked::usual(parameter, session.scenario()))
    }
}

impl App {
    /// Makes the sweep of what `ask` makes of what was asked for last, which may not be shown yet.
    fn sweep_anew(&self, ask: impl FnOnce(Asked, &Scenario) -> Option<Asked>) {
        let asked = self.compare.panel.borrow().as_ref().and_then(|panel| Some(panel.sweeping.as_ref()?.asked));
        let asked = asked.and_then(|asked| ask(asked, self.session().scenario()));
        if let Some(asked) = asked {
            let sweeping = Sweeping::new(&self.session(), asked);
            self.change_panel(|panel| panel.sweeping = Some(sweeping));
        }
    }

    fn change_sweep(&self, change: impl FnOnce(&mut Sweeping)) {
        self.change_panel(|panel| {
            if let Some(sweeping) = &mut panel.sweeping {
                change(sweeping);
            }
        });
    }

    /// Opens the run of a point: a change that can be taken back.
    pub(super) fn open_point(&self, point: usize) {
        let edit = {
            let panel = self.compare.panel.borrow();
            let sweep = panel.as_ref().and_then(|p| p.sweeping.as_ref()?.sweep.as_ref().ok());
            sweep.and_then(|sweep| sweep.edit(point))
        };
        if let Some(edit) = edit {
            close();
            self.edit(Ok(edit));
        }
    }
}

/// All of it.
pub(super) fn sweep_view(app: &Handle, sweeping: &Sweeping) -> Html {
    let content = match &sweeping.sweep {
        Ok(sweep) => contents(app, sweeping, sweep),
        Err(why) => html! { <p class="compare-says" role="status">{ why.clone() }</p> },
    };
    html! { <>{ fields(app, sweeping.asked) }{ content }</> }
}

/// What is varied, from where to where, and which figure is drawn.
fn fields(app: &Handle, asked: Asked) -> Html {
    let Asked { parameter, span, figure } = asked;
    let field =
        |id: &'static str, label: &'static str, options: Vec<(AttrValue, AttrValue)>, value: String, set: Set| {
            let app = app.clone();
            let choose = Callback::from(move |word: String| app.sweep_anew(|asked, of| set(asked, &word, of)));
            html! { <Choice {id} {label} {options} {value} {choose} /> }
        };
    let words = |of: &[(&'static str, &'static str)]| of.iter().map(|(v, t)| ((*v).into(), (*t).into())).collect();
    let parameters: Vec<_> = Parameter::ALL.map(|p| (p.key(), p.name())).into();
    let figures: Vec<_> = About::whole().iter().map(|about| (about.key, name(about))).collect();
    let widest = if parameter.is_count() { Span { from: 1, to: 64 } } else { LENGTHS };
    let ends = || -> Vec<(AttrValue, AttrValue)> {
        let mut values = parameter.values(widest);
        // A link may begin or end between those that are offered.
        for end in [span.from, span.to] {
            if !values.contains(&end) {
                values.insert(values.partition_point(|v| *v < end), end);
            }
        }
        values.into_iter().map(|v| (v.to_string().into(), parameter.text(v).into())).collect()
    };
    html! {
        <div class="sweep-fields">
            { field("sweep-parameter", "vary", words(&parameters), parameter.key().to_owned(), |asked, word, of| {
                let parameter = Parameter::ALL.into_iter().find(|p| p.key() == word)?;
                // A figure that was chosen stays, but for the one that suits the parameter.
                let usual = Asked::usual(parameter, of);
                let chosen = asked != Asked { figure: Asked::usual(asked.parameter, of).figure, ..asked };
                Some(if chosen { Asked { figure: asked.figure, ..usual } } else { usual })
            }) }
            { field("sweep-from", "from", ends(), span.from.to_string(), |asked, word, _| {
                let from = word.parse().ok()?;
                Some(Asked { span: Span { from, to: asked.span.to.max(from) }, ..asked })
            }) }
            { field("sweep-to", "to", ends(), span.to.to_string(), |asked, word, _| {
                let to = word.parse().ok()?;
                Some(Asked { span: Span { from: asked.span.from.min(to), to }, ..asked })
            }) }
            { figure_field(app, words(&figures), figure) }
        </div>
    }
}

type Set = fn(Asked, &str, &Scenario) -> Option<Asked>;

/// Another figure is drawn from the same runs.
fn figure_field(app: &Handle, options: Vec<(AttrValue, AttrValue)>, figure: &'static About) -> Html {
    let app = app.clone();
    let choose = Callback::from(move |word: String| {
        if let Some(figure) = About::by_key(&word) {
            app.change_sweep(|sweeping| sweeping.asked.figure = figure);
        }
    });
    html! { <Choice id="sweep-figure" label="and draw" {options} value={figure.key} {choose} /> }
}

fn contents(app: &Handle, sweeping: &Sweeping, sweep: &Sweep) -> Html {
    let figure = sweeping.asked.figure;
    let (progress, lacks) = (sweep.progress(), sweep.lacks(figure));
    let part = sweep.parallel_part().filter(|_| sweep.has_amdahl(figure));
    let says = match (sweep.is_over(), sweep.is_cancelled()) {
        (false, _) => format!("{} of {} runs", progress.done, progress.of),
        (_, true) => format!("Cancelled after {} of {} runs", progress.done, progress.of),
        _ => {
            let runs = if progress.of == 1 { "run" } else { "runs" };
            let how =
                if lacks.is_some() { "" } else { " A press on a point, or Enter, opens its run; undo leads back." };
            format!("{} {runs}.{how}", progress.of)
        }
    };
    let again = sweep.is_cancelled();
    let stop = move |app: &App| match again {
        true => app.sweep_anew(|asked, _| Some(asked)),
        false => app.change_sweep(Sweeping::cancel),
    };
    html! {
        <>
            <div class="sweep-progress">
                <p role="status">{ says }</p>
                if !sweep.is_over() {
                    <progress aria-label="Sweep" max={progress.of.to_string()} value={progress.done.to_string()} />
                }
                if again || !sweep.is_over() {
                    // One button, so that it keeps the focus.
                    <button type="button" class="button small" onclick={press(app, stop)}>{ if again { "Run again" } else { "Cancel" } }</button>
                }
            </div>
            <div class="sweep-parts">
                <div>
                    if let Some(why) = &lacks {
                        <p class="compare-says">{ why.clone() }</p>
                    } else {
                        { chart(app, sweeping, sweep) }
                    }
                    <p class="muted">{ sentence(figure) }{ note(sweep.parameter()) }</p>
                    if let Some(part) = part {
                        <p class="muted">{ law(part, sweep.parameter()) }</p>
                    }
                    { saves(app, lacks.is_none()) }
                </div>
                { table(app, sweeping, sweep) }
            </div>
        </>
    }
}

/// What else changes with a parameter, behind another sentence.
const fn note(parameter: Parameter) -> &'static str {
    match parameter {
        Parameter::Threads => " The threads divide the same work among them: with twice as many each has half of it.",
        Parameter::Io => " The value is the longest I/O; all other I/O changes in the same proportion.",
        _ => "",
    }
}

/// What the dashed line is.
fn law(part: f64, parameter: Parameter) -> String {
    let percent = (100.0 * part).round() as u32;
    let work = if parameter == Parameter::Threads { "what is to be done, waiting included," } else { "the computing" };
    let rest = if percent < 100 { ", the rest only one after the other" } else { "" };
    format!(
        "The dashed line is Amdahl’s law, the most that can be gained: {percent} % of {work} needs no GIL and can go on side \
        by side{rest}."
    )
}

/// The chart: arrows choose a point, Enter opens its run.
fn chart(app: &Handle, sweeping: &Sweeping, sweep: &Sweep) -> Html {
    let parameter = sweep.parameter();
    let value = sweep.points().get(sweeping.chosen).map_or(0, |p| p.value);
    let text = format!("{}: {}", parameter.says(value), sweep.says(sweeping.chosen, sweeping.asked.figure));
    let last = sweep.last();
    let onkeydown = {
        let app = app.clone();
        Callback::from(move |event: KeyboardEvent| {
            // Two keys may come before it is rendered anew.
            let mut chosen = None;
            app.change_sweep(|sweeping| {
                chosen = Some(sweeping.chosen);
                let last = sweeping.sweep.as_ref().map_or(0, Sweep::last);
                sweeping.chosen = match event.key().as_str() {
                    "ArrowRight" | "ArrowUp" => (sweeping.chosen + 1).min(last),
                    "ArrowLeft" | "ArrowDown" => sweeping.chosen.saturating_sub(1),
                    "Home" => 0,
                    "End" => last,
                    "Enter" => sweeping.chosen,
                    _ => return chosen = None,
                };
            });
            if let Some(chosen) = chosen {
                event.prevent_default();
                if event.key() == "Enter" {
                    app.open_point(chosen);
                }
            }
        })
    };
    html! {
        <canvas id={CANVAS} tabindex="0" role="slider" aria-label={format!("Chart by {}; Enter opens the run", parameter.name())}
            aria-valuemin="0" aria-valuemax={last.to_string()} aria-valuenow={sweeping.chosen.to_string()}
            aria-valuetext={text} {onkeydown} onpointermove={by_pointer(app, false)} onpointerup={by_pointer(app, true)}>
        </canvas>
    }
}

/// The pointer chooses the point that it is nearest to; a press on it opens its run.
fn by_pointer(app: &Handle, up: bool) -> Callback<PointerEvent> {
    let app = app.clone();
    Callback::from(move |event: PointerEvent| {
        let Some((x, y)) = on_canvas(&event) else { return };
        let (mut nearest, mut hit, mut other) = (None, false, false);
        if let Some(Sweeping { drawn: Some(drawn), chosen, .. }) =
            app.compare.panel.borrow().as_ref().and_then(|panel| panel.sweeping.as_ref())
        {
            nearest = drawn.nearest(x);
            let place = nearest.and_then(|i| *drawn.places.get(i)?);
            hit = place.is_some_and(|p| (p.x - x).abs() <= NEAR && (p.y - y).abs() <= NEAR);
            other = nearest != Some(*chosen);
        }
        let Some(nearest) = nearest else { return };
        if up && hit {
            app.open_point(nearest);
        } else if other {
            app.change_sweep(|sweeping| sweeping.chosen = nearest);
        }
    })
}
