//! An identity that no account is known for: its owner says which is theirs, and proves it, or opens one.
//!
//! An address proves nothing by itself: couples and families share them. An account is joined by its password, or by a
//! link mailed to its address, which is opened by the browser that proved the identity: a link that somebody else
//! asked for joins nothing. Whatever address is typed, the answer is the same.

use super::constat::Constat;
use super::demandes::{Apres, ouvrir, sceller};
use super::plateforme::{Plateforme, Preuve};
use super::reconnaissance;
use crate::acces::limites::{RATTACHEMENTS_PAR_ADRESSE, RATTACHEMENTS_PAR_RESEAU};
use crate::acces::sessions::{Entree, MotDePasse, Preuve as _, Provenance};
use crate::acces::tentatives::Regle;
use crate::contexte::Contexte;
use crate::socle::base::Ecriture;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::secrets::coffre;
use crate::tables::{compte, rattachement_identite};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Duration, Utc};
use domain::identite::{Fournisseur, Refus};
use domain::ids::{IdentiteId, RattachementIdentiteId};
use domain::vues::{LienRattachement, RattachementVue};
use domain::{Champ, Erreur, saisie};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use serde::{Deserialize, Serialize};

/// How long an identity waits, and how long the link of its mail serves, in minutes.
pub const DELAI_MINUTES: i64 = 15;

/// What is kept of it, sealed.
#[derive(Serialize, Deserialize)]
struct Garde {
    fournisseur: Fournisseur,
    constat: Constat,
    jeton_identite: String,
    /// What comes once they are signed in.
    apres: Apres,
    /// Where its mail is sent, and the token that it carries.
    lien: Option<(String, String)>,
}

/// What the mail of a link says.
pub(crate) struct Envoi {
    pub(crate) fournisseur: Fournisseur,
    pub(crate) email: String,
    pub(crate) jeton: String,
    /// Whether it joins an account that exists, or opens one.
    pub(crate) existe: bool,
}

/// Keeps an identity for the browser that proved it; the one that waited for it before is forgotten.
pub(super) async fn attendre(
    db: &impl ConnectionTrait,
    contexte: &Contexte,
    navigateur: &str,
    plateforme: &Plateforme,
    preuve: &Preuve,
    apres: &Apres,
) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let navigateur = coffre::empreinte(navigateur);
    rattachement_identite::Entity::delete_many()
        .filter(rattachement_identite::Column::Navigateur.eq(&navigateur))
        .exec(db)
        .await?;
    let garde = Garde {
        fournisseur: plateforme.reglage.fournisseur,
        constat: preuve.constat.clone(),
        jeton_identite: preuve.jeton_identite.clone(),
        apres: apres.clone(),
        lien: None,
    };
    let ligne = rattachement_identite::ActiveModel {
        navigateur: Set(navigateur),
        lien: Set(None),
        scelle: Set(sceller(&contexte.outils, &garde)?),
        cree_le: Set(maintenant),
        expire_le: Set(maintenant + Duration::minutes(DELAI_MINUTES)),
        ..Default::default()
    };
    rattachement_identite::Entity::insert(ligne).exec(db).await?;
    Ok(())
}

/// The identity that waits for a browser.
async fn en_attente(
    db: &impl ConnectionTrait,
    outils: &Outils,
    navigateur: &str,
    maintenant: DateTime<Utc>,
) -> Result<Option<(rattachement_identite::Model, Garde)>, Echec> {
    let ligne = rattachement_identite::Entity::find()
        .filter(rattachement_identite::Column::Navigateur.eq(coffre::empreinte(navigateur)))
        .filter(rattachement_identite::Column::ExpireLe.gt(maintenant))
        .order_by_desc(rattachement_identite::Column::Id)
        .one(db)
        .await?;
    let Some(ligne) = ligne else { return Ok(None) };
    let garde = ouvrir(outils, &ligne.scelle)?;
    Ok(Some((ligne, garde)))
}

/// What waits for a browser; `None` when nothing does any more.
///
/// # Errors
/// The database failed.
pub async fn lire(contexte: &Contexte, navigateur: &str) -> Result<Option<RattachementVue>, Echec> {
    let (db, maintenant) = (contexte.base.lire(), contexte.horloge.maintenant());
    let lu = en_attente(db, &contexte.outils, navigateur, maintenant).await?;
    let Some((_, Garde { fournisseur, constat, .. })) = lu else { return Ok(None) };
    let existe =
        !constat.email.is_empty() && compte::par_email(db, &constat.email).await?.is_some();
    Ok(Some(RattachementVue { fournisseur, email: constat.email, existe }))
}

/// What waits, or [`Erreur::LienPerime`].
async fn exiger(
    contexte: &Contexte,
    navigateur: &str,
) -> Result<(rattachement_identite::Model, Garde), Echec> {
    let (db, maintenant) = (contexte.base.lire(), contexte.horloge.maintenant());
    let lu = en_attente(db, &contexte.outils, navigateur, maintenant).await?;
    lu.ok_or(Erreur::LienPerime.into())
}

