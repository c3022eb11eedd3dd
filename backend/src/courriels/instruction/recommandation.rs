//! To an instructeur: a colleague sends them a dossier.

use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, email};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::Pourquoi;
use crate::socle::erreur::Echec;
use crate::tables::{compte, dossier, instructeur, recommandation};
use domain::ids::RecommandationId;
use sea_orm::EntityTrait;

/// Composes the mail of a sending. `None` once its reader could not open the dossier.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    id: RecommandationId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let db = contexte.base.lire();
    let envoi =
        recommandation::Entity::find_by_id(id).one(db).await?.ok_or(EchecEnvoi::Illisible)?;
    let dossier = dossier::Entity::find_by_id(envoi.dossier).one(db).await?;
    let dossier = dossier.ok_or(EchecEnvoi::Illisible)?;
    let membre = instructeur::Entity::find_by_id((dossier.groupe, envoi.destinataire));
    if dossier.supprime_le.is_some() || membre.one(db).await?.is_none() {
        return Ok(None);
    }
    let par = compte::Entity::find_by_id(envoi.expediteur).one(db).await?;
    let par = compte::nom(&par.ok_or(Echec::illisible("envois", "expediteur", id))?);
    let a = email(contexte, envoi.destinataire).await?;
    let demarche = dossier::demarche(db, &dossier).await?;
    let cadre = Cadre::de(dossier.numero, demarche, &contexte.outils.reglages);
    Ok(Some(rediger(&cadre, &par, a)))
}

/// `par`: who sends it.
pub(in crate::courriels) fn rediger(cadre: &Cadre, par: &str, a: String) -> Lettre {
    let Cadre { dossier, titre, .. } = cadre;
    Gabarit::new(format!("{par} vous envoie le dossier n°{dossier} «\u{a0}{titre}\u{a0}»"))
        .du_dossier(cadre, &format!("{par} vous envoie le dossier"), ".")
        .bouton(&cadre.lien(&format!("/instructeur/dossiers/{dossier}")), "Ouvrir le dossier")
        .dit("Ce dossier est désormais dans vos dossiers suivis. Vous pouvez cesser de le suivre depuis sa page.")
        .signe(&cadre.equipe())
        .pour(a, &cadre.site, &Pourquoi::Instruit { titre })
}
