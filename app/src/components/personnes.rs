//! People in a list, who can be removed.

use domain::vues::Membre;
use leptos::prelude::*;

/// Somebody in a list.
#[component]
pub fn Personne(
    /// Who.
    membre: Signal<Membre>,
    /// Whether it is the reader.
    #[prop(optional)]
    moi: bool,
    /// What can be done.
    children: Children,
) -> impl IntoView {
    let nom =
        move || membre.with(|m| (m.nom != m.email).then(|| view! { <span>{m.nom.clone()}</span> }));
    let en_attente = move || {
        membre.with(|m| m.en_attente).then(|| {
            view! { <span class="fr-badge fr-badge--sm fr-badge--info">"compte à ouvrir"</span> }
        })
    };
    view! {
        <li>
            <p class="rdv-personnes__qui">
                <span class="fr-text--bold rdv-cesure">{move || membre.with(|m| m.email.clone())}</span>
                {nom}
                {moi.then_some("(vous)")}
                {en_attente}
            </p>
            {move || membre.with(|m| m.refus.as_deref().map(adresse_refusee))}
            {children()}
        </li>
    }
}

/// That our mails do not reach somebody in a list. `raison`: why.
pub fn adresse_refusee(raison: &str) -> impl IntoView + use<> {
    let raison = raison.to_owned();
    view! {
        <p class="fr-message fr-message--warning fr-mb-1w">
            "Cette adresse n'a pas pu recevoir notre courriel. " {raison}
        </p>
    }
}

/// « Retirer », in two steps that need no script.
#[component]
pub fn Retrait(
    /// Who.
    email: String,
    /// What it means.
    question: String,
    /// Whether nobody else is left, so that it can't be.
    seul: Signal<bool>,
) -> impl IntoView {
    let mut libelle = email;
    libelle.insert_str(0, "Retirer ");
    move || {
        if seul.get() {
            return view! { <p class="fr-hint-text">"Ne peut pas être retiré\u{a0}: personne d'autre dans la liste."</p> }
                .into_any();
        }
        view! {
            <details class="rdv-retrait">
                <summary class="fr-btn fr-btn--tertiary fr-btn--sm" aria-label=libelle.clone()>
                    "Retirer"
                </summary>
                <p class="fr-mt-1w fr-mb-1w">{question.clone()}</p>
                <button class="fr-btn fr-btn--sm" type="submit">"Confirmer le retrait"</button>
            </details>
        }
        .into_any()
    }
}
