//! What a dossier of the platform is here, and how much of them is asked at once.

use crate::champs::{Reponse, TypeChamp};
use crate::dossier::EtatDossier;
use crate::raccordement::ErreurDistante;
use chrono::{DateTime, Duration, NaiveDate, Utc};

/// How many dossiers the platform gives at once, at most.
pub const PAGE_MAX: u32 = 100;

/// By how much a page grows after one that could be made.
const PAS: u32 = 10;

/// How recent the last change that was read has to be for others to be looked for beside it, in minutes.
const RECENT_MINUTES: i64 = 5;

/// How far they are looked for, in seconds. A change is dated before it is committed there: one that took its time is dated before
/// others that were read already.
const RECUL_SECONDES: i64 = 60;

/// How long after its first failure a dossier is asked for again, in minutes: twice as long each time.
const REESSAI_MINUTES: i64 = 15;

/// How many times that is doubled: after a day or so, once a day.
const DOUBLEMENTS: u32 = 7;

/// What stands for a file that is to be opened there: the platform's addresses of files live an hour.
const A_OUVRIR: &str = "à ouvrir dans Démarches Simplifiées";

/// How many dossiers to ask for after a page of `taille` could not be made; `None` when it was of a single one.
#[must_use]
pub const fn reduire(taille: u32) -> Option<u32> {
    if taille > 1 { Some(taille / 2) } else { None }
}

/// How many to ask for after a page of `taille`.
#[must_use]
pub const fn agrandir(taille: u32) -> u32 {
    if taille + PAS < PAGE_MAX { taille + PAS } else { PAGE_MAX }
}

/// From when on changes are asked for again, when what was read last, changed at `dernier`, is so recent that one dated before
/// it may have come since.
#[must_use]
pub fn recul(dernier: DateTime<Utc>, maintenant: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let recent = maintenant - dernier < Duration::minutes(RECENT_MINUTES);
    recent.then(|| dernier - Duration::seconds(RECUL_SECONDES))
}

/// How long after its last failure a dossier that failed `essais` times is asked for again.
#[must_use]
pub fn reessai(essais: i32) -> Duration {
    let doublements = u32::try_from(essais - 1).unwrap_or(0).min(DOUBLEMENTS);
    Duration::minutes(REESSAI_MINUTES << doublements)
}

/// When a round that failed so is tried again.
#[must_use]
pub fn apres_echec(erreur: &ErreurDistante, maintenant: DateTime<Utc>) -> DateTime<Utc> {
    match erreur {
        ErreurDistante::Limite(jusqu_a) => maintenant.max(*jusqu_a),
        passagere if passagere.passagere() => maintenant + Duration::minutes(1),
        _ => maintenant + Duration::minutes(REESSAI_MINUTES),
    }
}

/// The état that the platform calls `code`. One that is not known is still to be decided on: nobody is told otherwise by
/// mistake.
#[must_use]
pub fn etat(code: &str) -> EtatDossier {
    EtatDossier::from_code(code).unwrap_or(EtatDossier::EnInstruction)
}

/// Who asks, as the platform says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demandeur {
    /// Somebody.
    Physique {
        /// First name.
        prenom: String,
        /// Name.
        nom: String,
    },
    /// An organisation.
    Morale {
        /// What it is called; absent when its register does not say it.
        nom: Option<String>,
        /// Its number.
        siret: String,
    },
    /// A type of which nobody knew when this was written.
    Inconnu,
}

impl Demandeur {
    /// First name and name, for lists and titles.
    #[must_use]
    pub fn nom(&self) -> (String, String) {
        match self {
            Self::Physique { prenom, nom } => (prenom.trim().to_owned(), nom.trim().to_owned()),
            Self::Morale { nom: Some(nom), .. } if !nom.trim().is_empty() => {
                (String::new(), nom.trim().to_owned())
            }
            Self::Morale { siret, .. } => (String::new(), format!("SIRET {}", siret.trim())),
            Self::Inconnu => (String::new(), "Demandeur d'un type inconnu".to_owned()),
        }
    }

