//! `textbooks.json`: worked examples with published answers. Most are Gantt charts; the others are facts about one policy.

use serde_json::Value;

use crate::verdict::{Comparison, Stop};
use crate::{fair, gantt, proportional, utilization};

pub(crate) fn compare(case: &Value) -> Result<Comparison, Stop> {
    match case.get("policy").and_then(Value::as_str).unwrap_or_default() {
        "RM" | "EDF" => Err(Stop::Skip("real-time policies are not asked of this version".to_owned())),
        "STRIDE" | "LOTTERY" => proportional::compare(case),
        "CFS_SLICE" => fair::cfs_slice(case),
        "EEVDF_LAG" => fair::eevdf_lag(case),
        "RR_UTILIZATION" => utilization::compare(case),
        _ => gantt::compare(case),
    }
}
