//! Signing in. The browser holds a random token, the database its digest only.

use crate::acces::autorisations;
use crate::acces::limites;
use crate::acces::mots_de_passe::LEURRE;
use crate::acces::tentatives::{Regle, Reseau, Tentative};
use crate::contexte::Contexte;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::outils::{Outils, Reglages};
use crate::socle::secrets::coffre;
use crate::socle::secrets::hasard::Hasard;
use crate::socle::verrous;
use crate::tables::{compte, navigateur, session};
use chrono::{DateTime, Duration, Utc};
use domain::Erreur;
use domain::identite::Moyen;
use domain::ids::{CompteId, IdentiteId};
use domain::role::{Acteur, Assurance};
use domain::sujet::Sujet;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    FromQueryResult, IntoActiveModel, JoinType, QueryFilter, QuerySelect, Select,
};

/// How long the session of an agent lasts, in hours, whatever they do: a working day and the evening after it.
pub const DUREE_HEURES: i64 = domain::retention::SESSION_AGENT_HEURES;

/// How long that of anybody else lasts after they were last seen, in days. The cookie of every session lives as long: the
/// database says when it is over.
pub const DUREE_JOURS: i64 = domain::retention::SESSION_JOURS;

/// How long after a session was last said to be seen it is said again, in minutes.
const VUE_MINUTES: i64 = 5;

/// How long a browser is known to be that of somebody who signed in with it, in days.
pub const APPAREIL_JOURS: i64 = domain::retention::APPAREIL_JOURS;

/// A way to prove who one is, by what is typed. ProConnect and FranceConnect have theirs in [`crate::acces::identites`].
pub trait Preuve {
    /// The account of the person, if the proof holds. Never inside a change: it may take long.
    fn compte(
        &self,
        contexte: &Contexte,
    ) -> impl Future<Output = Result<compte::Model, Echec>> + Send;

    /// Where it comes from.
    fn provenance(&self) -> &Provenance;
}

/// Where somebody signs in from.
#[derive(Debug, Clone, Default)]
pub struct Provenance {
    /// The network, when it is known.
    pub reseau: Option<Reseau>,
    /// What [`Entree::appareil`] left in the browser.
    pub appareil: Option<String>,
    /// What one knows the browser by; empty when it is not known.
    pub navigateur: String,
    /// The token of the session that the browser had: the new one takes its place.
    pub session: Option<String>,
}

/// An e-mail and a password.
pub struct MotDePasse {
    /// The e-mail.
    pub email: String,
    /// The password.
    pub mot_de_passe: String,
    /// Where they are typed.
    pub provenance: Provenance,
}

impl Preuve for MotDePasse {
    fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    async fn compte(&self, contexte: &Contexte) -> Result<compte::Model, Echec> {
        // When too many come at once, those who are told so cost the database nothing.
        contexte.acces.hacheur.laisser_entrer()?;
        let email = compte::normaliser(&self.email);
        let db = contexte.base.lire();
        let trouve =
            compte::Entity::find().filter(compte::Column::Email.eq(&email)).one(db).await?;
        let tentative = self.tenter(contexte, &email, trouve.as_ref())?;
        // The same work is done for an unknown account, so that the time taken tells nothing.
        // An account whose password was not chosen yet is like none.
        let empreinte = trouve.as_ref().map(|c| c.mot_de_passe.as_str());
        let empreinte = empreinte.filter(|e| !e.is_empty()).unwrap_or(LEURRE).to_owned();
        let acces = &contexte.acces;
        match acces.hacheur.verifier(self.mot_de_passe.clone(), empreinte).await {
            Ok(false) => {
                metrics::counter!("connexions_refusees_total").increment(1);
                // By its number alone, and nothing of what was typed: it may be the address of somebody who has no account.
                let compte = trouve.as_ref().map(|compte| compte.id.0);
                tracing::info!(compte, "a sign-in was refused");
                Err(Erreur::IdentifiantsRefuses.into())
            }
            // Right, or nobody looked at it.
            juste_ou_echec => {
                acces.tentatives.rendre(tentative);
                juste_ou_echec?;
                trouve.ok_or(Erreur::IdentifiantsRefuses.into())
            }
        }
    }
}

