//! « Groupe Instructeurs ».

use super::{Fait, conclure, membres};
use crate::acces::autorisations;
use crate::acces::comptes::{Motif, trouver_ou_inviter};
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::verrous;
use crate::tables::compte::par_email;
use crate::tables::{dossier, groupe, instructeur};
use chrono::{DateTime, Utc};
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
pub async fn creer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    nom: &str,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    // Locked first: of two clicks at once, the second finds the name taken.
    verrous::demarche(db, numero).await?;
    let nom = nom_libre(db, numero, nom, None).await?;
    let ligne =
        groupe::ActiveModel { demarche: Set(numero), nom: Set(nom.clone()), ..Default::default() };
    groupe::Entity::insert(ligne).exec_without_returning(db).await?;
    let fait = Fait { acteur, numero, action: Action::GroupeCree, detail: Some(nom), compte: None };
    conclure(db, fait, maintenant).await
}

/// Gives a groupe another name.
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about [`Champ::NomGroupe`].
pub async fn renommer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: GroupeId,
    nom: &str,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let (groupe, numero) = autorisations::groupe_de_l_administrateur(db, acteur, id).await?;
    let nom = nom_libre(db, numero, nom, Some(groupe.id)).await?;
    if nom == groupe.nom {
        return Ok(());
    }
    let detail = Some(format!("{} → {nom}", groupe.nom));
    let mut change = groupe.into_active_model();
    change.nom = Set(nom);
    change.update(db).await?;
    let fait = Fait { acteur, numero, action: Action::GroupeRenomme, detail, compte: None };
    conclure(db, fait, maintenant).await
}

/// Deletes a groupe that has no dossier.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::GroupeOccupe`], [`Erreur::DernierGroupe`].
pub async fn supprimer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: GroupeId,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let (groupe, numero) = autorisations::groupe_de_l_administrateur(db, acteur, id).await?;
    verrous::demarche(db, numero).await?;
    verrous::groupe(db, groupe.id).await?;
    if tous(db, numero).await?.len() == 1 {
        return Err(Erreur::DernierGroupe.into());
    }
    if dossiers(db, groupe.id).await? > 0 {
        return Err(Erreur::GroupeOccupe.into());
    }
    instructeur::Entity::delete_many()
        .filter(instructeur::Column::Groupe.eq(groupe.id))
        .exec(db)
        .await?;
    groupe::Entity::delete_by_id(groupe.id).exec(db).await?;
    let detail = Some(groupe.nom);
    let fait = Fait { acteur, numero, action: Action::GroupeSupprime, detail, compte: None };
    conclure(db, fait, maintenant).await
}

/// Adds an instructeur to a groupe, by e-mail. Without an account yet, they are sent a link to open one.
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about [`Champ::Email`].
pub async fn ajouter(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    id: GroupeId,
    email: &str,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let (groupe, numero) = autorisations::groupe_de_l_administrateur(db, acteur, id).await?;
    let email = saisie::email(Champ::Email, email)?;
    if let Some(compte) = par_email(db, &email).await?
        && groupe::membres(db, groupe.id).await?.contains(&compte.id)
    {
        return Err(Erreur::champ(Champ::Email, Saisie::DejaMembre(compte.email)).into());
    }
    let pour = (Motif::Instructeur, numero);
    let compte = trouver_ou_inviter(db, outils, &email, pour, maintenant).await?;
    let ligne = instructeur::ActiveModel { groupe: Set(groupe.id), compte: Set(compte.id) };
    instructeur::Entity::insert(ligne).exec_without_returning(db).await?;
    let fait = Fait {
        acteur,
        numero,
        action: Action::InstructeurAjoute,
        detail: Some(format!("compte:{}", compte.id)),
        compte: Some(compte.id),
    };
    conclure(db, fait, maintenant).await
}

/// Removes an instructeur from a groupe, as long as one is left. Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::DernierInstructeur`].
pub async fn retirer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: GroupeId,
    compte: CompteId,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let (groupe, numero) = autorisations::groupe_de_l_administrateur(db, acteur, id).await?;
    verrous::groupe(db, groupe.id).await?;
    let comptes = groupe::membres(db, groupe.id).await?;
    if !comptes.contains(&compte) {
        return Ok(());
    }
    if comptes.len() == 1 {
        return Err(Erreur::DernierInstructeur.into());
    }
    instructeur::Entity::delete_by_id((groupe.id, compte)).exec(db).await?;
    let detail = Some(format!("compte:{compte}"));
    let fait =
        Fait { acteur, numero, action: Action::InstructeurRetire, detail, compte: Some(compte) };
    conclure(db, fait, maintenant).await
}
