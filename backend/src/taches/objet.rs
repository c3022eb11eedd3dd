//! What a task is about, found from the ids that it holds: also of one that this version can't read any more, or which is
//! about what it can't. Only the column that is looked for is read.

use crate::socle::erreur::Echec;
use crate::tables::{
    avis, brouillon, contact, correction, dossier, export, invite, lien_compte, message, plan_rdv,
    proposition, reaffectation, recommandation, traitement,
};
use domain::dossier::Origine;
use domain::ids::{
    AvisId, ContactId, CorrectionId, DemarcheNumero, DossierNumero, ExportId, InviteId,
    LienCompteId, MessageId, PlanId, PropositionId, ReaffectationId, RecommandationId,
    TraitementId,
};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};
use serde_json::Value;

/// What a task is about.
#[derive(Debug, Default)]
pub(crate) struct Objet {
    /// The dossier.
    pub(crate) dossier: Option<DossierNumero>,
    /// Where it was filed, once it was.
    pub(crate) origine: Option<Origine>,
    /// Its démarche, whose administrateurs hear of what fails.
    pub(crate) demarche: Option<DemarcheNumero>,
    /// Tasks with the same one are carried out in the order in which they were written.
    pub(crate) suite: Option<String>,
}

/// Looks for it. `charge`: the task as it is stored.
pub(crate) async fn trouver(db: &impl ConnectionTrait, charge: &Value) -> Result<Objet, Echec> {
    let Some((genre, faits)) = super::definition::genre(charge) else {
        return Ok(Objet::default());
    };
    let dossier = match id(faits, "dossier") {
        Some(numero) => Some(DossierNumero(numero)),
        None => dossier_de(db, faits).await?,
    };
    let mut origine = None;
    let demarche = match (dossier, id(faits, "lien")) {
        (None, _) if id(faits, "export").is_some() || id(faits, "contact").is_some() => {
            sans_dossier(db, faits).await?
        }
        (Some(numero), _) => {
            let (demarche, d_ou) = demarche_de(db, numero).await?.unzip();
            origine = d_ou.flatten();
            demarche
        }
        (None, Some(lien)) => lien_compte::Entity::find_by_id(LienCompteId(lien))
            .select_only()
            .column(lien_compte::Column::Demarche)
            .into_tuple::<Option<DemarcheNumero>>()
            .one(db)
            .await?
            .flatten(),
        (None, None) => None,
    };
    let suite = dossier.and_then(|dossier| Some(format!("{dossier}:{}", vers(genre, faits)?)));
    Ok(Objet { dossier, origine, demarche, suite })
}

/// The démarche of a task that is about no dossier.
async fn sans_dossier(
    db: &impl ConnectionTrait,
    faits: &Value,
) -> Result<Option<DemarcheNumero>, Echec> {
    if let Some(id) = id(faits, "export") {
        let export = export::Entity::find_by_id(ExportId(id)).one(db).await?;
        return Ok(export.map(|export| export.demarche));
    }
    let Some(id) = id(faits, "contact") else { return Ok(None) };
    let contact = contact::Entity::find_by_id(ContactId(id)).one(db).await?;
    Ok(contact.map(|contact| contact.demarche))
}

fn id(faits: &Value, nom: &str) -> Option<i64> {
    faits.get(nom)?.as_i64()
}

/// The dossier of what the task names.
async fn dossier_de(
    db: &impl ConnectionTrait,
    faits: &Value,
) -> Result<Option<DossierNumero>, Echec> {
    macro_rules! de {
        ($nom:literal, $table:ident, $id:ident) => {
            if let Some(id) = id(faits, $nom) {
                return Ok($table::Entity::find_by_id($id(id))
                    .select_only()
                    .column($table::Column::Dossier)
                    .into_tuple()
                    .one(db)
                    .await?);
            }
        };
    }
    de!("proposition", proposition, PropositionId);
    de!("traitement", traitement, TraitementId);
    de!("correction", correction, CorrectionId);
    de!("avis", avis, AvisId);
    de!("reaffectation", reaffectation, ReaffectationId);
    de!("envoi", recommandation, RecommandationId);
    de!("invite", invite, InviteId);
    de!("plan", plan_rdv, PlanId);
    de!("message", message, MessageId);
    Ok(None)
}

/// The démarche of a dossier and where it was filed, or the démarche of the draft that will have its number.
async fn demarche_de(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Option<(DemarcheNumero, Option<Origine>)>, Echec> {
    let du_dossier = dossier::Entity::find_by_id(numero)
        .select_only()
        .columns([dossier::Column::Demarche, dossier::Column::Origine])
        .into_tuple::<(DemarcheNumero, Origine)>()
        .one(db)
        .await?;
    if let Some((demarche, origine)) = du_dossier {
        return Ok(Some((demarche, Some(origine))));
    }
    let du_brouillon: Option<DemarcheNumero> = brouillon::Entity::find_by_id(numero)
        .select_only()
        .column(brouillon::Column::Demarche)
        .into_tuple()
        .one(db)
        .await?;
    Ok(du_brouillon.map(|demarche| (demarche, None)))
}

/// To whom a mail about a dossier goes, or what of it is written on another platform. Those that tell of messages wait for others of their kind: nothing comes
/// after them.
fn vers(genre: &str, faits: &Value) -> Option<String> {
    match genre {
        "courriel_proposition"
        | "courriel_relance"
        | "courriel_retrait"
        | "courriel_depot"
        | "courriel_traitement"
        | "courriel_correction" => Some("usager".to_owned()),
        "courriel_rendez_vous" if faits["a"] == "usager" => Some("usager".to_owned()),
        "courriel_rendez_vous" => Some(id(faits, "instructeur")?.to_string()),
        "courriel_message" => Some(match id(faits, "instructeur") {
            Some(compte) => format!("{compte}:messages"),
            None => "usager:messages".to_owned(),
        }),
        "envoi_message" | "envoi_etiquette" | "envoi_annotation" => Some(genre.to_owned()),
        "courriel_avis" => Some(format!("avis:{}", id(faits, "avis")?)),
        "courriel_avis_rendu" | "courriel_reaffectation" | "courriel_depot_recu" => {
            Some(id(faits, "compte")?.to_string())
        }
        "courriel_modification" => Some(format!("{}:modifications", id(faits, "compte")?)),
        _ => None,
    }
}
