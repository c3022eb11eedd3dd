//! What is kept of people, why, and how long: one table. The privacy page shows it, the workers that erase take their
//! durations from it, and `docs/DONNEES.md` is what [`tableau`] writes.

use crate::conservation::{MOIS_PAR_DEFAUT, PREAVIS_JOURS, RESTAURABLE_JOURS};
use crate::{consultation, export};

/// How long the session of an agent lasts, in hours.
pub const SESSION_AGENT_HEURES: i64 = 12;
/// How long that of anybody else lasts after the last visit, in days.
pub const SESSION_JOURS: i64 = 14;
/// How long a browser is trusted, in days.
pub const NAVIGATEUR_JOURS: i64 = 30;
/// How long a browser is known to be that of somebody who signed in with it, in days.
pub const APPAREIL_JOURS: i64 = 365;
/// How long what RDV Service Public notified is kept, in days.
pub const NOTIFICATIONS_JOURS: i64 = 30;
/// How long a mail that left stays in the list of those to be sent, in days.
pub const COURRIELS_JOURS: i64 = 30;
/// How long one that could not leave does, in days.
pub const COURRIELS_ABANDONNES_JOURS: i64 = 365;
/// How long it is known that an address was refused, in days.
pub const ADRESSES_REFUSEES_JOURS: i64 = 365;
/// How long a feed that nobody reads is kept, in days.
pub const ABONNEMENT_JOURS: i64 = 365;
/// How long it is known that those who have only a draft were written to, in days.
pub const CONTACTS_JOURS: i64 = 365;
/// How long what a summary told is kept, in days.
pub const RECAPITULATIFS_JOURS: i64 = 35;

/// How long something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duree {
    /// So many days, then it is erased, with what else is to be said of it.
    Jours(i64, &'static str),
    /// As the sentence says.
    Dite(&'static str),
    /// As the démarche is set: dossiers.
    Dossier,
    /// As its account is: sessions.
    Session,
}

/// Something that is kept of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Donnee {
    /// What.
    pub quoi: &'static str,
    /// What for.
    pub pourquoi: &'static str,
    /// How long.
    pub duree: Duree,
}

const fn donnee(quoi: &'static str, pourquoi: &'static str, duree: Duree) -> Donnee {
    Donnee { quoi, pourquoi, duree }
}

