//! Sentences about waits that need neither core nor GIL, and about waking.

use super::cores::ended;
use super::teller::{Teller, len};
use crate::engine::Reason;

/// Waits for an I/O.
pub(super) fn io(t: &Teller<'_>, reason: Reason) -> Option<String> {
    wait(t, reason, "for I/O")
}

/// Waits for the clock.
pub(super) fn sleep(t: &Teller<'_>, reason: Reason) -> Option<String> {
    wait(t, reason, "for the clock")
}

fn wait(t: &Teller<'_>, reason: Reason, what: &str) -> Option<String> {
    if reason != Reason::OpBegins {
        return None;
    }
    let length = t.op().map_or_else(String::new, |op| format!(" {}", len(op.length)));
    let without = if t.has_gil() { format!("neither a core nor {}", t.gil()) } else { "no core".to_owned() };
    Some(format!("{} waits{length} {what} and needs {without} meanwhile.", t.who()))
}

/// Woken, and on its way to the ready queue.
pub(super) fn waking(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, costs) = (t.who(), &t.plan.costs);
    Some(match reason {
        Reason::IoEnded => format!("{}; waking takes {}, then it is ready.", ended(t, "I/O"), len(costs.io_end)),
        Reason::SleepEnded => format!("{}; waking takes {}, then it is ready.", ended(t, "sleep"), len(costs.io_end)),
        Reason::GilSignalled => format!(
            "{} released {} and signalled {who}, the first who waited; waking takes {}, and the signal is no hand-over: \
             whoever is on a core first takes the GIL.",
            t.other(),
            t.gil(),
            len(costs.hand_off),
        ),
        _ => return None,
    })
}
