//! « Aide »: a page for each side of the product, that anybody may read.

mod administrateur;
mod instructeur;
mod reponse;
mod usager;

use crate::api::session::mentions;
use crate::components::badge::nom_du_role;
use crate::components::site::rubriques::{AIDE, ROLES_AIDES, aide, role_aide};
use crate::depart::Depart;
use crate::page::contexte::{du_depart, lire};
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::role::Role;
use domain::vues::Mentions;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The help of the side that the address names, otherwise of the side of the reader.
#[component]
pub fn Aide() -> impl IntoView {
    let parametres = use_params_map();
    let demande = Memo::new(move |_| parametres.read().get("role").and_then(|nom| role_aide(&nom)));
    let mentions = lire(|| (), |()| mentions());
    view! {
        <Lecture
            ressource=mentions
            sujets=|_: &Mentions, _: &Depart| Vec::new()
            vue=move |mentions| {
                let sien = du_depart(|depart| depart.session.as_ref().and_then(|s| s.roles.first().copied()));
                let role = move || demande.get().or(sien).unwrap_or(Role::Usager);
                let contact = mentions.with_untracked(|mentions| mentions.contact.clone());
                view! {
                    <FilAriane parents=vec![(Chemin::Accueil.to_string(), "Accueil".to_owned())] ici=AIDE.1/>
                    <div class="rdv-etroit">
                        {move || view! { <TitreFenetre parties=vec![titre(role()).to_owned()]/> }}
                        <TitrePage>{move || titre(role())}</TitrePage>
                        <Roles role=Signal::derive(role)/>
                        {move || questions(role())}
                        {assistance(contact)}
                    </div>
                }
                .into_any()
            }
        />
    }
}

const fn titre(role: Role) -> &'static str {
    match role {
        Role::Usager => "Aide pour les usagers",
        Role::Instructeur => "Aide pour les instructeurs",
        Role::Administrateur => "Aide pour les administrateurs",
    }
}

/// The way from one side to another.
#[component]
fn Roles(role: Signal<Role>) -> impl IntoView {
    let liens = ROLES_AIDES
        .map(|celui_ci| {
            let ici = move || (role.get() == celui_ci).then_some("page");
            view! {
                <li>
                    <a href=aide(Some(celui_ci)) aria-current=ici>
                        <span class="rdv-initiale">{nom_du_role(celui_ci)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="rdv-onglets" aria-label="Aide, par profil">
            <ul data-en-vue>{liens}</ul>
        </nav>
    }
}

/// All the questions of a side, each with its answer under it.
fn questions(role: Role) -> impl IntoView {
    let questions = match role {
        Role::Usager => usager::questions(),
        Role::Instructeur => instructeur::questions(),
        Role::Administrateur => administrateur::questions(),
    };
    questions
        .into_iter()
        .map(|(question, reponse)| {
            view! {
                <section class="fr-mb-4w">
                    <h2 class="fr-h5">{question}</h2>
                    {reponse}
                </section>
            }
        })
        .collect_view()
}

/// What to do when nothing above helps. `contact`: the address of whoever runs the site.
fn assistance(contact: Option<String>) -> impl IntoView {
    let qui = match contact {
        Some(adresse) => {
            let lien = format!("mailto:{adresse}");
            view! {
                "Si le site lui-même ne fonctionne pas, écrivez à "
                <a href=lien class="rdv-cesure">{adresse}</a>
                ". Pour votre dossier, écrivez à votre administration par la messagerie."
            }
            .into_any()
        }
        None => "Écrivez à l'administration chargée de la démarche, par la messagerie du dossier ou aux coordonnées données au bas de ses emails."
            .into_any(),
    };
    view! {
        <section>
            <h2 class="fr-h5">"Votre problème n'est pas résolu\u{a0}?"</h2>
            <p>{qui} " Dites la page où vous étiez, ce que vous avez fait et ce qui s'est affiché."</p>
        </section>
    }
}
