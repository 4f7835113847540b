//! The figures of the run: of all of it, up to the playhead, or of the selected range; with what each means, and charts.

use gilscope::explain::whose;
use gilscope::ids::{CoreId, GilIx, ThreadIx};
use gilscope::metrics::{About, Metrics, Of, Row, horizon};
use gilscope::time::Time;
use yew::prelude::*;

use crate::web::app::{App, Handle};
use crate::web::charts::Chart;
use crate::web::format;
use crate::web::shown::Part;
use crate::web::signal::live;

/// The most rows of a table.
const MOST_ROWS: usize = 32;

/// The parts of the panel: heading, key of the first figure, chart.
const SECTIONS: [(&str, &str, Option<Chart>); 6] = [
    ("How fast it was", "makespan", None),
    ("The cores", "core_use", Some(Chart::Busy)),
    ("The threads", "running", Some(Chart::Lives)),
    ("Context switches", "context_switches", None),
    ("The GIL", "gil_held", None),
    ("From start or wake-up to running", "wakes", Some(Chart::Wakes)),
];

/// The columns of the tables, by their keys.
const OF_THREADS: [&str; 4] = ["running", "ready", "wants_gil", "waiting"];
const OF_CORES: [&str; 3] = ["use", "switching", "idle"];
const OF_GILS: [&str; 4] = ["held", "contended", "hand_offs", "failed_wake_ups"];

impl App {
    /// Which part of the run the numbers are of.
    fn part(&self) -> Part {
        let session = self.session();
        match (self.shown().numbers, session.range()) {
            (None | Some(Part::Range), Some(_)) => Part::Range,
            (Some(Part::SoFar), _) => Part::SoFar,
            _ if session.future_hidden() => Part::SoFar,
            _ => Part::Whole,
        }
    }

    /// From when to when the numbers are, if that is any time.
    pub(in crate::web) fn numbers_of(&self) -> Option<(Time, Time)> {
        let session = self.session();
        let run = session.run();
        let (from, until) = match (self.part(), session.range()) {
            (Part::Range, Some(range)) => range,
            (Part::SoFar, _) => (Time::ZERO, session.playhead()),
            _ => (Time::ZERO, run.end()),
        };
        let seen = if session.future_hidden() { session.playhead() } else { Time::NEVER };
        let until = horizon(run, until).min(run.reached()).min(seen);
        (until > from).then_some((from, until))
    }
}

/// The panel.
pub(super) fn numbers(app: &Handle) -> Html {
    let part = app.part();
    let session = app.session();
    let choice = |of: Part, name: &'static str| {
        let app = app.clone();
        let pressed = if of == part { "true" } else { "false" };
        let onclick = Callback::from(move |_: MouseEvent| app.show(|s| s.numbers = Some(of)));
        html! { <button type="button" class="button small" aria-pressed={pressed} {onclick}>{ name }</button> }
    };
    html! {
        <>
            <h2>{ "Numbers" }</h2>
            <div class="parts" role="group" aria-label="Numbers of">
                if !session.future_hidden() {
                    { choice(Part::Whole, "Whole run") }
                }
                { choice(Part::SoFar, "Up to now") }
                if session.range().is_some() {
                    { choice(Part::Range, "Range") }
                }
            </div>
            if part == Part::SoFar {
                { live(app, figures) }
            } else {
                { figures(app) }
            }
        </>
    }
}

fn figures(app: &Handle) -> Html {
    let Some((from, until)) = app.numbers_of() else {
        return html! { <p class="muted">{ "Nothing has happened here yet." }</p> };
    };
    let metrics = app.metrics_between(from, until);
    app.paint_previews();
    let first = |key: &str| About::whole().iter().position(|about| about.key == key).unwrap_or_default();
    let ends = SECTIONS.iter().skip(1).map(|s| first(s.1)).chain([About::whole().len()]);
    let sections = SECTIONS.iter().zip(ends).map(|((title, key, chart), end)| {
        let row = |about: &'static About| {
            let value = about.of_run(&metrics).map(|value| about.unit.text(value));
            Some(figure(about, value.or_else(|| about.absent(true).map(str::to_owned))?))
        };
        let rows: Vec<Html> = About::whole()[first(key)..end].iter().filter_map(row).collect();
        if rows.is_empty() || *key == "wakes" && metrics.wakes.is_empty() {
            return Html::default();
        }
        html! {
            <section key={*key} class="numbers">
                <h3>{ *title }</h3>
                { for rows }
                { for chart.map(|chart| canvas(app, chart, &metrics)) }
                { parts(app, key, &metrics) }
            </section>
        }
    });
    let sections: Vec<_> = sections.collect();
    html! {
        <>
            <p class="muted">{ format!("From {from:.3} to {:.3}. Press a number’s name for what it means.", metrics.until) }</p>
            { for sections }
        </>
    }
}

