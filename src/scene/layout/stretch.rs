//! What the parts of the board do with height that is left beside a higher part.

use super::super::Rect;
use super::board::CoreStyle;
use super::processes::{CHIP, CHIP_GAP, ProcessPlace};
use crate::number::Within;

/// By how much a core becomes higher where there is room, and one of a single line.
const CORE_GROWS: [f64; 2] = [60.0, 12.0];
/// By how much a home chip becomes higher where there is room: above waiting places, and where there are none.
const CHIP_GROWS: [f64; 2] = [8.0, 22.0];

/// Gives the rows of cores what is left above the panel's bottom, in equal parts.
pub(super) fn stretch_cores(cores: &mut [Rect], style: CoreStyle, spare: f64) {
    let (Some(first), Some(last)) = (cores.first().copied(), cores.last().copied()) else { return };
    let grows = CORE_GROWS[usize::from(style == CoreStyle::Chip)];
    let next = cores.iter().find(|c| c.y > first.y).map_or(1.0, |c| c.y - first.y);
    let row = |core: &Rect| ((core.y - first.y) / next).round();
    let each = (spare / (row(&last) + 1.0)).within(0.0, grows).floor();
    for core in cores {
        core.y += row(core) * each;
        core.h += each;
    }
}

/// Gives the panels of each column what is left above `bottom`.
pub(super) fn stretch(processes: &mut [ProcessPlace], bottom: f64) {
    processes.chunk_by_mut(|a, b| a.panel.x == b.panel.x).for_each(|column| stretch_column(column, bottom));
}

/// In equal parts: to their home chips, and to the waiting places below.
fn stretch_column(processes: &mut [ProcessPlace], bottom: f64) {
    let Some(last) = processes.last() else { return };
    let each = ((bottom - last.panel.bottom()) / processes.len() as f64).max(0.0);
    for (i, place) in processes.iter_mut().enumerate() {
        let down = each * i as f64;
        place.panel.y += down;
        place.panel.h += each;
        place.header.y += down;
        place.resources.iter_mut().for_each(|(_, r)| r.y += down + each);
        if (place.header.h + each - place.panel.h).abs() < 0.5 {
            // One line: name and chip stay level.
            place.header.h += each;
            place.chips.iter_mut().for_each(|chip| chip.y = place.header.center().y - CHIP / 2.0);
            continue;
        }
        let top = place.chips.first().map_or(0.0, |c| c.y);
        let rows = place.chips.last().map_or(0.0, |c| ((c.y - top) / (CHIP + CHIP_GAP)).round()) + 1.0;
        let taller = (each / rows).min(CHIP_GROWS[usize::from(place.wells.is_empty())]);
        for chip in &mut place.chips {
            let row = ((chip.y - top) / (CHIP + CHIP_GAP)).round();
            chip.y += down + row * taller;
            chip.h += taller;
        }
        let below = taller * rows;
        let lowest = place.wells.iter().map(|w| w.rect.y).fold(0.0, f64::max);
        for well in &mut place.wells {
            let grows = if well.rect.y == lowest { each - below } else { 0.0 };
            well.rect.y += down + below;
            well.rect.h += grows;
        }
    }
}
