//! The help of those who run démarches.

use super::reponse::Reponse;
use super::usager::compte;
use domain::chemin::Chemin;
use leptos::prelude::*;

/// What they ask.
pub fn questions() -> Vec<Reponse> {
    [reglage(), suivi(), pannes(), compte()].into_iter().flatten().collect()
}

fn reglage() -> Vec<Reponse> {
    vec![
        (
            "Comment permettre aux instructeurs de proposer un rendez-vous\u{a0}?",
            view! {
                <ol>
                    <li>
                        "Sur RDV Service Public, créez les motifs (visioconférence, téléphone, sur place) et les plages d'ouverture des instructeurs, réservables en ligne."
                    </li>
                    <li>
                        "Ici, ouvrez la démarche, puis la tuile «\u{a0}RDV Service Public\u{a0}», et cochez «\u{a0}Autoriser les instructeurs à proposer un RDV à l'utilisateur\u{a0}»."
                    </li>
                    <li>
                        "Choisissez l'agenda dans la liste de vos organisations, ou collez son adresse\u{a0}: celle de la page où les usagers prennent rendez-vous."
                    </li>
                </ol>
            }
            .into_any(),
        ),
        (
            "Comment les rendez-vous arrivent-ils dans les dossiers\u{a0}?",
            view! {
                <p>
                    "RDV Service Public prévient ce site à chaque rendez-vous pris, déplacé ou annulé. Si votre compte y est connecté, ces notifications se mettent en place d'un clic depuis la tuile. Sinon, recopiez sur RDV Service Public l'adresse et le secret donnés par la tuile."
                </p>
            }
            .into_any(),
        ),
        (
            "Comment régler ce que les instructeurs reçoivent par courriel\u{a0}?",
            view! {
                <p>
                    "Depuis «\u{a0}Groupe Instructeurs\u{a0}» ou «\u{a0}Configuration des emails\u{a0}», ouvrez «\u{a0}Régler les notifications des instructeurs\u{a0}»\u{a0}: pour chaque chose qui arrive, tout de suite, dans un résumé ou jamais. Ce réglage vaut pour ceux qui n'ont rien choisi eux-mêmes."
                </p>
            }
            .into_any(),
        ),
        (
            "Que se passe-t-il si je désactive la fonction\u{a0}?",
            view! {
                <p>
                    "Les instructeurs ne peuvent plus proposer de rendez-vous. Ceux qui sont pris restent affichés et continuent d'être mis à jour."
                </p>
            }
            .into_any(),
        ),
    ]
}

fn suivi() -> Vec<Reponse> {
    vec![
        (
            "Comment savoir qui a ouvert un dossier\u{a0}?",
            view! {
                <p>
                    "Ouvrez la tuile «\u{a0}Consultations\u{a0}» de la démarche\u{a0}: qui a ouvert, imprimé ou téléchargé quel dossier, et quand, depuis un an. Vous pouvez filtrer par dossier ou par personne, et télécharger la liste."
                </p>
            }
            .into_any(),
        ),
        (
            "Comment régler les notifications des instructeurs\u{a0}?",
            view! {
                <p>
                    "Ouvrez la tuile «\u{a0}Notifications\u{a0}» de la démarche\u{a0}: vous y choisissez ce qu'un instructeur reçoit par défaut. Chacun peut ensuite choisir pour lui-même."
                </p>
            }
            .into_any(),
        ),
        (
            "Le service est lent ou quelque chose n'arrive pas",
            view! {
                <p>
                    "Regardez "
                    <a href=Chemin::EtatDuService.to_string()>"État du service"</a>
                    "\u{a0}: les emails en attente, les agendas silencieux, les connexions qui expirent. Si une ligne n'est pas normale, prévenez l'équipe qui exploite le site."
                </p>
            }
            .into_any(),
        ),
    ]
}

fn pannes() -> Vec<Reponse> {
    vec![
        (
            "L'adresse de l'agenda est refusée",
            view! {
                <p>
                    "Elle doit commencer par https://, être sur un site de RDV Service Public et contenir «\u{a0}/org/\u{a0}» suivi du numéro de l'organisation. Ouvrez l'agenda comme le ferait un usager, puis copiez l'adresse affichée par le navigateur."
                </p>
            }
            .into_any(),
        ),
        (
            "Comment régler les rappels envoyés aux usagers\u{a0}?",
            view! {
                <p>
                    "Dans la tuile «\u{a0}RDV Service Public\u{a0}», rubrique «\u{a0}Propositions sans réponse\u{a0}»\u{a0}: indiquez après combien de jours partent les deux rappels et quand une proposition expire. Un champ laissé vide désactive le rappel."
                </p>
            }
            .into_any(),
        ),
        (
            "Un rendez-vous pris n'arrive pas dans son dossier",
            view! {
                <ul>
                    <li>
                        "Dans la tuile, regardez quand la dernière notification a été reçue. S'il n'y en a aucune, vérifiez sur RDV Service Public l'adresse et le secret."
                    </li>
                    <li>
                        "Lancez «\u{a0}Synchroniser\u{a0}»\u{a0}: ce que les notifications ont manqué est relu dans l'agenda."
                    </li>
                    <li>
                        "Un rendez-vous dont on ne sait pas de quel dossier il relève attend un instructeur, dans «\u{a0}à rattacher\u{a0}»."
                    </li>
                </ul>
            }
            .into_any(),
        ),
        (
            "Des usagers disent ne pas recevoir les emails",
            view! {
                <p>
                    "Ce qu'annoncent les emails est toujours aussi dans la messagerie des dossiers. Demandez à l'équipe qui exploite le site de vérifier l'envoi, et aux usagers de regarder leurs courriers indésirables. La tuile «\u{a0}Configuration des emails\u{a0}» montre leur texte."
                </p>
            }
            .into_any(),
        ),
        (
            "La visioconférence n'a pas de lien",
            view! {
                <p>
                    "Le lien vient de RDV Service Public\u{a0}: le motif doit être de type visioconférence. Seuls les liens de salles connues sont affichés, pour la sécurité des usagers."
                </p>
            }
            .into_any(),
        ),
    ]
}
