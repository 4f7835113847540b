//! Themes: what colour an [`Ink`] is. The tests hold the contrasts that WCAG 2.2 AA asks for.
//!
//! Thread colours began as those of Okabe and Ito (2008) and of Tol's “muted” set, made darker on light ground and lighter on
//! dark ground until text on them is readable, then moved as little as makes any two of the eight at least 5 apart in Oklab
//! (times 100) for people with any common colour blindness, and at least 6 from the gold of the GIL (`docs/visual.md`); no state is told by colour alone.

use super::Ink;

/// Red, green and blue, 0 to 255 each, in sRGB.
pub type Rgb = [u8; 3];

/// A set of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Dark on white.
    #[default]
    Light,
    /// Light on near-black.
    Dark,
    /// White and saturated colours on black.
    HighContrast,
}

/// The inks that are not counted.
struct Base {
    page: Rgb,
    panel: Rgb,
    well: Rgb,
    rim: Rgb,
    card: Rgb,
    line: Rgb,
    text: Rgb,
    muted: Rgb,
    gil: Rgb,
    on_gil: Rgb,
    alert: Rgb,
    accent: Rgb,
    on_thread: Rgb,
    threads: [Rgb; 8],
    processes: [Rgb; 6],
}

const LIGHT: Base = Base {
    page: hex(0xfafaf7),
    panel: hex(0xffffff),
    well: hex(0xf1f3f5),
    rim: hex(0xf1f3f5),
    card: hex(0xffffff),
    line: hex(0xd5d9df),
    text: hex(0x1b1f27),
    muted: hex(0x555d6b),
    gil: hex(0xf2b42c),
    on_gil: hex(0x3d2c00),
    alert: hex(0xa3260c),
    accent: hex(0xa8186f),
    on_thread: hex(0xffffff),
    threads: [
        hex(0xc15116),
        hex(0x007b53),
        hex(0x0558a0),
        hex(0xa13c7e),
        hex(0x7f5000),
        hex(0x6855c4),
        hex(0x297bb3),
        hex(0x852655),
    ],
    processes: [hex(0x4b5fc4), hex(0x55801a), hex(0xa85f2a), hex(0x1b8080), hex(0x8a4fb0), hex(0x636b78)],
};

const DARK: Base = Base {
    page: hex(0x13161b),
    panel: hex(0x1b1f26),
    well: hex(0x242932),
    rim: hex(0x242932),
    card: hex(0x2c323d),
    line: hex(0x434c5a),
    text: hex(0xeceff4),
    muted: hex(0xabb4c2),
    gil: hex(0xf2bd3d),
    on_gil: hex(0x2b1f00),
    alert: hex(0xff9d87),
    accent: hex(0xff93d1),
    on_thread: hex(0x12151a),
    threads: [
        hex(0xf08f45),
        hex(0x39c89b),
        hex(0x60a4f1),
        hex(0xd68ec2),
        hex(0xc8f070),
        hex(0xaab1fe),
        hex(0x87d2ed),
        hex(0xff99b4),
    ],
    processes: [hex(0x8496f0), hex(0x9ec55a), hex(0xdb9a68), hex(0x58c4c4), hex(0xc794ea), hex(0xa2abb9)],
};

const HIGH_CONTRAST: Base = Base {
    page: hex(0x000000),
    panel: hex(0x000000),
    well: hex(0x101010),
    rim: hex(0xb4b4b4),
    card: hex(0x000000),
    line: hex(0xb4b4b4),
    text: hex(0xffffff),
    muted: hex(0xe6e6e6),
    gil: hex(0xffd23f),
    on_gil: hex(0x000000),
    alert: hex(0xffb3a3),
    accent: hex(0xff9be0),
    on_thread: hex(0x000000),
    threads: [
        hex(0xff9d4f),
        hex(0x5fe2a6),
        hex(0x7abffe),
        hex(0xffa5d5),
        hex(0xd8ff80),
        hex(0xbd9bd8),
        hex(0x9ae4ff),
        hex(0xd89db0),
    ],
    processes: [hex(0x9fb0ff), hex(0xb9e070), hex(0xf0b080), hex(0x70dede), hex(0xdcaaff), hex(0xc8d0dc)],
};

