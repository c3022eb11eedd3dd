//! « Pièces jointes »: all the files of a dossier, for its instructeurs.

use super::vue;
use crate::acces::autorisations;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::{avis, dossier, message, piece_jointe, suivi};
use chrono::{DateTime, Utc};
use domain::champs::Reponse;
use domain::ids::{AvisId, CompteId, DossierNumero, MessageId};
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
    let noms = Noms::lire(db, &lignes).await?;
    let reponses = dossier::reponses(&dossier)?;
    let vu = suivi::de(db, acteur.compte, numero).await?.map(|suivi| vues_le(&suivi));
    let pieces = lignes
        .into_iter()
        .map(|ligne| {
            let sienne = ligne.compte == Some(acteur.compte);
            let nouvelle = !sienne && vu.is_some_and(|vu| ligne.jointe_le > vu);
            Ok(PieceDuDossier {
                origine: origine(&ligne, &reponses),
                par: noms.auteur(&ligne),
                le: temps::a_paris(ligne.jointe_le),
                nouvelle,
                piece: vue(ligne)?,
            })
        })
        .collect::<Result<_, Echec>>()?;
    let avis = avis::Entity::find().filter(avis::Column::Dossier.eq(numero)).one(db).await?;
    Ok(PiecesDuDossier { pieces, avis: avis.is_some(), annee: temps::annee(maintenant) })
}

fn origine(ligne: &piece_jointe::Model, reponses: &[Reponse]) -> OriginePiece {
    if let Some(message) = ligne.message {
        return OriginePiece::Messagerie(message);
    }
    if ligne.avis.is_some() {
        return OriginePiece::Avis;
    }
    let question = reponses.iter().find(|r| r.champ == ligne.champ);
    OriginePiece::Formulaire(question.map(|r| r.libelle.clone()).unwrap_or_default())
}

/// The latest first.
async fn toutes(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Vec<piece_jointe::Model>, Echec> {
    let mut lignes = piece_jointe::Entity::find()
        .filter(piece_jointe::Column::Dossier.eq(numero))
        .order_by_desc(piece_jointe::Column::Id)
        .all(db)
        .await?;
    let supprimes: HashSet<MessageId> = message::Entity::find()
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

/// What those who joined files are called.
struct Noms {
    comptes: HashMap<CompteId, String>,
    experts: HashMap<AvisId, String>,
}

impl Noms {
    async fn lire(
        db: &impl ConnectionTrait,
        lignes: &[piece_jointe::Model],
    ) -> Result<Self, Echec> {
        let comptes =
            crate::tables::compte::noms(db, lignes.iter().filter_map(|l| l.compte)).await?;
        let des_experts = lignes.iter().filter(|ligne| ligne.compte.is_none());
        let experts = avis::Entity::find()
            .filter(avis::Column::Id.is_in(des_experts.filter_map(|ligne| ligne.avis)))
            .all(db)
            .await?
            .into_iter()
            .map(|avis| (avis.id, avis.email))
            .collect();
        Ok(Self { comptes, experts })
    }

    fn auteur(&self, ligne: &piece_jointe::Model) -> String {
        let nom = match ligne.compte {
            Some(compte) => self.comptes.get(&compte),
            None => ligne.avis.and_then(|avis| self.experts.get(&avis)),
        };
        nom.cloned().unwrap_or_default()
    }
}

/// When a follower last looked at the files; what came before they followed is not new to them.
fn vues_le(suivi: &suivi::Model) -> DateTime<Utc> {
    suivi.pieces_vues_le.unwrap_or(suivi.depuis)
}
