//! Texts of the messagerie.

use crate::erreur::{Champ, Erreur, Saisie};
use crate::francais;
use crate::ids::DossierNumero;
use crate::rendez_vous::{Changement, Genre, Horaire};
use serde::{Deserialize, Serialize};
use url::Url;

/// The longest text a person may type, in characters (Unicode scalar values).
pub const LONGUEUR_MAX: usize = 10_000;

/// What the link of a message begins with when it is a number to call, as one dials it.
pub const TELEPHONE: &str = "tel:";

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GenreMessage {
    /// Typed by a person.
    Libre,
    /// Written when an instructeur proposes a rendez-vous.
    Proposition,
    /// Written when an instructeur asks for corrections.
    Correction,
    /// Written by the application when a rendez-vous changes.
    RendezVous,
}

impl GenreMessage {
    /// The word stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Libre => "libre",
            Self::Proposition => "proposition",
            Self::Correction => "correction",
            Self::RendezVous => "rendez_vous",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Libre, Self::Proposition, Self::Correction, Self::RendezVous]
            .into_iter()
            .find(|g| g.code() == code)
    }
}

/// Takes a text that must not be empty.
///
/// # Errors
/// [`Saisie::Vide`] or [`Saisie::TropLong`], about `champ`.
pub fn texte_requis(champ: Champ, texte: &str) -> Result<String, Erreur> {
    let texte = texte_facultatif(champ, texte)?;
    if texte.is_empty() {
        return Err(Erreur::champ(champ, Saisie::Vide));
    }
    Ok(texte)
}

/// Takes a text that may be empty: trimmed, line ends made `\n`.
///
/// # Errors
/// [`Saisie::TropLong`], about `champ`.
pub fn texte_facultatif(champ: Champ, texte: &str) -> Result<String, Erreur> {
    let texte = texte.replace("\r\n", "\n");
    let texte = texte.trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}' || c == '\0');
    let longueur = texte.chars().count();
    if longueur > LONGUEUR_MAX {
        return Err(Erreur::champ(champ, Saisie::TropLong(longueur)));
    }
    Ok(texte.replace('\0', ""))
}

/// The message that a proposition puts in the messagerie. `complement` is the instructeur's own text.
#[must_use]
pub fn proposition(complement: &str, agenda: &Url) -> String {
    let complement =
        if complement.is_empty() { String::new() } else { format!("{complement}\n\n") };
    format!(
        "Bonjour,\n\nDans le cadre de l'instruction de votre dossier, je vous propose de nous joindre en visioconférence, par téléphone ou en personne, selon les créneaux ouverts.\n\n{complement}Vous pouvez choisir votre créneau en vous connectant à partir du lien suivant\u{a0}: {agenda}"
    )
}

/// The automatic message that says that a dossier was filed.
#[must_use]
pub fn accuse_de_reception(numero: DossierNumero) -> String {
    format!(
        "Bonjour,\n\nVotre dossier n°\u{a0}{numero} a bien été déposé. Il sera examiné par un instructeur."
    )
}

/// The automatic message that says what happened to a rendez-vous.
#[must_use]
pub fn automatique(
    changement: &Changement,
    genre: Genre,
    horaire: &Horaire,
    minutes: i64,
) -> String {
    let quand = francais::date_heure(horaire);
    let duree = francais::duree(minutes);
    let comment = genre.comment();
    match changement {
        Changement::Pris => {
            format!("Rendez-vous pris {comment} le {quand} (durée\u{a0}: {duree})")
        }
        Changement::Fixe => {
            format!("Rendez-vous fixé par le service {comment} le {quand} (durée\u{a0}: {duree})")
        }
        Changement::Deplace { avant, ailleurs, .. } => format!(
            "Rendez-vous déplacé\u{a0}: il aura lieu {comment} le {quand} (durée\u{a0}: {duree}) au lieu du {}{}",
            francais::date_heure(avant),
            if *ailleurs {
                ". Le lieu ou le lien change aussi\u{a0}: les nouvelles informations sont dans l'onglet «\u{a0}Rendez-vous\u{a0}»."
            } else {
                ""
            }
        ),
        Changement::ModalitesChangees => format!(
            "Le lieu ou le lien du rendez-vous {comment} du {quand} a changé. Les nouvelles informations sont dans l'onglet «\u{a0}Rendez-vous\u{a0}»."
        ),
        Changement::AnnuleParUsager => {
            format!("{ANNULE_PAR_USAGER}\u{a0}: il devait avoir lieu {comment} le {quand}")
        }
        Changement::AnnuleParService => {
            format!(
                "Rendez-vous annulé par le service\u{a0}: il devait avoir lieu {comment} le {quand}"
            )
        }
        Changement::Retabli => {
            format!(
                "Rendez-vous rétabli\u{a0}: il aura bien lieu {comment} le {quand} (durée\u{a0}: {duree})"
            )
        }
    }
}

