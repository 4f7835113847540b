//! Edits of cores and of the threads on them: how many there are, who is pinned where, who is put where by hand.

use super::model::Extra;
use super::{CoreSet, Edit, Intervention, Problem, Scenario, What};
use crate::ids::{CoreId, ThreadId};
use crate::time::Time;

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
        let stays = |i: &Intervention| {
            let What::RunHere { core, .. } = i.what;
            core.0 < cores
        };
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

    /// Puts a thread on a core by hand at an instant of the run.
    ///
    /// # Errors
    /// If there is no such thread or core, or there are too many interventions.
    pub fn with_run_here(&self, thread: ThreadId, core: CoreId, at: Time) -> Result<Edit, Problem> {
        let name = format!("Run {} on core {} at {at:.3}", self.name_of(thread), core.0);
        let what = What::RunHere { thread, core };
        self.edited(name, |s| s.interventions.push(Intervention { at, what, extra: Extra::new() }))
    }

    /// Removes an intervention by its place in the list. Changes nothing if there is none.
    ///
    /// # Errors
    /// None that a removal can cause; the whole scenario is checked as after every edit.
    pub fn without_intervention(&self, index: u16) -> Result<Edit, Problem> {
        let index = usize::from(index);
        let name = match self.interventions.get(index) {
            Some(i) => format!("Remove the flag “{}” at {:.3}", self.says_intervention(i), i.at),
            None => "Remove a flag".to_owned(),
        };
        self.edited(name, |s| {
            if index < s.interventions.len() {
                s.interventions.remove(index);
            }
        })
    }

    /// Moves an intervention, by its place in the list, to another instant. Changes nothing if there is none.
    ///
    /// # Errors
    /// If the time is too long.
    pub fn with_intervention_at(&self, index: u16, at: Time) -> Result<Edit, Problem> {
        let index = usize::from(index);
        let title = self.interventions.get(index).map_or_else(String::new, |i| self.says_intervention(i));
        self.edited(format!("Move the flag “{title}” to {at:.3}"), |s| {
            if let Some(intervention) = s.interventions.get_mut(index) {
                intervention.at = at;
            }
        })
    }

    /// What an intervention does, in words: “run log on core 1”.
    #[must_use]
    pub fn says_intervention(&self, intervention: &Intervention) -> String {
        match intervention.what {
            What::RunHere { thread, core } => format!("run {} on core {}", self.name_of(thread), core.0),
        }
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

    #[test]
    fn a_thread_is_put_on_a_core_by_hand_and_the_flag_removed() {
        let put = scenario().with_run_here(ThreadId(2), CoreId(1), Time::from_us(7_100)).unwrap();
        assert_eq!(put.name, "Run b on core 1 at 7.1 ms");
        assert_eq!(put.scenario.interventions.len(), 3);
        let gone = put.scenario.without_intervention(2).unwrap();
        assert_eq!(gone.name, "Remove the flag “run b on core 1” at 7.1 ms");
        assert_eq!(gone.scenario, scenario());
        assert_eq!(scenario().without_intervention(9).unwrap().scenario, scenario());
        let nobody = scenario().with_run_here(ThreadId(9), CoreId(1), Time::ZERO).unwrap_err();
        assert_eq!(nobody.to_string(), "intervention 3: there is no thread with id 9");
    }
}
