//! One request: checked, sent, repeated when that is harmless and useful, read up to a limit. Whose API it is makes no
//! difference: what its answers mean is said by an [`Usage`].

use super::adresses::litterale_admise;
use super::{Client, attente};
use crate::socle::lent;
use chrono::{DateTime, Utc};
use domain::plateforme::ErreurPlateforme;
use domain::visio::Origine;
use openidconnect::{HttpRequest, HttpResponse};
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode, header};
use serde::Serialize;
use serde_json::Value;
use std::time::Duration;
use tokio::time::sleep;
use url::Url;

/// What is asked.
#[derive(Clone)]
pub(crate) struct Demande {
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
    pub(crate) fn ecrire(methode: Method, url: Url, jeton: &str, corps: Value) -> Self {
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
    pub(crate) const fn repetable(mut self) -> Self {
        self.repetable = true;
        self
    }
}

/// What came back.
pub(crate) struct Reponse {
    pub(crate) statut: StatusCode,
    pub(crate) entetes: HeaderMap,
    pub(crate) corps: Vec<u8>,
}

impl Reponse {
    /// What a header says, when it is text.
    pub(crate) fn entete(&self, nom: &str) -> Option<&str> {
        self.entetes.get(nom).and_then(|valeur| valeur.to_str().ok())
    }

    /// Until when the site asks to be left alone (`Retry-After`).
    pub(crate) fn attendre(&self, maintenant: DateTime<Utc>) -> Option<DateTime<Utc>> {
        attente::jusqu_a(self.entete(header::RETRY_AFTER.as_str())?, maintenant)
    }
}

/// What becomes of a try.
pub(crate) enum Issue<T, E> {
    /// It may be asked again, after this long if the site said so.
    Encore(E, Option<Duration>),
    /// It is known.
    Fin(Result<T, E>),
}

/// How an API is used: when a request may leave, and what its answers mean.
pub(crate) trait Usage: Sync {
    /// What an answer gives.
    type Fait: Send;
    /// Why there is none.
    type Erreur: Send;

    /// Waits for one's turn, before each try.
    fn tour(&self) -> impl Future<Output = Result<(), Self::Erreur>> + Send;
    /// What an answer means, whatever its status.
    fn juger(&self, reponse: Reponse, maintenant: DateTime<Utc>)
    -> Issue<Self::Fait, Self::Erreur>;
    /// The same of what came before any answer.
    fn echec(&self, erreur: ErreurPlateforme) -> Self::Erreur;
    /// Whether an answer says that the site itself is out of order.
    fn en_panne(reponse: &Reponse) -> bool {
        reponse.statut.is_server_error()
    }
    /// The word of an error, for the counter.
    fn code(erreur: &Self::Erreur) -> &'static str;
    /// Counts a request, by what became of it.
    fn compter(issue: &'static str);
}

/// The usage of RDV Service Public: what came back with a 2xx or a 3xx, or why there is none.
struct Rdv {
    montrer_422: bool,
}

impl Usage for Rdv {
    type Fait = Reponse;
    type Erreur = ErreurPlateforme;

    async fn tour(&self) -> Result<(), ErreurPlateforme> {
        Ok(())
    }

    fn juger(
        &self,
        reponse: Reponse,
        maintenant: DateTime<Utc>,
    ) -> Issue<Reponse, ErreurPlateforme> {
        let lu = reponse.attendre(maintenant);
        let delai = |jusqu_a: DateTime<Utc>| (jusqu_a - maintenant).to_std().unwrap_or_default();
        match reponse.statut {
            StatusCode::TOO_MANY_REQUESTS => {
                let jusqu_a = lu.unwrap_or(maintenant + chrono::Duration::seconds(60));
                Issue::Encore(ErreurPlateforme::LimiteJusqua(jusqu_a), Some(delai(jusqu_a)))
            }
            s if s.is_server_error() => Issue::Encore(ErreurPlateforme::EnPanne, lu.map(delai)),
            StatusCode::UNPROCESSABLE_ENTITY if self.montrer_422 => Issue::Fin(Ok(reponse)),
            s if s.is_success() || s.is_redirection() => Issue::Fin(Ok(reponse)),
            s => Issue::Fin(Err(refus(s, &reponse.corps))),
        }
    }

    fn echec(&self, erreur: ErreurPlateforme) -> ErreurPlateforme {
        erreur
    }

    fn code(erreur: &ErreurPlateforme) -> &'static str {
        erreur.code()
    }

    fn compter(issue: &'static str) {
        metrics::counter!("plateforme_demandes_total", "issue" => issue).increment(1);
    }
}

impl Client {
    /// Sends a request to RDV Service Public.
    pub(super) async fn envoyer(&self, demande: &Demande) -> Result<Reponse, ErreurPlateforme> {
        self.demander(demande, &Rdv { montrer_422: demande.montrer_422 }).await
    }

    /// Sends a request, and gives what `usage` says of what came back.
    pub(crate) async fn demander<U: Usage>(
        &self,
        demande: &Demande,
        usage: &U,
    ) -> Result<U::Fait, U::Erreur> {
        lent::hors_ecriture();
        self.admettre(&demande.url).map_err(|erreur| usage.echec(erreur))?;
        let site = demande.url.origin().ascii_serialization();
        let essais = if demande.repetable { self.0.patience.essais.max(1) } else { 1 };
        let mut essai = 1;
        loop {
            usage.tour().await?;
            let (erreur, dit) = match self.essayer(&site, demande, usage).await {
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

    async fn essayer<U: Usage>(
        &self,
        site: &str,
        demande: &Demande,
        usage: &U,
    ) -> Issue<U::Fait, U::Erreur> {
        let maintenant = self.0.horloge.maintenant();
        if !self.0.disjoncteurs.sur(site, |d| d.laisser_passer(maintenant)) {
            return Issue::Fin(Err(usage.echec(ErreurPlateforme::Injoignable)));
        }
        let resultat = self.une_fois(demande).await;
        let maintenant = self.0.horloge.maintenant();
        let tombe = match &resultat {
            Ok(reponse) => U::en_panne(reponse),
            Err(erreur) => *erreur == ErreurPlateforme::Injoignable,
        };
        self.0.disjoncteurs.sur(site, |d| if tombe { d.echec(maintenant) } else { d.reussite() });
        let issue = match resultat {
            Ok(reponse) => usage.juger(reponse, maintenant),
            Err(erreur @ ErreurPlateforme::Injoignable) => Issue::Encore(usage.echec(erreur), None),
            Err(erreur) => Issue::Fin(Err(usage.echec(erreur))),
        };
        U::compter(match &issue {
            Issue::Fin(Ok(_)) => "ok",
            Issue::Fin(Err(erreur)) | Issue::Encore(erreur, _) => U::code(erreur),
        });
        issue
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
        let (statut, entetes) = (recue.status(), recue.headers().clone());
        Ok(Reponse { statut, entetes, corps: recue.into_body() })
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
