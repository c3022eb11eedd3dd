//! What the legal pages have in common.

use crate::api::session::mentions;
use crate::depart::Depart;
use crate::page::contexte::lire;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::vues::Mentions;
use leptos::prelude::*;

/// A legal page: its title, then what `contenu` makes of who runs the site.
pub fn page(titre: &'static str, contenu: fn(&Mentions) -> AnyView) -> impl IntoView {
    let mentions = lire(|| (), |()| mentions());
    view! {
        <Lecture
            ressource=mentions
            sujets=|_: &Mentions, _: &Depart| Vec::new()
            vue=move |mentions| {
                view! {
                    <TitreFenetre parties=vec![titre.to_owned()]/>
                    <FilAriane parents=vec![(Chemin::Accueil.to_string(), "Accueil".to_owned())] ici=titre/>
                    <div class="rdv-etroit rdv-legal">
                        <TitrePage>{titre}</TitrePage>
                        {mentions.with_untracked(contenu)}
                    </div>
                }
                .into_any()
            }
        />
    }
}

/// Whom to write to, in a sentence that begins with `debut`.
pub fn contact(debut: &'static str, mentions: &Mentions) -> impl IntoView + use<> {
    let qui = match mentions.contact.clone() {
        Some(adresse) => {
            let lien = format!("mailto:{adresse}");
            view! { <a href=lien>{adresse}</a> }.into_any()
        }
        None => view! {
            "l'administration chargée de votre démarche, par la messagerie de votre dossier"
        }
        .into_any(),
    };
    view! { <p>{debut} " " {qui} "."</p> }
}
