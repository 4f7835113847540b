//! Photographs the built page: each link, at each size, in each theme. `cargo xtask shots` calls it.

use anyhow::{Context, Result, bail, ensure};
use browser::{Options, Page, Point, Site};
use lexopt::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

const USAGE: &str = "\
cargo xtask shots [--no-build] [flags]

  --hash TEXT         fragment of the link, without '#': 'preset=G3&t=12.0ms' (repeatable; default: none)
  --query TEXT        query of the link, without '?': 'embed&mode=view'
  --size WxH          size of the window in CSS pixels (repeatable; default 1440x900)
  --light, --dark     theme (both may be given; default light)
  --all               sizes 1920x1080, 1440x900 and 390x844, light and dark
  --density N         device pixels for each CSS pixel (default 1)
  --still             prefer reduced motion
  --script JS         statements to run in the page before the picture; 'await' may be used
  --press KEYS        keys to press, one after the other, before the picture: 'h', 'Control+z'
  --drag X1,Y1,X2,Y2  drag from one place to another, and take the picture before letting go
  --drop              with --drag: let go before the picture
  --name TEXT         first part of the file names (default: made from the hash)
  --out DIR           where to put the pictures (default target/shots)

The pictures are named NAME-WIDTHxHEIGHT-THEME.png. Problems in the page are printed, and make the exit code 1.";

/// What is asked for on the command line.
struct Order {
    hashes: Vec<String>,
    query: String,
    sizes: Vec<(u32, u32)>,
    themes: Vec<bool>,
    density: f64,
    still: bool,
    script: Option<String>,
    press: Vec<String>,
    drag: Option<(Point, Point)>,
    drop: bool,
    name: Option<String>,
    out: PathBuf,
}

fn main() -> Result<()> {
    let Some(order) = read(lexopt::Parser::from_env())? else {
        println!("{USAGE}");
        return Ok(());
    };
    fs::create_dir_all(&order.out).with_context(|| format!("cannot create {}", order.out.display()))?;
    let out = order.out.canonicalize()?;
    let site = Site::start()?;
    let page = Page::open(&Options::default(), "about:blank")?;
    let mut clean = true;
    for hash in &order.hashes {
        for &(width, height) in &order.sizes {
            for &dark in &order.themes {
                let options =
                    Options { width, height, density: order.density, dark, still: order.still, forced: false };
                let theme = if dark { "dark" } else { "light" };
                let name = order.name.clone().unwrap_or_else(|| slug(hash));
                let file = out.join(format!("{name}-{width}x{height}-{theme}.png"));
                for problem in take(&page, &site, &order, hash, &options, &file)? {
                    clean = false;
                    eprintln!("{name}: {problem}");
                }
                println!("{}", file.display());
            }
        }
    }
    ensure!(clean, "the page has problems");
    Ok(())
}

/// Takes one picture. Returns the problems that the page had.
fn take(page: &Page, site: &Site, order: &Order, hash: &str, options: &Options, file: &Path) -> Result<Vec<String>> {
    // From another page: a change of the fragment alone would not start the page anew.
    page.goto("about:blank")?;
    page.become_like(options)?;
    let before = page.problems()?.len();
    let query = if order.query.is_empty() { String::new() } else { format!("?{}", order.query) };
    let fragment = if hash.is_empty() { String::new() } else { format!("#{hash}") };
    page.goto(&site.link(&(query + &fragment)))?;
    page.wait_ready()?;
    if let Some(script) = &order.script {
        page.script(&format!("return (async () => {{ {script} }})();"), &[])?;
    }
    for keys in &order.press {
        page.press_named(keys)?;
    }
    if let Some((from, to)) = order.drag {
        page.drag_and_hold(from, to)?;
        if order.drop {
            page.let_go()?;
        }
    }
    // The first frame takes up what was done, the second shows it.
    page.next_frame()?;
    page.next_frame()?;
    page.screenshot(file)?;
    let problems = page.problems()?.split_off(before);
    if order.drag.is_some() && !order.drop {
        page.let_go()?;
    }
    Ok(problems)
}

/// Reads the command line; `None` if only help is asked for.
fn read(mut args: lexopt::Parser) -> Result<Option<Order>> {
    let mut order = Order {
        hashes: Vec::new(),
        query: String::new(),
        sizes: Vec::new(),
        themes: Vec::new(),
        density: 1.0,
        still: false,
        script: None,
        press: Vec::new(),
        drag: None,
        drop: false,
        name: None,
        out: Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/shots"),
    };
    while let Some(arg) = args.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(None),
            Long("hash") => order.hashes.push(args.value()?.string()?.trim_start_matches('#').to_owned()),
            Long("query") => order.query = args.value()?.string()?.trim_start_matches('?').to_owned(),
            Long("size") => order.sizes.push(args.value()?.parse_with(size)?),
            Long("light") => order.themes.push(false),
            Long("dark") => order.themes.push(true),
            Long("all") => {
                order.sizes.extend([(1920, 1080), (1440, 900), (390, 844)]);
                order.themes.extend([false, true]);
            }
            Long("density") => order.density = args.value()?.parse()?,
            Long("still") => order.still = true,
            Long("script") => order.script = Some(args.value()?.string()?),
            Long("press") => order.press.push(args.value()?.string()?),
            Long("drag") => order.drag = Some(args.value()?.parse_with(places)?),
            Long("drop") => order.drop = true,
            Long("name") => order.name = Some(args.value()?.string()?),
            Long("out") => order.out = args.value()?.into(),
            other => bail!("{}\n\n{USAGE}", other.unexpected()),
        }
    }
    let Order { hashes, sizes, themes, .. } = &mut order;
    hashes.is_empty().then(|| hashes.push(String::new()));
    sizes.is_empty().then(|| sizes.push((1440, 900)));
    themes.is_empty().then(|| themes.push(false));
    Ok(Some(order))
}

fn size(text: &str) -> Result<(u32, u32)> {
    let (width, height) = text.split_once('x').context("a size looks like 1440x900")?;
    Ok((width.parse()?, height.parse()?))
}

fn places(text: &str) -> Result<(Point, Point)> {
    let numbers = text.split(',').map(|number| Ok(number.trim().parse()?)).collect::<Result<Vec<f64>>>()?;
    let [x1, y1, x2, y2] = numbers[..] else { bail!("a drag looks like 100,200,300,400") };
    Ok((Point { x: x1, y: y1 }, Point { x: x2, y: y2 }))
}

/// A hash as part of a file name.
fn slug(hash: &str) -> String {
    let kept: String =
        hash.chars().take(60).map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
    if kept.is_empty() { "start".to_owned() } else { kept }
}
