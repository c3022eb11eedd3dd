//! « Instructeurs » and « Administrateurs » of a démarche, as its instructeurs see them.

use crate::acces::autorisations;
use crate::demarche::administration::membre;
use crate::socle::erreur::Echec;
use crate::tables::{administrateur, compte, groupe, instructeur};
use domain::ids::{CompteId, DemarcheNumero, GroupeId};
use domain::role::Acteur;
use domain::vues::{Administrateurs, Equipe, GroupeDEquipe, Membre};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

/// Who examines the dossiers of a démarche, in all its groupes: for whoever examines some of them.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn instructeurs(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<Equipe, Echec> {
    let (demarche, miens) = autorisations::demarche_de_l_instructeur(db, acteur, numero).await?;
    let groupes = groupe::Entity::find()
        .filter(groupe::Column::Demarche.eq(numero))
        .order_by_asc(groupe::Column::Nom)
        .order_by_asc(groupe::Column::Id)
        .all(db)
        .await?;
    let mut membres = membres(db, groupes.iter().map(|groupe| groupe.id)).await?;
    let mut groupes: Vec<GroupeDEquipe> = groupes
        .into_iter()
        .map(|groupe| GroupeDEquipe {
            id: groupe.id,
            nom: groupe.nom,
            mien: miens.contains(&groupe.id),
            membres: membres.remove(&groupe.id).unwrap_or_default(),
        })
        .collect();
    groupes.sort_by_key(|groupe| !groupe.mien);
    Ok(Equipe { numero, titre: demarche.titre, groupes })
}

/// Who belongs to each of these groupes, by e-mail.
async fn membres(
    db: &impl ConnectionTrait,
    groupes: impl IntoIterator<Item = GroupeId>,
) -> Result<HashMap<GroupeId, Vec<Membre>>, Echec> {
    let liens = instructeur::Entity::find()
        .filter(instructeur::Column::Groupe.is_in(groupes))
        .all(db)
        .await?;
    let mut membres: HashMap<GroupeId, Vec<Membre>> = HashMap::new();
    for compte in comptes(db, liens.iter().map(|lien| lien.compte)).await? {
        for lien in liens.iter().filter(|lien| lien.compte == compte.id) {
            membres.entry(lien.groupe).or_default().push(membre(compte.clone()));
        }
    }
    Ok(membres)
}

/// Who manages a démarche: for whoever examines some of its dossiers.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn administrateurs(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<Administrateurs, Echec> {
    let (demarche, _) = autorisations::demarche_de_l_instructeur(db, acteur, numero).await?;
    let ceux = administrateur::comptes(db, numero).await?;
    let membres = comptes(db, ceux).await?.into_iter().map(membre).collect();
    Ok(Administrateurs { numero, titre: demarche.titre, membres })
}

/// Accounts, by e-mail.
async fn comptes(
    db: &impl ConnectionTrait,
    ceux: impl IntoIterator<Item = CompteId>,
) -> Result<Vec<compte::Model>, Echec> {
    Ok(compte::Entity::find()
        .filter(compte::Column::Id.is_in(ceux))
        .order_by_asc(compte::Column::Email)
        .all(db)
        .await?)
}
