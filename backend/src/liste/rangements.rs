//! Putting away what was decided on: archived, or deleted from the lists. Nothing is lost, and the usager
//! sees no difference.

use crate::acces::autorisations;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::tables::dossier;
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::dossier::Place;
use domain::ids::DossierNumero;
use domain::journal::Action;
use domain::role::Acteur;
use domain::sujet::Sujet;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// Moves a dossier. Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::DossierEnCours`].
pub async fn ranger(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    vers: Place,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
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
        .exec(db)
        .await?;
    if change.rows_affected == 0 {
        return Err(Erreur::DossierEnCours.into());
    }
    journal::noter(db, Some(acteur.compte), action, numero, None, maintenant).await?;
    let sujets = [Sujet::Dossier(numero), Sujet::Demarche(dossier.demarche)];
    Ok(direct::annoncer(db, &sujets, maintenant).await?)
}
