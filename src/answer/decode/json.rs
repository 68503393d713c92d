//! JSON text inside of something else: in a field, in a part, in a parameter.

use serde_json::Value;

use crate::exchange::Tape;

/// The value of a JSON text. A name that stands twice is a fault, since one of the two would go unread.
///
/// # Errors
/// Why it is none, in words.
pub(super) fn value(text: &[u8]) -> Result<Value, String> {
    if text.starts_with(b"\xEF\xBB\xBF") {
        return Err("it begins with a byte order mark (EF BB BF); send it without".to_owned());
    }
    let tape = Tape::parse(text).map_err(|error| error.to_string())?;
    match tape.repeated() {
        Some(name) => Err(format!("`{name}` stands twice in one object")),
        None => Ok(tape.root().exact_value()),
    }
}
