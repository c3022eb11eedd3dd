//! The same thing done to several dossiers of a page.

use super::rangements;
use crate::acces::autorisations;
use crate::contexte::Contexte;
use crate::dossier::examen::instruction::{self, Demande};
use crate::dossier::examen::suivis;
use crate::dossier::expirations;
use crate::rendez_vous::propositions;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use domain::Erreur;
use domain::cle::CleDeFormulaire;
use domain::dossier::Place;
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::instruction::Geste;
use domain::liste::{Bilan, Lot};
use domain::message::texte_facultatif;
use domain::role::{Acteur, Role};
use std::collections::BTreeSet;

/// More than a page shows: an address made by hand.
const DOSSIERS_MAX: usize = 100;

/// What is asked, as the form says it.
#[derive(Debug, Clone)]
pub struct LotDemande<'a> {
    /// From the list of which démarche.
    pub demarche: DemarcheNumero,
    /// What.
    pub lot: Lot,
    /// To which.
    pub dossiers: &'a [DossierNumero],
    /// « Message complémentaire » of [`Lot::Proposer`].
    pub complement: &'a str,
    /// Unique to the form: the same form sent twice counts once.
    pub cle: CleDeFormulaire,
}

/// Does it to each, each on its own: what one refuses does not keep the others from it.
///
/// # Errors
/// [`Erreur::Introuvable`] when they examine nothing of the démarche, an error about [`domain::Champ::Complement`]: nothing
/// was done then. What a dossier refuses is in the report.
pub async fn faire(
    contexte: &Contexte,
    acteur: &Acteur,
    demande: LotDemande<'_>,
) -> Result<Bilan, Echec> {
    let db = contexte.base.lire();
    autorisations::demarche_de_l_instructeur(db, acteur, demande.demarche).await?;
    texte_facultatif(domain::Champ::Complement, demande.complement)?;
    let mut bilan = Bilan { lot: demande.lot, faits: 0, refus: vec![] };
    let dossiers: BTreeSet<DossierNumero> = demande.dossiers.iter().copied().collect();
    for numero in dossiers.into_iter().take(DOSSIERS_MAX) {
        match contexte.changer(acteur, async |c| un(c, &demande, numero).await).await {
            Ok(()) => bilan.faits += 1,
            Err(echec) => bilan.refus.push((numero, echec.pour_l_ecran())),
        }
    }
    Ok(bilan)
}

async fn un(
    c: &Changement<'_>,
    demande: &LotDemande<'_>,
    numero: DossierNumero,
) -> Result<(), Echec> {
    let cle = demande.cle.clone();
    match demande.lot {
        Lot::Suivre => suivis::changer(c, numero, true).await,
        Lot::Instruire => {
            let geste = Geste::PasserEnInstruction;
            instruction::traiter(c, numero, Demande { geste, motivation: "", cle }).await
        }
        Lot::Proposer => propositions::proposer(c, numero, demande.complement, cle).await,
        Lot::Conserver => expirations::prolonger(c, numero, Role::Instructeur).await,
        Lot::Archiver => rangements::ranger(c, numero, Place::Archives).await,
        Lot::Supprimer => rangements::ranger(c, numero, Place::Supprimes).await,
        Lot::Restaurer => rangements::ranger(c, numero, Place::Liste).await,
    }
}

/// Whether a lot may be asked for at all: the word of a form.
///
/// # Errors
/// [`Erreur::Introuvable`] for a word that no form of ours says.
pub fn lot(code: &str) -> Result<Lot, Echec> {
    Lot::from_code(code).ok_or(Erreur::Introuvable.into())
}
