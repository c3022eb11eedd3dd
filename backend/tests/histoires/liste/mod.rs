//! The instructeur's list.

mod effectifs;
mod exports;
mod page;
mod plans_de_lecture;
