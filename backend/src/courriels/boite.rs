//! The local mailbox of development and of the demo, that a page shows.

use super::echec::EchecEnvoi;
use super::gabarit::Lettre;
use crate::socle::base::Base;
use crate::socle::erreur::Echec;
use crate::tables::courriel;
use chrono::{DateTime, Utc};
use domain::ids::TacheId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder, QuerySelect};

/// Puts a mail there, once for a task.
pub(super) async fn deposer(
    base: &Base,
    lettre: &Lettre,
    tache: TacheId,
    maintenant: DateTime<Utc>,
) -> Result<(), EchecEnvoi> {
    let ligne = courriel::ActiveModel {
        tache: Set(tache),
        destinataire: Set(lettre.a.clone()),
        sujet: Set(lettre.sujet.clone()),
        texte: Set(lettre.texte.clone()),
        html: Set(lettre.html.clone()),
        envoye_le: Set(maintenant),
        ..Default::default()
    };
    let tx = base.ecrire().await?;
    courriel::Entity::insert(ligne)
        .on_conflict(OnConflict::column(courriel::Column::Tache).do_nothing().to_owned())
        .exec_without_returning(&tx)
        .await?;
    Ok(tx.valider().await?)
}

/// The latest mails, the newest first.
///
/// # Errors
/// The database failed.
pub async fn lire(base: &Base) -> Result<Vec<courriel::Model>, Echec> {
    Ok(courriel::Entity::find()
        .order_by_desc(courriel::Column::Id)
        .limit(100)
        .all(base.lire())
        .await?)
}