    /// Whether more may be said of them later, without the dossier changing.
    #[must_use]
    pub fn incomplet(&self) -> bool {
        match self {
            Self::Physique { .. } => false,
            Self::Morale { nom, .. } => nom.is_none(),
            Self::Inconnu => true,
        }
    }
}

/// An answer of a form there. `genre`: the type of its champ, in the platform's word; one that is not known is a text.
#[must_use]
pub fn reponse(genre: &str, libelle: &str, valeur: Option<&str>) -> Reponse {
    let texte = valeur.unwrap_or_default().trim();
    let (type_champ, valeur) = match genre {
        "CheckboxChamp" => (TypeChamp::TexteCourt, oui_ou_non(texte).to_owned()),
        "DateChamp" if texte.parse::<NaiveDate>().is_ok() => (TypeChamp::Date, texte.to_owned()),
        "PieceJustificativeChamp" | "TitreIdentiteChamp" => {
            (TypeChamp::TexteCourt, format!("Fichier {A_OUVRIR}"))
        }
        _ if texte.contains('\n') => (TypeChamp::TexteLong, texte.to_owned()),
        _ => (TypeChamp::TexteCourt, texte.to_owned()),
    };
    Reponse { champ: None, libelle: libelle.trim().to_owned(), genre: type_champ, valeur }
}

fn oui_ou_non(texte: &str) -> &str {
    match texte {
        "true" => "Oui",
        "false" => "Non",
        autre => autre,
    }
}

/// The text of a message there, with the names of its files, which are not kept here.
#[must_use]
pub fn corps<'a>(texte: &str, fichiers: impl IntoIterator<Item = &'a str>) -> String {
    let lignes = texte.replace("\r\n", "\n");
    let mut corps = lignes.trim().to_owned();
    for fichier in fichiers {
        if !corps.is_empty() {
            corps.push_str("\n\n");
        }
        corps.push_str(&format!("Pièce jointe «\u{a0}{fichier}\u{a0}» {A_OUVRIR}"));
    }
    corps
}

