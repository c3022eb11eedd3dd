//! « Supprimer le message ».

use crate::api::instructeur::messagerie::SupprimerMessage;
use crate::formulaire::suivi::PageDuFormulaire;
use domain::francais;
use domain::vues::MessageVue;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The button of a message, for who wrote it. It asks once more, without a script.
#[component]
pub fn SupprimerLeMessage(
    /// The message.
    message: Signal<MessageVue>,
) -> impl IntoView {
    let (id, le, possible) = message.with_untracked(|m| (m.id, m.le, m.supprimable));
    let libelle = format!(
        "Supprimer votre message du {} à {}",
        francais::date(le.date()),
        francais::heure(le)
    );
    possible.then(|| {
        view! {
            <div class="rdv-message__actions">
                <form method="post" action=SupprimerMessage::url()>
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
                </form>
            </div>
        }
    })
}