/// Joins the account whose address and password are typed. Gives what comes then as well.
///
/// # Errors
/// [`Erreur::LienPerime`] when nothing waits any more, [`Erreur::IdentifiantsRefuses`], [`Erreur::TropVite`],
/// [`Erreur::Identite`] for an account that may not be joined so.
pub async fn par_mot_de_passe(
    contexte: &Contexte,
    navigateur: &str,
    email: &str,
    mot_de_passe: &str,
    provenance: &Provenance,
) -> Result<(Entree, Apres), Echec> {
    let (ligne, garde) = exiger(contexte, navigateur).await?;
    let (email, mot_de_passe) = (email.to_owned(), mot_de_passe.to_owned());
    // Before the change: it is slow on purpose.
    let preuve = MotDePasse { email, mot_de_passe, provenance: provenance.clone() };
    let prouve = preuve.compte(contexte).await?;
    terminer(contexte, ligne, garde, provenance, async |db| {
        // Another password may have been chosen while this one was verified.
        let encore = compte::Entity::find_by_id(prouve.id)
            .filter(compte::Column::MotDePasse.eq(&prouve.mot_de_passe))
            .one(db)
            .await?;
        Ok(Some(encore.ok_or(Erreur::IdentifiantsRefuses)?))
    })
    .await
}

/// What becomes of the address that somebody chose.
#[derive(Debug)]
pub enum Choix {
    /// It is the one that the platform told, and nobody has it: their account is open.
    Entre(Entree, Apres),
    /// A mail was sent to it.
    Envoye,
}

/// Takes the address where one wants to be written to. The one that the platform told opens an account when nobody has
/// it; any other, and one that somebody has, is proven by a mail.
///
/// # Errors
/// [`Erreur::LienPerime`] when nothing waits any more, an error about [`Champ::Email`], [`Erreur::TropVite`].
pub async fn par_adresse(
    contexte: &Contexte,
    navigateur: &str,
    email: &str,
    provenance: &Provenance,
) -> Result<Choix, Echec> {
    let (ligne, garde) = exiger(contexte, navigateur).await?;
    let email = compte::normaliser(&saisie::email(Champ::Email, email)?);
    let libre = compte::par_email(contexte.base.lire(), &email).await?.is_none();
    if libre && email == garde.constat.email {
        let fait = terminer(contexte, ligne, garde, provenance, async |_| Ok(None)).await;
        let (entree, apres) = fait?;
        return Ok(Choix::Entre(entree, apres));
    }
    let maintenant = contexte.horloge.maintenant();
    let reseau = provenance.reseau.map(|reseau| reseau.to_string()).unwrap_or_default();
    let regles: [(Regle, &[&str]); 2] =
        [(RATTACHEMENTS_PAR_RESEAU, &[&reseau]), (RATTACHEMENTS_PAR_ADRESSE, &[&email])];
    // It counts, whatever comes of it.
    let _ = contexte.acces.tentatives.faire(&regles, maintenant)?;
    let outils = &contexte.outils;
    let jeton = outils.hasard.secret();
    let garde = Garde { lien: Some((email, jeton.clone())), ..garde };
    let tx = contexte.base.ecrire().await?;
    let id = ligne.id;
    let mut change = ligne.into_active_model();
    change.lien = Set(Some(coffre::empreinte(&jeton)));
    change.scelle = Set(sceller(outils, &garde)?);
    change.expire_le = Set(maintenant + Duration::minutes(DELAI_MINUTES));
    change.update(&tx).await?;
    taches::ajouter(&tx, &Courriel::Rattachement { rattachement: id }, maintenant).await?;
    tx.valider().await?;
    Ok(Choix::Envoye)
}

/// What the mail of a link says; `None` once it serves no more.
pub(crate) async fn envoi(
    contexte: &Contexte,
    id: RattachementIdentiteId,
) -> Result<Option<Envoi>, Echec> {
    let (db, maintenant) = (contexte.base.lire(), contexte.horloge.maintenant());
    let ligne = rattachement_identite::Entity::find_by_id(id).one(db).await?;
    let Some(ligne) = ligne.filter(|ligne| ligne.expire_le > maintenant) else { return Ok(None) };
    let Garde { fournisseur, lien, .. } = ouvrir(&contexte.outils, &ligne.scelle)?;
    let Some((email, jeton)) = lien else { return Ok(None) };
    let existe = compte::par_email(db, &email).await?.is_some();
    Ok(Some(Envoi { fournisseur, email, jeton, existe }))
}

