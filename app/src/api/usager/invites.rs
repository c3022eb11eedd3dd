//! « Inviter une personne à modifier ce dossier ».

use crate::api::Reponse;
use domain::ids::{DossierNumero, InviteId};
use domain::vues::InviteVue;
use leptos::prelude::*;

/// The people invited to a draft of one's own.
#[server(prefix = "/api", endpoint = "usager/invites")]
pub async fn lire_invites(dossier: DossierNumero) -> Reponse<Vec<InviteVue>> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::dossier::usager::invites::lire(&ici.db, &ici.acteur, dossier).await?)
}

/// « Envoyer l'invitation ».
#[server(prefix = "/api", endpoint = "usager/inviter")]
pub async fn inviter(dossier: DossierNumero, email: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let tentatives = &ici.contexte().acces.tentatives;
    backend::dossier::usager::invites::inviter(
        &tx,
        tentatives,
        &ici.acteur,
        dossier,
        &email,
        ici.maintenant(),
    )
    .await?;
    Ok(tx.valider().await?)
}

/// « Retirer » an invitation.
#[server(prefix = "/api", endpoint = "usager/invites/retirer")]
pub async fn revoquer_invite(invite: InviteId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::dossier::usager::invites::revoquer(&tx, &ici.acteur, invite, ici.maintenant()).await?;
    Ok(tx.valider().await?)
}
