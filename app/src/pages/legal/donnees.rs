//! « Données personnelles ».

use super::cadre::{contact, page};
use crate::components::lien::LienExterne;
use domain::conservation::{MOIS_PAR_DEFAUT, PREAVIS_JOURS, RESTAURABLE_JOURS};
use domain::vues::Mentions;
use leptos::prelude::*;

/// What is kept, why, how long, and the rights of the people concerned.
#[component]
pub fn DonneesPersonnelles() -> impl IntoView {
    page("Données personnelles", contenu)
}

/// What is kept, why, and how long.
const CONSERVATION: [(&str, &str, &str); 13] = [
    (
        "Votre compte\u{a0}: adresse électronique, prénom, nom, empreinte du mot de passe",
        "Vous reconnaître et vous écrire",
        "Tant que le compte existe",
    ),
    (
        "Votre dossier\u{a0}: réponses au formulaire, pièces jointes, messages",
        "Examiner votre demande",
        // Said by `duree_des_dossiers`, from the rule itself.
        "",
    ),
    (
        "Vos rendez-vous\u{a0}: date, durée, lieu ou lien de la visioconférence",
        "Vous permettre de vous retrouver",
        "Avec le dossier. Quand RDV Service Public efface un rendez-vous, deux ans après, votre identité en est effacée ici aussi",
    ),
    (
        "Les notifications reçues de RDV Service Public, chiffrées",
        "Ne perdre aucun rendez-vous, même en cas de panne",
        "30\u{a0}jours",
    ),
    (
        "La liste des emails à envoyer, sans leur texte",
        "Envoyer chaque email une fois",
        "30\u{a0}jours",
    ),
    (
        "Si vous vous abonnez à vos rendez-vous\u{a0}: l'empreinte de l'adresse de l'abonnement, et quand un agenda l'a lue pour la dernière fois",
        "Montrer vos rendez-vous dans votre agenda",
        "Jusqu'à ce que vous le supprimiez, ou un an sans lecture",
    ),
    (
        "Les exports demandés par un instructeur (tableau ou archive des dossiers qu'il examine), chiffrés",
        "Lui permettre de les télécharger",
        "7\u{a0}jours, même si un dossier est supprimé entre-temps",
    ),
    (
        "Si vous avez seulement un brouillon, le fait que le service vous a écrit, sans qu'il sache que c'est vous",
        "Vous écrire une seule fois, et compter les courriels partis",
        "1\u{a0}an",
    ),
    (
        "Si vous êtes instructeur\u{a0}: vos choix de notifications",
        "Vous écrire quand vous le souhaitez, et pas plus",
        "Tant que le compte existe",
    ),
    (
        "Si vous êtes instructeur\u{a0}: ce qui attend votre résumé du jour ou de la semaine, et ce que les derniers ont dit (quel dossier, quelle sorte d'événement)",
        "Ne rien vous dire deux fois et ne rien oublier",
        "35\u{a0}jours, ou moins si le dossier est effacé avant",
    ),
    ("Votre session", "Vous garder connecté(e)", "12\u{a0}heures"),
    (
        "Le journal des actions, sans le contenu des dossiers",
        "Savoir qui a fait quoi en cas de litige",
        "Tant que la démarche existe",
    ),
    ("Votre choix d'affichage (clair ou sombre)", "L'appliquer à chaque page", "1\u{a0}an"),
];

/// How long a dossier is kept.
fn duree_des_dossiers() -> String {
    format!(
        "En construction, {MOIS_PAR_DEFAUT}\u{a0}mois après le dépôt, sauf autre durée fixée par l'administration chargée de la démarche\u{a0}: la date est écrite dans le dossier, vous êtes prévenu(e) {PREAVIS_JOURS}\u{a0}jours avant et pouvez le conserver plus longtemps. Supprimé ou expiré, il peut être restauré pendant {RESTAURABLE_JOURS}\u{a0}jours, puis il est effacé. Passé en instruction, il n'expire plus\u{a0}: l'administration le conserve selon ses propres règles. Un brouillon est conservé jusqu'à ce que vous le déposiez ou le supprimiez"
    )
}

fn contenu(mentions: &Mentions) -> AnyView {
    let lignes = CONSERVATION
        .into_iter()
        .map(|(quoi, pourquoi, combien)| {
            let combien =
                if combien.is_empty() { duree_des_dossiers() } else { combien.to_owned() };
            view! {
                <div>
                    <dt>{quoi}</dt>
                    <dd>{pourquoi} <br/> <strong>"Conservation\u{a0}: "</strong> {combien}</dd>
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
            "Les instructeurs du groupe chargé de votre dossier. Les administrateurs règlent la démarche sans lire les dossiers. Rien n'est vendu ni utilisé pour de la publicité."
        </p>
        <p>
            "Quand vous prenez rendez-vous, vous donnez vous-même vos coordonnées à RDV Service Public, qui nous prévient du rendez-vous. Si l'instructeur y a connecté son compte, votre nom, votre prénom et votre adresse électronique peuvent lui être transmis pour préparer votre invitation."
        </p>
        <p>
            "Si vous vous abonnez à vos rendez-vous, votre agenda (Google, Microsoft, Apple…) lit et conserve leur date, leur lieu et le nom de la démarche, selon ses propres règles. L'abonnement d'un instructeur ne contient ni votre nom ni vos coordonnées."
        </p>
        <h2 class="fr-h4">"Cookies"</h2>
        <p>
            "Ce site dépose des cookies nécessaires à son fonctionnement et à sa sécurité\u{a0}: votre session, votre choix d'affichage, l'onglet et les filtres de la dernière liste de dossiers que vous avez regardée (jusqu'à la fermeture du navigateur), et la marque qui permet de reconnaître, pendant un an, un navigateur avec lequel vous vous êtes déjà connecté, pour que personne ne puisse vous empêcher d'entrer en essayant des mots de passe à votre place. Il ne mesure pas votre navigation et ne demande donc pas votre consentement."
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
