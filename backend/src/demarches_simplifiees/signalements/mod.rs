//! « This dossier changed », as the platform's webhooks say it: verified, kept, answered at once; the dossier is read again
//! afterwards.

mod reception;
mod signature;

pub use reception::{Entetes, Refus, recevoir};
pub(crate) use signature::{PREFIXE, cle_du_secret};

use super::raccordement::noter_echec;
use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use crate::tables::{raccordement, signalement_distant};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::ids::RaccordementId;
use domain::raccordement::EtatRaccordement;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::{BTreeMap, BTreeSet};

/// How many dossiers are read again in one pass.
const PAR_PASSAGE: u64 = 100;

/// Keeps that these dossiers are to be read again. One that waits already is not twice there; it is of now, so that whoever
/// reads it meanwhile does not take it away.
pub(crate) async fn noter(
    db: &impl ConnectionTrait,
    raccordement: RaccordementId,
    numeros: &BTreeSet<i64>,
    maintenant: DateTime<Utc>,
) -> Result<(), DbErr> {
    if numeros.is_empty() {
        return Ok(());
    }
    let lignes = numeros.iter().map(|numero| signalement_distant::ActiveModel {
        raccordement: Set(raccordement),
        numero_distant: Set(*numero),
        recu_le: Set(maintenant),
        ..Default::default()
    });
    let colonnes =
        [signalement_distant::Column::Raccordement, signalement_distant::Column::NumeroDistant];
    let deja =
        OnConflict::columns(colonnes).update_column(signalement_distant::Column::RecuLe).to_owned();
    signalement_distant::Entity::insert_many(lignes)
        .on_conflict(deja)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Reads again, by `relire`, the dossiers that changed, the first that were told of before the others; gives how many were
/// read. Those that could not be are tried the next time. Of a raccordement that is stopped or broken, they wait.
///
/// # Errors
/// The database failed.
pub async fn traiter(
    contexte: &Contexte,
    relire: impl AsyncFn(&Contexte, &raccordement::Model, i64) -> Result<(), Echec>,
) -> Result<usize, Echec> {
    let mut lus = 0;
    let mut ecartes = BTreeSet::new();
    for signalement in attendus(contexte).await? {
        if ecartes.contains(&signalement.raccordement) {
            continue;
        }
        let raccordement = raccordement::Entity::find_by_id(signalement.raccordement)
            .filter(raccordement::Column::Etat.eq(EtatRaccordement::Actif))
            .one(contexte.base.lire())
            .await?;
        let Some(raccordement) = raccordement else { continue };
        match relire(contexte, &raccordement, signalement.numero_distant).await {
            Ok(()) => lus += 1,
            Err(Echec::Metier(Erreur::Distante(erreur)))
                if erreur.passagere() || erreur.rompt() =>
            {
                noter_echec(contexte, raccordement.id, &erreur).await?;
                ecartes.insert(raccordement.id);
                continue;
            }
            // Nothing that another try would change: the rounds will say more.
            Err(Echec::Metier(_)) => {}
            Err(autre) => return Err(autre),
        }
        retirer(contexte, &signalement).await?;
    }
    Ok(lus)
}

/// Those of the raccordements that are synchronised, each in its turn.
async fn attendus(contexte: &Contexte) -> Result<Vec<signalement_distant::Model>, Echec> {
    let db = contexte.base.lire();
    let actifs: Vec<RaccordementId> = raccordement::Entity::find()
        .filter(raccordement::Column::Etat.eq(EtatRaccordement::Actif))
        .select_only()
        .column(raccordement::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let lignes = signalement_distant::Entity::find()
        .filter(signalement_distant::Column::Raccordement.is_in(actifs))
        .order_by_asc(signalement_distant::Column::Id)
        .limit(PAR_PASSAGE)
        .all(db)
        .await?;
    let mut rangs: BTreeMap<RaccordementId, usize> = BTreeMap::new();
    let mut ranges: Vec<(usize, signalement_distant::Model)> = lignes
        .into_iter()
        .map(|ligne| {
            let rang = rangs.entry(ligne.raccordement).or_default();
            *rang += 1;
            (*rang, ligne)
        })
        .collect();
    ranges.sort_by_key(|(rang, ligne)| (*rang, ligne.id));
    Ok(ranges.into_iter().map(|(_, ligne)| ligne).collect())
}

/// Takes away one that was read, unless the dossier was told of again meanwhile.
async fn retirer(
    contexte: &Contexte,
    signalement: &signalement_distant::Model,
) -> Result<(), Echec> {
    let tx = contexte.base.ecrire().await?;
    signalement_distant::Entity::delete_many()
        .filter(signalement_distant::Column::Id.eq(signalement.id))
        .filter(signalement_distant::Column::RecuLe.eq(signalement.recu_le))
        .exec(&tx)
        .await?;
    tx.valider().await
}
