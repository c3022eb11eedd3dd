//! Publier, Clore, Rouvrir, Envoyer une copie.

use super::creation::{confier, numero_libre};
use super::{champs, compte_de, conclure, conclure_pour};
use crate::acces::autorisations;
use crate::demarche::demarches;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::{demarche, modele_courriel};
use domain::Erreur;
use domain::ids::DemarcheNumero;
use domain::journal::Action;
use domain::publication::Publication;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter,
};

/// « Publier »: usagers may file dossiers from now on. Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::DemarcheIncomplete`].
pub async fn publier(c: &Changement<'_>, numero: DemarcheNumero) -> Result<(), Echec> {
    let demarche = autorisations::demarche_a_regler(&c.tx, c.acteur, numero).await?;
    if demarche.publiee_le.is_some() {
        return Ok(());
    }
    if !demarches::pour_l_administrateur(&c.tx, c.acteur, numero).await?.complete() {
        return Err(Erreur::DemarcheIncomplete.into());
    }
    let mut change = demarche.into_active_model();
    change.publiee_le = Set(Some(temps::a_paris(c.maintenant).date()));
    change.close_le = Set(None);
    change.update(&c.tx).await?;
    conclure(c, numero, Action::DemarchePubliee, None).await
}

/// « Clore »: no new dossier; those filed are still examined. Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn clore(c: &Changement<'_>, numero: DemarcheNumero) -> Result<(), Echec> {
    let demarche = autorisations::demarche_a_regler(&c.tx, c.acteur, numero).await?;
    if !Publication::de(demarche.publiee_le, demarche.close_le).ouverte() {
        return Ok(());
    }
    let mut change = demarche.into_active_model();
    change.close_le = Set(Some(temps::a_paris(c.maintenant).date()));
    change.update(&c.tx).await?;
    conclure(c, numero, Action::DemarcheClose, None).await
}

/// « Rouvrir ». Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn rouvrir(c: &Changement<'_>, numero: DemarcheNumero) -> Result<(), Echec> {
    let demarche = autorisations::demarche_a_regler(&c.tx, c.acteur, numero).await?;
    if demarche.close_le.is_none() {
        return Ok(());
    }
    let mut change = demarche.into_active_model();
    change.close_le = Set(None);
    change.update(&c.tx).await?;
    conclure(c, numero, Action::DemarcheRouverte, None).await
}

/// « Envoyer une copie »: another administrateur gets an unpublished démarche with the same settings, to which
/// neither the agenda nor anybody else belongs. Gives its number.
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about [`domain::Champ::Email`].
pub async fn envoyer_une_copie(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    email: &str,
) -> Result<DemarcheNumero, Echec> {
    let demarche = autorisations::demarche_a_regler(&c.tx, c.acteur, numero).await?;
    let destinataire = compte_de(&c.tx, email).await?;
    let copie = numero_libre(&c.tx).await?;
    let ligne = demarche::ActiveModel {
        numero: Set(copie),
        publiee_le: Set(None),
        close_le: Set(None),
        rdv_active: Set(false),
        url_agenda: Set(None),
        organisation: Set(None),
        agenda_prouve: Set(false),
        ..demarche.into_active_model()
    };
    demarche::Entity::insert(ligne).exec_without_returning(&c.tx).await?;
    copier_modeles(&c.tx, numero, copie).await?;
    champs::copier(&c.tx, numero, copie).await?;
    confier(&c.tx, copie, destinataire.id).await?;
    let origine = Some(format!("copie de la démarche n°\u{a0}{numero}"));
    conclure(c, copie, Action::DemarcheCreee, origine).await?;
    conclure_pour(c, numero, Action::CopieEnvoyee, destinataire.id).await?;
    Ok(copie)
}

async fn copier_modeles(
    db: &impl ConnectionTrait,
    de: DemarcheNumero,
    vers: DemarcheNumero,
) -> Result<(), Echec> {
    let modeles = modele_courriel::Entity::find()
        .filter(modele_courriel::Column::Demarche.eq(de))
        .all(db)
        .await?;
    for modele in modeles {
        let copie =
            modele_courriel::ActiveModel { demarche: Set(vers), ..modele.into_active_model() };
        modele_courriel::Entity::insert(copie).exec_without_returning(db).await?;
    }
    Ok(())
}
