//! The computer: cores, policy and ready queues with their parameters, costs; and how busy each core was.

use gilscope::number::written;
use gilscope::scenario::{Computer, CostSet, Costs, Limits, PerCore, Policy, Queues, Scenario, Setting, Slot};
use gilscope::time::Dur;
use yew::prelude::*;

use super::parts::{edit_button, from_start, object_row};
use crate::web::app::Handle;
use crate::web::field::{Choice, Field, length, reader, refused};
use crate::web::format;
use crate::web::signal::live;

/// Fields of the computer.
pub(crate) fn computer(app: &Handle) -> Html {
    let session = app.session();
    let computer = &session.scenario().computer;
    let cores = reader(app, |s, text| refused(s.with_cores(written("cores", text, 1, Limits::CORES.into())? as u8)));
    let choose_policy = {
        let app = app.clone();
        Callback::from(move |name: String| {
            let policy = Policy::usual(&name).unwrap_or_default();
            let edit = app.session().scenario().with_policy(policy);
            app.edit(edit);
        })
    };
    let policies: Vec<_> = Policy::NAMES.iter().map(|&(key, name)| (key.into(), name.into())).collect();
    html! {
        <>
            <h2>{ "Computer" }</h2>
            { from_start("Cores and scheduler") }
            <div class="fields">
                <Field app={app.clone()} id="cores" label="cores" value={computer.cores.to_string()} read={cores} />
                <Choice id="policy" label="policy" options={policies} choose={choose_policy}
                    value={computer.policy.names().0} />
                <>{ for parameters(app, computer, of_policy, &usual_policy(computer)) }</>
                { queues(app, &computer.queues) }
                <>{ for parameters(app, computer, of_queues, &usual_queues(computer)) }</>
                { costs(app, computer.costs) }
            </div>
            { cost_figures(app, computer.costs) }
            <div class="buttons">
                { edit_button(app, "Add a core", |s| s.with_cores(s.computer.cores.saturating_add(1))) }
                { edit_button(app, "Add a process", Scenario::with_new_process) }
            </div>
            { pipes(app) }
            { devices(app) }
            { live(app, cores_so_far) }
        </>
    }
}

/// The parameters of a part of the computer.
type Settings = fn(&mut Computer) -> Vec<Setting<'_>>;

fn of_policy(computer: &mut Computer) -> Vec<Setting<'_>> {
    computer.policy.parameters()
}

fn of_queues(computer: &mut Computer) -> Vec<Setting<'_>> {
    match &mut computer.queues {
        Queues::PerCore(queues) => queues.parameters(),
        Queues::One => Vec::new(),
    }
}

/// The same computer with the usual parameters of its policy.
fn usual_policy(computer: &Computer) -> Computer {
    let policy = Policy::usual(computer.policy.names().0).unwrap_or_default();
    Computer { policy, ..computer.clone() }
}

/// The same computer with the usual parameters of queues per core.
fn usual_queues(computer: &Computer) -> Computer {
    Computer { queues: Queues::PerCore(PerCore::default()), ..computer.clone() }
}

/// Whether there is one ready queue or one per core.
fn queues(app: &Handle, queues: &Queues) -> Html {
    let options = vec![("one".into(), "one for all".into()), ("per core".into(), "one per core".into())];
    let value = if *queues == Queues::One { "one" } else { "per core" };
    let app = app.clone();
    let choose = Callback::from(move |name: String| {
        let queues = if name == "one" { Queues::One } else { Queues::PerCore(PerCore::default()) };
        let edit = app.session().scenario().with_queues(queues);
        app.edit(edit);
    });
    html! { <Choice id="queues" label="ready queue" {options} {value} {choose} /> }
}

/// A field for each parameter that is on the page, and a choice where it is yes or no.
fn parameters(app: &Handle, computer: &Computer, of: Settings, usual: &Computer) -> Vec<Html> {
    let (mut computer, mut usual) = (computer.clone(), usual.clone());
    let (settings, usual) = (of(&mut computer), of(&mut usual));
    let shown = settings.iter().enumerate().filter(|(_, setting)| !setting.label.is_empty());
    let field = |(i, setting): (usize, &Setting<'_>)| {
        let read = reader(app, move |s, text| {
            let mut computer = s.computer.clone();
            if let Some(setting) = of(&mut computer).get_mut(i) {
                setting.set(text)?;
            }
            let queues = computer.queues != s.computer.queues;
            refused(if queues { s.with_queues(computer.queues) } else { s.with_policy(computer.policy) })
        });
        let (id, value) = (format!("set-{}", setting.key), setting.text());
        if let Slot::Flag(_) = setting.slot {
            let options = ["no", "yes"].map(|text| (text.into(), text.into())).to_vec();
            let app = app.clone();
            let choose = Callback::from(move |text| {
                if let Ok(edit) = read.emit(text) {
                    app.edit(Ok(edit));
                }
            });
            return html! { <Choice key={setting.key} {id} label={setting.label} {options} {value} {choose} /> };
        }
        let usual = usual.get(i).map(|usual| AttrValue::from(usual.text()));
        html! { <Field key={setting.key} app={app.clone()} {id} label={setting.label} {value} {usual} {read} /> }
    };
    shown.map(field).collect()
}

