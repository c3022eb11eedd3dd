//! « Messagerie », for the usager.

use crate::api::Reponse;
use domain::ids::{DossierNumero, MessageId};
use domain::vues::Messagerie;
use leptos::prelude::*;

/// « Messagerie », with at least the `montres` latest messages and those from `depuis` on; showing it tells the instructeurs that their messages are read.
#[server(prefix = "/api", endpoint = "usager/messagerie")]
pub async fn messagerie_usager(
    dossier: DossierNumero,
    #[server(default)] montres: usize,
    #[server(default)] depuis: Option<MessageId>,
) -> Reponse<Messagerie> {
    let ici = crate::ssr::ici().await?;
    let t = ici.maintenant();
    let mut fil = backend::rendez_vous::liens_personnels::fil_usager(
        &ici.db,
        &ici.outils,
        &ici.acteur,
        dossier,
        t,
    )
    .await?;
    fil.cle = ici.cle();
    // Read first: a change, even of nothing, waits for its turn.
    if backend::messagerie::lus::a_lire(&ici.db, &ici.acteur, dossier, t).await? {
        let tx = ici.ecrire().await?;
        backend::messagerie::lus::lire(&tx, &ici.acteur, dossier, t).await?;
        tx.valider().await?;
    }
    Ok(fil.les_derniers(montres, depuis))
}

/// « Envoyer le message ». `cle` is unique to the form shown, so that a double click sends once. The files
/// are beside the arguments.
#[server(prefix = "/api", endpoint = "usager/ecrire")]
pub async fn ecrire_usager(dossier: DossierNumero, corps: String, cle: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let fichiers = ici.fichiers(domain::Champ::Pieces.nom());
    let envoi = backend::messagerie::fil::Envoi { corps: &corps, cle: &cle, fichiers };
    let tx = ici.ecrire().await?;
    backend::messagerie::fil::ecrire_usager(
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
