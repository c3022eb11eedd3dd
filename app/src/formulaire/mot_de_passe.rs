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
    let montre = RwSignal::new(false);
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
                type=move || if montre.get() { "text" } else { "password" }
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-required="true"
                aria-invalid=refuse.then_some("true")
                aria-describedby=decrit_par
                autofocus=refuse
            />
            {erreur.map(|e| view! { <MessageErreur id=id_erreur erreur=Signal::stored(Some(e))/> })}
            <AfficherLeMotDePasse montre/>
        </div>
    }
}

/// The box that has what is typed in a password field shown. It needs a script, and comes with it.
#[component]
fn AfficherLeMotDePasse(
    /// Whether it is shown: the field is then one of text.
    montre: RwSignal<bool>,
) -> impl IntoView {
    let vivant = RwSignal::new(false);
    Effect::new(move |_| vivant.set(true));
    move || {
        vivant.get().then(|| {
            view! {
                <div class="fr-checkbox-group fr-checkbox-group--sm fr-mt-2w">
                    <input
                        type="checkbox"
                        id="afficher"
                        prop:checked=move || montre.get()
                        on:change=move |_| montre.update(|montre| *montre = !*montre)
                    />
                    <label class="fr-label" for="afficher">"Afficher le mot de passe"</label>
                </div>
            }
        })
    }
}
