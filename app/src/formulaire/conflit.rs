//! Two people who save the same text: the second is told, keeps what they typed, and sees what the first saved.

use super::suivi::Suivi;
use crate::erreur::ErreurApp;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The version that a form of `action` sends, when what it saves gives the new one back: that of what it showed when it
/// was opened, then of what it saved, or of what is shown beside it once it was refused.
pub fn version<S>(
    action: ServerAction<S>,
    suivi: Suivi,
    actuelle: Signal<String>,
    relire: Callback<()>,
) -> Signal<String>
where
    S: ServerFn<Output = String, Error = ErreurApp> + Clone + Send + Sync + 'static,
{
    let version = version_montree(suivi, actuelle, relire);
    let resultat = action.value();
    Effect::new(move |_| {
        if let Some(Ok(nouvelle)) = resultat.get() {
            version.set(nouvelle);
        }
    });
    version.into()
}

/// The same, for a form that leads elsewhere once it is saved.
pub fn version_montree(
    suivi: Suivi,
    actuelle: Signal<String>,
    relire: Callback<()>,
) -> RwSignal<String> {
    let montree = actuelle.get_untracked();
    let envoyee = suivi.saisi("version").filter(|_| !untrack(|| suivi.en_conflit()));
    let version = RwSignal::new(envoyee.unwrap_or(montree));
    Effect::new(move |avant: Option<bool>| {
        let conflit = suivi.en_conflit();
        if conflit && avant == Some(false) {
            relire.run(());
        }
        conflit
    });
    Effect::new(move |_| {
        let actuelle = actuelle.get();
        if suivi.en_conflit() {
            version.set(actuelle);
        }
    });
    version
}

/// The version, and what is saved now when it is no longer what the form showed.
#[component]
pub fn Conflit(
    /// The form.
    suivi: Suivi,
    /// What it sends.
    #[prop(into)]
    version: Signal<String>,
    /// The present values, with the names of their fields.
    valeurs: Signal<Vec<(&'static str, String)>>,
) -> impl IntoView {
    let lignes = move || {
        let nom = |nom: &str| nom.trim_end_matches(['*', '\u{a0}']).to_owned();
        valeurs.get().into_iter().map(|(champ, valeur)| (nom(champ), valeur)).collect()
    };
    view! {
        <input type="hidden" name="version" value=move || version.get()/>
        {move || suivi.en_conflit().then(|| valeurs_actuelles(lignes()))}
    }
}

/// What is saved now, beside what was typed.
fn valeurs_actuelles(valeurs: Vec<(String, String)>) -> impl IntoView {
    let lignes = valeurs
        .into_iter()
        .map(|(nom, valeur)| {
            let valeur = if valeur.is_empty() { "Non renseigné".to_owned() } else { valeur };
            view! {
                <div>
                    <dt>{nom}</dt>
                    <dd class="rdv-texte">{valeur}</dd>
                </div>
            }
            .into_any()
        })
        .collect();
    cadre_des_valeurs(lignes)
}

/// The frame of it, around its lines.
pub fn cadre_des_valeurs(lignes: Vec<AnyView>) -> impl IntoView {
    view! {
        <section class="rdv-apercu fr-mb-3w" aria-labelledby="valeurs-actuelles">
            <h2 class="fr-h6" id="valeurs-actuelles">"Valeurs actuelles"</h2>
            <dl class="rdv-champs">{lignes}</dl>
        </section>
    }
}
