//! Forms that came without a session: kept for a while, for the person who filled them in to sign in and find them
//! again, with their files.
//!
//! A form proves that it was shown to somebody who was signed in ([`preuve`]): nobody else may have us keep anything,
//! and nobody else gets it back.

use crate::contexte::Contexte;
use crate::dossier::pieces::{Fichier, FichierEcrit};
use crate::socle::base::Base;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::secrets::coffre::empreinte;
use crate::tables::formulaire_en_attente as table;
use chrono::{DateTime, Duration, Utc};
use domain::ids::CompteId;
use domain::role::Acteur;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Deserialize, Serialize};

/// How long a form may stay open on a screen, in days.
const PREUVE_JOURS: i64 = 7;

/// How long a form waits for its person to sign in, in hours: time to ask for another password.
const ATTENTE_HEURES: i64 = 2;

/// How many forms of one person wait: the latest ones.
const PAR_COMPTE: u64 = 3;

/// What a proof begins with, lest another sealed value be taken for one.
const PREUVE: &str = "formulaire";

/// What a form says of who it was shown to, sealed.
#[must_use]
pub fn preuve(outils: &Outils, compte: CompteId, maintenant: DateTime<Utc>) -> String {
    let clair = format!("{PREUVE}:{compte}:{}", maintenant.timestamp());
    hex::encode(outils.coffre.sceller(clair.as_bytes(), &outils.hasard))
}

/// Who a form was shown to. `None` when it does not prove it, or no longer.
#[must_use]
pub fn montre_a(outils: &Outils, preuve: &str, maintenant: DateTime<Utc>) -> Option<CompteId> {
    let clair = outils.coffre.ouvrir_texte(&hex::decode(preuve).ok()?).ok()?;
    let mut mots = clair.split(':');
    if mots.next() != Some(PREUVE) {
        return None;
    }
    let compte = CompteId(mots.next()?.parse().ok()?);
    let le = DateTime::from_timestamp(mots.next()?.parse().ok()?, 0)?;
    (maintenant - le < Duration::days(PREUVE_JOURS)).then_some(compte)
}

/// A form, as it came.
#[derive(Debug, Default)]
pub struct Formulaire {
    /// The address that it was posted to.
    pub action: String,
    /// The page that held it.
    pub page: String,
    /// Its fields, as browsers encode them.
    pub champs: String,
    /// Its files: the name of each one's field, and the file.
    pub fichiers: Vec<(String, Fichier)>,
}

/// What is written of a form before the contents of its files.
#[derive(Serialize, Deserialize)]
struct EnTete {
    action: String,
    page: String,
    champs: String,
    fichiers: Vec<EnTeteFichier>,
}

#[derive(Serialize, Deserialize)]
struct EnTeteFichier {
    champ: String,
    fichier: FichierEcrit,
    /// The length of its content, sealed, in octets.
    scelle: usize,
}

impl Formulaire {
    /// The length of what is written first (four octets), what is written, then the contents one after the other.
    fn ecrire(self) -> Result<Vec<u8>, Echec> {
        let (mut fichiers, mut contenus) = (Vec::new(), Vec::new());
        for (champ, fichier) in self.fichiers {
            let (fichier, contenu) = fichier.separer();
            fichiers.push(EnTeteFichier { champ, fichier, scelle: contenu.len() });
            contenus.extend(contenu);
        }
        let Self { action, page, champs, .. } = self;
        let entete = serde_json::to_vec(&EnTete { action, page, champs, fichiers })
            .map_err(|_| Echec::Inutilisable("form that waits"))?;
        let longueur =
            u32::try_from(entete.len()).map_err(|_| Echec::Inutilisable("form that waits"))?;
        let mut ecrit = longueur.to_le_bytes().to_vec();
        ecrit.extend(entete);
        ecrit.extend(contenus);
        Ok(ecrit)
    }

