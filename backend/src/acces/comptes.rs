//! Opening an account, and choosing another password: both by a link sent to the address, which proves that the
//! person reads its mails.
//!
//! A link is a random token that serves once and expires. The database finds it by its digest, and keeps it sealed
//! for the mail that carries it. What is answered never depends on whether an account exists.

use crate::acces::limites;
use crate::acces::navigateurs;
use crate::acces::sessions::{self, Entree, Provenance, Voie};
use crate::acces::tentatives::Reseau;
use crate::contexte::Contexte;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal::{self, Objet};
use crate::socle::outils::Outils;
use crate::socle::secrets::coffre;
use crate::socle::verrous;
use crate::tables::{compte, lien_compte, session};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Duration, Utc};
use domain::identite::Moyen;
use domain::ids::DemarcheNumero;
use domain::journal::Action;
use domain::sujet::Sujet;
use domain::vues::LienCompte;
use domain::{Champ, Erreur, mot_de_passe, saisie};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
};

/// How long a link that one asked for serves, in hours.
pub const LIEN_HEURES: i64 = 24;

/// How long the link of an invitation to work on a démarche serves, in days.
pub const INVITATION_JOURS: i64 = 14;

/// How long to wait before another link is sent to the same address, in minutes: nobody's mailbox is flooded.
const PATIENCE_MINUTES: i64 = 2;

/// How many links of one address may serve at the same time.
const LIENS_MAX: usize = 5;

/// How many links may be asked for in an hour by all: no stranger makes a source of mail of this site.
pub const LIENS_PAR_HEURE: u64 = 1_000;

/// How long to wait once they were, in seconds.
const LIENS_ATTENTE_SECONDES: u32 = 600;

pub use crate::tables::lien_compte::Motif;

/// « Créer un compte », « Mot de passe oublié »: sends a link. `retour`: the page to come to afterwards; `reseau`: where
/// it is asked from, when it is known.
///
/// Does nothing, and says nothing of it, when links enough were sent to that address lately. Anybody may ask, for any
/// address: what one network may ask for is limited, and what all may.
///
/// # Errors
/// An error about [`Champ::Email`], [`Erreur::TropVite`].
pub async fn demander_un_lien(
    contexte: &Contexte,
    reseau: Option<Reseau>,
    email: &str,
    retour: &str,
) -> Result<(), Echec> {
    let (outils, maintenant) = (&contexte.outils, contexte.horloge.maintenant());
    let email = compte::normaliser(&saisie::email(Champ::Email, email)?);
    let reseau = reseau.map(|reseau| reseau.to_string()).unwrap_or_default();
    // It counts, whatever comes of it.
    contexte.acces.tentatives.compter(limites::LIENS_PAR_RESEAU, &[&reseau], maintenant)?;
    let tx = contexte.base.ecrire().await?;
    if demandes(&tx, maintenant - Duration::hours(1)).await? >= LIENS_PAR_HEURE {
        metrics::counter!("tentatives_refusees_total", "regle" => "liens").increment(1);
        return Err(Erreur::TropVite { secondes: LIENS_ATTENTE_SECONDES }.into());
    }
    let vivants = lien_compte::Entity::find()
        .filter(lien_compte::Column::Email.eq(&email))
        .filter(lien_compte::Column::ExpireLe.gt(maintenant))
        .order_by_desc(lien_compte::Column::CreeLe)
        .all(&tx)
        .await?;
    let recent = maintenant - Duration::minutes(PATIENCE_MINUTES);
    if vivants.len() >= LIENS_MAX || vivants.first().is_some_and(|lien| lien.cree_le > recent) {
        return Ok(());
    }
    let retour = retour.chars().take(500).collect();
    let nouveau = Nouveau { email, motif: Motif::Demande, demarche: None, retour };
    envoyer(&tx, outils, nouveau, Duration::hours(LIEN_HEURES), maintenant).await?;
    tx.valider().await
}

/// How many links were asked for since `depuis`, by all processes and whoever asked.
async fn demandes(db: &impl ConnectionTrait, depuis: DateTime<Utc>) -> Result<u64, Echec> {
    Ok(lien_compte::Entity::find()
        .filter(lien_compte::Column::CreeLe.gt(depuis))
        .filter(lien_compte::Column::Motif.eq(Motif::Demande))
        .count(db)
        .await?)
}

struct Nouveau {
    email: String,
    motif: Motif,
    demarche: Option<DemarcheNumero>,
    retour: String,
}

async fn envoyer(
    db: &impl ConnectionTrait,
    outils: &Outils,
    nouveau: Nouveau,
    duree: Duration,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let jeton = outils.hasard.secret();
    let ligne = lien_compte::ActiveModel {
        empreinte: Set(coffre::empreinte(&jeton)),
        jeton_scelle: Set(outils.coffre.sceller(jeton.as_bytes(), &outils.hasard)),
        email: Set(nouveau.email),
        motif: Set(nouveau.motif),
        demarche: Set(nouveau.demarche),
        retour: Set(nouveau.retour),
        cree_le: Set(maintenant),
        expire_le: Set(maintenant + duree),
        ..Default::default()
    };
    let lien = lien_compte::Entity::insert(ligne).exec(db).await?.last_insert_id;
    let objet = Objet::LienCompte(lien);
    journal::noter(db, None, Action::LienDeCompteEnvoye, objet, None, maintenant).await?;
    taches::ajouter(db, &Courriel::Compte { lien }, maintenant).await
}

