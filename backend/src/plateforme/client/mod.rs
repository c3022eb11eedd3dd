//! Asking RDV Service Public, or another platform, with manners: time-outs, a cap on what is read, retries that spread out,
//! a breaker per site, and never a request to another place than the accepted sites.
//!
//! Nothing that is sent or received is logged: it holds tokens and personal data.

pub mod adresses;
pub mod api;
mod attente;
mod disjoncteur;
pub mod oauth;
pub(crate) mod requete;
pub mod sortie;
#[cfg(test)]
mod tests;

use crate::socle::secrets::hasard::Hasard;
use crate::socle::temps::Horloge;
use adresses::Resolveur;
use disjoncteur::Disjoncteurs;
use domain::visio::Origine;
use reqwest::redirect::Policy;
use sortie::Sortie;
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

impl Patience {
    /// With a platform of identities, for which somebody waits before each page: what it says is short, and asked once.
    pub const IDENTITES: Self = Self {
        connexion: Duration::from_secs(5),
        reponse: Duration::from_secs(10),
        essais: 1,
        taille_max: 512 * 1024,
    };
    /// With Démarches Simplifiées, which takes up to thirty seconds to make a page of a hundred dossiers.
    pub const DEMARCHES_SIMPLIFIEES: Self = Self {
        connexion: Duration::from_secs(5),
        reponse: Duration::from_secs(40),
        essais: 3,
        taille_max: 32 * 1024 * 1024,
    };
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

/// A way out to some sites. Cheap to clone; clones share their breakers.
#[derive(Clone)]
pub struct Client(Arc<Interieur>);

struct Interieur {
    http: reqwest::Client,
    origines: Vec<Origine>,
    locales: Vec<Origine>,
    sortie: Sortie,
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

/// The client could not be made: this machine's certificates can't be read, or its proxy not used.
#[derive(Debug, thiserror::Error)]
#[error(
    "les certificats de cette machine ne peuvent pas être lus, ou HTTPS_PROXY ne peut pas servir"
)]
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
        Self::par(Sortie::default(), origines, locales, patience, (hasard, horloge))
    }

    /// The same, which leaves by `sortie`. A proxy resolves names itself: with one, what they lead to is not checked
    /// here, and only the list of accepted sites protects our network.
    ///
    /// # Errors
    /// [`Incapable`].
    pub fn par(
        sortie: Sortie,
        origines: Vec<Origine>,
        locales: &[Origine],
        patience: Patience,
        (hasard, horloge): (Hasard, Horloge),
    ) -> Result<Self, Incapable> {
        let mut http = reqwest::Client::builder()
            .user_agent(concat!("rdv-demarches/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(patience.connexion)
            .timeout(patience.reponse)
            .redirect(Policy::none())
            // None but the one that was set for this: those of the environment are for all that runs here.
            .no_proxy()
            .dns_resolver(Arc::new(Resolveur::new(locales, &sortie)));
        if let Some(mandataire) = &sortie.mandataire {
            http = http.proxy(mandataire.proxy().ok_or(Incapable)?);
        }
        let http = http.build().map_err(|_| Incapable)?;
        let disjoncteurs = Disjoncteurs::default();
        let locales = locales.to_vec();
        let interieur =
            Interieur { http, origines, locales, sortie, patience, disjoncteurs, hasard, horloge };
        Ok(Self(Arc::new(interieur)))
    }
}
