//! « Messagerie », for an instructeur.

use crate::api::Reponse;
use domain::ids::{DossierNumero, MessageId};
use domain::vues::Messagerie;
use leptos::prelude::*;

/// « Supprimer le message ».
#[server(prefix = "/api", endpoint = "instructeur/supprimer-message")]
pub async fn supprimer_message(message: MessageId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::messagerie::suppression::supprimer(&tx, &ici.acteur, message, ici.maintenant())
        .await?;
    Ok(tx.valider().await?)
}

/// « Messagerie », with at least the `montres` latest messages and those from `depuis` on; showing it removes the orange dot.
#[server(prefix = "/api", endpoint = "instructeur/messagerie")]
pub async fn messagerie_instructeur(
    dossier: DossierNumero,
    #[server(default)] montres: usize,
    #[server(default)] depuis: Option<MessageId>,
) -> Reponse<Messagerie> {
    let ici = crate::ssr::ici().await?;
    let t = ici.maintenant();
    let mut fil =
        backend::messagerie::fil::fil_instructeur(&ici.db, &ici.acteur, dossier, t).await?;
    fil.cle = ici.cle();
    ici.voir(dossier, domain::liste::Nouveaute::Message, t).await?;
    Ok(fil.les_derniers(montres, depuis))
}

/// « Envoyer le message ». `cle` is unique to the form shown, so that a double click sends once. The files
/// are beside the arguments.
#[server(prefix = "/api", endpoint = "instructeur/ecrire")]
pub async fn ecrire_instructeur(dossier: DossierNumero, corps: String, cle: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let fichiers = ici.fichiers(domain::Champ::Pieces.nom());
    let envoi = backend::messagerie::fil::Envoi { corps: &corps, cle: &cle, fichiers };
    let tx = ici.ecrire().await?;
    backend::messagerie::fil::ecrire_instructeur(
        &tx,
        &ici.outils,
        &ici.acteur,
        dossier,
        envoi,
        ici.maintenant(),
    )
    .await?;
    Ok(tx.valider().await?)
}
