//! Reads programs from text; what they look like is said in `program_text`.

use super::check::Limits;
use super::program_text::{BYTES, TextProblem, candidates, is_plain};
use super::{OP_KINDS, Op, Process, Scenario, Step};
use crate::ids::{ObjectId, ProcessId, ThreadId};
use crate::time::{Dur, Time};

/// What a text consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Word {
        text: String,
        quoted: bool,
        /// The id behind a quoted name.
        id: Option<u16>,
    },
    /// `;` or the end of a line.
    Next,
    Open,
    Close,
}

#[derive(Clone, Debug)]
struct Token {
    what: What,
    /// Where it stands in the text, in bytes.
    from: usize,
    to: usize,
}

impl Scenario {
    /// Reads a thread's program. What its ops name is there; limits of lengths and loops are left to [`Scenario::check`].
    ///
    /// # Errors
    /// The first op that is not understood.
    pub fn program_from_text(&self, thread: ThreadId, text: &str) -> Result<Vec<Step>, TextProblem> {
        let Some((process, _)) = self.thread(thread) else { return Ok(Vec::new()) };
        let mut reader = Reader { scenario: self, process, thread, text, tokens: tokens(text), at: 0, ops: 0 };
        let steps = reader.steps(&mut Vec::new())?;
        if let Some(close) = reader.tokens.get(reader.at) {
            let what = "there is no loop that it could end".to_owned();
            return Err(TextProblem::new(&[steps.len()], &text[close.from..close.to], what));
        }
        Ok(steps)
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((from, c)) = chars.next() {
        let what = match c {
            ';' | '\n' => What::Next,
            '{' => What::Open,
            '}' => What::Close,
            '#' => {
                while chars.next_if(|(_, c)| *c != '\n').is_some() {}
                continue;
            }
            '"' => {
                let mut name = String::new();
                while let Some((_, c)) = chars.next() {
                    match c {
                        '"' => break,
                        '\\' => name.extend(chars.next().map(|(_, c)| c)),
                        c => name.push(c),
                    }
                }
                let mut id = String::new();
                if chars.next_if(|(_, c)| *c == '/').is_some() {
                    while let Some((_, c)) = chars.next_if(|(_, c)| c.is_ascii_digit()) {
                        id.push(c);
                    }
                }
                What::Word { text: name, quoted: true, id: id.parse().ok() }
            }
            c if c.is_whitespace() => continue,
            c => {
                let mut word = String::from(c);
                while let Some((_, c)) = chars.next_if(|(_, c)| is_plain(*c)) {
                    word.push(c);
                }
                What::Word { text: word, quoted: false, id: None }
            }
        };
        let to = chars.peek().map_or(text.len(), |(i, _)| *i);
        tokens.push(Token { what, from, to });
    }
    tokens
}

struct Reader<'a> {
    scenario: &'a Scenario,
    process: &'a Process,
    thread: ThreadId,
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    ops: usize,
}

