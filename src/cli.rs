//! The same engine on a terminal: `gilscope run`, `check`, `link`, `presets`.
//!
//! Exit codes: 0; 1 the scenario is refused, with the reason on stderr; 2 wrong usage.

use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use gilscope::engine::{Ending, Run};
use gilscope::interop::{chrome, csv, gantt, json, picture, python, summary};
use gilscope::metrics;
use gilscope::scenario::{Scenario, json as scenario_json, link, presets};
use gilscope::time::{Dur, MAX_NS, Time};

/// How far a scenario with an endless loop is run if nobody says how far.
const ENDLESS_UNTIL: Time = Time::from_ms(10_000);

/// The most columns of a chart; the step is chosen so that it fits.
const CHART_COLUMNS: u64 = 100;

/// Simulates how a computer runs threads, and CPython's GIL.
#[derive(Debug, Parser)]
#[command(name = "gilscope", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs a scenario and prints what happened.
    Run {
        #[command(flatten)]
        scenario: ScenarioArg,
        /// Up to here: 2s, 500 ms, 20000us. Without it a scenario runs to its ending; one with an endless loop to 10 s.
        #[arg(long, value_name = "TIME")]
        until: Option<Dur>,
        /// What is printed.
        #[arg(long, value_enum, default_value_t = Format::Gantt)]
        format: Format,
        /// Which table is printed as CSV.
        #[arg(long, value_enum, default_value_t = Table::Segments)]
        what: Table,
    },
    /// Checks a scenario: says nothing but its size if it can run, and why if it cannot.
    Check {
        #[command(flatten)]
        scenario: ScenarioArg,
    },
    /// Prints the fragment of a link that holds the scenario, to be put behind the page's address.
    Link {
        #[command(flatten)]
        scenario: ScenarioArg,
    },
    /// Prints the names of the presets, each with a tab and its title behind it.
    Presets,
}

#[derive(Debug, clap::Args)]
struct ScenarioArg {
    /// A JSON file, “-” for standard input, a link, or preset:NAME.
    #[arg(value_name = "SCENARIO")]
    scenario: String,
}

/// What `run` prints.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A chart with one row per core, GIL and thread.
    Gantt,
    /// How it ended and where the time went, in tables.
    Summary,
    /// Everything, for scripts.
    Json,
    /// A trace for ui.perfetto.dev, speedscope.app and chrome://tracing.
    Chrome,
    /// The picture of the page, at the end of the run or at --until.
    Svg,
    /// A table; see --what.
    Csv,
    /// A program that does the same with real threads, to check the prediction on this machine.
    Python,
}

/// Tables of a run.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Table {
    /// Each stretch of each lane.
    Segments,
    /// Everything that happened.
    Events,
    /// Where the time went.
    Numbers,
}

/// Runs the command line.
pub(crate) fn main() -> ExitCode {
    match answer(Cli::parse().command) {
        Ok(text) => print(&text),
        Err(reason) => {
            // If not even this can be written there is nobody to tell.
            let _ = writeln!(io::stderr(), "gilscope: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// What a command prints, or why the scenario is refused.
fn answer(command: Command) -> Result<String, String> {
    match command {
        Command::Run { scenario, until, format, what } => Ok(run(&read(&scenario.scenario)?, until, format, what)),
        Command::Check { scenario } => Ok(size(&read(&scenario.scenario)?)),
        Command::Link { scenario } => {
            let link = link::share(&read(&scenario.scenario)?).map_err(|e| e.to_string())?;
            Ok(format!("#s={link}\n"))
        }
        Command::Presets => Ok(presets::all().iter().map(|p| format!("{}\t{}\n", p.name, p.title)).collect()),
    }
}

/// Writes to stdout. A reader that has seen enough, such as `head`, is no error.
fn print(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) if e.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(e) => {
            let _ = writeln!(io::stderr(), "gilscope: cannot write: {e}");
            ExitCode::FAILURE
        }
    }
}

/// The scenario that an argument names.
fn read(arg: &str) -> Result<Scenario, String> {
    if let Some(name) = arg.strip_prefix("preset:") {
        let preset = presets::by_name(name);
        return preset
            .map(presets::Preset::scenario)
            .ok_or_else(|| format!("there is no preset “{name}”; `gilscope presets` lists them"));
    }
    // A file may be called gs1.json.
    let is_file = Path::new(arg).is_file();
    if !is_file && (arg.starts_with("gs1.") || arg.contains("#s=")) {
        return link::decode(arg).map_err(|e| e.to_string());
    }
    let text = if arg == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(arg)
    };
    let name = if arg == "-" { "standard input" } else { arg };
    let text = text.map_err(|e| format!("cannot read {name}: {e}"))?;
    scenario_json::from_str(&text).map_err(|e| format!("{name}: {e}"))
}

/// What can run, in one line.
fn size(scenario: &Scenario) -> String {
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let cores = count(usize::from(scenario.computer.cores), "core", "cores");
    let processes = count(scenario.processes.len(), "process", "processes");
    let threads = count(scenario.threads().count(), "thread", "threads");
    format!("OK: {cores}, {processes}, {threads}\n")
}

fn run(scenario: &Scenario, given: Option<Dur>, format: Format, what: Table) -> String {
    let endless = scenario.is_endless();
    let until = match given {
        Some(until) => Time::ZERO + until,
        None if endless => ENDLESS_UNTIL,
        None => Time::from_ns(MAX_NS),
    };
    let mut run = Run::new(scenario);
    run.extend_to(until);
    match format {
        Format::Gantt => chart(&run, metrics::horizon(&run, until)),
        Format::Summary => titled(scenario, &summary::render(&run, until)),
        Format::Json => json::to_string(&run, until) + "\n",
        Format::Chrome => chrome::render(&run, until),
        Format::Svg => picture::svg(scenario.clone(), metrics::horizon(&run, until)),
        Format::Csv => match what {
            Table::Segments => csv::segments(&run, until),
            Table::Events => csv::events(&run, until),
            Table::Numbers => csv::numbers(&run, until),
        },
        Format::Python => python::render(scenario, &run, until),
    }
}

/// A text below the title of its scenario.
fn titled(scenario: &Scenario, text: &str) -> String {
    if scenario.title.is_empty() { text.to_owned() } else { format!("{}\n{text}", scenario.title) }
}

fn chart(run: &Run, until: Time) -> String {
    let step = step_for(until.since(Time::ZERO));
    let goes_on = match run.ending() {
        Some(Ending::LimitReached(_)) | None => "; cut there, the scenario goes on",
        Some(_) => "",
    };
    format!(
        "0 ms to {until:.3}, one column is {step}{goes_on}\n{}\n{}\n",
        gantt::render(run, Time::ZERO, until, step),
        gantt::KEY
    )
}

/// The shortest step of 1, 2 or 5 times a power of ten at which a chart of this length fits.
fn step_for(length: Dur) -> Dur {
    let steps = (0..=17).flat_map(|power| [1, 2, 5].map(|n| n * 10_u64.pow(power)));
    let fits = |step: &u64| length.ns().div_ceil(*step) <= CHART_COLUMNS;
    Dur::from_ns(steps.into_iter().find(fits).unwrap_or(MAX_NS))
}