/// Whether an address is the platform's own, at `hote`: what it writes by itself is in the messagerie too, and nothing else tells
/// it from what people write.
#[must_use]
pub fn de_la_plateforme(email: &str, hote: &str) -> bool {
    let Some((local, domaine)) = email.rsplit_once('@') else { return true };
    let sans_personne = ["contact", "no-reply", "noreply", "ne-pas-repondre", "nepasrepondre"];
    let sien = hote == domaine || hote.strip_suffix(domaine).is_some_and(|h| h.ends_with('.'));
    sien || sans_personne.contains(&local.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn le(secondes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000 + secondes, 0).unwrap()
    }

    #[test]
    fn a_page_that_fails_is_halved_down_to_one_dossier_then_grows_again() {
        let mut tailles = vec![PAGE_MAX];
        while let Some(moitie) = reduire(*tailles.last().unwrap()) {
            tailles.push(moitie);
        }
        assert_eq!(tailles, [100, 50, 25, 12, 6, 3, 1]);
        let mut taille = 1;
        for _ in 0..10 {
            taille = agrandir(taille);
        }
        assert_eq!(taille, PAGE_MAX);
        assert_eq!(agrandir(PAGE_MAX), PAGE_MAX);
    }

    #[test]
    fn what_is_dated_just_before_the_last_one_is_looked_for_only_while_that_is_recent() {
        assert_eq!(recul(le(0), le(RECENT_MINUTES * 60 - 1)), Some(le(-RECUL_SECONDES)));
        assert_eq!(recul(le(0), le(RECENT_MINUTES * 60)), None);
        // Its clock is ahead of ours.
        assert_eq!(recul(le(30), le(0)), Some(le(30 - RECUL_SECONDES)));
    }

    #[test]
    fn a_dossier_that_fails_is_asked_for_less_and_less() {
        assert_eq!(reessai(1), Duration::minutes(15));
        assert_eq!(reessai(2), Duration::minutes(30));
        assert_eq!(reessai(8), reessai(i32::MAX));
        assert!(reessai(i32::MAX) < Duration::days(2));
        assert_eq!(reessai(0), reessai(1));
    }

    #[test]
    fn a_platform_that_says_until_when_to_wait_is_believed() {
        assert_eq!(apres_echec(&ErreurDistante::Limite(le(42)), le(0)), le(42));
        assert_eq!(apres_echec(&ErreurDistante::Limite(le(-42)), le(0)), le(0));
        assert_eq!(apres_echec(&ErreurDistante::Injoignable, le(0)), le(60));
        assert_eq!(apres_echec(&ErreurDistante::Incomprise, le(0)), le(900));
    }

    #[test]
    fn each_demandeur_has_a_name() {
        let physique = Demandeur::Physique { prenom: " Jean ".into(), nom: "Robert".into() };
        assert_eq!(physique.nom(), ("Jean".into(), "Robert".into()));
        assert!(!physique.incomplet());
        let morale = |nom: Option<&str>| Demandeur::Morale {
            nom: nom.map(Into::into),
            siret: "13002526500013".into(),
        };
        assert_eq!(morale(Some("DINUM")).nom().1, "DINUM");
        assert_eq!(morale(None).nom().1, "SIRET 13002526500013");
        assert!(morale(None).incomplet() && !morale(Some("DINUM")).incomplet());
        assert!(Demandeur::Inconnu.incomplet());
    }

    #[test]
    fn an_answer_keeps_its_words_whatever_its_type_is() {
        let valeur = |genre, texte| {
            let reponse = reponse(genre, "Question", Some(texte));
            (reponse.genre, reponse.valeur)
        };
        assert_eq!(valeur("TextChamp", " Bonjour "), (TypeChamp::TexteCourt, "Bonjour".into()));
        assert_eq!(valeur("TextChamp", "a\nb"), (TypeChamp::TexteLong, "a\nb".into()));
        assert_eq!(valeur("CheckboxChamp", "true"), (TypeChamp::TexteCourt, "Oui".into()));
        assert_eq!(valeur("DateChamp", "2024-05-27"), (TypeChamp::Date, "2024-05-27".into()));
        assert_eq!(valeur("DateChamp", "27 mai"), (TypeChamp::TexteCourt, "27 mai".into()));
        assert_eq!(valeur("ChampDeDemain", "x"), (TypeChamp::TexteCourt, "x".into()));
        let fichier = valeur("PieceJustificativeChamp", "").1;
        assert!(fichier.contains("Démarches Simplifiées"), "{fichier}");
        assert_eq!(reponse("TextChamp", "Question", None).valeur, "");
    }

    #[test]
    fn the_files_of_a_message_are_named() {
        assert_eq!(corps("Bonjour\r\nà vous\r\n", []), "Bonjour\nà vous");
        let avec = corps("Voici", ["plan.pdf"]);
        assert!(avec.starts_with("Voici\n\n") && avec.contains("plan.pdf"), "{avec}");
        assert!(!corps("", ["plan.pdf"]).starts_with('\n'));
    }

    #[test]
    fn the_platform_is_known_by_its_addresses() {
        let hote = "www.demarches-simplifiees.fr";
        assert!(de_la_plateforme("contact@demarches-simplifiees.fr", hote));
        assert!(de_la_plateforme("x@www.demarches-simplifiees.fr", hote));
        assert!(de_la_plateforme("ne-pas-repondre@exemple.fr", hote));
        assert!(!de_la_plateforme("x@es.fr", hote));
        assert!(!de_la_plateforme("camille@exemple.fr", hote));
        assert_eq!(etat("accepte"), EtatDossier::Accepte);
        assert_eq!(etat("état de demain"), EtatDossier::EnInstruction);
    }
}
