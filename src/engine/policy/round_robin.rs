//! Round robin: one quantum at most, then to the tail of the ready queue (`policies.md` section 1). A slice begins when the
//! switch to the thread is over; a thread that is alone when its slice ends goes on with a new one. Ties: by thread id;
//! arrival against slice end at one instant is a parameter.

use super::{End, Rules};
use crate::scenario::RoundRobin;
use crate::time::Dur;

impl Rules for RoundRobin {
    fn name(&self) -> &'static str {
        "round robin"
    }

    fn slice(&self) -> Option<Dur> {
        Some(self.quantum)
    }

    fn expired(&self) -> End {
        End::Tail
    }

    fn expired_first(&self) -> bool {
        self.expired_first
    }
}