const fn hex(rgb: u32) -> Rgb {
    [(rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8]
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::HighContrast];

    const fn base(self) -> &'static Base {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
            Self::HighContrast => &HIGH_CONTRAST,
        }
    }

    /// The colour of an ink. The ninth thread has the first one's colour a third of the way to that of text, and so on.
    #[must_use]
    pub fn rgb(self, ink: Ink) -> Rgb {
        let b = self.base();
        match ink {
            Ink::Page => b.page,
            Ink::Panel => b.panel,
            Ink::Well => b.well,
            Ink::Rim => b.rim,
            Ink::Card => b.card,
            Ink::Line => b.line,
            Ink::Text | Ink::Playhead => b.text,
            Ink::Muted => b.muted,
            Ink::Gil => b.gil,
            Ink::OnGil => b.on_gil,
            Ink::Alert => b.alert,
            Ink::Accent => b.accent,
            Ink::Thread(n) => cycle(&b.threads, n, b.text),
            Ink::OnThread(_) => b.on_thread,
            Ink::Process(n) => cycle(&b.processes, n, b.text),
        }
    }

    /// The colour as CSS: `#rrggbb`.
    #[must_use]
    pub fn css(self, ink: Ink) -> String {
        let [r, g, b] = self.rgb(ink);
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

/// The colours in turn, every second time a third of the way to `towards`.
fn cycle(colours: &[Rgb], n: u16, towards: Rgb) -> Rgb {
    let colour = colours[usize::from(n) % colours.len()];
    if (usize::from(n) / colours.len()).is_multiple_of(2) {
        return colour;
    }
    std::array::from_fn(|i| ((2 * u16::from(colour[i]) + u16::from(towards[i])) / 3) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, WCAG 2.2.
    fn luminance(rgb: Rgb) -> f64 {
        let [r, g, b] = rgb.map(|c| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Contrast ratio, WCAG 2.2: 1 to 21.
    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn assert_contrast(at_least: f64, pairs: &[(Ink, Ink)]) {
        for theme in Theme::ALL {
            for &(ink, ground) in pairs {
                let c = contrast(theme.rgb(ink), theme.rgb(ground));
                assert!(c >= at_least, "{theme:?}: {ink:?} on {ground:?} has {c:.2}, wanted {at_least}");
            }
        }
    }

    #[test]
    fn text_is_readable_on_every_ground() {
        let grounds = [Ink::Page, Ink::Panel, Ink::Well, Ink::Card];
        for ground in grounds {
            assert_contrast(4.5, &[Ink::Text, Ink::Muted, Ink::Alert, Ink::Accent].map(|ink| (ink, ground)));
        }
        assert_contrast(4.5, &[(Ink::OnGil, Ink::Gil)]);
        for n in 0..40 {
            assert_contrast(4.5, &[(Ink::OnThread(n), Ink::Thread(n))]);
        }
    }

    #[test]
    fn threads_and_processes_stand_out_from_what_they_lie_on() {
        for n in 0..40 {
            for ground in [Ink::Panel, Ink::Card, Ink::Well] {
                assert_contrast(3.0, &[(Ink::Thread(n), ground), (Ink::Process(n), ground)]);
            }
        }
    }

    #[test]
    fn the_first_sixteen_threads_differ() {
        for theme in Theme::ALL {
            let mut colours: Vec<_> = (0..16).map(|n| theme.rgb(Ink::Thread(n))).collect();
            colours.sort_unstable();
            colours.dedup();
            assert_eq!(colours.len(), 16, "{theme:?}");
        }
    }
}
