//! « Personnes impliquées »: who files a dossier, who may examine it, who follows it, who decided.

use crate::acces::autorisations;
use crate::demarche::administration::membre;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::{
    adresse_refusee, avis, compte, dossier, groupe, invite, recommandation, suivi, traitement,
};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::avis::EtatAvis;
use domain::cle::CleDeFormulaire;
use domain::ids::{CompteId, DossierNumero};
use domain::role::Acteur;
use domain::vues::{EnvoiVue, InstructeurImplique, Membre, PersonnesImpliquees, TraitementVue};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

/// Those who have to do with a dossier of one's groupes.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<PersonnesImpliquees, Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let groupe = groupe::Entity::find_by_id(dossier.groupe).one(db).await?;
    let du_groupe = groupe::membres(db, dossier.groupe).await?;
    let suivent = suivi::suiveurs(db, numero).await?;
    let traitements = traitement::Entity::find()
        .filter(traitement::Column::Dossier.eq(numero))
        .order_by_desc(traitement::Column::Id)
        .all(db)
        .await?;
    let envois = recommandation::Entity::find()
        .filter(recommandation::Column::Dossier.eq(numero))
        .order_by_desc(recommandation::Column::Id)
        .all(db)
        .await?;
    let cites = du_groupe
        .iter()
        .copied()
        .chain([dossier.usager])
        .chain(traitements.iter().map(|traitement| traitement.instructeur))
        .chain(envois.iter().flat_map(|envoi| [envoi.expediteur, envoi.destinataire]));
    let mut membres = membres(db, cites).await?;
    let (invites, experts) = (invite::du_dossier(db, numero).await?, experts(db, numero).await?);
    let adresses = membres
        .values()
        .map(|membre| membre.email.as_str())
        .chain(invites.iter().map(|invite| invite.email.as_str()))
        .chain(experts.iter().map(|(email, _)| email.as_str()));
    let refusees = adresse_refusee::parmi(db, adresses).await?;
    for membre in membres.values_mut() {
        membre.refus = refusees.get(&membre.email).cloned();
    }
    let nom = |compte: CompteId| membres.get(&compte).map(|m| m.nom.clone()).unwrap_or_default();
    let mut instructeurs: Vec<InstructeurImplique> = du_groupe
        .iter()
        .filter_map(|compte| membres.get(compte).cloned())
        .map(|membre| InstructeurImplique {
            suit: suivent.contains(&membre.compte),
            moi: membre.compte == acteur.compte,
            membre,
        })
        .collect();
    instructeurs.sort_by(|un, autre| un.membre.email.cmp(&autre.membre.email));
    Ok(PersonnesImpliquees {
        invites,
        experts,
        refusees,
        demandeur: dossier::demandeur(&dossier),
        usager: membres.get(&dossier.usager).cloned().ok_or(Erreur::Introuvable)?,
        groupe: groupe.map(|groupe| groupe.nom).unwrap_or_default(),
        instructeurs,
        traitements: traitements
            .into_iter()
            .map(|ligne| TraitementVue {
                id: ligne.id,
                geste: ligne.geste,
                par: nom(ligne.instructeur),
                le: temps::a_paris(ligne.le),
            })
            .collect(),
        envois: envois
            .into_iter()
            .map(|ligne| EnvoiVue {
                id: ligne.id,
                de: nom(ligne.expediteur),
                a: nom(ligne.destinataire),
                le: temps::a_paris(ligne.le),
            })
            .collect(),
        annee: temps::annee(maintenant),
        cle: CleDeFormulaire::default(),
    })
}

async fn experts(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Vec<(String, EtatAvis)>, Echec> {
    let demandes = avis::Entity::find()
        .filter(avis::Column::Dossier.eq(numero))
        .order_by_asc(avis::Column::Id)
        .all(db)
        .await?;
    Ok(demandes.into_iter().map(|avis| (compte::montree(&avis.email), avis.etat)).collect())
}

async fn membres(
    db: &impl ConnectionTrait,
    comptes: impl Iterator<Item = CompteId>,
) -> Result<HashMap<CompteId, Membre>, Echec> {
    let comptes = compte::Entity::find().filter(compte::Column::Id.is_in(comptes)).all(db).await?;
    Ok(comptes.into_iter().map(|compte| (compte.id, membre(compte))).collect())
}
