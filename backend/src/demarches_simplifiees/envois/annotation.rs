//! The annotation « Rendez-vous » of a dossier: when, where, and the way here. Filled with what is so when it is filled.

use super::auteur;
use super::faits::Faits;
use super::requetes::{Annotation, ModifierAnnotations, Mutation, Valeur};
use crate::contexte::Contexte;
use crate::courriels::EchecEnvoi;
use crate::demarches_simplifiees::client::refus;
use crate::rendez_vous::montrer;
use crate::socle::erreur::Echec;
use crate::socle::secrets::coffre;
use crate::tables::{miroir, proposition, rendez_vous};
use domain::chemin::{Chemin, Onglet};
use domain::ids::{CompteId, DossierNumero};
use domain::raccordement::texte;
use domain::vues::RendezVousVue;
use sea_orm::{ActiveValue::Set, ConnectionTrait};

/// Fills the annotation of a dossier, when its démarche has one; gives whether something had to change.
pub(super) async fn remplir(
    contexte: &Contexte,
    numero: DossierNumero,
) -> Result<bool, EchecEnvoi> {
    let db = contexte.base.lire();
    let Some(faits) = Faits::lire(db, numero).await? else { return Ok(false) };
    let Some(annotation) = faits.raccordement.annotation.clone() else { return Ok(false) };
    let maintenant = contexte.horloge.maintenant();
    let siens = montrer::vues(db, &[numero], maintenant).await?;
    let page = Chemin::Onglet(numero, Onglet::Messagerie);
    let page = format!("{}{page}", contexte.outils.reglages.app_url.as_str().trim_end_matches('/'));
    let dit = texte::annotation(le_sien(&siens).map(|(_, vue)| vue), &page);
    let empreinte = (!dit.is_empty()).then(|| coffre::empreinte(&dit));
    if empreinte == faits.miroir.annotation && !faits.miroir.annotation_incertaine {
        return Ok(false);
    }
    let distante = faits.ouvrir(contexte).await?;
    let voulus = voulus(db, numero, le_sien(&siens).map(|(ligne, _)| ligne)).await?;
    let auteur = auteur::choisir(db, &faits.raccordement, faits.dossier.groupe, &voulus);
    let instructeur_id = auteur.await?.map_err(EchecEnvoi::Distant)?;
    // It may be there even when no answer comes.
    let depart = miroir::ActiveModel { annotation_incertaine: Set(true), ..Default::default() };
    faits.noter(contexte, depart).await?;
    let input = ModifierAnnotations {
        dossier_id: faits.miroir.id_distant.clone(),
        instructeur_id,
        annotations: vec![Annotation { id: annotation, value: Valeur { text: dit } }],
    };
    let lu = match distante.demander(&Mutation { input }).await {
        Ok(lu) => lu.fait,
        Err(erreur) => return Err(faits.echec(contexte, erreur).await),
    };
    // Ours is the only one: done, whatever else is said.
    let faite = lu.annotations.is_some_and(|faites| !faites.is_empty());
    if !faite && let Err(erreur) = refus(lu.errors.as_deref()) {
        return Err(faits.echec(contexte, erreur).await);
    }
    let arrivee = miroir::ActiveModel {
        annotation: Set(empreinte),
        annotation_incertaine: Set(false),
        ..Default::default()
    };
    faits.noter(contexte, arrivee).await?;
    Ok(true)
}

/// The rendez-vous that is to be told of: the next one, else the latest that was not cancelled.
fn le_sien(
    siens: &[(rendez_vous::Model, RendezVousVue)],
) -> Option<&(rendez_vous::Model, RendezVousVue)> {
    let tenu = || siens.iter().rev().find(|(_, vue)| !vue.situation.annule());
    siens.iter().find(|(_, vue)| vue.a_venir).or_else(tenu)
}

/// In whose name, the first that may: whoever proposed it, or attached it.
async fn voulus(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
    rdv: Option<&rendez_vous::Model>,
) -> Result<Vec<CompteId>, Echec> {
    let mut voulus: Vec<CompteId> = rdv.and_then(|rdv| rdv.instructeur).into_iter().collect();
    let courante = proposition::courante(db, numero).await?;
    voulus.extend(courante.map(|courante| courante.instructeur));
    Ok(voulus)
}
