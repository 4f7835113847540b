//! Each setting of the page's fields has its sentence.

use gilscope::scenario::{Claim, Computer, PerCore, Policy, ResourceKind};
use gilscope::session::says::says;

#[test]
fn every_parameter_that_is_on_the_page_says_what_it_does() {
    let mut labels = Vec::new();
    for (key, _) in Policy::NAMES {
        let mut computer = Computer { policy: Policy::usual(key).expect("a policy"), ..Computer::default() };
        labels.extend(computer.policy.parameters().iter().map(|setting| setting.label));
        assert_ne!(says("policy", key), None, "{key}");
    }
    labels.extend(PerCore::default().parameters().iter().map(|setting| setting.label));
    labels.extend([Claim::Nice, Claim::Priority, Claim::Tickets].map(Claim::name));
    let figures = [ResourceKind::Semaphore(2), ResourceKind::Barrier(2), ResourceKind::Queue(None)];
    labels.extend(figures.iter().filter_map(|kind| kind.figure().map(|(what, _)| what)));
    labels.retain(|label| !label.is_empty());
    assert!(labels.len() > 25, "{labels:?}");
    for label in labels {
        let says = says(label, "").unwrap_or_else(|| panic!("no sentence for “{label}”"));
        assert!(says.ends_with('.') && says.starts_with(char::is_uppercase) || says.starts_with('-'), "{says}");
        assert!(says.len() < 150, "too long for the foot of the panel: {says}");
    }
}

#[test]
fn a_choice_says_what_the_chosen_value_does() {
    assert_ne!(says("costs", "textbook"), says("costs", "measured"));
    assert_ne!(says("lock release", ""), says("lock release", "3.14"));
    assert_eq!(says("policy", "no such policy"), None);
    assert_eq!(says("no such setting", ""), None);
}
