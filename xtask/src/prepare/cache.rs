//! Where built tools live, by version, so that every clone of the same user finds them.

use anyhow::{Context, Result};
use std::env;
use std::path::PathBuf;

/// `$GILSCOPE_CACHE`, or `gilscope/tools` in the user's cache directory.
///
/// # Errors
///
/// The user has no home directory.
pub(super) fn dir() -> Result<PathBuf> {
    choose(cfg!(windows), cfg!(target_os = "macos"), |name| {
        env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
    })
    .context("no cache directory: set GILSCOPE_CACHE to a directory for built tools")
}

fn choose(windows: bool, mac: bool, var: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    if let Some(dir) = var("GILSCOPE_CACHE") {
        return Some(dir);
    }
    let base = if windows {
        var("LOCALAPPDATA")
    } else if mac {
        var("HOME").map(|home| home.join("Library/Caches"))
    } else {
        var("XDG_CACHE_HOME").filter(|dir| dir.is_absolute()).or_else(|| var("HOME").map(|home| home.join(".cache")))
    };
    Some(base?.join("gilscope").join("tools"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(windows: bool, mac: bool, vars: &[(&str, &str)]) -> Option<String> {
        let var = |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| PathBuf::from(value));
        choose(windows, mac, var).map(|dir| dir.to_string_lossy().replace('\\', "/"))
    }

    #[test]
    fn the_cache_follows_the_habits_of_the_system() {
        let unix = [("HOME", "/home/a"), ("XDG_CACHE_HOME", "/x")];
        assert_eq!(chosen(false, false, &unix).as_deref(), Some("/x/gilscope/tools"));
        assert_eq!(chosen(false, false, &unix[..1]).as_deref(), Some("/home/a/.cache/gilscope/tools"));
        assert_eq!(chosen(false, true, &unix).as_deref(), Some("/home/a/Library/Caches/gilscope/tools"));
        assert_eq!(chosen(true, false, &[("LOCALAPPDATA", "/l")]).as_deref(), Some("/l/gilscope/tools"));
        assert_eq!(chosen(false, false, &[("GILSCOPE_CACHE", "/g"), unix[0]]).as_deref(), Some("/g"));
        assert_eq!(chosen(false, false, &[]), None);
    }
}
