//! What a scenario is made into before it runs.

use gilscope::engine::Run;
use gilscope::ids::ThreadIx;
use serde_json::json;

use super::sharing_rules::{python, run_with, thread};

fn one(program: &serde_json::Value) -> Run {
    run_with(&json!({ "processes": [{ "id": 1, "name": "app", "threads": [thread(1, "A", program)] }] }))
}

#[test]
fn an_op_is_as_deep_as_there_are_loops_around_it_also_in_one_that_never_runs() {
    let inner = json!([{ "repeat": 2, "steps": [python(1)] }]);
    let never = json!([{ "repeat": 0, "steps": inner }]);
    let program = json!([python(1), { "repeat": 1, "steps": [never[0], python(1)] }, { "forever": inner }]);
    let run = one(&program);
    let ops = run.plan().thread(ThreadIx(0)).ops.iter();
    let told: Vec<String> = ops.map(|op| format!("{}{}", "  ".repeat(op.depth), op.name)).collect();
    expect_test::expect![[r#"
        python
        repeat
          repeat
            repeat
              python
          python
        forever
          repeat
            python"#]]
    .assert_eq(&told.join("\n"));
}

#[test]
fn python_that_takes_no_time_leaves_no_record() {
    let nothing = json!([python(0), { "extension": 0 }, python(1)]);
    assert_eq!(one(&nothing).trace().len(), one(&json!([python(1)])).trace().len());
}
