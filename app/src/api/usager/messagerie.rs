//! « Messagerie », for the usager.

use crate::api::Reponse;
use domain::cle::CleDeFormulaire;
use domain::ids::{DossierNumero, MessageId};
use domain::vues::Messagerie;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::ici,
    backend::messagerie::ecriture,
    backend::messagerie::{fil, lus},
};

/// « Messagerie », with at least the `montres` latest messages and those from `depuis` on; showing it tells the instructeurs that their messages are read.
#[server(prefix = "/api", endpoint = "usager/messagerie")]
pub async fn messagerie_usager(
    dossier: DossierNumero,
    #[server(default)] montres: usize,
    #[server(default)] depuis: Option<MessageId>,
) -> Reponse<Messagerie> {
    let ici = ici().await?;
    let t = ici.maintenant();
    let mut fil = fil::fil_avec_lien(&ici.db, &ici.outils, &ici.acteur, dossier, t).await?;
    fil.cle = ici.cle();
    // Read first: a change, even of nothing, waits for its turn.
    if lus::a_lire(&ici.db, &ici.acteur, dossier, t).await? {
        ici.changer(async |c| lus::lire(c, dossier, t).await).await?;
    }
    Ok(fil.les_derniers(montres, depuis))
}

/// « Envoyer le message ». `cle` is unique to the form shown, so that a double click sends once. The files
/// are beside the arguments.
#[server(prefix = "/api", endpoint = "usager/ecrire")]
pub async fn ecrire_usager(
    dossier: DossierNumero,
    corps: String,
    cle: CleDeFormulaire,
) -> Reponse<()> {
    let ici = ici().await?;
    let fichiers = ici.fichiers(domain::Champ::Pieces.nom());
    let envoi = ecriture::Envoi { corps: &corps, cle, fichiers };
    ici.changer(async |c| ecriture::ecrire_usager(c, dossier, envoi).await).await
}
