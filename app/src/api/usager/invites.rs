//! « Inviter une personne à modifier ce dossier ».

use crate::api::Reponse;
use domain::ids::{DossierNumero, InviteId};
use domain::vues::InviteVue;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::dossier::usager::invites,
};

/// The people invited to a draft of one's own.
#[server(prefix = "/api", endpoint = "usager/invites")]
pub async fn lire_invites(dossier: DossierNumero) -> Reponse<Vec<InviteVue>> {
    let ici = ici().await?;
    Ok(invites::lire(&ici.db, &ici.acteur, dossier).await?)
}

/// « Envoyer l'invitation ».
#[server(prefix = "/api", endpoint = "usager/inviter")]
pub async fn inviter(dossier: DossierNumero, email: String) -> Reponse<()> {
    let ici = ici().await?;
    let tentatives = &ici.contexte().acces.tentatives;
    ici.changer(async |c| invites::inviter(c, tentatives, dossier, &email).await).await
}

/// « Retirer » an invitation.
#[server(prefix = "/api", endpoint = "usager/invites/retirer")]
pub async fn revoquer_invite(invite: InviteId) -> Reponse<()> {
    changer(async |c| invites::revoquer(c, invite).await).await
}
