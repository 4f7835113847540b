//! Base64 in two alphabets, in a third of the code that a crate for all of them adds to the page's download.

/// For the data of addresses, with padding.
const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// For links, which need no escapes, without padding.
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The bytes as base64url without padding.
pub(super) fn encode_url(bytes: &[u8]) -> String {
    encode(bytes, URL_SAFE)
}

/// The bytes as standard base64 with padding.
pub(crate) fn encode_standard(bytes: &[u8]) -> String {
    let mut text = encode(bytes, STANDARD);
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

fn encode(bytes: &[u8], alphabet: &[u8; 64]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, i| bits << 8 | usize::from(chunk.get(i).copied().unwrap_or_default()));
        // Three bytes make four digits, two make three, and one makes two.
        for i in 0..=chunk.len() {
            text.push(alphabet[bits >> (18 - 6 * i) & 63].into());
        }
    }
    text
}

/// The bytes of base64url without padding; `None` if it is not what [`encode_url`] makes of any bytes.
pub(super) fn decode_url(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut waiting) = (Vec::new(), 0u32, 0);
    for digit in text.bytes() {
        let value = URL_SAFE.iter().position(|b| *b == digit)?;
        bits = bits << 6 | value as u32;
        waiting += 6;
        if waiting >= 8 {
            waiting -= 8;
            bytes.push((bits >> waiting) as u8);
            bits &= (1 << waiting) - 1;
        }
    }
    // What is left of the last digit is nothing, and less than a digit.
    (waiting < 6 && bits == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_are_encoded_as_by_another_implementation(bytes: Vec<u8>) {
            prop_assert_eq!(encode_standard(&bytes), general_purpose::STANDARD.encode(&bytes));
            let text = encode_url(&bytes);
            prop_assert_eq!(&text, &general_purpose::URL_SAFE_NO_PAD.encode(&bytes));
            prop_assert_eq!(decode_url(&text), Some(bytes));
        }

        #[test]
        fn any_text_is_decoded_as_by_another_implementation(text in "[A-Da-d0-3_=+é-]{0,7}") {
            prop_assert_eq!(decode_url(&text), general_purpose::URL_SAFE_NO_PAD.decode(&text).ok());
        }
    }
}
