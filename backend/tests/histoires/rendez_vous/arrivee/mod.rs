//! What the platform tells.

mod contrat;
mod inbox;
mod mises_de_cote;
mod octets;
mod webhooks;
