//! Tasks that follow one another: the mails about one dossier to one person leave in the order in which they were
//! written, and each knows what those before it did not say.

use super::courriel::{Courriel, Nouvelle};
use super::definition::Tache;
use super::objet;
use crate::socle::erreur::Echec;
use crate::tables::tache;
use chrono::{DateTime, Utc};
use domain::ids::{RendezVousId, TacheId};
use domain::rendez_vous::Changement;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// The reason of a task that is done and for which no mail had to leave.
pub(crate) const SANS_OBJET: &str = "sans_objet";

/// How far back a mail looks for what was not said.
const MEMOIRE: u64 = 20;

/// Another task that goes before this one, and is still to be done.
pub(crate) fn precedente() -> SelectStatement {
    let avant = |colonne: tache::Column| Expr::col((Alias::new("avant"), colonne));
    let celle_ci = |colonne: &'static str| (Alias::new("taches"), Alias::new(colonne));
    Query::select()
        .expr(Expr::val(1))
        .from_as(tache::Entity, Alias::new("avant"))
        .and_where(avant(tache::Column::Suite).equals(celle_ci("suite")))
        .and_where(avant(tache::Column::Id).lt(Expr::col(celle_ci("id"))))
        .and_where(avant(tache::Column::FaiteLe).is_null())
        .and_where(avant(tache::Column::AbandonneeLe).is_null())
        .to_owned()
}

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// It left then.
    Envoye(DateTime<Utc>),
    /// It had lost its reason, or could not leave.
    PasEnvoye,
    /// It is still to leave.
    EnAttente,
}

impl Sort {
    fn de(ligne: &tache::Model) -> Self {
        match (ligne.faite_le, &ligne.raison) {
            (Some(le), None) => Self::Envoye(le),
            (None, _) if ligne.abandonnee_le.is_none() => Self::EnAttente,
            _ => Self::PasEnvoye,
        }
    }
}

/// What became of the latest task that is like `tache`, except the one whose id is `sauf`. `None`: there is none, or
/// it is done since long and forgotten.
pub(crate) async fn sort(
    db: &impl ConnectionTrait,
    tache: &impl Tache,
    sauf: Option<TacheId>,
) -> Result<Option<Sort>, Echec> {
    let charge = tache.charge()?;
    let objet = objet::trouver(db, &charge).await?;
    let mut lignes = tache::Entity::find()
        .filter(tache::Column::Suite.eq(objet.suite))
        .filter(tache::Column::Charge.eq(charge.to_string()))
        .order_by_desc(tache::Column::Id)
        .limit(1);
    if let Some(id) = sauf {
        lignes = lignes.filter(tache::Column::Id.lt(id));
    }
    Ok(lignes.one(db).await?.as_ref().map(Sort::de))
}

/// The changes of a rendez-vous that were not told, just before the task whose id is `id`, to the one it is for; from
/// the oldest.
pub(crate) async fn non_dits(
    db: &impl ConnectionTrait,
    id: TacheId,
    rdv: RendezVousId,
) -> Result<Vec<Changement>, Echec> {
    let Some(ligne) = tache::Entity::find_by_id(id).one(db).await? else { return Ok(vec![]) };
    let Some(suite) = ligne.suite else { return Ok(vec![]) };
    let avant = tache::Entity::find()
        .filter(tache::Column::Suite.eq(suite))
        .filter(tache::Column::Id.lt(id))
        .order_by_desc(tache::Column::Id)
        .limit(MEMOIRE)
        .all(db)
        .await?;
    let mut changements = Vec::new();
    for ligne in avant {
        let Some(Courriel::RendezVous(Nouvelle { rendez_vous, changement, .. })) =
            Courriel::lire(&ligne)
        else {
            continue;
        };
        if rendez_vous != Some(rdv) {
            continue;
        }
        if Sort::de(&ligne) != Sort::PasEnvoye {
            break;
        }
        changements.push(changement);
    }
    changements.reverse();
    Ok(changements)
}
