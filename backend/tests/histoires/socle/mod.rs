//! What everything stands on.

mod base;
mod direct;
mod expansion;
mod illisible;
mod insistance;
mod migrations;
mod rechiffrement;
mod verrous;
mod versions;
