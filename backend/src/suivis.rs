//! Following dossiers: who follows which, and what is new to each follower.

use crate::autorisations;
use crate::direct;
use crate::entities::{avis, dossier, message, suivi};
use crate::erreur::Echec;
use crate::journal;
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, DossierNumero};
use domain::role::Acteur;
use domain::sujet::Sujet;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};

/// « Suivre le dossier » (`suivre`), or « Ne plus suivre ». Done twice, it is done once.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn changer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    suivre: bool,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let (fait, action) = if suivre {
        (commencer(db, acteur.compte, &dossier, maintenant).await?, "dossier suivi")
    } else {
        let fin = suivi::Entity::delete_by_id((numero.0, acteur.compte.0)).exec(db).await?;
        (fin.rows_affected > 0, "dossier plus suivi")
    };
    if !fait {
        return Ok(());
    }
    let objet = format!("dossier:{numero}");
    journal::noter(db, Some(acteur.compte), action, &objet, None, maintenant).await?;
    let sujets =
        [Sujet::Dossier(numero), Sujet::Demarche(domain::ids::DemarcheNumero(dossier.demarche))];
    Ok(direct::annoncer(db, &sujets, maintenant).await?)
}

/// Makes `compte` follow a dossier; gives whether that is new.
pub(crate) async fn commencer(
    db: &impl ConnectionTrait,
    compte: CompteId,
    dossier: &dossier::Model,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    let ligne = suivi::ActiveModel {
        dossier: Set(dossier.numero),
        compte: Set(compte.0),
        depuis: Set(maintenant),
        vu_le: Set(maintenant),
        ..Default::default()
    };
    let insere = suivi::Entity::insert(ligne)
        .on_conflict(
            OnConflict::columns([suivi::Column::Dossier, suivi::Column::Compte])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(insere > 0)
}

/// How one follows a dossier, if one does.
pub(crate) async fn de(
    db: &impl ConnectionTrait,
    compte: CompteId,
    numero: DossierNumero,
) -> Result<Option<suivi::Model>, Echec> {
    Ok(suivi::Entity::find_by_id((numero.0, compte.0)).one(db).await?)
}

/// Whether the thread has something that a follower has not seen: a message of somebody else.
pub(crate) async fn nouveau(
    db: &impl ConnectionTrait,
    suivi: &suivi::Model,
) -> Result<bool, Echec> {
    let dernier: Option<DateTime<Utc>> = message::Entity::find()
        .filter(message::Column::Dossier.eq(suivi.dossier))
        .filter(message::Column::SupprimeLe.is_null())
        .filter(message::Column::Auteur.ne(suivi.compte))
        .order_by_desc(message::Column::Id)
        .limit(1)
        .select_only()
        .column(message::Column::EcritLe)
        .into_tuple()
        .one(db)
        .await?;
    Ok(dernier.is_some_and(|ecrit_le| ecrit_le > suivi.vu_le))
}

/// Whether the usager modified a dossier since a follower looked at « Demande », or began to follow.
pub(crate) fn demande_nouvelle(suivi: &suivi::Model, dossier: &dossier::Model) -> bool {
    let vue_le = suivi.demande_vue_le.unwrap_or(suivi.depuis);
    dossier.modifie_le.is_some_and(|modifie_le| modifie_le > vue_le)
}

/// Notes that a follower looks at « Demande »: its orange dot goes out, in all their windows.
///
/// # Errors
/// The database failed.
pub async fn voir_la_demande(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let Some(suivi) = de(db, acteur.compte, numero).await? else { return Ok(()) };
    let dossier = dossier::Entity::find_by_id(numero.0).one(db).await?;
    if !dossier.is_some_and(|dossier| demande_nouvelle(&suivi, &dossier)) {
        return Ok(());
    }
    let mut vu = suivi.into_active_model();
    vu.demande_vue_le = Set(Some(maintenant));
    vu.update(db).await?;
    Ok(direct::annoncer(db, &[Sujet::Compte(acteur.compte)], maintenant).await?)
}

/// Whether a follower's « Demande » has an orange dot.
///
/// # Errors
/// The database failed.
pub async fn demande_a_voir(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<bool, Echec> {
    let Some(suivi) = de(db, acteur.compte, numero).await? else { return Ok(false) };
    let dossier = dossier::Entity::find_by_id(numero.0).one(db).await?;
    Ok(dossier.is_some_and(|dossier| demande_nouvelle(&suivi, &dossier)))
}

/// Whether an expert answered since a follower last looked, or began to follow.
pub(crate) async fn nouvel_avis(
    db: &impl ConnectionTrait,
    suivi: &suivi::Model,
) -> Result<bool, Echec> {
    let vu_le = suivi.avis_vu_le.unwrap_or(suivi.depuis);
    let nouveaux = avis::Entity::find()
        .filter(avis::Column::Dossier.eq(suivi.dossier))
        .filter(avis::Column::RenduLe.gt(vu_le));
    Ok(nouveaux.one(db).await?.is_some())
}

/// Notes that a follower looks at the opinions: their orange dot goes out, in all their windows.
///
/// # Errors
/// The database failed.
pub async fn voir_les_avis(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let Some(suivi) = de(db, acteur.compte, numero).await? else { return Ok(()) };
    if !nouvel_avis(db, &suivi).await? {
        return Ok(());
    }
    let mut vu = suivi.into_active_model();
    vu.avis_vu_le = Set(Some(maintenant));
    vu.update(db).await?;
    Ok(direct::annoncer(db, &[Sujet::Compte(acteur.compte)], maintenant).await?)
}

/// Whether a follower has an orange dot on the opinions of a dossier.
///
/// # Errors
/// The database failed.
pub async fn avis_a_voir(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<bool, Echec> {
    match de(db, acteur.compte, numero).await? {
        Some(suivi) => nouvel_avis(db, &suivi).await,
        None => Ok(false),
    }
}

/// Whether a follower has an orange dot on the messagerie of a dossier.
///
/// # Errors
/// The database failed.
pub async fn a_voir(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<bool, Echec> {
    match de(db, acteur.compte, numero).await? {
        Some(suivi) => nouveau(db, &suivi).await,
        None => Ok(false),
    }
}

/// Notes that a follower looks at the messagerie: its orange dot goes out, in all their windows.
///
/// # Errors
/// The database failed.
pub async fn voir(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let Some(suivi) = de(db, acteur.compte, numero).await? else { return Ok(()) };
    if !nouveau(db, &suivi).await? {
        return Ok(());
    }
    let mut vu = suivi.into_active_model();
    vu.vu_le = Set(maintenant);
    vu.update(db).await?;
    Ok(direct::annoncer(db, &[Sujet::Compte(acteur.compte)], maintenant).await?)
}
