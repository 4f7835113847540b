//! The engine against references that nobody here wrote: `cargo test --test reference`.
//!
//! Reads all cases from `tests/reference/`, or from the folder that `GILSCOPE_REFERENCE` names, runs each through the
//! engine's public interface and prints per file how many were read, met, off and skipped, and why. Fails if a case is off
//! and if there was none. One module per file format; what they share is a builder of scenarios (`build`), a reader of runs
//! (`timeline`) and the form of a verdict (`verdict`). The verdicts also become the page “Is it true?” (`page`): the one of the
//! site is in `static/`, must be as it would be written now, and is renewed with `UPDATE_EXPECT=1`. With
//! `GILSCOPE_REFERENCE_PAGE` set to a folder, it is written there as well.

mod about;
mod build;
mod cases;
mod cpython;
mod cpython2;
mod errors;
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
mod told;
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
    let given = std::env::var_os("GILSCOPE_REFERENCE").map(PathBuf::from);
    let folder = given.clone().unwrap_or_else(|| root().join("tests/reference"));
    let files: Vec<_> = FILES.iter().map(|(name, compare)| report::read(&folder, name, *compare)).collect();
    let report = report::Report { files };
    print!("{report}");
    let page = match pages(&report, given.is_none()) {
        Ok(()) => true,
        Err(why) => {
            println!("\n{why}");
            false
        }
    };
    let passed = report.passed();
    println!("\n{} finished in {:.2}s\n", report.closing_line(), start.elapsed().as_secs_f64());
    if passed && page { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Writes the page where it is asked for, and sees whether the site's is as it would be written now.
fn pages(report: &report::Report, of_the_site: bool) -> Result<(), String> {
    let write = |folder: &Path| {
        page::write(folder, report).map_err(|why| format!("The page cannot be written to {}: {why}", folder.display()))
    };
    if let Some(folder) = std::env::var_os("GILSCOPE_REFERENCE_PAGE") {
        write(Path::new(&folder))?;
    }
    let site = root().join("static");
    if !of_the_site || page::is_current(&site, report) {
        return Ok(());
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        return write(&site);
    }
    Err("static/is-it-true.html is not what would be written now: UPDATE_EXPECT=1 cargo test --test reference renews it"
        .to_owned())
}