/// All of it.
pub const DONNEES: &[Donnee] = &[
    donnee(
        "Votre compte\u{a0}: adresse électronique, prénom, nom, empreinte du mot de passe",
        "Vous reconnaître et vous écrire",
        Duree::Dite("Tant que le compte existe"),
    ),
    donnee(
        "Si vous vous identifiez avec ProConnect ou FranceConnect\u{a0}: l'identifiant qu'ils vous donnent, l'adresse qu'ils disent, et pour un agent son établissement",
        "Vous reconnaître la fois suivante",
        Duree::Dite("Tant que le compte existe, ou jusqu'à ce que vous détachiez cette identité"),
    ),
    donnee(
        "Votre dossier\u{a0}: réponses au formulaire, pièces jointes, messages",
        "Examiner votre demande",
        Duree::Dossier,
    ),
    donnee(
        "Ce que vous avez écrit dans le dossier d'un autre, comme invité(e), expert(e) ou agent",
        "Garder entiers les échanges qui ont servi à décider",
        Duree::Dite(
            "Avec ce dossier. Si vous effacez votre compte, votre nom et votre adresse n'y sont plus\u{a0}: «\u{a0}Compte supprimé\u{a0}»",
        ),
    ),
    donnee(
        "Vos rendez-vous\u{a0}: date, durée, lieu ou lien de la visioconférence",
        "Vous permettre de vous retrouver",
        Duree::Dite(
            "Avec le dossier. Quand RDV Service Public efface un rendez-vous, deux ans après, votre identité en est effacée ici aussi",
        ),
    ),
    donnee(
        "Les notifications reçues de RDV Service Public, chiffrées",
        "Ne perdre aucun rendez-vous, même en cas de panne",
        Duree::Jours(NOTIFICATIONS_JOURS, ""),
    ),
    donnee(
        "La liste des emails à envoyer, sans leur texte",
        "Envoyer chaque email une fois",
        Duree::Jours(COURRIELS_JOURS, ""),
    ),
    donnee(
        "Les emails qui n'ont pas pu partir, sans leur texte",
        "Le dire à l'administration chargée de la démarche, qui peut les envoyer à nouveau",
        Duree::Jours(COURRIELS_ABANDONNES_JOURS, ""),
    ),
    donnee(
        "Le fait que votre adresse a été refusée par le serveur de courriel",
        "Le dire à qui vous écrit, et ne plus essayer en vain",
        Duree::Jours(ADRESSES_REFUSEES_JOURS, ", ou jusqu'au premier courriel qui arrive"),
    ),
    donnee(
        "Si vous vous abonnez à vos rendez-vous\u{a0}: l'empreinte de l'adresse de l'abonnement, et quand un agenda l'a lue pour la dernière fois",
        "Montrer vos rendez-vous dans votre agenda",
        Duree::Jours(ABONNEMENT_JOURS, " sans lecture, ou jusqu'à ce que vous le supprimiez"),
    ),
    donnee(
        "Si votre dossier est dans Démarches Simplifiées\u{a0}: votre nom, votre adresse, vos réponses, vos messages et les noms de leurs fichiers, lus là-bas",
        "Examiner votre demande et vous proposer un rendez-vous",
        Duree::Dite(
            "Tant que Démarches Simplifiées garde le dossier\u{a0}: supprimé là-bas, il est effacé ici à la synchronisation suivante",
        ),
    ),
    donnee(
        "Si un rendez-vous vous est proposé pour un dossier de Démarches Simplifiées\u{a0}: l'empreinte de votre lien personnel, ce lien chiffré, et quand il a été ouvert pour la première fois",
        "Vous montrer la proposition et le rendez-vous sans compte, et vous récrire ce lien",
        Duree::Dite("Avec ce dossier"),
    ),
    donnee(
        "Les exports demandés par un instructeur (tableau ou archive des dossiers qu'il examine), chiffrés",
        "Lui permettre de les télécharger",
        Duree::Jours(export::CONSERVATION_JOURS, ", même si un dossier est supprimé entre-temps"),
    ),
    donnee(
        "Si vous demandez vos données\u{a0}: l'archive, chiffrée",
        "Vous permettre de la télécharger",
        Duree::Jours(export::CONSERVATION_JOURS, ", ou jusqu'à ce que vous en demandiez une autre"),
    ),
    donnee(
        "Si vous avez seulement un brouillon, le fait que le service vous a écrit, sans qu'il sache que c'est vous",
        "Vous écrire une seule fois, et compter les courriels partis",
        Duree::Jours(CONTACTS_JOURS, ""),
    ),
    donnee(
        "Si vous êtes instructeur\u{a0}: vos choix de notifications",
        "Vous écrire quand vous le souhaitez, et pas plus",
        Duree::Dite("Tant que le compte existe"),
    ),
    donnee(
        "Si vous êtes instructeur\u{a0}: ce qui attend votre résumé du jour ou de la semaine, et ce que les derniers ont dit (quel dossier, quelle sorte d'événement)",
        "Ne rien vous dire deux fois et ne rien oublier",
        Duree::Jours(RECAPITULATIFS_JOURS, ", ou moins si le dossier est effacé avant"),
    ),
    donnee(
        "Si vous êtes instructeur\u{a0}: quels dossiers vous avez ouverts, imprimés ou téléchargés, et quand",
        "Savoir qui a lu un dossier\u{a0}: l'administrateur de la démarche peut le lire",
        Duree::Jours(consultation::CONSERVATION_JOURS, ""),
    ),
    donnee(
        "Votre session\u{a0}: quand et par quel moyen elle a été ouverte, le nom du navigateur et du système («\u{a0}Firefox sous Windows\u{a0}»), quand elle a servi",
        "Vous garder connecté(e), et vous permettre de reconnaître une session qui n'est pas la vôtre",
        Duree::Session,
    ),
    donnee(
        "Si vous êtes agent\u{a0}: vos navigateurs de confiance",
        "Ne pas vous demander à chaque fois de confirmer que c'est vous",
        Duree::Jours(NAVIGATEUR_JOURS, ", ou jusqu'à ce que vous les retiriez"),
    ),
    donnee(
        "La marque laissée dans un navigateur avec lequel vous vous êtes connecté(e)",
        "Que personne ne puisse vous empêcher d'entrer en essayant des mots de passe à votre place",
        Duree::Jours(APPAREIL_JOURS, ", dans ce navigateur seulement"),
    ),
    donnee(
        "Le journal des actions, sans le contenu des dossiers",
        "Savoir qui a fait quoi en cas de litige",
        Duree::Dite("Tant que la démarche existe"),
    ),
    donnee(
        "Votre choix d'affichage (clair ou sombre)",
        "L'appliquer à chaque page",
        Duree::Jours(365, ", dans ce navigateur seulement"),
    ),
];

