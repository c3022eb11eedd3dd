//! The way to RDV Service Public.

mod connexions;
