//! Signing in. The browser holds a random token, the database its digest only.

use crate::autorisations;
use crate::connexions;
use crate::contexte::Outils;
use crate::entities::{compte, session};
use crate::erreur::Echec;
use crate::hasard::Hasard;
use argon2::password_hash::SaltString;
use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier};
use chrono::{DateTime, Duration, Utc};
use domain::Erreur;
use domain::ids::CompteId;
use domain::role::Acteur;
use domain::vues::Session;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};

/// How long a session lasts, in hours: a working day and the evening after it.
pub const DUREE_HEURES: i64 = 12;

/// A way to prove who one is. Organisational sign-in will be another one.
pub trait Preuve {
    /// The account of the person, if the proof holds.
    fn compte(
        &self,
        db: &impl ConnectionTrait,
    ) -> impl Future<Output = Result<compte::Model, Echec>> + Send;
}

/// An e-mail and a password.
pub struct MotDePasse {
    /// The e-mail.
    pub email: String,
    /// The password.
    pub mot_de_passe: String,
}

impl Preuve for MotDePasse {
    async fn compte(&self, db: &impl ConnectionTrait) -> Result<compte::Model, Echec> {
        let email = normaliser(&self.email);
        let trouve = compte::Entity::find().filter(compte::Column::Email.eq(email)).one(db).await?;
        // The same work is done for an unknown account, so that the time taken tells nothing.
        // An account whose password was not chosen yet is like none.
        let empreinte = trouve.as_ref().map(|c| c.mot_de_passe.as_str());
        let empreinte = empreinte.filter(|e| !e.is_empty()).unwrap_or(LEURRE).to_owned();
        let mot_de_passe = self.mot_de_passe.clone();
        let juste = tokio::task::spawn_blocking(move || verifier(&mot_de_passe, &empreinte))
            .await
            .unwrap_or(false);
        trouve.filter(|_| juste).ok_or(Erreur::IdentifiantsRefuses.into())
    }
}

/// A digest that no password gives.
const LEURRE: &str = "$argon2id$v=19$m=19456,t=2,p=1$bGVzZWxkdWxldXJyZQ$\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn verifier(mot_de_passe: &str, empreinte: &str) -> bool {
    // Longer than any password that people type: not worth hashing.
    if mot_de_passe.len() > 1024 {
        return false;
    }
    PasswordHash::new(empreinte)
        .is_ok_and(|e| Argon2::default().verify_password(mot_de_passe.as_bytes(), &e).is_ok())
}

/// The digest of a password (Argon2id), to be stored.
///
/// # Errors
/// The password can't be hashed.
pub fn empreinte_mot_de_passe(mot_de_passe: &str, hasard: &Hasard) -> Result<String, Echec> {
    let illisible = |_| Echec::Illisible("password");
    let sel = SaltString::encode_b64(&hasard.octets::<16>()).map_err(illisible)?;
    let empreinte =
        Argon2::default().hash_password(mot_de_passe.as_bytes(), &sel).map_err(illisible)?;
    Ok(empreinte.to_string())
}

/// The e-mail as it is stored and compared.
#[must_use]
pub fn normaliser(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Opens a session for whoever `preuve` designates; gives the token for the browser.
///
/// # Errors
/// [`Erreur::IdentifiantsRefuses`].
pub async fn ouvrir(
    db: &impl ConnectionTrait,
    preuve: &impl Preuve,
    hasard: &Hasard,
    maintenant: DateTime<Utc>,
) -> Result<String, Echec> {
    let compte = preuve.compte(db).await?;
    commencer(db, compte.id, hasard, maintenant).await
}

/// Opens a session of an account, for whoever has just proved that it is theirs; gives the token.
pub(crate) async fn commencer(
    db: &impl ConnectionTrait,
    compte: i64,
    hasard: &Hasard,
    maintenant: DateTime<Utc>,
) -> Result<String, Echec> {
    let jeton = hasard.secret();
    let session = session::ActiveModel {
        empreinte: Set(empreinte(&jeton)),
        compte: Set(compte),
        cree_le: Set(maintenant),
        expire_le: Set(maintenant + Duration::hours(DUREE_HEURES)),
    };
    session::Entity::insert(session).exec_without_returning(db).await?;
    Ok(jeton)
}

/// Closes the session of a token.
///
/// # Errors
/// The database failed.
pub async fn fermer(db: &impl ConnectionTrait, jeton: &str) -> Result<(), Echec> {
    session::Entity::delete_by_id(empreinte(jeton)).exec(db).await?;
    Ok(())
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
    let session = session::Entity::find_by_id(empreinte(jeton))
        .filter(session::Column::ExpireLe.gt(maintenant))
        .one(db)
        .await?
        .ok_or(Erreur::NonConnecte)?;
    let compte = compte::Entity::find_by_id(session.compte).one(db).await?;
    let compte = compte.ok_or(Erreur::NonConnecte)?;
    Ok(Acteur { compte: CompteId(compte.id), email: compte.email })
}

/// What the pages show of the person signed in.
///
/// # Errors
/// The database failed.
pub async fn session(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
) -> Result<Session, Echec> {
    let roles = autorisations::roles(db, acteur).await?;
    let compte_rdv = connexions::etat(db, outils, acteur.compte, &roles).await?;
    Ok(Session { compte: acteur.compte, email: acteur.email.clone(), roles, compte_rdv })
}

/// Forgets the sessions that have expired.
///
/// # Errors
/// The database failed.
pub async fn purger(db: &impl ConnectionTrait, maintenant: DateTime<Utc>) -> Result<(), Echec> {
    session::Entity::delete_many()
        .filter(session::Column::ExpireLe.lte(maintenant))
        .exec(db)
        .await?;
    Ok(())
}

/// What is stored of a token that only a browser holds.
pub(crate) fn empreinte(jeton: &str) -> String {
    hex::encode(Sha256::digest(jeton.as_bytes()))
}
