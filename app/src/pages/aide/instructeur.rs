//! The help of those who examine dossiers.

use super::reponse::Reponse;
use super::usager::compte;
use domain::chemin::Chemin;
use leptos::prelude::*;

/// What they ask.
pub fn questions() -> Vec<Reponse> {
    [rendez_vous(), demarche(), pannes(), compte()].into_iter().flatten().collect()
}

fn rendez_vous() -> Vec<Reponse> {
    vec![
        (
            "Comment proposer un rendez-vous\u{a0}?",
            view! {
                <p>
                    "Dans un dossier, choisissez «\u{a0}Proposer un rendez-vous\u{a0}», ajoutez si besoin un message, puis «\u{a0}Valider\u{a0}». L'usager reçoit un email et trouve dans sa messagerie le lien pour choisir un créneau. Le dossier porte la mention «\u{a0}RDV PROPOSÉ\u{a0}» jusqu'à ce qu'il ait choisi."
                </p>
            }
            .into_any(),
        ),
        (
            "Comment savoir qu'un rendez-vous est pris\u{a0}?",
            view! {
                <p>
                    "Vous recevez un email (ou une ligne du résumé du jour, si votre compte RDV Service Public est connecté), un message s'ajoute à la messagerie et le dossier porte la mention «\u{a0}RDV PRIS\u{a0}». Tous les rendez-vous d'une démarche sont dans sa rubrique «\u{a0}rendez-vous avec les usagers\u{a0}», en liste, par semaine ou par jour. Une pastille orange annonce les nouveaux."
                </p>
            }
            .into_any(),
        ),
        (
            "Comment recevoir moins de courriels, ou les recevoir réunis\u{a0}?",
            view! {
                <p>
                    "Dans la démarche, ouvrez «\u{a0}gestion des notifications\u{a0}». Pour chaque chose qui arrive (rendez-vous, message, nouveau dossier, avis…), choisissez «\u{a0}tout de suite\u{a0}», «\u{a0}résumé du jour\u{a0}», «\u{a0}résumé de la semaine\u{a0}» ou «\u{a0}jamais\u{a0}». Un résumé réunit toutes vos démarches et part à 7\u{a0}h les jours ouvrés, seulement s'il y a quelque chose à dire. Le lien «\u{a0}Ne plus recevoir ces emails\u{a0}», en bas de chacun, arrête ceux de la même sorte."
                </p>
            }
            .into_any(),
        ),
        (
            "Comment déplacer ou annuler un rendez-vous\u{a0}?",
            view! {
                <p>
                    "Faites-le sur RDV Service Public, dans votre agenda. Le dossier est mis à jour ici en quelques secondes et l'usager en est informé. Une proposition à laquelle l'usager n'a pas encore répondu se supprime ici, sous son message."
                </p>
            }
            .into_any(),
        ),
        (
            "Comment avoir les rendez-vous dans mon agenda\u{a0}?",
            view! {
                <p>
                    "RDV Service Public envoie chaque rendez-vous à l'agent qui le tient, et lui propose un abonnement. Ici, chaque rendez-vous a son fichier («\u{a0}Ajouter à mon agenda (.ics)\u{a0}»), et «\u{a0}rendez-vous avec les usagers\u{a0}» un abonnement, pour qui n'a pas de compte là-bas ou suit des rendez-vous tenus par d'autres. Avec les deux abonnements, chaque rendez-vous figurerait en double."
                </p>
            }
            .into_any(),
        ),
        (
            "Que se passe-t-il quand l'usager ne répond pas à une proposition\u{a0}?",
            view! {
                <p>
                    "Il reçoit un rappel, dans la messagerie et par email, trois puis sept jours après la proposition\u{a0}; elle expire au bout de trente jours. L'administrateur peut changer ces délais. Le dossier porte alors la mention «\u{a0}SANS RÉPONSE\u{a0}»\u{a0}: choisissez «\u{a0}Proposer à nouveau\u{a0}» dans le dossier. Dans la liste, les filtres «\u{a0}Sans réponse\u{a0}» et «\u{a0}RDV proposé depuis plus de … jours\u{a0}» les retrouvent. Si l'usager réserve quand même après l'expiration, son rendez-vous est rattaché au dossier comme les autres."
                </p>
            }
            .into_any(),
        ),
        (
            "Que comptent les statistiques d'une démarche\u{a0}?",
            view! {
                <p>
                    "Les rendez-vous proposés pour les dossiers de vos groupes, par mois et par type\u{a0}: combien ont été réservés, en combien de temps, et ce qu'ils sont devenus (honorés, annulés, absences). Choisissez la période, et téléchargez les mêmes chiffres en tableau."
                </p>
            }
            .into_any(),
        ),
        (
            "À quoi sert de connecter mon compte RDV Service Public\u{a0}?",
            view! {
                <p>
                    "L'usager reçoit un lien personnel, déjà rempli à son nom, et vous pouvez choisir le créneau vous-même, par exemple pendant un appel. La connexion se fait dans «\u{a0}Mon compte RDV Service Public\u{a0}» et se retire à tout moment."
                </p>
            }
            .into_any(),
        ),
    ]
}

