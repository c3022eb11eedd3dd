//! A draft: filling it in, saving it, filing it.

use crate::api::depot::{
    DeposerDossier, EnregistrerBrouillon, SupprimerBrouillon, formulaire_du_brouillon,
};
use crate::api::session::Depart;
use crate::components::erreur::Introuvable;
use crate::components::fil_ariane::FilAriane;
use crate::components::formulaire::PageDuFormulaire;
use crate::components::lecture::Lecture;
use crate::components::questions::questions;
use crate::components::service;
use crate::components::titre::{TitreFenetre, TitrePage};
use crate::contexte::{lire, refus_de};
use crate::navigateur;
use crate::pages::adresse;
use domain::ids::DossierNumero;
use domain::vues::Formulaire;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The form of a draft.
#[component]
pub fn LeBrouillon() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || match numero.get() {
        Some(numero) => view! { <Brouillon numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn Brouillon(numero: DossierNumero) -> impl IntoView {
    let formulaire = lire(|| (), move |()| formulaire_du_brouillon(numero));
    view! {
        <Lecture
            ressource=formulaire
            sujets=|_: &Formulaire, _: &Depart| Vec::new()
            vue=|lu| view! { <Contenu formulaire=lu.get_untracked()/> }.into_any()
        />
    }
}

#[component]
fn Contenu(formulaire: Formulaire) -> impl IntoView {
    let (numero, titre) = (formulaire.numero, formulaire.titre.clone());
    let refus = refus_de(DeposerDossier::url()).or_else(|| refus_de(EnregistrerBrouillon::url()));
    view! {
        <TitreFenetre parties=vec![
            format!("Brouillon n°\u{a0}{numero}"),
            titre.clone(),
        ]/>
        <FilAriane
            parents=vec![("/dossiers".to_owned(), "Mes dossiers".to_owned())]
            ici=format!("Brouillon n°\u{a0}{numero}")
        />
        <div class="rdv-etroit">
            <TitrePage>{titre}</TitrePage>
            <p>
                <span class="fr-badge">"brouillon"</span> " Dossier n°\u{a0}" {numero.to_string()}
            </p>
            <form method="post" action=DeposerDossier::url() enctype="multipart/form-data">
                <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
                <PageDuFormulaire/>
                <input type="hidden" name="dossier" value=numero.to_string()/>
                {questions(&formulaire, refus.as_ref())}
                <div class="rdv-boutons">
                    <button class="fr-btn" type="submit">"Déposer le dossier"</button>
                    <button
                        class="fr-btn fr-btn--secondary"
                        type="submit"
                        formaction=EnregistrerBrouillon::url()
                    >
                        "Enregistrer le brouillon"
                    </button>
                </div>
            </form>
            <form
                class="fr-mt-3w"
                method="post"
                action=SupprimerBrouillon::url()
                on:submit=move |envoi| {
                    if !navigateur::confirmer(
                        "Supprimer ce brouillon et ses fichiers\u{a0}? Vous ne pourrez pas le retrouver.",
                    ) {
                        envoi.prevent_default();
                    }
                }
            >
                <input type="hidden" name="dossier" value=numero.to_string()/>
                <button
                    class="fr-btn fr-btn--tertiary-no-outline fr-icon-delete-line fr-btn--icon-left"
                    type="submit"
                >
                    "Supprimer le brouillon"
                </button>
            </form>
        </div>
    }
}
