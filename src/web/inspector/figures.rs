//! Where a thread's time went, as a bar and in words.

use gilscope::ids::ThreadIx;
use gilscope::metrics::Totals;
use gilscope::number::decimal;
use gilscope::scene::Ink;
use gilscope::scene::theme::Theme;
use yew::prelude::*;

use crate::web::format;

/// Width of the bar in its own units.
const WIDTH: f64 = 1000.0;
/// The least part of the bar that is shown.
const LEAST: f64 = 4.0;

/// How strongly each place of [`Totals::by_name`] is coloured: computing most, waiting for other things least.
const STRENGTH: [&str; 9] = ["1", "0.75", "1", "1", "0.75", "0.45", "0.45", "0.28", "0.28"];
/// The same for the places after those.
const WEAKEST: &str = "0.14";

/// The bar with its legend; nothing while the thread has not lived yet.
pub(super) fn time_went(totals: &Totals, thread: ThreadIx, theme: Theme) -> Html {
    let life = totals.life().ns();
    if life == 0 {
        return Html::default();
    }
    let color = theme.css(Ink::Thread(thread.0));
    let strengths = STRENGTH.into_iter().chain(std::iter::repeat(WEAKEST));
    let parts: Vec<_> =
        totals.by_name().into_iter().zip(strengths).filter(|((_, d), _)| d.ns() > life / 1_000_000).collect();
    let mut x = 0.0;
    let bars = parts.iter().map(|((_, d), strength)| {
        let (left, width) = (x, d.ns() as f64 / life as f64 * WIDTH);
        x += width;
        html! {
            <rect x={decimal(left)} y="0" height="16" width={decimal((width - 3.0).max(LEAST))}
                fill={color.clone()} fill-opacity={*strength} />
        }
    });
    let bars: Html = bars.collect();
    html! {
        <>
            <h3>{ "Where its time went" }</h3>
            <svg class="time-bar" viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true">{ bars }</svg>
            <dl class="figures">
                { for parts.iter().map(|((name, d), strength)| html! {
                    <>
                        <dt>
                            <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
                                <rect width="10" height="10" rx="2" fill={color.clone()} fill-opacity={*strength} />
                            </svg>
                            { *name }
                        </dt>
                        <dd>{ format!("{} · {}", format::length(*d), format::percent(d.ns(), life)) }</dd>
                    </>
                }) }
            </dl>
        </>
    }
}
