//! Scenarios and pictures for the tests of the scene.

use gilscope::engine::{Machine, Run};
use gilscope::ids::{CoreId, ProcessId, ThreadId, ThreadIx};
use gilscope::scenario::{
    Change, Computer, CoreSet, CostSet, Intervention, Op, Policy, Process, Runtime, Scenario, Start, Step, Thread, What,
};
use gilscope::scene::{
    Carried, DragPicture, DropSays, DropTarget, Picture, Point, Reading, Scene, Size, Subject, TimeAxis, draw,
    lanes_area,
};
use gilscope::time::{Dur, Time};
use serde_json::Map;

pub(super) fn steps(ops: &[Op]) -> Vec<Step> {
    ops.iter().cloned().map(Step::from).collect()
}

pub(super) fn thread(id: u16, name: &str, ops: &[Op]) -> Thread {
    Thread {
        id: ThreadId(id),
        name: name.to_owned(),
        start: Start::Launch,
        cores: CoreSet::ALL,
        interpreter: 0,
        share: Default::default(),
        program: steps(ops),
        extra: Map::new(),
    }
}

pub(super) fn process(id: u16, name: &str, runtime: Runtime, threads: Vec<Thread>) -> Process {
    Process {
        id: ProcessId(id),
        name: name.to_owned(),
        resources: Vec::new(),
        start: Start::Launch,
        runtime,
        threads,
        extra: Map::new(),
    }
}

pub(super) fn scenario(cores: u8, costs: CostSet, quantum_ms: u64, processes: Vec<Process>) -> Scenario {
    let policy = Policy::round_robin(Dur::from_ms(quantum_ms));
    let computer = Computer { cores, policy, costs, ..Computer::default() };
    let scenario = Scenario { computer, processes, ..Scenario::empty("test") };
    scenario.check().expect("a fixture passes its check");
    scenario
}

const fn ms(n: u64) -> Dur {
    Dur::from_ms(n)
}

/// One core, three compiled programs: taking turns.
pub(super) fn turns() -> Scenario {
    let one =
        |id: u16, name: &str, n| process(id, name, Runtime::Native, vec![thread(id, "main", &[Op::Native(ms(n))])]);
    scenario(1, CostSet::Textbook, 4, vec![one(1, "editor", 12), one(2, "music", 16), one(3, "mail", 9)])
}

/// Two cores, a web app with a contended GIL and I/O, and a report.
pub(super) fn web() -> Scenario {
    let gil = Runtime::default();
    let web = process(
        1,
        "web app",
        gil.clone(),
        vec![
            thread(1, "T1", &[Op::Python(ms(20)), Op::Io(ms(6)), Op::Python(ms(8))]),
            thread(2, "T2", &[Op::Python(ms(20)), Op::Native(ms(6))]),
            thread(3, "io-1", &[Op::Io(ms(14)), Op::Python(ms(3)), Op::Io(ms(30))]),
            thread(4, "timer", &[Op::Sleep(ms(17)), Op::Extension(ms(4)), Op::Sleep(ms(40))]),
        ],
    );
    let report = process(
        2,
        "report",
        gil,
        vec![thread(5, "etl", &[Op::Python(ms(30))]), thread(6, "zip", &[Op::Native(ms(9)), Op::Python(ms(10))])],
    );
    let mut scenario = scenario(2, CostSet::Measured, 100, vec![web, report]);
    scenario.interventions = vec![
        Intervention {
            at: Time::from_us(3_000),
            what: What::RunHere { thread: ThreadId(6), core: CoreId(1) },
            extra: Map::new(),
        },
        Intervention {
            at: Time::from_us(2_000),
            what: What::RunHere { thread: ThreadId(3), core: CoreId(1) },
            extra: Map::new(),
        },
    ];
    scenario
}

/// Two cores and one process of computing threads; big costs.
pub(super) fn gil(cores: u8, threads: u16) -> Scenario {
    let threads = (1..=threads).map(|i| thread(i, &format!("T{i}"), &[Op::Python(ms(20))])).collect();
    scenario(cores, CostSet::SlowMotion, 4, vec![process(1, "python", Runtime::default(), threads)])
}

/// Two processes with all that threads can wait for: locks, queues, input, each other, and a pipe between them.
pub(super) fn shop() -> Scenario {
    let json = r#"{"v":1,"title":"shop","computer":{"cores":2,"costs":"slow_motion"},"processes":[
        {"id":1,"name":"shop","resources":[{"id":1,"name":"till","kind":"lock"},{"id":2,"name":"jobs","kind":"queue"},
            {"id":3,"name":"heap","kind":{"memory":31000000}},{"id":4,"name":"log.txt","kind":"file"}],
         "threads":[
            {"id":1,"name":"main","program":[{"python":2000000},{"start":2},{"start":3},{"input":"What is your name?"},
                {"put":2},{"join":2}]},
            {"id":2,"name":"seller","start":"spawned","program":[{"acquire":1},{"python":6000000},{"release":1},{"get":2}]},
            {"id":3,"name":"clerk","start":"spawned","program":[{"python":1000000},{"acquire":1},{"python":3000000},
                {"release":1},{"io":9000000},{"send":9,"bytes":4000}]}]},
        {"id":2,"name":"report","threads":[{"id":4,"name":"reader","program":[{"receive":9},{"python":4000000}]}]}],
        "pipes":[{"id":9,"name":"results"}]}"#;
    gilscope::scenario::json::from_str(json).expect("a fixture passes its check")
}

