//! « Demander une correction »: asking, withdrawing, declaring it done.

use crate::acces::autorisations;
use crate::demarches_simplifiees::envois::porte;
use crate::dossier::pieces::{self, Fichier, Place};
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::tables::message::{Nouveau, RoleAuteur};
use crate::tables::{correction, dossier, message};
use crate::taches::Courriel;
use domain::cle::CleDeFormulaire;
use domain::correction::EtatCorrection;
use domain::dossier::EtatDossier;
use domain::ids::{DossierNumero, MessageId};
use domain::journal::Action;
use domain::message::{GenreMessage, texte_requis};
use domain::{Champ, Erreur, correction as textes};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

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
    c: &Changement<'_>,
    numero: DossierNumero,
    demande: Demande<'_>,
) -> Result<(), Echec> {
    let Demande { texte, cle, fichiers } = demande;
    let dossier = autorisations::dossier_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    let mut cle = c.cle(numero, &cle);
    match cle.deja::<correction::Entity>(&c.tx, correction::Column::Cle).await? {
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
    if correction::attendue(&c.tx, numero).await? {
        return Err(Erreur::CorrectionDejaDemandee.into());
    }
    let ligne = correction::ActiveModel {
        dossier: Set(numero),
        instructeur: Set(c.acteur.compte),
        etat: Set(EtatCorrection::Demandee),
        cle: Set(cle.ecrite()),
        demandee_le: Set(c.maintenant),
        finie_le: Set(None),
        ..Default::default()
    };
    let id = match correction::Entity::insert(ligne).exec(&c.tx).await.map_err(Echec::from) {
        Ok(insere) => insere.last_insert_id,
        // Another window was faster by an instant.
        Err(echec) if echec.doublon() => return Err(Erreur::CorrectionDejaDemandee.into()),
        Err(echec) => return Err(echec),
    };
    let nouveau = Nouveau {
        dossier: numero,
        role: RoleAuteur::Instructeur,
        auteur: c.acteur.compte,
        genre: GenreMessage::Correction,
        corps: textes::message(&texte),
        lien: None,
        proposition: None,
        cle: Some(&correction::cle_du_message(id)),
    };
    let message = porte::ecrire(&c.tx, nouveau, None, c.maintenant).await?;
    pieces::joindre(c, numero, Place::Message(message), fichiers).await?;
    c.prevoir(&Courriel::Correction { correction: id }).await?;
    conclure(c, &dossier, Action::CorrectionDemandee).await
}

/// « Supprimer la demande de correction et ce message ». Any instructeur of the dossier may do it.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::CorrectionFinie`].
pub async fn retirer(c: &Changement<'_>, id: MessageId) -> Result<(), Echec> {
    let message = message::Entity::find_by_id(id).one(&c.tx).await?.ok_or(Erreur::Introuvable)?;
    let numero = message.dossier;
    let dossier = autorisations::dossier_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    let correction = correction::du_message(&message).ok_or(Erreur::Introuvable)?;
    correction::finir(&c.tx, correction, EtatCorrection::Retiree, c.maintenant).await?;
    let mut efface = message.into_active_model();
    efface.corps = Set(String::new());
    efface.supprime_le = Set(Some(c.maintenant));
    efface.update(&c.tx).await?;
    pieces::oublier_du_message(&c.tx, id).await?;
    c.prevoir(&Courriel::CorrectionRetiree { correction }).await?;
    conclure(c, &dossier, Action::CorrectionRetiree).await
}

/// « J'ai corrigé mon dossier ». The dossier must have been modified since it was asked for: to say that it is
/// corrected is not to correct it.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::CorrectionFinie`] when nothing waits to be corrected,
/// [`Erreur::CorrectionSansModification`].
pub async fn declarer(c: &Changement<'_>, numero: DossierNumero) -> Result<(), Echec> {
    let dossier = autorisations::dossier_de_l_usager(&c.tx, c.acteur, numero).await?;
    let derniere = correction::derniere(&c.tx, numero).await?.ok_or(Erreur::CorrectionFinie)?;
    derniere.etat.devenir(EtatCorrection::Corrigee)?;
    if dossier.modifie_le.is_none_or(|le| le <= derniere.demandee_le) {
        return Err(Erreur::CorrectionSansModification.into());
    }
    correction::finir(&c.tx, derniere.id, EtatCorrection::Corrigee, c.maintenant).await?;
    let nouveau = Nouveau {
        dossier: numero,
        role: RoleAuteur::Usager,
        auteur: c.acteur.compte,
        genre: GenreMessage::Libre,
        corps: textes::declaration().to_owned(),
        lien: None,
        proposition: None,
        cle: None,
    };
    porte::ecrire(&c.tx, nouveau, None, c.maintenant).await?;
    conclure(c, &dossier, Action::CorrectionDeclaree).await
}

async fn conclure(
    c: &Changement<'_>,
    dossier: &dossier::Model,
    action: Action,
) -> Result<(), Echec> {
    let numero = dossier.numero;
    c.noter(action, numero).await?;
    c.annoncer(&dossier::sujets(dossier)).await
}
