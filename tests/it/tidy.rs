//! The house rules that a machine can check: imports point one way, the library knows no browser, files stay readable.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers from the ground up. A module may use its own layer and those before it.
///
/// Those up to the scenario are one package, the engine is the next, so the compiler keeps them apart from what is above.
const LAYERS: [&str; 12] = [
    "text", "number", "order", "time", "ids", "scenario", "engine", "metrics", "explain", "scene", "session", "interop",
];

/// Lines beyond which a file is probably two.
const LONG: usize = 400;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The path below `src/`, its text without line comments.
fn sources() -> Vec<(String, String)> {
    let src = root().join("src");
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source file");
        let code = text.lines().map(|l| l.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n");
        (path.strip_prefix(&src).expect("below src").to_string_lossy().replace('\\', "/"), code)
    };
    rust_files(&src).into_iter().map(read).collect()
}

fn layer_of(file: &str) -> Option<usize> {
    let top = file.split('/').next()?.trim_end_matches(".rs");
    LAYERS.iter().position(|l| *l == top)
}

#[test]
fn imports_point_one_way() {
    let mut seen = 0;
    for (file, code) in sources() {
        let Some(own) = layer_of(&file) else { continue };
        for (rank, layer) in LAYERS.iter().enumerate() {
            let uses = code.contains(&format!("crate::{layer}"));
            seen += usize::from(uses);
            assert!(!uses || rank <= own, "{file} is of layer {} and uses the layer {layer} above it", LAYERS[own]);
        }
        // In the engine, which is a package, nothing above it has a name.
        let may_group = file.starts_with("engine/");
        assert!(
            may_group || !code.contains("use crate::{"),
            "{file}: one `use` per layer, so that this test can read it"
        );
    }
    assert!(seen > 20, "the test reads no imports any more");
}

#[test]
fn the_library_knows_no_browser() {
    for (file, code) in sources() {
        if file.starts_with("web/") || file == "main.rs" {
            continue;
        }
        for browser in ["web_sys", "js_sys", "wasm_bindgen", "yew", "gloo"] {
            assert!(!code.contains(browser), "{file} names {browser}");
        }
    }
}

#[test]
fn the_engine_has_no_clock_no_hash_maps_and_no_floats() {
    for (file, code) in sources().iter().filter(|(file, _)| file.starts_with("engine/")) {
        for word in ["HashMap", "HashSet", "Instant::now", "SystemTime"] {
            assert!(!code.contains(word), "{file} names {word}");
        }
        // Words and figures for people may round; what decides may not.
        assert!(!code.contains("f64"), "{file} computes with f64");
    }
}

#[test]
fn files_stay_readable() {
    for folder in ["src", "tests", "xtask", "benches"] {
        for path in rust_files(&root().join(folder)) {
            let lines = fs::read_to_string(&path).expect("a source file").lines().count();
            assert!(lines <= LONG, "{} has {lines} lines: is it one thing?", path.display());
        }
    }
}
