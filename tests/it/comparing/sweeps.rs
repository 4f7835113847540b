//! One parameter over a range: each point is a run.

use gilscope::metrics::About;
use gilscope::scenario::{Op, Parameter, Scenario, Span, presets};
use gilscope::session::numbers::values;
use gilscope::session::sweep::{Asked, Outcome, Sweep};
use gilscope::time::{Dur, Time};

use super::{preset, run};

fn figure(key: &str) -> &'static About {
    About::by_key(key).expect("a figure")
}

fn swept(scenario: &Scenario, parameter: Parameter, from: u64, to: u64) -> Sweep {
    let mut sweep = Sweep::new(scenario, parameter, Span { from, to }).expect("a sweep");
    while !sweep.is_over() {
        sweep.advance(200);
    }
    sweep
}

#[test]
fn points_equal_single_runs() {
    let g2 = preset("G2");
    for (parameter, from, to) in [
        (Parameter::Threads, 1, 6),
        (Parameter::Cores, 1, 5),
        (Parameter::SwitchInterval, 500_000, 20_000_000),
        (Parameter::Quantum, 1_000_000, 10_000_000),
    ] {
        let sweep = swept(&g2, parameter, from, to);
        let now = parameter.of(&g2).expect("it has it");
        let given = parameter.values(Span { from, to });
        let inserted = (from..=to).contains(&now) && !given.contains(&now);
        assert_eq!(sweep.points().len(), given.len() + usize::from(inserted));
        for point in sweep.points() {
            let scenario = parameter.set(&g2, point.value).expect("a scenario");
            assert_eq!(parameter.of(&scenario), Ok(point.value));
            let alone = values(&run(&scenario), Time::NEVER);
            assert_eq!(point.outcome, Outcome::Done(alone), "{} = {}", parameter.name(), point.value);
        }
    }
}

#[test]
fn a_sweep_tells_its_progress_and_stops_where_it_is_cancelled() {
    let mut sweep = Sweep::new(&preset("W4"), Parameter::Cores, Span { from: 1, to: 8 }).expect("a sweep");
    let mut last = sweep.progress();
    assert_eq!((last.done, last.of), (0, 8));
    while sweep.progress().done < 3 {
        let next = sweep.advance(5);
        assert!(next.done == last.done || next.done == last.done + 1, "one after the other");
        last = next;
    }
    assert!(!sweep.is_over() && !sweep.is_cancelled());
    sweep.cancel();
    assert!(sweep.is_over() && sweep.is_cancelled());
    assert_eq!(sweep.advance(1_000_000), last, "nothing more is computed");
    let computed = sweep.series(figure("makespan")).iter().filter(|v| v.is_some()).count();
    assert_eq!((computed, sweep.says(7, figure("makespan")).as_str()), (3, "not computed"));
}

/// So many threads that compute, a part of it without the GIL, on so many cores and at no cost.
fn shared_work(native_ms: u64, python_ms: u64) -> Scenario {
    let mut scenario = preset("P1a");
    scenario.claim.clear();
    scenario.computer.costs = gilscope::scenario::CostSet::Textbook;
    scenario.computer.cores = 64;
    scenario.processes.truncate(1);
    let process = &mut scenario.processes[0];
    process.runtime = gilscope::scenario::Runtime::default();
    process.threads.truncate(1);
    process.threads[0].program =
        [Op::Python(Dur::from_ms(python_ms)), Op::Native(Dur::from_ms(native_ms))].map(Into::into).into();
    assert_eq!(scenario.check(), Ok(()));
    scenario
}

