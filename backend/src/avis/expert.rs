//! The expert's side: the page that their link opens, and their answer. Without an account: who holds the link
//! acts.

use super::{conclure, noms};
use crate::autorisations::{avis_de_l_expert, membres_du_groupe};
use crate::dossiers;
use crate::entities::{avis, dossier, jeton_avis, suivi};
use crate::erreur::Echec;
use crate::hasard::Hasard;
use crate::pieces;
use crate::sessions::empreinte;
use crate::taches::{self, Tache};
use crate::temps;
use chrono::{DateTime, Utc};
use domain::avis::{EtatAvis, GesteAvis};
use domain::ids::{AvisId, CompteId};
use domain::message::texte_requis;
use domain::vues::{AvisPartage, PageAvis};
use domain::{Champ, Erreur};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::BTreeSet;

/// Makes a link for a request; gives its token, which is kept nowhere but in the mail that brings it. Those made
/// before still open the page: a mail that is sent again must not close the one already read.
///
/// # Errors
/// The database failed.
pub(crate) async fn nouveau_jeton(
    db: &impl ConnectionTrait,
    hasard: &Hasard,
    avis: AvisId,
    maintenant: DateTime<Utc>,
) -> Result<String, Echec> {
    let jeton = hasard.secret();
    let ligne = jeton_avis::ActiveModel {
        empreinte: Set(empreinte(&jeton)),
        avis: Set(avis.0),
        cree_le: Set(maintenant),
    };
    jeton_avis::Entity::insert(ligne).exec_without_returning(db).await?;
    Ok(jeton)
}

/// What a personal link opens.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn page(
    db: &impl ConnectionTrait,
    jeton: &str,
    maintenant: DateTime<Utc>,
) -> Result<PageAvis, Echec> {
    let (avis, etat, dossier) = avis_de_l_expert(db, jeton, maintenant).await?;
    let demarche = dossiers::demarche(db, &dossier).await?;
    let numero = domain::ids::DossierNumero(dossier.numero);
    let ouvert = etat != EtatAvis::Clos;
    let pieces =
        if ouvert { pieces::des_avis(db, [avis.id]).await?.remove(&avis.id) } else { None };
    let autres = if ouvert { partages(db, &avis).await? } else { vec![] };
    let mut par = noms(db, [avis.instructeur]).await?;
    Ok(PageAvis {
        numero,
        titre: demarche.titre,
        service: demarche.service,
        demande_par: par.remove(&avis.instructeur).unwrap_or_default(),
        pieces: pieces.unwrap_or_default(),
        etat,
        rendu_le: avis.rendu_le.map(temps::a_paris),
        expire_le: temps::a_paris(avis.expire_le).date(),
        demande: if ouvert { Some(dossiers::demande(db, dossier).await?) } else { None },
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
    let lignes = avis::Entity::find()
        .filter(avis::Column::Dossier.eq(sien.dossier))
        .filter(avis::Column::Id.ne(sien.id))
        .filter(avis::Column::Confidentiel.eq(false))
        .filter(avis::Column::Etat.is_in([EtatAvis::Rendu.code(), EtatAvis::Clos.code()]))
        .order_by_asc(avis::Column::Id)
        .all(db)
        .await?;
    Ok(lignes
        .into_iter()
        .map(|ligne| AvisPartage {
            email: ligne.email,
            question: ligne.question,
            reponse: ligne.reponse.unwrap_or_default(),
        })
        .collect())
}

/// « Envoyer mon avis », « Modifier mon avis »: the answer; those who asked or follow the dossier have a mail and
/// an orange dot. The same answer sent twice changes nothing the second time.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::AvisClos`], or an error about [`Champ::Avis`].
pub async fn repondre(
    db: &impl ConnectionTrait,
    jeton: &str,
    reponse: &str,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let (avis, etat, dossier) = avis_de_l_expert(db, jeton, maintenant).await?;
    let apres = etat.apres(GesteAvis::Repondre)?;
    let reponse = texte_requis(Champ::Avis, reponse)?;
    if avis.reponse.as_deref() == Some(reponse.as_str()) {
        return Ok(());
    }
    // Conditional: it may be withdrawn or closed at this very moment.
    let change = avis::Entity::update_many()
        .set(avis::ActiveModel {
            etat: Set(apres.code().to_owned()),
            reponse: Set(Some(reponse)),
            rendu_le: Set(Some(maintenant)),
            ..Default::default()
        })
        .filter(avis::Column::Id.eq(avis.id))
        .filter(avis::Column::Etat.eq(etat.code()))
        .exec(db)
        .await?;
    if change.rows_affected == 0 {
        return Err(Erreur::AvisChange.into());
    }
    let id = AvisId(avis.id);
    for compte in a_prevenir(db, &avis, &dossier).await? {
        taches::ajouter(db, &Tache::CourrielAvisRendu { avis: id, compte }, maintenant).await?;
    }
    let action =
        if etat == EtatAvis::Rendu { "avis modifié" } else { GesteAvis::Repondre.journal() };
    conclure(db, None, &dossier, action, id, maintenant).await
}

/// Who asked, and those who follow the dossier, as far as they may still see it; otherwise all who may.
async fn a_prevenir(
    db: &impl ConnectionTrait,
    avis: &avis::Model,
    dossier: &dossier::Model,
) -> Result<Vec<CompteId>, Echec> {
    let membres = membres_du_groupe(db, dossier.groupe).await?;
    let suiveurs: Vec<i64> = suivi::Entity::find()
        .filter(suivi::Column::Dossier.eq(dossier.numero))
        .select_only()
        .column(suivi::Column::Compte)
        .into_tuple()
        .all(db)
        .await?;
    let voulus: BTreeSet<CompteId> =
        suiveurs.into_iter().chain([avis.instructeur]).map(CompteId).collect();
    let presents: Vec<CompteId> =
        membres.iter().copied().filter(|membre| voulus.contains(membre)).collect();
    Ok(if presents.is_empty() { membres } else { presents })
}
