//! « Mentions légales ».

use super::cadre::page;
use domain::vues::Mentions;
use leptos::prelude::*;

/// Who publishes the site, who hosts it, what may be reused.
#[component]
pub fn MentionsLegales() -> impl IntoView {
    page("Mentions légales", contenu)
}

fn contenu(mentions: &Mentions) -> AnyView {
    view! {
        <h2 class="fr-h4">"Éditeur"</h2>
        <p class="rdv-texte">{ou_absent(mentions.editeur.clone())}</p>
        <h2 class="fr-h4">"Hébergeur"</h2>
        <p class="rdv-texte">{ou_absent(mentions.hebergeur.clone())}</p>
        <h2 class="fr-h4">"Liens vers d'autres sites"</h2>
        <p>
            "Les rendez-vous se prennent sur RDV Service Public et les visioconférences ont lieu sur les sites choisis par l'administration. Ces sites s'ouvrent dans un nouvel onglet et ont leurs propres mentions légales."
        </p>
        <h2 class="fr-h4">"Réutilisation"</h2>
        <p>
            "Sauf mention contraire, les contenus de ce site sont proposés sous licence etalab-2.0. Ce que vous écrivez dans un dossier n'en fait pas partie\u{a0}: seules les personnes chargées de votre dossier peuvent le lire."
        </p>
        <h2 class="fr-h4">"Disponibilité"</h2>
        <p>
            "Le service peut être interrompu pour maintenance. Un rendez-vous déjà pris reste valable\u{a0}: il est aussi enregistré sur RDV Service Public."
        </p>
    }
    .into_any()
}

fn ou_absent(texte: Option<String>) -> String {
    texte.unwrap_or_else(|| "Non renseigné sur ce site de démonstration ou d'essai.".to_owned())
}