impl Duree {
    /// As people read it.
    #[must_use]
    pub fn phrase(self) -> String {
        match self {
            Self::Jours(365, suite) => format!("1\u{a0}an{suite}"),
            Self::Jours(jours, suite) => format!("{jours}\u{a0}jours{suite}"),
            Self::Dite(phrase) => phrase.to_owned(),
            Self::Dossier => format!(
                "En construction, {MOIS_PAR_DEFAUT}\u{a0}mois après le dépôt, sauf autre durée fixée par l'administration chargée de la démarche\u{a0}: la date est écrite dans le dossier, vous êtes prévenu(e) {PREAVIS_JOURS}\u{a0}jours avant et pouvez le conserver plus longtemps. Supprimé ou expiré, il peut être restauré pendant {RESTAURABLE_JOURS}\u{a0}jours, puis il est effacé. Passé en instruction, il n'expire plus\u{a0}: l'administration le conserve selon ses propres règles. Un brouillon est conservé jusqu'à ce que vous le déposiez ou le supprimiez"
            ),
            Self::Session => format!(
                "Celle d'un agent, {SESSION_AGENT_HEURES}\u{a0}heures. Les autres, {SESSION_JOURS}\u{a0}jours après la dernière visite"
            ),
        }
    }

    /// Whether an administrateur may choose it for a démarche.
    #[must_use]
    pub const fn selon_la_demarche(self) -> bool {
        matches!(self, Self::Dossier)
    }
}

/// `docs/DONNEES.md`.
#[must_use]
pub fn tableau() -> String {
    let mut texte = String::from(
        "# Données personnelles conservées\n\n\
         Ce tableau est écrit par `domain/src/dossier/retention.rs`, d'où viennent aussi la page « Données personnelles » et les\n\
         durées du ménage ; un test vérifie qu'il est à jour.\n\n\
         | donnée | pourquoi | conservation | réglable par démarche |\n| --- | --- | --- | --- |\n",
    );
    for Donnee { quoi, pourquoi, duree } in DONNEES {
        let reglable = if duree.selon_la_demarche() { "oui" } else { "non" };
        texte += &format!("| {quoi} | {pourquoi} | {} | {reglable} |\n", duree.phrase());
    }
    texte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_says_what_the_code_does() {
        let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/DONNEES.md");
        if std::env::var_os("ECRIRE_DONNEES").is_some() {
            std::fs::write(document, tableau()).unwrap();
        }
        assert_eq!(
            std::fs::read_to_string(document).unwrap(),
            tableau(),
            "ECRIRE_DONNEES=1 writes it again"
        );
    }
}
