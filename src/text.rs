//! Text for people.

/// The text with its first letter in upper case, if that is one from a to z.
///
/// Other letters stay: the tables for them would be a tenth of the page's download, and sentences of gilscope begin with
/// its own words or with a name, which is not ours to change.
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::capitalized;

    #[test]
    fn only_a_first_letter_from_a_to_z_changes() {
        assert_eq!(["nobody", "été", "", "T1"].map(capitalized), ["Nobody", "été", "", "T1"]);
    }
}
