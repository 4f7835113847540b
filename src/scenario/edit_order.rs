//! The order of a program: where each of its ops stands, and edits that put one elsewhere.

use super::{Edit, Op, Problem, Scenario, Step, StepPath};
use crate::ids::ThreadId;

impl Scenario {
    /// Where the op with this number stands; ops are counted as in a run, loops before what is in them.
    #[must_use]
    pub fn path_of_op(&self, thread: ThreadId, number: u16) -> Option<Vec<usize>> {
        self.op_paths(thread).into_iter().nth(number.into())
    }

    /// Where each op of a thread stands, in the order in which a run counts them.
    #[must_use]
    pub fn op_paths(&self, thread: ThreadId) -> Vec<Vec<usize>> {
        let mut paths = Vec::new();
        if let Some((_, thread)) = self.thread(thread) {
            collect(&thread.program, &mut Vec::new(), &mut paths);
        }
        paths
    }

    /// Every op of a thread, in the order in which a run counts them.
    #[must_use]
    pub fn ops(&self, thread: ThreadId) -> Vec<&Op> {
        fn collect<'a>(steps: &'a [Step], ops: &mut Vec<&'a Op>) {
            for step in steps {
                ops.push(&step.op);
                if let Op::Repeat { steps, .. } = &step.op {
                    collect(steps, ops);
                }
            }
        }
        let mut ops = Vec::new();
        if let Some((_, thread)) = self.thread(thread) {
            collect(&thread.program, &mut ops);
        }
        ops
    }

    /// Puts a step before another one, or behind it, in the loop in which that is.
    ///
    /// # Errors
    /// If there are no such steps, a loop would come into itself, or the loop that it leaves would take no time.
    pub fn with_op_put(
        &self,
        thread: ThreadId,
        from: StepPath<'_>,
        to: StepPath<'_>,
        after: bool,
    ) -> Result<Edit, Problem> {
        let problem =
            |what: &str| Problem { place: format!("thread “{}”", self.name_of(thread)), what: what.to_owned() };
        let (Some(step), Some(other)) = (self.step(thread, from), self.step(thread, to)) else {
            return Err(problem("there is no such op"));
        };
        if to.len() > from.len() && to.starts_with(from) {
            return Err(problem("a loop cannot be put into itself"));
        }
        let (step, side) = (step.clone(), if after { "behind" } else { "before" });
        let text = |op: &Op| self.op_to_text(thread, op);
        let name = format!("Move {} of {} {side} {}", text(&step.op), self.name_of(thread), text(&other.op));
        let (gap, mut gone) = (gap(to, after), from.to_vec());
        // What lies behind the gap in its list moves on by one.
        if let Some(place) = gone.get_mut(gap.len() - 1).filter(|i| **i >= gap[gap.len() - 1])
            && from.starts_with(&gap[..gap.len() - 1])
        {
            *place += 1;
        }
        self.edited(name, |s| {
            s.edit_list(thread, &gap, |steps, i| steps.insert(i, step));
            s.edit_list(thread, &gone, |steps, i| drop(steps.remove(i)));
        })
    }

    /// Where a step stands after [`Self::with_op_put`].
    #[must_use]
    pub fn put_at(from: StepPath<'_>, to: StepPath<'_>, after: bool) -> Vec<usize> {
        let mut gap = gap(to, after);
        let depth = from.len().saturating_sub(1);
        // What lies behind it in the list that it leaves moves back by one.
        if let (Some(place), Some(left)) = (gap.get_mut(depth), from.last())
            && *left < *place
            && to.starts_with(&from[..depth])
        {
            *place -= 1;
        }
        gap
    }

    /// Puts another step like this one behind it.
    ///
    /// # Errors
    /// If there would be too many.
    pub fn with_op_copied(&self, thread: ThreadId, at: StepPath<'_>) -> Result<Edit, Problem> {
        let name = format!("Copy an op of {}", self.name_of(thread));
        self.edited(name, |s| {
            s.edit_list(thread, at, |steps, i| {
                if let Some(copy) = steps.get(i).cloned() {
                    steps.insert(i, copy);
                }
            });
        })
    }

    /// Puts what is in a loop in its place.
    ///
    /// # Errors
    /// None that this can cause; the whole scenario is checked as after every edit.
    pub fn without_loop(&self, thread: ThreadId, at: StepPath<'_>) -> Result<Edit, Problem> {
        let name = format!("Take a loop of {} away", self.name_of(thread));
        self.edited(name, |s| {
            s.edit_list(thread, at, |steps, i| {
                if let Some(Step { op: Op::Repeat { steps: body, .. }, .. }) = steps.get_mut(i) {
                    let body = std::mem::take(body);
                    steps.splice(i..=i, body);
                }
            });
        })
    }

    /// Changes the list of steps that holds the one at `at`, given its place in that list.
    pub(super) fn edit_list(&mut self, thread: ThreadId, at: StepPath<'_>, change: impl FnOnce(&mut Vec<Step>, usize)) {
        let Some((&last, loops)) = at.split_last() else { return };
        let Some(thread) = self.thread_mut(thread) else { return };
        let mut list = &mut thread.program;
        for &i in loops {
            let Some(Step { op: Op::Repeat { steps, .. }, .. }) = list.get_mut(i) else { return };
            list = steps;
        }
        change(list, last);
    }
}