/// The identity that waits for the link of a mail to be opened, where it was proven.
async fn du_lien(
    contexte: &Contexte,
    navigateur: &str,
    jeton: &str,
) -> Result<(rattachement_identite::Model, Garde, String), Echec> {
    let ligne = rattachement_identite::Entity::find()
        .filter(rattachement_identite::Column::Lien.eq(coffre::empreinte(jeton)))
        .filter(rattachement_identite::Column::ExpireLe.gt(contexte.horloge.maintenant()))
        .one(contexte.base.lire())
        .await?
        .ok_or(Erreur::LienPerime)?;
    let garde: Garde = ouvrir(&contexte.outils, &ligne.scelle)?;
    if ligne.navigateur != coffre::empreinte(navigateur) {
        let refus = Refus::AutreNavigateur;
        return Err(Erreur::Identite { fournisseur: garde.fournisseur, refus }.into());
    }
    let email = garde.lien.as_ref().map(|(email, _)| email.clone()).ok_or(Erreur::LienPerime)?;
    Ok((ligne, garde, email))
}

/// What the link of a mail lets do. Reading it uses nothing up.
///
/// # Errors
/// [`Erreur::LienPerime`]; [`Erreur::Identite`] for somebody else's browser.
pub async fn lire_lien(
    contexte: &Contexte,
    navigateur: &str,
    jeton: &str,
) -> Result<LienRattachement, Echec> {
    let (_, garde, email) = du_lien(contexte, navigateur, jeton).await?;
    let existe = compte::par_email(contexte.base.lire(), &email).await?.is_some();
    Ok(LienRattachement { fournisseur: garde.fournisseur, email, existe })
}

/// Joins the account of the address that a link was mailed to, or opens one there. Gives what comes then as well.
///
/// # Errors
/// As [`lire_lien`]; [`Erreur::Identite`] for an account that may not be joined so.
pub async fn par_lien(
    contexte: &Contexte,
    navigateur: &str,
    jeton: &str,
    provenance: &Provenance,
) -> Result<(Entree, Apres), Echec> {
    let (ligne, mut garde, email) = du_lien(contexte, navigateur, jeton).await?;
    // An account that is opened has that address.
    garde.lien = None;
    let adresse = email.clone();
    garde.constat.email = adresse_du_constat(garde.constat.email, &email);
    let a_qui = async |db: &Ecriture| compte::par_email(db, &email).await;
    terminer_a(contexte, ligne, garde, &adresse, provenance, a_qui).await
}

/// What the platform told stays what it told, unless it told nothing.
fn adresse_du_constat(dite: String, choisie: &str) -> String {
    if dite.is_empty() { choisie.to_owned() } else { dite }
}

async fn terminer(
    contexte: &Contexte,
    ligne: rattachement_identite::Model,
    garde: Garde,
    provenance: &Provenance,
    a_qui: impl AsyncFnOnce(&Ecriture) -> Result<Option<compte::Model>, Echec>,
) -> Result<(Entree, Apres), Echec> {
    let adresse = garde.constat.email.clone();
    terminer_a(contexte, ligne, garde, &adresse, provenance, a_qui).await
}

/// Attaches the identity to the account that `a_qui` gives, or opens one at `adresse`; opens the session. Once.
async fn terminer_a(
    contexte: &Contexte,
    ligne: rattachement_identite::Model,
    garde: Garde,
    adresse: &str,
    provenance: &Provenance,
    a_qui: impl AsyncFnOnce(&Ecriture) -> Result<Option<compte::Model>, Echec>,
) -> Result<(Entree, Apres), Echec> {
    let plateforme = contexte.acces.identites.plateforme(garde.fournisseur)?;
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    let prises = rattachement_identite::Entity::delete_by_id(ligne.id).exec(&tx).await?;
    if prises.rows_affected == 0 {
        return Err(Erreur::LienPerime.into());
    }
    let fait: Result<(compte::Model, IdentiteId), Echec> = async {
        match a_qui(&tx).await? {
            Some(compte) => {
                let agent = reconnaissance::est_agent(&tx, &compte).await?;
                reconnaissance::admettre(plateforme, agent)?;
                let fournisseur = garde.fournisseur;
                let id =
                    reconnaissance::attacher(&tx, &compte, fournisseur, &garde.constat, maintenant)
                        .await?;
                Ok((compte, id))
            }
            None => {
                let fournisseur = garde.fournisseur;
                reconnaissance::ouvrir_un_compte(
                    &tx,
                    adresse,
                    fournisseur,
                    &garde.constat,
                    maintenant,
                )
                .await
            }
        }
    }
    .await;
    let (compte, identite) = match fait {
        // In another tab, at the same moment.
        Err(echec) if echec.doublon() => {
            return Err(plateforme.refuser(Refus::DejaServie, "attached meanwhile"));
        }
        fait => fait?,
    };
    let preuve = (&garde.constat, garde.jeton_identite.as_str());
    let qui = (&compte, identite);
    let entree =
        reconnaissance::entrer(&tx, contexte, plateforme, qui, preuve, provenance, maintenant)
            .await?;
    tx.valider().await?;
    Ok((entree, garde.apres))
}
