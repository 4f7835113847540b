//! The fields of one op of a program.

use gilscope::ids::{ObjectId, ThreadId};
use gilscope::number::written;
use gilscope::scenario::{Edit, OP_KINDS, Op, Process, Scenario};
use gilscope::time::{Dur, Time};
use yew::prelude::*;

use crate::web::app::Handle;
use crate::web::field::{Choice, Field, length, reader, refused};

/// What an input's time says when only a person answers.
const BY_HAND: &str = "by hand";

/// Changes a part of an op, of which another part may have been changed since it was rendered.
pub(super) fn change_op(
    s: &Scenario,
    thread: ThreadId,
    path: &[usize],
    change: &dyn Fn(&mut Op) -> Result<(), String>,
) -> Result<Edit, String> {
    let mut op = s.step(thread, path).ok_or("there is no such op")?.op.clone();
    change(&mut op)?;
    refused(s.with_op(thread, path, op))
}

/// An op and where it stands.
pub(super) struct OpFields<'a> {
    pub(super) app: &'a Handle,
    pub(super) thread: ThreadId,
    pub(super) path: &'a [usize],
    /// Unique on the page.
    pub(super) id: String,
    /// Its place, counted from 1.
    pub(super) place: String,
    /// Its kind.
    pub(super) name: &'static str,
}

