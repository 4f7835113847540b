use serde_json::{Map, Number, Value};

/// The most lists and objects inside of each other: reading and writing go as deep as the value.
const DEEPEST: usize = 127;

/// Why a text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// Line of the text, from 1.
    pub(crate) line: usize,
    /// Column in that line in bytes, from 1; 0 where the line has not begun.
    pub(crate) column: usize,
    /// What is wrong there.
    pub(crate) what: &'static str,
}

/// Reads a text that is one value.
///
/// # Errors
/// The first thing that is not JSON.
pub(crate) fn read(text: &str) -> Result<Value, SyntaxError> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let value = reader.value().and_then(|value| match reader.next() {
        None => Ok(value),
        Some(_) => Err("trailing characters"),
    });
    value.map_err(|what| {
        // Up to what is wrong, that included.
        let read = &text.as_bytes()[..text.len().min(reader.at + 1)];
        let line = 1 + read.iter().filter(|b| **b == b'\n').count();
        SyntaxError { line, column: read.iter().rev().take_while(|b| **b != b'\n').count(), what }
    })
}

/// `number` · 10^`exponent`: of whole numbers below 2⁵³, up to 10²² and down to 10⁻²², the one that is nearest.
pub(super) fn scaled(number: f64, exponent: i32) -> f64 {
    if number == 0.0 {
        return number;
    }
    // In two steps: the power itself may be too large for a number.
    let near = exponent.abs().min(300);
    let (near, far) = (10f64.powi(near), 10f64.powi(exponent.abs() - near));
    if exponent < 0 { number / near / far } else { number * near * far }
}

