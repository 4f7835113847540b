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

/// The number with at most three decimals, rounded, without zeros at its end; meant for what is smaller than 10¹².
///
/// Rust's own way prints every digit of every number, and is 6 kB of the page's download.
#[must_use]
pub fn decimal(number: f64) -> String {
    let thousandths = (number * 1e3).round() as i64;
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, part) = (thousandths.unsigned_abs() / 1000, thousandths.unsigned_abs() % 1000);
    let text = format!("{sign}{whole}.{part:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{capitalized, decimal};

    #[test]
    fn decimals_are_three_at_most() {
        let numbers = [0.0, 100.0, 12.5, -0.75, 0.0004, 0.9996, -0.0001, 1.0 / 3.0, 1e9];
        let texts = ["0", "100", "12.5", "-0.75", "0", "1", "0", "0.333", "1000000000"];
        assert_eq!(numbers.map(decimal), texts);
    }

    #[test]
    fn only_a_first_letter_from_a_to_z_changes() {
        assert_eq!(["nobody", "été", "", "T1"].map(capitalized), ["Nobody", "été", "", "T1"]);
    }
}
