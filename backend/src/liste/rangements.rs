//! Putting away what was decided on: archived, or deleted from the lists. Nothing is lost, and the usager
//! sees no difference.

use crate::acces::autorisations;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::tables::dossier;
use domain::Erreur;
use domain::dossier::Place;
use domain::ids::DossierNumero;
use domain::journal::Action;
use domain::sujet::Sujet;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// Moves a dossier. Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::DossierEnCours`].
pub async fn ranger(c: &Changement<'_>, numero: DossierNumero, vers: Place) -> Result<(), Echec> {
    let dossier = autorisations::dossier_a_instruire(&c.tx, c.acteur, numero).await?;
    if vers != Place::Liste && dossier.etat.en_cours() {
        return Err(Erreur::DossierEnCours.into());
    }
    let action = match vers {
        Place::Archives => Action::DossierArchive,
        Place::Supprimes => Action::DossierSupprimeDeLaListe,
        Place::Liste => Action::DossierRemisDansLaListe,
    };
    // Conditional: what is examined again at this very moment stays in the list.
    let change = dossier::Entity::update_many()
        .set(dossier::ActiveModel { place: Set(vers), ..Default::default() })
        .filter(dossier::Column::Numero.eq(numero))
        .filter(dossier::Column::Etat.eq(dossier.etat))
        .exec(&c.tx)
        .await?;
    if change.rows_affected == 0 {
        return Err(Erreur::DossierEnCours.into());
    }
    c.noter(action, numero).await?;
    c.annoncer(&[Sujet::Dossier(numero), Sujet::Demarche(dossier.demarche)]).await
}
