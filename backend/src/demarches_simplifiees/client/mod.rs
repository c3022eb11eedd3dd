//! Asking a platform that runs Démarches Simplifiées, by its GraphQL API and the guarded way out that all platforms share.
//!
//! A request is a constant text and its variables, an answer a type that says what of it is read: whatever is added there
//! changes nothing here. Nothing that is sent or received is logged: it holds tokens and personal data.

mod reponse;
mod rythme;
#[cfg(test)]
mod tests;

pub(crate) use reponse::{Refus, refus};

use crate::plateforme::client::Client;
use crate::plateforme::client::requete::{Demande, Issue, Reponse, Usage};
use crate::socle::erreur::Echec;
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::plateforme::ErreurPlateforme;
use domain::raccordement::ErreurDistante;
use domain::visio::Origine;
use reqwest::{Method, StatusCode};
use rythme::{Rythme, Rythmes, Voie};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt;
use std::sync::Arc;
use url::Url;

/// Where the API is, on each platform.
const CHEMIN: &str = "/api/v2/graphql";

/// How many requests a platform takes in a minute for one token, unless it is set otherwise.
pub const PAR_MINUTE: u32 = 400;

/// How long to leave it alone when it does not say it, in seconds: it counts by minutes.
const REPOS: i64 = 60;

/// Something that can be asked: its variables, as they are serialized.
pub trait Requete: Serialize + Sync {
    /// Its name, as its text has it.
    const NOM: &'static str;
    /// Its text.
    const TEXTE: &'static str;
    /// Whether it changes something there: it is then never sent twice by itself, and goes before what is only read.
    const ECRIT: bool;
    /// What of `data` is read.
    type Reponse: DeserializeOwned + Send;
}

/// The platforms whose démarches may be joined, and the way out to them. Clones share how fast each token is used.
#[derive(Clone)]
pub struct Plateformes {
    client: Client,
    sites: Arc<[Url]>,
    rythmes: Rythmes,
}

impl fmt::Debug for Plateformes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plateformes").field("sites", &self.sites).finish_non_exhaustive()
    }
}

impl Plateformes {
    /// Those of `sites`, which `client` may ask; each takes `par_minute` requests in a minute for one token.
    #[must_use]
    pub fn new(client: Client, sites: Vec<Url>, par_minute: u32) -> Self {
        Self { client, sites: sites.into(), rythmes: Rythmes::new(par_minute) }
    }

    /// The sites, the one that is offered first before the others.
    #[must_use]
    pub fn sites(&self) -> &[Url] {
        &self.sites
    }

    /// The accepted site that is written so; `None` for any other.
    #[must_use]
    pub fn site(&self, ecrit: &str) -> Option<&Url> {
        let origine = Url::parse(ecrit.trim()).ok().as_ref().and_then(Origine::de)?;
        self.sites.iter().find(|site| origine.contient(site))
    }

    /// The API of `site` with a token.
    #[must_use]
    pub fn distante(&self, site: &Url, jeton: &str) -> Distante {
        let mut url = site.clone();
        url.set_path(CHEMIN);
        Distante {
            client: self.client.clone(),
            url,
            jeton: jeton.into(),
            rythme: self.rythmes.de(site, jeton),
            pressee: false,
        }
    }
}

/// The API of one platform, with one token.
#[derive(Clone)]
pub struct Distante {
    client: Client,
    url: Url,
    jeton: Arc<str>,
    rythme: Arc<Rythme>,
    pressee: bool,
}

impl fmt::Debug for Distante {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Distante").field("url", &self.url.as_str()).finish_non_exhaustive()
    }
}

impl Distante {
    /// The same, for what somebody waits for: it goes before the synchronisations.
    #[must_use]
    pub fn pressee(mut self) -> Self {
        self.pressee = true;
        self
    }

