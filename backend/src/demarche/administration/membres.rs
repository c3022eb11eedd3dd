//! « Administrateurs ».

use super::{conclure_pour, membres};
use crate::acces::autorisations;
use crate::acces::comptes::{Motif, trouver_ou_inviter};
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::administrateur;
use crate::tables::compte::par_email;
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
pub async fn ajouter(c: &Changement<'_>, numero: DemarcheNumero, email: &str) -> Result<(), Echec> {
    autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    let email = saisie::email(Champ::Email, email)?;
    if let Some(compte) = par_email(&c.tx, &email).await?
        && administrateur::comptes(&c.tx, numero).await?.contains(&compte.id)
    {
        return Err(Erreur::champ(Champ::Email, Saisie::DejaMembre(compte.email)).into());
    }
    let pour = (Motif::Administrateur, numero);
    let compte = trouver_ou_inviter(&c.tx, c.outils, &email, pour, c.maintenant).await?;
    let ligne = administrateur::ActiveModel { demarche: Set(numero), compte: Set(compte.id) };
    administrateur::Entity::insert(ligne).exec_without_returning(&c.tx).await?;
    conclure_pour(c, numero, Action::AdministrateurAjoute, compte.id).await
}

/// Removes somebody, oneself too, as long as one is left. Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::DernierAdministrateur`].
pub async fn retirer(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    compte: CompteId,
) -> Result<(), Echec> {
    autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    // Locked first: two administrateurs who remove each other at the same time must not both succeed.
    verrous::demarche(&c.tx, numero).await?;
    let comptes = administrateur::comptes(&c.tx, numero).await?;
    if !comptes.contains(&compte) {
        return Ok(());
    }
    if comptes.len() == 1 {
        return Err(Erreur::DernierAdministrateur.into());
    }
    administrateur::Entity::delete_by_id((numero, compte)).exec(&c.tx).await?;
    conclure_pour(c, numero, Action::AdministrateurRetire, compte).await
}