impl MotDePasse {
    /// Counts a try. Somebody who tries the passwords of another slows down themselves: the other goes on from their
    /// own network, and whatever the network from a browser that they used before.
    fn tenter(
        &self,
        contexte: &Contexte,
        email: &str,
        compte: Option<&compte::Model>,
    ) -> Result<Tentative, Erreur> {
        let reseau = self.provenance.reseau.map(|reseau| reseau.to_string()).unwrap_or_default();
        let appareil = self.provenance.appareil.as_deref();
        let connu = compte.zip(appareil).is_some_and(|(compte, appareil)| {
            appareil_de(contexte, appareil).is_some_and(|lu| lu == marque(compte))
        });
        let maintenant = contexte.horloge.maintenant();
        let tentatives = &contexte.acces.tentatives;
        if connu {
            return tentatives.faire(&[(limites::CONNEXIONS_PAR_APPAREIL, &[email])], maintenant);
        }
        let regles: [(Regle, &[&str]); 3] = [
            (limites::CONNEXIONS_PAR_RESEAU, &[&reseau]),
            (limites::CONNEXIONS_PAR_COMPTE_ET_RESEAU, &[email, &reseau]),
            (limites::CONNEXIONS_PAR_COMPTE, &[email]),
        ];
        tentatives.faire(&regles, maintenant)
    }
}

/// What a browser keeps of an account that was opened with it: of no use any more once the password has changed.
fn marque(compte: &compte::Model) -> String {
    let mot_de_passe = coffre::empreinte(&compte.mot_de_passe);
    format!("appareil:{}:{}", compte.id, &mot_de_passe[..32])
}

fn appareil_de(contexte: &Contexte, appareil: &str) -> Option<String> {
    contexte.outils.coffre.ouvrir_texte(&hex::decode(appareil).ok()?).ok()
}

/// What opening a session gives to the browser.
#[derive(Debug)]
pub struct Entree {
    /// The token of the session.
    pub jeton: String,
    /// What says later that the account was opened with this browser.
    pub appareil: String,
}

impl Entree {
    pub(crate) fn new(outils: &Outils, compte: &compte::Model, jeton: String) -> Self {
        let marque = outils.coffre.sceller(marque(compte).as_bytes(), &outils.hasard);
        Self { jeton, appareil: hex::encode(marque) }
    }
}

/// Opens a session for whoever `preuve` designates.
///
/// # Errors
/// [`Erreur::IdentifiantsRefuses`], [`Erreur::TropVite`].
pub async fn ouvrir(contexte: &Contexte, preuve: &impl Preuve) -> Result<Entree, Echec> {
    let compte = preuve.compte(contexte).await?;
    let (outils, maintenant) = (&contexte.outils, contexte.horloge.maintenant());
    let tx = contexte.base.ecrire().await?;
    // Another password may have been chosen while this one was verified.
    let encore = compte::Entity::find_by_id(compte.id)
        .filter(compte::Column::MotDePasse.eq(&compte.mot_de_passe))
        .one(&tx)
        .await?;
    let compte = encore.ok_or(Erreur::IdentifiantsRefuses)?;
    let (voie, provenance) = (Voie::simple(Moyen::MotDePasse), preuve.provenance());
    let hasard = &outils.hasard;
    let jeton = commencer(&tx, compte.id, voie, provenance, hasard, maintenant).await?;
    tx.valider().await?;
    metrics::counter!("connexions_total").increment(1);
    Ok(Entree::new(outils, &compte, jeton))
}

/// What a session remembers of the way in.
#[derive(Debug, Clone)]
pub struct Voie {
    /// By which way.
    pub moyen: Moyen,
    /// Whether two factors were proven.
    pub deux_facteurs: bool,
    /// With which identity.
    pub identite: Option<IdentiteId>,
    /// The ID token, sealed.
    pub jeton_identite: Option<Vec<u8>>,
}

