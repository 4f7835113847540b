//! Edits: a change of a scenario with its name for the undo button, checked before anyone sees it.
//!
//! Each function leaves its scenario as it is and answers with a changed one, or with the reason why that would not pass
//! [`Scenario::check`]. Which cores there are, and which of them threads run on, is in `edit_cores`.

use super::{CostSet, Costs, Op, Policy, Problem, Queues, Runtime, Scenario, Step, setting};
use crate::ids::{ProcessId, ThreadId};
use crate::time::Time;

/// What a change of the scenario does to its run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The run is another one from its start; the past is redrawn.
    FromStart,
    /// Only what the user does by hand has changed: what happens before this instant stays.
    FromNow(Time),
}

impl Change {
    /// What leads from one scenario to another. Where nothing but interventions differ, the earliest of those decides.
    #[must_use]
    pub fn between(before: &Scenario, after: &Scenario) -> Self {
        let bare = |s: &Scenario| Scenario { interventions: Vec::new(), ..s.clone() };
        if bare(before) != bare(after) {
            return Self::FromStart;
        }
        // What both lists begin and end with has not changed.
        let (mut old, mut new) = (&before.interventions[..], &after.interventions[..]);
        while let (Some((a, rest)), Some((b, others))) = (old.split_first(), new.split_first())
            && a == b
        {
            (old, new) = (rest, others);
        }
        while let (Some((a, rest)), Some((b, others))) = (old.split_last(), new.split_last())
            && a == b
        {
            (old, new) = (rest, others);
        }
        Self::FromNow(old.iter().chain(new).map(|i| i.at).min().unwrap_or(Time::NEVER))
    }
}

/// A change that passed its check.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// What is done: “Set the quantum to 2 ms”.
    pub name: String,
    /// From when on the run is another one.
    pub kind: Change,
    /// The scenario afterwards.
    pub scenario: Scenario,
}

impl Edit {
    /// What it does, as part of a sentence that also tells if the past changes: “pin log to core 1, from the start”.
    #[must_use]
    pub fn says(&self) -> String {
        let mut says = self.name.clone();
        if let Some(first) = says.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        if self.kind == Change::FromStart {
            says += ", from the start";
        }
        says
    }
}

/// Where a step stands in a program: its place among the thread's steps, then inside the loop there, and so on.
pub type StepPath<'a> = &'a [usize];

impl Scenario {
    /// Makes any change under a name.
    ///
    /// # Errors
    /// Why the changed scenario does not pass its check.
    pub fn edited(&self, name: impl Into<String>, change: impl FnOnce(&mut Self)) -> Result<Edit, Problem> {
        let (mut scenario, mut name) = (self.clone(), name.into());
        change(&mut scenario);
        self.launch_the_forgotten(&mut scenario, &mut name);
        scenario.check()?;
        Ok(Edit { name, kind: Change::between(self, &scenario), scenario })
    }

    /// Sets the policy of the operating system.
    ///
    /// # Errors
    /// If its quantum is zero or too long.
    pub fn with_policy(&self, policy: Policy) -> Result<Edit, Problem> {
        let (mut old, mut new) = (self.computer.policy.clone(), policy.clone());
        let same = old.names() == new.names();
        let parameter = if same { setting::change(&old.parameters(), &new.parameters()) } else { None };
        let name = parameter.unwrap_or_else(|| format!("Set the policy to {}", policy.names().1));
        self.edited(name, |s| s.computer.policy = policy)
    }

    /// Sets the ready queues: one for all cores, or one per core.
    ///
    /// # Errors
    /// If a time between is zero or too long.
    pub fn with_queues(&self, queues: Queues) -> Result<Edit, Problem> {
        let name = match (&self.computer.queues, &queues) {
            (Queues::PerCore(old), Queues::PerCore(new)) => {
                setting::change(&old.clone().parameters(), &new.clone().parameters())
            }
            (_, Queues::One) => Some("Use one ready queue for all cores".to_owned()),
            (_, Queues::PerCore(_)) => None,
        };
        let name = name.unwrap_or_else(|| "Use a ready queue per core".to_owned());
        self.edited(name, |s| s.computer.queues = queues)
    }

