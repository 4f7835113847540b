//! The plain static server that the page is tested on: it knows nothing about the page but its policy.

use anyhow::{Context, Result, ensure};
use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The Content-Security-Policy that the page promises to live with. The page carries it too, in a `meta` element.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                          img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; frame-src 'self'; \
                          base-uri 'none'; form-action 'none'";

/// Where a course would put the page.
const COURSE: &str = "/course/gilscope/";

/// The longest head of a request that is read, in bytes.
const HEAD_LIMIT: u64 = 64 << 10;
/// Browsers open connections in advance; those that stay silent are closed.
const SILENCE: Duration = Duration::from_secs(10);

/// A server at 127.0.0.1 that serves one folder under one path, or one page, and nothing else. It ends when this is dropped.
pub struct Site {
    address: SocketAddr,
    path: String,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Site {
    /// Serves the built page under `/course/gilscope/`.
    ///
    /// # Errors
    ///
    /// The page is not built, or no port is free.
    pub fn start() -> Result<Self> {
        Self::start_under(COURSE)
    }

    /// Serves the built page under a path that starts and ends with `/`.
    ///
    /// # Errors
    ///
    /// The page is not built, no port is free, or the path has another form.
    pub fn start_under(path: &str) -> Result<Self> {
        ensure!(path.starts_with('/') && path.ends_with('/'), "'{path}' does not start and end with /");
        Self::serve(path, Content::Folder { dist: dist()?, open: false })
    }

    /// Serves the built page to frames that are sandboxed without `allow-same-origin`, too: with
    /// `Access-Control-Allow-Origin: *`, as GitHub Pages does.
    ///
    /// # Errors
    ///
    /// As [`Site::start`].
    pub fn start_open() -> Result<Self> {
        Self::serve(COURSE, Content::Folder { dist: dist()?, open: true })
    }

    /// Serves one HTML page at `/`, as of another site: its origin is not that of any other server here.
    ///
    /// # Errors
    ///
    /// No port is free.
    pub fn hosting(html: &str) -> Result<Self> {
        Self::serve("/", Content::Page(html.to_owned()))
    }

    fn serve(path: &str, content: Content) -> Result<Self> {
        let mount = Arc::new(Mount { path: path.to_owned(), content });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port to serve at")?;
        let address = listener.local_addr()?;
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                if stopped.load(Ordering::Relaxed) {
                    break;
                }
                let mount = Arc::clone(&mount);
                // Fails only if the browser has gone away.
                thread::spawn(move || mount.answer(connection).ok());
            }
        });
        Ok(Self { address, path: path.to_owned(), stop, thread: Some(thread) })
    }

    /// The address of the page, followed by a query or a fragment (`""`, `"#preset=G3"`, `"?embed"`).
    pub fn link(&self, rest: &str) -> String {
        format!("http://{}{}{rest}", self.address, self.path)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // The thread sees it at the next connection: this one.
        let woken = TcpStream::connect(self.address).is_ok();
        if let Some(thread) = self.thread.take().filter(|_| woken) {
            // Fails only if the thread panicked, which its own message has told.
            let _ = thread.join();
        }
    }
}

/// What is served, and where.
struct Mount {
    path: String,
    content: Content,
}

enum Content {
    /// The built page; `open` to every origin or not.
    Folder { dist: PathBuf, open: bool },
    /// One page of another site.
    Page(String),
}

impl Content {
    /// The header lines that the server adds to every answer.
    fn headers(&self) -> String {
        match self {
            Self::Folder { open, .. } => {
                let open = if *open { "Access-Control-Allow-Origin: *\r\n" } else { "" };
                format!("Content-Security-Policy: {POLICY}\r\n{open}")
            }
            Self::Page(_) => String::new(),
        }
    }

    /// A file's content and media type.
    fn file(&self, file: &Path) -> Option<(Vec<u8>, &'static str)> {
        match self {
            Self::Folder { dist, .. } => Some((fs::read(dist.join(file)).ok()?, media_type(file))),
            Self::Page(html) => {
                (file == Path::new("index.html")).then(|| (html.clone().into_bytes(), "text/html; charset=utf-8"))
            }
        }
    }
}

impl Mount {
    /// Answers the one request of a connection and closes it.
    fn answer(&self, mut connection: TcpStream) -> Result<()> {
        connection.set_read_timeout(Some(SILENCE))?;
        let mut head = BufReader::new((&connection).take(HEAD_LIMIT)).lines();
        let request = head.next().context("no request")??;
        while !head.next().context("a request without end")??.is_empty() {}
        let url = request.split(' ').nth(1).unwrap_or_default();
        let path = url.split('?').next().unwrap_or_default();
        let found = file_for(path, &self.path).and_then(|file| self.content.file(&file));
        let (status, (body, kind)) = match found {
            Some(found) => ("200 OK", found),
            None => ("404 Not Found", (b"not found".to_vec(), "text/plain")),
        };
        write!(
            connection,
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{}Connection: close\r\n\r\n",
            body.len(),
            self.content.headers()
        )?;
        Ok(connection.write_all(&body)?)
    }
}

/// `$GILSCOPE_DIST`, or `dist/` of this clone.
fn dist() -> Result<PathBuf> {
    let clone = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
    let dist = env::var_os("GILSCOPE_DIST").map_or_else(clone, PathBuf::from);
    ensure!(dist.join("index.html").is_file(), "{} has no index.html: run `cargo xtask build` first", dist.display());
    Ok(dist)
}

/// The file that a path asks for, if it lies under the mount.
fn file_for(path: &str, mount: &str) -> Option<PathBuf> {
    let inside = match path.strip_prefix(mount)? {
        "" => "index.html",
        inside => inside,
    };
    let file = Path::new(inside);
    file.components().all(|part| matches!(part, Component::Normal(_))).then(|| file.to_owned())
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_under_the_mount_are_served() {
        let file = |path| file_for(path, COURSE);
        assert_eq!(file("/course/gilscope/"), Some("index.html".into()));
        assert_eq!(file("/course/gilscope/a/b.js"), Some("a/b.js".into()));
        for outside in ["/", "/index.html", "/course/", "/course/gilscope/../x", "/course/gilscope//etc/passwd"] {
            assert_eq!(file(outside), None, "{outside}");
        }
    }
}
