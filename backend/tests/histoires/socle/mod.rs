//! What everything stands on.

mod base;
mod direct;
mod migrations;
mod verrous;
mod versions;
