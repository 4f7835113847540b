//! `ostep-lottery.json`: the lottery with the numbers that were drawn (`policies.md` section 4). A quantum is always whole:
//! who ends early leaves the rest unused, and counts as finished at its end.

use gilscope::engine::Run;
use gilscope::scenario::Policy;
use gilscope::scenario::policy::{Lottery, LotteryCompat};
use gilscope::time::Dur;
use serde::Deserialize;
use serde_json::Value;

use crate::build::{self, compute, run_to_end, thread};
use crate::timeline::{Stretch, Timeline, ns, units};
use crate::verdict::{Comparison, Row, Stop};

#[derive(Deserialize)]
struct Case {
    id: String,
    params: Params,
    jobs: Vec<Job>,
    draws: Vec<u64>,
    expected: Expected,
}

#[derive(Deserialize)]
struct Params {
    quantum: f64,
}

#[derive(Deserialize)]
struct Job {
    cpu: f64,
    tickets: u32,
}

#[derive(Deserialize)]
struct Expected {
    jobs: Vec<Figures>,
    makespan: f64,
    winning_ticket: Vec<u64>,
    tickets_total: Vec<u64>,
    dispatches: Vec<Dispatch>,
}

#[derive(Deserialize)]
struct Figures {
    job: usize,
    finish: f64,
    response: f64,
}

#[derive(Deserialize)]
struct Dispatch {
    job: usize,
    start: f64,
    end: f64,
}

pub(crate) fn compare(case: &Value) -> Result<Comparison, Stop> {
    let case = Case::deserialize(case)?;
    let compat = LotteryCompat { whole_quanta: true, draws: case.draws.clone() };
    let quantum = Dur::from_ns(ns(case.params.quantum));
    let policy = Policy::Lottery(Lottery { quantum, compat });
    let threads = case.jobs.iter().enumerate().map(|(id, job)| {
        let mut thread = thread(id, &format!("job {id}"), 0, vec![compute(job.cpu)]);
        thread.share.tickets = job.tickets;
        thread
    });
    let run = run_to_end(&build::scenario(&case.id, 1, policy, threads.collect()))?;
    Ok(rows(&case, &quanta(&run, quantum.ns())))
}

/// Who got each quantum, the quanta whole.
fn quanta(run: &Run, quantum: u64) -> Vec<Stretch> {
    let stays = Timeline::of(run).cut_by_quantum(quantum);
    stays.0[0].iter().map(|s| Stretch { end: s.start + quantum, ..*s }).collect()
}

fn rows(case: &Case, quanta: &[Stretch]) -> Comparison {
    let expected = &case.expected;
    let last = |job: usize| quanta.iter().rposition(|q| q.job == job);
    // The tickets of those who still had a quantum to come, laid out in the order of the jobs.
    let pots: Vec<Vec<u64>> = (0..quanta.len())
        .map(|i| {
            let tickets = |(job, of): (usize, &Job)| if last(job) >= Some(i) { u64::from(of.tickets) } else { 0 };
            case.jobs.iter().enumerate().map(tickets).collect()
        })
        .collect();
    let totals: Vec<u64> = pots.iter().map(|pot| pot.iter().sum()).collect();
    let tickets: Vec<u64> = case.draws.iter().zip(&totals).map(|(draw, total)| draw % total.max(&1)).collect();
    let holders: Vec<Option<usize>> = tickets.iter().zip(&pots).map(|(ticket, pot)| holder(pot, *ticket)).collect();
    let simulated: Vec<Option<usize>> = quanta.iter().map(|q| Some(q.job)).collect();
    let dispatches: Vec<Stretch> =
        expected.dispatches.iter().map(|d| Stretch { start: ns(d.start), end: ns(d.end), job: d.job }).collect();
    let mut rows = vec![
        Row::list("dispatches", &dispatches, quanta),
        Row::list("tickets in the pot, by draw", &expected.tickets_total, &totals),
        Row::list("winning ticket, by draw", &expected.winning_ticket, &tickets),
        Row::list("who holds the winning ticket, by draw", &holders, &simulated),
        Row::near("makespan", expected.makespan, quanta.last().map_or(0.0, |q| units(q.end)), 0.0),
    ];
    for Figures { job, finish, response } in &expected.jobs {
        let first = quanta.iter().find(|q| q.job == *job).map_or(f64::NAN, |q| units(q.start));
        let end = last(*job).map_or(f64::NAN, |i| units(quanta[i].end));
        rows.push(Row::near(format!("job {job}: finish"), *finish, end, 0.0));
        rows.push(Row::near(format!("job {job}: response"), *response, first, 0.0));
    }
    Comparison {
        rows,
        timelines: Some((Timeline(vec![dispatches]), Timeline(vec![quanta.to_vec()]))),
        ..Comparison::default()
    }
}

/// Whose a ticket is.
fn holder(pot: &[u64], ticket: u64) -> Option<usize> {
    let mut before = 0;
    pot.iter().position(|tickets| {
        before += tickets;
        before > ticket
    })
}
