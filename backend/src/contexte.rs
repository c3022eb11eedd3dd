//! What the process shares between requests and workers.

use crate::acces::mots_de_passe::Hacheur;
use crate::acces::tentatives::Tentatives;
use crate::plateforme::client::Client;
use crate::rendez_vous::arrivee::guichet::Guichet;
use crate::socle::base::Base;
use crate::socle::direct::Direct;
use crate::socle::outils::Outils;
use crate::socle::temps::Horloge;

/// What signing in needs, and keeps in the memory of the process.
#[derive(Debug, Clone, Default)]
pub struct Acces {
    /// Hashes passwords.
    pub hacheur: Hacheur,
    /// Tries that are slowed down.
    pub tentatives: Tentatives,
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
    /// The way out to RDV Service Public.
    pub client: Client,
    /// Where webhooks are received.
    pub guichet: Guichet,
    /// Who signs in.
    pub acces: Acces,
}