/// The place that a step takes beside another one.
fn gap(to: StepPath<'_>, after: bool) -> Vec<usize> {
    let mut gap = to.to_vec();
    if let Some(last) = gap.last_mut() {
        *last += usize::from(after);
    }
    gap
}

fn collect(steps: &[Step], path: &mut Vec<usize>, paths: &mut Vec<Vec<usize>>) {
    for (i, step) in steps.iter().enumerate() {
        path.push(i);
        paths.push(path.clone());
        if let Op::Repeat { steps, .. } = &step.op {
            collect(steps, path, paths);
        }
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::json;

    const T: ThreadId = ThreadId(1);

    /// Python 1, twice (io 2, python 3), sleep 4.
    fn scenario() -> Scenario {
        let text = r#"{"v":1,"processes":[{"id":0,"name":"p","threads":[{"id":1,"name":"a","program":[
            {"python":1},{"repeat":2,"steps":[{"io":2},{"python":3}]},{"sleep":4}]}]}]}"#;
        json::from_str(text).expect("a scenario")
    }

    fn shape(steps: &[Step]) -> String {
        let of = |s: &Step| match &s.op {
            Op::Repeat { steps, .. } => format!("({})", shape(steps)),
            op => op.length().unwrap_or_default().ns().to_string(),
        };
        steps.iter().map(of).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ops_are_counted_as_a_run_counts_them() {
        let s = scenario();
        assert_eq!(s.op_paths(T), [vec![0], vec![1], vec![1, 0], vec![1, 1], vec![2]]);
        assert_eq!((s.path_of_op(T, 3), s.path_of_op(T, 5)), (Some(vec![1, 1]), None));
    }

    #[test]
    fn a_step_goes_anywhere_but_into_itself_and_is_found_there() {
        let s = scenario();
        let paths = s.op_paths(T);
        for from in &paths {
            for to in &paths {
                for after in [false, true] {
                    let moved = s.with_op_put(T, from, to, after);
                    if to.len() > from.len() && to.starts_with(from) {
                        assert!(moved.expect_err("into itself").what.contains("into itself"));
                        continue;
                    }
                    let moved = moved.expect("an edit").scenario;
                    let at = Scenario::put_at(from, to, after);
                    assert_eq!(moved.step(T, &at), s.step(T, from), "{from:?} to {to:?}, {after}");
                    assert_eq!(moved.op_paths(T).len(), paths.len());
                }
            }
        }
    }

    #[test]
    fn moving_keeps_the_others_in_order() {
        let s = scenario();
        let moved = |from: &[usize], to: &[usize], after| {
            let edit = s.with_op_put(T, from, to, after).expect("an edit");
            shape(&edit.scenario.thread(T).expect("a").1.program)
        };
        assert_eq!(moved(&[0], &[1, 1], true), "(2 3 1) 4");
        assert_eq!(moved(&[2], &[0], false), "4 1 (2 3)");
        assert_eq!(moved(&[1, 0], &[2], true), "1 (3) 4 2");
        assert_eq!(moved(&[1], &[0], false), "(2 3) 1 4");
        assert_eq!(moved(&[0], &[0], true), "1 (2 3) 4");
    }

    #[test]
    fn a_loop_that_would_be_left_without_time_keeps_its_op() {
        let s = scenario().without_op(T, &[1, 0]).expect("an edit").scenario;
        let refused = s.with_op_put(T, &[1, 0], &[0], false).expect_err("an empty loop");
        assert!(refused.what.contains("a loop of zero length"), "{refused}");
    }

    #[test]
    fn copies_stand_behind_and_a_loop_leaves_what_is_in_it() {
        let s = scenario();
        let copied = s.with_op_copied(T, &[1]).expect("an edit").scenario;
        assert_eq!(shape(&copied.thread(T).expect("a").1.program), "1 (2 3) (2 3) 4");
        let opened = s.without_loop(T, &[1]).expect("an edit").scenario;
        assert_eq!(shape(&opened.thread(T).expect("a").1.program), "1 2 3 4");
    }
}
