//! Files whose policies or runtimes are still to come.

use serde_json::Value;

use crate::verdict::{Comparison, Stop};

pub(crate) fn compare(case: &Value) -> Result<Comparison, Stop> {
    let named = |key: &str| case.get(key).and_then(Value::as_str).map(str::to_owned);
    match (named("policy"), named("runtime")) {
        (Some(policy), _) => Err(Stop::no_policy(&policy)),
        (_, Some(runtime)) => Err(Stop::Skip(format!("the runtime {runtime} is not in this version"))),
        _ => Err(Stop::Broken("the case names neither policy nor runtime".to_owned())),
    }
}
