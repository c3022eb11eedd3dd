//! One request: checked, sent, repeated when that is harmless and useful, read up to a limit.

use super::adresses::litterale_admise;
use super::{Client, attente};
use crate::socle::lent;
use chrono::{DateTime, Utc};
use domain::plateforme::ErreurPlateforme;
use domain::visio::Origine;
use openidconnect::{HttpRequest, HttpResponse};
use reqwest::{Method, StatusCode, header};
use serde::Serialize;
use serde_json::Value;
use std::time::Duration;
use tokio::time::sleep;
use url::Url;

/// What is asked.
#[derive(Clone)]
pub(super) struct Demande {
    pub(super) methode: Method,
    pub(super) url: Url,
    /// The access token.
    pub(super) jeton: Option<String>,
    pub(super) corps: Corps,
    /// Whether asking twice does no more than asking once.
    pub(super) repetable: bool,
    /// Whether whoever asks wants to read by himself why it does not suit the platform (422).
    pub(super) montrer_422: bool,
}

/// What goes with it.
#[derive(Clone)]
pub(super) enum Corps {
    Aucun,
    Json(Value),
    Formulaire(Vec<(&'static str, String)>),
}

impl Demande {
    /// To read something.
    pub(super) fn lire(url: Url, jeton: &str) -> Self {
        let jeton = Some(jeton.to_owned());
        Self {
            methode: Method::GET,
            url,
            jeton,
            corps: Corps::Aucun,
            repetable: true,
            montrer_422: false,
        }
    }

    /// To write something, once.
    pub(super) fn ecrire(methode: Method, url: Url, jeton: &str, corps: Value) -> Self {
        let jeton = Some(jeton.to_owned());
        Self {
            methode,
            url,
            jeton,
            corps: Corps::Json(corps),
            repetable: false,
            montrer_422: false,
        }
    }

    /// Says that doing it twice is harmless.
    pub(super) const fn repetable(mut self) -> Self {
        self.repetable = true;
        self
    }
}

/// What came back.
pub(super) struct Reponse {
    pub(super) statut: StatusCode,
    pub(super) lieu: Option<String>,
    pub(super) corps: Vec<u8>,
    attendre: Option<String>,
}

/// What becomes of a try.
enum Issue {
    /// It may be asked again, after this long if the site said so.
    Encore(ErreurPlateforme, Option<Duration>),
    Fin(Result<Reponse, ErreurPlateforme>),
}

impl Client {
    /// Sends a request and gives what came back with a 2xx or a 3xx, or why there is none.
    pub(super) async fn envoyer(&self, demande: &Demande) -> Result<Reponse, ErreurPlateforme> {
        lent::hors_ecriture();
        self.admettre(&demande.url)?;
        let site = demande.url.origin().ascii_serialization();
        let essais = if demande.repetable { self.0.patience.essais.max(1) } else { 1 };
        let mut essai = 1;
        loop {
            let (erreur, dit) = match self.essayer(&site, demande).await {
                Issue::Fin(resultat) => return resultat,
                Issue::Encore(erreur, dit) => (erreur, dit),
            };
            let attente =
                dit.unwrap_or_else(|| attente::avant_l_essai_suivant(essai, &self.0.hasard));
            if essai >= essais || attente > attente::MAX {
                return Err(erreur);
            }
            sleep(attente).await;
            essai += 1;
        }
    }

    /// Only the sites of the list, and none inside our network but those said to be there.
    fn admettre(&self, url: &Url) -> Result<(), ErreurPlateforme> {
        let origines = &self.0.origines;
        let locale = Origine::de(url).is_some_and(|origine| self.0.locales.contains(&origine));
        let connue = origines.iter().any(|origine| origine.contient(url));
        let anonyme = url.username().is_empty() && url.password().is_none();
        if connue && anonyme && litterale_admise(url, locale, &self.0.sortie.reseaux) {
            Ok(())
        } else {
            tracing::warn!("a request to a site that is not accepted was not sent");
            Err(ErreurPlateforme::AdresseInterdite)
        }
    }

    async fn essayer(&self, site: &str, demande: &Demande) -> Issue {
        let maintenant = self.0.horloge.maintenant();
        if !self.0.disjoncteurs.sur(site, |d| d.laisser_passer(maintenant)) {
            return Issue::Fin(Err(ErreurPlateforme::Injoignable));
        }
        let resultat = self.une_fois(demande).await;
        let maintenant = self.0.horloge.maintenant();
        let tombe = match &resultat {
            Ok(reponse) => reponse.statut.is_server_error(),
            Err(erreur) => *erreur == ErreurPlateforme::Injoignable,
        };
        self.0.disjoncteurs.sur(site, |d| if tombe { d.echec(maintenant) } else { d.reussite() });
        let issue = match resultat {
            Ok(reponse) => self.juger(reponse, demande.montrer_422),
            Err(erreur @ ErreurPlateforme::Injoignable) => Issue::Encore(erreur, None),
            Err(erreur) => Issue::Fin(Err(erreur)),
        };
        let code = match &issue {
            Issue::Fin(Ok(_)) => "ok",
            Issue::Fin(Err(erreur)) | Issue::Encore(erreur, _) => erreur.code(),
        };
        metrics::counter!("plateforme_demandes_total", "issue" => code).increment(1);
        issue
    }

    fn juger(&self, reponse: Reponse, montrer_422: bool) -> Issue {
        let maintenant = self.0.horloge.maintenant();
        let lu = reponse.attendre.as_deref().and_then(|t| attente::jusqu_a(t, maintenant));
        let delai = |jusqu_a: DateTime<Utc>| (jusqu_a - maintenant).to_std().unwrap_or_default();
        match reponse.statut {
            StatusCode::TOO_MANY_REQUESTS => {
                let jusqu_a = lu.unwrap_or(maintenant + chrono::Duration::seconds(60));
                Issue::Encore(ErreurPlateforme::LimiteJusqua(jusqu_a), Some(delai(jusqu_a)))
            }
            s if s.is_server_error() => Issue::Encore(ErreurPlateforme::EnPanne, lu.map(delai)),
            StatusCode::UNPROCESSABLE_ENTITY if montrer_422 => Issue::Fin(Ok(reponse)),
            s if s.is_success() || s.is_redirection() => Issue::Fin(Ok(reponse)),
            s => Issue::Fin(Err(refus(s, &reponse.corps))),
        }
    }

    async fn une_fois(&self, demande: &Demande) -> Result<Reponse, ErreurPlateforme> {
        let mut requete = self
            .0
            .http
            .request(demande.methode.clone(), demande.url.clone())
            .header(header::ACCEPT, "application/json");
        if let Some(jeton) = &demande.jeton {
            requete = requete.bearer_auth(jeton);
        }
        requete = match &demande.corps {
            Corps::Aucun => requete,
            Corps::Json(corps) => requete.json(corps),
            Corps::Formulaire(champs) => requete
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(encoder(champs)),
        };
        let recue = self.recevoir(requete.send().await).await?;
        let lire = |nom| {
            let valeur: Option<&header::HeaderValue> = recue.headers().get(nom);
            valeur.and_then(|valeur| valeur.to_str().ok()).map(ToOwned::to_owned)
        };
        let (lieu, attendre) = (lire(header::LOCATION), lire(header::RETRY_AFTER));
        Ok(Reponse { statut: recue.status(), lieu, corps: recue.into_body(), attendre })
    }

    /// Reads an answer, up to the limit.
    async fn recevoir(
        &self,
        reponse: Result<reqwest::Response, reqwest::Error>,
    ) -> Result<HttpResponse, ErreurPlateforme> {
        let mut reponse = reponse.map_err(|_| ErreurPlateforme::Injoignable)?;
        let mut corps = Vec::new();
        while let Some(morceau) =
            reponse.chunk().await.map_err(|_| ErreurPlateforme::Injoignable)?
        {
            if corps.len() + morceau.len() > self.0.patience.taille_max {
                return Err(ErreurPlateforme::ReponseIllisible);
            }
            corps.extend_from_slice(&morceau);
        }
        let mut recue = HttpResponse::new(corps);
        *recue.status_mut() = reponse.status();
        *recue.headers_mut() = reponse.headers().clone();
        Ok(recue)
    }

    /// Sends a request of another protocol as it is, once, by the same guarded way, and gives back what came, whatever it
    /// is: the identity platforms of the State have no other way out.
    pub(crate) async fn relayer(
        &self,
        requete: HttpRequest,
    ) -> Result<HttpResponse, ErreurPlateforme> {
        lent::hors_ecriture();
        let requete =
            reqwest::Request::try_from(requete).map_err(|_| ErreurPlateforme::AdresseInterdite)?;
        self.admettre(requete.url())?;
        let site = requete.url().origin().ascii_serialization();
        let maintenant = self.0.horloge.maintenant();
        if !self.0.disjoncteurs.sur(&site, |d| d.laisser_passer(maintenant)) {
            return Err(ErreurPlateforme::Injoignable);
        }
        let recue = self.recevoir(self.0.http.execute(requete).await).await;
        let tombe = match &recue {
            Ok(recue) => recue.status().is_server_error(),
            Err(erreur) => *erreur == ErreurPlateforme::Injoignable,
        };
        let maintenant = self.0.horloge.maintenant();
        self.0.disjoncteurs.sur(&site, |d| if tombe { d.echec(maintenant) } else { d.reussite() });
        recue
    }
}

fn encoder(champs: &[(&'static str, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(champs).finish()
}

/// What a 4xx means. The addresses of OAuth say it by a word (RFC 6749, 5.2).
pub(super) fn refus(statut: StatusCode, corps: &[u8]) -> ErreurPlateforme {
    let lu: Value = serde_json::from_slice(corps).unwrap_or_default();
    match lu["error"].as_str() {
        Some("invalid_grant") => return ErreurPlateforme::NonAutorise,
        Some("invalid_client" | "unauthorized_client") => return ErreurPlateforme::Refuse,
        _ => {}
    }
    match statut {
        StatusCode::UNAUTHORIZED => ErreurPlateforme::NonAutorise,
        StatusCode::FORBIDDEN => ErreurPlateforme::Refuse,
        StatusCode::NOT_FOUND => ErreurPlateforme::Introuvable,
        _ => ErreurPlateforme::Invalide(phrases(&lu)),
    }
}

/// How much of the platform's own words is kept, in characters.
const PHRASES_MAX: usize = 300;

/// The sentences (`error_messages`) with which the platform explains a refusal.
fn phrases(lu: &Value) -> String {
    let phrases: Vec<&str> =
        lu["error_messages"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let texte = phrases.join(", ").trim_end_matches('.').to_owned();
    texte.chars().filter(|c| !c.is_control()).take(PHRASES_MAX).collect()
}

/// A value as JSON. What this application sends can always be written.
pub(super) fn en_json(valeur: &impl Serialize) -> Value {
    serde_json::to_value(valeur).unwrap_or_default()
}