    fn lire(ecrit: &[u8]) -> Option<Self> {
        let (longueur, reste) = ecrit.split_first_chunk::<4>()?;
        let longueur = usize::try_from(u32::from_le_bytes(*longueur)).ok()?;
        let (entete, mut contenus) = reste.split_at_checked(longueur)?;
        let EnTete { action, page, champs, fichiers: ecrits } =
            serde_json::from_slice(entete).ok()?;
        let mut fichiers = Vec::new();
        for EnTeteFichier { champ, fichier, scelle } in ecrits {
            let (contenu, suite) = contenus.split_at_checked(scelle)?;
            contenus = suite;
            fichiers.push((champ, Fichier::reunir(fichier, contenu.to_vec())));
        }
        Some(Self { action, page, champs, fichiers })
    }
}

/// Keeps a form of `compte`; gives the word that finds it again.
///
/// # Errors
/// The database failed.
pub async fn garder(
    base: &Base,
    outils: &Outils,
    compte: CompteId,
    formulaire: Formulaire,
    maintenant: DateTime<Utc>,
) -> Result<String, Echec> {
    let jeton = outils.hasard.secret();
    // Sealing megabytes takes time: neither in a change, nor where others wait for their turn.
    let (coffre, hasard) = (outils.coffre.clone(), outils.hasard.clone());
    let scelle = tokio::task::spawn_blocking(move || {
        Ok::<_, Echec>(coffre.sceller(&formulaire.ecrire()?, &hasard))
    });
    let scelle = scelle.await.map_err(|_| Echec::Inutilisable("form that waits"))??;
    let tx = base.ecrire().await?;
    let nouveau = empreinte(&jeton);
    let ligne = table::ActiveModel {
        empreinte: Set(nouveau.clone()),
        compte: Set(compte),
        scelle: Set(scelle),
        expire_le: Set(maintenant + Duration::hours(ATTENTE_HEURES)),
    };
    table::Entity::insert(ligne).exec_without_returning(&tx).await?;
    let mut gardes: Vec<String> = table::Entity::find()
        .filter(table::Column::Compte.eq(compte))
        .filter(table::Column::Empreinte.ne(nouveau.as_str()))
        .order_by_desc(table::Column::ExpireLe)
        .limit(PAR_COMPTE - 1)
        .select_only()
        .column(table::Column::Empreinte)
        .into_tuple()
        .all(&tx)
        .await?;
    gardes.push(nouveau);
    table::Entity::delete_many()
        .filter(table::Column::Compte.eq(compte))
        .filter(table::Column::Empreinte.is_not_in(gardes))
        .exec(&tx)
        .await?;
    tx.valider().await?;
    Ok(jeton)
}

/// Gives a form back to the person who filled it in, once. `None` when it is another's, was taken already, or waited
/// too long.
///
/// # Errors
/// The database failed.
pub async fn reprendre(
    contexte: &Contexte,
    acteur: &Acteur,
    jeton: &str,
) -> Result<Option<Formulaire>, Echec> {
    let trouve = table::Entity::find_by_id(empreinte(jeton))
        .filter(table::Column::Compte.eq(acteur.compte))
        .filter(table::Column::ExpireLe.gt(contexte.horloge.maintenant()))
        .one(contexte.base.lire())
        .await?;
    let Some(ligne) = trouve else { return Ok(None) };
    let c = contexte.commencer(acteur).await?;
    let prise = table::Entity::delete_by_id(ligne.empreinte).exec(&c.tx).await?.rows_affected > 0;
    c.valider().await?;
    // Taken at this very moment by another request.
    if !prise {
        return Ok(None);
    }
    let coffre = contexte.outils.coffre.clone();
    let lu = tokio::task::spawn_blocking(move || {
        Ok::<_, Echec>(Formulaire::lire(&coffre.ouvrir(&ligne.scelle)?))
    });
    lu.await.map_err(|_| Echec::Inutilisable("form that waits"))?
}

/// Forgets the forms that waited too long.
///
/// # Errors
/// The database failed.
pub async fn purger(db: &impl ConnectionTrait, maintenant: DateTime<Utc>) -> Result<(), Echec> {
    table::Entity::delete_many().filter(table::Column::ExpireLe.lte(maintenant)).exec(db).await?;
    Ok(())
}
