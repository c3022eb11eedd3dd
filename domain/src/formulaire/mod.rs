//! What a form carries beside what is typed.

pub mod cle;
pub mod version;
