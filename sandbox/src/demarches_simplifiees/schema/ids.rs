//! Identifiers: Base64 of a class and a number.

use async_graphql::ID;
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD};

/// `RG9zc2llci05Mzk5MTkw` for `Dossier` and 9399190.
pub fn id(class: &str, number: i64) -> ID {
    ID(BASE64_STANDARD.encode(format!("{class}-{number}")))
}

/// The class and the number that an identifier tells. A line of a repetition (`Champ-12|…`) is read as its champ.
pub fn read(id: &str) -> Option<(String, i64)> {
    let bytes = BASE64_STANDARD_NO_PAD.decode(id.trim_end_matches('=')).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (class, number) = text.split_once('-')?;
    let number = number.split('|').next()?;
    Some((class.to_owned(), number.parse().ok()?))
}

/// The number, when the identifier is of this class.
pub fn number(id: &str, class: &str) -> Option<i64> {
    read(id).filter(|(known, _)| known == class).map(|(_, number)| number)
}

/// A number as the schema has it.
#[expect(clippy::cast_possible_truncation, reason = "the schema's Int has 32 bits")]
pub fn int(number: i64) -> i32 {
    number as i32
}
