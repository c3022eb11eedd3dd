//! What server functions find around them: the request, the person who asks, the database.

use crate::depart::{Depart, Refus};
use crate::erreur::ErreurApp;
use crate::theme::Theme;
use backend::acces::tentatives::Reseau;
use backend::acces::{formulaires_en_attente, sessions};
use backend::dossier::examen::annotations::champs::Saisies as SaisiesPrivees;
use backend::dossier::examen::suivis;
use backend::dossier::pieces::Fichier;
use backend::dossier::usager::formulaires::Saisies;
use backend::socle::base::Base;
use backend::socle::direct;
use backend::{Changement, Contexte, Echec, Outils};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::champs::CHAMPS_MAX;
use domain::ids::{ChampId, DossierNumero, PieceId};
use domain::liste::Nouveaute;
use domain::role::Acteur;
use domain::vues::Mentions;
use http::HeaderValue;
use http::header::SET_COOKIE;
use http::request::Parts;
use leptos::prelude::use_context;
use leptos_axum::{ResponseOptions, extract};
use sea_orm::DatabaseConnection;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use tracing::Span;
use url::form_urlencoded;

/// Name of the cookie that holds the session's token.
pub const COOKIE: &str = "session";

/// Name of the cookie that says which form was just taken, without JavaScript.
pub const COOKIE_FAIT: &str = "fait";

/// A longer address is not kept: a browser takes about 4 000 octets for a cookie.
const LISTE_MAX: usize = 2_000;

impl From<Echec> for ErreurApp {
    fn from(echec: Echec) -> Self {
        // Parts of a page are rendered apart: what failed is logged with the request all the same.
        let parts = use_context::<Parts>();
        let requete = parts.as_ref().and_then(|parts| parts.extensions.get::<Span>());
        let erreur = requete.unwrap_or(&Span::none()).in_scope(|| echec.pour_l_ecran());
        match parts.as_ref().and_then(|parts| parts.extensions.get::<Reference>()) {
            Some(reference) if erreur == Erreur::Indisponible => Self::Panne(reference.to_string()),
            _ => Self::Metier(erreur),
        }
    }
}

/// What a person quotes of a request that failed: the server leaves it with each, and in the logs.
#[derive(Debug, Clone)]
pub struct Reference(Arc<str>);

