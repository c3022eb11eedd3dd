//! Proving again who one is, before what changes how an account is opened, or erases it: a session that was left open is
//! not enough. By the password, or by a link for an account that has none; it holds for some minutes, in that session alone.

use crate::acces::navigateurs;
use crate::acces::sessions::{self, MotDePasse, Preuve as _, Provenance};
use crate::contexte::Contexte;
use crate::socle::changement::Changement;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::secrets::coffre;
use crate::socle::secrets::hasard::Hasard;
use crate::tables::{compte, session};
use chrono::{DateTime, Duration, Utc};
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::AttenteDePreuve;
use domain::{Champ, Erreur, Saisie};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};

/// How long a proof holds, in minutes. Signing in is one.
pub const MINUTES: i64 = 10;

fn tient(session: &session::Model, maintenant: DateTime<Utc>) -> bool {
    let prouvee = session.prouvee_le.unwrap_or(session.cree_le);
    prouvee.max(session.cree_le) + Duration::minutes(MINUTES) > maintenant
}

/// Whether whoever holds the session of `jeton` proved a moment ago who they are.
///
/// # Errors
/// The database failed.
pub(crate) async fn recente(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    jeton: &str,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    let session = navigateurs::qui_attend(db, &coffre::empreinte(jeton), maintenant).await?;
    Ok(session
        .is_some_and(|session| session.compte == acteur.compte && tient(&session, maintenant)))
}

/// Refuses what only whoever proved a moment ago who they are may do.
///
/// # Errors
/// [`Erreur::PreuveDemandee`].
pub(crate) async fn exiger(c: &Changement<'_>, jeton: &str) -> Result<(), Echec> {
    if recente(&c.tx, c.acteur, jeton, c.maintenant).await? {
        Ok(())
    } else {
        Err(Erreur::PreuveDemandee.into())
    }
}

/// The page where one proves it.
///
/// # Errors
/// [`Erreur::NonConnecte`].
pub async fn attente(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    jeton: &str,
    maintenant: DateTime<Utc>,
) -> Result<AttenteDePreuve, Echec> {
    let session = navigateurs::qui_attend(db, &coffre::empreinte(jeton), maintenant).await?;
    let session = session.ok_or(Erreur::NonConnecte)?;
    let compte = compte::Entity::find_by_id(acteur.compte).one(db).await?;
    Ok(AttenteDePreuve {
        email: acteur.email.clone(),
        mot_de_passe: compte.is_some_and(|compte| !compte::en_attente(&compte)),
        prouvee: tient(&session, maintenant),
        envoye: navigateurs::envoye(db, &session.empreinte, true, maintenant).await?,
    })
}

/// « Continuer », with the password of one's account; gives the new token of the session. Wrong ones are slowed down as
/// those of who signs in.
///
/// # Errors
/// [`Erreur::NonConnecte`], [`Erreur::TropVite`], or an error about [`Champ::MotDePasse`].
pub async fn par_mot_de_passe(
    contexte: &Contexte,
    jeton: &str,
    mot_de_passe: &str,
    provenance: Provenance,
) -> Result<String, Echec> {
    let (db, maintenant) = (contexte.base.lire(), contexte.horloge.maintenant());
    if mot_de_passe.is_empty() {
        return Err(Erreur::champ(Champ::MotDePasse, Saisie::Vide).into());
    }
    let acteur = sessions::acteur(db, jeton, maintenant).await?;
    let (email, mot_de_passe) = (acteur.email, mot_de_passe.to_owned());
    // Before the change: it is slow on purpose.
    let prouve = match (MotDePasse { email, mot_de_passe, provenance }).compte(contexte).await {
        Err(Echec::Metier(Erreur::IdentifiantsRefuses)) => {
            return Err(Erreur::champ(Champ::MotDePasse, Saisie::MotDePasseFaux).into());
        }
        prouve => prouve?,
    };
    let tx = contexte.base.ecrire().await?;
    let session = navigateurs::qui_attend(&tx, &coffre::empreinte(jeton), maintenant).await?;
    let session = session.filter(|session| session.compte == prouve.id);
    let session = session.ok_or(Erreur::NonConnecte)?;
    let hasard = Some(&contexte.outils.hasard);
    let neuf = prouver(&tx, session, hasard, maintenant).await?;
    tx.valider().await?;
    Ok(neuf.unwrap_or_default())
}

/// « Recevoir le lien ».
///
/// # Errors
/// [`Erreur::NonConnecte`], [`Erreur::TropVite`].
pub async fn par_lien(
    contexte: &Contexte,
    acteur: &Acteur,
    jeton: &str,
    retour: &str,
) -> Result<(), Echec> {
    navigateurs::envoyer(contexte, acteur, jeton, retour, true).await
}

/// It is proven. The session has another token, when its browser is there to be given it.
pub(super) async fn prouver(
    db: &impl ConnectionTrait,
    session: session::Model,
    hasard: Option<&Hasard>,
    maintenant: DateTime<Utc>,
) -> Result<Option<String>, Echec> {
    let compte = session.compte;
    if let Some(hasard) = hasard {
        let prouvee = session::Model { prouvee_le: Some(maintenant), ..session };
        return sessions::renouveler(db, prouvee, hasard, maintenant).await.map(Some);
    }
    let mut change = session.into_active_model();
    change.prouvee_le = Set(Some(maintenant));
    change.update(db).await?;
    direct::annoncer(db, &[Sujet::Compte(compte)], maintenant).await?;
    Ok(None)
}
