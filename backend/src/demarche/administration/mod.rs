//! What an administrateur does with a démarche, tile by tile.

pub mod champs;
pub mod courriels;
pub mod creation;
pub mod cycle;
pub mod groupes;
pub mod historique;
pub mod impression;
pub mod liste;
pub mod membres;
pub mod presentation;
pub mod proconnect;

use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::{adresse_refusee, compte};
use domain::ids::{CompteId, DemarcheNumero};
use domain::journal::Action;
use domain::sujet::Sujet;
use domain::vues::Membre;
use domain::{Champ, Erreur, Saisie, saisie, version};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// Notes what was done to a démarche, and tells the pages that show it.
async fn conclure(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    action: Action,
    detail: Option<String>,
) -> Result<(), Echec> {
    c.noter_avec(action, numero, detail).await?;
    c.annoncer(&[Sujet::Demarche(numero)]).await
}

/// The same, of what somebody is to the démarche: their own pages change too.
async fn conclure_pour(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    action: Action,
    compte: CompteId,
) -> Result<(), Echec> {
    conclure(c, numero, action, Some(format!("compte:{compte}"))).await?;
    c.annoncer(&[Sujet::Compte(compte)]).await
}

/// Takes the lock of a démarche: of two people who save at the same time, the second sees what the first saved.
async fn verrouiller(db: &impl ConnectionTrait, numero: DemarcheNumero) -> Result<(), Echec> {
    Ok(verrous::demarche(db, numero).await?)
}

/// Refuses what was typed over `textes` when they are no longer those that the form showed ([`version::de`]).
fn inchange(version: &str, textes: &[&str]) -> Result<(), Erreur> {
    if version::de(textes) == version { Ok(()) } else { Err(Erreur::TexteChange) }
}

/// The account of somebody who has one, by e-mail.
async fn compte_de(db: &impl ConnectionTrait, email: &str) -> Result<compte::Model, Echec> {
    let email = compte::normaliser(&saisie::email(Champ::Email, email)?);
    let trouve = compte::Entity::find().filter(compte::Column::Email.eq(&email)).one(db).await?;
    trouve.ok_or_else(|| Erreur::champ(Champ::Email, Saisie::CompteInconnu(email)).into())
}

/// People as lists show them, by e-mail.
async fn membres(db: &impl ConnectionTrait, comptes: Vec<CompteId>) -> Result<Vec<Membre>, Echec> {
    let lignes = compte::Entity::find()
        .filter(compte::Column::Id.is_in(comptes))
        .order_by_asc(compte::Column::Email)
        .all(db)
        .await?;
    let mut refusees =
        adresse_refusee::parmi(db, lignes.iter().map(|compte| compte.email.as_str())).await?;
    let avec_refus = |compte: compte::Model| {
        let refus = refusees.remove(&compte.email);
        Membre { refus, ..membre(compte) }
    };
    Ok(lignes.into_iter().map(avec_refus).collect())
}

/// An account, as lists show it.
pub(crate) fn membre(compte: compte::Model) -> Membre {
    Membre {
        nom: compte::nom(&compte),
        compte: compte.id,
        en_attente: compte::en_attente(&compte),
        email: compte.email,
        refus: None,
    }
}
