//! « Personnes impliquées »: who files a dossier, who may examine it, who follows it, who decided.

use crate::acces::autorisations;
use crate::demarche::administration::membre;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::{
    avis, compte, dossier, groupe, instructeur, invite, recommandation, suivi, traitement,
};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::avis::EtatAvis;
use domain::cle::CleDeFormulaire;
use domain::ids::DossierNumero;
use domain::instruction::Geste;
use domain::role::Acteur;
use domain::vues::{EnvoiVue, InstructeurImplique, Membre, PersonnesImpliquees, TraitementVue};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{HashMap, HashSet};

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
    let du_groupe = du_groupe(db, dossier.groupe).await?;
    let suivent = suivent(db, numero).await?;
    let traitements = traitement::Entity::find()
        .filter(traitement::Column::Dossier.eq(numero.0))
        .order_by_desc(traitement::Column::Id)
        .all(db)
        .await?;
    let envois = recommandation::Entity::find()
        .filter(recommandation::Column::Dossier.eq(numero.0))
        .order_by_desc(recommandation::Column::Id)
        .all(db)
        .await?;
    let cites = du_groupe
        .iter()
        .copied()
        .chain([dossier.usager])
        .chain(traitements.iter().map(|traitement| traitement.instructeur))
        .chain(envois.iter().flat_map(|envoi| [envoi.expediteur, envoi.destinataire]));
    let membres = membres(db, cites).await?;
    let nom = |compte: i64| membres.get(&compte).map(|m| m.nom.clone()).unwrap_or_default();
    let mut instructeurs: Vec<InstructeurImplique> = du_groupe
        .iter()
        .filter_map(|compte| membres.get(compte).cloned())
        .map(|membre| InstructeurImplique {
            suit: suivent.contains(&membre.compte.0),
            moi: membre.compte == acteur.compte,
            membre,
        })
        .collect();
    instructeurs.sort_by(|un, autre| un.membre.email.cmp(&autre.membre.email));
    Ok(PersonnesImpliquees {
        invites: invite::du_dossier(db, numero).await?,
        experts: experts(db, numero).await?,
        demandeur: dossier::demandeur(&dossier),
        usager: membres.get(&dossier.usager).cloned().ok_or(Erreur::Introuvable)?,
        groupe: groupe.map(|groupe| groupe.nom).unwrap_or_default(),
        instructeurs,
        traitements: traitements
            .into_iter()
            .filter_map(|ligne| {
                Some(TraitementVue {
                    id: ligne.id,
                    geste: Geste::from_code(&ligne.geste)?,
                    par: nom(ligne.instructeur),
                    le: temps::a_paris(ligne.le),
                })
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
        .filter(avis::Column::Dossier.eq(numero.0))
        .order_by_asc(avis::Column::Id)
        .all(db)
        .await?;
    demandes
        .into_iter()
        .map(|avis| {
            let etat = EtatAvis::from_code(&avis.etat);
            Ok((avis.email, etat.ok_or(Echec::Illisible("état of an opinion"))?))
        })
        .collect()
}

async fn du_groupe(db: &impl ConnectionTrait, groupe: i64) -> Result<Vec<i64>, Echec> {
    Ok(instructeur::Entity::find()
        .filter(instructeur::Column::Groupe.eq(groupe))
        .select_only()
        .column(instructeur::Column::Compte)
        .into_tuple()
        .all(db)
        .await?)
}

async fn suivent(db: &impl ConnectionTrait, numero: DossierNumero) -> Result<HashSet<i64>, Echec> {
    let suivis = suivi::Entity::find().filter(suivi::Column::Dossier.eq(numero.0)).all(db).await?;
    Ok(suivis.into_iter().map(|suivi| suivi.compte).collect())
}

async fn membres(
    db: &impl ConnectionTrait,
    comptes: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, Membre>, Echec> {
    let comptes = compte::Entity::find().filter(compte::Column::Id.is_in(comptes)).all(db).await?;
    Ok(comptes.into_iter().map(|compte| (compte.id, membre(compte))).collect())
}
