//! « Proposer un rendez-vous ».

use super::dossier::DossierOuvert;
use crate::api::instructeur::Proposer as ProposerUnRendezVous;
use crate::components::erreur::adresse_ici;
use crate::components::formulaire::{
    AlerteFormulaire, BoutonEnvoyer, ChampTexte, PageDuFormulaire, Suivi,
};
use crate::components::reussite::PROPOSITION_ENVOYEE;
use crate::components::titre::focus_sur_l_onglet;
use crate::contexte::annonces;
use domain::Champ;
use domain::vues::Entete;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::form::ActionForm;
use leptos::html;
use leptos::prelude::*;

/// The button, and the panel that it opens. Opening and closing need no script.
///
/// The panel stays while it is open, even if the dossier can no longer have a proposition: what is being
/// typed is not lost, and « Valider » says why.
#[component]
pub fn Proposer(
    /// The header of the dossier.
    entete: Signal<Entete>,
) -> impl IntoView {
    let action = ServerAction::<ProposerUnRendezVous>::new();
    let suivi = Suivi::nouveau(action);
    let panneau = NodeRef::<html::Details>::new();
    let bouton = NodeRef::<html::Summary>::new();
    let ouvert = RwSignal::new(suivi.refuse_au_depart());
    let fermer = move || {
        if let Some(panneau) = panneau.get_untracked() {
            panneau.set_open(false);
        }
        suivi.oublier();
    };
    apres_proposition(suivi, fermer);
    let au_clavier = move |touche: KeyboardEvent| {
        if touche.key() == "Escape" && ouvert.get_untracked() {
            fermer();
            if let Some(bouton) = bouton.get_untracked() {
                let _ = bouton.focus();
            }
        }
    };
    let annuler = move |clic: MouseEvent| {
        clic.prevent_default();
        fermer();
        if let Some(bouton) = bouton.get_untracked() {
            let _ = bouton.focus();
        }
    };
    view! {
        <details
            class="rdv-panneau"
            open=suivi.refuse_au_depart()
            hidden=move || !(entete.with(|e| e.peut_proposer) || ouvert.get())
            on:toggle=move |_| {
                ouvert.set(panneau.get_untracked().is_some_and(|panneau| panneau.open()));
            }
            on:keydown=au_clavier
            node_ref=panneau
        >
            <summary
                class="fr-btn fr-btn--secondary fr-icon-arrow-down-s-line fr-btn--icon-right"
                node_ref=bouton
            >
                "Proposer un rendez-vous"
            </summary>
            <div class="rdv-panneau__corps">
                <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                    <Champs entete suivi annuler/>
                </ActionForm>
            </div>
        </details>
    }
}

/// Once the proposition is made: the panel closes, the page shows it, the person knows it.
fn apres_proposition(suivi: Suivi, fermer: impl Fn() + 'static) {
    let annonces = annonces();
    let dossier = use_context::<DossierOuvert>();
    suivi.au_succes(move || {
        fermer();
        annonces.reussir(PROPOSITION_ENVOYEE);
        if let Some(DossierOuvert(entete)) = dossier {
            entete.refetch();
        }
        // The button goes away with the refresh. Another tab gives the focus to its own title.
        focus_sur_l_onglet();
    });
}

#[component]
fn Champs<F>(entete: Signal<Entete>, suivi: Suivi, annuler: F) -> impl IntoView
where
    F: Fn(MouseEvent) + Send + 'static,
{
    let (dossier, cle) = entete.with_untracked(|e| (e.numero, e.cle.clone()));
    let cle = suivi.cle(cle);
    let ici = adresse_ici();
    view! {
        <h2 class="fr-h6">
            <span class="fr-icon-calendar-event-line" aria-hidden="true"></span>
            " Proposer un rendez-vous"
        </h2>
        <p>
            "L'utilisateur sera informé de votre proposition de rendez-vous et sera invité à choisir un créneau parmi les plages d'ouverture renseignées par l'administrateur de la démarche."
        </p>
        <AlerteFormulaire suivi champ=Champ::Complement/>
        <PageDuFormulaire/>
        <input type="hidden" name="dossier" value=dossier.to_string()/>
        <input type="hidden" name="cle" value=move || cle.get()/>
        <ChampTexte
            id="complement"
            champ=Champ::Complement
            libelle="Message complémentaire (facultatif)"
            indice="Indiquez ici la raison pour laquelle vous proposez un rendez-vous, les éventuels éléments nécessaires au rendez-vous..."
            exemple="Indiquez ici la raison pour laquelle vous proposez un rendez-vous, les éventuels éléments nécessaires au rendez-vous..."
            suivi
        />
        <div class="rdv-boutons">
            <a class="fr-btn fr-btn--secondary" href=move || ici.get() on:click=annuler>
                "Annuler"
            </a>
            <BoutonEnvoyer texte="Valider" suivi/>
        </div>
    }
}
