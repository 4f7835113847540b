//! Threaded programs as the CPython cases write them: lists such as `["python_ms", 2]`.

use gilscope::ids::ObjectId;
use gilscope::scenario::model::Extra;
use gilscope::scenario::{Op, Resource, ResourceKind, Runtime, Step};
use gilscope::time::{Dur, Time};
use serde_json::Value;

use crate::timeline::ns;
use crate::verdict::Stop;

/// Turns the programs of one process into steps, and collects what its threads share.
#[derive(Default)]
pub(crate) struct Translator {
    /// What computing is multiplied by.
    pub(crate) scale: f64,
    /// When input is answered, in milliseconds.
    pub(crate) input_at_ms: Option<f64>,
    pub(crate) shared: Vec<Resource>,
}

/// The unit at the end of a step's name, in milliseconds.
fn unit(name: &str) -> Option<(&str, f64)> {
    let (op, unit) = name.rsplit_once('_')?;
    let ms = [("ns", 1e-6), ("us", 1e-3), ("ms", 1.0), ("s", 1e3)].into_iter().find(|(u, _)| *u == unit)?.1;
    Some((op, ms))
}

impl Translator {
    pub(crate) fn steps(&mut self, program: &[Value]) -> Result<Vec<Step>, Stop> {
        program.iter().map(|step| Ok(self.op(step)?.into())).collect()
    }

    fn op(&mut self, step: &Value) -> Result<Op, Stop> {
        let unknown = || Stop::Skip(format!("this reader does not know the step {step}"));
        let name = step[0].as_str().ok_or_else(unknown)?;
        if let Some((op, ms)) = unit(name) {
            let scale = if matches!(op, "python" | "extension" | "native") { self.scale } else { 1.0 };
            let length = Dur::from_ns(ns(step[1].as_f64().ok_or_else(unknown)? * ms * scale));
            return Op::timed(op, length).ok_or_else(unknown);
        }
        Ok(match name {
            "repeat" => {
                let steps = self.steps(step[2].as_array().ok_or_else(unknown)?)?;
                Op::Repeat { times: Some(step[1].as_u64().ok_or_else(unknown)? as u32), steps }
            }
            "acquire" => Op::Acquire(self.object(&step[1], ResourceKind::Lock)),
            "release" => Op::Release(self.object(&step[1], ResourceKind::Lock)),
            "put" => Op::Put(self.object(&step[1], ResourceKind::Queue(None))),
            "get" => Op::Get(self.object(&step[1], ResourceKind::Queue(None))),
            "input" => Op::Input { prompt: String::new(), at: self.input_at_ms.map(|at| Time::from_ns(ns(at))) },
            _ => return Err(unknown()),
        })
    }

    /// The lock or queue of that name.
    fn object(&mut self, name: &Value, kind: ResourceKind) -> ObjectId {
        let name = name.as_str().unwrap_or("unnamed");
        if let Some(known) = self.shared.iter().find(|r| r.name == name) {
            return known.id;
        }
        let id = ObjectId(self.shared.len() as u16);
        self.shared.push(Resource { id, name: name.to_owned(), kind, extra: Extra::new() });
        id
    }
}

/// Milliseconds of computing in a program.
pub(crate) fn computing(program: &[Value]) -> f64 {
    let of = |step: &Value| -> f64 {
        let name = step[0].as_str().unwrap_or_default();
        match (unit(name), name) {
            (Some(("python" | "extension" | "native", ms)), _) => step[1].as_f64().unwrap_or(0.0) * ms,
            (_, "repeat") => step[1].as_f64().unwrap_or(0.0) * step[2].as_array().map_or(0.0, |body| computing(body)),
            _ => 0.0,
        }
    };
    program.iter().map(of).sum()
}

/// The runtime that the cases call by this name.
pub(crate) fn runtime(name: &str, switch_interval_ms: Option<f64>) -> Result<Runtime, Stop> {
    let interval = switch_interval_ms.map_or(Runtime::DEFAULT_SWITCH_INTERVAL, |ms| Dur::from_ns(ns(ms)));
    match name {
        "cpython" => Ok(Runtime::cpython(interval)),
        // What it costs to run without a GIL is in the computing of the cases, which is scaled to what was measured.
        "free_threaded" => Ok(Runtime::free_threaded(0)),
        "native" => Ok(Runtime::Native),
        other => Err(Stop::Skip(format!("the runtime {other} is not in this version"))),
    }
}

/// The value in the middle, or the mean of the two there.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    if values.is_empty() {
        return f64::NAN;
    }
    values.sort_by(f64::total_cmp);
    (values[(values.len() - 1) / 2] + values[values.len() / 2]) / 2.0
}
