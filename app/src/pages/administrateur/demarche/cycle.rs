//! What can be done with a whole démarche: publier, clore, rouvrir, envoyer une copie.

use crate::api::administrateur::demarche::{Clore, Publier, Rouvrir};
use crate::formulaire::modale::AConfirmer;
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::contexte::annonces;
use domain::chemin::{Chemin, Ecran};
use domain::publication::Publication;
use domain::vues::DemarcheAdmin;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::components::A;

/// The buttons under the title.
#[component]
pub fn Actions(
    /// The démarche.
    demarche: Signal<DemarcheAdmin>,
    /// Reads it again.
    relire: Callback<()>,
) -> impl IntoView {
    let numero = demarche.with_untracked(|d| d.numero);
    let (publier, clore, rouvrir) = (
        ServerAction::<Publier>::new(),
        ServerAction::<Clore>::new(),
        ServerAction::<Rouvrir>::new(),
    );
    let suivis = [Suivi::nouveau(publier), Suivi::nouveau(clore), Suivi::nouveau(rouvrir)];
    let annonces = annonces();
    for (suivi, phrase) in suivis.into_iter().zip([
        "La démarche est publiée.",
        "La démarche est close.",
        "La démarche est rouverte.",
    ]) {
        suivi.au_succes(move || {
            annonces.dire(phrase);
            relire.run(());
        });
    }
    let [suivi_publier, suivi_clore, suivi_rouvrir] = suivis;
    let caches = move || {
        view! {
            <PageDuFormulaire/>
            <input type="hidden" name="demarche" value=numero.to_string()/>
        }
    };
    let bouton = move || {
        match demarche.with(|d| d.publication) {
        Publication::Brouillon => view! {
            <ActionForm action=publier on:submit:capture=move |ev| suivi_publier.avant_envoi(&ev)>
                {caches()}
                <BoutonEnvoyer texte="Publier" suivi=suivi_publier/>
            </ActionForm>
        }
        .into_any(),
        Publication::Publiee(_) => view! {
            <AConfirmer
                id="clore"
                classe="fr-btn fr-btn--secondary"
                bouton="Clore"
                titre="Clore la démarche\u{a0}?"
                explication="Plus aucun dossier ne pourra être déposé. Les dossiers déjà déposés restent ouverts, et leurs rendez-vous aussi. Vous pourrez rouvrir la démarche."
                confirmer="Confirmer la clôture"
                suivi=suivi_clore
                formulaire=move |dedans: AnyView| {
                    view! {
                        <ActionForm action=clore on:submit:capture=move |ev| suivi_clore.avant_envoi(&ev)>
                            {caches()}
                            {dedans}
                        </ActionForm>
                    }
                    .into_any()
                }
            />
        }
        .into_any(),
        Publication::Close(_) => view! {
            <ActionForm action=rouvrir on:submit:capture=move |ev| suivi_rouvrir.avant_envoi(&ev)>
                {caches()}
                <BoutonEnvoyer texte="Rouvrir" suivi=suivi_rouvrir/>
            </ActionForm>
        }
        .into_any(),
    }
    };
    view! {
        <AlerteFormulaire suivi=suivi_publier/>
        <AlerteFormulaire suivi=suivi_clore/>
        <AlerteFormulaire suivi=suivi_rouvrir/>
        <div class="rdv-boutons">
            <a
                class="fr-btn fr-btn--secondary"
                href=Chemin::FormulaireVierge(numero).to_string()
                rel="external"
                download
            >
                "Télécharger PDF"
            </a>
            <A
                href=Chemin::Ecran(numero, Ecran::Copie).to_string()
                attr:class="fr-btn fr-btn--secondary"
            >
                "Envoyer une copie"
            </A>
            {bouton}
        </div>
    }
}
