//! The cases of a file on the page: measured ones as a table of figures, exact ones each with a picture of the cores.

use std::fmt::Write;

use crate::about::About;
use crate::errors::{Error, figure};
use crate::page::escape;
use crate::pictures::{COLOURS, dot, gantt};
use crate::report::{Case, Outcome};
use crate::verdict::{Comparison, Row};

pub(crate) const FIGURES_HEAD: &str = "<thead><tr><th scope=\"col\">figure<th scope=\"col\">reference<th scope=\"col\">gilscope<th \
                                       scope=\"col\">allowed<th scope=\"col\">of the allowed</tr></thead>\n";

/// All cases of a file, folded up where they are exact and none is off.
pub(crate) fn section(page: &mut String, anchor: &str, about: &About, cases: &[Case]) {
    let off = cases.iter().any(Case::is_off);
    let open = if off || !about.exact { " open" } else { "" };
    let count = cases.len();
    let _ = writeln!(
        page,
        "<details{open}><summary><h3>{}</h3> <span>{count} cases</span></summary>\n<p id=\"{anchor}\">{}",
        about.title, about.what
    );
    let source = common_source(cases);
    if let Some(source) = source {
        let _ = write!(page, " Source: {}.", escape(source));
    }
    page.push_str("</p>\n");
    if about.exact {
        legend(page);
        page.push_str("<div class=\"grid\">\n");
        cases.iter().for_each(|case| exact(page, case, source.is_none()));
        page.push_str("</div>\n");
    } else {
        page.push_str("<div class=\"wide\"><table class=\"figures\">");
        page.push_str(FIGURES_HEAD);
        // A source stands at the first of the cases in a row that have it.
        let mut before = source.unwrap_or_default();
        for case in cases {
            measured(page, case, case.source != before);
            before = &case.source;
        }
        page.push_str("</table></div>\n");
    }
    page.push_str("</details>\n");
}

fn common_source(cases: &[Case]) -> Option<&str> {
    let first = cases.first()?.source.as_str();
    (!first.is_empty() && cases.iter().all(|c| c.source == first)).then_some(first)
}

fn legend(page: &mut String) {
    page.push_str("<p class=\"note\">One lane per core, drawn once where reference and engine agree everywhere; else the reference is above. Times in \
        the unit of the case. Jobs:");
    for job in 0..COLOURS {
        let _ = write!(page, " <i class=\"chip{job}\">{job}</i>");
    }
    page.push_str("</p>\n");
}

/// What a tolerance is called.
pub(crate) fn allowed(row: &Row) -> String {
    let wide = row.figures.as_ref().is_some_and(|f| f.is_wide());
    let mark = if wide { " <small>more than itself</small>" } else { "" };
    tolerance(row) + mark
}

fn tolerance(row: &Row) -> String {
    match &row.figures {
        Some(f) if row.tolerance.contains(" to ") => format!("{} to {}", figure(f.range.0), figure(f.range.1)),
        Some(f) if row.tolerance.starts_with('±') => format!("± {}", figure(f.range.1 - f.expected)),
        _ if row.tolerance.is_empty() => "the same".to_owned(),
        _ => escape(&row.tolerance),
    }
}

fn measured(page: &mut String, case: &Case, with_source: bool) {
    let (id, told) = (escape(&case.id), escape(&case.told));
    let _ =
        write!(page, "<tbody><tr class=\"case\"><th scope=\"rowgroup\" colspan=\"5\"><b>{id}</b> <span>{told}</span>");
    if with_source && !case.source.is_empty() && !case.source.starts_with("real CPython") {
        let _ = write!(page, " <span>{}</span>", escape(&case.source));
    }
    page.push_str("</tr>\n");
    if let Outcome::Skipped(why) = &case.outcome {
        let _ = writeln!(page, "<tr><td colspan=\"5\">not compared: {}</tr>", escape(why));
    }
    for row in case.rows() {
        line(page, row);
    }
    page.push_str("</tbody>\n");
}

fn line(page: &mut String, row: &Row) {
    let number = |of: fn(&crate::verdict::Figures) -> f64, words: &str| {
        row.figures.as_ref().filter(|_| row.met).map_or_else(|| escape(words), |f| figure(of(f)))
    };
    let _ = writeln!(
        page,
        "<tr{}><th scope=\"row\">{}<td>{}<td>{}<td>{}<td>{}</tr>",
        if row.met { "" } else { " class=\"off\"" },
        escape(&row.what),
        number(|f| f.expected, &row.expected),
        number(|f| f.simulated, &row.simulated),
        allowed(row),
        Error::of(row).map(dot).unwrap_or_default()
    );
}

fn exact(page: &mut String, case: &Case, with_source: bool) {
    let (id, told) = (escape(&case.id), escape(&case.told));
    let _ = write!(page, "<article><h4>{id}</h4><p class=\"told\">{told}");
    if with_source {
        let _ = write!(page, "<br>{}", escape(&case.source));
    }
    page.push_str("</p>\n");
    match &case.outcome {
        Outcome::Skipped(why) => {
            let _ = writeln!(page, "<p>Not compared: {}.</p>", escape(why));
        }
        Outcome::Compared(comparison) => compared(page, comparison),
    }
    page.push_str("</article>\n");
}

fn compared(page: &mut String, comparison: &Comparison) {
    if let Some((expected, simulated)) = &comparison.timelines {
        page.push_str(&gantt(&expected.merged(), &simulated.merged()));
    }
    let (met, off): (Vec<&Row>, Vec<&Row>) = comparison.rows.iter().partition(|row| row.met);
    if !off.is_empty() {
        page.push_str("<div class=\"wide\"><table class=\"figures\">");
        page.push_str(FIGURES_HEAD);
        off.into_iter().for_each(|row| line(page, row));
        page.push_str("</table></div>\n");
    }
    the_same(page, &met);
}

/// What is the same, folded up.
fn the_same(page: &mut String, met: &[&Row]) {
    let _ = write!(page, "<details class=\"same\"><summary>{} the same</summary>", met.len());
    let mut before = "";
    for (i, row) in met.iter().enumerate() {
        // “job 0: finish” and “job 0: response” share their beginning.
        let (about, what) = row.what.split_once(": ").unwrap_or(("", &row.what));
        let again = !about.is_empty() && about == before;
        let join = match i {
            0 => "",
            _ if again => ", ",
            _ => "; ",
        };
        let prefix = if again || about.is_empty() { String::new() } else { format!("{}: ", escape(about)) };
        let _ = write!(page, "{join}{prefix}{} {}", escape(what), escape(&row.simulated));
        before = about;
    }
    page.push_str("</details>\n");
}
