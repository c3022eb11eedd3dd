//! The numbers that mirrored dossiers have here: those that they have there, when nobody else has them.

use crate::socle::erreur::Echec;
use crate::tables::{brouillon, dossier};
use domain::ids::DossierNumero;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeSet;

/// How many numbers are looked at when the next free one is searched.
const FENETRE: i64 = 200;

/// A number for each of `voulus`, in their order: itself, or the next free one.
pub(super) async fn choisir(
    db: &impl ConnectionTrait,
    voulus: &[i64],
) -> Result<Vec<DossierNumero>, Echec> {
    let mut pris = occupes(db, voulus.iter().copied()).await?;
    let mut choisis = Vec::with_capacity(voulus.len());
    for voulu in voulus {
        let libre = if pris.contains(voulu) { suivant(db, *voulu, &pris).await? } else { *voulu };
        pris.insert(libre);
        choisis.push(DossierNumero(libre));
    }
    Ok(choisis)
}

async fn suivant(
    db: &impl ConnectionTrait,
    voulu: i64,
    pris: &BTreeSet<i64>,
) -> Result<i64, Echec> {
    let mut debut = voulu + 1;
    loop {
        let occupes = occupes(db, debut..debut + FENETRE).await?;
        let libre = (debut..debut + FENETRE).find(|n| !occupes.contains(n) && !pris.contains(n));
        match libre {
            Some(libre) => return Ok(libre),
            None => debut += FENETRE,
        }
    }
}

/// Those of `numeros` that a dossier or a draft has.
async fn occupes(
    db: &impl ConnectionTrait,
    numeros: impl IntoIterator<Item = i64>,
) -> Result<BTreeSet<i64>, Echec> {
    let numeros: Vec<DossierNumero> = numeros.into_iter().map(DossierNumero).collect();
    let dossiers: Vec<DossierNumero> = dossier::Entity::find()
        .filter(dossier::Column::Numero.is_in(numeros.iter().copied()))
        .select_only()
        .column(dossier::Column::Numero)
        .into_tuple()
        .all(db)
        .await?;
    let brouillons: Vec<DossierNumero> = brouillon::Entity::find()
        .filter(brouillon::Column::Numero.is_in(numeros))
        .select_only()
        .column(brouillon::Column::Numero)
        .into_tuple()
        .all(db)
        .await?;
    Ok(dossiers.into_iter().chain(brouillons).map(|numero| numero.0).collect())
}
