//! Links that hold a whole scenario: `gs1.<crc>.<payload>`, in a page's address as `#s=gs1…`.
//!
//! The payload is canonical JSON, compressed with raw DEFLATE, as base64url without padding. The crc is the CRC-32 of the
//! payload's text as 6 characters of base64url and stands before it, so a link that was cut on its way is noticed.
//! `gs1` is the version of this container; the version of the schema is inside.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crc::{CRC_32_ISO_HDLC, Crc, NoTable};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use crate::text::capitalized;

use super::json::{self, JsonError};
use super::{Scenario, params};

/// The most characters of a link, prefix included.
pub const MAX_TEXT: usize = 64 * 1024;
/// The most bytes of the JSON inside a link.
pub const MAX_JSON: usize = 256 * 1024;

const MARK: &str = "gs";
const VERSION: u64 = 1;
/// The strongest level of DEFLATE: links are made once and sent around.
const LEVEL: u8 = 10;

/// Why a text is not a link that can be opened. Each is shown to people as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// Nothing of it looks like a link.
    NotALink,
    /// A container of another version.
    UnknownVersion(u64),
    /// More than [`MAX_TEXT`] characters.
    TooLong(usize),
    /// A part is missing or was changed.
    Damaged,
    /// The JSON inside has more than [`MAX_JSON`] bytes.
    InflatesTooLarge,
    /// It arrived whole, and what is inside is not a scenario that can run.
    Scenario(JsonError),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotALink => f.write_str("This is not a gilscope link: it does not begin with “gs1.”."),
            Self::UnknownVersion(v) => {
                write!(f, "This link is of kind “gs{v}”, which this version of gilscope cannot open.")
            }
            Self::TooLong(n) => {
                write!(f, "This link has {n} characters, more than the {MAX_TEXT} that a link may have.")
            }
            Self::Damaged => f.write_str(
                "This link was cut or damaged on its way: its checksum does not match. Copy it again, whole.",
            ),
            Self::InflatesTooLarge => {
                write!(f, "This link holds more than {} KiB of scenario, more than a link may hold.", MAX_JSON / 1024)
            }
            Self::Scenario(JsonError::Syntax { .. }) => {
                f.write_str("This link arrived whole, but what it holds is not a scenario: it is not JSON.")
            }
            Self::Scenario(error) => {
                write!(f, "This link holds a scenario that cannot run here. {}.", capitalized(&error.to_string()))
            }
        }
    }
}

impl std::error::Error for LinkError {}

/// The scenario as the text of a link, `gs1.<crc>.<payload>`, without checking whether it is small enough; see
/// [`share`].
#[must_use]
pub fn encode(scenario: &Scenario) -> String {
    pack(json::to_string(scenario).as_bytes())
}

/// The scenario as the text of a link that [`decode`] accepts.
///
/// # Errors
/// [`LinkError::TooLong`], [`LinkError::InflatesTooLarge`]: the scenario can only be saved as a file.
/// [`LinkError::Scenario`]: it does not pass [`Scenario::check`].
pub fn share(scenario: &Scenario) -> Result<String, LinkError> {
    scenario.check().map_err(|problem| LinkError::Scenario(JsonError::Refused(problem)))?;
    let json = json::to_string(scenario);
    if json.len() > MAX_JSON {
        return Err(LinkError::InflatesTooLarge);
    }
    let link = pack(json.as_bytes());
    if link.len() > MAX_TEXT { Err(LinkError::TooLong(link.len())) } else { Ok(link) }
}

/// The scenario of a link: the bare text `gs1…`, or an address or fragment that holds it as `s=gs1…`.
///
/// # Errors
/// The first thing that is wrong with it. A scenario that is returned passed [`Scenario::check`].
pub fn decode(text: &str) -> Result<Scenario, LinkError> {
    let json = unpack(&payload(text).ok_or(LinkError::NotALink)?)?;
    let not_text = |_| JsonError::Syntax { line: 1, column: 0, what: "not UTF-8 text".to_owned() };
    let json = String::from_utf8(json).map_err(|e| LinkError::Scenario(not_text(e)))?;
    json::from_str(&json).map_err(LinkError::Scenario)
}

/// The text of the link in an address, a fragment or a bare text: the value of the key `s` behind the first `#`, or
/// before any. Surrounding blanks do not count. `None` if there is none.
fn payload(text: &str) -> Option<String> {
    let text = text.trim();
    if text.starts_with(MARK) {
        return Some(text.to_owned());
    }
    let fragment = text.split_once('#').map_or(text, |(_, fragment)| fragment);
    params::value(fragment, "s")?
}

/// Bytes in the container.
fn pack(content: &[u8]) -> String {
    let payload = URL_SAFE_NO_PAD.encode(compress_to_vec(content, LEVEL));
    format!("{MARK}{VERSION}.{}.{payload}", checksum(&payload))
}

/// The bytes in the container.
fn unpack(link: &str) -> Result<Vec<u8>, LinkError> {
    let (version, rest) = link.strip_prefix(MARK).and_then(|l| l.split_once('.')).ok_or(LinkError::NotALink)?;
    if version != VERSION.to_string() {
        let digits = version.bytes().all(|b| b.is_ascii_digit());
        let other = version.parse().ok().filter(|other| digits && *other != VERSION);
        return Err(other.map_or(LinkError::NotALink, LinkError::UnknownVersion));
    }
    if link.len() > MAX_TEXT {
        return Err(LinkError::TooLong(link.len()));
    }
    let (crc, payload) = rest.split_once('.').ok_or(LinkError::Damaged)?;
    if crc != checksum(payload) {
        return Err(LinkError::Damaged);
    }
    let bytes = URL_SAFE_NO_PAD.decode(payload).map_err(|_| LinkError::Damaged)?;
    decompress_to_vec_with_limit(&bytes, MAX_JSON).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkError::InflatesTooLarge,
        _ => LinkError::Damaged,
    })
}

/// CRC-32 as in gzip and PNG, without the tables that would make it faster: a tenth of the page's download, for a few kB of text.
const CRC_32: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

fn checksum(payload: &str) -> String {
    URL_SAFE_NO_PAD.encode(CRC_32.checksum(payload.as_bytes()).to_be_bytes())
}
