//! The list of the presets, in the order in which they are taught: name, title, file and variants of each.

use super::presets::{Preset, Variant};

const fn preset(name: &'static str, title: &'static str, json: &'static str, variants: &'static [Variant]) -> Preset {
    Preset { name, title, json, baseline: None, variants }
}

/// A preset with what it is to be compared with.
const fn beside(baseline: &'static str, preset: Preset) -> Preset {
    Preset { baseline: Some(baseline), ..preset }
}

const fn variant(label: &'static str, json: &'static str) -> Variant {
    Variant { label, json, outlines: false }
}

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../static/presets/", $name, ".json"))
    };
}

pub(super) static ALL: [Preset; 28] = [
    preset(
        "P1a",
        "One core: everything takes turns",
        file!("P1a"),
        &[variant("Give it a second core", file!("variants/P1a-two-cores"))],
    ),
    preset(
        "P1b",
        "Two cores: two processes at the same moment",
        file!("P1b"),
        &[variant("Take the messages away", file!("variants/P1b-independent"))],
    ),
    preset(
        "P2",
        "A thread runs on one core at a time; others wait",
        file!("P2"),
        &[variant("Run it as Python code", file!("variants/P2-python"))],
    ),
    preset(
        "P3",
        "A process wraps threads and resources",
        file!("P3"),
        &[Variant { label: "Outline the cores of each process", json: "{}", outlines: true }],
    ),
    preset(
        "P4",
        "Time slicing: saved, and loaded again",
        file!("P4"),
        &[variant("Use the measured costs", file!("variants/P4-measured"))],
    ),
    preset(
        "G1",
        "A program is a process with a main thread",
        file!("G1"),
        &[variant("Use the measured costs", file!("variants/G1-measured"))],
    ),
    preset(
        "G2",
        "One at a time runs Python, even with cores free",
        file!("G2"),
        &[
            variant("Try code that releases the GIL", file!("variants/G2-native")),
            variant("Try sub-interpreters", file!("variants/G2-subinterpreters")),
            variant("Try a build without a GIL", file!("variants/G2-free-threaded")),
        ],
    ),
    preset(
        "G3",
        "To run Python: a core and the GIL",
        file!("G3"),
        &[variant("Give it four cores", file!("variants/G3-four-cores"))],
    ),
    preset(
        "G4",
        "Several Python processes, a GIL each",
        file!("G4"),
        &[variant("Let them talk through a pipe", file!("variants/G4-pipe"))],
    ),
    beside(
        file!("baselines/W1"),
        preset(
            "W1",
            "Alone: delayed by everything it waits for",
            file!("W1"),
            &[variant("Answer by itself at 10 ms", file!("variants/W1-scripted"))],
        ),
    ),
    beside(
        file!("baselines/W2"),
        preset(
            "W2",
            "While it waits, others run",
            file!("W2"),
            &[variant("Answer by itself at 9 ms", file!("variants/W2-scripted"))],
        ),
    ),
    preset(
        "W3",
        "Nobody has to wait for the user",
        file!("W3"),
        &[variant("Let one thread do everything", file!("variants/W3-one-thread"))],
    ),
    beside(
        file!("baselines/W4"),
        preset(
            "W4",
            "Busy computing: threads do not help",
            file!("W4"),
            &[
                variant("Try native code", file!("variants/W4-native")),
                variant("Try two processes", file!("variants/W4-processes")),
                variant("Try it without a GIL", file!("variants/W4-free-threaded")),
                variant("Try Python 2.7", file!("variants/W4-python2")),
            ],
        ),
    ),
    preset(
        "S1",
        "First come, first served: the convoy",
        file!("S1"),
        &[
            variant("Try shortest job first", file!("variants/S1-sjf")),
            variant("Try shortest remaining time first", file!("variants/S1-srtf")),
            variant("Try round robin", file!("variants/S1-round-robin")),
        ],
    ),
    preset(
        "S2",
        "Feedback: who computes sinks",
        file!("S2"),
        &[
            variant("Try round robin", file!("variants/S2-round-robin")),
            variant("Boost all every 10 ms", file!("variants/S2-boost")),
        ],
    ),
    preset(
        "S3",
        "Shares of a core: tickets and nice",
        file!("S3"),
        &[
            variant("Try a lottery", file!("variants/S3-lottery")),
            variant("Try CFS", file!("variants/S3-cfs")),
            variant("Try EEVDF", file!("variants/S3-eevdf")),
        ],
    ),
    preset(
        "S4",
        "A ready queue per core",
        file!("S4"),
        &[
            variant("Take nothing from others", file!("variants/S4-alone")),
            variant("Even them out instead", file!("variants/S4-even")),
        ],
    ),
    preset(
        "S5",
        "Five philosophers: a deadlock",
        file!("S5"),
        &[variant("Take the lower one first", file!("variants/S5-ordered"))],
    ),
    preset(
        "S6",
        "Producer and consumer: a full queue",
        file!("S6"),
        &[
            variant("Let two threads send", file!("variants/S6-two")),
            variant("Give them one printer", file!("variants/S6-device")),
        ],
    ),
    preset(
        "S7",
        "Starvation: it is never one’s turn",
        file!("S7"),
        &[
            variant("Let waiting raise the priority", file!("variants/S7-aging")),
            variant("Try round robin", file!("variants/S7-round-robin")),
        ],
    ),
    preset(
        "S8",
        "Affinity: bound to a core",
        file!("S8"),
        &[variant("Let them run anywhere", file!("variants/S8-anywhere"))],
    ),
    preset(
        "S9",
        "Priority inversion: the urgent one waits",
        file!("S9"),
        &[
            variant("Let waiting raise the priority", file!("variants/S9-aging")),
            variant("Give “weather” the highest priority", file!("variants/S9-ceiling")),
        ],
    ),
    preset(
        "S10",
        "Lock contention: one at a time",
        file!("S10"),
        &[
            variant("Read before taking the lock", file!("variants/S10-later")),
            variant("Hand the lock over, as Python 3.14 does", file!("variants/S10-hand-over")),
        ],
    ),
    preset(
        "S11",
        "Deadlock: two locks, two orders",
        file!("S11"),
        &[
            variant("Take them in the same order", file!("variants/S11-ordered")),
            variant("Check for 3 ms only", file!("variants/S11-lucky")),
        ],
    ),
    preset(
        "S12",
        "A thread pool: few threads, many tasks",
        file!("S12"),
        &[
            variant("Try one worker", file!("variants/S12-one")),
            variant("Try three", file!("variants/S12-three")),
            variant("Try six", file!("variants/S12-six")),
        ],
    ),
    preset(
        "Y1",
        "A pool for computing: threads or processes?",
        file!("Y1"),
        &[
            variant("Try processes", file!("variants/Y1-processes")),
            variant("Try sub-interpreters", file!("variants/Y1-subinterpreters")),
            variant("Try it without a GIL", file!("variants/Y1-free-threaded")),
        ],
    ),
    preset(
        "Y2",
        "Python 2 and 3: how the GIL is passed on",
        file!("Y2"),
        &[
            variant("Try Python 3", file!("variants/Y2-python3")),
            variant("Take a core away", file!("variants/Y2-one-core")),
        ],
    ),
    preset(
        "Y3",
        "The convoy at the GIL: replies wait for sums",
        file!("Y3"),
        &[
            variant("Set the switch interval to 1 ms", file!("variants/Y3-one-ms")),
            variant("Compute in another process", file!("variants/Y3-process")),
            variant("Try it without a GIL", file!("variants/Y3-free-threaded")),
        ],
    ),
];
