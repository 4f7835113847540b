//! Links: what goes in comes out, and nothing else does.

use gilscope::scenario::link::{decode, encode};
use gilscope::scenario::presets;
use proptest::prelude::*;

use crate::random;

proptest! {
    #[test]
    fn a_link_gives_back_the_scenario(scenario in random::endless_scenarios()) {
        let link = encode(&scenario);
        prop_assert_eq!(decode(&link), Ok(scenario));
    }
}

#[test]
fn every_preset_is_read_and_has_its_title() {
    for preset in presets::all() {
        assert_eq!(preset.scenario().title, preset.title, "{}", preset.name);
    }
}
