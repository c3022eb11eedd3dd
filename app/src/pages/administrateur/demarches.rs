//! The démarches of an administrateur.

use crate::api::administrateur::demarches::demarches_admin;
use crate::components::badge::BadgeActivation;
use crate::components::texte::dossiers;
use crate::depart::Depart;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::francais;
use domain::publication::Publication;
use domain::sujet::Sujet;
use domain::vues::DemarcheResume;
use leptos::prelude::*;
use leptos_router::components::A;

/// The démarches that the person manages.
#[component]
pub fn DemarchesAdministrees() -> impl IntoView {
    let demarches = lire(|| (), |()| demarches_admin());
    view! {
        <Lecture
            ressource=demarches
            sujets
            vue=|demarches| view! { <Demarches demarches/> }.into_any()
        />
    }
}

#[expect(clippy::ptr_arg, reason = "what Lecture gives")]
fn sujets(demarches: &Vec<DemarcheResume>, depart: &Depart) -> Vec<Sujet> {
    let compte = depart.session.as_ref().map(|session| Sujet::Compte(session.compte));
    demarches.iter().map(|demarche| Sujet::Demarche(demarche.numero)).chain(compte).collect()
}

#[component]
fn Demarches(demarches: Signal<Vec<DemarcheResume>>) -> impl IntoView {
    let vide = move || {
        demarches.with(Vec::is_empty).then(|| {
            view! {
                <p class="fr-text--lead">"Vous n'êtes administrateur d'aucune démarche."</p>
                <p>"Demandez à un administrateur de la démarche de vous ajouter."</p>
            }
        })
    };
    // Whoever manages one may join another.
    let raccorder = move || {
        demarches.with(|demarches| !demarches.is_empty()).then(|| {
            view! {
                <p>
                    <A href=Chemin::NouveauRaccordement.to_string()>
                        "Raccorder une démarche de Démarches Simplifiées"
                    </A>
                </p>
            }
        })
    };
    view! {
        <TitreFenetre parties=vec!["Mes démarches".to_owned()]/>
        <TitrePage>"Mes démarches"</TitrePage>
        {vide}
        {raccorder}
        <ul class="rdv-cartes">
            <Liste
                elements=demarches
                cle=|demarche: &DemarcheResume| demarche.numero
                vue=|demarche| view! { <Demarche demarche/> }.into_any()
            />
        </ul>
    }
}

#[component]
fn Demarche(demarche: Signal<DemarcheResume>) -> impl IntoView {
    let numero = demarche.with_untracked(|d| d.numero);
    let publication = move || match demarche.with(|d| d.publication) {
        Publication::Publiee(jour) => format!("publiée depuis le {}", francais::date_courte(jour)),
        Publication::Close(jour) => format!("close depuis le {}", francais::date_courte(jour)),
        Publication::Brouillon => "non publiée".to_owned(),
    };
    view! {
        <li class="rdv-carte">
            <h2 class="fr-h6 fr-mb-1w">
                <A href=Chemin::DemarcheAdministree(numero).to_string()>
                    {move || demarche.with(|d| d.titre.clone())}
                </A>
            </h2>
            <ul class="rdv-carte__faits">
                <li>"n°\u{a0}" {numero.to_string()}</li>
                <li>{publication}</li>
                <li>{move || dossiers(demarche.with(|d| d.dossiers))}</li>
                <li>
                    "RDV Service Public "
                    {move || {
                        demarche.with(|d| view! { <BadgeActivation active=d.rdv_active/> })
                    }}
                </li>
            </ul>
        </li>
    }
}
