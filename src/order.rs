//! Order among few things: the standard library's sorts are made for many, and each kind of thing that they sort adds
//! several kilobytes to the page's download.

/// The items by their keys, those with equal keys in the order that they had. For up to some thousands.
pub fn sorted<T, K: Ord>(items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut sorted = Vec::new();
    for item in items {
        let of_item = key(&item);
        let at = sorted.partition_point(|other| key(other) <= of_item);
        sorted.insert(at, item);
    }
    sorted
}

/// Adds a number to a list in ascending order; false if it is there already.
pub(crate) fn insert(numbers: &mut Vec<u16>, number: u16) -> bool {
    let Err(at) = numbers.binary_search(&number) else { return false };
    numbers.insert(at, number);
    true
}

#[cfg(test)]
mod tests {
    use super::{insert, sorted};

    #[test]
    fn equal_keys_stay_in_order() {
        let items = [(2, 'a'), (1, 'b'), (2, 'c'), (0, 'd'), (1, 'e')];
        assert_eq!(sorted(items, |i| i.0), [(0, 'd'), (1, 'b'), (1, 'e'), (2, 'a'), (2, 'c')]);
    }

    #[test]
    fn a_number_is_added_once() {
        let mut numbers = Vec::new();
        assert_eq!([5, 1, 5, 9, 1].map(|n| insert(&mut numbers, n)), [true, true, false, true, false]);
        assert_eq!(numbers, [1, 5, 9]);
    }
}
