//! « Présentation » and « Service ».

use super::{Fait, conclure};
use crate::autorisations;
use crate::erreur::Echec;
use chrono::{DateTime, Utc};
use domain::ids::DemarcheNumero;
use domain::role::Acteur;
use domain::vues::{Presentation, Service};
use domain::{Champ, Erreur, Saisie, saisie};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, IntoActiveModel};

/// The longest description, in characters.
const DESCRIPTION_MAX: usize = 10_000;
/// The longest name or address of a service, in characters.
const BLOC_MAX: usize = 1_000;

/// « Présentation ».
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn presentation(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<Presentation, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    Ok(Presentation { numero, titre: demarche.titre, description: demarche.description })
}

/// Saves « Présentation ».
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about a field.
pub async fn enregistrer_presentation(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    (titre, description): (&str, &str),
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let titre = saisie::ligne(Champ::Titre, titre)?;
    let description = requis(Champ::Description, description, DESCRIPTION_MAX)?;
    if (&titre, &description) == (&demarche.titre, &demarche.description) {
        return Ok(());
    }
    let mut change = demarche.into_active_model();
    change.titre = Set(titre);
    change.description = Set(description);
    change.update(db).await?;
    let action = "présentation modifiée";
    conclure(db, Fait { acteur, numero, action, detail: None, compte: None }, maintenant).await
}

/// « Service ».
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn service(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<Service, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    Ok(Service {
        numero,
        titre: demarche.titre,
        nom: demarche.service,
        adresse: demarche.service_adresse,
        telephone: demarche.service_telephone,
        email: demarche.service_email,
        horaires: demarche.service_horaires,
    })
}

/// What the form « Service » holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaisieService {
    /// Its name, on one or more lines.
    pub nom: String,
    /// Its postal address.
    pub adresse: String,
    /// Its telephone.
    pub telephone: String,
    /// Its e-mail.
    pub email: String,
    /// When it answers.
    pub horaires: String,
}

/// Saves « Service ».
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about a field.
pub async fn enregistrer_service(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    saisi: &SaisieService,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let mut change = demarche.into_active_model();
    change.service = Set(requis(Champ::ServiceNom, &saisi.nom, BLOC_MAX)?);
    change.service_adresse = Set(saisie::texte(Champ::ServiceAdresse, &saisi.adresse, BLOC_MAX)?);
    change.service_telephone =
        Set(saisie::ligne_facultative(Champ::ServiceTelephone, &saisi.telephone)?);
    change.service_email = Set(if saisi.email.trim().is_empty() {
        String::new()
    } else {
        saisie::email(Champ::ServiceEmail, &saisi.email)?
    });
    change.service_horaires =
        Set(saisie::texte(Champ::ServiceHoraires, &saisi.horaires, BLOC_MAX)?);
    change.update(db).await?;
    let action = "service modifié";
    conclure(db, Fait { acteur, numero, action, detail: None, compte: None }, maintenant).await
}

fn requis(champ: Champ, texte: &str, max: usize) -> Result<String, Erreur> {
    let texte = saisie::texte(champ, texte, max)?;
    if texte.is_empty() { Err(Erreur::champ(champ, Saisie::Vide)) } else { Ok(texte) }
}