/// How the message begins that says that the person cancelled.
const ANNULE_PAR_USAGER: &str = "Rendez-vous annulé par l'utilisateur";

/// An automatic message as the person whom it speaks of reads it.
#[must_use]
pub fn pour_l_interesse(corps: &str) -> String {
    match corps.strip_prefix(ANNULE_PAR_USAGER) {
        Some(suite) => format!("Vous avez annulé votre rendez-vous{suite}"),
        None => corps.to_owned(),
    }
}

/// The automatic message that says that a rendez-vous is no longer shown in a dossier, because an
/// instructeur saw that it belongs elsewhere. Whoever booked it must not think it cancelled.
#[must_use]
pub fn detachement(horaire: &Horaire) -> String {
    format!(
        "Rectification\u{a0}: le rendez-vous du {} ne concerne pas ce dossier, il n'y est plus affiché. Cette rectification n'annule aucun rendez-vous.",
        francais::date_heure(horaire)
    )
}

/// The automatic message that says that a rendez-vous is shown in a dossier again.
#[must_use]
pub fn rattachement(horaire: &Horaire) -> String {
    format!(
        "Rectification\u{a0}: le rendez-vous du {} concerne bien ce dossier, il y est de nouveau affiché.",
        francais::date_heure(horaire)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_spaces_are_nothing() {
        for vide in ["", "   ", "\n\t \u{a0}", "\u{200b}"] {
            assert_eq!(
                texte_requis(Champ::Corps, vide),
                Err(Erreur::champ(Champ::Corps, Saisie::Vide)),
                "{vide:?}"
            );
        }
        assert_eq!(texte_facultatif(Champ::Complement, "  "), Ok(String::new()));
    }

    #[test]
    fn ten_thousand_characters_are_taken_and_one_more_is_not() {
        let juste = "é".repeat(LONGUEUR_MAX);
        assert_eq!(texte_requis(Champ::Corps, &juste), Ok(juste.clone()));
        assert_eq!(
            texte_requis(Champ::Corps, &format!("{juste}é")),
            Err(Erreur::champ(Champ::Corps, Saisie::TropLong(LONGUEUR_MAX + 1)))
        );
    }

    #[test]
    fn the_line_ends_of_a_browser_count_as_one_character() {
        let texte = "a\r\n".repeat(LONGUEUR_MAX / 2);
        assert_eq!(
            texte_requis(Champ::Corps, &texte).map(|t| t.chars().count()),
            Ok(LONGUEUR_MAX - 1)
        );
    }

    #[test]
    fn the_proposition_keeps_the_words_of_the_instructeur_before_the_link() {
        let agenda = Url::parse("https://rdv.anct.gouv.fr/org/100/demarches-simplifiees").unwrap();
        let texte = proposition("Apportez le plan.", &agenda);
        assert!(texte.starts_with("Bonjour,\n\nDans le cadre de l'instruction de votre dossier"));
        assert!(texte.contains("\n\nApportez le plan.\n\nVous pouvez choisir"));
        assert!(texte.ends_with("https://rdv.anct.gouv.fr/org/100/demarches-simplifiees"));
    }
}
