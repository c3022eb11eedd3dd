//! What everything stands on.

mod base;
mod direct;
mod expansion;
mod illisible;
mod migrations;
mod rechiffrement;
mod verrous;
mod versions;
