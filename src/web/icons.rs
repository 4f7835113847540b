//! The toolbar's icons: paths in a box of 16 by 16, in the colour of the text around them.

use yew::prelude::*;

pub(crate) const TO_START: &str = "M3 3h2v10H3zM13 3v10L6 8z";
pub(crate) const PREVIOUS: &str = "M11 3v10L4 8z";
pub(crate) const PLAY: &str = "M4 2.5v11L13.5 8z";
pub(crate) const PAUSE: &str = "M4 3h3v10H4zM9 3h3v10H9z";
pub(crate) const NEXT: &str = "M5 3v10l7-5z";
pub(crate) const TO_END: &str = "M11 3h2v10h-2zM3 3v10l7-5z";
pub(crate) const UNDO: &str = "M6.6 2.3 2 6.5l4.6 4.2V8h3.1a2.2 2.2 0 0 1 0 4.4H6v1.8h3.7a4 4 0 0 0 0-8H6.6z";
pub(crate) const REDO: &str = "M9.4 2.3 14 6.5l-4.6 4.2V8H6.3a2.2 2.2 0 0 0 0 4.4H10v1.8H6.3a4 4 0 0 1 0-8h3.1z";
pub(crate) const RESET: &str = "M8 2.5a5.5 5.5 0 1 1-5.2 3.7l1.7.6A3.7 3.7 0 1 0 8 4.3V7L3.6 3.7 8 .4z";
pub(crate) const AUTO: &str = "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zm0 1.8v9.4a4.7 4.7 0 0 0 0-9.4z";
pub(crate) const LIGHT: &str = "M8 4.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8zM7.2 1h1.6v2.2H7.2zM7.2 12.8h1.6V15H7.2zM1 7.2h2.2v1.6H1z\
    M12.8 7.2H15v1.6h-2.2zM2.5 3.6l1.1-1.1 1.6 1.6-1.1 1.1zM10.8 11.9l1.1-1.1 1.6 1.6-1.1 1.1z\
    M3.6 13.5l-1.1-1.1 1.6-1.6 1.1 1.1zM11.9 5.2l-1.1-1.1 1.6-1.6 1.1 1.1z";
pub(crate) const DARK: &str = "M6.2 1.8a6.3 6.3 0 1 0 8 8A5.2 5.2 0 0 1 6.2 1.8z";
pub(crate) const OUT: &str =
    "M9.5 2H14v4.5h-1.8V5L7.6 9.6 6.4 8.4 11 3.8H9.5zM3 3.5h4v1.7H4.2v6.6h6.6V9h1.7v4.5H2.5v-10z";
pub(crate) const LIBRARY: &str = "M2 2h5v5H2zM9 2h5v5H9zM2 9h5v5H2zM9 9h5v5H9z";
pub(crate) const PANEL: &str = "M2 3h12v10H2zm1.6 1.6v6.8h4.8V4.6z";
pub(crate) const LEFT: &str = "M10 3 11.4 4.4 7.8 8l3.6 3.6L10 13 5 8z";
pub(crate) const RIGHT: &str = "M6 3 4.6 4.4 8.2 8l-3.6 3.6L6 13l5-5z";
pub(crate) const UP: &str = "M8 4l5 6H3z";
pub(crate) const DOWN: &str = "M8 12l5-6H3z";
pub(crate) const GRIP: &str = "M5 2h2v2H5zM9 2h2v2H9zM5 7h2v2H5zM9 7h2v2H9zM5 12h2v2H5zM9 12h2v2H9z";
pub(crate) const MORE: &str = "M2 7h2.5v2.5H2zM6.75 7h2.5v2.5h-2.5zM11.5 7H14v2.5h-2.5z";
pub(crate) const DELETE: &str = "M4.3 3 8 6.7 11.7 3 13 4.3 9.3 8l3.7 3.7-1.3 1.3L8 9.3 4.3 13 3 11.7 6.7 8 3 4.3z";

/// An icon; its button has the name.
pub(crate) fn icon(path: &'static str) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d={path} /></svg>
    }
}
