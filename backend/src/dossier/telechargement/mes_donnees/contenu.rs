//! What is in the archive of one's data, but for the folders of the dossiers.

use crate::acces::autorisations;
use crate::socle::erreur::Echec;
use crate::tables::{
    abonnement, administrateur, brouillon, compte, compte_rdv, consultation, demarche, dossier,
    groupe, identite, invite, journal, message, navigateur, session, suivi,
};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::role::Acteur;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What is to be put in it.
pub(super) struct Contenu {
    /// `compte.json`.
    pub(super) document: Vec<u8>,
    /// The dossiers whose folders follow.
    pub(super) dossiers: Vec<DossierNumero>,
    /// The démarches of the dossiers and drafts that are in it.
    pub(super) demarches: BTreeSet<DemarcheNumero>,
}

/// Reads it. What only ProConnect opens is left out, and counted, for who came in otherwise.
pub(super) async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    maintenant: DateTime<Utc>,
) -> Result<Contenu, Echec> {
    let dossiers = dossier::visibles()
        .filter(dossier::Column::Usager.eq(acteur.compte))
        .filter(dossier::est_d_ici())
        .filter(autorisations::ouverte(acteur, dossier::Column::Demarche))
        .order_by_asc(dossier::Column::Numero)
        .all(db)
        .await?;
    let brouillons = brouillons(db, acteur).await?;
    let lus = (dossiers.len() + brouillons.len()) as u64;
    let fermes = combien(db, acteur).await?.saturating_sub(lus);
    let messages = messages_ailleurs(db, acteur).await?;
    let demarches = dossiers
        .iter()
        .map(|dossier| dossier.demarche)
        .chain(brouillons.iter().map(|brouillon| brouillon.demarche))
        .chain(messages.iter().map(|(demarche, _)| *demarche))
        .collect();
    let document = json!({
        "le": maintenant,
        "compte": du_compte(db, acteur).await?,
        "acces": des_acces(db, acteur).await?,
        "dossiers": dossiers.iter().map(du_dossier).collect::<Vec<_>>(),
        "brouillons": brouillons.iter().map(du_brouillon).collect::<Vec<_>>(),
        "dossiers_et_brouillons_ouverts_par_proconnect_seulement": fermes,
        "invitations_recues": des_invitations(db, acteur).await?,
        "messages_dans_d_autres_dossiers": messages.iter().map(|(_, message)| du_message(message)).collect::<Vec<_>>(),
        "agent": de_l_agent(db, acteur).await?,
        "journal": du_journal(db, acteur).await?,
    });
    let document =
        serde_json::to_vec_pretty(&document).map_err(|_| Echec::Inutilisable("archive"))?;
    let dossiers = dossiers.into_iter().map(|dossier| dossier.numero).collect();
    Ok(Contenu { document, dossiers, demarches })
}

/// How many dossiers and drafts one has, whatever opens them.
async fn combien(db: &impl ConnectionTrait, acteur: &Acteur) -> Result<u64, Echec> {
    let dossiers = dossier::visibles().filter(dossier::Column::Usager.eq(acteur.compte));
    let brouillons = brouillon::Entity::find().filter(brouillon::Column::Usager.eq(acteur.compte));
    Ok(dossiers.count(db).await? + brouillons.count(db).await?)
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

async fn brouillons(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
) -> Result<Vec<brouillon::Model>, Echec> {
    Ok(brouillon::Entity::find()
        .filter(brouillon::Column::Usager.eq(acteur.compte))
        .filter(autorisations::ouverte(acteur, brouillon::Column::Demarche))
        .order_by_asc(brouillon::Column::Numero)
        .all(db)
        .await?)
}

fn du_brouillon(b: &brouillon::Model) -> Value {
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
}

async fn des_invitations(db: &impl ConnectionTrait, acteur: &Acteur) -> Result<Value, Echec> {
    let invitations =
        invite::Entity::find().filter(invite::Column::Email.eq(&acteur.email)).all(db).await?;
    Ok(invitations.into_iter().map(|i| json!({ "dossier": i.dossier })).collect())
}

/// What they wrote, being invited, in the dossiers of others; with the démarche of each.
async fn messages_ailleurs(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
) -> Result<Vec<(DemarcheNumero, message::Model)>, Echec> {
    let ecrits = message::Entity::find()
        .filter(message::Column::Auteur.eq(acteur.compte))
        .filter(message::Column::RoleAuteur.eq(message::RoleAuteur::Usager))
        .filter(message::Column::SupprimeLe.is_null())
        .order_by_asc(message::Column::Id)
        .all(db)
        .await?;
    let ou: BTreeSet<DossierNumero> = ecrits.iter().map(|message| message.dossier).collect();
    let ailleurs = dossier::visibles()
        .filter(dossier::Column::Numero.is_in(ou))
        .filter(dossier::Column::Usager.ne(acteur.compte))
        .filter(autorisations::ouverte(acteur, dossier::Column::Demarche))
        .all(db)
        .await?;
    let demarches: BTreeMap<DossierNumero, DemarcheNumero> =
        ailleurs.into_iter().map(|dossier| (dossier.numero, dossier.demarche)).collect();
    Ok(ecrits
        .into_iter()
        .filter_map(|message| Some((*demarches.get(&message.dossier)?, message)))
        .collect())
}

fn du_message(message: &message::Model) -> Value {
    json!({ "dossier": message.dossier, "le": message.ecrit_le, "texte": message.corps })
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
