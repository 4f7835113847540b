//! What threads share in a run: locks and the like, resolved to dense indexes.

use crate::ids::{ObjectId, ProcessIx};
use crate::scenario::{ResourceKind, Scenario};

/// Something that threads wait for, other than a GIL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanObject {
    /// Its id in the scenario.
    pub id: ObjectId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: ObjectKind,
    /// A semaphore's initial count, a barrier's parties, a queue's capacity ([`u32::MAX`]: unbounded); 0 for others.
    pub size: u32,
    /// The process whose threads share it; a pipe and a device belong to none.
    pub process: Option<ProcessIx>,
}

/// What a shared object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectKind {
    /// One thread holds it at a time.
    Lock,
    /// A count of which each who acquires it takes one.
    Semaphore,
    /// Set or not.
    Event,
    /// Threads meet there.
    Barrier,
    /// Items for threads of the same process.
    Queue,
    /// Messages between processes.
    Pipe,
    /// Serves one at a time.
    Device,
}

/// Everything shared, without the processes that it belongs to.
pub(super) fn objects(scenario: &Scenario) -> Vec<PlanObject> {
    let mut objects = Vec::new();
    let mut add = |id, name: &str, kind, size| {
        insert_by(&mut objects, PlanObject { id, name: name.to_owned(), kind, size, process: None }, |o| o.id);
    };
    for resource in scenario.processes.iter().flat_map(|p| &p.resources) {
        let (kind, size) = match resource.kind {
            ResourceKind::Lock => (ObjectKind::Lock, 0),
            ResourceKind::Semaphore(count) => (ObjectKind::Semaphore, count),
            ResourceKind::Event => (ObjectKind::Event, 0),
            ResourceKind::Barrier(parties) => (ObjectKind::Barrier, parties),
            ResourceKind::Queue(capacity) => (ObjectKind::Queue, capacity.unwrap_or(u32::MAX)),
            ResourceKind::Memory(_) | ResourceKind::File => continue,
        };
        add(resource.id, &resource.name, kind, size);
    }
    for pipe in &scenario.pipes {
        add(pipe.id, &pipe.name, ObjectKind::Pipe, 0);
    }
    for device in &scenario.devices {
        add(device.id, &device.name, ObjectKind::Device, 0);
    }
    objects
}

/// Inserts into a list in ascending order of the key, behind what has the same one. A thousand things are the most there
/// are, and the sorts of the standard library would be some kilobytes of the page's download for each type of thing.
pub(super) fn insert_by<T, K: Ord>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> K) {
    let place = list.partition_point(|other| key(other) <= key(&item));
    list.insert(place, item);
}
