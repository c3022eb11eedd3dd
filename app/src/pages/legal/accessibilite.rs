//! « Accessibilité »: the statement that the law asks for.

use super::cadre::{contact, page};
use crate::components::lien::LienExterne;
use domain::vues::Mentions;
use leptos::prelude::*;

/// How far the site conforms, what does not, and what to do about it.
#[component]
pub fn Accessibilite() -> impl IntoView {
    page("Accessibilité", contenu)
}

fn contenu(mentions: &Mentions) -> AnyView {
    view! {
        <p>
            "L'administration s'engage à rendre ce service accessible, conformément à l'article 47 de la loi n°\u{a0}2005-102 du 11\u{a0}février 2005."
        </p>
        <h2 class="fr-h4">"État de conformité"</h2>
        <p>
            "Ce site est "
            <strong>"partiellement conforme"</strong>
            " avec le référentiel général d'amélioration de l'accessibilité (RGAA), version\u{a0}4.1, en raison des non-conformités listées ci-dessous."
        </p>
        <h2 class="fr-h4">"Résultats des tests"</h2>
        <p>
            "Il s'agit d'une auto-évaluation, faite par l'équipe qui développe le service\u{a0}: chaque écran est contrôlé par l'outil axe-core, en clair et en sombre, sur grand écran et à 320\u{a0}pixels de large, puis parcouru au clavier. Aucun audit indépendant n'a encore eu lieu."
        </p>
        <h2 class="fr-h4">"Contenus non accessibles"</h2>
        <h3 class="fr-h6">"Non-conformités"</h3>
        <ul>
            <li>"Les pièces jointes déposées par l'administration (critère\u{a0}13.3)."</li>
            <li>
                "Quelques écritures du code des pages que la norme HTML n'admet pas (critère\u{a0}8.2). Nous ne leur connaissons pas d'effet sur la lecture."
            </li>
        </ul>
        <h3 class="fr-h6">"Contenus qui ne dépendent pas de nous"</h3>
        <ul>
            <li>"Les pièces jointes déposées par les usagers."</li>
            <li>
                "Les sites ouverts dans un nouvel onglet (RDV Service Public, visioconférence), qui ont leur propre déclaration."
            </li>
        </ul>
        <h2 class="fr-h4">"Établissement de cette déclaration"</h2>
        <p>
            "Technologies\u{a0}: HTML5, CSS, WAI-ARIA, WebAssembly, PDF. Chaque page se lit et chaque formulaire s'envoie aussi sans JavaScript. Navigateur utilisé pour les contrôles\u{a0}: Chromium."
        </p>
        <h2 class="fr-h4">"Retour d'information et contact"</h2>
        {contact(
            "Si vous n'arrivez pas à accéder à un contenu ou à un service, pour obtenir une autre solution, écrivez à",
            mentions,
        )}
        <h2 class="fr-h4">"Voies de recours"</h2>
        <p>
            "Si vous avez signalé un défaut d'accessibilité qui vous empêche d'utiliser le service et que vous n'avez pas obtenu de réponse satisfaisante, vous pouvez "
            <LienExterne
                href="https://formulaire.defenseurdesdroits.fr/"
                texte="écrire au Défenseur des droits"
            />
            ", contacter son délégué dans votre région, ou lui envoyer un courrier sans timbre\u{a0}: Défenseur des droits, Libre réponse\u{a0}71120, 75342\u{a0}Paris CEDEX\u{a0}07."
        </p>
    }
    .into_any()
}
