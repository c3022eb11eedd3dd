//! « Vous êtes invité(e) à modifier un dossier ».

use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, email};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::Pourquoi;
use crate::tables::{brouillon, demarche, dossier, invite};
use domain::ids::InviteId;
use sea_orm::EntityTrait;

/// Composes the mail of an invitation. `None` once it was withdrawn, or what it is for is gone.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    id: InviteId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let db = contexte.base.lire();
    let Some(invite) = invite::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    let par = email(contexte, invite.invite_par).await?;
    let (demarche, chemin) = if let Some(dossier) =
        dossier::Entity::find_by_id(invite.dossier).one(db).await?
    {
        (dossier::demarche(db, &dossier).await?, format!("/dossiers/{}/demande", invite.dossier))
    } else if let Some(b) = brouillon::Entity::find_by_id(invite.dossier).one(db).await? {
        let demarche = demarche::Entity::find_by_id(b.demarche).one(db).await?;
        (demarche.ok_or(EchecEnvoi::Illisible)?, format!("/brouillons/{}", invite.dossier))
    } else {
        return Ok(None);
    };
    let cadre = Cadre::de(invite.dossier, demarche, &contexte.outils.reglages);
    Ok(Some(rediger(&cadre, &par, &chemin, invite.email)))
}

/// `chemin`: the page of what they may modify.
pub(in crate::courriels) fn rediger(cadre: &Cadre, par: &str, chemin: &str, a: String) -> Lettre {
    let Cadre { dossier, titre, .. } = cadre;
    Gabarit::new(format!(
        "Vous êtes invité(e) à modifier le dossier n°{dossier} («\u{a0}{titre}\u{a0}»)"
    ))
    .du_dossier(cadre, &format!("{par} vous invite à lire et à modifier son dossier"), ".")
    .dit(format!(
        "Connectez-vous avec l'adresse {a}. Si vous n'avez pas encore de compte, vous pourrez en créer un avec cette adresse."
    ))
    .bouton(&cadre.lien(chemin), "Ouvrir le dossier")
    .dit("Seule la personne qui vous invite peut déposer le dossier ou le supprimer. Si vous ne la connaissez pas, ne tenez pas compte de ce message.")
    .signe(&cadre.equipe())
    .pour(a, &cadre.site, &Pourquoi::EstInvite { par })
}
