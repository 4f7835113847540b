//! From a picture to a scene.

use super::{Picture, Scene};

/// Draws everything: board, lanes, and the drag above them.
#[must_use]
pub fn draw(picture: &Picture<'_>) -> Scene {
    Scene { height: picture.size.h, ..Scene::default() }
}
