//! « Demander une correction »: asking, withdrawing, declaring it done.

use crate::acces::autorisations;
use crate::contexte::Outils;
use crate::dossier::dossiers;
use crate::dossier::pieces::{self, Fichier, Place};
use crate::messagerie::fil::{self, Nouveau, RoleAuteur};
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::tables::{correction, dossier, message};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Utc};
use domain::correction::{self as textes, EtatCorrection};
use domain::dossier::EtatDossier;
use domain::ids::{DossierNumero, MessageId};
use domain::message::{GenreMessage, texte_requis};
use domain::role::Acteur;
use domain::{Champ, Erreur};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use std::collections::HashMap;

/// What is asked for, as the form says it.
#[derive(Debug, Default)]
pub struct Demande<'a> {
    /// What is to be corrected.
    pub texte: &'a str,
    /// Unique to the form: the same form sent twice is one request.
    pub cle: &'a str,
    /// The files.
    pub fichiers: Vec<Fichier>,
}

/// « Demander une correction » → « Valider »: the request, its message with its files, the usager's mail.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::EtatChange`] when the usager may not modify the dossier any more,
/// [`Erreur::CorrectionDejaDemandee`], or an error about [`Champ::Correction`] or [`Champ::Pieces`].
pub async fn demander(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    numero: DossierNumero,
    demande: Demande<'_>,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let Demande { texte, cle, fichiers } = demande;
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let unique = format!("{}:{numero}:{}", acteur.compte, maintenant.timestamp_micros());
    let mut cle = fil::cle_du_compte(acteur, cle).unwrap_or_else(|| unique.clone());
    let deja = correction::Entity::find().filter(correction::Column::Cle.eq(&cle)).one(db).await?;
    match deja {
        Some(deja) if deja.etat == EtatCorrection::Demandee.code() => return Ok(()),
        // An old form, found again by going back after its request was withdrawn or answered.
        Some(_) => cle = unique,
        None => {}
    }
    let texte = texte_requis(Champ::Correction, texte)?;
    let fichiers = pieces::admettre(fichiers).map_err(|p| Erreur::champ(Champ::Pieces, p))?;
    let etat = dossiers::etat(&dossier)?;
    if etat != EtatDossier::EnConstruction {
        return Err(Erreur::EtatChange(etat).into());
    }
    if attendue(db, numero.0).await? {
        return Err(Erreur::CorrectionDejaDemandee.into());
    }
    let ligne = correction::ActiveModel {
        dossier: Set(numero.0),
        instructeur: Set(acteur.compte.0),
        etat: Set(EtatCorrection::Demandee.code().to_owned()),
        cle: Set(cle),
        demandee_le: Set(maintenant),
        finie_le: Set(None),
        ..Default::default()
    };
    let id = match correction::Entity::insert(ligne).exec(db).await.map_err(Echec::from) {
        Ok(insere) => insere.last_insert_id,
        // Another window was faster by an instant.
        Err(echec) if echec.doublon() => return Err(Erreur::CorrectionDejaDemandee.into()),
        Err(echec) => return Err(echec),
    };
    let nouveau = Nouveau {
        dossier: numero,
        role: RoleAuteur::Instructeur,
        auteur: acteur.compte,
        genre: GenreMessage::Correction,
        corps: textes::message(&texte),
        lien: None,
        proposition: None,
        cle: Some(&cle_du_message(id)),
    };
    let message = fil::inserer_sur(db, nouveau, None, maintenant).await?;
    let place = Place::Message(message);
    pieces::joindre(db, outils, Some(acteur.compte), numero, place, fichiers, maintenant).await?;
    taches::ajouter(db, &Courriel::Correction { correction: id }, maintenant).await?;
    conclure(db, acteur, &dossier, "correction demandée", maintenant).await
}

pub(crate) fn cle_du_message(id: i64) -> String {
    format!("correction:{id}")
}

/// The message that makes a request.
pub(crate) async fn message_de(
    db: &impl ConnectionTrait,
    id: i64,
) -> Result<Option<MessageId>, Echec> {
    let cle = cle_du_message(id);
    let message = message::Entity::find().filter(message::Column::Cle.eq(cle)).one(db).await?;
    Ok(message.map(|message| MessageId(message.id)))
}

/// The request that a message makes.
pub(crate) fn du_message(message: &message::Model) -> Option<i64> {
    message.cle.as_deref()?.strip_prefix("correction:")?.parse().ok()
}

/// « Supprimer la demande de correction et ce message ». Any instructeur of the dossier may do it.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::CorrectionFinie`].
pub async fn retirer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: MessageId,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let message = message::Entity::find_by_id(id.0).one(db).await?.ok_or(Erreur::Introuvable)?;
    let numero = DossierNumero(message.dossier);
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let correction = du_message(&message).ok_or(Erreur::Introuvable)?;
    finir(db, correction, EtatCorrection::Retiree, maintenant).await?;
    let mut efface = message.into_active_model();
    efface.corps = Set(String::new());
    efface.supprime_le = Set(Some(maintenant));
    efface.update(db).await?;
    pieces::oublier_du_message(db, id).await?;
    taches::ajouter(db, &Courriel::CorrectionRetiree { correction }, maintenant).await?;
    conclure(db, acteur, &dossier, "demande de correction retirée", maintenant).await
}

