//! The points of a sweep as a table, and its files.

use gilscope::interop::export::named;
use gilscope::scenario::Parameter;
use gilscope::session::sweep::{Outcome, Sweep, name};
use js_sys::Array;
use web_sys::Blob;
use yew::prelude::*;

use super::app::{App, Handle};
use super::compare::press;
use super::compare_sweep::Sweeping;
use super::export::download;

/// The points as text, each with a button that opens its run. The one that the scenario has is marked.
pub(super) fn table(app: &Handle, sweeping: &Sweeping, sweep: &Sweep) -> Html {
    let (figure, parameter) = (sweeping.asked.figure, sweep.parameter());
    let law = if sweep.has_amdahl(figure) { sweep.amdahl() } else { Vec::new() };
    let row = |i: usize| {
        let value = sweep.points()[i].value;
        let refused = matches!(sweep.points()[i].outcome, Outcome::Refused(_));
        let is_now = sweep.now() == Some(i);
        let chosen = i == sweeping.chosen && !refused;
        let cells = if refused {
            html! { <td class="muted" colspan="3">{ sweep.says(i, figure) }</td> }
        } else {
            html! {
                <>
                    <td>{ sweep.says(i, figure) }</td>
                    if let Some(law) = law.get(i) {
                        <td>{ sweep.text(figure, *law as u64) }</td>
                    }
                    <td>
                        <button type="button" class="link" aria-label={format!("Open the run with {}", parameter.says(value))}
                            onclick={press(app, move |app| app.open_point(i))}>{ "Open" }</button>
                    </td>
                </>
            }
        };
        html! {
            <tr key={i} class={chosen.then_some("chosen")} aria-current={is_now.then_some("true")}>
                <th scope="row">{ parameter.text(value) }if is_now { <small>{ " now" }</small> }</th>
                { cells }
            </tr>
        }
    };
    html! {
        <div class="compare-table" tabindex="0" role="group" aria-label="Points of the chart">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ parameter.name() }</th>
                        <th scope="col">{ name(figure) }</th>
                        if !law.is_empty() {
                            <th scope="col">{ "Amdahl" }</th>
                        }
                        <th scope="col"><span class="visually-hidden">{ "its run" }</span></th>
                    </tr>
                </thead>
                <tbody>{ for (0..sweep.points().len()).map(row) }</tbody>
            </table>
        </div>
    }
}

/// What saves the chart, if there is one, and its figures.
pub(super) fn saves(app: &Handle, has_chart: bool) -> Html {
    let button = |name: &'static str, chart: bool| {
        html! {
            <button type="button" class="button small" onclick={press(app, move |app| app.save_sweep(chart))}>{ name }</button>
        }
    };
    html! {
        <div class="buttons">
            if has_chart {
                { button("Save as SVG", true) }
            }
            { button("Save as CSV", false) }
        </div>
    }
}

impl App {
    /// Saves the chart of the sweep, or all figures of its runs.
    fn save_sweep(&self, chart: bool) {
        let (parameter, text) = {
            let panel = self.compare.panel.borrow();
            let Some(sweeping) = panel.as_ref().and_then(|panel| panel.sweeping.as_ref()) else { return };
            let theme = self.shown().theme.theme();
            let csv = || sweeping.sweep.as_ref().ok().map(Sweep::csv);
            (sweeping.asked.parameter, if chart { sweeping.svg(theme) } else { csv() })
        };
        let Some(text) = text else { return };
        let name = named(&self.session(), &file_end(parameter, chart));
        let saved = Blob::new_with_str_sequence(&Array::of1(&text.into())).is_ok_and(|blob| download(&name, &blob));
        let said = if saved { ["Saved ", &name].concat() } else { "The browser does not save files here.".to_owned() };
        self.change_panel(|panel| panel.said = said);
    }
}

/// The end of a file's name.
fn file_end(parameter: Parameter, chart: bool) -> String {
    ["-by-", parameter.key(), if chart { ".svg" } else { ".csv" }].concat()
}
