//! The label of a dossier follows its tag. What is asked is noted before it leaves, and what is there once the platform answered:
//! a task done twice changes nothing, and one whose answer was lost leaves nothing behind.

use super::faits::Faits;
use super::requetes::{AjouterEtiquette, Mutation, RetirerEtiquette};
use crate::contexte::Contexte;
use crate::courriels::EchecEnvoi;
use crate::demarches_simplifiees::client::{Distante, refus};
use crate::rendez_vous::tag;
use crate::tables::{miroir, raccordement};
use domain::dossier::Tag;
use domain::ids::DossierNumero;
use domain::raccordement::{ErreurDistante, Etiquette};
use sea_orm::ActiveValue::Set;

/// What the platform answers when the label is there already: it says it in words only.
const DEJA: &str = "déjà associé";

/// Puts the label that the tag of a dossier calls for in the place of the one that we put last; gives whether something had to
/// change.
pub(super) async fn poser(contexte: &Contexte, numero: DossierNumero) -> Result<bool, EchecEnvoi> {
    let db = contexte.base.lire();
    let Some(faits) = Faits::lire(db, numero).await? else { return Ok(false) };
    let synthese = tag::synthese(db, numero, contexte.horloge.maintenant()).await?;
    let voulue = match synthese.tag {
        Some(Tag::RdvPropose) => Some(Etiquette::Propose),
        Some(Tag::RdvPris) => Some(Etiquette::Pris),
        Some(Tag::RdvAnnule) | None => None,
    };
    // A démarche that has no such label works without.
    let voulue = voulue.filter(|voulue| id(&faits.raccordement, *voulue).is_some());
    let posee = faits.miroir.etiquette;
    let incertaine = faits.miroir.etiquette_incertaine;
    if voulue == posee && !incertaine {
        return Ok(false);
    }
    let distante = faits.ouvrir(contexte).await?;
    let geste = Geste { contexte, faits: &faits, distante };
    let depart = miroir::ActiveModel { etiquette_incertaine: Set(true), ..Default::default() };
    faits.noter(contexte, depart).await?;
    for etiquette in [Etiquette::Propose, Etiquette::Pris] {
        if Some(etiquette) != voulue && (incertaine || Some(etiquette) == posee) {
            geste.retirer(etiquette).await?;
        }
    }
    if let Some(voulue) = voulue {
        geste.ajouter(voulue).await?;
    }
    let arrivee = miroir::ActiveModel {
        etiquette: Set(voulue),
        etiquette_incertaine: Set(false),
        ..Default::default()
    };
    faits.noter(contexte, arrivee).await?;
    Ok(true)
}

/// The platform's id of a label of the démarche, if it has one.
fn id(raccordement: &raccordement::Model, etiquette: Etiquette) -> Option<&str> {
    match etiquette {
        Etiquette::Propose => raccordement.etiquette_propose.as_deref(),
        Etiquette::Pris => raccordement.etiquette_pris.as_deref(),
    }
}

struct Geste<'a> {
    contexte: &'a Contexte,
    faits: &'a Faits,
    distante: Distante,
}

impl Geste<'_> {
    async fn ajouter(&self, etiquette: Etiquette) -> Result<(), EchecEnvoi> {
        let Some(label) = id(&self.faits.raccordement, etiquette) else { return Ok(()) };
        let dossier_id = self.faits.miroir.id_distant.clone();
        let input = AjouterEtiquette { dossier_id, label_id: label.to_owned() };
        let repondu = self.distante.demander(&Mutation { input }).await;
        match repondu.and_then(|lu| refus(lu.fait.errors.as_deref())) {
            Ok(()) => Ok(()),
            Err(ErreurDistante::Refusee(dit)) if dit.contains(DEJA) => Ok(()),
            Err(erreur) => Err(self.faits.echec(self.contexte, erreur).await),
        }
    }

    async fn retirer(&self, etiquette: Etiquette) -> Result<(), EchecEnvoi> {
        let Some(label) = id(&self.faits.raccordement, etiquette) else { return Ok(()) };
        let dossier_id = self.faits.miroir.id_distant.clone();
        let input = RetirerEtiquette { dossier_id, label_id: label.to_owned() };
        let repondu = self.distante.demander(&Mutation { input }).await;
        match repondu.and_then(|lu| refus(lu.fait.errors.as_deref())) {
            // It was taken off there, or the démarche has it no more.
            Ok(()) | Err(ErreurDistante::Refusee(_)) => Ok(()),
            Err(erreur) => Err(self.faits.echec(self.contexte, erreur).await),
        }
    }
}