    /// Sets the costs.
    ///
    /// # Errors
    /// If one of them is too long.
    pub fn with_costs(&self, costs: CostSet) -> Result<Edit, Problem> {
        let set = match costs {
            CostSet::Textbook => "textbook",
            CostSet::SlowMotion => "slow motion",
            CostSet::Measured => "measured",
            CostSet::Custom(_) => "own figures",
        };
        let figure = match (self.computer.costs, costs) {
            (CostSet::Custom(mut old), CostSet::Custom(mut new)) => {
                let both = old.each_mut().into_iter().zip(new.each_mut());
                let changed = Costs::NAMES.into_iter().zip(both).find(|(_, (old, new))| old != new);
                changed.map(|(name, (_, new))| format!("Set the cost “{}” to {new}", name.replace('_', " ")))
            }
            _ => None,
        };
        self.edited(figure.unwrap_or_else(|| format!("Set the costs to {set}")), |s| s.computer.costs = costs)
    }

    /// Sets what executes a process.
    ///
    /// # Errors
    /// If the switch interval is shorter than CPython accepts, or too long.
    pub fn with_runtime(&self, process: ProcessId, runtime: Runtime) -> Result<Edit, Problem> {
        let of = self.process(process).map_or_else(String::new, |p| format!(" of {}", p.name));
        let name = match (self.process(process).map(|p| &p.runtime), &runtime) {
            (Some(old), new) if old != new && *old == new.clone().with_lock_handover(old.lock_handover()) => {
                let how = if new.lock_handover() { "Hand" } else { "Do not hand" };
                format!("{how} locks{of} over after 1 ms")
            }
            (Some(Runtime::Cpython { .. }), Runtime::Cpython { switch_interval, .. }) => {
                format!("Set the switch interval{of} to {switch_interval}")
            }
            (Some(Runtime::Subinterpreters { .. }), Runtime::Subinterpreters { switch_interval }) => {
                format!("Set the switch interval{of} to {switch_interval}")
            }
            (Some(Runtime::Cpython2 { .. }), Runtime::Cpython2 { check_interval }) => {
                format!("Set the check interval{of} to {check_interval} ticks")
            }
            (_, Runtime::Cpython { .. }) => format!("Set the runtime{of} to CPython"),
            (_, Runtime::Subinterpreters { .. }) => format!("Set the runtime{of} to CPython with sub-interpreters"),
            (_, Runtime::Cpython2 { .. }) => format!("Set the runtime{of} to Python 2.7"),
            (_, Runtime::FreeThreaded { overhead, .. }) => {
                format!("Set the runtime{of} to CPython without a GIL, {overhead} % slower")
            }
            (_, Runtime::Native) => format!("Set the runtime{of} to native"),
        };
        self.edited(name, |s| {
            if let Some(process) = s.process_mut(process) {
                process.runtime = runtime;
            }
        })
    }

    /// Changes an op, keeping the source line it stands for. What it starts or spawns starts then, and no other way.
    ///
    /// # Errors
    /// If a loop would take no time, or a length or count is too large.
    pub fn with_op(&self, thread: ThreadId, at: StepPath<'_>, op: Op) -> Result<Edit, Problem> {
        let name = match (&op, op.length()) {
            (_, Some(length)) => format!("Set an op of {} to {} {length}", self.name_of(thread), op.name()),
            (Op::Repeat { times: Some(n), .. }, _) => format!("Repeat {n} times in {}", self.name_of(thread)),
            (Op::Repeat { times: None, .. }, _) => format!("Repeat for ever in {}", self.name_of(thread)),
            _ => format!("Set an op of {} to {}", self.name_of(thread), op.name()),
        };
        let (base, also) = self.started_by(&op);
        base.edit_steps(name + &also, thread, at, |steps, i| {
            if let Some(step) = steps.get_mut(i) {
                step.op = op;
            }
        })
    }

