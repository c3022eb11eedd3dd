//! To an instructeur of the new groupe: a dossier is now theirs.

use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, cadre, membre};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::Pourquoi;
use crate::tables::reaffectation;
use domain::ids::{CompteId, ReaffectationId};
use sea_orm::EntityTrait;

/// Composes the mail. `None` once the dossier is no longer theirs.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    id: ReaffectationId,
    vers: CompteId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let ligne = reaffectation::Entity::find_by_id(id).one(contexte.base.lire()).await?;
    let ligne = ligne.ok_or(EchecEnvoi::Illisible)?;
    let Some((cadre, dossier)) = cadre(contexte, ligne.dossier).await? else { return Ok(None) };
    if dossier.groupe != ligne.vers {
        return Ok(None);
    }
    let a = membre(contexte, &dossier, vers).await?;
    Ok(a.map(|a| rediger(&cadre, (&ligne.nom_de, &ligne.nom_vers), a)))
}

/// Why is personal, and read in the dossier.
pub(in crate::courriels) fn rediger(cadre: &Cadre, (de, vers): (&str, &str), a: String) -> Lettre {
    let Cadre { dossier, titre, .. } = cadre;
    Gabarit::new(format!("Le dossier n°{dossier} «\u{a0}{titre}\u{a0}» est confié à votre groupe"))
        .du_dossier(
            cadre,
            "Le dossier",
            &format!(
                " est passé du groupe «\u{a0}{de}\u{a0}» à votre groupe «\u{a0}{vers}\u{a0}»."
            ),
        )
        .dit("Ses messages, ses propositions et ses rendez-vous restent attachés au dossier.")
        .bouton(
            &cadre.lien(&format!("/instructeur/dossiers/{dossier}/demande")),
            "Ouvrir le dossier",
        )
        .signe(&cadre.equipe())
        .pour(a, &cadre.site, &Pourquoi::Instruit { titre })
}
