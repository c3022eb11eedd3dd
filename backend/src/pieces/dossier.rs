//! « Pièces jointes »: all the files of a dossier, for its instructeurs.

use super::vue;
use crate::autorisations;
use crate::dossiers;
use crate::entities::{compte, message, piece_jointe, suivi};
use crate::erreur::Echec;
use crate::suivis;
use crate::temps;
use chrono::{DateTime, Utc};
use domain::champs::Reponse;
use domain::ids::{ChampId, DossierNumero, MessageId};
use domain::role::Acteur;
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
    let vu = suivis::de(db, acteur.compte, numero).await?.map(|suivi| vues_le(&suivi));
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
fn vues_le(suivi: &suivi::Model) -> DateTime<Utc> {
    suivi.pieces_vues_le.unwrap_or(suivi.depuis)
}
