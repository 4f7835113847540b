//! The costs that were observed on real machines. What the engine makes of them is held against measured runs, and against
//! every other reference, by a test target of its own: `cargo test --test reference`.

use gilscope::scenario::CostSet;
use gilscope::time::Dur;

#[test]
fn the_measured_costs_are_those_that_were_observed() {
    // Source of each figure: `tests/reference/cpython/README.md`, "Costs observed".
    let costs = CostSet::Measured.costs();
    assert_eq!(costs.late_timeout, Dur::from_us(60));
    assert_eq!(costs.hand_off, Dur::from_us(20));
    assert_eq!(costs.io_end, Dur::from_us(120));
    assert_eq!(costs.switch, Dur::from_ns(2_200));
    assert_eq!(costs.process_switch, Dur::ZERO, "none was observed beside the switch");
}
