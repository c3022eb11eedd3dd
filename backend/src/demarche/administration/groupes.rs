//! « Groupe Instructeurs ».

use super::{conclure, conclure_pour, membres};
use crate::acces::autorisations;
use crate::acces::comptes::{Motif, trouver_ou_inviter};
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::compte::par_email;
use crate::tables::{dossier, groupe, instructeur};
use domain::ids::{CompteId, DemarcheNumero, GroupeId};
use domain::journal::Action;
use domain::recherche::plier;
use domain::role::Acteur;
use domain::vues::{Groupe, Groupes};
use domain::{Champ, Erreur, Saisie, saisie};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder,
};

/// The groupes of a démarche, with their instructeurs.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<Groupes, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let mut groupes = Vec::new();
    for ligne in tous(db, numero).await? {
        groupes.push(Groupe {
            id: ligne.id,
            membres: membres(db, groupe::membres(db, ligne.id).await?).await?,
            dossiers: dossiers(db, ligne.id).await?,
            nom: ligne.nom,
        });
    }
    Ok(Groupes { numero, titre: demarche.titre, groupes })
}

async fn tous(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
) -> Result<Vec<groupe::Model>, Echec> {
    Ok(groupe::Entity::find()
        .filter(groupe::Column::Demarche.eq(numero))
        .order_by_asc(groupe::Column::Nom)
        .order_by_asc(groupe::Column::Id)
        .all(db)
        .await?)
}

async fn dossiers(db: &impl ConnectionTrait, groupe: GroupeId) -> Result<u64, Echec> {
    Ok(dossier::Entity::find().filter(dossier::Column::Groupe.eq(groupe)).count(db).await?)
}

/// A name that no other groupe of the démarche has.
async fn nom_libre(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    nom: &str,
    sauf: Option<GroupeId>,
) -> Result<String, Echec> {
    let nom = saisie::ligne(Champ::NomGroupe, nom)?;
    let pris = tous(db, numero)
        .await?
        .into_iter()
        .any(|groupe| Some(groupe.id) != sauf && plier(&groupe.nom) == plier(&nom));
    if pris { Err(Erreur::champ(Champ::NomGroupe, Saisie::NomDejaPris).into()) } else { Ok(nom) }
}

/// Adds a groupe.
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about [`Champ::NomGroupe`].
pub async fn creer(c: &Changement<'_>, numero: DemarcheNumero, nom: &str) -> Result<(), Echec> {
    autorisations::demarche_a_regler(&c.tx, c.acteur, numero).await?;
    // Locked first: of two clicks at once, the second finds the name taken.
    verrous::demarche(&c.tx, numero).await?;
    let nom = nom_libre(&c.tx, numero, nom, None).await?;
    let ligne =
        groupe::ActiveModel { demarche: Set(numero), nom: Set(nom.clone()), ..Default::default() };
    groupe::Entity::insert(ligne).exec_without_returning(&c.tx).await?;
    conclure(c, numero, Action::GroupeCree, Some(nom)).await
}

/// Gives a groupe another name.
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about [`Champ::NomGroupe`].
pub async fn renommer(c: &Changement<'_>, id: GroupeId, nom: &str) -> Result<(), Echec> {
    let (groupe, numero) = autorisations::groupe_a_regler(&c.tx, c.acteur, id).await?;
    let nom = nom_libre(&c.tx, numero, nom, Some(groupe.id)).await?;
    if nom == groupe.nom {
        return Ok(());
    }
    let detail = Some(format!("{} → {nom}", groupe.nom));
    let mut change = groupe.into_active_model();
    change.nom = Set(nom);
    change.update(&c.tx).await?;
    conclure(c, numero, Action::GroupeRenomme, detail).await
}

/// Deletes a groupe that has no dossier.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::GroupeOccupe`], [`Erreur::DernierGroupe`].
pub async fn supprimer(c: &Changement<'_>, id: GroupeId) -> Result<(), Echec> {
    let (groupe, numero) = autorisations::groupe_a_regler(&c.tx, c.acteur, id).await?;
    verrous::demarche(&c.tx, numero).await?;
    verrous::groupe(&c.tx, groupe.id).await?;
    if tous(&c.tx, numero).await?.len() == 1 {
        return Err(Erreur::DernierGroupe.into());
    }
    if dossiers(&c.tx, groupe.id).await? > 0 {
        return Err(Erreur::GroupeOccupe.into());
    }
    instructeur::Entity::delete_many()
        .filter(instructeur::Column::Groupe.eq(groupe.id))
        .exec(&c.tx)
        .await?;
    groupe::Entity::delete_by_id(groupe.id).exec(&c.tx).await?;
    conclure(c, numero, Action::GroupeSupprime, Some(groupe.nom)).await
}

/// Adds an instructeur to a groupe, by e-mail. Without an account yet, they are sent a link to open one.
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about [`Champ::Email`].
pub async fn ajouter(c: &Changement<'_>, id: GroupeId, email: &str) -> Result<(), Echec> {
    let (groupe, numero) = autorisations::groupe_a_regler(&c.tx, c.acteur, id).await?;
    let email = saisie::email(Champ::Email, email)?;
    if let Some(compte) = par_email(&c.tx, &email).await?
        && groupe::membres(&c.tx, groupe.id).await?.contains(&compte.id)
    {
        return Err(Erreur::champ(Champ::Email, Saisie::DejaMembre(compte.email)).into());
    }
    let pour = (Motif::Instructeur, numero);
    let compte = trouver_ou_inviter(&c.tx, c.outils, &email, pour, c.maintenant).await?;
    let ligne = instructeur::ActiveModel { groupe: Set(groupe.id), compte: Set(compte.id) };
    instructeur::Entity::insert(ligne).exec_without_returning(&c.tx).await?;
    conclure_pour(c, numero, Action::InstructeurAjoute, compte.id).await
}

/// Removes an instructeur from a groupe, as long as one is left. Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::DernierInstructeur`].
pub async fn retirer(c: &Changement<'_>, id: GroupeId, compte: CompteId) -> Result<(), Echec> {
    let (groupe, numero) = autorisations::groupe_a_regler(&c.tx, c.acteur, id).await?;
    verrous::groupe(&c.tx, groupe.id).await?;
    let comptes = groupe::membres(&c.tx, groupe.id).await?;
    if !comptes.contains(&compte) {
        return Ok(());
    }
    if comptes.len() == 1 {
        return Err(Erreur::DernierInstructeur.into());
    }
    instructeur::Entity::delete_by_id((groupe.id, compte)).exec(&c.tx).await?;
    conclure_pour(c, numero, Action::InstructeurRetire, compte).await
}
