//! What was done to several dossiers, and what was refused.

use crate::api::instructeur::liste::Lot;
use crate::page::adresse;
use crate::page::contexte::vient_d_etre_fait;
use domain::chemin::Chemin;
use domain::liste::Bilan;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

/// The report of the address, if it has one.
#[component]
pub fn LeBilan() -> impl IntoView {
    let recherche = adresse::recherche();
    let neuf = vient_d_etre_fait(Lot::url(), None);
    recherche.with_untracked(|recherche| Bilan::lire(recherche)).map(|bilan| montrer(bilan, neuf))
}

/// `neuf`: whether it has just been done; the address keeps saying it afterwards.
fn montrer(bilan: Bilan, neuf: bool) -> impl IntoView {
    let classe = if bilan.refus.is_empty() && bilan.faits > 0 {
        "fr-alert fr-alert--success fr-mb-3w"
    } else {
        "fr-alert fr-alert--warning fr-mb-3w"
    };
    let phrase = bilan.phrase();
    let titre = match bilan.refus.len() {
        0 => None,
        1 => Some("1 dossier n'a pas été modifié\u{a0}:".to_owned()),
        plusieurs => Some(format!("{plusieurs} dossiers n'ont pas été modifiés\u{a0}:")),
    };
    let refus = bilan
        .refus
        .into_iter()
        .map(|(numero, erreur)| {
            view! {
                <li>
                    <A href=Chemin::DossierSuivi(numero).to_string()>
                        "Dossier n°\u{a0}" {numero.to_string()}
                    </A>
                    "\u{a0}: " {erreur.to_string()}
                </li>
            }
        })
        .collect_view();
    view! {
        <div class=classe tabindex="-1" autofocus=neuf>
            <p>{phrase}</p>
            {titre
                .map(|titre| {
                    view! {
                        <p class="fr-mt-1w">{titre}</p>
                        <ul>{refus}</ul>
                    }
                })}
        </div>
    }
}
