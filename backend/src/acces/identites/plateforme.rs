//! One platform: what it publishes of itself, the address to leave for, and what it says of who comes back.
//!
//! Its address, our name and our secret there are settings; everything else is read where the platform publishes it, kept
//! an hour, and its keys again when a token names one that is not known.

use super::constat::{Constat, Revendications, texte};
use super::verification::{Attendu, Cles, Faux, verifier, verifier_identite};
use crate::plateforme::client::Client;
use crate::socle::erreur::Echec;
use chrono::{DateTime, Duration, Utc};
use domain::chemin::Chemin;
use domain::identite::{Fournisseur, Refus};
use domain::{Erreur, ErreurPlateforme};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient};
use openidconnect::http::{Method, Request, StatusCode, header};
use openidconnect::{
    AuthenticationContextClass, ClientId, CsrfToken, DiscoveryError, HttpRequest, HttpResponse,
    IssuerUrl, LoginHint, Nonce, PkceCodeChallenge, PkceCodeVerifier, ProviderMetadataWithLogout,
    RedirectUrl, Scope,
};
use serde_json::{Value, json};
use std::fmt;
use std::sync::Arc;
use tokio::sync::Mutex;
use url::{Url, form_urlencoded};

/// How long what a platform publishes of itself is kept, in minutes.
const DECOUVERTE_MINUTES: i64 = 60;

/// How this application is known to a platform.
#[derive(Clone)]
pub struct ReglageIdentite {
    /// Which one.
    pub fournisseur: Fournisseur,
    /// `iss` of its tokens: `https://fca.integ01.dev-agentconnect.fr/api/v2`.
    pub emetteur: String,
    /// Our id there.
    pub client: String,
    /// Our secret there.
    pub secret: String,
    /// ProConnect: the values of `acr` that prove two factors. FranceConnect: those that are asked for.
    pub acr: Vec<String>,
}

impl fmt::Debug for ReglageIdentite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fournisseur, emetteur, .. } = self;
        f.debug_struct("ReglageIdentite")
            .field("fournisseur", fournisseur)
            .field("emetteur", emetteur)
            .finish_non_exhaustive()
    }
}

/// The platforms by which one may sign in. By default, none.
#[derive(Debug, Clone, Default)]
pub struct Identites(Arc<Vec<Plateforme>>);

impl Identites {
    /// Those of `reglages`, for the application at `app_url`, asked by `client`, which must accept their sites.
    #[must_use]
    pub fn new(reglages: Vec<ReglageIdentite>, app_url: &Url, client: &Client) -> Self {
        let plateforme = |reglage| Plateforme {
            reglage,
            app_url: app_url.clone(),
            client: client.clone(),
            decouverte: Mutex::default(),
        };
        Self(Arc::new(reglages.into_iter().map(plateforme).collect()))
    }

    /// Those that are set.
    #[must_use]
    pub fn regles(&self) -> Vec<Fournisseur> {
        self.0.iter().map(|plateforme| plateforme.reglage.fournisseur).collect()
    }

    /// One of them.
    pub(super) fn plateforme(&self, fournisseur: Fournisseur) -> Result<&Plateforme, Erreur> {
        self.0.iter().find(|p| p.reglage.fournisseur == fournisseur).ok_or(Erreur::Introuvable)
    }
}

/// One platform.
pub(super) struct Plateforme {
    pub(super) reglage: ReglageIdentite,
    app_url: Url,
    client: Client,
    decouverte: Mutex<Option<Arc<Decouverte>>>,
}

impl fmt::Debug for Plateforme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reglage.fmt(f)
    }
}

/// What it publishes of itself.
struct Decouverte {
    metadonnees: ProviderMetadataWithLogout,
    jeton: Url,
    infos: Url,
    cles: Cles,
    lue_le: DateTime<Utc>,
}

/// What one leaves with.
pub(super) struct Demande<'a> {
    pub(super) etat: &'a str,
    pub(super) nonce: &'a str,
    pub(super) verificateur: &'a str,
    /// Whether two factors are demanded, of whom (their address there, when it is known).
    pub(super) deux_facteurs: Option<&'a str>,
}

/// What the platform said, and the ID token: to sign out there.
pub(super) struct Preuve {
    pub(super) constat: Constat,
    pub(super) jeton_identite: String,
}