    /// Puts an op before the place `at`, which may be one behind the last step there. What it starts or spawns starts then,
    /// and no other way.
    ///
    /// # Errors
    /// If there would be too many.
    pub fn with_new_op(&self, thread: ThreadId, at: StepPath<'_>, op: Op) -> Result<Edit, Problem> {
        let name = format!("Add {} to {}", op.name(), self.name_of(thread));
        let (base, also) = self.started_by(&op);
        base.edit_steps(name + &also, thread, at, |steps, i| steps.insert(i.min(steps.len()), Step::from(op)))
    }

    /// Takes a step away, a loop with all that is in it.
    ///
    /// # Errors
    /// If the loop around it would take no time any more.
    pub fn without_op(&self, thread: ThreadId, at: StepPath<'_>) -> Result<Edit, Problem> {
        self.edit_steps(format!("Delete an op of {}", self.name_of(thread)), thread, at, |steps, i| {
            if i < steps.len() {
                steps.remove(i);
            }
        })
    }

    /// Swaps a step with the next one at the same depth.
    ///
    /// # Errors
    /// None that a swap can cause; the whole scenario is checked as after every edit.
    pub fn with_op_moved_down(&self, thread: ThreadId, at: StepPath<'_>) -> Result<Edit, Problem> {
        self.edit_steps(format!("Move an op of {}", self.name_of(thread)), thread, at, |steps, i| {
            if i + 1 < steps.len() {
                steps.swap(i, i + 1);
            }
        })
    }

    pub(super) fn name_of(&self, thread: ThreadId) -> &str {
        self.thread(thread).map_or("", |(_, t)| t.name.as_str())
    }

    /// Edits the list of steps that holds the one at `at`, given its place in that list.
    fn edit_steps(
        &self,
        name: String,
        thread: ThreadId,
        at: StepPath<'_>,
        change: impl FnOnce(&mut Vec<Step>, usize),
    ) -> Result<Edit, Problem> {
        self.edited(name, |s| s.edit_list(thread, at, change))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Process, Thread};
    use crate::time::Dur;

    const T: ThreadId = ThreadId(1);

