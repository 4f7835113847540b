//! New things from the palette: pressed or dragged, each where it belongs, with the reason where it does not.

use gilscope::ids::ProcessIx;
use gilscope::scenario::Op;
use gilscope::scene::{Carried, DropSays, DropTarget, Point, Subject, Tool};

use super::pixels::spot;
use super::*;

/// Drags something new from outside the picture to a point, without letting go. What a drop would do there, or why not.
fn drag(s: &mut Session, tool: Tool, to: Point) -> Result<String, String> {
    s.update(Action::PickUp { what: Carried::New(tool), at: Point { x: -30.0, y: 40.0 } });
    assert_eq!(s.drag().and_then(|d| d.says.clone()), None, "outside the picture it does nothing");
    s.update(Action::PointerMove(to));
    match s.drag().and_then(|d| d.says.clone()) {
        Some(DropSays::Change(text)) => Ok(text),
        Some(DropSays::Refused(text)) => Err(text),
        None => panic!("nothing is said of a new {}", tool.name()),
    }
}

#[test]
fn a_press_adds_each_thing_to_the_selected_process_or_else_the_last() {
    for tool in Tool::ALL {
        for select in [None, Some(Subject::Process(ProcessIx(0))), Some(Subject::Thread(ETL))] {
            let mut s = session(python());
            s.update(Action::Select(select));
            assert_eq!(complaint(&s.update(Action::Add(tool))), "", "{tool:?}");
            let to = if select.is_some() { 0 } else { 1 };
            let (before, after) = (python(), s.scenario());
            let grown = |of: fn(&Scenario, usize) -> usize, i| of(after, i) - of(&before, i);
            let in_process = match tool {
                Tool::Thread => grown(|s, i| s.processes[i].threads.len(), to),
                Tool::Process => after.processes.len() - 2,
                Tool::Core => usize::from(after.computer.cores - 2),
                Tool::Pipe => after.pipes.len(),
                Tool::Device => after.devices.len(),
                _ => after.processes[to].resources.len(),
            };
            assert_eq!(in_process, 1, "{tool:?} with {select:?} selected");
            s.update(Action::Undo);
            assert_eq!(*s.scenario(), before);
        }
    }
}

#[test]
fn what_is_new_is_selected() {
    let mut s = session(python());
    s.update(Action::Add(Tool::Lock));
    let Some(Subject::Resource(lock)) = s.selection() else { panic!("{:?}", s.selection()) };
    assert_eq!(s.run().plan().object(lock).name, "lock 1");
    s.update(Action::Add(Tool::Thread));
    assert!(matches!(s.selection(), Some(Subject::Thread(_))));
    // To the process of what is selected.
    s.update(Action::Add(Tool::Queue));
    assert_eq!(s.scenario().processes[1].resources.len(), 2);
}

#[test]
fn a_drag_from_the_palette_lights_what_would_take_it_and_shows_the_future() {
    let mut s = session(python());
    let disk = spot(&s, DropTarget::Process(ProcessIx(1)));
    assert_eq!(drag(&mut s, Tool::Thread, disk), Ok("add worker to disk, from the start".to_owned()));
    let targets = s.drag().map(|d| d.targets.clone()).expect("a drag");
    assert_eq!(targets, [DropTarget::Process(ProcessIx(0)), DropTarget::Process(ProcessIx(1))]);
    let lanes = s.scene().shapes.len();
    assert!(lanes > 0 && s.drag().is_some_and(|d| d.change.is_some()));
    s.update(Action::PointerUp(disk));
    assert_eq!(s.scenario().processes[1].threads.len(), 2);

    let empty = Point { x: 3.0, y: 3.0 };
    assert_eq!(drag(&mut s, Tool::Core, empty), Ok("set the computer to 3 cores, from the start".to_owned()));
    s.update(Action::CancelDrag);
    assert_eq!(drag(&mut s, Tool::Process, disk), Ok("add process program, from the start".to_owned()));
    s.update(Action::CancelDrag);
    assert_eq!(drag(&mut s, Tool::Lock, empty), Err("A lock belongs to a process: drop it on one".to_owned()));
    s.update(Action::CancelDrag);
    let core = spot(&s, DropTarget::Core(CoreId(0)));
    assert_eq!(drag(&mut s, Tool::Event, core), Err("An event belongs to a process: drop it on one".to_owned()));
    s.update(Action::PointerUp(core));
    assert_eq!(s.scenario().processes[0].resources.len(), 0, "a refusal changes nothing");
}

#[test]
fn a_pipe_leads_from_the_process_where_it_is_dropped_to_the_next() {
    let mut s = session(python());
    let disk = spot(&s, DropTarget::Process(ProcessIx(1)));
    assert_eq!(drag(&mut s, Tool::Pipe, disk), Ok("add pipe 1 from disk to app, from the start".to_owned()));
    s.update(Action::PointerUp(disk));
    let last = |p: usize| s.scenario().processes[p].threads[0].program.last().map(|step| step.op.name());
    assert_eq!((last(1), last(0)), (Some("send"), Some("receive")));
    let mut alone = session(native());
    let why = complaint(&alone.update(Action::Add(Tool::Pipe)));
    assert_eq!(why, "A pipe joins two processes, and there is only one");
    assert_eq!(*alone.scenario(), native());
}

#[test]
fn the_end_of_an_endless_loop_is_the_end_of_each_round() {
    let mut two = computer(1).process("a", Runtime::Native, &[("a", 0, "native 5ms")]);
    let steps = std::mem::take(&mut two.processes[0].threads[0].program);
    two.processes[0].threads[0].program = vec![Op::Repeat { times: None, steps }.into()];
    let s = session(two.process("b", Runtime::Native, &[("b", 0, "native 5ms")]));
    let ids = [0, 1].map(|i| s.scenario().processes[i].id);
    let edit = s.scenario().with_new_pipe_between(ids[0], ids[1]).expect("an edit");
    let [a, b] = [0, 1].map(|i| serde_json::to_string(&edit.scenario.processes[i].threads[0].program).expect("JSON"));
    assert!(a.contains(r#"{"native":5000000},{"send":"#) && a.ends_with("]}]"), "{a}");
    assert!(b.ends_with(r#"{"receive":0}]"#), "{b}");
}
