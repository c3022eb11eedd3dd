//! What the public sees.

pub mod identity_form;
pub mod search;
pub mod short_links;
pub mod sign_in;
pub mod user_rdv;
pub mod user_rdvs;
pub mod wizard;
