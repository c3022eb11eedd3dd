//! What the process shares between requests and workers.

use crate::base::Base;
use crate::coffre::Coffre;
use crate::direct::Direct;
use crate::hasard::Hasard;
use crate::rdv_service_public::inbox::Guichet;
use crate::temps::Horloge;
use domain::visio::Origine;
use std::sync::Arc;
use url::Url;

/// Settings that use cases need.
#[derive(Debug, Clone)]
pub struct Reglages {
    /// Address of this application, as people open it.
    pub app_url: Url,
    /// Sites of RDV Service Public whose agendas are taken.
    pub hotes_rdv: Vec<Origine>,
    /// Sites of video rooms taken beside the known ones.
    pub hotes_visio: Vec<Origine>,
    /// Where to open the platform before an agenda is known.
    pub plateforme: Url,
    /// An agenda to suggest in the form (the demo's sandbox).
    pub suggestion: Option<Url>,
    /// Whether mails stay in the local mailbox.
    pub boite_locale: bool,
}

/// What use cases need beside the database and the time.
#[derive(Debug, Clone)]
pub struct Outils {
    /// Seals secrets.
    pub coffre: Coffre,
    /// Draws secrets.
    pub hasard: Hasard,
    /// Settings.
    pub reglages: Arc<Reglages>,
}

/// All of it.
#[derive(Debug, Clone)]
pub struct Contexte {
    /// The database.
    pub base: Base,
    /// The clock.
    pub horloge: Horloge,
    /// Secrets, randomness, settings.
    pub outils: Outils,
    /// Live events.
    pub direct: Direct,
    /// Where webhooks are received.
    pub guichet: Guichet,
}
