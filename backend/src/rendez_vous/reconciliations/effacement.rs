//! What is two years old is erased here too: the platform erases it, and its word for it may be lost; no list says it
//! afterwards.

use crate::rendez_vous::arrivee::appliquer;
use crate::socle::base::Base;
use crate::socle::erreur::Echec;
use crate::tables::{agenda, rendez_vous};
use chrono::{DateTime, SubsecRound, Utc};
use domain::reconciliation::a_la_minute;
use domain::rendez_vous::{CONSERVATION, Constat, Evenement, Suppression};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// How many are erased in one turn; the others have the next one.
const TOUR: u64 = 500;

/// Erases the persons of the rendez-vous of `organisation` that are over for two years.
pub(super) async fn effacer(
    base: &Base,
    organisation: &agenda::Model,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    use rendez_vous::Column;
    let Some(limite) = maintenant.checked_sub_months(CONSERVATION) else { return Ok(()) };
    let reste = Condition::any()
        .add(Column::Suppression.is_null())
        .add(Column::Suppression.ne(Suppression::Rgpd));
    let anciens = rendez_vous::Entity::find()
        .filter(Column::Organisation.eq(organisation.id))
        // The rendez-vous itself: the parts of its persons follow it.
        .filter(Column::Participant.eq(rendez_vous::LUI_MEME))
        .filter(Column::Fin.lte(limite))
        .filter(reste)
        .order_by_asc(Column::Id)
        .limit(TOUR)
        .all(base.lire())
        .await?;
    for lot in anciens.chunks(super::lot(base)) {
        let tx = base.ecrire().await?;
        for ligne in lot {
            let constat = Constat {
                rdv: ligne.rdv,
                organisation: organisation.organisation,
                // As both databases keep it.
                calcule_le: maintenant.trunc_subsecs(6),
                change_le: a_la_minute(maintenant),
                evenement: Evenement::Supprime(Suppression::Rgpd),
                contenu: rendez_vous::lire(ligne)?.contenu,
            };
            appliquer::appliquer(&tx, organisation, &constat, maintenant).await?;
        }
        tx.valider().await?;
    }
    Ok(())
}
