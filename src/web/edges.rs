//! While something is carried to an edge, the picture or the page scrolls.

use gilscope::number::Within;
use gilscope::session::{Action, scroll};

use super::app::App;
use super::window;

/// The pointer that carries something is at this place in the window.
pub(crate) fn follow(app: &App, x: f64, y: f64) {
    app.touch.edge.set(Some((x, y, None)));
    app.frame.ask_draw();
}

/// A frame has come. Whether another one is needed to go on scrolling.
pub(crate) fn on_frame(app: &App, now_ms: f64) -> bool {
    let Some((x, y, last)) = app.touch.edge.get() else { return false };
    let Some((stage, carries)) = app.stage().map(|stage| (stage, app.session().drag().is_some())) else { return false };
    let rect = stage.get_bounding_client_rect();
    let height = window().inner_height().ok().and_then(|h| h.as_f64()).unwrap_or_default();
    let speed = scroll::speed(y, rect.top().max(0.0), rect.bottom().min(height));
    if !carries || speed == 0.0 {
        app.touch.edge.set(None);
        return false;
    }
    app.touch.edge.set(Some((x, y, Some(now_ms))));
    let Some(last) = last else { return true };
    let by = speed * ((now_ms - last) / 1000.0).within(0.0, 0.1);
    let by = if by < 0.0 { by.min(-1.0) } else { by.max(1.0) };
    let before = stage.scroll_top();
    stage.set_scroll_top(before + by as i32);
    let page = window().page_y_offset().unwrap_or_default();
    let moved = stage.scroll_top() != before || {
        window().scroll_by_with_x_and_y(0.0, by);
        window().page_y_offset().unwrap_or_default() != page
    };
    if moved {
        app.act(Action::PointerMove(app.point_at(x, y)));
    }
    moved
}