impl Plateforme {
    /// It did not work, for that reason: the logs have what the person needs not know.
    pub(super) fn refuser(&self, refus: Refus, pourquoi: &'static str) -> Echec {
        let fournisseur = self.reglage.fournisseur;
        tracing::warn!(
            plateforme = fournisseur.code(),
            refus = refus.code(),
            pourquoi,
            "signing in by a platform failed"
        );
        metrics::counter!("identites_refusees_total", "plateforme" => fournisseur.code(), "refus" => refus.code())
            .increment(1);
        Erreur::Identite { fournisseur, refus }.into()
    }

    /// Whether what it says proves two factors.
    pub(super) fn deux_facteurs(&self, constat: &Constat) -> bool {
        match self.reglage.fournisseur {
            Fournisseur::ProConnect => constat.deux_facteurs(&self.reglage.acr),
            // There, the levels that have two say so (eIDAS).
            Fournisseur::FranceConnect => {
                constat.deux_facteurs(&["eidas2", "eidas3"].map(str::to_owned))
            }
        }
    }

    /// Whether the level is one that was asked for: asking proves nothing. Agents have theirs judged by their role.
    pub(super) fn niveau_admis(&self, constat: &Constat) -> bool {
        match self.reglage.fournisseur {
            Fournisseur::ProConnect => true,
            Fournisseur::FranceConnect => {
                constat.acr.as_ref().is_some_and(|acr| self.reglage.acr.contains(acr))
            }
        }
    }

    fn fausse(&self, faux: Faux) -> Echec {
        self.refuser(Refus::ReponseFausse, faux.mot())
    }

    /// Where it sends people back, as it was declared there.
    fn retour(&self) -> String {
        adresse(&self.app_url, &Chemin::RetourIdentite(self.reglage.fournisseur))
    }

    async fn demander(&self, requete: HttpRequest) -> Result<HttpResponse, Echec> {
        self.client
            .relayer(requete)
            .await
            .map_err(|erreur| self.refuser(Refus::EnPanne, erreur.code()))
    }

    /// What it publishes of itself. When it can't be read again, what was read before serves.
    async fn decouverte(&self, maintenant: DateTime<Utc>) -> Result<Arc<Decouverte>, Echec> {
        let mut gardee = self.decouverte.lock().await;
        let recente = |lue: &&Arc<Decouverte>| {
            maintenant - lue.lue_le < Duration::minutes(DECOUVERTE_MINUTES)
        };
        if let Some(lue) = gardee.as_ref().filter(recente) {
            return Ok(Arc::clone(lue));
        }
        match (self.decouvrir(maintenant).await, &*gardee) {
            (Ok(neuve), _) => {
                let neuve = Arc::new(neuve);
                *gardee = Some(Arc::clone(&neuve));
                Ok(neuve)
            }
            (Err(_), Some(ancienne)) => Ok(Arc::clone(ancienne)),
            (Err(echec), None) => Err(echec),
        }
    }

    async fn decouvrir(&self, maintenant: DateTime<Utc>) -> Result<Decouverte, Echec> {
        let faux = |pourquoi| self.refuser(Refus::EnPanne, pourquoi);
        let emetteur = IssuerUrl::new(self.reglage.emetteur.clone()).map_err(|_| faux("issuer"))?;
        let client = self.client.clone();
        let http = move |requete: HttpRequest| {
            let client = client.clone();
            async move { client.relayer(requete).await }
        };
        let metadonnees = ProviderMetadataWithLogout::discover_async(emetteur.clone(), &http)
            .await
            .map_err(|erreur| faux(cause(&erreur)))?;
        // What it names is its own: a request for another site would leave with our secret, or with a token.
        let origine = emetteur.url().origin();
        let sienne = |url: &Url| (url.origin() == origine).then(|| url.clone());
        let fin = &metadonnees.additional_metadata().end_session_endpoint;
        if sienne(metadonnees.authorization_endpoint().url()).is_none()
            || fin.as_ref().is_some_and(|fin| sienne(fin.url()).is_none())
        {
            return Err(faux("endpoint elsewhere"));
        }
        let jeton = metadonnees.token_endpoint().and_then(|url| sienne(url.url()));
        let infos = metadonnees.userinfo_endpoint().and_then(|url| sienne(url.url()));
        let cles = serde_json::to_value(metadonnees.jwks()).unwrap_or_default();
        Ok(Decouverte {
            jeton: jeton.ok_or_else(|| faux("token endpoint"))?,
            infos: infos.ok_or_else(|| faux("userinfo endpoint"))?,
            cles: Cles::lire(&cles),
            metadonnees,
            lue_le: maintenant,
        })
    }

