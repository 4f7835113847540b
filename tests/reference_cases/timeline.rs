//! Who is on which core and when: read off a run, and compared with what a case expects.

use gilscope::engine::{Place, Run};
use gilscope::ids::CoreId;

/// Nanoseconds per unit of time of a case: one unit is one millisecond.
pub(crate) const UNIT: f64 = 1e6;

/// A number of units as nanoseconds.
pub(crate) fn ns(units: f64) -> u64 {
    (units * UNIT).round() as u64
}

/// Nanoseconds as units.
pub(crate) fn units(ns: u64) -> f64 {
    ns as f64 / UNIT
}

/// A stretch of time in which one job has a core, in nanoseconds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) start: u64,
    pub(crate) end: u64,
    /// Index of the job in the case.
    pub(crate) job: usize,
}

impl std::fmt::Debug for Stretch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "job {} from {} to {}", self.job, units(self.start), units(self.end))
    }
}

/// By core, the stretches in order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Timeline(pub(crate) Vec<Vec<Stretch>>);

impl Timeline {
    /// What the cores of a run compute, one entry per stay on a core. Job `i` is the thread with the index `i`.
    pub(crate) fn of(run: &Run) -> Self {
        let core = |core: CoreId| {
            let computing = run.lanes().core(core).iter().filter(|s| matches!(s.place, Place::Running(_)));
            computing.map(|s| Stretch { start: s.start.ns(), end: s.end.ns(), job: s.thread.ix() }).collect()
        };
        Self(run.plan().core_ids().map(core).collect())
    }

    /// Made of who is on each core in each whole unit of time.
    pub(crate) fn of_ticks(cores: &[Vec<Option<usize>>]) -> Self {
        let unit = UNIT as u64;
        let tick = |(i, job): (usize, &Option<usize>)| {
            job.map(|job| Stretch { start: i as u64 * unit, end: (i as u64 + 1) * unit, job })
        };
        let core = |ticks: &Vec<Option<usize>>| ticks.iter().enumerate().filter_map(tick).collect();
        Self(cores.iter().map(core).collect()).merged()
    }

    /// Neighbours of one job made one stretch.
    pub(crate) fn merged(&self) -> Self {
        let merge = |core: &Vec<Stretch>| {
            let mut out: Vec<Stretch> = Vec::new();
            for s in core {
                match out.last_mut() {
                    Some(last) if last.job == s.job && last.end == s.start => last.end = s.end,
                    _ => out.push(*s),
                }
            }
            out
        };
        Self(self.0.iter().map(merge).collect())
    }

    /// Each stretch cut where `cut` says, given the stretch; cuts outside it are ignored.
    pub(crate) fn cut(&self, cut: impl Fn(&Stretch) -> Vec<u64>) -> Self {
        let core = |core: &Vec<Stretch>| {
            let mut out = Vec::new();
            for s in core {
                let mut cuts: Vec<u64> = cut(s).into_iter().filter(|c| (s.start + 1..s.end).contains(c)).collect();
                cuts.sort_unstable();
                cuts.dedup();
                cuts.push(s.end);
                let mut start = s.start;
                for end in cuts {
                    out.push(Stretch { start, end, job: s.job });
                    start = end;
                }
            }
            out
        };
        Self(self.0.iter().map(core).collect())
    }

    /// The part before an instant.
    pub(crate) fn cut_until(&self, until: u64) -> Self {
        let clip = |s: &Stretch| (s.start < until).then(|| Stretch { end: s.end.min(until), ..*s });
        Self(self.0.iter().map(|core| core.iter().filter_map(clip).collect()).collect())
    }

    /// Each stay cut after each whole quantum: a job that is alone gets one after another, and a run does not tell them
    /// apart.
    pub(crate) fn cut_by_quantum(&self, quantum: u64) -> Self {
        self.cut(|s| (1..=(s.end - s.start) / quantum).map(|i| s.start + i * quantum).collect())
    }

    /// By core, who is on it during each whole unit of time, up to `until`.
    pub(crate) fn ticks(&self, until: u64) -> Vec<Vec<Option<usize>>> {
        let unit = UNIT as u64;
        let tick = |core: &Vec<Stretch>, i: u64| {
            let (start, end) = (i * unit, (i + 1) * unit);
            core.iter().find(|s| s.start < end && s.end > start).map(|s| s.job)
        };
        self.0.iter().map(|core| (0..until / unit).map(|i| tick(core, i)).collect()).collect()
    }

    /// The last instant at which a core is in use.
    pub(crate) fn end(&self) -> u64 {
        self.0.iter().flatten().map(|s| s.end).max().unwrap_or(0)
    }
}
