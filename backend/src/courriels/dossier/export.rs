//! To an instructeur: the export that they asked for is ready, or can't be made.

use crate::contexte::Contexte;
use crate::courriels::cadre::{absolue, email, equipe};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::Pourquoi;
use crate::dossier::telechargement::exports;
use crate::socle::outils::Reglages;
use crate::tables::{demarche, export};
use chrono::NaiveDate;
use domain::chemin::Chemin;
use domain::export::{Echec, Etat, Format};
use domain::francais;
use domain::ids::{DemarcheNumero, ExportId};
use sea_orm::EntityTrait;

/// What became of an export.
#[derive(Debug, Clone, Copy)]
pub(in crate::courriels) enum Issue {
    /// It can be downloaded until that day.
    Pret(NaiveDate),
    /// It could not be made.
    Echoue(Echec),
}

/// Composes the mail. `None` once it was deleted, or whoever asked for it may no longer have it.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    id: ExportId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let db = contexte.base.lire();
    let Some(export) = export::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    let issue = match (export.etat, export.expire_le, export.echec) {
        (Etat::Pret, Some(le), _) if exports::pour_son_demandeur(db, &export).await? => {
            Issue::Pret(crate::socle::temps::a_paris(le).date())
        }
        (Etat::Echoue, _, Some(echec)) => Issue::Echoue(echec),
        _ => return Ok(None),
    };
    let demarche = demarche::Entity::find_by_id(export.demarche).one(db).await?;
    let titre = demarche.ok_or(EchecEnvoi::Illisible)?.titre;
    let a = email(contexte, export.compte).await?;
    let demarche = (export.demarche, titre.as_str());
    Ok(Some(rediger(&contexte.outils.reglages, demarche, export.format, issue, a)))
}

pub(in crate::courriels) fn rediger(
    reglages: &Reglages,
    (numero, titre): (DemarcheNumero, &str),
    format: Format,
    issue: Issue,
    a: String,
) -> Lettre {
    let quoi = match format {
        Format::Csv | Format::Xlsx => "tableau des dossiers",
        Format::Zip => "archive des dossiers",
    };
    let (sujet, phrase, suite) = match issue {
        Issue::Pret(le) => (
            format!("Votre export est prêt «\u{a0}{titre}\u{a0}»"),
            format!(
                "L'export que vous avez demandé ({quoi} de la démarche «\u{a0}{titre}\u{a0}») est prêt."
            ),
            format!(
                "Vous pouvez le télécharger jusqu'au {}, puis il sera effacé. Il contient des données personnelles\u{a0}: conservez-le en lieu sûr, et supprimez-le de votre poste quand il ne vous sert plus.",
                francais::date(le)
            ),
        ),
        Issue::Echoue(echec) => (
            format!("Votre export n'a pas pu être préparé «\u{a0}{titre}\u{a0}»"),
            format!(
                "L'export que vous avez demandé ({quoi} de la démarche «\u{a0}{titre}\u{a0}») n'a pas pu être préparé."
            ),
            echec.to_string(),
        ),
    };
    let lien = absolue(&reglages.app_url, &Chemin::ExportsDemarche(numero).to_string());
    Gabarit::new(sujet)
        .dit(phrase)
        .dit(suite)
        .bouton(&lien, "Voir mes exports")
        .dit("Vous seul(e) pouvez le télécharger, une fois connecté(e).")
        .signe(&equipe(&reglages.nom))
        .pour(a, &reglages.nom, &Pourquoi::ADemande { quoi: "cet export" })
}