impl Reader<'_> {
    /// Ops up to the end of the loop or of the text.
    fn steps(&mut self, place: &mut Vec<usize>) -> Result<Vec<Step>, TextProblem> {
        let mut steps = Vec::new();
        loop {
            match self.tokens.get(self.at).map(|t| &t.what) {
                None | Some(What::Close) => return Ok(steps),
                Some(What::Next) => self.at += 1,
                Some(What::Open | What::Word { .. }) => {
                    place.push(steps.len());
                    steps.push(self.step(place)?);
                    place.pop();
                }
            }
        }
    }

    fn step(&mut self, place: &mut Vec<usize>) -> Result<Step, TextProblem> {
        let first = self.at;
        while let Some(Token { what: What::Word { .. }, .. }) = self.tokens.get(self.at) {
            self.at += 1;
        }
        let words = self.tokens[first..self.at].to_vec();
        let end = words.last().map_or(self.tokens[first].to, |t| t.to);
        let text = self.text[self.tokens[first].from..end].to_owned();
        let wrong = |what: String| TextProblem::new(place, &text, what);
        self.ops += 1;
        if self.ops > Limits::OPS {
            return Err(wrong(format!("more than {} ops", Limits::OPS)));
        }
        let words: Vec<What> = words.into_iter().map(|t| t.what).collect();
        let (name, words) = match words.split_first() {
            Some((What::Word { text, quoted: false, .. }, words)) => (text.as_str(), words),
            _ => return Err(wrong("an op begins with its name, such as python".to_owned())),
        };
        if !matches!(name, "repeat" | "forever") {
            let op = self.op(name, words).map_err(wrong)?;
            return match self.tokens.get(self.at).map(|t| &t.what) {
                Some(What::Open) => Err(wrong("only repeat has ops inside".to_owned())),
                _ => Ok(op.into()),
            };
        }
        let times = times(name, words).map_err(wrong)?;
        while self.tokens.get(self.at).is_some_and(|t| t.what == What::Next) {
            self.at += 1;
        }
        if self.tokens.get(self.at).is_none_or(|t| t.what != What::Open) {
            return Err(wrong("what it repeats stands behind it in { }".to_owned()));
        }
        if place.len() > Limits::LOOP_DEPTH {
            return Err(wrong(format!("more than {} loops inside each other", Limits::LOOP_DEPTH)));
        }
        self.at += 1;
        let steps = self.steps(place)?;
        if self.at == self.tokens.len() {
            return Err(TextProblem::new(place, &text, "its end is missing: }".to_owned()));
        }
        self.at += 1;
        Ok(Op::Repeat { times, steps }.into())
    }

    /// An op that is no loop, from the words behind its name.
    fn op(&self, name: &str, words: &[What]) -> Result<Op, String> {
        if !OP_KINDS.iter().any(|kind| kind.name == name) {
            let names: Vec<_> = OP_KINDS.iter().map(|kind| kind.name).collect();
            return Err(format!("there is no op of this name; there are {}", names.join(", ")));
        }
        // What stands behind “at”, if that is no name itself.
        let at = words.iter().position(|w| matches!(w, What::Word { text, quoted: false, .. } if text == "at"));
        let at = at.filter(|_| matches!(name, "io" | "input"));
        let (words, behind) = at.map_or((words, None), |at| (&words[..at], Some(&words[at + 1..])));
        match (name, words) {
            ("input", _) => self.input(words, behind),
            ("io", _) if behind.is_some() => {
                let device = ObjectId(self.about(name, behind.unwrap_or_default())?);
                Ok(Op::IoAt { device, length: length(words)? })
            }
            ("yield", []) => Ok(Op::Yield),
            ("yield", _) => Err("nothing stands behind it".to_owned()),
            ("send", [pipe, bytes @ ..]) => {
                let pipe = ObjectId(self.about(name, std::slice::from_ref(pipe))?);
                Ok(Op::Send { pipe, bytes: bytes_of(bytes)? })
            }
            _ if Op::timed_names().any(|timed| timed == name) => {
                Ok(Op::timed(name, length(words)?).unwrap_or(Op::Yield))
            }
            _ => {
                let id = self.about(name, words)?;
                let object = ObjectId(id);
                Ok(match name {
                    "acquire" => Op::Acquire(object),
                    "release" => Op::Release(object),
                    "wait" => Op::Wait(object),
                    "set" => Op::Set(object),
                    "clear" => Op::Clear(object),
                    "put" => Op::Put(object),
                    "get" => Op::Get(object),
                    "receive" => Op::Receive(object),
                    "start" => Op::Start(ThreadId(id)),
                    "join" => Op::Join(ThreadId(id)),
                    _ => Op::Spawn(ProcessId(id)),
                })
            }
        }
    }

    fn input(&self, words: &[What], behind: Option<&[What]>) -> Result<Op, String> {
        let prompt = match words {
            [] => String::new(),
            [What::Word { text, quoted: true, id: None }] => text.clone(),
            _ => return Err("what is asked stands in double quotes".to_owned()),
        };
        let at = behind.map(length).transpose()?.map(|at| Time::ZERO + at);
        Ok(Op::Input { prompt, at })
    }

    /// The id of what an op is about.
    fn about(&self, op: &str, words: &[What]) -> Result<u16, String> {
        let (what, of) = candidates(self.scenario, self.process, self.thread, op);
        // A name with blanks needs no quotes where it is all that follows and there is such a thing.
        let bare = words.iter().all(|w| matches!(w, What::Word { quoted: false, .. })).then(|| joined(words));
        if let Some((id, _)) = of.iter().find(|(_, name)| words.len() > 1 && bare.as_deref() == Some(*name)) {
            return Ok(*id);
        }
        let [What::Word { text, id, .. }] = words else {
            return Err(format!("one {what} is to be named; a name with blanks stands in double quotes"));
        };
        let mut found = of.iter().filter(|(i, name)| name == text && id.is_none_or(|id| id == *i));
        found.next().map(|(id, _)| *id).ok_or_else(|| {
            let names: Vec<_> = of.iter().map(|(_, name)| format!("“{name}”")).collect();
            let there = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            format!("there is no {what} “{text}” that it could be about; there is {there}")
        })
    }
}

fn length(words: &[What]) -> Result<Dur, String> {
    let text = joined(words);
    if text.is_empty() { Err("it has no length, such as 20ms".to_owned()) } else { parsed(&text) }
}

fn parsed(text: &str) -> Result<Dur, String> {
    text.parse::<Dur>().map_err(|e| e.to_string())
}

fn bytes_of(words: &[What]) -> Result<u32, String> {
    let text = joined(words);
    match text.trim_end_matches("bytes").trim_end() {
        "" => Ok(BYTES),
        number => number.parse().map_err(|_| format!("“{text}” is not a number of bytes")),
    }
}

/// How often a loop repeats; `None` is for ever.
fn times(name: &str, words: &[What]) -> Result<Option<u32>, String> {
    let text = joined(words);
    match (name, text.trim_end_matches("times").trim_end()) {
        ("forever", "") | ("repeat", "for ever" | "forever") => Ok(None),
        ("repeat", n) => n.parse().map(Some).map_err(|_| format!("“{text}” is neither a count nor “for ever”")),
        _ => Err("nothing stands between it and the {".to_owned()),
    }
}

fn joined(words: &[What]) -> String {
    let texts = words.iter().map(|w| match w {
        What::Word { text, .. } => text.as_str(),
        _ => "",
    });
    texts.collect::<Vec<_>>().join(" ")
}
