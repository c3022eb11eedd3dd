//! The usager's tab « Rendez-vous ».

use crate::acces::autorisations;
use crate::rendez_vous::montrer;
use crate::rendez_vous::tag;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::regards::{self, Rubrique};
use crate::tables::proposition;
use domain::dossier::Tag;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::OngletRendezVous;

/// How many of the rendez-vous that are over a page shows.
const PASSES_MAX: usize = 50;

/// The usager's tab « Rendez-vous ». Looking at it removes the orange dot.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn onglet(c: &Changement<'_>, numero: DossierNumero) -> Result<OngletRendezVous, Echec> {
    autorisations::dossier_de_l_usager(&c.tx, c.acteur, numero).await?;
    let tous = montrer::vues(&c.tx, &[numero], c.maintenant).await?;
    let change_le = tous.iter().map(|(ligne, _)| ligne.change_le).max();
    let (sujet, rubrique) = (Sujet::Dossier(numero), Rubrique::RendezVous);
    regards::voir(c, sujet, rubrique, change_le, c.maintenant).await?;
    let (a_venir, mut passes): (Vec<_>, Vec<_>) =
        tous.into_iter().map(|(_, vue)| vue).partition(|vue| vue.a_venir);
    passes.reverse();
    passes.truncate(PASSES_MAX);
    let proposition = proposition::en_attente(&c.tx, &[numero]).await?.remove(&numero);
    let synthese = tag::synthese(&c.tx, numero, c.maintenant).await?;
    let annule = synthese.a_montrer.filter(|_| synthese.tag == Some(Tag::RdvAnnule));
    Ok(OngletRendezVous { a_venir, passes, proposition, annule })
}
