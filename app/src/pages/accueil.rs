//! `/`: leads to where the person works.

use crate::components::site::entete::accueil;
use crate::page::contexte::AuDepart;
use crate::page::erreur::a_la_place;
use crate::page::vers::Vers;
use domain::chemin::Chemin;
use leptos::prelude::*;

/// Leads to the first page of the person's role, or to the page to sign in at.
#[component]
pub fn Accueil() -> impl IntoView {
    let depart = use_context::<AuDepart>();
    view! {
        <Suspense>
            {Suspend::new(async move {
                let Some(AuDepart(depart)) = depart else { return ().into_any() };
                match depart.await {
                    Ok(depart) => {
                        let vers = depart
                            .session
                            .and_then(|session| session.roles.first().copied())
                            .map_or(Chemin::Connexion.patron(), accueil);
                        view! { <Vers adresse=vers.to_owned()/> }.into_any()
                    }
                    Err(erreur) => a_la_place(&erreur, "/"),
                }
            })}
        </Suspense>
    }
}
