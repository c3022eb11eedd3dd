//! « Afficher le mot de passe ».

use leptos::prelude::*;

/// The box that has what is typed in a password field shown. It needs a script, and comes with it.
#[component]
pub fn AfficherLeMotDePasse(
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
