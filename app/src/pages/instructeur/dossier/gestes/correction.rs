//! « Demander une correction ».

use crate::api::instructeur::instruction::{
    DemanderCorrection as DemanderUneCorrection, RetirerCorrection,
};
use crate::formulaire::modale::AConfirmer;
use crate::formulaire::panneau::Panneau;
use crate::formulaire::pieces::ChampPieces;
use crate::formulaire::suivi::{AlerteFormulaire, ChampTexte, PageDuFormulaire, Suivi};
use crate::page::service;
use domain::Champ;
use domain::correction::EtatCorrection;
use domain::dossier::EtatDossier;
use domain::vues::{Entete, MessageVue};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The button, and the panel that it opens.
#[component]
pub fn DemanderCorrection(
    /// The header of the dossier.
    entete: Signal<Entete>,
) -> impl IntoView {
    let suivi = Suivi::servi::<DemanderUneCorrection>();
    let visible = Signal::derive(move || {
        entete.with(|e| {
            e.etat == EtatDossier::EnConstruction && e.correction != Some(EtatCorrection::Demandee)
        })
    });
    let contenu = move |boutons: AnyView| {
        view! {
            <form
                method="post"
                action=DemanderUneCorrection::url()
                enctype="multipart/form-data"
            >
                <Champs entete suivi/>
                {boutons}
            </form>
        }
        .into_any()
    };
    view! { <Panneau id="demander-correction" bouton="Demander une correction" visible suivi valider="Valider" contenu/> }
}

#[component]
fn Champs(entete: Signal<Entete>, suivi: Suivi) -> impl IntoView {
    let (numero, cle) = entete.with_untracked(|e| (e.numero, e.cle.to_string()));
    view! {
        <h2 class="fr-h6">
            <span class="fr-icon-error-warning-line" aria-hidden="true"></span>
            " Demander une correction"
        </h2>
        <p>"L'utilisateur sera informé que des modifications sont attendues."</p>
        <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
        <AlerteFormulaire suivi sans_champs=true/>
        <PageDuFormulaire/>
        <input type="hidden" name="dossier" value=numero.to_string()/>
        <input type="hidden" name="cle" value=cle/>
        <ChampTexte
            id="correction"
            champ=Champ::Correction
            libelle="Expliquez au demandeur quelle(s) correction(s) sont attendues\u{a0}*"
            exemple=""
            requis=true
            suivi
        />
        <ChampPieces id="correction-pieces" libelle="Ajouter une pièce jointe (facultatif)" suivi/>
    }
}

/// « Supprimer la demande de correction et ce message », under a message whose request waits.
#[component]
pub fn RetirerLaCorrection(
    /// The message.
    message: Signal<MessageVue>,
) -> impl IntoView {
    let suivi = Suivi::servi::<RetirerCorrection>();
    let id = message.with_untracked(|m| m.id);
    let formulaire = move |dedans: AnyView| {
        view! {
            <form method="post" action=RetirerCorrection::url()>
                <PageDuFormulaire/>
                <input type="hidden" name="message" value=id.to_string()/>
                {dedans}
            </form>
        }
        .into_any()
    };
    message.with_untracked(|m| m.retirable).then(|| {
        view! {
            <div class="rdv-message__actions">
                <AConfirmer
                    id=format!("retirer-correction-{id}")
                    classe="fr-btn fr-btn--tertiary fr-btn--sm fr-icon-delete-line fr-btn--icon-left"
                    bouton="Supprimer la demande de correction et ce message"
                    titre="Supprimer la demande de correction et ce message\u{a0}?"
                    explication="L'utilisateur ne verra plus la demande."
                    confirmer="Supprimer"
                    suivi
                    formulaire
                />
            </div>
        }
    })
}