    /// One thread that does `python 1 ms`, then twice `io 2 ms, python 3 ms`.
    fn scenario() -> Scenario {
        let python = |ms| Step::from(Op::Python(Dur::from_ms(ms)));
        let body = vec![Op::Io(Dur::from_ms(2)).into(), python(3)];
        let program = vec![python(1), Op::Repeat { times: Some(2), steps: body }.into()];
        let mut thread: Thread = serde_json::from_str(r#"{"id":1,"name":"T1"}"#).unwrap();
        thread.program = program;
        let mut process: Process = serde_json::from_str(r#"{"id":0,"name":"web"}"#).unwrap();
        process.threads.push(thread);
        Scenario { processes: vec![process], ..Scenario::empty("") }
    }

    fn program(edit: Result<Edit, Problem>) -> String {
        serde_json::to_string(&edit.unwrap().scenario.thread(T).unwrap().1.program).unwrap()
    }

    #[test]
    fn ops_inside_loops_are_edited_in_place() {
        let s = scenario();
        let edit = s.with_op(T, &[1, 0], Op::Sleep(Dur::from_ms(9))).unwrap();
        assert_eq!(edit.name, "Set an op of T1 to sleep 9 ms");
        assert_eq!(
            program(Ok(edit)),
            r#"[{"python":1000000},{"repeat":2,"steps":[{"sleep":9000000},{"python":3000000}]}]"#
        );
        assert_eq!(
            program(s.with_op_moved_down(T, &[1, 0])),
            r#"[{"python":1000000},{"repeat":2,"steps":[{"python":3000000},{"io":2000000}]}]"#
        );
        assert_eq!(
            program(s.with_new_op(T, &[1, 2], Op::Native(Dur::from_ns(5)))),
            r#"[{"python":1000000},{"repeat":2,"steps":[{"io":2000000},{"python":3000000},{"native":5}]}]"#
        );
        assert_eq!(program(s.without_op(T, &[1])), r#"[{"python":1000000}]"#);
    }

    #[test]
    fn an_edit_of_a_parameter_is_named_after_it() {
        let mut s = scenario();
        s.computer.policy = Policy::usual("eevdf").unwrap();
        let set = |s: &Scenario, key: &str, text: &str| {
            let mut computer = s.computer.clone();
            let mut settings = computer.policy.parameters();
            let queues =
                if let Queues::PerCore(queues) = &mut computer.queues { queues.parameters() } else { Vec::new() };
            settings.extend(queues);
            settings.iter_mut().find(|setting| setting.key == key).unwrap().set(text)?;
            let queues = computer.queues != s.computer.queues;
            let edit = if queues { s.with_queues(computer.queues) } else { s.with_policy(computer.policy) };
            Ok::<_, String>(edit.unwrap().name)
        };
        let ok = |text: &str| Ok(text.to_owned());
        assert_eq!(set(&s, "base_slice", "3"), ok("Set the base slice to 3 ms"));
        assert_eq!(set(&s, "run_to_parity", "no"), ok("Set “run to parity” to no"));
        let no = |text: &str| Err(text.to_owned());
        assert_eq!(set(&s, "base_slice", "0"), no("base slice: longer than 0 ms"));
        assert_eq!(set(&s, "run_to_parity", "maybe"), no("run to parity: yes or no"));
        assert_eq!(set(&s, "base_slice", "1,5 ms"), no("base slice: 1.5 ms, with a point"));
        assert_eq!(s.with_policy(Policy::Sjf).unwrap().name, "Set the policy to shortest job first");
        s.computer.queues = Queues::PerCore(crate::scenario::PerCore::default());
        assert_eq!(set(&s, "from_tail", "yes"), ok("Set “from the tail of its queue” to yes"));
        assert_eq!(set(&s, "balance", "10"), ok("Set “even out every” to 10 ms"));
        s.computer.policy = Policy::usual("mlfq").unwrap();
        assert_eq!(set(&s, "levels", "2 ms × 1, 8 ms × 2"), ok("Set the levels to 2 ms × 1, 8 ms × 2"));
        assert_eq!(set(&s, "levels", "2 ms × 0"), no("quanta on a level: a whole number from 1 to 4294967295"));
        s.computer.policy = Policy::usual("stride").unwrap();
        let refused = no("stride of one ticket: a whole number from 1 to 4294967295");
        assert_eq!(set(&s, "constant", "99999999999"), refused);
        s.computer.costs = CostSet::Custom(Costs::default());
        let late = CostSet::Custom(Costs { late_timeout: Dur::from_us(60), ..Costs::default() });
        assert_eq!(s.with_costs(late).unwrap().name, "Set the cost “late timeout” to 60 µs");
    }

    #[test]
    fn a_path_that_leads_nowhere_changes_nothing() {
        let s = scenario();
        for path in [&[][..], &[7], &[0, 0], &[1, 9]] {
            assert_eq!(s.without_op(T, path).unwrap().scenario, s, "{path:?}");
        }
    }

    #[test]
    fn an_edit_that_breaks_a_limit_is_refused_with_the_place() {
        let s = scenario();
        let emptied = s.without_op(T, &[1, 1]).unwrap().scenario.without_op(T, &[1, 0]);
        assert!(emptied.unwrap_err().to_string().contains("a loop of zero length"));
        let too_short = Runtime::cpython(Dur::from_ns(999));
        assert!(s.with_runtime(ProcessId(0), too_short).unwrap_err().place.contains("switch interval"));
    }
}