/// « J'ai corrigé mon dossier ». The dossier must have been modified since it was asked for: to say that it is
/// corrected is not to correct it.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::CorrectionFinie`] when nothing waits to be corrected,
/// [`Erreur::CorrectionSansModification`].
pub async fn declarer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let dossier = autorisations::dossier_de_l_usager(db, acteur, numero).await?;
    let (derniere, etat) = derniere(db, numero.0).await?.ok_or(Erreur::CorrectionFinie)?;
    etat.devenir(EtatCorrection::Corrigee)?;
    if dossier.modifie_le.is_none_or(|le| le <= derniere.demandee_le) {
        return Err(Erreur::CorrectionSansModification.into());
    }
    finir(db, derniere.id, EtatCorrection::Corrigee, maintenant).await?;
    let nouveau = Nouveau {
        dossier: numero,
        role: RoleAuteur::Usager,
        auteur: acteur.compte,
        genre: GenreMessage::Libre,
        corps: textes::declaration().to_owned(),
        lien: None,
        proposition: None,
        cle: None,
    };
    fil::inserer(db, nouveau, maintenant).await?;
    conclure(db, acteur, &dossier, "correction déclarée", maintenant).await
}

/// The dossier goes on: the usager has nothing to correct any more.
pub(crate) async fn clore(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    match derniere(db, numero.0).await? {
        Some((derniere, EtatCorrection::Demandee)) => {
            finir(db, derniere.id, EtatCorrection::Close, maintenant).await
        }
        _ => Ok(()),
    }
}

/// Conditional: what the other side does at this very moment is not overwritten.
async fn finir(
    db: &impl ConnectionTrait,
    id: i64,
    vers: EtatCorrection,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let change = correction::Entity::update_many()
        .set(correction::ActiveModel {
            etat: Set(vers.code().to_owned()),
            finie_le: Set(Some(maintenant)),
            ..Default::default()
        })
        .filter(correction::Column::Id.eq(id))
        .filter(correction::Column::Etat.eq(EtatCorrection::Demandee.code()))
        .exec(db)
        .await?;
    if change.rows_affected == 0 { Err(Erreur::CorrectionFinie.into()) } else { Ok(()) }
}

fn etat(ligne: &correction::Model) -> Result<EtatCorrection, Echec> {
    EtatCorrection::from_code(&ligne.etat).ok_or(Echec::Illisible("état of a correction"))
}

/// The latest request of a dossier.
async fn derniere(
    db: &impl ConnectionTrait,
    dossier: i64,
) -> Result<Option<(correction::Model, EtatCorrection)>, Echec> {
    let derniere = correction::Entity::find()
        .filter(correction::Column::Dossier.eq(dossier))
        .order_by_desc(correction::Column::Id)
        .one(db)
        .await?;
    derniere.map(|ligne| etat(&ligne).map(|etat| (ligne, etat))).transpose()
}

/// Whether something is to be corrected in a dossier.
pub(crate) async fn attendue(db: &impl ConnectionTrait, dossier: i64) -> Result<bool, Echec> {
    Ok(derniere(db, dossier).await?.is_some_and(|(_, etat)| etat == EtatCorrection::Demandee))
}

/// What the badge of each of `dossiers` says: its latest request, while the usager may modify the dossier.
pub(crate) async fn badges(
    db: &impl ConnectionTrait,
    dossiers: &[dossier::Model],
) -> Result<HashMap<i64, EtatCorrection>, Echec> {
    let modifiables: Vec<i64> = dossiers
        .iter()
        .filter(|dossier| dossier.etat == EtatDossier::EnConstruction.code())
        .map(|dossier| dossier.numero)
        .collect();
    if modifiables.is_empty() {
        return Ok(HashMap::new());
    }
    let lignes = correction::Entity::find()
        .filter(correction::Column::Dossier.is_in(modifiables))
        .order_by_asc(correction::Column::Id)
        .all(db)
        .await?;
    let mut badges = HashMap::new();
    for ligne in lignes {
        badges.insert(ligne.dossier, etat(&ligne)?);
    }
    badges.retain(|_, etat| etat.badge().is_some());
    Ok(badges)
}

/// Where the requests that `messages` make stand.
pub(crate) async fn des_messages(
    db: &impl ConnectionTrait,
    messages: &[message::Model],
) -> Result<HashMap<i64, EtatCorrection>, Echec> {
    let ids: Vec<i64> = messages.iter().filter_map(du_message).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let lignes =
        correction::Entity::find().filter(correction::Column::Id.is_in(ids)).all(db).await?;
    lignes.iter().map(|ligne| Ok((ligne.id, etat(ligne)?))).collect()
}

async fn conclure(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    dossier: &dossier::Model,
    action: &str,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let objet = format!("dossier:{}", dossier.numero);
    journal::noter(db, Some(acteur.compte), action, &objet, None, maintenant).await?;
    Ok(direct::annoncer(db, &fil::sujets(dossier), maintenant).await?)
}
