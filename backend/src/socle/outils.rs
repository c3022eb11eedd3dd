//! What use cases need beside the database and the time.

use crate::plateforme::client::oauth::ReglageOauth;
use crate::socle::fichiers::Fichiers;
use crate::socle::secrets::coffre::Coffre;
use crate::socle::secrets::hasard::Hasard;
use domain::visio::Origine;
use domain::vues::Mentions;
use ipnet::IpNet;
use std::collections::BTreeMap;
use std::sync::Arc;
use url::Url;

/// Settings that use cases need.
#[derive(Debug, Clone)]
pub struct Reglages {
    /// How this application is called, in its pages, its documents and its mails.
    pub nom: Arc<str>,
    /// Address of this application, as people open it.
    pub app_url: Url,
    /// Sites of RDV Service Public whose agendas are taken.
    pub hotes_rdv: Vec<Origine>,
    /// Sites of video rooms taken beside the known ones.
    pub hotes_visio: Vec<Origine>,
    /// Where to open the platform before an agenda is known.
    pub plateforme: Url,
    /// How this application is known to [`Self::plateforme`]; without it nobody connects an account.
    pub oauth: Option<ReglageOauth>,
    /// An agenda to suggest in the form (the demo's sandbox).
    pub suggestion: Option<Url>,
    /// Whether mails stay in the local mailbox.
    pub boite_locale: bool,
    /// What the legal pages say of those who run the site.
    pub mentions: Mentions,
    /// How many octets of files an account may join in thirty days.
    pub quota_fichiers: usize,
    /// By the name of a site of RDV Service Public, the address by which its files for calendars say who organises.
    pub organisateurs: BTreeMap<String, String>,
    /// Machines that pass requests on, and are believed when they say from where.
    pub mandataires: Vec<IpNet>,
    /// Whether agents come in by ProConnect too.
    pub proconnect: bool,
    /// Whether agents prove a second factor, or come with a browser that is trusted.
    pub second_facteur: bool,
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
    /// Where files lie, and what looks at them.
    pub fichiers: Fichiers,
}
