//! To an expert: « Votre avis est demandé », or a reminder.

use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, cadre};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::Pourquoi;
use crate::socle::temps;
use crate::tables::{avis, compte, jeton_avis};
use chrono::NaiveDate;
use domain::avis::EtatAvis;
use domain::francais;
use domain::ids::AvisId;
use sea_orm::EntityTrait;

/// Composes the mail; a reminder when `relance` is not zero. `None` once the expert answered, or was no longer asked.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    id: AvisId,
    relance: i32,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let db = contexte.base.lire();
    let avis = lire(contexte, id).await?;
    let maintenant = contexte.horloge.maintenant();
    if avis.etat != EtatAvis::EnAttente || avis.expire_le <= maintenant {
        return Ok(None);
    }
    let Some((cadre, _)) = cadre(contexte, avis.dossier).await? else { return Ok(None) };
    let par = compte::Entity::find_by_id(avis.instructeur).one(db).await?;
    let par = par.map(|compte| compte::nom(&compte)).unwrap_or_default();
    let tx = contexte.base.ecrire().await?;
    let jeton = jeton_avis::nouveau(&tx, &contexte.outils.hasard, id, maintenant).await?;
    tx.valider().await?;
    let invitation = Invitation {
        par: &par,
        question: &avis.question,
        jeton: &jeton,
        fin: temps::a_paris(avis.expire_le).date(),
        rappel: relance > 0,
    };
    Ok(Some(rediger(&cadre, &invitation, avis.email.clone())))
}

pub(super) async fn lire(contexte: &Contexte, id: AvisId) -> Result<avis::Model, EchecEnvoi> {
    let avis = avis::Entity::find_by_id(id).one(contexte.base.lire()).await?;
    avis.ok_or(EchecEnvoi::Illisible)
}

/// What an expert is asked.
pub(in crate::courriels) struct Invitation<'a> {
    /// Who asks.
    pub(in crate::courriels) par: &'a str,
    /// What.
    pub(in crate::courriels) question: &'a str,
    /// The token of their link.
    pub(in crate::courriels) jeton: &'a str,
    /// The last day on which they may answer.
    pub(in crate::courriels) fin: NaiveDate,
    /// Whether they were asked before.
    pub(in crate::courriels) rappel: bool,
}

pub(in crate::courriels) fn rediger(
    cadre: &Cadre,
    invitation: &Invitation<'_>,
    a: String,
) -> Lettre {
    let Cadre { dossier, titre, service, .. } = cadre;
    let Invitation { par, question, jeton, fin, rappel } = invitation;
    let debut = if *rappel { "Rappel\u{a0}: votre" } else { "Votre" };
    Gabarit::new(format!(
        "{debut} avis est demandé sur le dossier n°{dossier} «\u{a0}{titre}\u{a0}»"
    ))
    .du_dossier(cadre, &format!("{par} vous demande votre avis sur le dossier"), ".")
    .dit("Question posée\u{a0}:")
    .citation(question)
    .bouton(&cadre.lien(&format!("/avis/{jeton}")), "Lire le dossier et donner mon avis")
    .dit(format!(
        "Ce lien vous est personnel\u{a0}: ne le transmettez à personne. Il permet de lire le dossier et de répondre, sans compte, jusqu'au {}.",
        francais::date(*fin)
    ))
    .signe(service)
    .pour(a, &cadre.site, &Pourquoi::EstExpert { par })
}