/// The account of an address, opened without a password when there is none; whoever holds it chooses one by the
/// link that they are sent, for `motif`.
pub(crate) async fn trouver_ou_inviter(
    db: &impl ConnectionTrait,
    outils: &Outils,
    email: &str,
    pour: (Motif, DemarcheNumero),
    maintenant: DateTime<Utc>,
) -> Result<compte::Model, Echec> {
    let compte = match compte::par_email(db, email).await? {
        Some(compte) => compte,
        None => creer(db, email, String::new(), maintenant).await?,
    };
    inviter(db, outils, &compte, pour, maintenant).await?;
    Ok(compte)
}

/// Sends the link of an invitation to the holder of an account whose password nobody chose yet.
pub(crate) async fn inviter(
    db: &impl ConnectionTrait,
    outils: &Outils,
    compte: &compte::Model,
    (motif, demarche): (Motif, DemarcheNumero),
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    if !compte::en_attente(compte) {
        return Ok(());
    }
    let email = compte.email.clone();
    let nouveau = Nouveau { email, motif, demarche: Some(demarche), retour: String::new() };
    envoyer(db, outils, nouveau, Duration::days(INVITATION_JOURS), maintenant).await
}

async fn creer(
    db: &impl ConnectionTrait,
    email: &str,
    empreinte: String,
    maintenant: DateTime<Utc>,
) -> Result<compte::Model, Echec> {
    let ligne = compte::ActiveModel {
        email: Set(compte::normaliser(email)),
        mot_de_passe: Set(empreinte),
        prenom: Set(String::new()),
        nom: Set(String::new()),
        cree_le: Set(maintenant),
        ..Default::default()
    };
    Ok(ligne.insert(db).await?)
}

/// What a link lets do.
///
/// # Errors
/// [`Erreur::LienPerime`].
pub async fn lire_lien(
    db: &impl ConnectionTrait,
    jeton: &str,
    maintenant: DateTime<Utc>,
) -> Result<LienCompte, Echec> {
    let lien = lien(db, jeton, maintenant).await?;
    let compte = compte::par_email(db, &lien.email).await?;
    Ok(LienCompte {
        existe: compte.is_some_and(|compte| !compte::en_attente(&compte)),
        email: lien.email,
    })
}

async fn lien(
    db: &impl ConnectionTrait,
    jeton: &str,
    maintenant: DateTime<Utc>,
) -> Result<lien_compte::Model, Echec> {
    lien_compte::Entity::find()
        .filter(lien_compte::Column::Empreinte.eq(coffre::empreinte(jeton)))
        .filter(lien_compte::Column::ExpireLe.gt(maintenant))
        .one(db)
        .await?
        .ok_or(Erreur::LienPerime.into())
}

/// Chooses the password of the account that a link is for; opens the account when it has none. All the links of the
/// address have served then, and all its other sessions end. Gives
/// the page to come to as well. `navigateur`: what one knows the browser by.
///
/// # Errors
/// [`Erreur::LienPerime`], or an error about [`Champ::MotDePasse`].
pub async fn choisir(
    contexte: &Contexte,
    jeton: &str,
    choisi: &str,
    navigateur: &str,
) -> Result<(Entree, String), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let lien = lien(contexte.base.lire(), jeton, maintenant).await?;
    mot_de_passe::verifier(choisi, &lien.email)
        .map_err(|probleme| Erreur::champ(Champ::MotDePasse, probleme))?;
    // Before the change: hashing takes long on purpose, and nobody may wait for it.
    let hasard = &contexte.outils.hasard;
    let empreinte = contexte.acces.hacheur.empreinte(choisi.to_owned(), hasard).await?;
    let tx = contexte.base.ecrire().await?;
    // All of them at once: two links of one address may be used at the same moment.
    if !verrous::liens(&tx, &lien.email).await?.iter().any(|reste| reste.id == lien.id) {
        // The second of two clicks.
        return Err(Erreur::LienPerime.into());
    }
    lien_compte::Entity::delete_many()
        .filter(lien_compte::Column::Email.eq(&lien.email))
        .exec(&tx)
        .await?;
    let compte = match compte::par_email(&tx, &lien.email).await? {
        Some(compte) => {
            let mut change = compte.into_active_model();
            change.mot_de_passe = Set(empreinte);
            change.update(&tx).await?
        }
        None => creer(&tx, &lien.email, empreinte, maintenant).await?,
    };
    session::Entity::delete_many().filter(session::Column::Compte.eq(compte.id)).exec(&tx).await?;
    navigateurs::oublier_tous(&tx, compte.id).await?;
    let voie = Voie::simple(Moyen::Lien);
    let ici = Provenance { navigateur: navigateur.to_owned(), ..Provenance::default() };
    let jeton = sessions::commencer(&tx, compte.id, voie, &ici, hasard, maintenant).await?;
    let sujet = Sujet::Compte(compte.id);
    let qui = Some(compte.id);
    journal::noter(&tx, qui, Action::MotDePasseChoisi, sujet, None, maintenant).await?;
    direct::annoncer(&tx, &[sujet], maintenant).await?;
    tx.valider().await?;
    Ok((Entree::new(&contexte.outils, &compte, jeton), lien.retour))
}

/// Forgets the links that have expired.
///
/// # Errors
/// The database failed.
pub async fn purger(db: &impl ConnectionTrait, maintenant: DateTime<Utc>) -> Result<(), Echec> {
    let expires = Condition::all().add(lien_compte::Column::ExpireLe.lte(maintenant));
    verrous::purger::<lien_compte::Entity>(db, expires).await?;
    Ok(())
}
