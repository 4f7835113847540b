//! Reading version numbers out of what tools print and out of `Cargo.lock`.

/// The first thing in a text that looks like a version: `trunk 0.21.14` gives `0.21.14`.
pub(super) fn first_version(text: &str) -> Option<&str> {
    text.split(|c: char| c.is_whitespace() || c == '(' || c == ')')
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

/// The leading number of a version: `156.0.8078.79` gives 156.
pub(super) fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

/// The first two numbers of a version: `1.95.0-nightly` gives (1, 95).
pub(super) fn major_minor(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split(['.', '-']);
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// The version of a package in the text of a `Cargo.lock`.
pub(super) fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_the_tools_print() {
        for (text, expected) in [
            ("trunk 0.21.14", Some("0.21.14")),
            ("wasm-bindgen 0.2.130", Some("0.2.130")),
            ("wasm-opt version 132 (version_132)", Some("132")),
            ("rustc 1.95.0 (59807616e 2026-04-14)", Some("1.95.0")),
            ("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)", Some("156.0.8078.79")),
            ("v20.20.2", None),
            ("", None),
        ] {
            assert_eq!(first_version(text), expected, "{text}");
        }
    }

    #[test]
    fn the_leading_numbers_of_a_version_compare_as_numbers() {
        assert_eq!(major("156.0.8078.79"), Some(156));
        assert_eq!(major("version"), None);
        assert_eq!(major_minor("1.95.0"), Some((1, 95)));
        assert!(major_minor("1.100.0-nightly") > major_minor("1.86.0"));
        assert_eq!(major_minor("1"), None);
    }

    #[test]
    fn the_locked_version_is_that_of_the_exact_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked(lock, "wasm"), None);
    }
}
