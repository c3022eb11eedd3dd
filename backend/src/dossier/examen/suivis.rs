//! Following dossiers: who follows which, and what is new to each follower.

use crate::acces::autorisations;
use crate::messagerie::lus;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::tables::{dossier, suivi};
use chrono::{DateTime, Utc};
use domain::ids::DossierNumero;
use domain::journal::Action;
use domain::liste::Nouveaute;
use domain::role::Acteur;
use domain::sujet::Sujet;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult,
    IntoActiveModel, QuerySelect,
};

/// « Suivre le dossier » (`suivre`), or « Ne plus suivre ». Done twice, it is done once.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn changer(c: &Changement<'_>, numero: DossierNumero, suivre: bool) -> Result<(), Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    let (fait, action) = if suivre {
        let debut = suivi::commencer(&c.tx, c.acteur.compte, &dossier, c.maintenant).await?;
        (debut, Action::DossierSuivi)
    } else {
        let fin = suivi::Entity::delete_by_id((numero, c.acteur.compte)).exec(&c.tx).await?;
        (fin.rows_affected > 0, Action::DossierPlusSuivi)
    };
    if !fait {
        return Ok(());
    }
    c.noter(action, numero).await?;
    c.annoncer(&[Sujet::Dossier(numero), Sujet::Demarche(dossier.demarche)]).await
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
    let compte = acteur.compte;
    let dossier = dossier::Entity::find_by_id(numero)
        .select_only()
        .expr_as(Expr::exists(suivi::du_dossier(compte)), "suit")
        .expr_as(Expr::exists(suivi::nouveau_ici(compte, quoi)), "nouveau");
    let lu = lus::Lecture::de_l_usager(dossier, compte).into_model::<AVoir>().one(db).await?;
    Ok(lu.is_some_and(
        |AVoir { suit, nouveau, lecture }| {
            if suit { nouveau } else { quoi == Nouveaute::Message && lecture.a_lire() }
        },
    ))
}

#[derive(FromQueryResult)]
struct AVoir {
    suit: bool,
    nouveau: bool,
    #[sea_orm(nested)]
    lecture: lus::Lecture,
}

/// Notes that somebody looked, at `t`, at what has the dot: it goes out, in all their windows.
///
/// # Errors
/// The database failed.
pub async fn voir(
    c: &Changement<'_>,
    numero: DossierNumero,
    quoi: Nouveaute,
    t: DateTime<Utc>,
) -> Result<(), Echec> {
    let Some(suivi) = suivi::de(&c.tx, c.acteur.compte, numero).await? else {
        if quoi == Nouveaute::Message {
            lus::voir(c, numero, t).await?;
        }
        return Ok(());
    };
    if !suivi::non_vu(&c.tx, &suivi, quoi).await? {
        return Ok(());
    }
    let mut vu = suivi.into_active_model();
    match quoi {
        Nouveaute::Message => vu.vu_le = Set(t),
        Nouveaute::Demande => vu.demande_vue_le = Set(Some(t)),
        Nouveaute::Avis => vu.avis_vu_le = Set(Some(t)),
        Nouveaute::Piece => vu.pieces_vues_le = Set(Some(t)),
        Nouveaute::Annotation => vu.annotation_vue_le = Set(Some(t)),
    }
    vu.update(&c.tx).await?;
    c.annoncer(&[Sujet::Compte(c.acteur.compte)]).await
}
