use std::fmt::Write;

use serde_json::Value;

/// The value in one line.
pub(crate) fn write(value: &Value) -> String {
    let mut writer = Writer { text: String::new(), pretty: false, depth: 0 };
    writer.value(value);
    writer.text
}

/// The value for people to read, with two spaces for each level, without a line end at its end.
pub(crate) fn write_pretty(value: &Value) -> String {
    let mut writer = Writer { text: String::new(), pretty: true, depth: 0 };
    writer.value(value);
    writer.text
}

struct Writer {
    text: String,
    pretty: bool,
    depth: usize,
}

impl Writer {
    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.text.push_str("null"),
            Value::Bool(true) => self.text.push_str("true"),
            Value::Bool(false) => self.text.push_str("false"),
            Value::Number(n) => {
                // Writing to a string does not fail.
                let _ = match (n.as_u64(), n.as_i64()) {
                    (Some(n), _) => write!(self.text, "{n}"),
                    (None, Some(n)) => write!(self.text, "{n}"),
                    (None, None) => write!(self.text, "{:?}", n.as_f64().unwrap_or_default()),
                };
            }
            Value::String(text) => self.string(text),
            Value::Array(items) => {
                self.text.push('[');
                for (i, item) in items.iter().enumerate() {
                    self.next(i == 0);
                    self.value(item);
                    self.depth -= 1;
                }
                self.close(items.is_empty(), ']');
            }
            Value::Object(keys) => {
                self.text.push('{');
                for (i, (key, value)) in keys.iter().enumerate() {
                    self.next(i == 0);
                    self.string(key);
                    self.text.push_str(if self.pretty { ": " } else { ":" });
                    self.value(value);
                    self.depth -= 1;
                }
                self.close(keys.is_empty(), '}');
            }
        }
    }

    /// Begins an item of a list or an object, one level deeper.
    fn next(&mut self, first: bool) {
        if !first {
            self.text.push(',');
        }
        self.depth += 1;
        self.line();
    }

    fn close(&mut self, empty: bool, with: char) {
        if !empty {
            self.line();
        }
        self.text.push(with);
    }

    fn line(&mut self) {
        if self.pretty {
            self.text.push('\n');
            for _ in 0..self.depth {
                self.text.push_str("  ");
            }
        }
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        for c in text.chars() {
            let short = match c {
                '"' | '\\' => c,
                '\n' => 'n',
                '\r' => 'r',
                '\t' => 't',
                '\u{8}' => 'b',
                '\u{c}' => 'f',
                '\0'..' ' => {
                    let _ = write!(self.text, "\\u{:04x}", c as u32);
                    continue;
                }
                _ => {
                    self.text.push(c);
                    continue;
                }
            };
            self.text.push('\\');
            self.text.push(short);
        }
        self.text.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::super::read::tests::values;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn values_are_written_as_serde_json_writes_them(value in values()) {
            prop_assert_eq!(write(&value), serde_json::to_string(&value).unwrap());
            prop_assert_eq!(write_pretty(&value), serde_json::to_string_pretty(&value).unwrap());
        }
    }

    #[test]
    fn numbers_are_written_to_the_last_digit() {
        for n in [0.1, 2.5e-7, 1.0, 1e16, 1.7e308, f64::MIN_POSITIVE, 1.0 / 3.0] {
            assert_eq!(write(&n.into()).parse(), Ok(n));
        }
    }

    #[test]
    fn what_cannot_stand_in_a_string_is_escaped() {
        let all: String = (0..=0x2000).filter_map(char::from_u32).collect();
        assert_eq!(write(&all.clone().into()), serde_json::to_string(&all).unwrap());
    }
}
