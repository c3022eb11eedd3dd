//! Asking RDV Service Public, with manners: time-outs, a cap on what is read, retries that spread out,
//! a breaker per site, and never a request to another place than the accepted sites.
//!
//! Nothing that is sent or received is logged: it holds tokens and personal data.

pub mod adresses;
pub mod api;
mod attente;
mod disjoncteur;
mod envoi;
pub mod oauth;
#[cfg(test)]
mod tests;

use crate::hasard::Hasard;
use crate::temps::Horloge;
use adresses::Resolveur;
use disjoncteur::Disjoncteurs;
use domain::visio::Origine;
use reqwest::redirect::Policy;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How patient the client is.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// To be connected.
    pub connexion: Duration,
    /// For one answer, from the first byte sent to the last one read.
    pub reponse: Duration,
    /// How many times a request that may be repeated is sent, at most.
    pub essais: u32,
    /// The largest answer read, in bytes.
    pub taille_max: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connexion: Duration::from_secs(5),
            reponse: Duration::from_secs(15),
            essais: 3,
            taille_max: 8 * 1024 * 1024,
        }
    }
}

/// The one way out to RDV Service Public. Cheap to clone; clones share their breakers.
#[derive(Clone)]
pub struct Client(Arc<Interieur>);

struct Interieur {
    http: reqwest::Client,
    origines: Vec<Origine>,
    locales: Vec<Origine>,
    patience: Patience,
    disjoncteurs: Disjoncteurs,
    hasard: Hasard,
    horloge: Horloge,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client")
    }
}

/// The client could not be made: this machine's certificates can't be read.
#[derive(Debug, thiserror::Error)]
#[error("les certificats de cette machine ne peuvent pas être lus")]
pub struct Incapable;

impl Client {
    /// A client for `origines` only. Those of `locales` may be on this machine or on its network (the
    /// demo's sandbox); no other one may lead there.
    ///
    /// # Errors
    /// [`Incapable`].
    pub fn new(
        origines: Vec<Origine>,
        locales: &[Origine],
        patience: Patience,
        hasard: Hasard,
        horloge: Horloge,
    ) -> Result<Self, Incapable> {
        let http = reqwest::Client::builder()
            .user_agent(concat!("rdv-demarches/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(patience.connexion)
            .timeout(patience.reponse)
            .redirect(Policy::none())
            // A proxy would resolve names itself, and the check of addresses would mean nothing.
            .no_proxy()
            .dns_resolver(Arc::new(Resolveur::new(locales)))
            .build()
            .map_err(|_| Incapable)?;
        let disjoncteurs = Disjoncteurs::default();
        let locales = locales.to_vec();
        let interieur =
            Interieur { http, origines, locales, patience, disjoncteurs, hasard, horloge };
        Ok(Self(Arc::new(interieur)))
    }
}
