//! « Mes données »: all that is kept about somebody, as one archive: what the service knows of their account as JSON, then a
//! folder for each of their dossiers, with its files. Written as it is sent, for nobody but them.

use super::archive::{self, Archive};
use crate::socle::erreur::Echec;
use crate::tables::{
    abonnement, administrateur, brouillon, compte, compte_rdv, consultation, demarche, dossier,
    groupe, identite, invite, journal, navigateur, session, suivi,
};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::ids::DossierNumero;
use domain::role::Acteur;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

/// Begins the archive.
///
/// # Errors
/// [`Erreur::NonConnecte`] when the account is gone.
pub async fn commencer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    maintenant: DateTime<Utc>,
) -> Result<Archive, Echec> {
    let dossiers = dossier::visibles()
        .filter(dossier::Column::Usager.eq(acteur.compte))
        .filter(dossier::est_d_ici())
        .order_by_asc(dossier::Column::Numero)
        .all(db)
        .await?;
    let document = json!({
        "le": maintenant,
        "compte": du_compte(db, acteur).await?,
        "acces": des_acces(db, acteur).await?,
        "dossiers": dossiers.iter().map(du_dossier).collect::<Vec<_>>(),
        "brouillons": des_brouillons(db, acteur).await?,
        "invitations_recues": des_invitations(db, acteur).await?,
        "agent": de_l_agent(db, acteur).await?,
        "journal": du_journal(db, acteur).await?,
    });
    let document =
        serde_json::to_vec_pretty(&document).map_err(|_| Echec::Inutilisable("archive"))?;
    let numeros: Vec<DossierNumero> = dossiers.into_iter().map(|dossier| dossier.numero).collect();
    Ok(archive::de_l_usager("mes-donnees", ("compte.json", document), numeros, maintenant))
}

async fn du_compte(db: &impl ConnectionTrait, acteur: &Acteur) -> Result<Value, Echec> {
    let compte = compte::Entity::find_by_id(acteur.compte).one(db).await?;
    let compte = compte.ok_or(Erreur::NonConnecte)?;
    let identites =
        identite::Entity::find().filter(identite::Column::Compte.eq(acteur.compte)).all(db).await?;
    let rdv = compte_rdv::Entity::find_by_id(acteur.compte).one(db).await?;
    Ok(json!({
        "adresse": compte.email,
        "prenom": compte.prenom,
        "nom": compte.nom,
        "cree_le": compte.cree_le,
        "mot_de_passe_choisi": !compte.mot_de_passe.is_empty(),
        "compte_rdv_service_public": rdv.is_some(),
        "identites": identites.into_iter().map(|i| json!({
            "fournisseur": i.fournisseur.libelle(),
            "identifiant": i.sub,
            "adresse": i.email,
            "siret": i.siret,
            "cree_le": i.cree_le,
            "vue_le": i.vue_le,
        })).collect::<Vec<_>>(),
    }))
}

async fn des_acces(db: &impl ConnectionTrait, acteur: &Acteur) -> Result<Value, Echec> {
    let sessions =
        session::Entity::find().filter(session::Column::Compte.eq(acteur.compte)).all(db).await?;
    let navigateurs = navigateur::Entity::find()
        .filter(navigateur::Column::Compte.eq(acteur.compte))
        .all(db)
        .await?;
    let abonnements = abonnement::Entity::find()
        .filter(abonnement::Column::Compte.eq(acteur.compte))
        .all(db)
        .await?;
    Ok(json!({
        "sessions": sessions.into_iter().map(|s| json!({
            "navigateur": s.navigateur,
            "moyen": s.moyen.libelle(),
            "ouverte_le": s.cree_le,
            "vue_le": s.vue_le,
            "expire_le": s.expire_le,
        })).collect::<Vec<_>>(),
        "navigateurs_de_confiance": navigateurs.into_iter().map(|n| json!({
            "navigateur": n.navigateur,
            "depuis": n.cree_le,
            "vu_le": n.vue_le,
            "expire_le": n.expire_le,
        })).collect::<Vec<_>>(),
        "abonnements_d_agenda": abonnements.into_iter().map(|a| json!({
            "cree_le": a.cree_le,
            "utilise_le": a.utilise_le,
        })).collect::<Vec<_>>(),
    }))
}

fn du_dossier(dossier: &dossier::Model) -> Value {
    json!({
        "numero": dossier.numero,
        "demarche": dossier.demarche,
        "etat": dossier.etat.libelle(),
        "depose_le": dossier.depose_le,
        "dossier": format!("dossier-{}/", dossier.numero),
    })
}

async fn des_brouillons(db: &impl ConnectionTrait, acteur: &Acteur) -> Result<Value, Echec> {
    let brouillons = brouillon::Entity::find()
        .filter(brouillon::Column::Usager.eq(acteur.compte))
        .all(db)
        .await?;
    Ok(brouillons
        .into_iter()
        .map(|b| {
            let reponses: Value = serde_json::from_str(&b.champs).unwrap_or_default();
            json!({
                "numero": b.numero,
                "demarche": b.demarche,
                "prenom": b.prenom,
                "nom": b.nom,
                "reponses": reponses,
                "cree_le": b.cree_le,
                "modifie_le": b.modifie_le,
            })
        })
        .collect())
}

async fn des_invitations(db: &impl ConnectionTrait, acteur: &Acteur) -> Result<Value, Echec> {
    let invitations =
        invite::Entity::find().filter(invite::Column::Email.eq(&acteur.email)).all(db).await?;
    Ok(invitations.into_iter().map(|i| json!({ "dossier": i.dossier })).collect())
}

/// What they are to démarches, and what they looked at for a year.
async fn de_l_agent(db: &impl ConnectionTrait, acteur: &Acteur) -> Result<Value, Echec> {
    let groupes = groupe::de_l_instructeur(db, acteur.compte).await?;
    let gerees = administrateur::demarches(db, acteur.compte).await?;
    let titres = demarche::Entity::find()
        .filter(demarche::Column::Numero.is_in(gerees))
        .order_by_asc(demarche::Column::Numero)
        .all(db)
        .await?;
    let suivis =
        suivi::Entity::find().filter(suivi::Column::Compte.eq(acteur.compte)).all(db).await?;
    let lus = consultation::Entity::find()
        .filter(consultation::Column::Compte.eq(acteur.compte))
        .order_by_asc(consultation::Column::Id)
        .all(db)
        .await?;
    Ok(json!({
        "groupes": groupes.into_iter().map(|g| json!({ "demarche": g.demarche, "nom": g.nom })).collect::<Vec<_>>(),
        "demarches_administrees": titres.into_iter().map(|d| json!({ "numero": d.numero, "titre": d.titre })).collect::<Vec<_>>(),
        "dossiers_suivis": suivis.into_iter().map(|s| s.dossier).collect::<Vec<_>>(),
        "consultations": lus.into_iter().map(|c| json!({
            "le": c.le,
            "dossier": c.dossier,
            "quoi": c.quoi,
        })).collect::<Vec<_>>(),
    }))
}

async fn du_journal(db: &impl ConnectionTrait, acteur: &Acteur) -> Result<Value, Echec> {
    let lignes = journal::Entity::find()
        .filter(journal::Column::Compte.eq(acteur.compte))
        .order_by_asc(journal::Column::Id)
        .all(db)
        .await?;
    Ok(lignes
        .into_iter()
        .map(|ligne| {
            json!({
                "le": ligne.le,
                "action": domain::journal::lire(&ligne.action),
                "objet": ligne.objet,
            })
        })
        .collect())
}
