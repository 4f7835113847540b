//! The figures of runs and of ranges: that they add up, and that each is what its sentence says.

use gilscope::engine::segments::Segment;
use gilscope::engine::{Kind, Place, Run};
use gilscope::explain::whose;
use gilscope::ids::{GilIx, ThreadIx};
use gilscope::metrics::{About, Counted, Metrics, Percentiles, SwitchCause, Unit};
use gilscope::scenario::{Scenario, presets};
use gilscope::time::{Dur, Time};
use proptest::prelude::*;

use crate::proving::{hold, hold_with};
use crate::random::{endless_scenarios, scenarios};
use crate::sharing::endless_sharing_scenarios;

/// A run until 80 ms.
fn run_of(scenario: &Scenario) -> Run {
    let mut run = Run::new(scenario);
    run.extend_to(Time::from_ms(80));
    run
}

fn any_scenario() -> impl Strategy<Value = Scenario> {
    prop_oneof![endless_scenarios(), endless_sharing_scenarios()]
}

/// From each wake-up until the thread computed, by looking back from where it does.
fn wakes(run: &Run, from: Time, until: Time) -> Vec<(ThreadIx, Dur)> {
    let mut found = Vec::new();
    for thread in run.plan().thread_ixs() {
        let places: Vec<_> = run.trace().iter().filter(|r| r.thread() == thread && r.kind().is_place()).collect();
        let runs = |k: Kind| matches!(k.place(), Some(Place::Running(_)));
        for (i, record) in places.iter().enumerate().filter(|(_, r)| runs(r.kind())) {
            let before =
                places[..i].iter().rposition(|r| runs(r.kind()) || matches!(r.kind().place(), Some(Place::Waiting(_))));
            let woken = match before {
                Some(b) if runs(places[b].kind()) => continue,
                Some(b) => places[b + 1],
                None => places[0],
            };
            let inside = record.time() <= until && (record.time() > from || from == Time::ZERO);
            if inside && matches!(woken.kind(), Kind::Waking | Kind::Ready) {
                found.push((thread, record.time() - woken.time()));
            }
        }
    }
    found
}

/// How long a GIL was held while a thread wanted it, from the lanes.
fn contended(run: &Run, gil: GilIx, from: Time, until: Time) -> Dur {
    let lanes = run.lanes();
    let own = || run.plan().thread_ixs().filter(|t| run.plan().thread(*t).gil == Some(gil));
    let mut cuts = vec![from, until];
    lanes.gil(gil).iter().for_each(|s| cuts.extend([s.start, s.end]));
    own().for_each(|t| lanes.thread(t).iter().for_each(|s| cuts.extend([s.start, s.end])));
    cuts.retain(|t| (from..=until).contains(t));
    cuts.sort();
    let wanted = |a, b| own().any(|t| lanes.thread(t).window(a, b).iter().any(|s| s.place == Place::WantsGil));
    let both = |a: Time, b: Time| a < b && !lanes.gil(gil).window(a, b).is_empty() && wanted(a, b);
    cuts.windows(2).filter(|w| both(w[0], w[1])).map(|w| w[1] - w[0]).sum()
}

/// A list of lengths as it should be sorted.
fn sorted(mut lengths: Vec<Dur>) -> Vec<Dur> {
    lengths.sort();
    lengths
}