/// A figure; its name opens what it means.
pub(super) fn row(row: &Row) -> Html {
    figure(row.about, row.text())
}

fn figure(about: &About, value: String) -> Html {
    html! {
        <details key={about.key} class="number">
            <summary><span>{ about.name }</span><b>{ value }</b></summary>
            <p class="muted">{ about.sentence }</p>
        </details>
    }
}

fn canvas(app: &Handle, chart: Chart, metrics: &Metrics) -> Html {
    let told = match chart {
        Chart::Busy => "How many cores computed and switched, over time".to_owned(),
        Chart::Lives => "The time of each thread by state; the table has the figures".to_owned(),
        Chart::Wakes => {
            let worst = metrics.wakes.last().copied().unwrap_or_default();
            format!("How many wake-ups took how long, up to {}", format::length(worst))
        }
    };
    let save = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.save_chart(chart))
    };
    html! {
        <>
            <h4>{ chart.title() }</h4>
            <canvas id={chart.id()} class="chart" role="img" aria-label={told} />
            <button type="button" class="link save-chart" onclick={save}>{ chart.saving() }</button>
        </>
    }
}

/// The same figures of each thread, core or GIL.
fn parts(app: &Handle, key: &str, metrics: &Metrics) -> Html {
    let (what, keys, all): (_, &[&str], Vec<Of>) = match key {
        "running" => {
            ("thread", &OF_THREADS, (0..metrics.threads.len() as u16).map(|i| Of::Thread(ThreadIx(i))).collect())
        }
        "core_use" if metrics.cores.len() > 1 => {
            ("core", &OF_CORES, (0..metrics.cores.len() as u8).map(|i| Of::Core(CoreId(i))).collect())
        }
        "gil_held" if metrics.gils.len() > 1 => {
            ("GIL", &OF_GILS, (0..metrics.gils.len() as u16).map(|i| Of::Gil(GilIx(i))).collect())
        }
        _ => return Html::default(),
    };
    let session = app.session();
    let plan = session.run().plan();
    // Without a GIL nobody waits for it.
    let keys: Vec<&str> = keys.iter().copied().filter(|k| *k != "wants_gil" || !metrics.gils.is_empty()).collect();
    let cell =
        |rows: &[Row], key: &str| rows.iter().find(|r| r.about.key == key).map_or_else(|| "–".to_owned(), Row::text);
    let line = |of: Of| {
        let rows = metrics.rows_of(of);
        html! {
            <tr>
                <th scope="row">{ whose(plan, of) }</th>
                { for keys.iter().map(|key| html! { <td>{ cell(&rows, key) }</td> }) }
            </tr>
        }
    };
    let more = all.len().saturating_sub(MOST_ROWS);
    html! {
        <>
            <table class="parts-table">
                <thead><tr>
                    <th scope="col">{ what }</th>
                    { for keys.iter().map(|key| html! { <th scope="col">{ column(key) }</th> }) }
                </tr></thead>
                <tbody>{ for all.iter().take(MOST_ROWS).map(|of| line(*of)) }</tbody>
            </table>
            if more > 0 {
                <p class="muted">{ format!("and {more} more") }</p>
            }
        </>
    }
}

/// A column's name, as short as a column is.
fn column(key: &str) -> &'static str {
    match key {
        "running" => "runs",
        "ready" => "ready",
        "wants_gil" => "GIL",
        "waiting" => "waits",
        "use" => "computes",
        "switching" => "switches",
        "idle" => "idle",
        "held" => "held",
        "contended" => "contended",
        "hand_offs" => "hand-offs",
        _ => "failed",
    }
}
