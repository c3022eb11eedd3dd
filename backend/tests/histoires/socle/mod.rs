//! What everything stands on.

mod base;
mod direct;
mod illisible;
mod migrations;
mod verrous;
mod versions;