#[test]
fn figures_of_adjoining_ranges_add_up_to_those_of_both() {
    hold_with(any_scenario(), (0u64..60_000, 0u64..30_000), |scenario, &(first_us, then_us)| {
        let (middle, end) = (Time::from_us(first_us), Time::from_us(first_us + then_us));
        let run = run_of(scenario);
        let [a, b, both] =
            [(Time::ZERO, middle), (middle, end), (Time::ZERO, end)].map(|(x, y)| Metrics::between(&run, x, y));
        // Where nothing lies between, what happens at the start counts in both.
        prop_assume!(middle > Time::ZERO);
        for ((x, y), sum) in a.threads.iter().zip(&b.threads).zip(&both.threads) {
            for (((_, x), (_, y)), (name, sum)) in
                x.totals.by_name().into_iter().zip(y.totals.by_name()).zip(sum.totals.by_name())
            {
                prop_assert_eq!(x + y, sum, "{}", name);
            }
            prop_assert_eq!(x.migrations + y.migrations, sum.migrations);
            prop_assert_eq!(x.wake.count + y.wake.count, sum.wake.count);
            prop_assert_eq!(x.wake.worst.max(y.wake.worst), sum.wake.worst);
            prop_assert_eq!(x.response.or(y.response), sum.response);
            prop_assert_eq!(x.turnaround.or(y.turnaround), sum.turnaround);
            prop_assert!(x.finished.is_none() || y.finished.is_none());
        }
        for ((x, y), sum) in a.cores.iter().zip(&b.cores).zip(&both.cores) {
            prop_assert_eq!(
                [x.useful + y.useful, x.overhead + y.overhead, x.idle + y.idle],
                [sum.useful, sum.overhead, sum.idle]
            );
        }
        for ((x, y), sum) in a.gils.iter().zip(&b.gils).zip(&both.gils) {
            prop_assert_eq!(
                [x.held + y.held, x.free + y.free, x.contended + y.contended],
                [sum.held, sum.free, sum.contended]
            );
            prop_assert_eq!(
                [x.hand_offs + y.hand_offs, x.requests + y.requests, x.failed_wake_ups + y.failed_wake_ups],
                [sum.hand_offs, sum.requests, sum.failed_wake_ups]
            );
            prop_assert_eq!(x.longest_wait.max(y.longest_wait), sum.longest_wait);
        }
        for cause in SwitchCause::ALL {
            prop_assert_eq!(a.switches[cause as usize] + b.switches[cause as usize], both.switches[cause as usize]);
        }
        prop_assert_eq!(sorted([a.wakes, b.wakes].concat()), both.wakes);
        Ok(())
    });
}

#[test]
fn the_figures_of_a_range_are_those_of_what_lies_in_it() {
    hold_with(any_scenario(), (0u64..40_000, 0u64..30_000), |scenario, &(from_us, length_us)| {
        let (from, until) = (Time::from_us(from_us), Time::from_us(from_us + length_us));
        let run = run_of(scenario);
        let (plan, lanes) = (run.plan(), run.lanes());
        let m = Metrics::between(&run, from, until);
        let inside = |s: &dyn Segment2| s.span().1.min(until).since(s.span().0.max(from));
        for (t, figures) in plan.thread_ixs().zip(&m.threads) {
            let life = lanes.thread(t).window(from, until).iter().filter(|s| s.place != Place::Finished);
            prop_assert_eq!(figures.totals.life(), life.map(|s| inside(&s)).sum());
        }
        let mut computed = Dur::ZERO;
        for (c, figures) in plan.core_ids().zip(&m.cores) {
            let busy: Dur = lanes.core(c).window(from, until).iter().map(|s| inside(&s)).sum();
            prop_assert_eq!(figures.useful + figures.overhead, busy);
            prop_assert_eq!(figures.useful + figures.overhead + figures.idle, m.span());
            computed += figures.useful;
        }
        prop_assert_eq!(m.threads.iter().map(|t| t.totals.useful()).sum::<Dur>(), computed);
        for (g, figures) in plan.gil_ixs().zip(&m.gils) {
            let held: Dur = lanes.gil(g).window(from, until).iter().map(|s| inside(&s)).sum();
            prop_assert_eq!([figures.held, figures.contended], [held, contended(&run, g, from, until)]);
        }
        Ok(())
    });
}

#[test]
fn percentiles_are_those_of_the_sorted_list() {
    hold_with(any_scenario(), (0u64..20_000, 0u64..60_000), |scenario, &(from_us, length_us)| {
        let (from, until) = (Time::from_us(from_us), Time::from_us(from_us + length_us));
        let run = run_of(scenario);
        let (m, all) = (Metrics::between(&run, from, until), wakes(&run, from, until));
        prop_assert_eq!(&m.wakes, &sorted(all.iter().map(|w| w.1).collect()));
        let by_hand = |list: &[Dur], percent: usize| {
            list.iter().copied().find(|d| 100 * list.iter().filter(|e| *e <= d).count() >= percent * list.len())
        };
        for percent in [50, 95, 99, 100] {
            let told = [50, 100].contains(&percent) || all.len() >= 20;
            prop_assert_eq!(m.wake(percent), by_hand(&m.wakes, percent).filter(|_| told));
        }
        for (t, figures) in run.plan().thread_ixs().zip(&m.threads) {
            let own = sorted(all.iter().filter(|w| w.0 == t).map(|w| w.1).collect());
            let [p50, p95, p99, worst] = [50, 95, 99, 100].map(|p| by_hand(&own, p).unwrap_or_default());
            prop_assert_eq!(figures.wake, Percentiles { count: own.len() as u64, p50, p95, p99, worst });
        }
        Ok(())
    });
}