impl Voie {
    /// A way that proves one factor, and no identity.
    #[must_use]
    pub const fn simple(moyen: Moyen) -> Self {
        Self { moyen, deux_facteurs: false, identite: None, jeton_identite: None }
    }
}

/// Opens a session of an account, for whoever has just proved that it is theirs; gives the token. The one that the browser
/// had ends.
pub(crate) async fn commencer(
    db: &impl ConnectionTrait,
    compte: CompteId,
    voie: Voie,
    provenance: &Provenance,
    hasard: &Hasard,
    maintenant: DateTime<Utc>,
) -> Result<String, Echec> {
    if let Some(ancienne) = &provenance.session {
        fermer(db, ancienne, maintenant).await?;
    }
    let jeton = hasard.secret();
    let agent = autorisations::un_agent(db, compte).await?;
    let duree = if agent { Duration::hours(DUREE_HEURES) } else { Duration::days(DUREE_JOURS) };
    let session = session::ActiveModel {
        empreinte: Set(coffre::empreinte(&jeton)),
        compte: Set(compte),
        cree_le: Set(maintenant),
        expire_le: Set(maintenant + duree),
        moyen: Set(voie.moyen),
        deux_facteurs: Set(voie.deux_facteurs),
        identite: Set(voie.identite),
        jeton_identite: Set(voie.jeton_identite),
        navigateur: Set(provenance.navigateur.clone()),
        vue_le: Set(None),
        confiance: Set(None),
        prouvee_le: Set(None),
    };
    session::Entity::insert(session).exec_without_returning(db).await?;
    let (moyen, deux_facteurs) = (voie.moyen.code(), voie.deux_facteurs);
    tracing::info!(compte = compte.0, moyen, deux_facteurs, "a session was opened");
    Ok(jeton)
}

/// Gives a session another token, once it proves more than it did: whoever knew the one before has nothing. Its open pages
/// are told.
pub(crate) async fn renouveler(
    db: &impl ConnectionTrait,
    session: session::Model,
    hasard: &Hasard,
    maintenant: DateTime<Utc>,
) -> Result<String, Echec> {
    let jeton = hasard.secret();
    let compte = session.compte;
    session::Entity::delete_by_id(&session.empreinte).exec(db).await?;
    let neuve = session::Model { empreinte: coffre::empreinte(&jeton), ..session };
    let neuve = neuve.into_active_model().reset_all();
    session::Entity::insert(neuve).exec_without_returning(db).await?;
    direct::annoncer(db, &[Sujet::Compte(compte)], maintenant).await?;
    Ok(jeton)
}

/// Closes the session of a token. Its open pages are told, those of other processes too: nothing more comes to them.
///
/// # Errors
/// The database failed.
pub async fn fermer(
    db: &impl ConnectionTrait,
    jeton: &str,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let ouverte = session::Entity::find_by_id(coffre::empreinte(jeton)).one(db).await?;
    let Some(session) = ouverte else { return Ok(()) };
    session::Entity::delete_by_id(session.empreinte).exec(db).await?;
    direct::annoncer(db, &[Sujet::Compte(session.compte)], maintenant).await?;
    Ok(())
}

/// What stands for a token wherever it must not be kept.
#[must_use]
pub fn empreinte(jeton: &str) -> String {
    coffre::empreinte(jeton)
}

/// Who holds the token of an open session.
///
/// # Errors
/// [`Erreur::NonConnecte`].
pub async fn acteur(
    db: &impl ConnectionTrait,
    jeton: &str,
    maintenant: DateTime<Utc>,
) -> Result<Acteur, Echec> {
    let compte = ouverte(jeton, maintenant).one(db).await?.ok_or(Erreur::NonConnecte)?;
    // Nothing was read of the session: it gives no right of an agent.
    let assurance = Assurance { proconnect: false, confirmee: false };
    Ok(Acteur { compte: compte.id, email: compte.email, assurance })
}

