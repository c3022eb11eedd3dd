//! Putting away what was decided on: archived, or deleted from the lists. Nothing is lost, and the usager
//! sees no difference.

use crate::autorisations;
use crate::direct;
use crate::dossiers;
use crate::entities::rangement;
use crate::erreur::Echec;
use crate::journal;
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::role::Acteur;
use domain::sujet::Sujet;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

/// Where a dossier goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vers {
    /// « archivés ».
    Archives,
    /// « supprimés récemment ».
    Supprimes,
    /// Back in the lists.
    Liste,
}

/// Moves a dossier. Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::DossierEnCours`].
pub async fn ranger(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    vers: Vers,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    if vers != Vers::Liste && dossiers::etat(&dossier)?.en_cours() {
        return Err(Erreur::DossierEnCours.into());
    }
    let action = match vers {
        Vers::Archives => "dossier archivé",
        Vers::Supprimes => "dossier supprimé de la liste",
        Vers::Liste => "dossier remis dans la liste",
    };
    if vers == Vers::Liste {
        sortir(db, numero).await?;
    } else {
        let ligne = rangement::ActiveModel {
            dossier: Set(numero.0),
            supprime: Set(vers == Vers::Supprimes),
            instructeur: Set(acteur.compte.0),
            le: Set(maintenant),
        };
        rangement::Entity::insert(ligne)
            .on_conflict(
                OnConflict::column(rangement::Column::Dossier)
                    .update_columns([
                        rangement::Column::Supprime,
                        rangement::Column::Instructeur,
                        rangement::Column::Le,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(db)
            .await?;
    }
    let objet = format!("dossier:{numero}");
    journal::noter(db, Some(acteur.compte), action, &objet, None, maintenant).await?;
    let sujets = [Sujet::Dossier(numero), Sujet::Demarche(DemarcheNumero(dossier.demarche))];
    Ok(direct::annoncer(db, &sujets, maintenant).await?)
}

/// Puts a dossier back in the lists.
pub(crate) async fn sortir(db: &impl ConnectionTrait, numero: DossierNumero) -> Result<(), Echec> {
    rangement::Entity::delete_by_id(numero.0).exec(db).await?;
    Ok(())
}
