//! « Administrateurs ».

use super::{Fait, conclure, membres};
use crate::acces::autorisations;
use crate::acces::comptes::{Motif, trouver_ou_inviter};
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::verrous;
use crate::tables::administrateur;
use crate::tables::compte::par_email;
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, DemarcheNumero};
use domain::journal::Action;
use domain::role::Acteur;
use domain::vues::Administrateurs;
use domain::{Champ, Erreur, Saisie, saisie};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

/// Those who manage a démarche.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<Administrateurs, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let membres = membres(db, administrateur::comptes(db, numero).await?).await?;
    Ok(Administrateurs { numero, titre: demarche.titre, membres })
}

/// Adds somebody, by e-mail. Without an account yet, they are sent a link to open one.
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about [`Champ::Email`].
pub async fn ajouter(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    numero: DemarcheNumero,
    email: &str,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let email = saisie::email(Champ::Email, email)?;
    if let Some(compte) = par_email(db, &email).await?
        && administrateur::comptes(db, numero).await?.contains(&compte.id)
    {
        return Err(Erreur::champ(Champ::Email, Saisie::DejaMembre(compte.email)).into());
    }
    let pour = (Motif::Administrateur, numero);
    let compte = trouver_ou_inviter(db, outils, &email, pour, maintenant).await?;
    let ligne = administrateur::ActiveModel { demarche: Set(numero), compte: Set(compte.id) };
    administrateur::Entity::insert(ligne).exec_without_returning(db).await?;
    let detail = Some(format!("compte:{}", compte.id));
    let fait = Fait {
        acteur,
        numero,
        action: Action::AdministrateurAjoute,
        detail,
        compte: Some(compte.id),
    };
    conclure(db, fait, maintenant).await
}

/// Removes somebody, oneself too, as long as one is left. Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::DernierAdministrateur`].
pub async fn retirer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    compte: CompteId,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    // Locked first: two administrateurs who remove each other at the same time must not both succeed.
    verrous::demarche(db, numero).await?;
    let comptes = administrateur::comptes(db, numero).await?;
    if !comptes.contains(&compte) {
        return Ok(());
    }
    if comptes.len() == 1 {
        return Err(Erreur::DernierAdministrateur.into());
    }
    administrateur::Entity::delete_by_id((numero, compte)).exec(db).await?;
    let detail = Some(format!("compte:{compte}"));
    let fait =
        Fait { acteur, numero, action: Action::AdministrateurRetire, detail, compte: Some(compte) };
    conclure(db, fait, maintenant).await
}
