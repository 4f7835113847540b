//! What an op looks like on the lanes, as a small picture: computing is full height, waiting a line.

use yew::prelude::*;

/// The picture of an op, in the colour of its thread.
pub(super) fn swatch(op: &str, color: &str) -> Html {
    let color = color.to_owned();
    let shape = match op {
        "python" | "extension" | "native" | "send" => html! {
            <>
                <rect width="16" height="22" rx="3" fill={color} />
                // Over the even fill, as in the lanes: dots, or stripes.
                if op == "extension" {
                    <path class="over" d="M3 4h0M8 4h0M13 4h0M3 9h0M8 9h0M13 9h0M3 14h0M8 14h0M13 14h0M3 19h0M8 19h0M13 19h0"
                        stroke-width="2.4" stroke-linecap="round" />
                } else if op != "python" {
                    <path class="over" d="M-2 8 8-2M-2 16 16-2M-2 24 20 2M6 24 20 10" stroke-width="2.2" />
                }
            </>
        },
        _ => {
            let (d, width, dash) = match op {
                "io" => ("M0 11h16", "2", "2 2"),
                "sleep" => ("M0 11h16", "2", "6 4"),
                "input" => ("M0 8.5h16M0 13.5h16", "2", "2 2"),
                _ => ("M0 11h16", "5", "4 3"),
            };
            html! { <path {d} stroke={color} stroke-width={width} stroke-dasharray={dash} /> }
        }
    };
    html! { <svg class="op-swatch" viewBox="0 0 16 22" aria-hidden="true">{ shape }</svg> }
}
