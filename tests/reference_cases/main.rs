//! The engine against references that nobody here wrote: `cargo test --test reference`.
//!
//! Reads all cases from `tests/reference/`, or from the folder that `GILSCOPE_REFERENCE` names, runs each through the
//! engine's public interface and prints per file how many were read, met, off and skipped, and why. Fails if a case is off
//! and if there was none. One module per file format; what they share is a builder of scenarios (`build`), a reader of runs
//! (`timeline`) and the form of a verdict (`verdict`). With `GILSCOPE_REFERENCE_PAGE` set to a folder, the verdicts also become
//! the page “Is it true?” there.

mod build;
mod cpython;
mod cpython2;
mod fair;
mod gantt;
mod linux;
mod ostep_lottery;
mod ostep_mlfq;
mod ostep_multi;
mod ostep_process_run;
mod page;
mod pictures;
mod programs;
mod proportional;
mod published;
mod report;
mod textbooks;
mod timeline;
mod utilization;
mod verdict;
mod warmth;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use verdict::Compare;

/// The files and who reads their cases, in the order of the report.
const FILES: [(&str, Compare); 11] = [
    ("textbooks.json", textbooks::compare),
    ("ostep-sched.json", gantt::compare),
    ("ostep-lottery.json", ostep_lottery::compare),
    ("ostep-mlfq.json", ostep_mlfq::compare),
    ("ostep-multi.json", ostep_multi::compare),
    ("ostep-process-run.json", ostep_process_run::compare),
    ("linux-measured.json", linux::compare),
    ("cpython/cpython.json", cpython::compare),
    ("cpython/free_threaded.json", cpython::compare),
    ("cpython/cpython2.json", cpython2::compare),
    ("published.json", published::compare),
];

fn main() -> ExitCode {
    // Flags of the usual test runner, such as --nocapture, change nothing here.
    if std::env::args().any(|arg| arg == "--list") {
        println!("reference: test");
        return ExitCode::SUCCESS;
    }
    let start = Instant::now();
    let folder = std::env::var_os("GILSCOPE_REFERENCE")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference"), PathBuf::from);
    let files: Vec<_> = FILES.iter().map(|(name, compare)| report::read(&folder, name, *compare)).collect();
    let report = report::Report { files };
    print!("{report}");
    if let Some(folder) = std::env::var_os("GILSCOPE_REFERENCE_PAGE")
        && let Err(why) = page::write(Path::new(&folder), &report)
    {
        println!("The page cannot be written: {why}");
        return ExitCode::FAILURE;
    }
    let passed = report.passed();
    println!("\n{} finished in {:.2}s\n", report.closing_line(), start.elapsed().as_secs_f64());
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
