//! The page “Is it true?”: a summary, where it is worst, what is not modelled, how to do it again, and every case. Plain HTML,
//! a style sheet beside it, no script. It is in `static/`, and the site has it: `committed` compares.

use std::fmt::Write;
use std::path::Path;

use crate::about::{About, FILES, LIMITS, UNREFERENCED};
use crate::cases;
use crate::errors::{Error, figure};
use crate::pictures::{dot, strip};
use crate::report::{Case, File, Outcome, Report};
use crate::verdict::Row;

const HTML: &str = "is-it-true.html";
const CSS: &str = "is-it-true.css";

/// The style sheet, written by hand; only the page is generated.
const STYLE: &str = include_str!("../../static/is-it-true.css");

/// Writes the page and its style sheet into a folder.
pub(crate) fn write(folder: &Path, report: &Report) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join(CSS), STYLE)?;
    std::fs::write(folder.join(HTML), html(report))
}

/// Whether a folder has the page as it would be written now.
pub(crate) fn is_current(folder: &Path, report: &Report) -> bool {
    std::fs::read_to_string(folder.join(HTML)).is_ok_and(|text| text == html(report))
}

const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<title>Is it true? – gilscope</title>
<link rel=\"stylesheet\" href=\"is-it-true.css\">
<header><a href=\"./\">gilscope</a></header>
<main>
<h1>Is it true?</h1>
<p class=\"lede\">gilscope shows what a model predicts. Here the model is held against references that its authors did not invent:
textbooks, other simulators, published figures, and runs of real CPython and of the Linux kernel. Every case runs through the same
engine that draws the page, with the parameters that the case names and nothing tuned to make it fit.</p>
";

const HOW: &str = "<h2 id=\"again\">Do it again</h2>
<pre><code>cargo test --test reference</code></pre>
<p>reads every case, runs it, prints what is met and off, and fails if a case is off or if this page is not what it would write
now. Cases of your own, in the formats that <code>tests/reference/README.md</code> describes, give a page of your own:</p>
<pre><code>GILSCOPE_REFERENCE=cases GILSCOPE_REFERENCE_PAGE=page cargo test --test reference</code></pre>
";

fn html(report: &Report) -> String {
    let mut page = HEAD.to_owned();
    let files: Vec<(&File, &About, &[Case])> = FILES
        .iter()
        .filter_map(|(name, about)| {
            let file = report.files.iter().find(|f| f.name == *name)?;
            Some((file, about, file.cases.as_ref()?.as_ref().ok()?.as_slice()))
        })
        .collect();
    summary(&mut page, &files);
    not_compared(&mut page, &files);
    worst(&mut page, &files);
    page.push_str(
        "<h2 id=\"unreferenced\">Not held against anything</h2>\n<p>No reference covers these parts of the page. They are tested \
         against rules that their authors wrote down themselves, which shows that the engine does what was meant, not that it is \
         so.</p>\n",
    );
    list(&mut page, &UNREFERENCED);
    page.push_str("<h2 id=\"limits\">What is not modelled</h2>\n");
    list(&mut page, &LIMITS);
    page.push_str(HOW);
    page.push_str("<h2 id=\"cases\">Every case</h2>\n");
    for (file, about, list) in &files {
        cases::section(&mut page, &anchor(&file.name), about, list);
    }
    page.push_str("</main>\n");
    page
}

/// Terms, each with a sentence or two.
fn list(page: &mut String, terms: &[(&str, &str)]) {
    page.push_str("<dl class=\"limits\">\n");
    for (what, why) in terms {
        let _ = writeln!(page, "<div><dt>{what}<dd>{why}</div>");
    }
    page.push_str("</dl>\n");
}