impl OpFields<'_> {
    /// The kind of the op, and what it is about.
    pub(super) fn show(&self, op: &Op) -> Html {
        html! { <>{ self.kind(op) }{ self.about(op) }</> }
    }

    fn kind(&self, op: &Op) -> Html {
        let (app, thread, path) = (self.app.clone(), self.thread, self.path.to_vec());
        let choose = Callback::from(move |kind: String| {
            let edit = app.session().scenario().with_op_kind(thread, &path, &kind);
            app.edit(edit);
        });
        let options: Vec<_> = OP_KINDS.iter().map(|k| (AttrValue::from(k.name), AttrValue::from(k.name))).collect();
        let says = OP_KINDS.iter().find(|k| k.name == op.name()).map(|k| k.says);
        let Self { id, place, .. } = self;
        html! {
            <Choice id={format!("{id}-kind")} label={format!("kind of op {place}")} quiet=true {options}
                value={op.name()} {choose} class="op-kind" title={says} />
        }
    }

    fn about(&self, op: &Op) -> Html {
        let session = self.app.session();
        let scenario = session.scenario();
        let Some((process, _)) = scenario.thread(self.thread) else { return Html::default() };
        match op {
            Op::Input { prompt, at } => self.input(prompt, *at),
            Op::Acquire(id) => self.object(resources(process, &["lock", "semaphore"]), *id),
            Op::Release(id) => self.object(resources(process, &["lock", "semaphore"]), *id),
            Op::Wait(id) => self.object(resources(process, &["event", "barrier"]), *id),
            Op::Set(id) => self.object(resources(process, &["event"]), *id),
            Op::Clear(id) => self.object(resources(process, &["event"]), *id),
            Op::Put(id) => self.object(resources(process, &["queue"]), *id),
            Op::Get(id) => self.object(resources(process, &["queue"]), *id),
            Op::Io(length) => self.io(scenario, *length, None),
            Op::IoAt { device, length } => self.io(scenario, *length, Some(*device)),
            Op::Receive(id) => self.object(pipes(scenario), *id),
            Op::Send { pipe, bytes } => self.send(pipes(scenario), *pipe, *bytes),
            Op::Start(id) => {
                let startable = scenario.startable(process.id, self.thread).collect();
                self.other_thread(scenario, startable, *id)
            }
            Op::Join(id) => {
                let others = scenario.others(process.id, self.thread).collect();
                self.other_thread(scenario, others, *id)
            }
            Op::Spawn(id) => {
                let name = |p| (p, scenario.process(p).map_or_else(String::new, |p| p.name.clone()));
                self.choice("process", scenario.spawnable().map(name).collect(), *id, |op, id| {
                    if let Op::Spawn(of) = op {
                        *of = id;
                    }
                })
            }
            Op::Yield | Op::Repeat { .. } => Html::default(),
            timed => self.length(timed),
        }
    }

    /// A choice of what an op is about.
    fn choice<T: Copy + PartialEq + 'static>(
        &self,
        what: &str,
        of: Vec<(T, String)>,
        now: T,
        set: impl Fn(&mut Op, T) + 'static,
    ) -> Html {
        let place = |id: T| of.iter().position(|(i, _)| *i == id).map_or_else(String::new, |i| i.to_string());
        let value = place(now);
        let options = of.iter().enumerate().map(|(i, (_, name))| (i.to_string().into(), name.clone().into()));
        let options: Vec<(AttrValue, AttrValue)> = options.collect();
        let (app, thread, path) = (self.app.clone(), self.thread, self.path.to_vec());
        let choose = Callback::from(move |i: String| {
            let Some((id, _)) = i.parse().ok().and_then(|i: usize| of.get(i)) else { return };
            let set = |op: &mut Op| {
                set(op, *id);
                Ok(())
            };
            let edit = change_op(app.session().scenario(), thread, &path, &set);
            match edit {
                Ok(edit) => app.edit(Ok(edit)),
                Err(why) => app.complain(why),
            }
        });
        let Self { id, place, .. } = self;
        html! {
            <Choice id={format!("{id}-about")} label={format!("{what} of op {place}")} quiet=true {options} {value} {choose} />
        }
    }

    fn object(&self, of: Vec<(ObjectId, String)>, now: ObjectId) -> Html {
        self.choice("object", of, now, |op, to| {
            if let Op::Acquire(id) | Op::Release(id) | Op::Wait(id) | Op::Set(id) | Op::Clear(id) = op {
                *id = to;
            } else if let Op::Put(id) | Op::Get(id) | Op::Receive(id) = op {
                *id = to;
            }
        })
    }

    fn other_thread(&self, scenario: &Scenario, of: Vec<ThreadId>, now: ThreadId) -> Html {
        let name = |id| (id, scenario.thread(id).map_or_else(String::new, |(_, t)| t.name.clone()));
        self.choice("thread", of.into_iter().map(name).collect(), now, |op, to| {
            if let Op::Start(id) | Op::Join(id) = op {
                *id = to;
            }
        })
    }

    fn send(&self, of: Vec<(ObjectId, String)>, pipe: ObjectId, bytes: u32) -> Html {
        html! {
            <>
                { self.choice("pipe", of, pipe, |op, to| {
                    if let Op::Send { pipe, .. } = op {
                        *pipe = to;
                    }
                }) }
                { self.field("bytes", false, bytes.to_string(), |op, text| {
                    let to = written("bytes", text, 0, u32::MAX.into())? as u32;
                    if let Op::Send { bytes, .. } = op {
                        *bytes = to;
                    }
                    Ok(())
                }) }
            </>
        }
    }

    fn input(&self, prompt: &str, at: Option<Time>) -> Html {
        let answered = at.map_or_else(|| BY_HAND.to_owned(), |at| at.to_string());
        html! {
            <>
                { self.field("answered", true, answered, |op, text| {
                    let to = match text.trim() {
                        "" | BY_HAND => None,
                        time => Some(Time::ZERO + length(time)?),
                    };
                    if let Op::Input { at, .. } = op {
                        *at = to;
                    }
                    Ok(())
                }) }
                { self.field("asks", false, prompt.to_owned(), |op, text| {
                    if let Op::Input { prompt, .. } = op {
                        text.clone_into(prompt);
                    }
                    Ok(())
                }) }
            </>
        }
    }

    /// How long, and at which device, if there are any.
    fn io(&self, scenario: &Scenario, length: Dur, device: Option<ObjectId>) -> Html {
        let mut of = vec![(None, "network".to_owned())];
        of.extend(scenario.devices.iter().map(|d| (Some(d.id), d.name.clone())));
        html! {
            <>
                { self.field("length", true, length.to_string(), |op, text| {
                    let to = self::length(text)?;
                    if let Op::Io(length) | Op::IoAt { length, .. } = op {
                        *length = to;
                    }
                    Ok(())
                }) }
                if of.len() > 1 {
                    <span class="loop-word">{ "at" }</span>
                    { self.choice("device", of, device, |op, device| {
                        if let Op::Io(length) | Op::IoAt { length, .. } = *op {
                            *op = device.map_or(Op::Io(length), |device| Op::IoAt { device, length });
                        }
                    }) }
                }
            </>
        }
    }

    fn length(&self, op: &Op) -> Html {
        let now = op.length().unwrap_or_default().to_string();
        self.field("length", true, now, |op, text| {
            *op = Op::timed(op.name(), length(text)?).ok_or("this op takes no length")?;
            Ok(())
        })
    }

    /// A field that sets a part of the op. What is no quiet one has its name before it.
    fn field(
        &self,
        what: &'static str,
        quiet: bool,
        value: String,
        set: impl Fn(&mut Op, &str) -> Result<(), String> + 'static,
    ) -> Html {
        let (thread, path) = (self.thread, self.path.to_vec());
        let read = reader(self.app, move |s, text| change_op(s, thread, &path, &|op| set(op, text)));
        let Self { id, place, name, .. } = self;
        let label = if quiet { format!("{what} of {name} {place}") } else { what.to_owned() };
        html! { <Field app={self.app.clone()} id={format!("{id}-{what}")} {label} {quiet} {value} {read} /> }
    }
}

fn resources(process: &Process, kinds: &[&str]) -> Vec<(ObjectId, String)> {
    process.resources.iter().filter(|r| kinds.contains(&r.kind.name())).map(|r| (r.id, r.name.clone())).collect()
}

fn pipes(scenario: &Scenario) -> Vec<(ObjectId, String)> {
    scenario.pipes.iter().map(|p| (p.id, p.name.clone())).collect()
}