#[test]
fn no_run_is_faster_than_the_ideal() {
    hold(scenarios(), |scenario| {
        let mut run = Run::new(scenario);
        run.extend_past(Time::NEVER, 100_000);
        let m = Metrics::of(&run, run.end());
        if let (Some(makespan), Some(ideal)) = (m.makespan, m.ideal) {
            prop_assert!(ideal <= makespan.since(Time::ZERO), "{ideal} for {makespan}");
        }
        Ok(())
    });
}
#[test]
fn figures_that_go_on_are_those_of_the_whole_way() {
    hold_with(
        any_scenario(),
        (0u64..20_000, proptest::collection::vec(0u64..20_000, 1..5)),
        |scenario, (from, steps)| {
            let mut run = Run::new(scenario);
            let from = Time::from_us(*from);
            run.extend_to(from);
            let mut counted = Counted::new(&run, from);
            for step in steps {
                let until = counted.until() + Dur::from_us(*step);
                // The run grows meanwhile, as on the page.
                run.extend_to(until);
                prop_assert_eq!(counted.go_on(&run, until), Metrics::between(&run, from, until));
            }
            Ok(())
        },
    );
}

#[test]
fn figures_that_come_bit_by_bit_are_those_of_as_far_as_they_say() {
    hold_with(any_scenario(), (0u64..20_000, 0u64..20_000, 20usize..400), |scenario, &(from, length, records)| {
        let run = run_of(scenario);
        let (from, until) = (Time::from_us(from), Time::from_us(from + length));
        let mut counted = Counted::new(&run, from);
        // Each time at least so many records, or to the end.
        for _ in 0..run.trace().len() / records + 2 {
            let figures = counted.go_towards(&run, until, records);
            // On the way to its beginning it knows of nothing.
            if figures.until > from {
                prop_assert_eq!(&figures, &Metrics::between(&run, from, figures.until));
            }
            if counted.until() == until {
                break;
            }
        }
        prop_assert_eq!(counted.until(), until);
        Ok(())
    });
}

/// Any stretch.
trait Segment2 {
    fn span(&self) -> (Time, Time);
}

impl<S: Segment> Segment2 for S {
    fn span(&self) -> (Time, Time) {
        (self.start(), self.end())
    }
}

fn preset(name: &str) -> Run {
    let mut run = Run::new(&presets::by_name(name).expect("a preset").scenario());
    run.extend_past(Time::NEVER, 100_000);
    run
}

#[test]
fn every_key_is_told_once_and_every_sentence_is_one() {
    let whole = About::whole();
    for (i, about) in whole.iter().enumerate() {
        assert!(whole[..i].iter().all(|other| other.key != about.key), "{} twice", about.key);
        assert!(about.key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'), "{}", about.key);
        assert!(about.sentence.ends_with('.') && about.sentence.len() > 10, "{}", about.sentence);
        assert_eq!(About::by_key(about.key).map(|a| a.name), Some(about.name));
    }
    for key in [
        "makespan",
        "throughput",
        "speed_up",
        "core_use",
        "context_switches",
        "gil_contended",
        "hand_offs",
        "failed_wake_ups",
        "longest_gil_wait",
        "wake_p95",
    ] {
        assert!(About::by_key(key).is_some(), "links and files name {key}");
    }
}

#[test]
fn the_figures_of_two_computing_threads_that_share_a_gil() {
    let run = preset("W4");
    let m = Metrics::of(&run, run.end());
    let mut text = String::new();
    for row in m.rows() {
        let whose = whose(run.plan(), row.of);
        text += &format!(
            "{whose:14} {:19} {:>16} {:6}  {}: {}\n",
            row.about.key,
            row.about.unit.plain(row.value),
            row.about.unit.name(),
            row.about.name,
            row.text()
        );
    }
    expect_test::expect_file!["golden/numbers-W4.txt"].assert_eq(&text);
}

#[test]
fn a_rate_that_would_be_none_per_second_is_told_per_hour() {
    let rate = |millionths| Unit::PerSecond.text(millionths);
    assert_eq!([0, 26, 499, 500].map(rate), ["0 per s", "0.094 per h", "1.8 per h", "0.001 per s"]);
    assert_eq!(Unit::Count.text(1_216_872), "1,216,872");
}