#[test]
fn amdahls_line_is_what_the_part_free_of_the_gil_allows() {
    let scenario = shared_work(90, 10);
    let law = scenario.amdahl(Parameter::Threads).expect("a part");
    assert!((law.part - 0.9).abs() < 1e-9);
    let sweep = swept(&scenario, Parameter::Threads, 1, 16);
    let (line, speed) = (sweep.amdahl(), sweep.series(figure("speed_up")));
    for (n, (bound, speed)) in (1u32..).zip(line.iter().zip(&speed)) {
        let s = 1.0 / ((1.0 - 0.9) + 0.9 / f64::from(n));
        let bound = bound / 1e6;
        assert!((bound - s).abs() < 1e-9 && (law.speed_up(n.into()) - s).abs() < 1e-9);
        // Python of one thread and native code of others go side by side.
        let speed = speed.expect("it finishes") as f64 / 1e6;
        assert!(speed <= bound * 1.000_001 && speed > 0.85 * bound, "{n} threads: {speed} of {bound}");
    }
}

/// The law for a free-threaded scenario on two cores: what cannot go on at once is not promised.
#[test]
fn amdahls_line_promises_no_more_than_the_cores_and_the_threads_can_do_at_once() {
    let mut free = gilscope::scenario::Pair::FreeThreaded.of(&preset("W4")).expect("a variant");
    free.computer.costs = gilscope::scenario::CostSet::Textbook;
    assert_eq!(free.computer.cores, 2);
    let speed_up = figure("speed_up");
    for (parameter, why) in [(Parameter::Threads, "are 2 cores"), (Parameter::Cores, "are 2 threads")] {
        let sweep = swept(&free, parameter, 1, 16);
        let line: Vec<u64> = sweep.amdahl().iter().map(|v| v.round() as u64).collect();
        assert_eq!(line[..2], [1_000_000, 2_000_000]);
        assert!(line[2..].iter().all(|v| *v == 2_000_000), "{line:?}");
        let says = sweep.says_amdahl(speed_up).expect("a sentence");
        assert!(says.ends_with(&format!("As there {why}, no more than 2 can compute at once.")), "{says}");
        assert_eq!(sweep.says_amdahl(figure("makespan")), None);
    }
    // On one core of 64 % waiting, threads that wait side by side still gain.
    let mut waiting = shared_work(36, 0);
    waiting.computer.cores = 1;
    waiting.processes[0].threads[0].program =
        [Op::Native(Dur::from_ms(36)), Op::Io(Dur::from_ms(64))].map(Into::into).into();
    let law = waiting.amdahl(Parameter::Threads).expect("a part");
    let bounds = [1, 2, 4, 16].map(|n| (100.0 * law.speed_up(n)).round());
    assert_eq!(bounds, [100.0, 200.0, 278.0, 278.0], "never more than 100 ms of 36");
}

#[test]
fn all_python_gains_nothing_by_threads_and_all_of_it_without_a_gil() {
    let w4 = preset("W4");
    let part = |s: &Scenario, parameter: Parameter| s.amdahl(parameter).map(|law| law.part);
    assert_eq!(part(&w4, Parameter::Threads), Some(0.0));
    let free = gilscope::scenario::Pair::FreeThreaded.of(&w4).expect("a variant");
    assert_eq!(part(&free, Parameter::Cores), Some(1.0));
    assert_eq!(part(&w4, Parameter::SwitchInterval), None);
    let speed = |s: &Scenario| {
        swept(s, Parameter::Threads, 1, 4).series(figure("speed_up"))[3].expect("it finishes") as f64 / 1e6
    };
    assert!(speed(&w4) < 1.0, "switching costs a little: {}", speed(&w4));
    // Two cores for four threads, which cost some switches.
    assert!((1.7..=2.0).contains(&speed(&free)), "two cores: {}", speed(&free));
}

#[test]
fn values_that_do_not_pass_the_check_say_why_and_the_others_go_on() {
    let w4 = preset("W4");
    let sweep = swept(&w4, Parameter::SwitchInterval, 500, 2_000);
    let refused: Vec<bool> = sweep.points().iter().map(|p| matches!(p.outcome, Outcome::Refused(_))).collect();
    assert_eq!(refused, [true, false, false], "CPython takes 1 µs and more");
    assert!(
        sweep.says(0, figure("makespan")).contains("CPython takes no less than 1 µs"),
        "{}",
        sweep.says(0, figure("makespan"))
    );
}