fn demarche() -> Vec<Reponse> {
    vec![
        (
            "Comment obtenir tous les dossiers d'une démarche\u{a0}?",
            view! {
                <p>
                    "Pour une liste courte, «\u{a0}Télécharger\u{a0}» au-dessus de la liste. Sinon «\u{a0}voir les exports\u{a0}»\u{a0}: un tableau (Excel ou CSV) ou une archive est préparé à part, avec les filtres de la liste d'où vous venez, et un email vous prévient. Vous pouvez le télécharger pendant 7 jours, tant que vous examinez ces dossiers."
                </p>
            }
            .into_any(),
        ),
        (
            "Comment choisir les emails que je reçois\u{a0}?",
            view! {
                <p>
                    "Par «\u{a0}gestion des notifications\u{a0}», au-dessus de la liste d'une démarche\u{a0}: chaque sorte d'événement aussitôt, dans le résumé du jour ou de la semaine, ou jamais."
                </p>
            }
            .into_any(),
        ),
        (
            "Qui sait quels dossiers j'ai ouverts\u{a0}?",
            view! {
                <p>
                    "L'administrateur de la démarche\u{a0}: l'écran «\u{a0}Consultations\u{a0}» lui dit pendant un an qui a ouvert, imprimé ou téléchargé chaque dossier. L'archive de "
                    <a href=Chemin::MesDonnees.to_string()>"Mes données"</a> " contient les vôtres."
                </p>
            }
            .into_any(),
        ),
        (
            "Comment écrire aux personnes qui n'ont pas fini leur dossier\u{a0}?",
            view! {
                <p>
                    "Par «\u{a0}contacter les usagers (brouillon)\u{a0}», au-dessus de la liste\u{a0}: chaque personne qui a un brouillon et n'a déposé aucun dossier reçoit un email. Vous voyez combien elles sont et combien d'emails sont partis, mais pas qui elles sont."
                </p>
            }
            .into_any(),
        ),
    ]
}

fn pannes() -> Vec<Reponse> {
    vec![
        (
            "Le bouton «\u{a0}Proposer un rendez-vous\u{a0}» n'apparaît pas",
            view! {
                <p>
                    "L'administrateur de la démarche doit activer «\u{a0}RDV Service Public\u{a0}» et donner l'adresse de l'agenda. Un dossier terminé ne peut plus recevoir de proposition."
                </p>
            }
            .into_any(),
        ),
        (
            "L'usager dit qu'il n'a pas reçu l'email",
            view! {
                <p>
                    "La proposition est dans la messagerie de son dossier, même sans email\u{a0}: demandez-lui d'ouvrir «\u{a0}Mes dossiers\u{a0}». Vérifiez avec lui l'adresse électronique de son compte, dans l'onglet «\u{a0}Demande\u{a0}», et son dossier de courriers indésirables."
                </p>
            }
            .into_any(),
        ),
        (
            "Le lien de l'agenda ne fonctionne pas, ou l'usager ne trouve pas de créneau",
            view! {
                <ul>
                    <li>
                        "Ouvrez vous-même le lien qui figure dans votre message. S'il mène à une erreur, demandez à l'administrateur de vérifier l'adresse de l'agenda dans la tuile «\u{a0}RDV Service Public\u{a0}»."
                    </li>
                    <li>
                        "Si la page s'ouvre sans créneau, il faut ouvrir des plages de disponibilité sur RDV Service Public, pour un motif réservable en ligne."
                    </li>
                </ul>
            }
            .into_any(),
        ),
        (
            "Un rendez-vous pris ne s'affiche pas dans le dossier",
            view! {
                <p>
                    "Regardez «\u{a0}à rattacher\u{a0}», à côté de «\u{a0}rendez-vous avec les usagers\u{a0}»\u{a0}: y sont ceux dont l'adresse ou le nom ne désignent pas un seul dossier. Choisissez le bon, et l'usager en est informé. S'il n'y est pas non plus, demandez à l'administrateur de synchroniser l'agenda."
                </p>
            }
            .into_any(),
        ),
        (
            "La visioconférence ne démarre pas",
            view! {
                <ul>
                    <li>
                        "Ouvrez «\u{a0}rejoindre la visioconférence\u{a0}» dans le dossier ou dans «\u{a0}rendez-vous avec les usagers\u{a0}»\u{a0}: l'usager a le même lien, dans «\u{a0}Mes dossiers\u{a0}»."
                    </li>
                    <li>
                        "Autorisez le micro et la caméra dans le navigateur, essayez-en un autre, et vérifiez que votre réseau laisse passer webconf.numerique.gouv.fr."
                    </li>
                    <li>
                        "Si le rendez-vous n'a pas de lien, ajoutez-le sur RDV Service Public\u{a0}: il s'affiche ensuite ici, pour vous deux."
                    </li>
                    <li>"Sinon, appelez l'usager ou écrivez-lui par la messagerie du dossier."</li>
                </ul>
            }
            .into_any(),
        ),
    ]
}
