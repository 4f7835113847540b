//! The page in a frame of another site.

use crate::visit::{Person, Visit, duo, duo_link};
use anyhow::{Context, Result, ensure};
use browser::{Element, Options, Page, Point, Site};
use gilscope::scenario::{json, link};
use serde_json::Value;

const TITLE: &str = "gilscope in a course";

/// A course page of another origin with the page in a frame, which is as other sites leave it but for `more` attributes.
struct Course {
    // The browser ends before the servers.
    page: Page,
    gilscope: Site,
    _course: Site,
}

impl Course {
    /// Opens the course and goes into the frame when the picture is there.
    fn with(rest: &str, (width, height): (u32, u32), more: &str) -> Result<Self> {
        let gilscope = Site::start_open()?;
        let src = gilscope.link(rest).replace('&', "&amp;");
        let course = Site::hosting(&format!(
            "<!doctype html><meta charset=utf-8><title>A course</title><link rel=icon href=data:,>
             <style>body {{ margin: 0 }} iframe {{ display: block; border: 0 }}</style>
             <iframe src=\"{src}\" width=\"{width}\" height=\"{height}\" title=\"{TITLE}\" {more}></iframe>
             <p>{}</p>",
            "More on threads. ".repeat(3_000)
        ))?;
        let page = Page::open(&Options::default(), &course.link(""))?;
        page.enter(TITLE)?;
        page.wait_ready()?;
        Ok(Self { page, gilscope, _course: course })
    }

    /// Leaves when nothing went wrong on the way, in the frame or around it.
    fn leave(self) -> Result<()> {
        self.page.go_out()?;
        self.page.assert_clean()
    }

    /// Where *Open full page* leads.
    fn full_page(&self) -> Result<String> {
        let link = self.page.find("link", "Open full page")?;
        let address = self.page.property(&link, "href")?;
        Ok(address.as_str().context("a link without an address")?.to_owned())
    }
}

#[test]
fn plays_and_resets_in_a_sandboxed_frame_of_another_origin() -> Result<()> {
    let course = Course::with("?embed#preset=G3&t=1ms", (600, 400), "sandbox=\"allow-scripts\"")?;
    let page = &course.page;
    ensure!(page.script("return window.origin;", &[])? == "null", "the frame is not sandboxed");
    // A browser computes roles and names of such a frame in a process of its own, where the driver does not look.
    let script = |body: &str, name: &str| {
        let found = format!("const found = document.querySelector(`[aria-label='${{arguments[0]}}']`); {body}");
        page.script(&found, &[name.into()])
    };
    let clock = || script("return found.innerText.trim();", "Playhead");
    let push = |name: &str| {
        page.wait_for(name, || Ok((script("found?.click(); return Boolean(found);", name)? == true).then_some(())))
    };
    let starts = |clock: &Value| clock.as_str().is_some_and(|clock| clock.starts_with("1.000 ms of "));
    let start = page.wait_to_see("where it starts", clock, starts)?;
    let full_page = || script("return found.href;", "Open full page");
    let link = course.gilscope.link("#preset=G3&t=1ms");
    page.wait_to_see("the full page", full_page, |seen| *seen == link)?;
    push("Play")?;
    page.wait_for("time passes", || Ok((clock()? != start).then_some(())))?;
    push("Pause")?;
    page.wait_until("it stands still", "document.querySelector(`[aria-label='Play']`)")?;
    push("Reset")?;
    page.wait_for("the start again", || Ok((clock()? == start).then_some(())))?;
    course.leave()
}

#[test]
fn fits_small_frames_with_its_buttons_in_view() -> Result<()> {
    for (size, mode) in [((600, 400), "view"), ((360, 480), "step"), ((600, 400), "edit"), ((360, 480), "edit")] {
        let course = Course::with(&format!("?embed&mode={mode}#preset=G3"), size, "")?;
        let page = &course.page;
        // What is there to reach the rest of the picture comes when that has been drawn.
        page.settle()?;
        let sizes = "const { scrollWidth, scrollHeight } = document.documentElement;
            return [scrollWidth - innerWidth, scrollHeight - innerHeight];";
        let over = || page.script(sizes, &[]);
        let fits = |over: &Value| (0..2).all(|i| over[i].as_i64().is_some_and(|px| px <= 0));
        page.wait_to_see(&format!("nothing overflows {size:?} in mode {mode}"), over, fits)?;
        let mut end = 0.0;
        for (role, name) in [("button", "Play"), ("button", "Reset"), ("link", "Open full page")] {
            let rect = page.resting(&page.find(role, name)?)?;
            let inside = rect.x >= end && rect.x + rect.width <= f64::from(size.0);
            ensure!(
                inside && rect.y >= 0.0 && rect.y + rect.height <= f64::from(size.1),
                "{size:?}: {name} is at {rect:?}"
            );
            ensure!(rect.width >= 24.0 && rect.height >= 24.0, "{name} is small: {rect:?}");
            end = rect.x + rect.width;
        }
        course.leave()?;
    }
    Ok(())
}

#[test]
fn what_does_not_fit_is_a_press_away() -> Result<()> {
    let course = Course::with("?embed&mode=step#preset=G3", (600, 400), "")?;
    let page = &course.page;
    let in_view = |thing: &Element| -> Result<bool> {
        let (thing, stage) = (page.rect(thing)?, page.rect(&page.find("region", "The picture: board and lanes")?)?);
        Ok(thing.y >= stage.y - 1.0 && thing.y + thing.height <= stage.y + stage.height + 1.0)
    };
    let computer = page.find_starting("button", "computer, ")?;
    page.wait_for("the board is in view at first", || Ok(in_view(&computer)?.then_some(())))?;
    page.push("Lanes")?;
    page.wait_for("the board has gone", || Ok((!in_view(&computer)?).then_some(())))?;
    page.push("Board")?;
    page.wait_for("the board is back", || Ok(in_view(&computer)?.then_some(())))?;
    course.leave()
}

