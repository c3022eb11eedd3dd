//! To somebody who asked for their data: the archive is ready, or can't be made.

use super::export::Issue;
use crate::contexte::Contexte;
use crate::courriels::cadre::{absolue, email, equipe};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::Pourquoi;
use crate::socle::outils::Reglages;
use crate::socle::temps;
use crate::tables::archive_compte;
use domain::chemin::Chemin;
use domain::export::Etat;
use domain::francais;
use domain::ids::ArchiveId;
use sea_orm::EntityTrait;

/// Composes the mail. `None` once it was erased.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    id: ArchiveId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let db = contexte.base.lire();
    let Some(archive) = archive_compte::Entity::find_by_id(id).one(db).await? else {
        return Ok(None);
    };
    let issue = match (archive.etat, archive.expire_le, archive.echec) {
        (Etat::Pret, Some(le), _) => Issue::Pret(temps::a_paris(le).date()),
        (Etat::Echoue, _, Some(echec)) => Issue::Echoue(echec),
        _ => return Ok(None),
    };
    let a = email(contexte, archive.compte).await?;
    Ok(Some(rediger(&contexte.outils.reglages, issue, a)))
}

pub(in crate::courriels) fn rediger(reglages: &Reglages, issue: Issue, a: String) -> Lettre {
    let site = &reglages.nom;
    let (sujet, phrase, suite) = match issue {
        Issue::Pret(le) => (
            "Vos données sont prêtes",
            format!("L'archive de vos données, que vous avez demandée sur {site}, est prête."),
            format!(
                "Vous pouvez la télécharger jusqu'au {}, puis elle sera effacée. Elle contient vos dossiers et leurs fichiers\u{a0}: conservez-la en lieu sûr.",
                francais::date(le)
            ),
        ),
        Issue::Echoue(echec) => (
            "L'archive de vos données n'a pas pu être préparée",
            format!(
                "L'archive de vos données, que vous avez demandée sur {site}, n'a pas pu être préparée."
            ),
            echec.de_l_archive(),
        ),
    };
    Gabarit::new(sujet.to_owned())
        .dit(phrase)
        .dit(suite)
        .bouton(&absolue(&reglages.app_url, Chemin::MesDonnees.patron()), "Voir mes données")
        .dit("Vous seul(e) pouvez la télécharger, une fois connecté(e). Si ce n'est pas vous qui l'avez demandée, choisissez un nouveau mot de passe\u{a0}: vos autres sessions seront fermées.")
        .signe(&equipe(site))
        .pour(a, site, &Pourquoi::ADemande { quoi: "l'archive de vos données" })
}
