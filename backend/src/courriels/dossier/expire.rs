//! To the usager: « Votre dossier a expiré ».

use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, cadre_meme_supprime, email};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::{Pied, Pourquoi};
use crate::socle::temps;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::conservation::RESTAURABLE_JOURS;
use domain::francais;
use domain::ids::DossierNumero;

/// Composes the mail. `None` once the dossier was restored.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    numero: DossierNumero,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let (cadre, dossier) = cadre_meme_supprime(contexte, numero).await?;
    let Some(le) = dossier.supprime_le else { return Ok(None) };
    let a = email(contexte, dossier.usager).await?;
    Ok(Some(rediger(&cadre, restaurable_jusqu_au(le), a)))
}

/// The last day on which it can be restored for sure.
fn restaurable_jusqu_au(supprime_le: DateTime<Utc>) -> NaiveDate {
    temps::a_paris(supprime_le + Duration::days(RESTAURABLE_JOURS - 1)).date()
}

/// `fin`: the last day on which it can be restored.
pub(in crate::courriels) fn rediger(cadre: &Cadre, fin: NaiveDate, a: String) -> Lettre {
    let Cadre { dossier, titre, service, .. } = cadre;
    Gabarit::new(format!("Votre dossier n°{dossier} a expiré «\u{a0}{titre}\u{a0}»"))
        .du_dossier(
            cadre,
            "Votre dossier",
            " est resté en construction jusqu'au terme de sa durée de conservation\u{a0}: il a été supprimé.",
        )
        .dit(format!(
            "Vous pouvez le restaurer jusqu'au {}, dans vos dossiers supprimés récemment. Il sera ensuite effacé définitivement, avec ses messages et ses pièces jointes.",
            francais::date(fin)
        ))
        .bouton(&cadre.lien("/dossiers?onglet=supprimes"), "Voir mes dossiers supprimés")
        .signe(service)
        .pied(Pied::de(cadre, &a))
        .pour(a, &cadre.site, &Pourquoi::ADepose(*dossier))
}