    /// Asks, and gives the content of `data`. What only reads is tried again as long as that may help; what changes
    /// something never is: whether it was done must be looked at first.
    ///
    /// # Errors
    /// [`ErreurDistante`].
    pub async fn demander<R: Requete>(&self, requete: &R) -> Result<R::Reponse, ErreurDistante> {
        let variables = serde_json::to_value(requete).map_err(|_| ErreurDistante::Incomprise)?;
        let corps = json!({ "query": R::TEXTE, "operationName": R::NOM, "variables": variables });
        let demande = Demande::ecrire(Method::POST, self.url.clone(), &self.jeton, corps);
        let demande = if R::ECRIT { demande } else { demande.repetable() };
        let voie = if R::ECRIT || self.pressee { Voie::Pressee } else { Voie::Fond };
        let usage = GraphQl { rythme: &self.rythme, voie };
        let donnees = self.client.demander(&demande, &usage).await?;
        serde_json::from_value(donnees).map_err(|_| ErreurDistante::Illisible)
    }
}

/// How a platform is asked: at the pace that it allows, and understood as its documentation says.
struct GraphQl<'a> {
    rythme: &'a Rythme,
    voie: Voie,
}

impl Usage for GraphQl<'_> {
    type Fait = Value;
    type Erreur = ErreurDistante;

    async fn tour(&self) -> Result<(), ErreurDistante> {
        self.rythme.attendre(self.voie).await;
        Ok(())
    }

    fn juger(&self, reponse: Reponse, maintenant: DateTime<Utc>) -> Issue<Value, ErreurDistante> {
        // The status first: what goes with a 429 is no JSON.
        match reponse.statut {
            StatusCode::TOO_MANY_REQUESTS => {
                let jusqu_a = jusqu_a(&reponse, maintenant);
                self.rythme.suspendre((jusqu_a - maintenant).to_std().unwrap_or_default());
                Issue::Fin(Err(ErreurDistante::Limite(jusqu_a)))
            }
            _ if Self::en_panne(&reponse) => {
                let dit = reponse.attendre(maintenant);
                let dit = dit.map(|t| (t - maintenant).to_std().unwrap_or_default());
                Issue::Encore(ErreurDistante::EnPanne, dit)
            }
            statut => {
                if let Some(restantes) = entier(&reponse, "ratelimit-remaining") {
                    self.rythme.apprendre(restantes);
                }
                Issue::Fin(reponse::lire(statut, &reponse.corps))
            }
        }
    }

    fn echec(&self, erreur: ErreurPlateforme) -> ErreurDistante {
        match erreur {
            ErreurPlateforme::AdresseInterdite => ErreurDistante::AdresseInterdite,
            ErreurPlateforme::ReponseIllisible => ErreurDistante::Illisible,
            _ => ErreurDistante::Injoignable,
        }
    }

    /// What it fails to make, it says with a 500: it is well, and others may ask for something else.
    fn en_panne(reponse: &Reponse) -> bool {
        reponse.statut.is_server_error()
            && reponse::lire(reponse.statut, &reponse.corps) == Err(ErreurDistante::Illisible)
    }

    fn code(erreur: &ErreurDistante) -> &'static str {
        erreur.code()
    }

    fn compter(issue: &'static str) {
        metrics::counter!("demarches_simplifiees_demandes_total", "issue" => issue).increment(1);
    }
}

/// When a platform that had enough may be asked again: `Retry-After`, or `RateLimit-Reset`, which it gives in seconds
/// since 1970.
fn jusqu_a(reponse: &Reponse, maintenant: DateTime<Utc>) -> DateTime<Utc> {
    let reprise = || {
        let instant = entier(reponse, "ratelimit-reset")?;
        DateTime::from_timestamp(i64::from(instant), 0).filter(|instant| *instant > maintenant)
    };
    let lu = reponse.attendre(maintenant).or_else(reprise);
    lu.unwrap_or(maintenant + chrono::Duration::seconds(REPOS))
}

fn entier(reponse: &Reponse, entete: &str) -> Option<u32> {
    reponse.entete(entete)?.trim().parse().ok()
}

impl From<ErreurDistante> for Echec {
    fn from(erreur: ErreurDistante) -> Self {
        Self::Metier(Erreur::Distante(erreur))
    }
}
