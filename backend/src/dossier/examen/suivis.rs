//! Following dossiers: who follows which, and what is new to each follower.

use crate::acces::autorisations;
use crate::liste::criteres;
use crate::messagerie::lus;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::tables::{dossier, suivi};
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, DossierNumero};
use domain::liste::Nouveaute;
use domain::role::Acteur;
use domain::sujet::Sujet;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
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

/// Whether there is something of that kind that a follower has not seen, as their list says.
pub(crate) async fn non_vu(
    db: &impl ConnectionTrait,
    suivi: &suivi::Model,
    quoi: Nouveaute,
) -> Result<bool, Echec> {
    let mut requete = criteres::nouveau(suivi.compte, quoi);
    requete.and_where(suivi::Column::Dossier.eq(suivi.dossier));
    Ok(db.query_one(&requete).await?.is_some())
}

/// Whether somebody has an orange dot of that kind on a dossier: a follower; of a message, any instructeur who has not
/// read it.
///
/// # Errors
/// The database failed.
pub async fn a_voir(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    quoi: Nouveaute,
) -> Result<bool, Echec> {
    match de(db, acteur.compte, numero).await? {
        Some(suivi) => non_vu(db, &suivi, quoi).await,
        None if quoi == Nouveaute::Message => lus::a_voir(db, acteur.compte, numero).await,
        None => Ok(false),
    }
}

/// Notes that somebody looks at what has the dot: it goes out, in all their windows.
///
/// # Errors
/// The database failed.
pub async fn voir(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    quoi: Nouveaute,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let Some(suivi) = de(db, acteur.compte, numero).await? else {
        if quoi == Nouveaute::Message {
            lus::voir(db, acteur.compte, numero, maintenant).await?;
        }
        return Ok(());
    };
    if !non_vu(db, &suivi, quoi).await? {
        return Ok(());
    }
    let mut vu = suivi.into_active_model();
    match quoi {
        Nouveaute::Message => vu.vu_le = Set(maintenant),
        Nouveaute::Demande => vu.demande_vue_le = Set(Some(maintenant)),
        Nouveaute::Avis => vu.avis_vu_le = Set(Some(maintenant)),
        Nouveaute::Piece => vu.pieces_vues_le = Set(Some(maintenant)),
        Nouveaute::Annotation => vu.annotation_vue_le = Set(Some(maintenant)),
    }
    vu.update(db).await?;
    Ok(direct::annoncer(db, &[Sujet::Compte(acteur.compte)], maintenant).await?)
}
