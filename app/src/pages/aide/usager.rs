//! The help of those who file a dossier.

use super::reponse::Reponse;
use domain::chemin::Chemin;
use leptos::prelude::*;
use leptos_router::components::A;

/// What they ask.
pub fn questions() -> Vec<Reponse> {
    [rendez_vous(), pannes(), dossier(), compte()].into_iter().flatten().collect()
}

fn rendez_vous() -> Vec<Reponse> {
    vec![
        (
            "Comment prendre le rendez-vous qui m'est proposé\u{a0}?",
            view! {
                <ol>
                    <li>
                        "Ouvrez " <A href=Chemin::MesDossiers.to_string()>"Mes dossiers"</A>
                        "\u{a0}: le dossier concerné porte la mention «\u{a0}RDV PROPOSÉ\u{a0}»."
                    </li>
                    <li>"Suivez le lien vers la messagerie, puis «\u{a0}Choisir un créneau\u{a0}»."</li>
                    <li>
                        "Sur le site RDV Service Public, qui s'ouvre dans un nouvel onglet, choisissez le type de rendez-vous, le jour et l'heure, puis indiquez vos coordonnées."
                    </li>
                </ol>
                <p>
                    "Indiquez la même adresse électronique qu'ici\u{a0}: le rendez-vous s'affiche alors dans votre dossier en quelques secondes, sans rien faire d'autre."
                </p>
            }
            .into_any(),
        ),
        (
            "Comment déplacer ou annuler mon rendez-vous\u{a0}?",
            view! {
                <p>
                    "Ouvrez votre dossier, puis l'onglet «\u{a0}Rendez-vous\u{a0}». Le lien «\u{a0}Infos et annulation\u{a0}» mène à votre rendez-vous sur RDV Service Public, où vous pouvez le déplacer ou l'annuler. L'instructeur en est informé aussitôt. S'il est trop tard pour le faire en ligne, écrivez-lui par la messagerie."
                </p>
            }
            .into_any(),
        ),
        (
            "Comment avoir mon rendez-vous dans mon agenda\u{a0}?",
            view! {
                <p>
                    "RDV Service Public vous l'envoie par email. S'il n'y est pas, choisissez «\u{a0}Ajouter à mon agenda (.ics)\u{a0}» dans l'onglet «\u{a0}Rendez-vous\u{a0}» de votre dossier\u{a0}: ce fichier s'ouvre avec l'agenda de votre ordinateur ou de votre téléphone. Pour que tous vos rendez-vous y suivent les changements, "
                    <A href=Chemin::Abonnement.to_string()>"abonnez-vous"</A>
                    "\u{a0}: la mise à jour se voit souvent plusieurs heures après."
                </p>
            }
            .into_any(),
        ),
        (
            "Que faire le jour du rendez-vous\u{a0}?",
            view! {
                <ul>
                    <li>
                        <strong>"En visioconférence\u{a0}: "</strong>
                        "ouvrez «\u{a0}rejoindre la visioconférence\u{a0}» dans «\u{a0}Mes dossiers\u{a0}», cinq minutes avant l'heure. Il n'y a rien à installer sur un ordinateur."
                    </li>
                    <li>
                        <strong>"Par téléphone\u{a0}: "</strong>
                        "gardez près de vous le téléphone dont vous avez donné le numéro. L'appel peut venir d'un numéro masqué."
                    </li>
                    <li>
                        <strong>"Sur place ou à domicile\u{a0}: "</strong>
                        "l'adresse est dans l'onglet «\u{a0}Rendez-vous\u{a0}» de votre dossier, avec ce qu'il faut prévoir."
                    </li>
                </ul>
            }
            .into_any(),
        ),
    ]
}

