//! « Pièces jointes »: all the files of a dossier, for its instructeurs.

use super::vue;
use crate::autorisations;
use crate::dossiers;
use crate::entities::{compte, message, piece_jointe, suivi};
use crate::erreur::Echec;
use crate::suivis;
use crate::temps;
use crate::vus::{self, Rubrique};
use chrono::{DateTime, Utc};
use domain::champs::Reponse;
use domain::ids::{ChampId, CompteId, DossierNumero, MessageId};
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{OriginePiece, PieceDuDossier, PiecesDuDossier};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{HashMap, HashSet};

/// The files of a dossier of one's groupes; those of a deleted message are gone with it.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<PiecesDuDossier, Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let lignes = toutes(db, numero).await?;
    let noms = noms(db, &lignes).await?;
    let reponses = dossiers::reponses(&dossier.champs)?;
    let vu = match suivis::de(db, acteur.compte, numero).await? {
        Some(suivi) => Some(vu_le(db, &suivi).await?),
        None => None,
    };
    let pieces = lignes
        .into_iter()
        .map(|ligne| {
            let nouvelle =
                ligne.compte != acteur.compte.0 && vu.is_some_and(|vu| ligne.jointe_le > vu);
            Ok(PieceDuDossier {
                origine: origine(&ligne, &reponses),
                par: noms.get(&ligne.compte).cloned().unwrap_or_default(),
                le: temps::a_paris(ligne.jointe_le),
                nouvelle,
                piece: vue(ligne)?,
            })
        })
        .collect::<Result<_, Echec>>()?;
    Ok(PiecesDuDossier { pieces, annee: temps::annee(maintenant) })
}

fn origine(ligne: &piece_jointe::Model, reponses: &[Reponse]) -> OriginePiece {
    if let Some(message) = ligne.message {
        return OriginePiece::Messagerie(MessageId(message));
    }
    if ligne.avis.is_some() {
        return OriginePiece::Avis;
    }
    let question = reponses.iter().find(|r| r.champ == ligne.champ.map(ChampId));
    OriginePiece::Formulaire(question.map(|r| r.libelle.clone()).unwrap_or_default())
}

/// The latest first.
async fn toutes(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Vec<piece_jointe::Model>, Echec> {
    let mut lignes = piece_jointe::Entity::find()
        .filter(piece_jointe::Column::Dossier.eq(numero.0))
        .order_by_desc(piece_jointe::Column::Id)
        .all(db)
        .await?;
    let supprimes: HashSet<i64> = message::Entity::find()
        .filter(message::Column::Id.is_in(lignes.iter().filter_map(|ligne| ligne.message)))
        .filter(message::Column::SupprimeLe.is_not_null())
        .all(db)
        .await?
        .into_iter()
        .map(|message| message.id)
        .collect();
    lignes.retain(|ligne| ligne.message.is_none_or(|message| !supprimes.contains(&message)));
    Ok(lignes)
}

async fn noms(
    db: &impl ConnectionTrait,
    lignes: &[piece_jointe::Model],
) -> Result<HashMap<i64, String>, Echec> {
    let comptes = compte::Entity::find()
        .filter(compte::Column::Id.is_in(lignes.iter().map(|ligne| ligne.compte)))
        .all(db)
        .await?;
    Ok(comptes.into_iter().map(|compte| (compte.id, autorisations::nom(&compte))).collect())
}

/// When a follower last looked at the files; what came before they followed is not new to them.
async fn vu_le(db: &impl ConnectionTrait, suivi: &suivi::Model) -> Result<DateTime<Utc>, Echec> {
    let sujet = Sujet::Dossier(DossierNumero(suivi.dossier));
    let vu = vus::vu_le(db, CompteId(suivi.compte), sujet, Rubrique::Pieces).await?;
    Ok(vu.map_or(suivi.depuis, |vu| vu.max(suivi.depuis)))
}

/// When the latest file of somebody else than `compte` came.
async fn derniere(
    db: &impl ConnectionTrait,
    compte: CompteId,
    numero: DossierNumero,
) -> Result<Option<DateTime<Utc>>, Echec> {
    let lignes = toutes(db, numero).await?;
    let d_un_autre = lignes.iter().filter(|ligne| ligne.compte != compte.0);
    Ok(d_un_autre.map(|ligne| ligne.jointe_le).max())
}

/// Whether a file came since a follower last looked.
pub(crate) async fn nouvelles(
    db: &impl ConnectionTrait,
    suivi: &suivi::Model,
) -> Result<bool, Echec> {
    let (compte, numero) = (CompteId(suivi.compte), DossierNumero(suivi.dossier));
    let Some(le) = derniere(db, compte, numero).await? else { return Ok(false) };
    Ok(le > vu_le(db, suivi).await?)
}

/// Whether a follower has an orange dot on the files of a dossier.
///
/// # Errors
/// The database failed.
pub async fn a_voir(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<bool, Echec> {
    match suivis::de(db, acteur.compte, numero).await? {
        Some(suivi) => nouvelles(db, &suivi).await,
        None => Ok(false),
    }
}

/// Notes that an instructeur looks at the files: the orange dot goes out, in all their windows.
///
/// # Errors
/// The database failed.
pub async fn voir(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let le = derniere(db, acteur.compte, numero).await?;
    let sujet = Sujet::Dossier(numero);
    vus::voir(db, acteur.compte, sujet, Rubrique::Pieces, le, maintenant).await?;
    Ok(())
}