fn summary(page: &mut String, files: &[(&File, &About, &[Case])]) {
    let counts = files.iter().filter_map(|(file, ..)| file.counts());
    let [read, met, off, skipped] = counts.fold([0; 4], |sum, one| std::array::from_fn(|i| sum[i] + one[i]));
    let (same, within) = files.iter().fold((0, 0), |(same, within), (_, about, list)| {
        let rows: usize = list.iter().map(|c| c.rows().len()).sum();
        if about.exact { (same + rows, within) } else { (same, within + rows) }
    });
    let _ = writeln!(
        page,
        "<dl class=\"totals\"><div><dt>cases met<dd>{met} <small>of {read}</small></div>\
         <div class=\"{}\"><dt>off<dd>{off}</div><div><dt>not compared<dd>{skipped}</div>\
         <div><dt>figures and lists compared<dd>{} <small>{same} exactly, {within} within a tolerance</small></div></dl>",
        if off > 0 { "off" } else { "none" },
        same + within
    );
    page.push_str(
        "<div class=\"wide\"><table class=\"files\"><thead><tr><th scope=\"col\">held against<th scope=\"col\">cases<th \
         scope=\"col\">met<th scope=\"col\">off<th scope=\"col\">not compared<th scope=\"col\">how far off</tr></thead>\n",
    );
    for (file, about, list) in files {
        let Some([read, met, off, skipped]) = file.counts() else { continue };
        let picture = if about.exact {
            let rows: usize = list.iter().map(|c| c.rows().len()).sum();
            format!("{rows} figures and lists, all {}the same", if off > 0 { "to be " } else { "" })
        } else {
            strip(list.iter().flat_map(Case::rows).filter_map(Error::of))
        };
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\"><a href=\"#{}\">{}</a><td>{read}<td>{met}<td>{off}<td>{skipped}<td>{picture}</tr>",
            anchor(&file.name),
            about.title
        );
    }
    page.push_str(
        "</table></div>\n<p class=\"note\">Each dot is a figure: on the line in the middle it is what the reference says, at the \
         edge of the band as far off as the case allows, to the right too large, to the left too small. Every tolerance came with its \
         case. “The same” is to the last digit that the reference gives.</p>\n",
    );
}

fn not_compared(page: &mut String, files: &[(&File, &About, &[Case])]) {
    for case in files.iter().flat_map(|(.., list)| *list) {
        if let Outcome::Skipped(why) = &case.outcome {
            let (id, source) = (escape(&case.id), escape(&case.source));
            let _ = writeln!(page, "<p class=\"note\">Not compared: {id} ({source}), because {}.</p>", escape(why));
        }
    }
}

/// The figures that come closest to what is allowed, or are beyond it.
fn worst(page: &mut String, files: &[(&File, &About, &[Case])]) {
    let measured = files.iter().filter(|(_, about, _)| !about.exact);
    let mut errors: Vec<_> = measured
        .flat_map(|(.., list)| *list)
        .flat_map(|case| case.rows().iter().filter_map(move |row| Some((Error::of(row)?, case, row))))
        .collect();
    errors.sort_by(|(a, ..), (b, ..)| b.size().total_cmp(&a.size()));
    let Some((median, ..)) = errors.get(errors.len() / 2) else { return };
    let _ = writeln!(
        page,
        "<h2 id=\"worst\">Where it is worst</h2>\n<p>Half of the figures with a tolerance use less than {:.0} % of it. {} These use most:</p>",
        median.size() * 100.0,
        wide(&errors.iter().map(|(.., row)| *row).collect::<Vec<_>>())
    );
    page.push_str("<div class=\"wide\"><table class=\"figures\">");
    page.push_str(cases::FIGURES_HEAD);
    for (error, case, row) in errors.iter().take(8) {
        let (Some(figures), id, what) = (&row.figures, escape(&case.id), escape(&row.what)) else { continue };
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\"><b>{id}</b> {what}<td>{}<td>{}<td>{}<td>{}</tr>",
            figure(figures.expected),
            figure(figures.simulated),
            cases::allowed(row),
            dot(*error)
        );
    }
    page.push_str("</table></div>\n");
}

/// How many figures may be off by more than their own size.
fn wide(rows: &[&Row]) -> String {
    let figures = rows.iter().filter_map(|row| row.figures.as_ref());
    match figures.filter(|f| f.is_wide()).count() {
        0 => String::new(),
        n => format!(
            "{n} of the {} may be off by more than their own size, and are marked: of those is tested that they are small, and \
             no more.",
            rows.len()
        ),
    }
}

fn anchor(name: &str) -> String {
    name.trim_end_matches(".json").replace(['/', '_'], "-")
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
