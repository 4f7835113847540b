//! `textbooks.json`: worked examples with published answers.

use serde_json::Value;

use crate::gantt;
use crate::verdict::{Comparison, Stop};

pub(crate) fn compare(case: &Value) -> Result<Comparison, Stop> {
    let policy = case.get("policy").and_then(Value::as_str).unwrap_or_default();
    match policy {
        "RM" | "EDF" => Err(Stop::Skip("real-time policies are not asked of this version".to_owned())),
        "STRIDE" | "LOTTERY" | "CFS_SLICE" | "EEVDF_LAG" | "RR_UTILIZATION" => Err(Stop::no_policy(policy)),
        _ => gantt::compare(case),
    }
}
