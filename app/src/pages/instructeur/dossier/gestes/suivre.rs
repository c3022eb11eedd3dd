//! « Suivre le dossier ».

use crate::api::instructeur::instruction::Suivre as SuivreLeDossier;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::contexte::annonces;
use crate::pages::instructeur::dossier::ouvert::DossierOuvert;
use domain::vues::Entete;
use leptos::form::ActionForm;
use leptos::prelude::*;

/// The button that follows the dossier, or no longer.
#[component]
pub fn Suivre(
    /// The header of the dossier.
    entete: Signal<Entete>,
) -> impl IntoView {
    let action = ServerAction::<SuivreLeDossier>::new();
    let suivi = Suivi::nouveau(action);
    let annonces = annonces();
    let relire = DossierOuvert::relire();
    suivi.au_succes(move || {
        // The header shown is still the one before.
        annonces.dire(if entete.with_untracked(|e| e.suivi) {
            "Vous ne suivez plus ce dossier."
        } else {
            "Vous suivez ce dossier."
        });
        relire.run(());
    });
    let numero = entete.with_untracked(|e| e.numero);
    let suivre = move || !entete.with(|e| e.suivi);
    view! {
        <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
            <AlerteFormulaire suivi/>
            <PageDuFormulaire/>
            <input type="hidden" name="dossier" value=numero.to_string()/>
            <input type="hidden" name="suivre" value=move || suivre().to_string()/>
            <button
                type="submit"
                class=move || {
                    if suivre() {
                        "fr-btn fr-btn--secondary fr-btn--icon-right fr-icon-star-line"
                    } else {
                        "fr-btn fr-btn--secondary fr-btn--icon-right fr-icon-star-fill"
                    }
                }
            >
                {move || if suivre() { "Suivre le dossier" } else { "Ne plus suivre" }}
            </button>
        </ActionForm>
    }
}
