use std::fmt::{self, Write};

use serde_json::Value;

use super::read::scaled;

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
                    (None, None) => self.float(n.as_f64().unwrap_or_default()),
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

    /// With as few digits as read back as the same number: Rust's own way is 6 kB of the page's download.
    fn float(&mut self, number: f64) -> fmt::Result {
        let size = number.abs();
        let magnitude = if size == 0.0 { 0 } else { size.log10().floor() as i32 };
        let (mut digits, mut exponent) = (0, 0);
        for places in 0..17 {
            exponent = magnitude - places;
            digits = scaled(size, -exponent).round() as u64;
            if scaled(digits as f64, exponent) == size {
                break;
            }
        }
        let sign = if number.is_sign_negative() { "-" } else { "" };
        match exponent {
            0..16 => write!(self.text, "{sign}{digits}{:0<1$}.0", "", exponent as usize),
            -17..0 => {
                let one = 10u64.pow(exponent.unsigned_abs());
                write!(self.text, "{sign}{}.{:02$}", digits / one, digits % one, exponent.unsigned_abs() as usize)
            }
            _ => write!(self.text, "{sign}{digits}e{exponent}"),
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
    use super::super::read::read;
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

    proptest! {
        #[test]
        fn numbers_read_back_as_the_same(n in any::<f64>()) {
            let found = read(&write(&n.into())).unwrap().as_f64().unwrap();
            prop_assert!((found - n).abs() <= n.abs() * 1e-15, "{n:e} {found:e}");
        }
    }

    #[test]
    fn short_numbers_stay_short() {
        for (n, text) in [
            (0.1, "0.1"),
            (-2.5, "-2.5"),
            (1e3, "1000.0"),
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (2.5e-20, "25e-21"),
            (1e22, "1e22"),
        ] {
            assert_eq!(write(&n.into()), text);
        }
    }

    #[test]
    fn what_cannot_stand_in_a_string_is_escaped() {
        let all: String = (0..=0x2000).filter_map(char::from_u32).collect();
        assert_eq!(write(&all.clone().into()), serde_json::to_string(&all).unwrap());
    }
}