#[test]
fn the_wheel_over_it_scrolls_the_page_around_it() -> Result<()> {
    let course = Course::with("?embed&mode=edit#preset=G3", (600, 400), "")?;
    let page = &course.page;
    page.go_out()?;
    page.wheel(Point { x: 200.0, y: 200.0 }, 0, 120)?;
    page.wait_until("the course scrolls", "scrollY >= 100")?;
    course.leave()
}

#[test]
fn in_mode_view_it_only_plays() -> Result<()> {
    let course = Course::with(&format!("?embed{}", duo_link()?), (800, 600), "")?;
    let page = &course.page;
    // Things are told, but nothing is to be pressed.
    page.find_starting("image", "editor, thread of editor")?;
    page.settle()?;
    let buttons =
        page.script("return [...document.querySelectorAll('button')].map((b) => b.ariaLabel ?? b.innerText);", &[])?;
    ensure!(buttons == serde_json::json!(["Play", "Reset"]), "{buttons}");
    // The frame gets the keys once it was clicked.
    page.click_at(Point { x: 300.0, y: 300.0 })?;
    page.wait_computed()?;
    let before = page.clock()?;
    for keys in ["ArrowRight", "End", "Control+z", "n"] {
        page.press_named(keys)?;
    }
    page.settle()?;
    ensure!(page.clock()? == before, "a key has moved the playhead");
    page.press_named("Space")?;
    page.wait_to_see("Space plays", || page.clock(), |clock| *clock != before)?;
    page.push("Pause")?;
    page.push("Reset")?;
    page.wait_clock(&before)?;
    course.leave()
}

#[test]
fn in_mode_view_a_reader_answers_what_a_thread_asks() -> Result<()> {
    let asks = r#"{"v":1,"title":"Asks","processes":[{"id":1,"name":"app","runtime":"native","threads":[
        {"id":1,"name":"ask","program":[{"native":1000000},{"input":"your name?"},{"native":2000000}]}]}]}"#;
    let asks = link::share(&json::from_str(asks)?)?;
    let course = Course::with(&format!("?embed#s={asks}&t=5ms"), (600, 400), "")?;
    let page = &course.page;
    let field = page.find_starting("textbox", "")?;
    page.type_into(&field, "Ada\u{e007}")?;
    page.wait_for("the answer", || Ok((link::decode(&course.full_page()?)?.interventions.len() == 1).then_some(())))?;
    page.push("Reset")?;
    page.wait_for("the question again", || {
        Ok(link::decode(&course.full_page()?)?.interventions.is_empty().then_some(()))
    })?;
    course.leave()
}

#[test]
fn in_mode_step_nothing_can_be_changed() -> Result<()> {
    let course = Course::with(&format!("?embed&mode=step{}", duo_link()?), (1_000, 700), "")?;
    let page = &course.page;
    page.point_at("editor, thread of editor")?;
    page.push("Next event")?;
    page.wait_moved(0)?;
    page.push("Reset")?;
    page.wait_clock("0.000")?;
    page.carry("editor, thread of editor", "core 1,")?;
    page.let_go()?;
    page.push("Next event")?;
    let address = page.wait_to_see("the moment", || course.full_page(), |address| address.contains("&t="))?;
    ensure!(link::decode(&address)? == duo()?, "{address}");
    course.leave()
}

#[test]
fn in_mode_edit_the_full_page_gets_what_was_changed() -> Result<()> {
    let course = Course::with(&format!("?embed&mode=edit&lang=de{}", duo_link()?), (1_000, 700), "")?;
    let page = &course.page;
    page.carry("editor, thread of editor", "core 1,")?;
    page.let_go()?;
    page.wait_for("the change", || Ok((link::decode(&course.full_page()?)? != duo()?).then_some(())))?;
    let address = course.full_page()?;
    ensure!(address.starts_with(&course.gilscope.link("?lang=de#s=")), "{address}");
    let changed = link::decode(&address)?;
    // Reset is a change as any other, and can be taken back.
    page.push("Reset")?;
    page.wait_for("what it was", || Ok((link::decode(&course.full_page()?)? == duo()?).then_some(())))?;
    page.push("Undo")?;
    page.wait_for(
        "the change again",
        || Ok((link::decode(&course.full_page()?) == Ok(changed.clone())).then_some(())),
    )?;
    // An embed keeps nothing for other visits, also when it is put aside.
    let kept = "document.dispatchEvent(new Event('visibilitychange'));
        return localStorage.length + sessionStorage.length;";
    ensure!(page.script(kept, &[])? == 0);
    course.leave()
}

#[test]
fn its_address_decides_on_theme_and_playing_and_bad_parameters_are_said() -> Result<()> {
    let page = Visit::to("?embed&theme=dark&autoplay&mode=play&speed=2ms#preset=G3")?;
    page.find_saying("status", "“play” is not known as mode: it is view, step or edit.")?;
    ensure!(page.root_attribute("data-theme")?.as_deref() == Some("dark"));
    page.find("button", "Pause")?;
    page.wait_to_see("the speed", || page.field("slider", "Speed"), |speed| speed.starts_with("0.55"))?;
    page.leave()
}
