//! To the usager: « Votre dossier expire le… ».

use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, cadre_meme_supprime, email};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::{Pied, Pourquoi};
use chrono::NaiveDate;
use domain::dossier::EtatDossier;
use domain::francais;
use domain::ids::DossierNumero;

/// Composes the mail. `None` once the dossier will no longer expire.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    numero: DossierNumero,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let (cadre, dossier) = cadre_meme_supprime(contexte, numero).await?;
    let en_construction = dossier.etat == EtatDossier::EnConstruction;
    if dossier.expiration_annoncee_le.is_none() || dossier.supprime_le.is_some() || !en_construction
    {
        return Ok(None);
    }
    let Some(le) = dossier.garde_jusqu_au else { return Ok(None) };
    Ok(Some(rediger(&cadre, le, email(contexte, dossier.usager).await?)))
}

pub(in crate::courriels) fn rediger(cadre: &Cadre, le: NaiveDate, a: String) -> Lettre {
    let Cadre { dossier, titre, service, .. } = cadre;
    let jour = francais::date(le);
    Gabarit::new(format!("Votre dossier n°{dossier} expire le {jour} «\u{a0}{titre}\u{a0}»"))
        .du_dossier(
            cadre,
            "Votre dossier",
            &format!(
                " est encore en construction et arrive au terme de sa durée de conservation. Il sera supprimé le {jour}."
            ),
        )
        .dit("Si vous en avez encore besoin, ouvrez-le et choisissez «\u{a0}Conserver un mois de plus\u{a0}». Si l'administration commence à l'examiner, il n'expirera pas.")
        .bouton(&cadre.lien(&format!("/dossiers/{dossier}/resume")), "Ouvrir mon dossier")
        .signe(service)
        .pied(Pied::de(cadre, &a))
        .pour(a, &cadre.site, &Pourquoi::ADepose(*dossier))
}
