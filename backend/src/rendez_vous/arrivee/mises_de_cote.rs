//! Notifications that could not be applied: shown to the administrateur, and played again.

use crate::acces::autorisations;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::temps;
use crate::tables::agenda::signaler;
use crate::tables::notification::EtatNotification;
use crate::tables::{demarche, notification};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::ids::{AgendaId, DemarcheNumero, NotificationId};
use domain::journal::Action;
use domain::mise_de_cote::Raison;
use domain::role::Acteur;
use domain::vues::{MiseDeCoteVue, MisesDeCote};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use serde_json::Value;

/// How many the page shows: the others come once these are played.
const MAX: u64 = 50;

/// Sets a notification aside: it is not tried again until somebody asks for it.
pub(super) async fn mettre_de_cote(
    db: &impl ConnectionTrait,
    ligne: &notification::Model,
    raison: &Raison,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    tracing::warn!(
        notification = ligne.id.0,
        raison = raison.code(),
        "a notification is set aside"
    );
    notification::Entity::update_many()
        .set(notification::ActiveModel {
            etat: Set(EtatNotification::MiseDeCote),
            raison: Set(Some(raison.clone())),
            essais: Set(ligne.essais.saturating_add(1)),
            ..Default::default()
        })
        .filter(notification::Column::Id.eq(ligne.id))
        // Another process may have applied it meanwhile.
        .filter(notification::Column::Etat.eq(EtatNotification::Recue))
        .exec(db)
        .await?;
    signaler(db, ligne.organisation, maintenant).await
}

/// The notifications of a démarche's agenda that were set aside.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn lister(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<MisesDeCote, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let organisation = autorisations::agenda(db, &demarche).await?;
    let lignes = mises_de_cote(organisation)
        .order_by_desc(notification::Column::Id)
        .limit(MAX)
        .all(db)
        .await?;
    let en_attente = notification::Entity::find()
        .filter(notification::Column::Organisation.eq(organisation))
        .filter(notification::Column::Etat.eq(EtatNotification::Recue))
        .filter(notification::Column::Essais.gt(0))
        .count(db)
        .await?;
    Ok(MisesDeCote {
        numero,
        total: mises_de_cote(organisation).count(db).await?,
        en_attente,
        notifications: lignes.iter().map(|ligne| montrer(outils, ligne)).collect(),
        titre: demarche.titre,
    })
}

fn mises_de_cote(organisation: Option<AgendaId>) -> Select<notification::Entity> {
    notification::Entity::find()
        .filter(notification::Column::Organisation.eq(organisation))
        .filter(notification::Column::Etat.eq(EtatNotification::MiseDeCote))
}

/// Of the body, only what it is about is shown.
fn montrer(outils: &Outils, ligne: &notification::Model) -> MiseDeCoteVue {
    let corps = outils.coffre.ouvrir(&ligne.corps_scelle).ok();
    let corps: Value = corps.and_then(|c| serde_json::from_slice(&c).ok()).unwrap_or_default();
    let quoi = match corps["meta"]["event"].as_str() {
        Some("created") => "Rendez-vous pris",
        Some("updated") => "Rendez-vous modifié",
        Some("destroyed") => "Rendez-vous supprimé",
        _ => "Évènement inconnu",
    };
    MiseDeCoteVue {
        id: ligne.id,
        recue_le: temps::a_paris(ligne.recue_le),
        quoi: quoi.to_owned(),
        rdv: corps["data"]["id"].as_i64(),
        raison: ligne.raison.as_ref().unwrap_or(&Raison::Illisible).to_string(),
        essais: ligne.essais,
    }
}

/// « Rejouer »: gives one back to the worker. Already played by somebody else, nothing is left to do.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn rejouer(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    id: NotificationId,
) -> Result<(), Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    let ligne = notification::Entity::find_by_id(id).one(&c.tx).await?;
    let organisation = autorisations::agenda(&c.tx, &demarche).await?;
    if ligne.is_none_or(|ligne| Some(ligne.organisation) != organisation) {
        return Err(Erreur::Introuvable.into());
    }
    reprendre(c, &demarche, Some(id)).await
}

/// « Tout rejouer ».
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn tout_rejouer(c: &Changement<'_>, numero: DemarcheNumero) -> Result<(), Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    reprendre(c, &demarche, None).await
}

async fn reprendre(
    c: &Changement<'_>,
    demarche: &demarche::Model,
    une: Option<NotificationId>,
) -> Result<(), Echec> {
    let Some(organisation) = autorisations::agenda(&c.tx, demarche).await? else { return Ok(()) };
    let mut reprises = notification::Entity::update_many()
        .set(notification::ActiveModel {
            etat: Set(EtatNotification::Recue),
            a_partir_de: Set(c.maintenant),
            ..Default::default()
        })
        .filter(notification::Column::Organisation.eq(organisation))
        .filter(notification::Column::Etat.eq(EtatNotification::MiseDeCote));
    if let Some(id) = une {
        reprises = reprises.filter(notification::Column::Id.eq(id));
    }
    let reprises = reprises.exec(&c.tx).await?.rows_affected;
    if reprises == 0 {
        return Ok(());
    }
    let numero = demarche.numero;
    let detail =
        une.map_or_else(|| format!("notifications:{reprises}"), |id| format!("notification:{id}"));
    c.noter_avec(Action::NotificationsRejouees, numero, detail).await?;
    signaler(&c.tx, organisation, c.maintenant).await
}