/// Reads on from a place, which stays where something is wrong.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// What stands behind the white space.
    fn next(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.at += 1;
        }
        self.peek()
    }

    fn value(&mut self) -> Result<Value, &'static str> {
        match self.next().ok_or("EOF while parsing a value")? {
            b'n' => self.word("null", Value::Null),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'-' | b'0'..=b'9' => self.number(),
            b'"' => self.string().map(Value::String),
            b'[' => {
                let mut items = Vec::new();
                self.items(b']', "EOF while parsing a list", "expected `,` or `]`", &mut |reader| {
                    items.push(reader.value()?);
                    Ok(())
                })?;
                Ok(Value::Array(items))
            }
            b'{' => {
                let mut keys = Map::new();
                self.items(b'}', "EOF while parsing an object", "expected `,` or `}`", &mut |reader| {
                    if reader.peek() != Some(b'"') {
                        return Err("key must be a string");
                    }
                    let key = reader.string()?;
                    match reader.next() {
                        Some(b':') => reader.at += 1,
                        Some(_) => return Err("expected `:`"),
                        None => return Err("EOF while parsing an object"),
                    }
                    keys.insert(key, reader.value()?);
                    Ok(())
                })?;
                Ok(Value::Object(keys))
            }
            _ => Err("expected value"),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, &'static str> {
        for letter in word.bytes() {
            match self.peek() {
                Some(found) if found == letter => self.at += 1,
                Some(_) => return Err("expected ident"),
                None => return Err("EOF while parsing a value"),
            }
        }
        Ok(value)
    }

    /// What stands between brackets, separated by commas.
    fn items(
        &mut self,
        close: u8,
        eof: &'static str,
        no_comma: &'static str,
        item: &mut dyn FnMut(&mut Self) -> Result<(), &'static str>,
    ) -> Result<(), &'static str> {
        if self.depth == DEEPEST {
            return Err("recursion limit exceeded");
        }
        self.depth += 1;
        self.at += 1;
        let mut next = self.next().ok_or(eof)?;
        while next != close {
            item(self)?;
            next = self.next().ok_or(eof)?;
            if next == b',' {
                self.at += 1;
                next = self.next().ok_or("EOF while parsing a value")?;
                if next == close {
                    return Err("trailing comma");
                }
            } else if next != close {
                return Err(no_comma);
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(())
    }

    /// Goes over digits and adds them to a number until it is full; says how many there were, and how many found no room.
    fn digits(&mut self, number: &mut u64) -> Result<(i32, i32), &'static str> {
        let (mut all, mut left_out) = (0, 0);
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            match number.checked_mul(10).and_then(|n| n.checked_add((digit - b'0').into())) {
                Some(more) if left_out == 0 => *number = more,
                _ => left_out += 1,
            }
            self.at += 1;
            all += 1;
        }
        if all > 0 {
            return Ok((all, left_out));
        }
        Err(if self.peek().is_none() { "EOF while parsing a value" } else { "invalid number" })
    }

    fn number(&mut self) -> Result<Value, &'static str> {
        let negative = self.peek() == Some(b'-');
        self.at += usize::from(negative);
        let (mut digits, zero) = (0, self.peek() == Some(b'0'));
        let (all, mut exponent) = self.digits(&mut digits)?;
        if zero && all > 1 {
            self.at -= all as usize - 1;
            return Err("invalid number");
        }
        let mut whole = exponent == 0;
        if self.peek() == Some(b'.') {
            whole = false;
            self.at += 1;
            let (all, left_out) = self.digits(&mut digits)?;
            exponent -= all - left_out;
        }
        if let Some(b'e' | b'E') = self.peek() {
            whole = false;
            self.at += 1;
            let sign = self.peek();
            self.at += usize::from(matches!(sign, Some(b'+' | b'-')));
            let mut power = 0;
            self.digits(&mut power)?;
            let power = power.min(100_000) as i32;
            exponent += if sign == Some(b'-') { -power } else { power };
        }
        if whole && !negative {
            return Ok(digits.into());
        }
        if let Some(number @ ..0) = 0i64.checked_sub_unsigned(digits).filter(|_| whole) {
            return Ok(number.into());
        }
        let number = scaled(digits as f64, exponent);
        match Number::from_f64(if negative { -number } else { number }) {
            Some(number) => Ok(Value::Number(number)),
            None => Err("number out of range"),
        }
    }

    fn string(&mut self) -> Result<String, &'static str> {
        const EOF: &str = "EOF while parsing a string";
        let mut string = String::new();
        self.at += 1;
        loop {
            let from = self.at;
            while !matches!(self.peek(), None | Some(b'"' | b'\\' | 0..b' ')) {
                self.at += 1;
            }
            string.push_str(&self.text[from..self.at]);
            match self.peek().ok_or(EOF)? {
                b'"' => break,
                b'\\' => self.at += 1,
                _ => return Err("control character (\\u0000-\\u001F) found while parsing a string"),
            }
            let escaped = self.peek().ok_or(EOF)?;
            self.at += 1;
            string.push(match escaped {
                b'"' | b'\\' | b'/' => escaped.into(),
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'u' => self.unicode()?,
                _ => return Err("invalid escape"),
            });
        }
        self.at += 1;
        Ok(string)
    }

    /// The character of `\u…`, or of two of these.
    fn unicode(&mut self) -> Result<char, &'static str> {
        let first = self.hex()?;
        let code = match first {
            0xd800..0xdc00 if self.text[self.at..].starts_with("\\u") => {
                self.at += 2;
                let second = self.hex()?;
                // Out of range unless it is the second half.
                if second & 0xfc00 == 0xdc00 { 0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff) } else { u32::MAX }
            }
            code => code,
        };
        char::from_u32(code).ok_or("lone surrogate in hex escape")
    }

    fn hex(&mut self) -> Result<u32, &'static str> {
        let digits = self.text.get(self.at..self.at + 4).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()));
        self.at += if digits.is_some() { 4 } else { 0 };
        digits.and_then(|text| u32::from_str_radix(text, 16).ok()).ok_or("invalid escape")
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Values of all kinds.
    pub(in super::super) fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<i32>().prop_map(|n| Value::from(f64::from(n) / 64.0)),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((".{0,4}", inner), 0..6)
                    .prop_map(|keys| Value::Object(keys.into_iter().collect())),
            ]
        })
    }

    /// Equal but for the last digits of floating point numbers.
    fn alike(a: &Value, b: &Value) -> bool {
        match (a, b) {
            (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b)),
            (Value::Object(a), Value::Object(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|((ka, a), (kb, b))| ka == kb && alike(a, b))
            }
            (Value::Number(n), Value::Number(m)) if n.is_f64() && m.is_f64() => {
                let (n, m) = (n.as_f64().unwrap(), m.as_f64().unwrap());
                (n - m).abs() <= n.abs() * 1e-14 + f64::MIN_POSITIVE
            }
            _ => a == b,
        }
    }

    fn as_serde_json_reads(text: &str) {
        match (read(text), serde_json::from_str::<Value>(text)) {
            (Ok(found), Ok(wanted)) => assert!(alike(&found, &wanted), "{text}\n{found}\n{wanted}"),
            (Err(found), Err(wanted)) => {
                assert_eq!(found.what, wanted.to_string().split(" at line ").next().unwrap(), "{text}");
            }
            (found, wanted) => panic!("{text}\n{found:?}\n{wanted:?}"),
        }
    }

    proptest! {
        #[test]
        fn values_are_read_as_serde_json_reads_them(value in values(), pretty: bool) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            as_serde_json_reads(&text.unwrap());
        }

        #[test]
        fn damaged_texts_are_refused_as_serde_json_refuses_them(
            value in values(), at: prop::sample::Index, with in "[\\[\\]{},:\"0-9eE+.a \n\\\\-]{0,2}",
        ) {
            let mut letters: Vec<char> = serde_json::to_string(&value).unwrap().chars().collect();
            let at = at.index(letters.len());
            letters.splice(at..=at, with.chars());
            as_serde_json_reads(&String::from_iter(letters));
        }
    }

    #[test]
    fn numbers_are_read_to_the_last_digit() {
        for text in ["0.3", "-0.0", "-0", "12.625", "1e22", "5e-1", "0e999", "9007199254740993", "1E400", "1e-400"] {
            assert_eq!(read(text).ok(), serde_json::from_str(text).ok(), "{text}");
        }
        for text in ["18446744073709551615", "18446744073709551616", "-9223372036854775808", "-9223372036854775809"] {
            assert_eq!(read(text).ok(), serde_json::from_str(text).ok(), "{text}");
        }
    }

    #[test]
    fn escapes_are_read() {
        for text in [
            r#""\u00e9\ud83d\ude00\/\b\f\n\r\t\"\\""#,
            r#""\ud83d""#,
            r#""\ud83d\u0041""#,
            r#""\udc00""#,
            r#""\u12g4""#,
        ] {
            assert_eq!(read(text).ok(), serde_json::from_str(text).ok(), "{text}");
        }
    }
}
