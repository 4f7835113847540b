//! First come, first served: to completion in order of arrival (`policies.md` section 1). Ties: by thread id.

use super::{End, Rules};
use crate::time::Dur;

pub(super) struct Fcfs;

impl Rules for Fcfs {
    fn name(&self) -> &'static str {
        "first come, first served"
    }

    fn slice(&self) -> Option<Dur> {
        None
    }

    fn expired(&self) -> End {
        End::Tail
    }

    fn expired_first(&self) -> bool {
        false
    }
}
