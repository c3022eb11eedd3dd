//! The field of a password.

use super::suivi::MessageErreur;
use leptos::prelude::*;

/// The field, what is wrong with the password, and the box that has what is typed shown.
#[component]
pub fn ChampMotDePasse(
    /// Its id, and its name in the form.
    id: &'static str,
    /// What password managers are told: « current-password », « new-password ».
    autocomplete: &'static str,
    /// What to know before choosing a password.
    #[prop(optional)]
    indice: Option<AnyView>,
    /// Why the password was refused; the form is then shown with the focus in the field.
    #[prop(optional_no_strip)]
    erreur: Option<String>,
) -> impl IntoView {
    let refuse = erreur.is_some();
    let id_erreur = format!("{id}-erreur");
    let decrit_par = refuse.then(|| id_erreur.clone());
    view! {
        <div class="fr-input-group" class:fr-input-group--error=refuse>
            <label class="fr-label" for=id>
                "Mot de passe\u{a0}*" {indice}
            </label>
            <input
                class="fr-input"
                class:fr-input--error=refuse
                id=id
                name=id
                type="password"
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-required="true"
                aria-invalid=refuse.then_some("true")
                aria-describedby=decrit_par
                autofocus=refuse
            />
            {erreur.map(|e| view! { <MessageErreur id=id_erreur erreur=Signal::stored(Some(e))/> })}
            {afficher(id)}
        </div>
    }
}

/// The box that has what is typed in the password field of that id shown. It needs a script.
fn afficher(id: &'static str) -> impl IntoView {
    view! {
        <div class="fr-checkbox-group fr-checkbox-group--sm fr-mt-2w" data-avec-script>
            <input type="checkbox" id="afficher" data-devoile=id/>
            <label class="fr-label" for="afficher">"Afficher le mot de passe"</label>
        </div>
    }
}
