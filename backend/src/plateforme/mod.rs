//! RDV Service Public as it is called: the client, and the accounts that people have there.

pub mod client;
pub mod comptes_rdv;
