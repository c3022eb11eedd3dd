//! To the usager: « La proposition de rendez-vous est retirée ».

use super::proposition::lire;
use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, email};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::{Pied, Pourquoi};
use crate::rendez_vous::tag;
use crate::taches::{self, Courriel, Sort};
use domain::dossier::Tag;
use domain::ids::PropositionId;
use domain::proposition::EtatProposition;

/// Composes the mail. `None` when the mail that it takes back never left, or when something else replaces what was
/// withdrawn.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    id: PropositionId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let db = contexte.base.lire();
    let Some((proposition, cadre, dossier)) = lire(contexte, id).await? else { return Ok(None) };
    let premier = Courriel::Proposition { proposition: id };
    let jamais_dit = taches::sort(db, &premier, None).await? == Some(Sort::PasEnvoye);
    let maintenant = contexte.horloge.maintenant();
    // Another proposition, or a rendez-vous taken otherwise: they have their own mail.
    let synthese = tag::synthese(db, dossier.numero, maintenant).await?;
    let remplacee = matches!(synthese.tag, Some(Tag::RdvPropose | Tag::RdvPris));
    if jamais_dit || remplacee || proposition.etat != EtatProposition::Retiree {
        return Ok(None);
    }
    Ok(Some(rediger(&cadre, email(contexte, dossier.usager).await?)))
}

pub(in crate::courriels) fn rediger(cadre: &Cadre, a: String) -> Lettre {
    let Cadre { dossier, titre, service, .. } = cadre;
    Gabarit::new(format!(
        "La proposition de rendez-vous est retirée pour votre dossier n°{dossier} «\u{a0}{titre}\u{a0}»"
    ))
    .du_dossier(
        cadre,
        "L'administration a retiré la proposition de rendez-vous qui vous avait été faite pour votre dossier",
        ".",
    )
    .dit("Vous n'avez plus à choisir de créneau\u{a0}: ne tenez pas compte de notre courriel précédent.")
    .bouton(&cadre.messagerie_usager(), "Ouvrir la messagerie")
    .signe(service)
    .pied(Pied::de(cadre, &a))
    .pour(a, &cadre.site, &Pourquoi::ADepose(*dossier))
}
