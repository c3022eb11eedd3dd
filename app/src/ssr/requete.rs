//! A request: who asks, to read and to change.

use super::cookies::{lire_cookie, lire_jeton};
use super::fichiers::{FichiersRecus, a_retirer, fichiers};
use crate::erreur::ErreurApp;
use backend::acces::tentatives::{Regle, Reseau};
use backend::acces::visites::{Visite, Visiteur};
use backend::dossier::consultations::tampon::Objet;
use backend::dossier::examen::annotations::champs::Saisies as SaisiesPrivees;
use backend::dossier::examen::suivis;
use backend::dossier::pieces::Fichier;
use backend::dossier::usager::formulaires::Saisies;
use backend::{Changement, Contexte, Echec, Outils};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::champs::CHAMPS_MAX;
use domain::chemin::d_agent;
use domain::cle::CleDeFormulaire;
use domain::consultation::Acte;
use domain::ids::{ChampId, DossierNumero};
use domain::liste::Nouveaute;
use domain::role::Acteur;
use http::header::{REFERRER_POLICY, SET_COOKIE};
use http::request::Parts;
use http::{HeaderName, HeaderValue};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use sea_orm::DatabaseConnection;
use std::collections::BTreeMap;
use std::sync::Arc;
use url::form_urlencoded;

/// A longer address is not kept: a browser takes about 4 000 octets for a cookie.
const LISTE_MAX: usize = 2_000;

/// A request of somebody who is signed in.
pub struct Ici {
    /// Who asks.
    pub acteur: Acteur,
    /// To read.
    pub db: DatabaseConnection,
    /// Secrets, randomness, settings.
    pub outils: Outils,
    contexte: Contexte,
}

impl Ici {
    /// The time.
    #[must_use]
    pub fn maintenant(&self) -> DateTime<Utc> {
        self.contexte.horloge.maintenant()
    }

    /// All of it, for what makes several changes or talks to RDV Service Public.
    #[must_use]
    pub const fn contexte(&self) -> &Contexte {
        &self.contexte
    }

    /// Counts what the person asks for under `regle`.
    ///
    /// # Errors
    /// [`Erreur::TropVite`].
    pub fn compter(&self, regle: Regle) -> Result<(), ErreurApp> {
        let compte = self.acteur.compte.to_string();
        let tentatives = &self.contexte.acces.tentatives;
        Ok(tentatives.compter(regle, &[&compte], self.maintenant())?)
    }

    /// Makes a change in one transaction, and gives back what `change` gives. Nothing is kept of a change that failed.
    ///
    /// # Errors
    /// `change` refused, or the database failed.
    pub async fn changer<T>(
        &self,
        change: impl AsyncFnOnce(&Changement<'_>) -> Result<T, Echec>,
    ) -> Result<T, ErreurApp> {
        Ok(self.contexte.changer(&self.acteur, change).await?)
    }

    /// Notes that a page of a dossier was shown to one of its instructeurs.
    pub fn consulter(&self, dossier: DossierNumero, acte: Acte) {
        self.contexte.consulter(&self.acteur, acte, Objet::Dossier(dossier));
    }

    /// Puts out the orange dot of what the page shows, if there is one. `t`: before it was read, so that what came
    /// since is still new.
    ///
    /// # Errors
    /// The database failed, or the dossier is not theirs.
    pub async fn voir(
        &self,
        dossier: DossierNumero,
        quoi: Nouveaute,
        t: DateTime<Utc>,
    ) -> Result<(), ErreurApp> {
        // Read first: a change, even of nothing, waits for its turn.
        if suivis::a_voir(&self.db, &self.acteur, dossier, quoi).await? {
            self.changer(async |c| suivis::voir(c, dossier, quoi, t).await).await?;
        }
        Ok(())
    }

    /// The files that were sent under a name, once.
    #[must_use]
    pub fn fichiers(&self, nom: &str) -> Vec<Fichier> {
        fichiers(nom)
    }

    /// What was typed and chosen in the form of a démarche.
    #[must_use]
    pub fn saisies(
        &self,
        prenom: String,
        nom: String,
        champs: &BTreeMap<String, String>,
        retirer: &BTreeMap<String, String>,
    ) -> Saisies {
        let champ = |texte: &String| texte.parse().ok().map(ChampId);
        Saisies {
            prenom,
            nom,
            reponses: champs
                .iter()
                .filter_map(|(nom, valeur)| Some((champ(nom)?, valeur.clone())))
                .collect(),
            retirer: a_retirer(retirer),
            fichiers: use_context::<FichiersRecus>().map(|r| r.par_champ()).unwrap_or_default(),
        }
    }

    /// Keeps the address of the list of dossiers that is shown, for the breadcrumb of its dossiers: in a cookie, which
    /// works without JavaScript and goes with the browser.
    pub fn retenir_la_liste(&self, adresse: &str) {
        let Some(reponse) = use_context::<ResponseOptions>() else { return };
        let code: String = form_urlencoded::byte_serialize(adresse.as_bytes()).collect();
        let valeur = format!("{}.{code}", self.acteur.compte);
        let nom = cookie_de_la_liste(adresse);
        if code.len() > LISTE_MAX || self.cookie(nom).as_deref() == Some(valeur.as_str()) {
            return;
        }
        let sur = if self.outils.reglages.app_url.scheme() == "https" { "; Secure" } else { "" };
        let cookie = format!("{nom}={valeur}; Path=/; HttpOnly; SameSite=Lax{sur}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            reponse.append_header(SET_COOKIE, cookie);
        }
    }

    /// The address of the list at `chemin` as the person who asks last saw it; `chemin` when they have not.
    #[must_use]
    pub fn liste(&self, chemin: &str) -> String {
        self.cookie(cookie_de_la_liste(chemin))
            .and_then(|valeur| {
                let (compte, code) = valeur.split_once('.')?;
                let (adresse, _) = form_urlencoded::parse(code.as_bytes()).next()?;
                let sienne = compte == self.acteur.compte.to_string();
                let la_meme = adresse.split('?').next() == Some(chemin);
                (sienne && la_meme).then(|| adresse.into_owned())
            })
            .unwrap_or_else(|| chemin.to_owned())
    }

    fn cookie(&self, nom: &str) -> Option<String> {
        use_context::<Parts>().and_then(|parts| lire_cookie(&parts.headers, nom))
    }

    /// A key for the forms of a page.
    #[must_use]
    pub fn cle(&self) -> CleDeFormulaire {
        self.outils.hasard.cle().into()
    }
}

/// One for each side: somebody may have both.
fn cookie_de_la_liste(adresse: &str) -> &'static str {
    if adresse.starts_with("/instructeur/") { "liste-instructeur" } else { "liste-usager" }
}

