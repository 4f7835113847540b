//! Numbers that change, as graphs: how many threads are ready, how many want each GIL, and how many of a semaphore are taken.

use super::{CORES, GILS, Out, SHARED, named_objects};
use crate::engine::plan::ObjectKind;
use crate::engine::{Place, Run};
use crate::time::Time;

/// A number, of which each change is told once: as it is after all that happens at an instant.
struct Counter {
    process: u32,
    name: String,
    count: u32,
    told: Option<u32>,
}

impl Counter {
    fn tell(&mut self, at: Time, out: &mut Out) {
        if self.told.replace(self.count) != Some(self.count) {
            let args = format!(",\"args\":{{\"threads\":{}}}", self.count);
            out.event('C', (self.process, 0), at, &self.name, &args);
        }
    }
}

/// Writes each change of every number.
pub(super) fn counters(run: &Run, out: &mut Out) {
    let plan = run.plan();
    let counter = |process, name| Counter { process, name, count: 0, told: None };
    let mut counters = vec![counter(CORES, "ready threads".to_owned())];
    counters
        .extend(plan.gil_ixs().map(|g| counter(GILS, format!("threads that want the GIL of {}", plan.gil_owner(g)))));
    // In which one a thread counts now.
    let mut counted: Vec<Option<usize>> = vec![None; plan.threads.len()];
    let mut now = Time::ZERO;
    for record in &run.trace()[..run.records_until(out.cut)] {
        let Some(place) = record.kind().place() else { continue };
        if record.time() > now {
            counters.iter_mut().for_each(|c| c.tell(now, out));
            now = record.time();
        }
        let thread = record.thread();
        let counts = match place {
            Place::Ready => Some(0),
            Place::WantsGil => plan.thread(thread).gil.map(|g| 1 + g.ix()),
            _ => None,
        };
        if let Some(left) = std::mem::replace(&mut counted[thread.ix()], counts) {
            counters[left].count -= 1;
        }
        if let Some(entered) = counts {
            counters[entered].count += 1;
        }
    }
    counters.iter_mut().for_each(|c| c.tell(now, out));
    semaphores(run, out);
}

/// Writes how many of each semaphore are taken.
fn semaphores(run: &Run, out: &mut Out) {
    let shared = run.shared();
    for (object, _, name) in named_objects(run.plan()).into_iter().filter(|o| o.1 == ObjectKind::Semaphore) {
        let name = format!("taken of {name}");
        for (time, taken, _) in shared.lanes(run.trace()).taken(object).between(Time::ZERO, out.cut) {
            out.event('C', (SHARED, 0), time, &name, &format!(",\"args\":{{\"taken\":{taken}}}"));
        }
    }
}