/// The account whose open session has that token; the session may be read with it.
pub(crate) fn ouverte(jeton: &str, maintenant: DateTime<Utc>) -> Select<compte::Entity> {
    let la_sienne = Expr::col(session::Column::Compte.as_column_ref())
        .equals(compte::Column::Id.as_column_ref());
    let mut comptes = compte::Entity::find()
        .filter(session::Column::Empreinte.eq(coffre::empreinte(jeton)))
        .filter(en_cours(maintenant));
    QuerySelect::query(&mut comptes).join(JoinType::InnerJoin, session::Entity, la_sienne);
    comptes
}

/// That a session, among those that are read, is open. That of somebody who became an agent since is held to what holds
/// for agents.
pub(crate) fn en_cours(maintenant: DateTime<Utc>) -> Condition {
    let recente = session::Column::CreeLe.gt(maintenant - Duration::hours(DUREE_HEURES));
    let d_un_agent = autorisations::est_agent(session::Column::Compte);
    Condition::all()
        .add(session::Column::ExpireLe.gt(maintenant))
        .add(Condition::any().add(recente).add(d_un_agent.not()))
}

/// What is read of a session with the account that it is of.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Lue {
    moyen: Moyen,
    deux_facteurs: bool,
    de_confiance: bool,
    session_cree_le: DateTime<Utc>,
    session_vue_le: Option<DateTime<Utc>>,
}

impl Lue {
    /// Has it read with what [`ouverte`] gives.
    pub(crate) fn avec(
        comptes: Select<compte::Entity>,
        maintenant: DateTime<Utc>,
    ) -> Select<compte::Entity> {
        let colonne = |colonne: session::Column| Expr::col(colonne.as_column_ref());
        comptes
            .expr_as(colonne(session::Column::Moyen), "moyen")
            .expr_as(colonne(session::Column::DeuxFacteurs), "deux_facteurs")
            .expr_as(colonne(session::Column::CreeLe), "session_cree_le")
            .expr_as(colonne(session::Column::VueLe), "session_vue_le")
            .expr_as(navigateur::de_la_session(maintenant), "de_confiance")
    }

    /// What it proves.
    pub(crate) fn assurance(&self, reglages: &Reglages) -> Assurance {
        Assurance {
            proconnect: self.moyen == Moyen::ProConnect,
            confirmee: !reglages.second_facteur || self.deux_facteurs || self.de_confiance,
        }
    }

    /// Whether it is to be said that it was seen.
    pub(crate) fn a_revoir(&self, maintenant: DateTime<Utc>) -> bool {
        let vue = self.session_vue_le.unwrap_or(self.session_cree_le);
        vue + Duration::minutes(VUE_MINUTES) <= maintenant
    }
}

/// Writes which sessions were seen; those of citizens last longer. Gives how many.
///
/// # Errors
/// The database failed: it will be known by the next pages.
pub async fn ecrire_les_vues(contexte: &Contexte) -> Result<usize, Echec> {
    let vues = contexte.acces.frequentation.prendre();
    if vues.is_empty() {
        return Ok(0);
    }
    let tx = contexte.base.ecrire().await?;
    for (empreinte, le) in &vues {
        let celle_la =
            || session::Entity::update_many().filter(session::Column::Empreinte.eq(empreinte));
        let vue = Expr::value(*le);
        celle_la().col_expr(session::Column::VueLe, vue).exec(&tx).await?;
        celle_la()
            .col_expr(session::Column::ExpireLe, Expr::value(*le + Duration::days(DUREE_JOURS)))
            .filter(autorisations::est_agent(session::Column::Compte).not())
            .filter(session::Column::ExpireLe.gt(*le))
            .exec(&tx)
            .await?;
    }
    tx.valider().await?;
    Ok(vues.len())
}

/// Forgets the sessions that have expired.
///
/// # Errors
/// The database failed.
pub async fn purger(db: &impl ConnectionTrait, maintenant: DateTime<Utc>) -> Result<(), Echec> {
    let expirees = Condition::all().add(session::Column::ExpireLe.lte(maintenant));
    verrous::purger::<session::Entity>(db, expirees).await?;
    Ok(())
}
