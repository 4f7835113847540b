//! What each setting of the page's fields does, in one sentence: said while its field has the pointer or the focus.

/// A field's name, the choice that the sentence is for (empty: any), and the sentence.
type Row = (&'static str, &'static str, &'static str);

/// What the setting with a field's name does; for a choice, what the chosen value does if that has a sentence of its own.
#[must_use]
pub fn says(label: &str, value: &str) -> Option<&'static str> {
    let of = |wanted: &str| ROWS.iter().find(|(name, choice, _)| *name == label && *choice == wanted);
    of(value).or_else(|| of("")).map(|(_, _, says)| *says)
}

/// All sentences, by panel.
static ROWS: &[Row] = &[
    ("cores", "", "How many threads can run at the same moment, 1 to 64."),
    ("policy", "fcfs", "Who became ready first runs first, and keeps the core until it waits or ends."),
    (
        "policy",
        "sjf",
        "The ready thread that computes for the shortest time until it waits runs first; nobody is interrupted.",
    ),
    ("policy", "srtf", "As shortest job first, but an arrival that needs less takes the core at once."),
    ("policy", "round_robin", "Each ready thread runs for a quantum at most, then goes to the tail of the queue."),
    ("policy", "priority", "The ready thread with the best priority runs first."),
    (
        "policy",
        "mlfq",
        "Threads begin at the top level and go down as they use up their share, so that short bursts stay quick.",
    ),
    ("policy", "lottery", "Each quantum goes to the thread whose ticket is drawn: more tickets, more time on average."),
    (
        "policy",
        "stride",
        "Each quantum goes to the thread that is furthest behind its share of tickets; nothing is drawn.",
    ),
    ("policy", "cfs", "The thread with the least weighted running time runs next, as in Linux up to 6.5."),
    (
        "policy",
        "eevdf",
        "Of the threads that have had less than their share, the one with the earliest virtual deadline runs, as in Linux since 6.6.",
    ),
    ("quantum", "", "How long a thread may run before another one gets the core."),
    (
        "at a tie, expired before arriving",
        "",
        "Who queues first if a quantum ends at the very instant at which another thread becomes ready.",
    ),
    ("preemptive", "", "Whether a thread that becomes ready takes the core from one with a worse priority."),
    (
        "quantum inside a level",
        "",
        "How long a thread may run while others of the same priority are ready; none: until it waits or ends.",
    ),
    ("higher number first", "", "Whether a higher number is the better priority; otherwise a lower one is."),
    (
        "one level up after waiting",
        "",
        "Aging: a ready thread becomes one level better each time that it has waited this long, so that nobody starves.",
    ),
    (
        "preempted keep their place",
        "",
        "Whether a thread that lost its core goes to the head of its level instead of its tail.",
    ),
    (
        "levels: quantum × how many",
        "",
        "The levels from the top: how long a quantum is, and how many of them a thread may use before it goes down.",
    ),
    (
        "all to the top level every",
        "",
        "The boost: how often all threads return to the top level, so that nobody starves at the bottom.",
    ),
    (
        "stride of one ticket",
        "",
        "A thread with n tickets moves on by this number divided by n for each quantum that it runs.",
    ),
    ("latency", "", "The time in which every ready thread shall run once; it is divided among them by weight."),
    ("shortest slice", "", "No slice is shorter than this, however many threads are ready."),
    ("wake-up granularity", "", "How far a thread that wakes up must be behind to take the core at once."),
    ("tick", "", "The timer: slices end at multiples of this only; none: at any instant."),
    (
        "base slice",
        "",
        "How much running time a thread requests at once; it loses the core at the first tick after that.",
    ),
    (
        "run to parity",
        "",
        "Whether a thread keeps the core until it has had its share or its request, however early others' deadlines are.",
    ),
    ("ready queue", "one", "All cores take from one queue: nobody waits while a core is idle."),
    (
        "ready queue",
        "per core",
        "Each core has a queue of its own: threads stay on warm cores, but queues can become uneven.",
    ),
    ("idle cores take from others", "", "Whether a core without work takes a thread from the queue of another core."),
    (
        "from a core drawn at random",
        "",
        "Whether it takes from any core that has work, drawn by the seed; otherwise from the one with the most.",
    ),
    (
        "from the tail of its queue",
        "",
        "Whether it takes the thread that queued last, as work-stealing runtimes do; otherwise the first.",
    ),
    ("even out every", "", "How often threads move from the longest queue to the shortest; none: never."),
    ("costs", "textbook", "Switches, wake-ups and starts take no time, as in textbook exercises."),
    ("costs", "slow motion", "Switches and wake-ups take so long that they can be seen."),
    ("costs", "measured", "What switches and wake-ups took in real CPython on a real machine."),
    ("costs", "custom", "Each cost has a field of its own."),
    ("context switch", "", "From one thread to another on the same core: registers are saved and loaded."),
    ("more between processes", "", "What a switch costs in addition if the next thread is of another process."),
    (
        "migration to another core",
        "",
        "What a thread pays when it goes on where it did not run last: its data are not in that core's cache.",
    ),
    ("hand-off of the GIL", "", "From the release of the GIL until the signalled waiter is ready; 0 on a single core."),
    ("late timeout", "", "How much later than the switch interval a waiter for the GIL notices that its time is up."),
    ("end of I/O or sleep", "", "From the end of the wait until the thread is ready."),
    ("wake-up by a lock", "", "From the release of a lock, or an item in a queue, until the woken thread is ready."),
    ("wake-up by a pipe", "", "From the arrival of a message until its receiver is ready."),
    ("wake-up by input", "", "From the answer of the user until the thread is ready."),
    ("start of a thread", "", "How long it takes to start a thread."),
    ("start of a process", "", "How long it takes to start a process."),
    ("message", "", "What each message through a pipe costs, whatever its size."),
    ("more per KiB", "", "What a message costs in addition for each 1,024 bytes."),
    ("starts", "0", "It is there from the start."),
    ("starts", "1", "It comes at an instant of the run."),
    ("starts", "2", "It comes when the program of another one starts it."),
    ("at", "", "The instant at which it comes."),
    (
        "runtime",
        "cpython",
        "Python 3.2 and later: one thread at a time runs Python, and waiters ask for the GIL after the switch interval.",
    ),
    ("runtime", "several", "Each interpreter of the process has a GIL of its own, as Python 3.12 made possible."),
    (
        "runtime",
        "free",
        "Python 3.13 and later built without a GIL: threads run Python at the same time, each a little slower.",
    ),
    (
        "runtime",
        "2",
        "The holder releases the GIL after so many ticks, and often takes it again before the woken thread comes.",
    ),
    ("runtime", "native", "A program without an interpreter: nothing but cores and locks can make a thread wait."),
    (
        "switch interval",
        "",
        "How long a thread waits for the GIL before it asks the holder to drop it; Python's own is 5 ms.",
    ),
    (
        "check interval",
        "",
        "After how many ticks of bytecode the holder releases the GIL and takes it again; Python 2's own is 100.",
    ),
    ("slower by", "", "What a thread pays for running without a GIL: all of its Python takes longer by this part."),
    (
        "lock release",
        "",
        "A woken waiter may find the lock taken again; from Python 3.14 one that waited 1 ms is handed the lock.",
    ),
    (
        "lock release",
        "3.14",
        "A thread that has waited for 1 ms or more is handed the lock itself, so that nobody can take it before.",
    ),
    ("may run on", "", "The cores that the scheduler may give to this thread."),
    ("nice", "", "-20 to 19: each step is about a tenth of the processor's time; lower is more."),
    ("priority", "", "The policy gives the core to the best of those that are ready."),
    ("tickets", "", "Its share of the cores: twice as many tickets, twice as much time."),
    ("interpreter", "", "Which interpreter of the process runs it; threads of different ones do not share a GIL."),
    ("count", "", "How many threads may be inside of the semaphore at once."),
    ("parties", "", "How many threads must arrive at the barrier before all go on."),
    ("capacity", "", "How many items fit: whoever puts one more waits until somebody gets one."),
];
