//! Names of the scenario as names in a Python program, and texts as parts of its lines.

/// What has a meaning of its own in the functions of processes.
const TAKEN: &str = " and as assert async await break class continue def del elif else except false finally for from global if \
    import in is lambda match none nonlocal not or pass raise return true try while with yield range queue threading python \
    extension native sleep io person goes_on spawn ";

/// What else the whole program uses.
const TAKEN_OUTSIDE: &str = " main now launch rate listen tell between_processes collections hashlib itertools \
    multiprocessing os sys time abs bytes dict float getattr globals hasattr int len map max min print set sorted super type ";

/// The names given so far.
#[derive(Clone, Default)]
pub(super) struct Names(Vec<String>);

impl Names {
    /// A name that can be used everywhere in the program.
    pub(super) fn global(&mut self, name: &str) -> String {
        self.give(name, TAKEN_OUTSIDE)
    }

    /// A name within the function of a process.
    pub(super) fn local(&mut self, name: &str) -> String {
        self.give(name, "")
    }

    /// The name in small letters, digits and `_`, with a number if it is taken. It does not begin with `run_`, which stands
    /// before what a thread does.
    fn give(&mut self, name: &str, taken: &str) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
        let words: String = name.chars().map(plain).collect();
        let mut base = words.trim_matches('_').to_owned();
        if !base.starts_with(|c: char| c.is_ascii_alphabetic()) || base.starts_with("run_") {
            base.insert_str(0, "the_");
        }
        let is_taken = |name: &str| {
            let word = format!(" {name} ");
            TAKEN.contains(&word) || taken.contains(&word) || self.0.iter().any(|n| n == name)
        };
        let numbered = (2..).map(|n| format!("{}_{n}", base.trim_end_matches('_')));
        let name = std::iter::once(base.clone()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default();
        self.0.push(name.clone());
        name
    }
}

/// A text that stays within its line, as part of a comment: whoever made a scenario may not make others run what they like.
pub(super) fn comment(text: &str) -> String {
    text.chars().map(|c| if (c as u32) < 32 || c == '\u{7f}' { ' ' } else { c }).collect()
}

/// Nanoseconds as a number of milliseconds, with all its decimals.
pub(super) fn ms(ns: u64) -> String {
    let text = format!("{}.{:06}", ns / 1_000_000, ns % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
