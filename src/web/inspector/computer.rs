//! The computer: cores, policy, quantum, costs; and how busy each core was.

use gilscope::scenario::{CostSet, Policy, RoundRobin};
use gilscope::time::Dur;
use yew::prelude::*;

use crate::web::app::Handle;
use crate::web::field::{Choice, Field, length, reader, refused};
use crate::web::format;
use crate::web::signal::live;

/// The quantum when round robin is chosen: that of a new scenario.
fn usual_quantum() -> RoundRobin {
    match Policy::default() {
        Policy::RoundRobin(rr) => rr,
        Policy::Fcfs => RoundRobin { quantum: Dur::from_ms(4), expired_first: false },
    }
}

/// Fields of the computer.
pub(crate) fn computer(app: &Handle) -> Html {
    let session = app.session();
    let computer = &session.scenario().computer;
    let cores = reader(app, |s, text| match text.trim().parse::<u8>() {
        Ok(n) => refused(s.with_cores(n)),
        Err(_) => Err(format!("“{}” is not a number of cores, 1 to 64", text.trim())),
    });
    let choose_policy = {
        let app = app.clone();
        Callback::from(move |name: String| {
            let policy = if name == "fcfs" { Policy::Fcfs } else { Policy::RoundRobin(usual_quantum()) };
            let edit = app.session().scenario().with_policy(policy);
            app.edit(edit);
        })
    };
    let policies = vec![("fcfs".into(), "first come, first served".into()), ("rr".into(), "round robin".into())];
    html! {
        <>
            <h2>{ "Computer" }</h2>
            <div class="fields">
                <Field app={app.clone()} id="cores" label="cores" value={computer.cores.to_string()} read={cores} />
                <Choice id="policy" label="policy" options={policies} choose={choose_policy}
                    value={if matches!(computer.policy, Policy::Fcfs) { "fcfs" } else { "rr" }} />
                if let Policy::RoundRobin(rr) = &computer.policy {
                    { quantum(app, rr) }
                }
                { costs(app, computer.costs) }
            </div>
            { cost_figures(computer.costs) }
            { live(app, cores_so_far) }
        </>
    }
}

fn quantum(app: &Handle, rr: &RoundRobin) -> Html {
    let (now, expired_first) = (rr.quantum.to_string(), rr.expired_first);
    let read = reader(app, move |s, text| {
        refused(s.with_policy(Policy::RoundRobin(RoundRobin { quantum: length(text)?, expired_first })))
    });
    html! { <Field app={app.clone()} id="quantum" label="quantum" value={now} {read} /> }
}

fn costs(app: &Handle, costs: CostSet) -> Html {
    let mut options = vec![
        (AttrValue::from("textbook"), AttrValue::from("textbook: all 0")),
        ("slow motion".into(), "slow motion".into()),
        ("measured".into(), "measured".into()),
    ];
    let value = match costs {
        CostSet::Textbook => "textbook",
        CostSet::SlowMotion => "slow motion",
        CostSet::Measured => "measured",
        CostSet::Custom(_) => "custom",
    };
    if value == "custom" {
        options.push(("custom".into(), "of this scenario".into()));
    }
    let app = app.clone();
    let choose = Callback::from(move |name: String| {
        let costs = match name.as_str() {
            "textbook" => CostSet::Textbook,
            "slow motion" => CostSet::SlowMotion,
            "measured" => CostSet::Measured,
            _ => return,
        };
        let edit = app.session().scenario().with_costs(costs);
        app.edit(edit);
    });
    html! { <Choice id="costs" label="costs" {options} {value} {choose} /> }
}

/// What the chosen costs are, unless all are zero.
fn cost_figures(set: CostSet) -> Html {
    let c = set.costs();
    let rows = [
        ("context switch", c.switch),
        ("more between processes", c.process_switch),
        ("hand-off of the GIL", c.hand_off),
        ("late timeout", c.late_timeout),
        ("end of I/O or sleep", c.io_end),
    ];
    let rows = rows.into_iter().filter(|(_, d)| !d.is_zero());
    html! {
        <dl class="figures quiet">
            { for rows.map(|(name, d)| html! { <><dt>{ name }</dt><dd>{ d.to_string() }</dd></> }) }
        </dl>
    }
}

/// How much each core computed up to the playhead.
fn cores_so_far(app: &Handle) -> Html {
    let session = app.session();
    let now = session.playhead();
    if now.ns() == 0 {
        return Html::default();
    }
    let metrics = app.metrics(now);
    let row = |(i, core): (usize, &gilscope::engine::metrics::CoreMetrics)| {
        let whole = (core.useful + core.overhead + core.idle).ns();
        let told = format!("{} · idle {}", format::percent(core.useful.ns(), whole), format::length(core.idle));
        html! { <><dt>{ format!("core {i}") }</dt><dd>{ told }</dd></> }
    };
    html! {
        <>
            <h3>{ "Computed so far" }</h3>
            <dl class="figures">{ for metrics.cores.iter().enumerate().map(row) }</dl>
        </>
    }
}