/// Two threads that each hold what the other wants, and a third that goes on.
pub(super) fn deadlock() -> Scenario {
    let json = r#"{"v":1,"title":"deadlock","computer":{"cores":2},"processes":[{"id":1,"name":"bank","resources":[
            {"id":1,"name":"mine","kind":"lock"},{"id":2,"name":"yours","kind":"lock"}],"threads":[
        {"id":1,"name":"a","program":[{"acquire":1},{"sleep":3000000},{"acquire":2},{"python":1000000}]},
        {"id":2,"name":"b","program":[{"acquire":2},{"sleep":4000000},{"acquire":1},{"python":1000000}]},
        {"id":3,"name":"c","program":[{"python":20000000}]}]}]}"#;
    gilscope::scenario::json::from_str(json).expect("a fixture passes its check")
}

/// Many of everything.
pub(super) fn many(cores: u8, processes: u16, threads: u16) -> Scenario {
    let all = (0..processes).map(|p| {
        let ts = (0..threads).map(|t| {
            let id = p * threads + t;
            thread(
                id,
                &format!("worker {id}"),
                &[Op::Python(ms(7)), Op::Io(ms(3)), Op::Native(ms(5)), Op::Sleep(ms(2))],
            )
        });
        let runtime = if p % 3 == 2 { Runtime::Native } else { Runtime::default() };
        process(p, &format!("server {p}"), runtime, ts.collect())
    });
    scenario(cores, CostSet::Measured, 4, all.collect())
}

/// A picture without its borrows.
pub(super) struct Shown {
    pub(super) scenario: Scenario,
    pub(super) run: Run,
    pub(super) machine: Machine,
    pub(super) playhead: Time,
    pub(super) size: Size,
    pub(super) span: Dur,
    pub(super) selection: Option<Subject>,
    pub(super) hover: Option<Subject>,
    pub(super) drag: Option<DragPicture>,
    pub(super) preview: Option<Run>,
    pub(super) baseline: Option<Run>,
    pub(super) hide_future: bool,
    pub(super) outline_cores: bool,
    pub(super) reading: Reading,
}

impl Shown {
    pub(super) fn new(scenario: Scenario, playhead: Time, span: Dur, (w, h): (f64, f64)) -> Self {
        let mut run = Run::new(&scenario);
        run.extend_to(Time::ZERO + span);
        let machine = run.seen(playhead);
        let size = Size { w, h };
        let (selection, hover, drag, preview, baseline) = (None, None, None, None, None);
        let (hide_future, outline_cores) = (false, false);
        Self {
            scenario,
            run,
            machine,
            playhead,
            size,
            span,
            selection,
            hover,
            drag,
            preview,
            baseline,
            hide_future,
            outline_cores,
            reading: Reading::default(),
        }
    }

    pub(super) fn axis(&self) -> TimeAxis {
        let area = lanes_area(self.run.plan(), self.size);
        TimeAxis { start_ns: 0.0, ns_per_px: self.span.ns() as f64 / area.w, left: area.x, width: area.w }
    }

    pub(super) fn scene(&self) -> Scene {
        draw(&Picture {
            scenario: &self.scenario,
            run: &self.run,
            preview: self.preview.as_ref(),
            machine: &self.machine,
            playhead: self.playhead,
            axis: self.axis(),
            selection: self.selection,
            group: Default::default(),
            frame: None,
            hover: self.hover,
            drag: self.drag.as_ref(),
            baseline: self.baseline.as_ref(),
            hide_future: self.hide_future,
            outline_cores: self.outline_cores,
            reading: &self.reading,
            sight: (f64::NEG_INFINITY, f64::INFINITY),
            generation: 0,
            kept: &Default::default(),
            size: self.size,
        })
    }

    /// Shows in the lanes what a drop would make of the scenario.
    pub(super) fn previewing(&mut self, changed: &Scenario) {
        let mut run = Run::new(changed);
        run.extend_to(Time::ZERO + self.span);
        self.preview = Some(run);
    }

    /// Carries something at a pointer, over a target that would take it.
    pub(super) fn carrying(mut self, what: Carried, over: DropTarget, (x, y): (f64, f64)) -> Self {
        self.drag = Some(DragPicture {
            what,
            change: Some(Change::FromStart),
            pointer: Point { x, y },
            targets: vec![over],
            over: Some(over),
            says: Some(DropSays::Change("do that".to_owned())),
        });
        self
    }

    /// Picks up a thread and holds it over a core, as the session does.
    pub(super) fn dragging(mut self, thread: u16, over: DropTarget, pointer: (f64, f64), says: DropSays) -> Self {
        let cores = self.run.plan().core_ids().flat_map(|c| [DropTarget::Core(c), DropTarget::Pin(c)]);
        let targets = if matches!(says, DropSays::Change(_)) { cores.collect() } else { Vec::new() };
        let (DropTarget::Core(core) | DropTarget::Pin(core)) = over else { panic!("over a core or its pin") };
        let thread = ThreadIx(thread);
        if matches!(says, DropSays::Change(_)) {
            let what = What::RunHere { thread: self.run.plan().thread(thread).id, core };
            let mut changed = self.scenario.clone();
            changed.interventions.push(Intervention { at: self.playhead, what, extra: Map::new() });
            self.previewing(&changed);
        }
        self.drag = Some(DragPicture {
            what: Carried::Thread(thread),
            change: None,
            pointer: Point { x: pointer.0, y: pointer.1 },
            targets,
            over: Some(over),
            says: Some(says),
        });
        self
    }
}