fn pannes() -> Vec<Reponse> {
    vec![
        (
            "Je n'ai pas reçu l'email",
            view! {
                <p>
                    "Rien n'est perdu\u{a0}: tout ce qu'annoncent les emails est aussi dans "
                    <A href=Chemin::MesDossiers.to_string()>"Mes dossiers"</A> "."
                </p>
                <ul>
                    <li>"Cherchez dans les courriers indésirables (spams) un email de «\u{a0}Ne pas répondre\u{a0}»."</li>
                    <li>
                        "Vérifiez que vous regardez la boîte de l'adresse affichée en haut de la page quand vous êtes connecté(e)."
                    </li>
                    <li>"Un email peut mettre quelques minutes à arriver."</li>
                </ul>
            }
            .into_any(),
        ),
        (
            "Le lien de l'email ne s'ouvre pas",
            view! {
                <ul>
                    <li>
                        "Connectez-vous avec l'adresse à laquelle l'email a été envoyé\u{a0}: avec un autre compte, la page est «\u{a0}introuvable\u{a0}»."
                    </li>
                    <li>
                        "Si le lien est coupé en deux, copiez-le en entier dans la barre d'adresse du navigateur."
                    </li>
                    <li>
                        "Vous pouvez toujours vous en passer\u{a0}: ouvrez " <A href=Chemin::MesDossiers.to_string()>"Mes dossiers"</A>
                        ", puis la messagerie du dossier."
                    </li>
                </ul>
            }
            .into_any(),
        ),
        (
            "Le lien pour choisir un créneau ne fonctionne pas, ou aucun créneau n'est proposé",
            view! {
                <p>
                    "Réessayez quelques minutes plus tard ou avec un autre navigateur. S'il n'y a toujours pas de créneau, ou si aucun ne vous convient, écrivez à l'instructeur par la messagerie de votre dossier\u{a0}: lui seul peut en ouvrir d'autres."
                </p>
            }
            .into_any(),
        ),
        (
            "La proposition de rendez-vous a expiré",
            view! {
                <p>
                    "Une proposition expire quand aucun créneau n'est choisi à temps, après un ou deux rappels. Si vous souhaitez toujours un rendez-vous, écrivez à l'instructeur par la messagerie de votre dossier\u{a0}: il peut vous en proposer un nouveau."
                </p>
            }
            .into_any(),
        ),
        (
            "La visioconférence ne démarre pas",
            view! {
                <ul>
                    <li>
                        "Utilisez une version récente de Firefox, Chrome, Edge ou Safari. Si la page reste vide, essayez un autre navigateur, ou votre téléphone."
                    </li>
                    <li>
                        "Quand le navigateur demande à utiliser le micro et la caméra, répondez «\u{a0}Autoriser\u{a0}». Si vous avez refusé, cliquez sur le cadenas à gauche de l'adresse pour changer d'avis, puis rechargez la page."
                    </li>
                    <li>"Fermez les autres logiciels qui utilisent la caméra."</li>
                    <li>
                        "Si vous êtes seul(e) dans la salle, attendez quelques minutes\u{a0}: l'instructeur vous rejoint par le même lien."
                    </li>
                    <li>
                        "Si rien n'y fait, écrivez tout de suite à l'instructeur par la messagerie et donnez-lui un numéro où vous appeler."
                    </li>
                </ul>
            }
            .into_any(),
        ),
        (
            "J'ai pris rendez-vous, mais il ne s'affiche pas dans mon dossier",
            view! {
                <p>
                    "Cela arrive quand l'adresse ou le nom donnés sur RDV Service Public ne sont pas ceux de votre compte. Votre rendez-vous est bien pris\u{a0}: un instructeur le rattachera à votre dossier. Vous pouvez l'en prévenir par la messagerie."
                </p>
            }
            .into_any(),
        ),
    ]
}

fn dossier() -> Vec<Reponse> {
    vec![
        (
            "Comment écrire à l'administration\u{a0}?",
            view! {
                <p>
                    "Ouvrez votre dossier dans " <A href=Chemin::MesDossiers.to_string()>"Mes dossiers"</A>
                    ", puis l'onglet «\u{a0}Messagerie\u{a0}». Vous pouvez joindre des fichiers. Ne répondez pas aux emails\u{a0}: personne ne les lit."
                </p>
            }
            .into_any(),
        ),
        (
            "Je dois m'interrompre pendant que je remplis mon dossier",
            view! {
                <p>
                    "Votre brouillon est enregistré au fur et à mesure\u{a0}: l'heure du dernier enregistrement est affichée sous le formulaire. Les fichiers sont gardés quand vous choisissez «\u{a0}Enregistrer le brouillon\u{a0}». Vous le retrouverez dans "
                    <A href=Chemin::MesDossiers.to_string()>"Mes dossiers"</A> "."
                </p>
            }
            .into_any(),
        ),
        (
            "Je ne retrouve pas mon dossier",
            view! {
                <p>
                    "Cherchez-le par son numéro ou par un mot de vos réponses dans "
                    <A href=Chemin::MesDossiers.to_string()>"Mes dossiers"</A>
                    ", et regardez aussi les onglets «\u{a0}traités\u{a0}» et «\u{a0}supprimés récemment\u{a0}». Si vous avez plusieurs adresses électroniques, vous avez peut-être plusieurs comptes."
                </p>
            }
            .into_any(),
        ),
        (
            "Je n'arrive pas à me connecter",
            view! {
                <p>
                    "Demandez un nouveau mot de passe avec "
                    <A href=Chemin::MotDePasseOublie.to_string()>"Mot de passe oublié"</A>
                    ". Si votre session a expiré, reconnectez-vous\u{a0}: vous reviendrez à la page où vous étiez."
                </p>
            }
            .into_any(),
        ),
    ]
}

/// What everybody who has an account may ask.
pub fn compte() -> Vec<Reponse> {
    vec![
        (
            "Comment savoir où je suis connecté(e), et me déconnecter d'un appareil\u{a0}?",
            view! {
                <p>
                    <A href=Chemin::MonCompte.to_string()>"Mon compte"</A>
                    " liste vos sessions ouvertes, avec le navigateur et la date. Fermez celles que vous ne reconnaissez pas, puis choisissez un nouveau mot de passe."
                </p>
            }
            .into_any(),
        ),
        (
            "Comment obtenir ce que le service conserve à mon sujet, ou effacer mon compte\u{a0}?",
            view! {
                <p>
                    "Demandez une archive dans " <A href=Chemin::MesDonnees.to_string()>"Mes données"</A>
                    "\u{a0}: vos dossiers, leurs fichiers et ce que le service sait de votre compte. Pour l'effacer, allez en bas de "
                    <A href=Chemin::MonCompte.to_string()>"Mon compte"</A>
                    ", où ce qui reste et ce qui disparaît est dit avant."
                </p>
            }
            .into_any(),
        ),
    ]
}
