//! « Demander une correction »: asking, withdrawing, declaring it done.

use crate::acces::autorisations;
use crate::dossier::pieces::{self, Fichier, Place};
use crate::socle::cle::Cle;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::socle::outils::Outils;
use crate::tables::message::{Nouveau, RoleAuteur};
use crate::tables::{correction, dossier, message};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Utc};
use domain::cle::CleDeFormulaire;
use domain::correction::EtatCorrection;
use domain::dossier::EtatDossier;
use domain::ids::{DossierNumero, MessageId};
use domain::journal::Action;
use domain::message::{GenreMessage, texte_requis};
use domain::role::Acteur;
use domain::{Champ, Erreur, correction as textes};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};

/// What is asked for, as the form says it.
#[derive(Debug, Default)]
pub struct Demande<'a> {
    /// What is to be corrected.
    pub texte: &'a str,
    /// Unique to the form: the same form sent twice is one request.
    pub cle: CleDeFormulaire,
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
    let mut cle = Cle::de(acteur, numero, &cle, maintenant);
    match cle.deja::<correction::Entity>(db, correction::Column::Cle).await? {
        Some(deja) if deja.etat == EtatCorrection::Demandee => return Ok(()),
        Some(_) => cle = cle.renouvelee(),
        None => {}
    }
    let texte = texte_requis(Champ::Correction, texte)?;
    let fichiers = pieces::admettre(fichiers).map_err(|p| Erreur::champ(Champ::Pieces, p))?;
    let etat = dossier.etat;
    if etat != EtatDossier::EnConstruction {
        return Err(Erreur::EtatChange(etat).into());
    }
    if correction::attendue(db, numero).await? {
        return Err(Erreur::CorrectionDejaDemandee.into());
    }
    let ligne = correction::ActiveModel {
        dossier: Set(numero),
        instructeur: Set(acteur.compte),
        etat: Set(EtatCorrection::Demandee),
        cle: Set(cle.ecrite()),
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
        cle: Some(&correction::cle_du_message(id)),
    };
    let message = message::inserer_sur(db, nouveau, None, maintenant).await?;
    let place = Place::Message(message);
    pieces::joindre(db, outils, Some(acteur.compte), numero, place, fichiers, maintenant).await?;
    taches::ajouter(db, &Courriel::Correction { correction: id }, maintenant).await?;
    conclure(db, acteur, &dossier, Action::CorrectionDemandee, maintenant).await
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
    let message = message::Entity::find_by_id(id).one(db).await?.ok_or(Erreur::Introuvable)?;
    let numero = message.dossier;
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let correction = correction::du_message(&message).ok_or(Erreur::Introuvable)?;
    correction::finir(db, correction, EtatCorrection::Retiree, maintenant).await?;
    let mut efface = message.into_active_model();
    efface.corps = Set(String::new());
    efface.supprime_le = Set(Some(maintenant));
    efface.update(db).await?;
    pieces::oublier_du_message(db, id).await?;
    taches::ajouter(db, &Courriel::CorrectionRetiree { correction }, maintenant).await?;
    conclure(db, acteur, &dossier, Action::CorrectionRetiree, maintenant).await
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
    let derniere = correction::derniere(db, numero).await?.ok_or(Erreur::CorrectionFinie)?;
    derniere.etat.devenir(EtatCorrection::Corrigee)?;
    if dossier.modifie_le.is_none_or(|le| le <= derniere.demandee_le) {
        return Err(Erreur::CorrectionSansModification.into());
    }
    correction::finir(db, derniere.id, EtatCorrection::Corrigee, maintenant).await?;
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
    message::inserer(db, nouveau, maintenant).await?;
    conclure(db, acteur, &dossier, Action::CorrectionDeclaree, maintenant).await
}

async fn conclure(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    dossier: &dossier::Model,
    action: Action,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let numero = dossier.numero;
    journal::noter(db, Some(acteur.compte), action, numero, None, maintenant).await?;
    Ok(direct::annoncer(db, &dossier::sujets(dossier), maintenant).await?)
}
