//! The caches of `ostep-multi.json` (`policies.md` section 5): how far a job gets in a tick depends on whether its working
//! set is in the cache of its core. The engine's threads compute for a given time, so this reader finds that time: it follows
//! the caches through a run, tick by tick, and corrects how long each job computes until run and caches agree. What a job
//! still has to do never decides who runs next, so everything before the first disagreement is right already, and the
//! expected values of a case are not used.

use serde::Deserialize;

/// The parameters of the caches.
#[derive(Deserialize)]
pub(crate) struct Caches {
    warmup_time: i64,
    warm_rate: i64,
    #[serde(default = "one")]
    cold_rate: i64,
    cache_size: i64,
}

const fn one() -> i64 {
    1
}

/// What a job works on.
pub(crate) struct Work {
    pub(crate) work: i64,
    pub(crate) working_set: i64,
}

/// What became of the caches during a run.
pub(crate) struct Warmth {
    /// By core and tick, the work left of the job that ran.
    pub(crate) work_left: Vec<Vec<Option<i64>>>,
    /// By tick, core: the jobs whose working sets are in its cache after it, in their order.
    pub(crate) cached: Vec<Vec<Vec<usize>>>,
    /// By core, ticks in which a job ran warm.
    pub(crate) warm_ticks: Vec<usize>,
    /// Jobs for which the run had another length of computing than the caches give, with the right length so far as known:
    /// those that the first tick shows at which any does.
    pub(crate) disagree: Vec<(usize, u64)>,
}

/// The cache of one core.
#[derive(Clone)]
struct Cache {
    /// Whose working sets are in it, the newest first.
    sets: Vec<usize>,
    /// By job, the ticks until its set is in; counts from its first dispatch here.
    counters: Vec<Option<i64>>,
}

impl Caches {
    /// Follows the caches through a run, given who is on each core in each tick.
    pub(crate) fn follow(&self, ticks: &[Vec<Option<usize>>], jobs: &[Work]) -> Warmth {
        let length = ticks.iter().map(Vec::len).max().unwrap_or(0);
        let mut caches = vec![Cache { sets: Vec::new(), counters: vec![None; jobs.len()] }; ticks.len()];
        let mut left: Vec<i64> = jobs.iter().map(|j| j.work).collect();
        let mut ran = vec![0; jobs.len()];
        let mut warmth = Warmth {
            work_left: vec![Vec::new(); ticks.len()],
            cached: Vec::new(),
            warm_ticks: vec![0; ticks.len()],
            disagree: Vec::new(),
        };
        let total: Vec<u64> =
            (0..jobs.len()).map(|job| ticks.iter().flatten().filter(|t| **t == Some(job)).count() as u64).collect();
        for t in 0..length {
            for (core, cache) in caches.iter_mut().enumerate() {
                let Some(job) = ticks[core].get(t).copied().flatten() else {
                    warmth.work_left[core].push(None);
                    continue;
                };
                let warm = self.run(cache, job, jobs);
                warmth.warm_ticks[core] += usize::from(warm);
                left[job] = (left[job] - if warm { self.warm_rate } else { self.cold_rate }).max(0);
                ran[job] += 1;
                warmth.work_left[core].push(Some(left[job]));
                let ends = ran[job] == total[job];
                if left[job] == 0 && !ends {
                    warmth.disagree.push((job, ran[job]));
                } else if left[job] > 0 && ends {
                    warmth.disagree.push((job, ran[job] + left[job] as u64));
                }
                self.warm_up(cache, job, jobs);
            }
            let sorted = |cache: &Cache| {
                let mut sets = cache.sets.clone();
                sets.sort_unstable();
                sets
            };
            warmth.cached.push(caches.iter().map(sorted).collect());
            if !warmth.disagree.is_empty() {
                break;
            }
        }
        warmth
    }

    /// A job begins a tick on a core; whether it is warm there.
    fn run(&self, cache: &mut Cache, job: usize, jobs: &[Work]) -> bool {
        if cache.counters[job].is_none() {
            cache.counters[job] = Some(self.warmup_time);
            if self.warmup_time == 0 {
                self.insert(cache, job, jobs);
            }
        }
        cache.sets.contains(&job)
    }

    /// A job ends a tick on a core.
    fn warm_up(&self, cache: &mut Cache, job: usize, jobs: &[Work]) {
        if cache.sets.contains(&job) {
            return;
        }
        let Some(counter) = &mut cache.counters[job] else { return };
        *counter -= 1;
        if *counter <= 0 {
            self.insert(cache, job, jobs);
        }
    }

    /// The working set of a job enters the front of the cache; sets leave from the back until the rest fits.
    fn insert(&self, cache: &mut Cache, job: usize, jobs: &[Work]) {
        cache.sets.retain(|other| *other != job);
        cache.sets.insert(0, job);
        while cache.sets.iter().map(|j| jobs[*j].working_set).sum::<i64>() > self.cache_size {
            let Some(evicted) = cache.sets.pop() else { break };
            cache.counters[evicted] = Some(self.warmup_time);
        }
    }
}
