//! The page “Is it true?”: every case, what it expects, what the engine says and how far that is off, with small pictures.
//! Plain HTML, a style sheet beside it, no script. Written when `GILSCOPE_REFERENCE_PAGE` names a folder for it.

use std::fmt::Write;
use std::path::Path;

use crate::pictures::{gantt, range};
use crate::report::{Case, File, Outcome, Report};
use crate::verdict::{Comparison, Row};

/// Writes `is-it-true.html` and `is-it-true.css` into a folder.
pub(crate) fn write(folder: &Path, report: &Report) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("is-it-true.css"), include_str!("page.css"))?;
    std::fs::write(folder.join("is-it-true.html"), html(report))
}

const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<title>Is it true? – gilscope</title>
<link rel=\"stylesheet\" href=\"is-it-true.css\">
<main>
<h1>Is it true?</h1>
<p>gilscope shows what a model predicts. Here is that model held against references that its authors did not write: worked
examples from textbooks, other simulators, published measurements, and runs of real CPython and of the Linux kernel. Each case
was run through the same engine that draws the page, with nothing tuned for it. <code>cargo test --test reference</code> does
the same again and fails if a case is off.</p>
<p>In pictures of cores the upper lane is what the reference says, the lower one what the engine says. In pictures of figures
the band is what is allowed, the line is the reference, the dot the engine.</p>
";

fn html(report: &Report) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("<table class=\"files\"><tr><th>file<th>cases<th>met<th>off<th>skipped</tr>\n");
    for file in &report.files {
        let Some([read, met, off, skipped]) = file.counts() else { continue };
        let _ = writeln!(
            page,
            "<tr><td><a href=\"#{0}\">{0}</a><td>{read}<td>{met}<td>{off}<td>{skipped}</tr>",
            escape(&file.name)
        );
    }
    page.push_str("</table>\n");
    for file in &report.files {
        section(&mut page, file);
    }
    page.push_str("</main>\n");
    page
}

fn section(page: &mut String, file: &File) {
    let Some(Ok(cases)) = &file.cases else { return };
    let _ = writeln!(page, "<section id=\"{0}\"><h2>{0}</h2>", escape(&file.name));
    for case in cases {
        one(page, case);
    }
    page.push_str("</section>\n");
}

fn one(page: &mut String, case: &Case) {
    let id = escape(&case.id);
    match &case.outcome {
        Outcome::Skipped(why) => {
            let _ = writeln!(page, "<p class=\"skipped\">{id}: not compared. {}</p>", escape(why));
        }
        Outcome::Compared(comparison) => compared(page, &id, &case.source, comparison),
    }
}

fn compared(page: &mut String, id: &str, source: &str, comparison: &Comparison) {
    let met = comparison.rows.iter().filter(|r| r.met).count();
    let (all, verdict) = (comparison.rows.len(), if met == comparison.rows.len() { "met" } else { "off" });
    let _ = write!(page, "<details class=\"{verdict}\"><summary>{id}: {verdict}, {met} of {all}");
    if let Some(worst) = comparison.rows.iter().filter_map(error).max_by(f64::total_cmp) {
        let _ = write!(page, "; largest error {:.0} % of what is allowed", worst * 100.0);
    }
    let _ = writeln!(page, "</summary>\n<p>{}</p>", escape(source));
    if let Some((expected, simulated)) = &comparison.timelines {
        page.push_str(&gantt(expected, simulated));
    }
    page.push_str("<table><tr><th>what<th>reference<th>gilscope<th>allowed<th></tr>\n");
    for row in &comparison.rows {
        let Row { what, expected, simulated, tolerance, .. } = row;
        let allowed = if tolerance.is_empty() { "the same" } else { tolerance };
        let picture = row.figures.as_ref().map(range).unwrap_or_default();
        let _ = writeln!(
            page,
            "<tr class=\"{}\"><td>{}<td>{}<td>{}<td>{}<td>{picture}</tr>",
            if row.met { "met" } else { "off" },
            escape(what),
            escape(expected),
            escape(simulated),
            escape(allowed)
        );
    }
    page.push_str("</table></details>\n");
}

/// How much of what is allowed a figure is off, where anything is.
fn error(row: &Row) -> Option<f64> {
    let f = row.figures.as_ref()?;
    let allowed = if f.simulated < f.expected { f.expected - f.range.0 } else { f.range.1 - f.expected };
    (allowed > 0.0).then(|| (f.simulated - f.expected).abs() / allowed)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
