//! « Données personnelles ».

use super::cadre::{contact, page};
use crate::components::lien::LienExterne;
use domain::retention::{DONNEES, Donnee};
use domain::vues::Mentions;
use leptos::prelude::*;

/// What is kept, why, how long, and the rights of the people concerned.
#[component]
pub fn DonneesPersonnelles() -> impl IntoView {
    page("Données personnelles", contenu)
}

fn contenu(mentions: &Mentions) -> AnyView {
    let lignes = DONNEES
        .iter()
        .map(|Donnee { quoi, pourquoi, duree }| {
            let combien = duree.phrase();
            view! {
                <div>
                    <dt>{*quoi}</dt>
                    <dd>{*pourquoi} <br/> <strong>"Conservation\u{a0}: "</strong> {combien}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <h2 class="fr-h4">"Qui est responsable\u{a0}?"</h2>
        <p>
            "L'administration qui vous demande une démarche est responsable des données de votre dossier. L'éditeur du site est responsable des comptes et de la sécurité du service. Les données sont traitées pour l'exécution d'une mission d'intérêt public (article 6.1.e du règlement général sur la protection des données)."
        </p>
        <h2 class="fr-h4">"Qu'est-ce qui est conservé, et combien de temps\u{a0}?"</h2>
        <dl class="rdv-champs">{lignes}</dl>
        <h2 class="fr-h4">"Qui peut lire ces données\u{a0}?"</h2>
        <p>
            "Les instructeurs du groupe chargé de votre dossier\u{a0}: chaque fois que l'un d'eux l'ouvre, c'est noté. Les administrateurs règlent la démarche sans lire les dossiers\u{a0}; ils lisent qui les a ouverts. Rien n'est vendu ni utilisé pour de la publicité."
        </p>
        <p>
            "Quand vous prenez rendez-vous, vous donnez vous-même vos coordonnées à RDV Service Public, qui nous prévient du rendez-vous. Si l'instructeur y a connecté son compte, votre nom, votre prénom et votre adresse électronique peuvent lui être transmis pour préparer votre invitation."
        </p>
        <p>
            "Si vous vous abonnez à vos rendez-vous, votre agenda (Google, Microsoft, Apple…) lit et conserve leur date, leur lieu et le nom de la démarche, selon ses propres règles. L'abonnement d'un instructeur ne contient ni votre nom ni vos coordonnées."
        </p>
        <h2 class="fr-h4">"Cookies"</h2>
        <p>
            "Ce site dépose des cookies nécessaires à son fonctionnement et à sa sécurité\u{a0}: votre session, la confiance accordée à ce navigateur si vous êtes agent, votre choix d'affichage, l'onglet et les filtres de la dernière liste de dossiers que vous avez regardée (jusqu'à la fermeture du navigateur), et la marque qui permet de reconnaître, pendant un an, un navigateur avec lequel vous vous êtes déjà connecté, pour que personne ne puisse vous empêcher d'entrer en essayant des mots de passe à votre place. Il ne mesure pas votre navigation et ne demande donc pas votre consentement."
        </p>
        <h2 class="fr-h4">"Vos droits"</h2>
        <p>
            "Vous pouvez demander à voir vos données, à les faire corriger ou effacer, à en limiter l'usage ou vous y opposer."
        </p>
        {contact("Pour exercer ces droits, écrivez à", mentions)}
        <p>
            "Si la réponse ne vous convient pas, vous pouvez saisir la "
            <LienExterne href="https://www.cnil.fr/fr/plaintes" texte="CNIL"/> "."
        </p>
    }
    .into_any()
}