/// What was typed in the private fields of a dossier, and the version of each field when it was shown.
#[must_use]
pub fn saisies_privees(
    champs: &BTreeMap<String, String>,
    versions: &BTreeMap<String, String>,
) -> SaisiesPrivees {
    let champ = |texte: &String| texte.parse().ok().map(ChampId);
    SaisiesPrivees {
        // No form shows more: those that are there, and those that were there.
        montres: versions
            .iter()
            .take(2 * CHAMPS_MAX)
            .filter_map(|(nom, version)| Some((champ(nom)?, version.parse().unwrap_or(0))))
            .collect(),
        reponses: champs
            .iter()
            .filter_map(|(nom, valeur)| Some((champ(nom)?, valeur.clone())))
            .collect(),
    }
}

/// Who asks, or [`Erreur::NonConnecte`].
///
/// # Errors
/// Nobody is signed in, or the database failed.
pub async fn ici() -> Result<Ici, ErreurApp> {
    let contexte = contexte()?;
    let visiteur = visiteur(&contexte).await?;
    // The server stands before, and says what to do; this holds by itself.
    let d_agent = use_context::<Parts>().is_some_and(|parts| d_agent(parts.uri.path()));
    if d_agent && visiteur.a_confirmer() {
        return Err(Erreur::AConfirmer.into());
    }
    let acteur = visiteur.acteur.clone();
    let db = contexte.base.lire().clone();
    Ok(Ici { acteur, db, outils: contexte.outils.clone(), contexte })
}

/// Who asks, and what pages show of them: read once a request, whatever the number of its parts. The token and what
/// was read with it come from the same request.
///
/// # Errors
/// As [`ici`].
pub(super) async fn visiteur(contexte: &Contexte) -> Result<Arc<Visiteur>, ErreurApp> {
    let parts = use_context::<Parts>().ok_or(Erreur::NonConnecte)?;
    let jeton = lire_jeton(&parts.headers).ok_or(Erreur::NonConnecte)?;
    let visite = parts.extensions.get::<Visite>().cloned().unwrap_or_default();
    Ok(visite.visiteur(contexte, &jeton).await?)
}

/// Makes a change in the name of the person who asks: see [`Ici::changer`].
///
/// # Errors
/// Nobody is signed in, `change` refused, or the database failed.
pub async fn changer<T>(
    change: impl AsyncFnOnce(&Changement<'_>) -> Result<T, Echec>,
) -> Result<T, ErreurApp> {
    ici().await?.changer(change).await
}

/// The application, and who asks when somebody is signed in.
///
/// # Errors
/// The database failed.
pub async fn ici_ou_personne() -> Result<(Contexte, Option<Acteur>), ErreurApp> {
    let contexte = contexte()?;
    match ici().await {
        Ok(ici) => Ok((contexte, Some(ici.acteur))),
        Err(ErreurApp::Metier(Erreur::NonConnecte)) => Ok((contexte, None)),
        Err(autre) => Err(autre),
    }
}

/// The application.
///
/// # Errors
/// There is no context: the server is not wired.
pub fn contexte() -> Result<Contexte, ErreurApp> {
    use_context::<Contexte>().ok_or(ErreurApp::Metier(Erreur::Indisponible))
}

/// Has the address of the page that is answered told to no other site, nor kept by a search engine: it is a secret.
pub fn discretement() {
    let Some(reponse) = use_context::<ResponseOptions>() else { return };
    reponse.insert_header(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    reponse.insert_header(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow"),
    );
}

/// The token of the session that the request came with; empty without one.
#[must_use]
pub fn jeton() -> String {
    use_context::<Parts>().and_then(|parts| lire_jeton(&parts.headers)).unwrap_or_default()
}

/// Where the request comes from, when it is known.
#[must_use]
pub fn reseau() -> Option<Reseau> {
    use_context::<Parts>()?.extensions.get().copied()
}

/// A cookie of the request; empty when it has none.
#[must_use]
pub fn cookie(nom: &str) -> String {
    use_context::<Parts>().and_then(|parts| lire_cookie(&parts.headers, nom)).unwrap_or_default()
}