fn costs(app: &Handle, costs: CostSet) -> Html {
    let options = vec![
        (AttrValue::from("textbook"), AttrValue::from("textbook: all 0")),
        ("slow motion".into(), "slow motion".into()),
        ("measured".into(), "measured".into()),
        ("custom".into(), "one by one".into()),
    ];
    let value = match costs {
        CostSet::Textbook => "textbook",
        CostSet::SlowMotion => "slow motion",
        CostSet::Measured => "measured",
        CostSet::Custom(_) => "custom",
    };
    let app = app.clone();
    let choose = Callback::from(move |name: String| {
        let costs = match name.as_str() {
            "textbook" => CostSet::Textbook,
            "slow motion" => CostSet::SlowMotion,
            "measured" => CostSet::Measured,
            _ => CostSet::Custom(app.session().scenario().computer.costs.costs()),
        };
        let edit = app.session().scenario().with_costs(costs);
        app.edit(edit);
    });
    html! { <Choice id="costs" label="costs" {options} {value} {choose} /> }
}

/// A cost: its name, its field, how it is read and set.
type Cost = (&'static str, fn(&mut Costs) -> &mut Dur);

/// All costs.
const COSTS: [Cost; 13] = [
    ("context switch", |c| &mut c.switch),
    ("more between processes", |c| &mut c.process_switch),
    ("migration to another core", |c| &mut c.migration),
    ("hand-off of the GIL", |c| &mut c.hand_off),
    ("late timeout", |c| &mut c.late_timeout),
    ("end of I/O or sleep", |c| &mut c.io_end),
    ("wake-up by a lock", |c| &mut c.wake_lock),
    ("wake-up by a pipe", |c| &mut c.wake_pipe),
    ("wake-up by input", |c| &mut c.wake_input),
    ("start of a thread", |c| &mut c.thread_start),
    ("start of a process", |c| &mut c.process_start),
    ("message", |c| &mut c.message),
    ("more per KiB", |c| &mut c.message_per_kib),
];

/// What the chosen costs are: fields where they are given one by one, else figures of those that are not zero.
fn cost_figures(app: &Handle, set: CostSet) -> Html {
    let costs = set.costs();
    let of = |(name, cost): Cost| (name, cost, *cost(&mut costs.clone()));
    if let CostSet::Custom(_) = set {
        let field = |(i, cost): (usize, Cost)| {
            let (name, cost, now) = of(cost);
            let read = reader(app, move |s, text| {
                let mut costs = s.computer.costs.costs();
                *cost(&mut costs) = length(text)?;
                refused(s.with_costs(CostSet::Custom(costs)))
            });
            html! { <Field app={app.clone()} id={format!("cost-{i}")} label={name} value={now.to_string()} {read} /> }
        };
        return html! { <div class="fields costs">{ for COSTS.into_iter().enumerate().map(field) }</div> };
    }
    let rows = COSTS.into_iter().map(of).filter(|(_, _, now)| !now.is_zero());
    html! {
        <dl class="figures quiet">
            { for rows.map(|(name, _, now)| html! { <><dt>{ name }</dt><dd>{ now.to_string() }</dd></> }) }
        </dl>
    }
}

/// The devices that serve one thread at a time.
fn devices(app: &Handle) -> Html {
    let session = app.session();
    let devices = &session.scenario().devices;
    html! {
        <>
            { from_start("Devices") }
            <ul class="program">{ for devices.iter().map(|d| object_row(app, d.id, "device", &d.name, None)) }</ul>
            <div class="buttons">{ edit_button(app, "+ device", Scenario::with_new_device) }</div>
        </>
    }
}

/// The pipes between processes.
fn pipes(app: &Handle) -> Html {
    let session = app.session();
    let pipes = &session.scenario().pipes;
    html! {
        <>
            { from_start("Pipes between processes") }
            <ul class="program">{ for pipes.iter().map(|p| object_row(app, p.id, "pipe", &p.name, None)) }</ul>
            <div class="buttons">{ edit_button(app, "+ pipe", Scenario::with_new_pipe) }</div>
        </>
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
    let row = |(i, core): (usize, &gilscope::metrics::CoreMetrics)| {
        let whole = (core.useful + core.overhead + core.idle).ns();
        let told = format!("{} · idle {}", format::percent(core.useful.ns(), whole), format::part(core.idle, whole));
        html! { <><dt>{ format!("core {i}") }</dt><dd>{ told }</dd></> }
    };
    html! {
        <>
            <h3>{ "Computed so far" }</h3>
            <dl class="figures">{ for metrics.cores.iter().enumerate().map(row) }</dl>
        </>
    }
}
