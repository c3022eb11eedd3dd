//! The legal pages, that every footer links to.

mod accessibilite;
mod donnees;
mod mentions;

pub use accessibilite::Accessibilite;
pub use donnees::DonneesPersonnelles;
pub use mentions::MentionsLegales;

use crate::api::session::mentions;
use crate::depart::Depart;
use crate::page::contexte::lire;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::vues::Mentions;
use leptos::prelude::*;

/// The addresses of the legal pages, and what every footer calls them.
pub const PAGES: [(&str, &str); 3] = [
    (Chemin::Accessibilite.patron(), "Accessibilité\u{a0}: partiellement conforme"),
    (Chemin::MentionsLegales.patron(), "Mentions légales"),
    (Chemin::DonneesPersonnelles.patron(), "Données personnelles"),
];

/// A legal page: its title, then what `contenu` makes of who runs the site.
fn page(titre: &'static str, contenu: fn(&Mentions) -> AnyView) -> impl IntoView {
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
fn contact(debut: &'static str, mentions: &Mentions) -> impl IntoView + use<> {
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
