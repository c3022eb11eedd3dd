//! The expert's side: the page that their link opens, and their answer. Without an account: who holds the link
//! acts.

use super::{detail, sujets};
use crate::acces::autorisations::{avis_de_l_expert, avis_partages};
use crate::demarche::avertissements::decision::{self, Cause};
use crate::dossier::demande;
use crate::dossier::pieces::{self, Admis, Fichier, Place};
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::socle::outils::Outils;
use crate::socle::temps;
use crate::socle::verrous;
use crate::tables::compte::noms;
use crate::tables::{avis, dossier, groupe, suivi};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Utc};
use domain::avis::{EtatAvis, GesteAvis};
use domain::fichier::compter;
use domain::ids::{CompteId, PieceId};
use domain::journal::Action;
use domain::message::texte_requis;
use domain::vues::{AvisPartage, PageAvis};
use domain::{Champ, Erreur};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// What a personal link opens.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn page(
    db: &impl ConnectionTrait,
    jeton: &str,
    maintenant: DateTime<Utc>,
) -> Result<PageAvis, Echec> {
    let (avis, dossier) = avis_de_l_expert(db, jeton, maintenant).await?;
    let demarche = dossier::demarche(db, &dossier).await?;
    let numero = dossier.numero;
    let ouvert = avis.etat != EtatAvis::Clos;
    let pieces = pieces::des_avis(db, [avis.id]).await?.remove(&avis.id).unwrap_or_default();
    let autres = if ouvert { partages(db, &avis).await? } else { vec![] };
    let mut par = noms(db, [avis.instructeur]).await?;
    Ok(PageAvis {
        numero,
        titre: demarche.titre,
        service: demarche.service,
        demande_par: par.remove(&avis.instructeur).unwrap_or_default(),
        pieces: if ouvert { pieces.question } else { vec![] },
        pieces_rendues: pieces.reponse,
        etat: avis.etat,
        rendu_le: avis.rendu_le.map(temps::a_paris),
        expire_le: temps::a_paris(avis.expire_le).date(),
        demande: if ouvert { Some(demande::lire(db, dossier).await?) } else { None },
        autres,
        question: avis.question,
        confidentiel: avis.confidentiel,
        reponse: avis.reponse.unwrap_or_default(),
    })
}

/// What the other experts answered about the same dossier and do not keep to the instructeurs.
async fn partages(
    db: &impl ConnectionTrait,
    sien: &avis::Model,
) -> Result<Vec<AvisPartage>, Echec> {
    let lignes = avis_partages(sien).order_by_asc(avis::Column::Id).all(db).await?;
    let mut pieces = pieces::des_avis(db, lignes.iter().map(|avis| avis.id)).await?;
    Ok(lignes
        .into_iter()
        .map(|ligne| AvisPartage {
            pieces: pieces.remove(&ligne.id).unwrap_or_default().reponse,
            email: ligne.email,
            question: ligne.question,
            reponse: ligne.reponse.unwrap_or_default(),
        })
        .collect())
}

/// What an expert answers, as their form says it.
#[derive(Debug, Default)]
pub struct Reponse<'a> {
    /// Their opinion.
    pub texte: &'a str,
    /// Those of the files that they joined before, to be taken away.
    pub retirer: Vec<PieceId>,
    /// The files that they join.
    pub fichiers: Vec<Fichier>,
}

/// Whether what is sent with a personal link may still be kept: not once the opinion is closed. To be asked before
/// files are received.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn peut_repondre(
    db: &impl ConnectionTrait,
    jeton: &str,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    let (avis, _) = avis_de_l_expert(db, jeton, maintenant).await?;
    Ok(avis.etat.apres(GesteAvis::Repondre).is_ok())
}