    /// Its keys, read again.
    async fn relire_les_cles(&self, maintenant: DateTime<Utc>) -> Result<Arc<Decouverte>, Echec> {
        let neuve = Arc::new(self.decouvrir(maintenant).await?);
        *self.decouverte.lock().await = Some(Arc::clone(&neuve));
        Ok(neuve)
    }

    /// The page where somebody signs in there.
    pub(super) async fn adresse_de_depart(
        &self,
        demande: &Demande<'_>,
        maintenant: DateTime<Utc>,
    ) -> Result<Url, Echec> {
        let decouverte = self.decouverte(maintenant).await?;
        let retour = RedirectUrl::new(self.retour()).map_err(|_| Echec::Inutilisable("address"))?;
        let id = ClientId::new(self.reglage.client.clone());
        let client = CoreClient::from_provider_metadata(decouverte.metadonnees.clone(), id, None)
            .set_redirect_uri(retour);
        let verificateur = PkceCodeVerifier::new(demande.verificateur.to_owned());
        let (etat, nonce) = (demande.etat.to_owned(), demande.nonce.to_owned());
        let mut depart = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(etat),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verificateur))
            .add_scopes(self.portees().iter().map(|portee| Scope::new((*portee).to_owned())));
        // Values that are asked for beside an essential claim would become essential too: never both.
        match self.reglage.fournisseur {
            Fournisseur::FranceConnect => {
                for acr in &self.reglage.acr {
                    depart =
                        depart.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
                }
            }
            Fournisseur::ProConnect => {
                let acr = json!({"essential": true, "values": self.reglage.acr});
                let demandes = match demande.deux_facteurs {
                    Some(_) => json!({"id_token": {"acr": acr, "amr": null}}),
                    None => json!({"id_token": {"amr": null}}),
                };
                depart = depart.add_extra_param("claims", demandes.to_string());
            }
        }
        if let Some(email) = demande.deux_facteurs.filter(|email| !email.is_empty()) {
            depart = depart.set_login_hint(LoginHint::new(email.to_owned()));
        }
        Ok(depart.url().0)
    }

    /// The least that serves.
    const fn portees(&self) -> &'static [&'static str] {
        match self.reglage.fournisseur {
            Fournisseur::ProConnect => &["given_name", "usual_name", "email", "siret", "idp_id"],
            Fournisseur::FranceConnect => &["given_name", "family_name", "email"],
        }
    }

    /// What it says of who came back with `code`, verified.
    pub(super) async fn reconnaitre(
        &self,
        code: &str,
        demande: &Demande<'_>,
        maintenant: DateTime<Utc>,
    ) -> Result<Preuve, Echec> {
        let mut decouverte = self.decouverte(maintenant).await?;
        let (acces, jeton_identite) =
            self.echanger(&decouverte, code, demande.verificateur).await?;
        let attendu =
            Attendu { emetteur: &self.reglage.emetteur, client: &self.reglage.client, maintenant };
        let lire = |cles: &Cles| verifier_identite(&jeton_identite, cles, &attendu, demande.nonce);
        let mut lu = lire(&decouverte.cles);
        if lu == Err(Faux::CleInconnue) {
            decouverte = self.relire_les_cles(maintenant).await?;
            lu = lire(&decouverte.cles);
        }
        let identite = lu.map_err(|faux| self.fausse(faux))?;
        let infos = self.infos(&decouverte, &acces, &attendu).await?;
        if texte(&infos, "sub").is_none() || texte(&infos, "sub") != texte(&identite, "sub") {
            return Err(self.fausse(Faux::Sujet));
        }
        let constat = Constat::lire(&self.reglage.emetteur, &identite, &infos);
        let constat = constat.ok_or_else(|| self.fausse(Faux::Sujet))?;
        Ok(Preuve { constat, jeton_identite })
    }

    /// The tokens for a code: to ask who it is, and the proof of it.
    async fn echanger(
        &self,
        decouverte: &Decouverte,
        code: &str,
        verificateur: &str,
    ) -> Result<(String, String), Echec> {
        let ReglageIdentite { client, secret, .. } = &self.reglage;
        let retour = self.retour();
        let champs = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &retour),
            ("code_verifier", verificateur),
            ("client_id", client),
            ("client_secret", secret),
        ];
        let corps = form_urlencoded::Serializer::new(String::new()).extend_pairs(champs).finish();
        let requete = Request::builder()
            .method(Method::POST)
            .uri(decouverte.jeton.as_str())
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(corps.into_bytes())
            .map_err(|_| Echec::Inutilisable("request"))?;
        let recue = self.demander(requete).await?;
        let lu: Value = serde_json::from_slice(recue.body()).unwrap_or_default();
        if recue.status() != StatusCode::OK {
            return Err(match lu["error"].as_str() {
                Some("invalid_grant") => self.refuser(Refus::CodeRefuse, "invalid_grant"),
                Some("invalid_client") => self.refuser(Refus::DemandeRefusee, "invalid_client"),
                Some(_) => self.refuser(Refus::DemandeRefusee, "token endpoint"),
                None => self.refuser(Refus::EnPanne, "token endpoint"),
            });
        }
        let champ = |nom: &str| lu[nom].as_str().map(str::to_owned);
        match (champ("access_token"), champ("id_token")) {
            (Some(acces), Some(identite)) => Ok((acces, identite)),
            _ => Err(self.refuser(Refus::ReponseFausse, "no token")),
        }
    }

    /// The user info: as JSON, or signed.
    async fn infos(
        &self,
        decouverte: &Decouverte,
        acces: &str,
        attendu: &Attendu<'_>,
    ) -> Result<Revendications, Echec> {
        let requete = Request::builder()
            .uri(decouverte.infos.as_str())
            .header(header::ACCEPT, "application/jwt, application/json")
            .header(header::AUTHORIZATION, format!("Bearer {acces}"))
            .body(Vec::new())
            .map_err(|_| self.refuser(Refus::ReponseFausse, "access token"))?;
        let recue = self.demander(requete).await?;
        if recue.status() != StatusCode::OK {
            return Err(self.refuser(Refus::EnPanne, "userinfo endpoint"));
        }
        let genre = recue.headers().get(header::CONTENT_TYPE).and_then(|genre| genre.to_str().ok());
        let genre =
            genre.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_lowercase();
        let corps = std::str::from_utf8(recue.body()).map_err(|_| self.fausse(Faux::Illisible))?;
        match genre.as_str() {
            "application/json" => {
                serde_json::from_str(corps).map_err(|_| self.fausse(Faux::Illisible))
            }
            "application/jwt" => self.infos_signees(decouverte, corps.trim(), attendu).await,
            _ => Err(self.refuser(Refus::ReponseFausse, "type of the user info")),
        }
    }

    async fn infos_signees(
        &self,
        decouverte: &Decouverte,
        jeton: &str,
        attendu: &Attendu<'_>,
    ) -> Result<Revendications, Echec> {
        let mut lu = verifier(jeton, &decouverte.cles, attendu);
        if lu == Err(Faux::CleInconnue) {
            let decouverte = self.relire_les_cles(attendu.maintenant).await?;
            lu = verifier(jeton, &decouverte.cles, attendu);
        }
        lu.map_err(|faux| self.fausse(faux))
    }

    /// The page that signs out there, and comes back. `None` when it has none.
    pub(super) async fn adresse_de_sortie(
        &self,
        jeton_identite: &str,
        etat: &str,
        maintenant: DateTime<Utc>,
    ) -> Result<Option<Url>, Echec> {
        let decouverte = self.decouverte(maintenant).await?;
        let fin = &decouverte.metadonnees.additional_metadata().end_session_endpoint;
        let sortie = adresse(&self.app_url, &Chemin::SortieIdentite(self.reglage.fournisseur));
        Ok(fin.as_ref().map(|fin| {
            let mut url = fin.url().clone();
            url.query_pairs_mut()
                .append_pair("id_token_hint", jeton_identite)
                .append_pair("post_logout_redirect_uri", &sortie)
                .append_pair("state", etat);
            url
        }))
    }
}

/// An address of this application, as people open it.
fn adresse(app_url: &Url, chemin: &Chemin<'_>) -> String {
    format!("{}{chemin}", app_url.as_str().trim_end_matches('/'))
}

/// Why it could not be discovered. What came is not repeated.
fn cause(erreur: &DiscoveryError<ErreurPlateforme>) -> &'static str {
    match erreur {
        DiscoveryError::Request(erreur) => erreur.code(),
        DiscoveryError::Response(..) => "discovery: status",
        DiscoveryError::Parse(_) => "discovery: unreadable",
        DiscoveryError::Validation(_) => "discovery: issuer",
        _ => "discovery",
    }
}
