//! The fields of one op of a program.

use gilscope::ids::{ObjectId, ThreadId};
use gilscope::number::written;
use gilscope::scenario::{OP_KINDS, Op, Process, Scenario};
use gilscope::time::{Dur, Time};
use yew::prelude::*;

use crate::web::app::Handle;
use crate::web::field::{Choice, Field, length, reader, refused};

/// What an input's time says when only a person answers.
const BY_HAND: &str = "by hand";

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
            Op::Acquire(id) => self.object(resources(process, &["lock", "semaphore"]), *id, Op::Acquire),
            Op::Release(id) => self.object(resources(process, &["lock", "semaphore"]), *id, Op::Release),
            Op::Wait(id) => self.object(resources(process, &["event", "barrier"]), *id, Op::Wait),
            Op::Set(id) => self.object(resources(process, &["event"]), *id, Op::Set),
            Op::Clear(id) => self.object(resources(process, &["event"]), *id, Op::Clear),
            Op::Put(id) => self.object(resources(process, &["queue"]), *id, Op::Put),
            Op::Get(id) => self.object(resources(process, &["queue"]), *id, Op::Get),
            Op::Io(length) => self.io(scenario, *length, None),
            Op::IoAt { device, length } => self.io(scenario, *length, Some(*device)),
            Op::Receive(id) => self.object(pipes(scenario), *id, Op::Receive),
            Op::Send { pipe, bytes } => self.send(pipes(scenario), *pipe, *bytes),
            Op::Start(id) => {
                let startable = scenario.startable(process.id, self.thread).collect();
                self.other_thread(scenario, startable, *id, Op::Start)
            }
            Op::Join(id) => {
                let others = scenario.others(process.id, self.thread).collect();
                self.other_thread(scenario, others, *id, Op::Join)
            }
            Op::Spawn(id) => {
                let name = |p| (p, scenario.process(p).map_or_else(String::new, |p| p.name.clone()));
                self.choice("process", scenario.spawnable().map(name).collect(), *id, Op::Spawn)
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
        make: impl Fn(T) -> Op + 'static,
    ) -> Html {
        let place = |id: T| of.iter().position(|(i, _)| *i == id).map_or_else(String::new, |i| i.to_string());
        let value = place(now);
        let options = of.iter().enumerate().map(|(i, (_, name))| (i.to_string().into(), name.clone().into()));
        let options: Vec<(AttrValue, AttrValue)> = options.collect();
        let (app, thread, path) = (self.app.clone(), self.thread, self.path.to_vec());
        let choose = Callback::from(move |i: String| {
            let Some((id, _)) = i.parse().ok().and_then(|i: usize| of.get(i)) else { return };
            let edit = app.session().scenario().with_op(thread, &path, make(*id));
            app.edit(edit);
        });
        let Self { id, place, .. } = self;
        html! {
            <Choice id={format!("{id}-about")} label={format!("{what} of op {place}")} quiet=true {options} {value} {choose} />
        }
    }

    fn object(&self, of: Vec<(ObjectId, String)>, now: ObjectId, make: fn(ObjectId) -> Op) -> Html {
        self.choice("object", of, now, make)
    }

    fn other_thread(&self, scenario: &Scenario, of: Vec<ThreadId>, now: ThreadId, make: fn(ThreadId) -> Op) -> Html {
        let name = |id| (id, scenario.thread(id).map_or_else(String::new, |(_, t)| t.name.clone()));
        self.choice("thread", of.into_iter().map(name).collect(), now, make)
    }

    fn send(&self, of: Vec<(ObjectId, String)>, pipe: ObjectId, bytes: u32) -> Html {
        html! {
            <>
                { self.choice("pipe", of, pipe, move |pipe| Op::Send { pipe, bytes }) }
                { self.field("bytes", false, bytes.to_string(), move |text| {
                    let bytes = written("bytes", text, 0, u32::MAX.into())? as u32;
                    Ok(Op::Send { pipe, bytes })
                }) }
            </>
        }
    }

    fn input(&self, prompt: &str, at: Option<Time>) -> Html {
        let (asks, now) = (prompt.to_owned(), prompt.to_owned());
        let answered = at.map_or_else(|| BY_HAND.to_owned(), |at| at.to_string());
        html! {
            <>
                { self.field("answered", true, answered, move |text| {
                    let at = match text.trim() {
                        "" | BY_HAND => None,
                        time => Some(Time::ZERO + length(time)?),
                    };
                    Ok(Op::Input { prompt: asks.clone(), at })
                }) }
                { self.field("asks", false, now, move |text| Ok(Op::Input { prompt: text.to_owned(), at })) }
            </>
        }
    }

    /// How long, and at which device, if there are any.
    fn io(&self, scenario: &Scenario, length: Dur, device: Option<ObjectId>) -> Html {
        let make =
            |device: Option<ObjectId>, length| device.map_or(Op::Io(length), |device| Op::IoAt { device, length });
        let mut of = vec![(None, "network".to_owned())];
        of.extend(scenario.devices.iter().map(|d| (Some(d.id), d.name.clone())));
        html! {
            <>
                { self.field("length", true, length.to_string(), move |text| Ok(make(device, self::length(text)?))) }
                if of.len() > 1 {
                    <span class="loop-word">{ "at" }</span>
                    { self.choice("device", of, device, move |device| make(device, length)) }
                }
            </>
        }
    }

    fn length(&self, op: &Op) -> Html {
        let name = op.name();
        let now = op.length().unwrap_or_default().to_string();
        self.field("length", true, now, move |text| {
            let length = length(text)?;
            Op::timed(name, length).ok_or_else(|| "this op takes no length".to_owned())
        })
    }

    /// A field that makes another op. What is no quiet one has its name before it.
    fn field(
        &self,
        what: &'static str,
        quiet: bool,
        value: String,
        make: impl Fn(&str) -> Result<Op, String> + 'static,
    ) -> Html {
        let (thread, path) = (self.thread, self.path.to_vec());
        let read = reader(self.app, move |s, text| refused(s.with_op(thread, &path, make(text)?)));
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
