//! What happened, as records of 16 bytes. A record is one change of one thread or one act of one thread; together they hold
//! the whole run, so lanes, metrics, sentences and exports read nothing else.

use crate::ids::{CoreId, GilIx, ThreadIx};
use crate::time::Time;

use super::{Kind, Reason};

/// One thing that happened. 16 bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Nanoseconds in the upper 56 bits, the kind in the lower 8.
    time_kind: u64,
    thread: u16,
    cause: u16,
    object: u16,
    core: u8,
    reason: Reason,
}

const NO_16: u16 = u16::MAX;
const NO_8: u8 = u8::MAX;

impl Record {
    /// A record without core, cause and object.
    #[must_use]
    pub const fn new(time: Time, kind: Kind, thread: ThreadIx, reason: Reason) -> Self {
        let time_kind = time.ns() << 8 | kind as u64;
        Self { time_kind, thread: thread.0, cause: NO_16, object: NO_16, core: NO_8, reason }
    }

    pub(crate) const fn on(mut self, core: CoreId) -> Self {
        self.core = core.0;
        self
    }

    pub(crate) fn by(mut self, cause: Option<ThreadIx>) -> Self {
        self.cause = cause.map_or(NO_16, |t| t.0);
        self
    }

    /// The record, about something shared, a GIL, or what else its kind says.
    #[must_use]
    pub const fn of(mut self, object: u16) -> Self {
        self.object = object;
        self
    }

    /// When.
    #[must_use]
    pub const fn time(&self) -> Time {
        Time::from_ns(self.time_kind >> 8)
    }

    /// What.
    #[must_use]
    pub fn kind(&self) -> Kind {
        Kind::ALL[(self.time_kind & 0xff) as usize]
    }

    /// Who.
    #[must_use]
    pub const fn thread(&self) -> ThreadIx {
        ThreadIx(self.thread)
    }

    /// Where, if it happened on a core.
    #[must_use]
    pub fn core(&self) -> Option<CoreId> {
        (self.core != NO_8).then_some(CoreId(self.core))
    }

    /// Why.
    #[must_use]
    pub const fn reason(&self) -> Reason {
        self.reason
    }

    /// Which other thread brought it about.
    #[must_use]
    pub fn cause(&self) -> Option<ThreadIx> {
        (self.cause != NO_16).then_some(ThreadIx(self.cause))
    }

    /// The number of the thing it is about; see the kind.
    #[must_use]
    pub fn object(&self) -> Option<u16> {
        (self.object != NO_16).then_some(self.object)
    }

    /// The GIL it is about, for the kinds that name one.
    #[must_use]
    pub fn gil(&self) -> Option<GilIx> {
        match self.kind() {
            Kind::WantsGil | Kind::ForcedWait | Kind::TakeGil | Kind::RequestGil | Kind::DropGil => {
                self.object().map(GilIx)
            }
            _ => None,
        }
    }
}

impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?}/{:?} thread {}", self.time(), self.kind(), self.reason, self.thread)?;
        if let Some(core) = self.core() {
            write!(f, " core {}", core.0)?;
        }
        if let Some(cause) = self.cause() {
            write!(f, " by {}", cause.0)?;
        }
        if let Some(object) = self.object() {
            write!(f, " of {object}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_16_bytes_and_gives_back_what_went_in() {
        assert_eq!(size_of::<Record>(), 16);
        let time = Time::from_ns(crate::time::MAX_NS);
        let r = Record::new(time, Kind::TakeGil, ThreadIx(1_023), Reason::Barged)
            .on(CoreId(63))
            .by(Some(ThreadIx(7)))
            .of(3);
        assert_eq!(
            (r.time(), r.kind(), r.thread(), r.reason()),
            (time, Kind::TakeGil, ThreadIx(1_023), Reason::Barged)
        );
        assert_eq!((r.core(), r.cause(), r.gil()), (Some(CoreId(63)), Some(ThreadIx(7)), Some(GilIx(3))));
    }
}
