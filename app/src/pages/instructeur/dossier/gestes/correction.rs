//! « Demander une correction ».

use crate::api::instructeur::instruction::{
    DemanderCorrection as DemanderUneCorrection, RetirerCorrection,
};
use crate::formulaire::modale::AConfirmer;
use crate::formulaire::panneau::Panneau;
use crate::formulaire::pieces::ChampPieces;
use crate::formulaire::suivi::{AlerteFormulaire, ChampTexte, PageDuFormulaire, Suivi};
use crate::page::reussite::{CORRECTION_DEMANDEE, CORRECTION_RETIREE};
use crate::page::service;
use crate::pages::instructeur::dossier::ouvert::DossierOuvert;
use domain::Champ;
use domain::correction::EtatCorrection;
use domain::dossier::EtatDossier;
use domain::vues::{Entete, MessageVue};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// The button, and the panel that it opens.
#[component]
pub fn DemanderCorrection(
    /// The header of the dossier.
    entete: Signal<Entete>,
) -> impl IntoView {
    let action = ServerAction::<DemanderUneCorrection>::new();
    let suivi = Suivi::nouveau(action);
    DossierOuvert::apres(suivi, || CORRECTION_DEMANDEE);
    let visible = Signal::derive(move || {
        entete.with(|e| {
            e.etat == EtatDossier::EnConstruction && e.correction != Some(EtatCorrection::Demandee)
        })
    });
    let contenu = move |boutons: AnyView| {
        view! {
            <ActionForm
                action
                attr:enctype="multipart/form-data"
                on:submit:capture=move |ev| suivi.avant_envoi(&ev)
            >
                <Champs entete suivi/>
                {boutons}
            </ActionForm>
        }
        .into_any()
    };
    view! { <Panneau id="demander-correction" bouton="Demander une correction" visible suivi valider="Valider" contenu/> }
}

#[component]
fn Champs(entete: Signal<Entete>, suivi: Suivi) -> impl IntoView {
    let (numero, cle) = entete.with_untracked(|e| (e.numero, e.cle.clone()));
    let cle = suivi.cle(cle);
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
        <input type="hidden" name="cle" value=move || cle.get()/>
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

/// « Supprimer la demande de correction et ce message », for all messages of a thread.
#[derive(Clone, Copy)]
pub struct Retrait {
    action: ServerAction<RetirerCorrection>,
    /// Where its form stands.
    pub suivi: Suivi,
}

impl Retrait {
    /// `relire` reads the thread again.
    pub fn nouveau(relire: Callback<()>) -> Self {
        let action = ServerAction::<RetirerCorrection>::new();
        let suivi = Suivi::nouveau(action);
        suivi.au_succes(move || relire.run(()));
        DossierOuvert::apres(suivi, || CORRECTION_RETIREE);
        Self { action, suivi }
    }

    /// The button of a message, while its request waits.
    pub fn bouton(self, message: Signal<MessageVue>) -> AnyView {
        let Self { action, suivi } = self;
        let id = message.with_untracked(|m| m.id);
        let confirmation = move || {
            message.with(|m| m.retirable).then(|| {
                let formulaire = move |dedans: AnyView| {
                    view! {
                        <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                            <PageDuFormulaire/>
                            <input type="hidden" name="message" value=id.to_string()/>
                            {dedans}
                        </ActionForm>
                    }
                    .into_any()
                };
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
        };
        confirmation.into_any()
    }
}
