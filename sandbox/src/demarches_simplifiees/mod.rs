//! A stand-in for Démarches Simplifiées, on an address of its own: its GraphQL API, executed against a schema that is
//! compared with theirs, its webhooks, its pages, and what disturbs them.

pub mod embedded;
pub mod http;
pub mod model;
pub mod pages;
pub mod process;
pub mod schema;
pub mod settings;
pub mod store;
#[cfg(test)]
mod tests;
pub mod webhooks;
pub mod world;

pub use self::embedded::{Builder, EmbeddedDs, NotDone};
pub use self::model::{
    Champ, Civilite, CorrectionReason, DeletedReason, Demandeur, Demarche, Dossier, DsAttempt,
    Endpoint, EventKind, Fault, FaultKind, Groupe, Label, LabelColor, Mandataire, Message, Network,
    NewToken, Person, Requests, State, Token, TypeDeChamp, WebhookMode,
};
pub use self::world::seed::{ACCOUNT, DEMARCHE, INSTRUCTEUR, OTHER_DEMARCHE, OTHER_INSTRUCTEUR};
pub use self::world::setup::{NewDossier, Wanted};
