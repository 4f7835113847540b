//! The parameters in a query or a fragment: `key=value` pairs with `&` between them, percent-encoded as URLs are.

/// The value of the first pair with a key, decoded; empty for a key that stands alone. `Some(None)`: it cannot be decoded.
pub fn value(part: &str, key: &str) -> Option<Option<String>> {
    let pairs = part.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.into_iter().find(|(found, _)| *found == key).map(|(_, value)| decoded(value))
}

/// A text without its percent-encoding; `None` if a `%` has not two hexadecimal digits behind it, or the bytes are no UTF-8.
fn decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let [high, low, ..] = *after else { return None };
        let digit = |byte: u8| char::from(byte).to_digit(16);
        bytes.push((digit(high)? * 16 + digit(low)?) as u8);
        rest = &after[2..];
    }
    String::from_utf8(bytes).ok()
}

/// A text as a value: all but letters, digits and `-._~` is percent-encoded, so that no program takes it for the end of an
/// address.
pub fn encoded(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            value.push(char::from(byte));
        } else {
            let digit = |n: u8| char::from(b"0123456789ABCDEF"[usize::from(n)]);
            value.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encoded_is_decoded() {
        for text in ["", "T1", "worker 1", "50 % & more = #1", "größer, 線", "a+b"] {
            let pair = format!("x=1&key={}&key=other", encoded(text));
            assert_eq!(value(&pair, "key"), Some(Some(text.to_owned())), "{pair}");
        }
        assert_eq!(encoded("a b%"), "a%20b%25");
    }

    #[test]
    fn a_key_may_stand_alone_and_damage_is_seen() {
        assert_eq!(value("embed&t=%zz&u=%C3&v=%4", "embed"), Some(Some(String::new())));
        for damaged in ["t", "u", "v"] {
            assert_eq!(value("embed&t=%zz&u=%C3&v=%4", damaged), Some(None), "{damaged}");
        }
        assert_eq!(value("embed=1", "embe"), None);
    }
}
