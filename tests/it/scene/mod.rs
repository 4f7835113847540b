//! The scene: nothing overlaps, everything can be found, and the cost stays bounded.

mod blocks;
mod board;
mod charts;
mod damage;
mod dense;
mod dragging;
mod dump;
mod fixtures;
mod layout;
mod looks;
mod motion;
mod pointing;
mod ruler;
mod shared_lanes;
mod states;
mod targets;
mod texts;
mod time;
mod visual;
