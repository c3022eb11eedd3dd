//! « Présentation » and « Service ».

use super::{conclure, inchange, verrouiller};
use crate::acces::autorisations;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::telephone;
use domain::ids::DemarcheNumero;
use domain::journal::Action;
use domain::role::Acteur;
use domain::vues::{Presentation, Service};
use domain::{Champ, Erreur, Saisie, conservation, saisie, version};
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
    Ok(Presentation {
        numero,
        titre: demarche.titre,
        description: demarche.description,
        conservation_mois: demarche.conservation_mois,
    })
}

/// Saves « Présentation ». `version`: of the title and the description that the form showed. Gives the new one.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::TexteChange`], or an error about a field.
pub async fn enregistrer_presentation(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    (titre, description): (&str, &str),
    version: &str,
) -> Result<String, Echec> {
    verrouiller(&c.tx, numero).await?;
    let demarche = autorisations::demarche_a_regler(&c.tx, c.acteur, numero).await?;
    let titre = saisie::ligne(Champ::Titre, titre)?;
    let description = requis(Champ::Description, description, DESCRIPTION_MAX)?;
    let nouvelle = version::de(&[&titre, &description]);
    if (&titre, &description) == (&demarche.titre, &demarche.description) {
        return Ok(nouvelle);
    }
    inchange(version, &[&demarche.titre, &demarche.description])?;
    let mut change = demarche.into_active_model();
    change.titre = Set(titre);
    change.description = Set(description);
    change.update(&c.tx).await?;
    conclure(c, numero, Action::PresentationModifiee, None).await?;
    Ok(nouvelle)
}

/// Saves how long dossiers en construction are kept, in months as typed. Those already announced to expire that are now
/// kept longer are no longer said to.
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about [`Champ::Conservation`].
pub async fn enregistrer_conservation(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    mois: &str,
) -> Result<(), Echec> {
    verrouiller(&c.tx, numero).await?;
    let demarche = autorisations::demarche_a_regler(&c.tx, c.acteur, numero).await?;
    let mois = conservation::lire(mois)?;
    if mois == demarche.conservation_mois {
        return Ok(());
    }
    let mut change = demarche.into_active_model();
    change.conservation_mois = Set(mois);
    change.update(&c.tx).await?;
    conclure(c, numero, Action::ConservationModifiee, Some(format!("{mois} mois"))).await
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

/// Saves « Service ». `version`: of the values that the form showed, in its order. Gives the new one.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::TexteChange`], or an error about a field.
pub async fn enregistrer_service(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    saisi: &SaisieService,
    version: &str,
) -> Result<String, Echec> {
    verrouiller(&c.tx, numero).await?;
    let demarche = autorisations::demarche_a_regler(&c.tx, c.acteur, numero).await?;
    let nouveau = saisi.verifier()?;
    let avant = SaisieService {
        nom: demarche.service.clone(),
        adresse: demarche.service_adresse.clone(),
        telephone: demarche.service_telephone.clone(),
        email: demarche.service_email.clone(),
        horaires: demarche.service_horaires.clone(),
    };
    let nouvelle = version::de(&nouveau.textes());
    if nouveau == avant {
        return Ok(nouvelle);
    }
    inchange(version, &avant.textes())?;
    let mut change = demarche.into_active_model();
    change.service = Set(nouveau.nom);
    change.service_adresse = Set(nouveau.adresse);
    change.service_telephone = Set(nouveau.telephone);
    change.service_email = Set(nouveau.email);
    change.service_horaires = Set(nouveau.horaires);
    change.update(&c.tx).await?;
    conclure(c, numero, Action::ServiceModifie, None).await?;
    Ok(nouvelle)
}

impl SaisieService {
    fn verifier(&self) -> Result<Self, Erreur> {
        Ok(Self {
            nom: requis(Champ::ServiceNom, &self.nom, BLOC_MAX)?,
            adresse: saisie::texte(Champ::ServiceAdresse, &self.adresse, BLOC_MAX)?,
            // « 39 39 », « 01 22 33 44 55 le matin » are taken too.
            telephone: telephone::presenter(&saisie::ligne_facultative(
                Champ::ServiceTelephone,
                &self.telephone,
            )?),
            email: if self.email.trim().is_empty() {
                String::new()
            } else {
                saisie::email(Champ::ServiceEmail, &self.email)?
            },
            horaires: saisie::texte(Champ::ServiceHoraires, &self.horaires, BLOC_MAX)?,
        })
    }

    fn textes(&self) -> [&str; 5] {
        [&self.nom, &self.adresse, &self.telephone, &self.email, &self.horaires]
    }
}

fn requis(champ: Champ, texte: &str, max: usize) -> Result<String, Erreur> {
    let texte = saisie::texte(champ, texte, max)?;
    if texte.is_empty() { Err(Erreur::champ(champ, Saisie::Vide)) } else { Ok(texte) }
}
