//! The instructeur's list.

mod effectifs;
mod page;
mod plans_de_lecture;
