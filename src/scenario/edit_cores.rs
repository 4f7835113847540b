//! Edits of cores and of the threads on them: how many there are, who is pinned where, who is put where by hand, what
//! policies go by.

use super::{Claim, CoreSet, Edit, Intervention, Problem, Scenario, Share, What};
use crate::ids::{CoreId, ThreadId};

impl Scenario {
    /// Sets the number of cores. Threads that could run on none of them any more may run on all, and interventions on cores
    /// that are gone go with them; the name of the edit says so.
    ///
    /// # Errors
    /// If it is not 1 to 64.
    pub fn with_cores(&self, cores: u8) -> Result<Edit, Problem> {
        let noun = if cores == 1 { "core" } else { "cores" };
        let mut name = format!("Set the computer to {cores} {noun}");
        let stranded: Vec<_> = self.threads().filter(|(_, t)| !t.cores.fits(cores)).map(|(_, t)| t.id).collect();
        if !stranded.is_empty() {
            let names: Vec<_> = stranded.iter().map(|t| self.name_of(*t)).collect();
            let verb = if stranded.len() == 1 { "is" } else { "are" };
            name += &format!("; {} {verb} pinned no more", names.join(", "));
        }
        let stays = |i: &Intervention| !matches!(i.what, What::RunHere { core, .. } if core.0 >= cores);
        match self.interventions.iter().filter(|i| !stays(i)).count() {
            0 => {}
            1 => name += "; 1 flag of a core that is gone went with it",
            n => name += &format!("; {n} flags of cores that are gone went with them"),
        }
        self.edited(name, |s| {
            s.computer.cores = cores;
            s.interventions.retain(stays);
            for thread in s.processes.iter_mut().flat_map(|p| &mut p.threads) {
                if stranded.contains(&thread.id) {
                    thread.cores = CoreSet::ALL;
                }
            }
        })
    }

    /// Sets what a thread's claim on cores is; the name of the edit tells of one part of it.
    ///
    /// # Errors
    /// If it is out of its limits.
    pub fn with_share(&self, thread: ThreadId, share: Share, part: Claim) -> Result<Edit, Problem> {
        let name = format!("Set {} of {} to {}", part.name(), self.name_of(thread), share.text(part));
        self.edited(name, |s| {
            if let Some(thread) = s.thread_mut(thread) {
                thread.share = share;
            }
        })
    }

    /// Lets a thread run on one core only, or on all. Changes nothing if there is no such thread.
    ///
    /// # Errors
    /// If there is no such core.
    pub fn with_pin(&self, thread: ThreadId, core: Option<CoreId>) -> Result<Edit, Problem> {
        let who = self.name_of(thread);
        let name = match core {
            Some(core) => format!("Pin {who} to core {}", core.0),
            None => format!("Let {who} run on any core"),
        };
        // A core that a set cannot even name would wrap around to another one.
        let cores = match core {
            Some(core) if core.0 < self.computer.cores => CoreSet::only(core),
            Some(core) => {
                let what = format!("there is no core {}", core.0);
                return Err(Problem { place: format!("thread “{who}”"), what });
            }
            None => CoreSet::ALL,
        };
        self.edited(name, |s| {
            if let Some(thread) = s.thread_mut(thread) {
                thread.cores = cores;
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scenario() -> Scenario {
        let json = r#"{"v":1,"computer":{"cores":4},"processes":[{"id":0,"name":"p","threads":[
            {"id":1,"name":"a","cores":[3],"program":[]},{"id":2,"name":"b","cores":[1,2],"program":[]},
            {"id":3,"name":"c","program":[]}]}],
            "interventions":[{"at":5,"do":{"run_here":{"thread":3,"core":3}}},{"at":6,"do":{"run_here":{"thread":3,"core":0}}}]}"#;
        serde_json::from_str(json).unwrap()
    }

    fn cores(s: &Scenario) -> Vec<CoreSet> {
        s.threads().map(|(_, t)| t.cores).collect()
    }

    #[test]
    fn with_fewer_cores_nobody_stays_pinned_to_one_that_is_gone_and_the_name_says_so() {
        let edit = scenario().with_cores(2).unwrap();
        assert_eq!(
            edit.name,
            "Set the computer to 2 cores; a is pinned no more; 1 flag of a core that is gone went with it"
        );
        assert_eq!(cores(&edit.scenario), [CoreSet::ALL, CoreSet::from(vec![1, 2]), CoreSet::ALL]);
        assert_eq!(edit.scenario.interventions.len(), 1);
        let edit = scenario().with_cores(1).unwrap();
        assert!(edit.name.contains("; a, b are pinned no more"), "{}", edit.name);
        assert_eq!(scenario().with_cores(64).unwrap().name, "Set the computer to 64 cores");
        assert_eq!(scenario().with_cores(65).unwrap_err().to_string(), "computer: 65 cores; from 1 to 64");
        assert!(scenario().with_cores(0).is_err());
    }

    #[test]
    fn a_thread_is_pinned_and_let_go() {
        let pinned = scenario().with_pin(ThreadId(3), Some(CoreId(2))).unwrap();
        assert_eq!(pinned.name, "Pin c to core 2");
        assert_eq!(cores(&pinned.scenario)[2].pinned(), Some(CoreId(2)));
        let free = pinned.scenario.with_pin(ThreadId(3), None).unwrap();
        assert_eq!((free.name.as_str(), cores(&free.scenario)[2]), ("Let c run on any core", CoreSet::ALL));
        let nowhere = scenario().with_pin(ThreadId(3), Some(CoreId(68))).unwrap_err();
        assert_eq!(nowhere.to_string(), "thread “c”: there is no core 68");
    }
}
