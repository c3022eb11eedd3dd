//! « Supprimer le message ».

use crate::api::instructeur::messagerie::SupprimerMessage;
use crate::formulaire::suivi::{PageDuFormulaire, Suivi};
use crate::page::contexte::annonces;
use crate::page::titre::focus_sur_l_onglet;
use domain::francais;
use domain::vues::MessageVue;
use leptos::form::ActionForm;
use leptos::prelude::*;

/// The deletion of any message of a thread.
#[derive(Clone, Copy)]
pub struct Suppression {
    action: ServerAction<SupprimerMessage>,
    /// Where its form stands.
    pub suivi: Suivi,
}

impl Suppression {
    /// `relire` reads the thread again.
    pub fn nouvelle(relire: Callback<()>) -> Self {
        let action = ServerAction::<SupprimerMessage>::new();
        let suivi = Suivi::nouveau(action);
        let annonces = annonces();
        suivi.au_succes(move || {
            relire.run(());
            annonces.dire("Le message a été supprimé.");
            // The button that had the focus goes away.
            focus_sur_l_onglet();
        });
        Self { action, suivi }
    }

    /// The button of a message, for who wrote it. It asks once more, without a script.
    pub fn bouton(self, message: Signal<MessageVue>) -> AnyView {
        let Self { action, suivi } = self;
        let (id, le) = message.with_untracked(|m| (m.id, m.le));
        let libelle = format!(
            "Supprimer votre message du {} à {}",
            francais::date(le.date()),
            francais::heure(le)
        );
        let possible = Memo::new(move |_| message.with(|m| m.supprimable));
        let formulaire = move || {
            let libelle = libelle.clone();
            possible.get().then(|| {
                view! {
                    <div class="rdv-message__actions">
                        <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                            <PageDuFormulaire/>
                            <input type="hidden" name="message" value=id.to_string()/>
                            <details class="rdv-retrait">
                                <summary
                                    class="fr-btn fr-btn--tertiary fr-btn--sm fr-icon-delete-line fr-btn--icon-left"
                                    aria-label=libelle
                                >
                                    "Supprimer"
                                </summary>
                                <p class="fr-mt-1w fr-mb-1w">
                                    "L'utilisateur ne pourra plus lire ce message ni ouvrir ses pièces jointes."
                                </p>
                                <button class="fr-btn fr-btn--sm" type="submit">
                                    "Confirmer la suppression"
                                </button>
                            </details>
                        </ActionForm>
                    </div>
                }
            })
        };
        formulaire.into_any()
    }
}
