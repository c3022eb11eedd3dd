//! The chain: what the digest of a row is made of, and looking whether all of them still agree.

use crate::socle::erreur::Echec;
use crate::tables::consultation;
use chrono::{DateTime, SubsecRound, Utc};
use domain::consultation::Acte;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// How many rows are read at once.
const LOT: u64 = 2_000;

/// What stands for the row before the first one.
pub(super) const ORIGINE: &str = "0";

/// The time of a row, as both databases keep it.
pub(super) fn arrondi(le: DateTime<Utc>) -> DateTime<Utc> {
    le.trunc_subsecs(3)
}

/// The digest of a row: of the one before, and of all that it says, each part with its length so that none can be taken
/// for another.
pub(super) fn empreinte(ligne: &consultation::Model) -> String {
    let nombre = |nombre: Option<i64>| nombre.map(|n| n.to_string()).unwrap_or_default();
    let parties = [
        ligne.precedente.clone(),
        ligne.id.to_string(),
        ligne.le.timestamp_millis().to_string(),
        ligne.quoi.clone(),
        nombre(ligne.compte.map(i64::from)),
        nombre(ligne.dossier.map(i64::from)),
        nombre(ligne.demarche.map(i64::from)),
        ligne.detail.clone().unwrap_or_default(),
    ];
    let mut digest = Sha256::new();
    for partie in parties {
        digest.update(partie.len().to_be_bytes());
        digest.update(partie);
    }
    hex::encode(digest.finalize())
}

/// What an anchor says: up to which row the journal was erased, and the digest of that one.
pub(super) fn ancre(derniere: i64, empreinte: &str) -> String {
    format!("{derniere} {empreinte}")
}

/// What was found of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// How many rows were read.
    pub lignes: u64,
    /// The last one and its digest, to be compared another day with what is kept elsewhere.
    pub derniere: Option<(i64, String)>,
    /// The first row that does not agree with those before it, and why.
    pub rompue: Option<(i64, Rupture)>,
    /// Processes that began to write and whose end is not written, with when they began: they still write, or were killed.
    pub sans_fin: Vec<DateTime<Utc>>,
    /// How many readings were said to be lost.
    pub perdues: u64,
}

/// Why a row does not agree with those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rupture {
    /// What it says is not what its digest was made of.
    #[error("son contenu a été modifié")]
    Contenu,
    /// Its digest of the row before is not that of the row before.
    #[error("elle ne suit pas la ligne qui la précède")]
    Lien,
    /// Some are missing before it.
    #[error("des lignes manquent avant elle")]
    Manque,
    /// It is the first one, and nothing says that those before were erased by the application.
    #[error("les lignes d'avant ont été effacées sans que le service l'ait fait")]
    Debut,
}

/// Reads the whole journal.
///
/// # Errors
/// The database failed.
pub async fn verifier(db: &impl ConnectionTrait) -> Result<Verification, Echec> {
    let mut lue =
        Verification { lignes: 0, derniere: None, rompue: None, sans_fin: vec![], perdues: 0 };
    let mut en_cours = BTreeMap::new();
    let mut avant: Option<consultation::Model> = None;
    loop {
        let mut lot =
            consultation::Entity::find().order_by_asc(consultation::Column::Id).limit(LOT);
        if let Some(avant) = &avant {
            lot = lot.filter(consultation::Column::Id.gt(avant.id));
        }
        let lot = lot.all(db).await?;
        if lot.is_empty() {
            break;
        }
        for ligne in lot {
            let rupture = match &avant {
                Some(avant) => suit(avant, &ligne),
                None => commence(db, &ligne).await?,
            };
            if let Some(rupture) = rupture.or_else(|| altere(&ligne)) {
                lue.rompue = Some((ligne.id, rupture));
                return Ok(lue);
            }
            retenir(&mut lue, &mut en_cours, &ligne);
            avant = Some(ligne);
        }
    }
    lue.derniere = avant.map(|ligne| (ligne.id, ligne.empreinte));
    lue.sans_fin = en_cours.into_values().collect();
    Ok(lue)
}

fn altere(ligne: &consultation::Model) -> Option<Rupture> {
    (empreinte(ligne) != ligne.empreinte).then_some(Rupture::Contenu)
}

fn suit(avant: &consultation::Model, ligne: &consultation::Model) -> Option<Rupture> {
    if ligne.id != avant.id + 1 {
        Some(Rupture::Manque)
    } else {
        (ligne.precedente != avant.empreinte).then_some(Rupture::Lien)
    }
}

/// The first row that is left: that of the beginning, or the one after what the application erased.
async fn commence(
    db: &impl ConnectionTrait,
    ligne: &consultation::Model,
) -> Result<Option<Rupture>, Echec> {
    if ligne.id == 1 && ligne.precedente == ORIGINE {
        return Ok(None);
    }
    let dit = consultation::Entity::find()
        .filter(consultation::Column::Quoi.eq(Acte::Ancre.code()))
        .filter(consultation::Column::Detail.eq(ancre(ligne.id - 1, &ligne.precedente)))
        .one(db)
        .await?;
    Ok(dit.is_none().then_some(Rupture::Debut))
}

fn retenir(
    lue: &mut Verification,
    en_cours: &mut BTreeMap<String, DateTime<Utc>>,
    ligne: &consultation::Model,
) {
    lue.lignes += 1;
    let detail = ligne.detail.clone().unwrap_or_default();
    match Acte::from_code(&ligne.quoi) {
        Some(Acte::Depart) => {
            en_cours.insert(detail, ligne.le);
        }
        Some(Acte::Arret) => {
            en_cours.remove(&detail);
        }
        Some(Acte::Perte) => lue.perdues += detail.parse().unwrap_or(0),
        _ => {}
    }
}
