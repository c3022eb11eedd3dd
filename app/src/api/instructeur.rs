//! The instructeur's side.

use super::Reponse;
use domain::ids::{DemarcheNumero, DossierNumero, MessageId};
use domain::vues::{Demande, DemarcheResume, Entete, FiltresRdv, Messagerie, RendezVousDemarche};
use leptos::prelude::*;

/// Where « Choisir le créneau moi-même » is posted: a plain form, for it leaves for another site.
pub const ADRESSE_PLAN: &str = "/rdv-service-public/plan";

/// The démarches whose dossiers one examines.
#[server(prefix = "/api", endpoint = "instructeur/demarches")]
pub async fn demarches_instructeur() -> Reponse<Vec<DemarcheResume>> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::demarches::de_l_instructeur(&ici.db, &ici.acteur, ici.maintenant())
        .await?)
}

/// « Rendez-vous avec les usagers »; showing it removes the orange dot.
#[server(name = LireRendezVousDemarche, prefix = "/api", endpoint = "instructeur/rendez-vous")]
pub async fn rendez_vous_demarche(
    demarche: DemarcheNumero,
    filtres: FiltresRdv,
) -> Reponse<RendezVousDemarche> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    let liste =
        backend::rendez_vous::planning::de_la_demarche(&tx, &ici.acteur, demarche, &filtres, t)
            .await?;
    tx.valider().await?;
    Ok(liste)
}

/// The header of a dossier of one's groupes.
#[server(prefix = "/api", endpoint = "instructeur/entete")]
pub async fn entete_instructeur(dossier: DossierNumero) -> Reponse<Entete> {
    let ici = crate::ssr::ici().await?;
    let mut entete =
        backend::dossier::entete::de_l_instructeur(&ici.db, &ici.acteur, dossier, ici.maintenant())
            .await?;
    entete.cle = ici.cle();
    entete.liste = ici.liste(&format!("/instructeur/demarches/{}", entete.demarche));
    Ok(entete)
}

/// « Demande »; showing it removes the orange dot.
#[server(prefix = "/api", endpoint = "instructeur/demande")]
pub async fn demande_instructeur(dossier: DossierNumero) -> Reponse<Demande> {
    let ici = crate::ssr::ici().await?;
    let t = ici.maintenant();
    let demande =
        backend::dossier::demande::de_l_instructeur(&ici.db, &ici.acteur, dossier).await?;
    ici.voir(dossier, domain::liste::Nouveaute::Demande, t).await?;
    Ok(demande)
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
    let envoi = backend::messagerie::ecriture::Envoi { corps: &corps, cle: &cle, fichiers };
    let tx = ici.ecrire().await?;
    backend::messagerie::ecriture::ecrire_instructeur(
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

/// « Proposer un rendez-vous » → « Valider ». Gives the address of the messagerie back. `cle` is unique
/// to the form shown: the same form sent twice is one proposition. `intention` is what the panel said it would do.
#[server(prefix = "/api", endpoint = "instructeur/proposer")]
pub async fn proposer(
    dossier: DossierNumero,
    complement: String,
    cle: String,
    #[server(default)] intention: String,
) -> Reponse<()> {
    use domain::proposition::Intention;
    let ici = crate::ssr::ici().await?;
    let intention = Intention::from_code(&intention).unwrap_or(Intention::Premiere);
    let voulue = backend::rendez_vous::propositions::Voulue {
        intention,
        complement: &complement,
        cle: &cle,
    };
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::rendez_vous::propositions::proposer_selon(&tx, &ici.acteur, dossier, voulue, t)
        .await?;
    tx.valider().await?;
    leptos_axum::redirect(&format!("/instructeur/dossiers/{dossier}/messagerie"));
    Ok(())
}

/// « Supprimer la proposition de rendez-vous et ce message ».
#[server(prefix = "/api", endpoint = "instructeur/retirer")]
pub async fn retirer(message: MessageId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::rendez_vous::propositions::retirer(&tx, &ici.acteur, message, ici.maintenant())
        .await?;
    Ok(tx.valider().await?)
}
