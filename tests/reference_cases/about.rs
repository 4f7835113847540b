//! What the page says about each file of cases, and about what no case shows.

/// What the page says about a file.
pub(crate) struct About {
    pub(crate) title: &'static str,
    /// Who says what its cases expect, and how they are compared.
    pub(crate) what: &'static str,
    /// Whether everything must be the same, to the decimals that the reference prints.
    pub(crate) exact: bool,
}

/// In the order of the page: what was measured, then what must be the same.
pub(crate) const FILES: [(&str, About); 11] = [
    (
        "cpython/cpython.json",
        About {
            title: "Real CPython 3.7 to 3.13",
            what: "Small threaded programs, run on one and two cores of a Linux 6.18 machine, mostly seven times each. The \
               machine's speed wanders, so each run's computing is scaled to the processor time it really used, simulated, and \
               the medians are compared. Possessions of the GIL, waits after I/O and hand-offs are timed by the clock and need no \
               scaling: they are the strong evidence. One set of costs, called measured, serves all cases; the set was read off \
               the same machine.",
            exact: false,
        },
    ),
    (
        "cpython/free_threaded.json",
        About {
            title: "Real CPython 3.13 without the GIL",
            what: "The same programs on the free-threaded build, compared in the same way.",
            exact: false,
        },
    ),
    (
        "cpython/cpython2.json",
        About {
            title: "Real CPython 2.7",
            what: "Chance in the hardware decides each race for the GIL of Python 2, so the model draws it from a seed: the median \
               over 20 seeds must lie in the range that was measured.",
            exact: false,
        },
    ),
    (
        "published.json",
        About {
            title: "Figures that others published about the GIL",
            what: "The programs behind published tables, rebuilt. The machines were other ones, so the tolerances are wide: a \
               prediction of the right size, not to the per cent.",
            exact: false,
        },
    ),
    (
        "linux-measured.json",
        About {
            title: "The Linux kernel (EEVDF)",
            what: "Shares of one core that spinning and sleeping tasks of several nice values got on a live Linux 6.18, against \
               those they get here. In a command, each number after the seconds is a task: its nice value, and how many µs it \
               computes and then sleeps.",
            exact: false,
        },
    ),
    (
        "textbooks.json",
        About {
            title: "Worked examples of textbooks",
            what: "Silberschatz, Tanenbaum, Arpaci-Dusseau and exams: who runs when, and each job's finish, response, turnaround and wait.",
            exact: true,
        },
    ),
    (
        "ostep-sched.json",
        About {
            title: "OSTEP, scheduler.py",
            what: "First come first served, shortest first and round robin, as the simulator beside the textbook prints them.",
            exact: true,
        },
    ),
    (
        "ostep-lottery.json",
        About {
            title: "OSTEP, lottery.py",
            what: "Lottery scheduling with the same draws: each winning ticket, each dispatch.",
            exact: true,
        },
    ),
    (
        "ostep-mlfq.json",
        About {
            title: "OSTEP, mlfq.py",
            what: "Multi-level feedback queue with I/O and boosts: every tick, level, slice, allotment and event.",
            exact: true,
        },
    ),
    (
        "ostep-multi.json",
        About {
            title: "OSTEP, multi.py",
            what: "Several cores with one queue or one each, allowed cores, peeking into other queues: every tick and queue.",
            exact: true,
        },
    ),
    (
        "ostep-process-run.json",
        About {
            title: "OSTEP, process-run.py",
            what: "Processes that compute and do I/O: every tick, state, finish time and how busy the core is.",
            exact: true,
        },
    ),
];

/// What is not in the engine, or is in the comparison and not in the engine.
pub(crate) const LIMITS: [(&str, &str); 9] = [
    (
        "Order of waiters for the GIL",
        "First come, first served is an idealisation: the C library promises no order, and no case tests it.",
    ),
    (
        "The tail of waits after I/O",
        "With two or more computing threads beside an I/O thread the median wait is predicted; single waits of up to 140 ms that \
         were measured are not.",
    ),
    (
        "Intervals of 1 ms and less on one core",
        "There the operating system's tick of 4 ms decides how long a thread keeps the GIL, not the interval; finer waits are not predicted.",
    ),
    (
        "Four computing threads of Python 2.7",
        "Two threads are (measured × 1.72). For four, × 1.94 was measured, and no case asks for it: that factor is not modelled.",
    ),
    (
        "Warm and cold caches",
        "The engine has a cost of migration, not caches. For the cases of multi.py the reader of the cases follows the caches and \
         corrects how long each job computes; who runs where and when is the engine's.",
    ),
    (
        "Other work on a measured machine",
        "The time that the measured tasks of the Linux cases did not get is simulated by the reader as one more task; it counts in no share.",
    ),
    (
        "What io and io_done cost in process-run.py",
        "The tick that each of these instructions takes there is written into the programs by the reader; the engine has no such rule.",
    ),
    ("Real-time policies", "Rate-monotonic and earliest deadline first are not in this version."),
    (
        "Absolute speed",
        "Nothing here predicts how fast your machine is. Programs are given in milliseconds of computing; the bandwidth of \
         memory, hyper-threads and the changing clock of a core are not modelled.",
    ),
];

/// What the page offers and no case covers, with what it rests on.
pub(crate) const UNREFERENCED: [(&str, &str); 9] = [
    (
        "Sub-interpreters",
        "A GIL for each interpreter of a process follows the rules that are compared for one; no program with several was measured.",
    ),
    (
        "Python 3.14",
        "That a lock is handed over after 1 ms of waiting was read in CPython's source. The runs are of 2.7 and of 3.7 to 3.13.",
    ),
    (
        "Semaphores, events, barriers, full queues",
        "Measured programs use locks and queues without a limit. The others follow the documentation of Python's threading and queue.",
    ),
    (
        "Starting and joining threads",
        "Measured programs have all their threads from the start; what starting one costs is a figure of its own.",
    ),
    (
        "Pipes and processes that are spawned",
        "Several processes at once were measured, but none that sends a message or spawns another.",
    ),
    ("Devices", "That a device serves one thread at a time, first come, first served, is a rule of our own."),
    (
        "Stride, CFS, aging",
        "Stride follows Waldspurger's paper and no case. Of CFS two worked examples of how long slices are is all there is; \
         its wake-ups are read from the kernel's source. That waiting raises a priority is a rule of our own.",
    ),
    (
        "Queues per core that take and even out",
        "In multi.py cores look into other queues at fixed times. That a core takes a thread as soon as it would idle, which one, \
         and the evening out at intervals are rules of our own.",
    ),
    (
        "What is done by hand",
        "Putting a thread on a core, moving it in the queue or taking it off: nothing else does that.",
    ),
];
