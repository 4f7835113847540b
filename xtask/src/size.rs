//! How much a first visit downloads.

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::Path;

/// The most that a first visit should download, in bytes after `gzip -9`.
pub(crate) const BUDGET: usize = 220_000;
/// What fails the test. While the page is over its budget this stands just above what it weighs, so that it cannot grow
/// unseen; it goes down with the page, and to the budget in the end.
const CEILING: usize = 690_000;
/// What the download should come down to, in bytes after `gzip -9`.
const AIM: usize = 150_000;

/// A file of the built page.
struct File {
    name: String,
    bytes: Vec<u8>,
}

/// The sizes of the files that a first visit downloads, in bytes.
#[derive(Debug, PartialEq)]
pub(crate) struct Sizes(Vec<Size>);

#[derive(Debug, PartialEq)]
struct Size {
    name: String,
    raw: usize,
    gzip: usize,
}

impl Sizes {
    /// Weighs the page in a directory: `index.html`, and each file that a file already counted names.
    ///
    /// # Errors
    ///
    /// The directory has no `index.html`, or cannot be read.
    pub(crate) fn of(dist: &Path) -> Result<Self> {
        let mut files = Vec::new();
        collect(dist, "", &mut files).with_context(|| format!("cannot read {}", dist.display()))?;
        let mut sizes = Vec::new();
        for file in first_visit(files)? {
            sizes.push(Size { raw: file.bytes.len(), gzip: gzip_length(&file.bytes)?, name: file.name });
        }
        sizes.sort_by(|a, b| b.gzip.cmp(&a.gzip).then_with(|| a.name.cmp(&b.name)));
        Ok(Self(sizes))
    }

    fn total(&self) -> usize {
        self.0.iter().map(|size| size.gzip).sum()
    }

    /// One line for each file, and the sum beside the budget.
    pub(crate) fn table(&self) -> String {
        let width = self.0.iter().map(|size| size.name.len()).max().unwrap_or(0).max(20);
        let mut table = format!("    {:<width$} {:>9} {:>9}\n", "a first visit downloads", "raw B", "gzip -9 B");
        for Size { name, raw, gzip } in &self.0 {
            table += &format!("    {name:<width$} {raw:>9} {gzip:>9}\n");
        }
        let raw: usize = self.0.iter().map(|size| size.raw).sum();
        let total = self.total();
        let verdict = match total.checked_sub(BUDGET) {
            None | Some(0) => String::new(),
            Some(over) => format!(": OVER BUDGET by {over}, fails above {CEILING}"),
        };
        table + &format!("    {:<width$} {raw:>9} {total:>9}  budget {BUDGET}, aim {AIM}{verdict}", "total")
    }

    /// # Errors
    ///
    /// The page is over the ceiling.
    pub(crate) fn check(&self) -> Result<()> {
        match self.total().checked_sub(CEILING) {
            None | Some(0) => Ok(()),
            Some(over) => bail!("the download is {over} bytes over its ceiling of {CEILING}"),
        }
    }
}

fn collect(dir: &Path, prefix: &str, files: &mut Vec<File>) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push(File { bytes: fs::read(entry.path())?, name });
        }
    }
    Ok(())
}

/// `index.html` and whatever is named, directly or not, in it. A name that stands there for another reason counts
/// too: the sum errs on the safe side. Another page is only linked: who follows the link visits that.
fn first_visit(mut files: Vec<File>) -> Result<Vec<File>> {
    let index = files.iter().position(|file| file.name == "index.html").context("there is no index.html")?;
    let mut counted = vec![files.swap_remove(index)];
    files.retain(|file| !file.name.ends_with(".html"));
    let mut next = 0;
    while next < counted.len() {
        let (named, rest) = files.into_iter().partition(|file| names(&counted[next].bytes, &file.name));
        files = rest;
        counted.extend::<Vec<File>>(named);
        next += 1;
    }
    Ok(counted)
}

fn names(bytes: &[u8], path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).as_bytes();
    bytes.windows(name.len()).any(|window| window == name)
}

fn gzip_length(bytes: &[u8]) -> Result<usize> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    Ok(gzip.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> File {
        File { name: name.into(), bytes: text.into() }
    }

    #[test]
    fn a_first_visit_downloads_what_is_named_directly_or_not() {
        let files = vec![
            file("embed.js", "for other pages"),
            file("a_bg.wasm", "\0asm about.html"),
            file("about.html", "<link rel=stylesheet href=about.css>"),
            file("about.css", "for the other page"),
            file("index.html", "<script src=./load.js></script><link href=./icons/icon.svg>"),
            file("load.js", "import './a.js'"),
            file("a.js", "fetch('a_bg.wasm')"),
            file("icons/icon.svg", "<svg/>"),
        ];
        let mut names: Vec<_> = first_visit(files).unwrap().into_iter().map(|file| file.name).collect();
        names.sort();
        assert_eq!(names, ["a.js", "a_bg.wasm", "icons/icon.svg", "index.html", "load.js"]);
        assert!(first_visit(vec![file("a.js", "")]).is_err());
    }

    #[test]
    fn the_table_has_a_line_for_each_file_and_the_sum() {
        let sizes = Sizes(vec![
            Size { name: "a.wasm".into(), raw: 300, gzip: 100 },
            Size { name: "index.html".into(), raw: 20, gzip: 15 },
        ]);
        let table = sizes.table();
        let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[1], ["a.wasm", "300", "100"]);
        assert_eq!(lines[2], ["index.html", "20", "15"]);
        assert_eq!(lines[3][..3], ["total", "320", "115"]);
    }

    #[test]
    fn the_ceiling_holds_to_the_byte_and_a_missed_budget_is_said() {
        let sizes = |gzip| Sizes(vec![Size { name: "a".into(), raw: gzip, gzip }]);
        assert!(sizes(CEILING).check().is_ok());
        assert!(sizes(CEILING + 1).check().unwrap_err().to_string().contains("1 bytes over"));
        assert!(!sizes(BUDGET).table().contains("OVER"));
        assert!(sizes(BUDGET + 1).table().contains("OVER BUDGET by 1,"));
    }

    #[test]
    fn text_that_repeats_weighs_little() {
        assert!(gzip_length(&[b'a'; 100_000]).unwrap() < 200);
    }
}
