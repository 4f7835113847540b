//! How the operating system schedules, chosen in the panel of the computer.

use crate::visit::{Person, Visit, edited, length, preset};
use anyhow::{Context, Result, ensure};
use gilscope::scenario::{PerCore, Policy, Queues, Slot};
use gilscope::time::Dur;

/// What the lanes look like.
fn lanes(page: &Visit) -> Result<String> {
    let picture = page.script("return document.querySelector('[data-gs-timeline]').toDataURL();", &[])?;
    Ok(picture.as_str().unwrap_or_default().to_owned())
}

#[test]
fn each_policy_is_chosen_by_its_name_and_shows_its_parameters_and_its_run() -> Result<()> {
    let page = Visit::to("#preset=S2&t=17ms")?;
    let start = preset("S2")?;
    page.click(&page.find("tab", "Computer")?)?;
    for (key, name) in Policy::NAMES {
        let before = lanes(&page)?;
        page.choose(&page.find("combobox", "policy")?, name)?;
        let mut policy = Policy::usual(key).unwrap_or_default();
        for setting in policy.parameters().iter().filter(|s| !s.label.is_empty()) {
            let role = if matches!(setting.slot, Slot::Flag(_)) { "combobox" } else { "textbox" };
            page.wait_field(role, setting.label, &setting.text()).context(name)?;
        }
        ensure!(page.share()?.scenario == edited(start.with_policy(policy))?, "{name} is not in the link");
        ensure!(page.script("return document.querySelector('.field-error') === null;", &[])? == true, "{name}");
        page.wait_for("other lanes", || Ok((lanes(&page)? != before).then_some(())))?;
    }
    page.leave()
}

#[test]
fn levels_are_written_as_they_are_read() -> Result<()> {
    let page = Visit::to("#preset=S2")?;
    page.click(&page.find("tab", "Computer")?)?;
    let field = page.find_starting("textbox", "levels")?;
    ensure!(page.property(&field, "value")? == "2 ms × 2, 4 ms × 2, 8 ms × 1");
    page.retype(&field, "1 ms * 3, 5 ms")?;
    let levels = || page.property(&field, "value");
    page.wait_to_see("the levels", levels, |now| now == "1 ms × 3, 5 ms × 1")?;
    page.retype(&field, "1 ms, soon")?;
    page.find_saying("alert", &length("soon").expect_err("no length"))?;
    page.leave()
}

#[test]
fn each_core_gets_a_ready_queue_of_its_own_with_its_parameters() -> Result<()> {
    let page = Visit::to("#preset=S1&t=5ms")?;
    page.click(&page.find("tab", "Computer")?)?;
    page.retype(&page.find("textbox", "cores")?, "2")?;
    page.wait_changed("Set the computer to 2 cores")?;
    page.choose(&page.find("combobox", "ready queue")?, "one per core")?;
    page.choose(&page.find("combobox", "idle cores take from others")?, "no")?;
    page.retype(&page.find("textbox", "even out every")?, "5 ms")?;
    page.find_between("button", "Undo: ", "5 ms")?;
    let queues = PerCore { pull: false, balance: Some(Dur::from_ms(5)), ..PerCore::default() };
    let expected = edited(preset("S1")?.with_cores(2))?;
    let expected = edited(expected.with_queues(Queues::PerCore(queues)))?;
    let shared = page.share()?.scenario;
    ensure!(shared == expected, "{:?}", shared.computer);
    page.leave()
}
