//! « Lu », « Non lu »: whether the usager has opened the messagerie since a message was written.

use super::RoleAuteur;
use crate::autorisations::{self, Qualite};
use crate::direct;
use crate::entities::{dossier, message};
use crate::erreur::Echec;
use crate::vus::{self, Rubrique};
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, DossierNumero};
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::MessageVue;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashMap;

/// Says of each message of the instructeurs whether the usager has read it.
pub(super) async fn completer(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
    messages: &mut [MessageVue],
) -> Result<(), Echec> {
    let sujet = Sujet::Dossier(DossierNumero(dossier.numero));
    let vu = vus::vu_le(db, CompteId(dossier.usager), sujet, Rubrique::Messagerie).await?;
    let ecrits: HashMap<i64, DateTime<Utc>> = des_instructeurs(dossier.numero)
        .select_only()
        .columns([message::Column::Id, message::Column::EcritLe])
        .into_tuple::<(i64, DateTime<Utc>)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    for message in messages {
        let ecrit_le = ecrits.get(&message.id.0);
        message.lu = ecrit_le.map(|ecrit_le| vu.is_some_and(|vu| vu >= *ecrit_le));
    }
    Ok(())
}

fn des_instructeurs(dossier: i64) -> sea_orm::Select<message::Entity> {
    message::Entity::find()
        .filter(message::Column::Dossier.eq(dossier))
        .filter(message::Column::RoleAuteur.eq(RoleAuteur::Instructeur.code()))
        .filter(message::Column::SupprimeLe.is_null())
}

/// When the latest message of the instructeurs until `vers` was written: one that comes after the page was read is
/// not read with it.
async fn dernier(
    db: &impl ConnectionTrait,
    dossier: i64,
    vers: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let dernier = des_instructeurs(dossier)
        .filter(message::Column::EcritLe.lte(vers))
        .order_by_desc(message::Column::Id)
        .limit(1)
        .one(db)
        .await?;
    Ok(dernier.map(|message| message.ecrit_le))
}

/// Whether the instructeurs had written something, at `maintenant`, that the usager has not opened yet.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn a_lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    // What somebody invited reads, the one who filed the dossier may not have read.
    if autorisations::dossier_partage(db, acteur, numero).await?.1 == Qualite::Invite {
        return Ok(false);
    }
    let Some(ecrit_le) = dernier(db, numero.0, maintenant).await? else { return Ok(false) };
    let vu = vus::vu_le(db, acteur.compte, Sujet::Dossier(numero), Rubrique::Messagerie).await?;
    Ok(vu.is_none_or(|vu| vu < ecrit_le))
}

/// Notes that the usager opened the messagerie at `maintenant`: the instructeurs see « Lu ».
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    autorisations::dossier_de_l_usager(db, acteur, numero).await?;
    let (sujet, dernier) = (Sujet::Dossier(numero), dernier(db, numero.0, maintenant).await?);
    if vus::voir(db, acteur.compte, sujet, Rubrique::Messagerie, dernier, maintenant).await? {
        direct::annoncer(db, &[sujet], maintenant).await?;
    }
    Ok(())
}
