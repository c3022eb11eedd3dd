//! A dossier's card.

use crate::components::badge::Badges;
use crate::components::rendez_vous::{InvitationRendezVous, annulation, rappel};
use crate::components::texte::numero_espace;
use domain::dossier::Tag;
use domain::francais;
use domain::vues::CarteDossier;
use leptos::prelude::*;
use leptos_router::components::A;

/// The dossier, and what to know of its rendez-vous.
#[component]
pub fn CarteDuDossier(
    /// What to show.
    #[prop(into)]
    carte: Signal<CarteDossier>,
) -> impl IntoView {
    let numero = carte.with_untracked(|carte| carte.numero);
    view! {
        <li class="rdv-carte">
            <div class="rdv-carte__entete">
                <h3 class="fr-h6 fr-mb-0">
                    <A href=format!("/dossiers/{numero}")>
                        {move || carte.with(|carte| carte.demarche.clone())}
                    </A>
                </h3>
                {move || carte.with(|carte| view! { <Badges etat=carte.etat tag=carte.tag correction=carte.correction/> })}
            </div>
            <ul class="rdv-carte__faits">
                <li>
                    <span class="fr-icon-user-line fr-icon--sm" aria-hidden="true"></span>
                    <span class="fr-sr-only">"Demandeur\u{a0}: "</span>
                    {move || carte.with(|carte| carte.demandeur.clone())}
                </li>
                <li>
                    <span class="fr-icon-calendar-line fr-icon--sm" aria-hidden="true"></span>
                    "Déposé le "
                    {move || carte.with(|carte| francais::date_courte(carte.depose_le.date()))}
                </li>
                <li>"dossier N°\u{a0}" {numero_espace(numero.0)}</li>
            </ul>
            {move || carte.with(attention)}
        </li>
    }
}

/// What the person should not miss.
fn attention(carte: &CarteDossier) -> AnyView {
    match (carte.tag, &carte.rendez_vous) {
        (Some(Tag::RdvPropose), _) => {
            let messagerie = format!("/dossiers/{}/messagerie", carte.numero);
            view! { <InvitationRendezVous messagerie/> }.into_any()
        }
        (Some(Tag::RdvPris), Some(rdv)) => rappel(rdv).into_any(),
        (Some(Tag::RdvAnnule), Some(rdv)) => annulation(rdv).into_any(),
        _ => ().into_any(),
    }
}
