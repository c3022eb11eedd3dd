//! Writing to one another.

mod avertir;
mod fil;
