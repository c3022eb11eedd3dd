//! « Messagerie », for an instructeur.

use crate::api::Reponse;
use domain::cle::CleDeFormulaire;
use domain::ids::{DossierNumero, MessageId};
use domain::vues::Messagerie;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::messagerie::ecriture,
    backend::messagerie::{fil, suppression},
};

/// « Supprimer le message ».
#[server(prefix = "/api", endpoint = "instructeur/supprimer-message")]
pub async fn supprimer_message(message: MessageId) -> Reponse<()> {
    changer(async |c| suppression::supprimer(c, message).await).await
}

/// « Messagerie », with at least the `montres` latest messages and those from `depuis` on; showing it removes the orange dot.
#[server(prefix = "/api", endpoint = "instructeur/messagerie")]
pub async fn messagerie_instructeur(
    dossier: DossierNumero,
    #[server(default)] montres: usize,
    #[server(default)] depuis: Option<MessageId>,
) -> Reponse<Messagerie> {
    let ici = ici().await?;
    let t = ici.maintenant();
    let mut fil = fil::fil_instructeur(&ici.db, &ici.acteur, dossier, t).await?;
    ici.consulter(dossier, domain::consultation::Acte::Page);
    fil.cle = ici.cle();
    ici.voir(dossier, domain::liste::Nouveaute::Message, t).await?;
    Ok(fil.les_derniers(montres, depuis))
}

/// « Envoyer le message ». `cle` is unique to the form shown, so that a double click sends once. The files
/// are beside the arguments.
#[server(prefix = "/api", endpoint = "instructeur/ecrire")]
pub async fn ecrire_instructeur(
    dossier: DossierNumero,
    corps: String,
    cle: CleDeFormulaire,
) -> Reponse<()> {
    let ici = ici().await?;
    let fichiers = ici.fichiers(domain::Champ::Pieces.nom());
    let envoi = ecriture::Envoi { corps: &corps, cle, fichiers };
    ici.changer(async |c| ecriture::ecrire_instructeur(c, dossier, envoi).await).await
}