impl Reference {
    /// The one whose letters and digits are `lettres`.
    #[must_use]
    pub fn new(lettres: &str) -> Self {
        Self(lettres.into())
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The files of a form, beside its fields: the name of each one's field, and the file.
#[derive(Debug, Clone, Default)]
pub struct FichiersRecus(Arc<Mutex<Vec<(String, Fichier)>>>);

impl FichiersRecus {
    /// Those of a form.
    #[must_use]
    pub fn new(fichiers: Vec<(String, Fichier)>) -> Self {
        Self(Arc::new(Mutex::new(fichiers)))
    }

    /// Takes those of the fields of a démarche away, sent as « fichiers-12 ».
    #[must_use]
    fn par_champ(&self) -> BTreeMap<ChampId, Vec<Fichier>> {
        let mut tous = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut par_champ: BTreeMap<ChampId, Vec<Fichier>> = BTreeMap::new();
        for (nom, fichier) in tous.drain(..) {
            if let Some(Ok(champ)) = nom.strip_prefix("fichiers-").map(str::parse) {
                par_champ.entry(ChampId(champ)).or_default().push(fichier);
            }
        }
        par_champ
    }

    /// Takes all of them away.
    #[must_use]
    pub fn prendre_tous(&self) -> Vec<(String, Fichier)> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes those of a field away: they are too large to be copied.
    #[must_use]
    pub fn prendre(&self, nom: &str) -> Vec<Fichier> {
        let mut tous = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (siens, autres) = tous.drain(..).partition(|(champ, _)| champ == nom);
        *tous = autres;
        let siens: Vec<(String, Fichier)> = siens;
        siens.into_iter().map(|(_, fichier)| fichier).collect()
    }
}

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

    /// All of it, for what talks to RDV Service Public.
    #[must_use]
    pub const fn contexte(&self) -> &Contexte {
        &self.contexte
    }

    /// Makes a change in one transaction, and gives back what `change` gives. Nothing is kept of a change that failed.
    ///
    /// # Errors
    /// `change` refused, or the database failed.
    pub async fn changer<T>(
        &self,
        change: impl AsyncFnOnce(&Changement<'_>) -> Result<T, Echec>,
    ) -> Result<T, ErreurApp> {
        let changement = Changement {
            tx: self.contexte.base.ecrire().await?,
            acteur: &self.acteur,
            outils: &self.outils,
            maintenant: self.maintenant(),
        };
        let fait = change(&changement).await?;
        changement.valider().await?;
        Ok(fait)
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
            self.changer(async |c| suivis::voir(&c.tx, c.acteur, dossier, quoi, t).await).await?;
        }
        Ok(())
    }

    /// The database, for what makes several changes.
    #[must_use]
    pub const fn base(&self) -> &Base {
        &self.contexte.base
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
    pub fn cle(&self) -> String {
        self.outils.hasard.cle()
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
    let jeton = jeton().await.ok_or(Erreur::NonConnecte)?;
    let db = contexte.base.lire().clone();
    let acteur = sessions::acteur(&db, &jeton, contexte.horloge.maintenant()).await?;
    Ok(Ici { acteur, db, outils: contexte.outils.clone(), contexte })
}

/// The files that were sent under a name, once, by whoever asks.
#[must_use]
pub fn fichiers(nom: &str) -> Vec<Fichier> {
    use_context::<FichiersRecus>().map(|recus| recus.prendre(nom)).unwrap_or_default()
}

/// The files to be taken away, of the boxes that were checked.
#[must_use]
pub fn a_retirer(cases: &BTreeMap<String, String>) -> Vec<PieceId> {
    cases.keys().filter_map(|id| id.parse().ok().map(PieceId)).collect()
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

/// What every page needs before it shows anything.
///
/// # Errors
/// The database failed.
pub async fn depart() -> Result<Depart, ErreurApp> {
    let contexte = contexte()?;
    let db = contexte.base.lire();
    // Read before anything else of the page: what changes from here on will be told.
    let direct_depuis = direct::dernier(db).await.map_err(Echec::from)?;
    let session = match ici().await {
        Ok(ici) => Some(sessions::session(db, &ici.outils, &ici.acteur).await?),
        Err(ErreurApp::Metier(Erreur::NonConnecte)) => None,
        Err(autre) => return Err(autre),
    };
    let preuve = session.as_ref().map(|session| {
        formulaires_en_attente::preuve(
            &contexte.outils,
            session.compte,
            contexte.horloge.maintenant(),
        )
    });
    Ok(Depart {
        preuve: preuve.unwrap_or_default(),
        session,
        direct_depuis,
        app_url: contexte.outils.reglages.app_url.to_string(),
        boite_locale: contexte.outils.reglages.boite_locale,
        refus: use_context::<Refus>(),
        fait: fait(),
        theme: theme(),
    })
}

/// The form that was just taken, once.
fn fait() -> Option<String> {
    let fait = use_context::<Parts>()
        .and_then(|parts| lire_cookie(&parts.headers, COOKIE_FAIT))
        .filter(|fait| !fait.is_empty())?;
    if let Some(reponse) = use_context::<ResponseOptions>() {
        let efface = format!("{COOKIE_FAIT}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
        if let Ok(efface) = HeaderValue::from_str(&efface) {
            reponse.append_header(SET_COOKIE, efface);
        }
    }
    Some(fait)
}

/// The colours that the person chose, as the request says.
#[must_use]
pub fn theme() -> Theme {
    use_context::<Parts>()
        .and_then(|parts| lire_cookie(&parts.headers, Theme::COOKIE))
        .map_or_else(Theme::default, |code| Theme::from_code(&code))
}

/// The name of the service, as it is set.
#[must_use]
pub fn nom_du_service() -> String {
    contexte().map(|contexte| contexte.outils.reglages.nom.to_string()).unwrap_or_default()
}

/// Who publishes the site and whom to write to.
///
/// # Errors
/// There is no context: the server is not wired.
pub fn mentions() -> Result<Mentions, ErreurApp> {
    Ok(contexte()?.outils.reglages.mentions.clone())
}

fn contexte() -> Result<Contexte, ErreurApp> {
    use_context::<Contexte>().ok_or(ErreurApp::Metier(Erreur::Indisponible))
}

/// Where the request comes from, when it is known.
#[must_use]
pub fn reseau() -> Option<Reseau> {
    use_context::<Parts>()?.extensions.get().copied()
}

async fn jeton() -> Option<String> {
    let parts: Parts = extract().await.ok()?;
    lire_jeton(&parts.headers)
}

/// The session's token among the cookies of a request.
#[must_use]
pub fn lire_jeton(entetes: &http::HeaderMap) -> Option<String> {
    lire_cookie(entetes, COOKIE)
}

/// What a request holds of a cookie.
#[must_use]
pub fn lire_cookie(entetes: &http::HeaderMap, cookie: &str) -> Option<String> {
    entetes
        .get_all(http::header::COOKIE)
        .iter()
        .filter_map(|valeur| valeur.to_str().ok())
        .flat_map(|valeur| valeur.split(';'))
        .filter_map(|paire| paire.trim().split_once('='))
        .find(|(nom, _)| *nom == cookie)
        .map(|(_, valeur)| valeur.to_owned())
}
