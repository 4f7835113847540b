//! Moves the inline scripts that Trunk writes into the page to files of their own, since the page's
//! Content-Security-Policy allows no inline script.
//!
//! Trunk calls this as its `post_build` hook, on each build and, while it serves, on each rebuild. Served pages also
//! get Trunk's reload script; for it alone, the policy then admits a WebSocket.

use anyhow::{Context, Result, ensure};
use flate2::Crc;
use std::env;
use std::fs;
use std::path::PathBuf;

/// What the environment calls the address that `cargo xtask serve` serves at.
pub(crate) const ADDRESS_VAR: &str = "GILSCOPE_ADDRESS";

const STRICT_CONNECT: &str = "connect-src 'self'";
const SERVED_CONNECT: &str = "connect-src 'self' ws:";
/// Left by Trunk in its reload script; its server fills it in, but only inside of HTML.
const RELOAD_ADDRESS: &str = "'{{__TRUNK_ADDRESS__}}'";
const RELOAD_BASE: &str = "{{__TRUNK_WS_BASE__}}";

/// A page without inline scripts, and the scripts it had.
#[derive(Debug, PartialEq)]
struct Page {
    html: String,
    scripts: Vec<Script>,
}

#[derive(Debug, PartialEq)]
struct Script {
    /// A file name that holds a checksum of the text, so that it may be cached forever.
    name: String,
    text: String,
}

pub(crate) fn main(mut args: lexopt::Parser) -> Result<()> {
    if let Some(arg) = args.next()? {
        return Err(arg.unexpected().into());
    }
    let dir = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).context("TRUNK_STAGING_DIR is not set")?;
    let path = dir.join("index.html");
    let html = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let page = finish(&html)?;
    for script in &page.scripts {
        fs::write(dir.join(&script.name), &script.text).with_context(|| format!("cannot write {}", script.name))?;
    }
    fs::write(&path, &page.html).with_context(|| format!("cannot write {}", path.display()))?;
    if let Ok(address) = env::var(ADDRESS_VAR) {
        println!("\n==> built. The page is at {address}  (it reloads on change; Ctrl+C stops)\n");
    }
    Ok(())
}

/// Moves inline scripts out and, if the page is to be served by Trunk, lets its reload script connect.
fn finish(html: &str) -> Result<Page> {
    ensure!(html.contains(STRICT_CONNECT), "the page's Content-Security-Policy has no {STRICT_CONNECT}");
    let mut page = move_scripts(html)?;
    let mut served = false;
    for script in &mut page.scripts {
        served |= script.text.contains(RELOAD_ADDRESS);
        script.text = script.text.replace(RELOAD_ADDRESS, "window.location.host").replace(RELOAD_BASE, "/");
    }
    if served {
        page.html = page.html.replacen(STRICT_CONNECT, SERVED_CONNECT, 1);
    }
    Ok(page)
}

/// Replaces each inline script by a reference to a file with its text. Other markup, comments included, is kept.
fn move_scripts(html: &str) -> Result<Page> {
    let mut page = Page { html: String::with_capacity(html.len()), scripts: Vec::new() };
    let mut rest = html;
    while let Some(at) = ["<!--", "<script"].iter().filter_map(|mark| rest.find(mark)).min() {
        page.html += &rest[..at];
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            let end = rest.find("-->").context("a comment of the page has no end")? + "-->".len();
            page.html += &rest[..end];
            rest = &rest[end..];
            continue;
        }
        let open = rest.find('>').context("a script tag of the page has no end")?;
        let close = rest.find("</script>").context("a script of the page has no end")?;
        let (tag, text) = (&rest[..open], &rest[open + 1..close]);
        if tag.contains(" src=") {
            page.html += &rest[..close];
        } else {
            let name = format!("script-{:08x}.js", checksum(text));
            page.html += &format!("{tag} src=\"./{name}\">");
            page.scripts.push(Script { name, text: text.trim().to_owned() + "\n" });
        }
        page.html += "</script>";
        rest = &rest[close + "</script>".len()..];
    }
    page.html += rest;
    Ok(page)
}

fn checksum(text: &str) -> u32 {
    let mut crc = Crc::new();
    crc.update(text.as_bytes());
    crc.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "<meta content=\"default-src 'none'; connect-src 'self'; font-src 'self'\">";

    #[test]
    fn the_loader_moves_to_a_file_and_stays_a_module() {
        let html = format!("{POLICY}<script type=\"module\">\nimport init from './a.js';\n</script><body></body>");
        let page = finish(&html).unwrap();
        let [script] = &page.scripts[..] else { panic!("one script, not {:?}", page.scripts) };
        assert_eq!(script.text, "import init from './a.js';\n");
        assert_eq!(
            page.html,
            format!("{POLICY}<script type=\"module\" src=\"./{}\"></script><body></body>", script.name)
        );
    }

    #[test]
    fn the_name_follows_the_text() {
        let name = |text: &str| move_scripts(&format!("<script>{text}</script>")).unwrap().scripts[0].name.clone();
        assert_eq!(name("a()"), name("a()"));
        assert_ne!(name("a()"), name("b()"));
    }

    #[test]
    fn files_and_comments_stay_as_they_are() {
        let html = "<!-- <script>no()</script> --><script src=\"./x.js\" defer></script><p>";
        assert_eq!(move_scripts(html).unwrap(), Page { html: html.into(), scripts: vec![] });
    }

    #[test]
    fn only_a_served_page_may_open_a_websocket() {
        let reload = "<script>const a = '{{__TRUNK_ADDRESS__}}' + '{{__TRUNK_WS_BASE__}}';</script>";
        let served = finish(&format!("{POLICY}{reload}")).unwrap();
        assert!(served.html.contains("connect-src 'self' ws:; font-src"), "{}", served.html);
        assert_eq!(served.scripts[0].text, "const a = window.location.host + '/';\n");
        let built = finish(POLICY).unwrap();
        assert_eq!(built.html, POLICY);
    }

    #[test]
    fn a_damaged_page_is_refused() {
        assert!(finish("<p>no policy</p>").is_err());
        assert!(finish(&format!("{POLICY}<script>a()")).is_err());
        assert!(finish(&format!("{POLICY}<!-- never closed")).is_err());
    }
}