#[test]
fn lengths_are_swept_around_the_one_that_the_scenario_has_which_is_among_them() {
    let usual = |name: &str, parameter: Parameter| {
        let scenario = preset(name);
        let span = Asked::usual(parameter, &scenario).span;
        let sweep = Sweep::new(&scenario, parameter, span).expect("a sweep");
        let texts: Vec<String> = sweep.points().iter().map(|p| parameter.text(p.value)).collect();
        (texts.join(", "), texts[sweep.now().expect("as it is now")].clone())
    };
    let (texts, now) = usual("P1a", Parameter::Quantum);
    assert_eq!((texts.as_str(), now.as_str()), ("500 µs, 1 ms, 2 ms, 4 ms, 5 ms, 10 ms, 20 ms, 50 ms", "4 ms"));
    let (texts, now) = usual("S6", Parameter::Io);
    assert!(!texts.starts_with('0') && texts.split(", ").count() < 10, "{texts}, now {now}");
    for parameter in Parameter::ALL {
        for now in [1, 5_000, 64, 10u64.pow(15)] {
            let span = parameter.usual(now);
            assert!(span.from <= span.to && !parameter.values(span).is_empty(), "{parameter:?} {now}: {span:?}");
        }
    }
}

#[test]
fn a_figure_that_no_run_has_is_said_and_one_that_there_is_chosen_first() {
    let w2 = preset("W2");
    assert_eq!(Asked::usual(Parameter::Cores, &w2).figure.key, "parallelism");
    assert_eq!(Asked::usual(Parameter::Cores, &preset("W4")).figure.key, "speed_up");
    let sweep = swept(&w2, Parameter::Cores, 1, 4);
    assert_eq!(sweep.lacks(figure("parallelism")), None);
    assert_eq!(
        sweep.lacks(figure("makespan")).as_deref(),
        Some(
            "There is no makespan here, as the run ends waiting for input. Draw another figure, such as “threads \
            computing at once”."
        )
    );
    assert_eq!(swept(&preset("W4"), Parameter::Cores, 1, 2).lacks(figure("makespan")), None);
}

/// Long runs of much are cut: what would be more of a longer run says nothing beside runs that come to their end.
#[test]
fn of_a_run_that_is_cut_nothing_is_counted() {
    let mut long = preset("W4");
    for thread in long.processes.iter_mut().flat_map(|p| &mut p.threads) {
        thread.program = vec![Op::Python(Dur::from_ms(300)).into()];
    }
    long.computer.costs = gilscope::scenario::CostSet::Textbook;
    let sweep = swept(&long, Parameter::SwitchInterval, 1_000, 2_000);
    assert!(matches!(sweep.points()[0].outcome, Outcome::Done(_)));
    for key in ["context_switches", "wants_gil", "finished", "makespan"] {
        assert_eq!(sweep.series(figure(key)), [None, None], "{key}");
    }
    assert!(sweep.series(figure("core_use")).iter().all(|part| part.is_some_and(|p| p > 400_000)));
    assert_eq!(
        sweep.lacks(figure("makespan")).as_deref(),
        Some(
            "There is no makespan here, as the run is too long to be computed to its end. Draw another figure, such as \
            “threads computing at once”."
        )
    );
}

#[test]
fn amdahls_line_is_left_out_where_it_says_nothing() {
    let w4 = preset("W4");
    assert!(swept(&w4, Parameter::Threads, 1, 4).amdahl().is_empty(), "all of it holds the GIL");
    for preset in presets::all() {
        for parameter in [Parameter::Threads, Parameter::Cores] {
            let Ok(mut sweep) = Sweep::new(&preset.scenario(), parameter, Span { from: 1, to: 6 }) else { continue };
            while !sweep.is_over() {
                sweep.advance(1_000);
            }
            for (law, speed) in sweep.amdahl().iter().zip(sweep.series(figure("speed_up"))) {
                assert!(speed.is_none_or(|s| s as f64 <= 1.01 * law), "{} by {}", preset.name, parameter.name());
            }
        }
    }
}

