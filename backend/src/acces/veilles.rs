//! Who may still hear of what their open pages watch: asked once an event, for all the windows that show it.

use crate::acces::sessions;
use crate::socle::erreur::Echec;
use crate::tables::{dossier, instructeur, invite, session};
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, DossierNumero};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeSet;

/// Databases bound how many values a statement may have.
const PAR_QUESTION: usize = 1_000;

/// Those of `comptes` who may still see a dossier: an invitation may have been withdrawn since they began to watch it, a
/// member have left the groupe, or the dossier have been given to another one. The same people as
/// [`peut_suivre`](crate::acces::autorisations::peut_suivre) says.
///
/// # Errors
/// The database failed.
pub async fn voient(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
    comptes: &BTreeSet<CompteId>,
) -> Result<BTreeSet<CompteId>, Echec> {
    let Some(dossier) = dossier::trouver(numero).one(db).await? else { return Ok(BTreeSet::new()) };
    let mut permis: BTreeSet<CompteId> = instructeur::Entity::find()
        .filter(instructeur::Column::Groupe.eq(dossier.groupe))
        .select_only()
        .column(instructeur::Column::Compte)
        .into_tuple::<CompteId>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    permis.insert(dossier.usager);
    permis.extend(invite::comptes_du_dossier(db, numero).await?);
    Ok(comptes.intersection(&permis).copied().collect())
}

/// Those of these sessions, by the digest of their tokens, that are open.
///
/// # Errors
/// The database failed.
pub async fn sessions_ouvertes(
    db: &impl ConnectionTrait,
    empreintes: &BTreeSet<String>,
    maintenant: DateTime<Utc>,
) -> Result<BTreeSet<String>, Echec> {
    let empreintes: Vec<&String> = empreintes.iter().collect();
    let mut ouvertes = BTreeSet::new();
    for lot in empreintes.chunks(PAR_QUESTION) {
        let lues: Vec<String> = session::Entity::find()
            .filter(session::Column::Empreinte.is_in(lot.iter().copied()))
            .filter(sessions::en_cours(maintenant))
            .select_only()
            .column(session::Column::Empreinte)
            .into_tuple()
            .all(db)
            .await?;
        ouvertes.extend(lues);
    }
    Ok(ouvertes)
}
