//! Texts of the messagerie.

use crate::erreur::{Champ, Erreur, Saisie};
use crate::francais;
use crate::ids::DossierNumero;
use crate::rendez_vous::{Changement, Genre, Horaire};
use chrono::NaiveDate;
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
    /// Written by the application while a proposition waits for an answer, and when it expires.
    Relance,
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
            Self::Relance => "relance",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Libre, Self::Proposition, Self::Correction, Self::RendezVous, Self::Relance]
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
    format!("{AVANT_COMPLEMENT}{complement}{APRES_COMPLEMENT}{agenda}")
}

const AVANT_COMPLEMENT: &str = "Bonjour,\n\nDans le cadre de l'instruction de votre dossier, je vous propose de nous joindre en visioconférence, par téléphone ou en personne, selon les créneaux ouverts.\n\n";
const APRES_COMPLEMENT: &str =
    "Vous pouvez choisir votre créneau en vous connectant à partir du lien suivant\u{a0}: ";

/// The instructeur's own text in the message of a [`proposition`]; empty when there is none, or when the message was
/// written otherwise.
#[must_use]
pub fn complement(message: &str) -> &str {
    let complement = message.strip_prefix(AVANT_COMPLEMENT).and_then(|suite| {
        let (complement, _) = suite.rsplit_once(APRES_COMPLEMENT)?;
        complement.strip_suffix("\n\n")
    });
    complement.unwrap_or_default()
}

/// The automatic message that reminds an usager of the proposition made on `faite_le`, which expires on `expire_le`.
#[must_use]
pub fn relance(faite_le: NaiveDate, expire_le: NaiveDate, agenda: &str) -> String {
    format!(
        "Rappel\u{a0}: un rendez-vous vous a été proposé le {}, et vous n'avez pas encore choisi de créneau. Sans réponse de votre part, cette proposition expirera le {}.\n\n{APRES_COMPLEMENT}{agenda}",
        francais::date(faite_le),
        francais::date(expire_le)
    )
}

/// The automatic message that says that the proposition made on `faite_le` has expired.
#[must_use]
pub fn expiration(faite_le: NaiveDate) -> String {
    format!(
        "La proposition de rendez-vous du {} a expiré\u{a0}: aucun créneau n'a été choisi. Si un rendez-vous est toujours souhaité, il peut être demandé dans cette messagerie.",
        francais::date(faite_le)
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
        let trompeur = format!("{APRES_COMPLEMENT}rien\n\n{AVANT_COMPLEMENT}");
        for complement in ["Apportez le plan.", "", "deux\n\nparagraphes", &trompeur] {
            assert_eq!(super::complement(&proposition(complement, &agenda)), complement);
        }
        assert_eq!(complement("Bonjour, voici un message écrit autrement."), "");
    }
}