#[test]
fn all_figures_are_saved_with_their_values_and_what_is_refused_is_empty() {
    let csv = swept(&preset("W4"), Parameter::SwitchInterval, 500, 2_000).csv();
    let cells: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(cells[0][..3], ["interval_ns", "makespan_ns", "speed_up"]);
    assert_eq!(cells.iter().skip(1).map(|line| line[0]).collect::<Vec<_>>(), ["500", "1000", "2000"]);
    assert!(cells.iter().all(|line| line.len() == 1 + About::whole().len()));
    assert!(cells[1][1..].iter().all(|cell| cell.is_empty()), "no less than 1 µs");
    assert!(cells[2][1].parse::<u64>().is_ok_and(|ns| ns > 30_000_000), "{}", cells[2][1]);
}

#[test]
fn values_that_differ_by_little_are_told_apart() {
    let sweep = swept(&preset("W4"), Parameter::Threads, 2, 6);
    let texts: Vec<String> = (0..5).map(|i| sweep.says(i, figure("makespan"))).collect();
    let values = sweep.series(figure("makespan"));
    for i in 1..5 {
        assert_eq!(texts[i] == texts[i - 1], values[i] == values[i - 1], "{texts:?}");
    }
}

#[test]
fn a_scenario_without_the_parameter_says_so() {
    let why = |name: &str, parameter: Parameter| {
        Sweep::new(&preset(name), parameter, Asked::usual(parameter, &preset(name)).span).expect_err("a reason")
    };
    assert_eq!(why("W4", Parameter::Io), "No thread of it does I/O. Put I/O into a program, or vary something else.");
    assert!(why("S1", Parameter::Quantum).starts_with("Its policy has no quantum. Choose one that has"));
    for preset in presets::all() {
        for parameter in Parameter::ALL {
            match Sweep::new(&preset.scenario(), parameter, Asked::usual(parameter, &preset.scenario()).span) {
                Ok(sweep) => assert!(sweep.points().len() > 4),
                Err(why) => assert!(why.ends_with('.'), "{why}"),
            }
        }
    }
    assert!(Sweep::new(&preset("W4"), Parameter::Cores, Span { from: 9, to: 3 }).is_err());
}

#[test]
fn a_point_opens_its_run_as_a_change_that_can_be_taken_back() {
    let w4 = preset("W4");
    let sweep = swept(&w4, Parameter::Cores, 1, 4);
    let edit = sweep.edit(3).expect("an edit");
    assert_eq!((edit.name.as_str(), edit.scenario.computer.cores), ("Take 4 cores from the sweep", 4));
    let mut session = gilscope::session::Session::new(w4.clone());
    session.update(gilscope::session::Action::Edit { name: edit.name, scenario: Box::new(edit.scenario) });
    assert_eq!(session.scenario().computer.cores, 4);
    session.update(gilscope::session::Action::Undo);
    assert_eq!(*session.scenario(), w4);
}

#[test]
fn an_address_holds_every_sweep_and_refuses_what_is_none() {
    for parameter in Parameter::ALL {
        for figure in About::whole() {
            let asked = Asked { figure, ..Asked::usual(parameter, &preset("W4")) };
            assert_eq!(Asked::read(&asked.text()), Ok(asked), "{}", asked.text());
        }
    }
    let text = |parameter| Asked::usual(parameter, &preset("W4")).text();
    assert_eq!(text(Parameter::Threads), "threads.1-16.speed_up");
    assert_eq!(text(Parameter::SwitchInterval), "interval.500us-50ms.makespan");
    let why = |text: &str| Asked::read(text).expect_err("a reason");
    assert_eq!(why("threads"), "“threads” is no sweep such as threads.1-16.makespan.");
    assert_eq!(
        why("tasks.1-2.makespan"),
        "“tasks” cannot be swept: it is one of threads, cores, interval, io, quantum."
    );
    assert_eq!(why("cores.1.makespan"), "“1” is no range such as 1-16 or 1ms-20ms.");
    assert_eq!(why("cores.5-2.makespan"), "The range of the sweep holds no value.");
    assert_eq!(why("cores.1-4.speed"), "“speed” is no figure of a run, such as makespan.");
}
