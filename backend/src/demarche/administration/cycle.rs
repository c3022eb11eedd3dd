//! Publier, Clore, Rouvrir, Envoyer une copie.

use super::creation::{confier, numero_libre};
use super::{Fait, champs, compte_de, conclure};
use crate::acces::autorisations;
use crate::demarche::demarches;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::{demarche, modele_courriel};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::ids::DemarcheNumero;
use domain::journal::Action;
use domain::publication::Publication;
use domain::role::Acteur;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter,
};

/// « Publier »: usagers may file dossiers from now on. Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::DemarcheIncomplete`].
pub async fn publier(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    if demarche.publiee_le.is_some() {
        return Ok(());
    }
    if !demarches::pour_l_administrateur(db, acteur, numero).await?.complete() {
        return Err(Erreur::DemarcheIncomplete.into());
    }
    let mut change = demarche.into_active_model();
    change.publiee_le = Set(Some(temps::a_paris(maintenant).date()));
    change.close_le = Set(None);
    change.update(db).await?;
    let action = Action::DemarchePubliee;
    conclure(db, Fait { acteur, numero, action, detail: None, compte: None }, maintenant).await
}

/// « Clore »: no new dossier; those filed are still examined. Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn clore(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    if !Publication::de(demarche.publiee_le, demarche.close_le).ouverte() {
        return Ok(());
    }
    let mut change = demarche.into_active_model();
    change.close_le = Set(Some(temps::a_paris(maintenant).date()));
    change.update(db).await?;
    let action = Action::DemarcheClose;
    conclure(db, Fait { acteur, numero, action, detail: None, compte: None }, maintenant).await
}

/// « Rouvrir ». Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn rouvrir(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    if demarche.close_le.is_none() {
        return Ok(());
    }
    let mut change = demarche.into_active_model();
    change.close_le = Set(None);
    change.update(db).await?;
    let action = Action::DemarcheRouverte;
    conclure(db, Fait { acteur, numero, action, detail: None, compte: None }, maintenant).await
}

/// « Envoyer une copie »: another administrateur gets an unpublished démarche with the same settings, to which
/// neither the agenda nor anybody else belongs. Gives its number.
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about [`domain::Champ::Email`].
pub async fn envoyer_une_copie(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    email: &str,
    maintenant: DateTime<Utc>,
) -> Result<DemarcheNumero, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let destinataire = compte_de(db, email).await?;
    let copie = numero_libre(db).await?;
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
    demarche::Entity::insert(ligne).exec_without_returning(db).await?;
    copier_modeles(db, numero, copie).await?;
    champs::copier(db, numero, copie).await?;
    confier(db, copie, destinataire.id).await?;
    let origine = Some(format!("copie de la démarche n°\u{a0}{numero}"));
    let compte = Some(destinataire.id);
    let creee =
        Fait { acteur, numero: copie, action: Action::DemarcheCreee, detail: origine, compte };
    conclure(db, creee, maintenant).await?;
    let detail = Some(format!("compte:{}", destinataire.id));
    let envoyee = Fait { acteur, numero, action: Action::CopieEnvoyee, detail, compte: None };
    conclure(db, envoyee, maintenant).await?;
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