/// « Envoyer mon avis », « Modifier mon avis »: the answer and its files; those who asked or follow the dossier have a
/// mail and an orange dot. The same form sent twice changes nothing the second time.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::AvisClos`], or an error about [`Champ::Avis`] or [`Champ::Pieces`].
pub async fn repondre(
    db: &impl ConnectionTrait,
    outils: &Outils,
    jeton: &str,
    reponse: Reponse<'_>,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let (avis, dossier) = verrouiller(db, jeton, maintenant).await?;
    let apres = avis.etat.apres(GesteAvis::Repondre)?;
    let texte = texte_requis(Champ::Avis, reponse.texte)?;
    let sur_les_pieces = |probleme| Erreur::champ(Champ::Pieces, probleme);
    let fichiers = pieces::admettre(reponse.fichiers).map_err(sur_les_pieces)?;
    let empreinte = empreinte_de(&texte, &reponse.retirer, &fichiers);
    if avis.empreinte.as_ref() == Some(&empreinte) {
        return Ok(());
    }
    let deja = pieces::des_avis(db, [avis.id]).await?.remove(&avis.id).unwrap_or_default().reponse;
    let (retirees, gardees): (Vec<_>, Vec<_>) =
        deja.into_iter().map(|piece| piece.id).partition(|id| reponse.retirer.contains(id));
    compter(gardees.len(), fichiers.len()).map_err(sur_les_pieces)?;
    let meme_texte = avis.reponse.as_ref() == Some(&texte);
    if meme_texte && retirees.is_empty() && fichiers.is_empty() {
        return Ok(());
    }
    let ligne = avis::ActiveModel {
        etat: Set(apres),
        reponse: Set(Some(texte)),
        rendu_le: Set(Some(maintenant)),
        empreinte: Set(Some(empreinte)),
        ..Default::default()
    };
    avis::Entity::update_many().set(ligne).filter(avis::Column::Id.eq(avis.id)).exec(db).await?;
    pieces::oublier_de_l_expert(db, avis.id, &retirees).await?;
    let (numero, place) = (dossier.numero, Place::Avis(avis.id));
    pieces::garder(db, outils, None, (numero, place), fichiers, maintenant).await?;
    annoncer(db, &avis, &dossier, maintenant).await
}

/// What a link opens, for a change: what is sent or done at the same moment waits for it, and sees it done.
async fn verrouiller(
    db: &impl ConnectionTrait,
    jeton: &str,
    maintenant: DateTime<Utc>,
) -> Result<(avis::Model, dossier::Model), Echec> {
    let (avis, ..) = avis_de_l_expert(db, jeton, maintenant).await?;
    verrous::avis(db, avis.id).await?;
    avis_de_l_expert(db, jeton, maintenant).await
}

/// What tells a form that was sent from another.
fn empreinte_de(texte: &str, retirer: &[PieceId], fichiers: &[Admis]) -> String {
    let mut contenu = Sha256::new();
    contenu.update(Sha256::digest(texte));
    for id in retirer {
        contenu.update(id.0.to_be_bytes());
    }
    contenu.update(pieces::empreinte(fichiers));
    hex::encode(contenu.finalize())
}

/// Says that an opinion was given, or changed.
async fn annoncer(
    db: &impl ConnectionTrait,
    avis: &avis::Model,
    dossier: &dossier::Model,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let id = avis.id;
    let concernes = a_prevenir(db, avis, dossier).await?;
    for compte in decision::avertir(db, dossier, Cause::Avis(id), &concernes, maintenant).await? {
        taches::ajouter(db, &Courriel::AvisRendu { avis: id, compte }, maintenant).await?;
    }
    let action = if avis.etat == EtatAvis::Rendu {
        Action::AvisModifie
    } else {
        GesteAvis::Repondre.journal()
    };
    let numero = dossier.numero;
    journal::noter(db, None, action, numero, Some(detail(id)), maintenant).await?;
    Ok(direct::annoncer(db, &sujets(dossier), maintenant).await?)
}

/// Who asked, and those who follow the dossier, as far as they may still see it; otherwise all who may.
async fn a_prevenir(
    db: &impl ConnectionTrait,
    avis: &avis::Model,
    dossier: &dossier::Model,
) -> Result<Vec<CompteId>, Echec> {
    let membres = groupe::membres(db, dossier.groupe).await?;
    let suiveurs = suivi::suiveurs(db, dossier.numero).await?;
    let voulus: BTreeSet<CompteId> = suiveurs.into_iter().chain([avis.instructeur]).collect();
    let presents: Vec<CompteId> =
        membres.iter().copied().filter(|membre| voulus.contains(membre)).collect();
    Ok(if presents.is_empty() { membres } else { presents })
}
