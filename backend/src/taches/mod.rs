//! The outbox: what a change causes (mails, demands to RDV Service Public, what is written on Démarches Simplifiées), written with the change and carried out after
//! it by the workers ([`crate::ouvriers`]).
//!
//! At least once, with retries: each task must be harmless when carried out twice.

mod courriel;
mod definition;
mod demande;
mod envoi_distant;
mod objet;
mod reprise;
mod suite;

pub use courriel::{Courriel, Destinataire, Nouvelle};
pub use definition::Tache;
pub use demande::Demande;
pub use envoi_distant::EnvoiDistant;
use objet::Objet;
pub(crate) use objet::trouver as objet;
pub(crate) use reprise::{abandonnees, avancer, combien_d_abandonnees, de, en_attente, reprendre};
pub(crate) use suite::{SANS_OBJET, Sort, non_dits, precedente, sort};

use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::tables::tache;
use chrono::{DateTime, Duration, Utc};
use domain::dossier::Origine;
use domain::ids::DemarcheNumero;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::Value;

impl Changement<'_> {
    /// Adds a task to the change.
    pub(crate) async fn prevoir(&self, tache: &impl Tache) -> Result<(), Echec> {
        ajouter(&self.tx, tache, self.maintenant).await
    }
}

/// Adds a task to the change under way on `db`.
///
/// # Errors
/// The database failed.
pub async fn ajouter(
    db: &impl ConnectionTrait,
    tache: &impl Tache,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    ajouter_pour(db, tache, maintenant, maintenant).await
}

/// Adds a task to be carried out from `a_partir_de` on.
///
/// # Errors
/// The database failed.
pub(crate) async fn ajouter_pour(
    db: &impl ConnectionTrait,
    tache: &impl Tache,
    a_partir_de: DateTime<Utc>,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let charge = tache.charge()?;
    let objet = objet(db, &charge).await?;
    // The one door: whatever was meant, nobody is written to about a dossier that is not ours.
    if tache.a_l_usager() && objet.origine == Some(Origine::DemarchesSimplifiees) {
        return Ok(());
    }
    let ligne = ligne(&charge, objet, a_partir_de, maintenant)?;
    tache::Entity::insert(ligne).exec_without_returning(db).await?;
    Ok(())
}

/// How many tasks are added by one statement.
const PAR_ENSEMBLE: usize = 500;

/// Adds many tasks about a démarche to the change under way, each with the time from which it is to be carried out. They
/// wait for nothing, and nothing waits for them.
///
/// # Errors
/// The database failed.
pub(crate) async fn ajouter_ensemble<T: Tache>(
    db: &impl ConnectionTrait,
    demarche: DemarcheNumero,
    taches: &[(T, DateTime<Utc>)],
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    for ensemble in taches.chunks(PAR_ENSEMBLE) {
        let mut lignes = Vec::with_capacity(ensemble.len());
        for (tache, a_partir_de) in ensemble {
            let charge = tache.charge()?;
            let objet = Objet { demarche: Some(demarche), ..Objet::default() };
            lignes.push(ligne(&charge, objet, *a_partir_de, maintenant)?);
        }
        tache::Entity::insert_many(lignes).exec_without_returning(db).await?;
    }
    Ok(())
}

fn ligne(
    charge: &Value,
    objet: Objet,
    a_partir_de: DateTime<Utc>,
    maintenant: DateTime<Utc>,
) -> Result<tache::ActiveModel, Echec> {
    let (genre, _) = definition::genre(charge).ok_or(Echec::Inutilisable("task"))?;
    Ok(tache::ActiveModel {
        genre: Set(genre.to_owned()),
        charge: Set(charge.to_string()),
        essais: Set(0),
        refus: Set(0),
        a_partir_de: Set(a_partir_de),
        prise_jusqu_a: Set(None),
        faite_le: Set(None),
        erreur: Set(None),
        dossier: Set(objet.dossier),
        demarche: Set(objet.demarche),
        suite: Set(objet.suite),
        ecrite_le: Set(Some(maintenant)),
        ..Default::default()
    })
}

/// Adds a task that stands for all those like it: none while one waits to be done, nor within `fenetre` of the last one
/// that was done, which then waits.
pub(crate) async fn rassembler(
    db: &impl ConnectionTrait,
    tache: &impl Tache,
    fenetre: Duration,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let a_partir_de = match sort(db, tache, None).await? {
        Some(Sort::EnAttente) => return Ok(()),
        Some(Sort::Envoye(le)) => maintenant.max(le + fenetre),
        Some(Sort::PasEnvoye) | None => maintenant,
    };
    ajouter_pour(db, tache, a_partir_de, maintenant).await
}

/// Adds a task to be done at `a_partir_de`, unless the same one waits already.
///
/// # Errors
/// The database failed.
pub async fn ajouter_une_fois(
    db: &impl ConnectionTrait,
    tache: &impl Tache,
    a_partir_de: DateTime<Utc>,
) -> Result<(), Echec> {
    let charge = tache.charge()?.to_string();
    let deja = tache::Entity::find()
        .filter(tache::Column::FaiteLe.is_null())
        .filter(tache::Column::Charge.eq(charge))
        .one(db)
        .await?;
    if deja.is_some() { Ok(()) } else { ajouter(db, tache, a_partir_de).await }
}

#[cfg(test)]
mod tests;
