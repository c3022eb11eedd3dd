//! « Modifier le dossier ».

use crate::api::usager::dossier::{ModifierDossier, formulaire_du_dossier};
use crate::depart::Depart;
use crate::formulaire::questionnaire::questions;
use crate::formulaire::suivi::PageDuFormulaire;
use crate::page::contexte::{lire, refus_de};
use crate::page::erreur::Introuvable;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use crate::page::{adresse, service};
use domain::chemin::Chemin;
use domain::ids::DossierNumero;
use domain::vues::Formulaire;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

/// The form of a dossier that was filed, while it is en construction.
#[component]
pub fn ModifierLeDossier() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || match numero.get() {
        Some(numero) => view! { <Modifier numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn Modifier(numero: DossierNumero) -> impl IntoView {
    let formulaire = lire(|| (), move |()| formulaire_du_dossier(numero));
    view! {
        <Lecture
            ressource=formulaire
            // What is being typed must not be made anew: a form that is out of date is told when it is sent.
            sujets=|_: &Formulaire, _: &Depart| Vec::new()
            vue=|lu| view! { <Contenu formulaire=lu.get_untracked()/> }.into_any()
        />
    }
}

#[component]
fn Contenu(formulaire: Formulaire) -> impl IntoView {
    let (numero, version) = (formulaire.numero, formulaire.version);
    let titre = formulaire.titre.clone();
    let refus = refus_de(ModifierDossier::url());
    let retour = Chemin::Demande(numero).to_string();
    view! {
        <TitreFenetre parties=vec![
            "Modifier le dossier".to_owned(),
            format!("Dossier n°\u{a0}{numero}"),
        ]/>
        <FilAriane
            parents=vec![
                (Chemin::MesDossiers.to_string(), "Mes dossiers".to_owned()),
                (retour.clone(), format!("Dossier n°\u{a0}{numero}")),
            ]
            ici="Modifier le dossier"
        />
        <div class="rdv-etroit">
            <TitrePage>"Modifier le dossier n°\u{a0}" {numero.to_string()}</TitrePage>
            <p class="fr-text--lead">{titre}</p>
            <form method="post" action=ModifierDossier::url() enctype="multipart/form-data">
                <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
                <PageDuFormulaire/>
                <input type="hidden" name="dossier" value=numero.to_string()/>
                <input type="hidden" name="version" value=version.to_string()/>
                {questions(&formulaire, refus.as_ref())}
                <div class="rdv-boutons">
                    <button class="fr-btn" type="submit">"Enregistrer les modifications"</button>
                    <A href=retour attr:class="fr-btn fr-btn--secondary">"Annuler"</A>
                </div>
            </form>
        </div>
    }
}
