//! What figures of a run are made of: sums, parts and means over its threads, cores and GILs.

use crate::time::Dur;

use super::rows::MILLION;
use super::{CoreMetrics, GilMetrics, Metrics, SwitchCause, ThreadMetrics};

/// Millionths that a part is of a whole; `None` of nothing.
pub(super) fn part(part: u128, whole: u128) -> Option<u64> {
    let millionths = (part * u128::from(MILLION) + whole / 2).checked_div(whole)?;
    Some(u64::try_from(millionths).unwrap_or(u64::MAX))
}

/// Millionths that one number is of another.
pub(super) fn ratio(of: u64, to: u64) -> Option<u64> {
    part(of.into(), to.into())
}

/// How many threads finished.
pub(super) fn finished(m: &Metrics) -> u64 {
    m.threads.iter().filter(|t| t.finished.is_some()).count() as u64
}

/// Something of all threads, in nanoseconds.
pub(super) fn total(m: &Metrics, of: fn(&ThreadMetrics) -> Dur) -> u128 {
    m.threads.iter().map(|t| u128::from(of(t).ns())).sum()
}

/// The same as a figure.
pub(super) fn sum(m: &Metrics, of: fn(&ThreadMetrics) -> Dur) -> Option<u64> {
    u64::try_from(total(m, of)).ok()
}

/// The mean of what some of the threads have.
pub(super) fn mean(m: &Metrics, of: fn(&ThreadMetrics) -> Option<Dur>) -> Option<u64> {
    let some = || m.threads.iter().filter_map(of).map(|d| u128::from(d.ns()));
    u64::try_from(some().sum::<u128>().checked_div(some().count() as u128)?).ok()
}

/// A part of the time of all cores.
pub(super) fn of_cores(m: &Metrics, of: fn(&CoreMetrics) -> Dur) -> Option<u64> {
    let sum = m.cores.iter().map(|c| u128::from(of(c).ns())).sum();
    part(sum, u128::from(m.span().ns()) * m.cores.len() as u128)
}

/// A part of the time of all GILs.
pub(super) fn of_gils(m: &Metrics, of: fn(&GilMetrics) -> Dur) -> Option<u64> {
    let sum = m.gils.iter().map(|g| u128::from(of(g).ns())).sum();
    part(sum, u128::from(m.span().ns()) * m.gils.len() as u128)
}

/// What is counted of all GILs, if there is one.
pub(super) fn gils(m: &Metrics, of: fn(&GilMetrics) -> u64) -> Option<u64> {
    m.gils.first().map(|_| m.gils.iter().map(of).sum())
}

/// The switches with a cause; none at all are not told one by one.
pub(super) fn switches(m: &Metrics, cause: SwitchCause) -> Option<u64> {
    Some(m.switches[cause as usize]).filter(|n| *n > 0)
}

/// So many of a hundred wake-ups took no longer.
pub(super) fn wake(m: &Metrics, percent: usize) -> Option<u64> {
    m.wake(percent).map(Dur::ns)
}
