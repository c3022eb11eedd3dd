//! The mails that an administrateur may word: a text with variables, written `--numéro du dossier--`.
//!
//! A variable is a name among a few, never an expression: nothing that is typed is ever run, and values are
//! escaped where they are shown.

use crate::erreur::{Champ, Erreur, Saisie};
use crate::saisie;
use serde::{Deserialize, Serialize};

/// The longest subject, in characters.
pub const OBJET_MAX: usize = 250;
/// The longest text, in characters.
pub const CORPS_MAX: usize = 10_000;

/// A mail whose words can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modele {
    /// To the usager, when a rendez-vous is proposed.
    PropositionRdv,
    /// To the instructeur, when the usager has booked.
    ConfirmationRdv,
}

/// What a text may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Variable {
    /// Number of the dossier.
    NumeroDossier,
    /// Title of the démarche.
    LibelleDemarche,
    /// The service in charge, on one or more lines.
    Service,
    /// How this site is called.
    Site,
    /// A link to the messagerie of the dossier.
    LienMessagerie,
    /// « vendredi 7 juin 2024 à 15h30 ».
    DateRdv,
    /// « en visioconférence ».
    ModaliteRdv,
    /// « 30 minutes ».
    DureeRdv,
}

/// A piece of a text that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Morceau {
    /// To be shown as it is.
    Texte(String),
    /// To be replaced.
    Variable(Variable),
}

/// Subject and text, as they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texte {
    /// The subject.
    pub objet: String,
    /// The text.
    pub corps: String,
}

impl Variable {
    /// Its name, as it is typed between `--`.
    #[must_use]
    pub const fn nom(self) -> &'static str {
        match self {
            Self::NumeroDossier => "numéro du dossier",
            Self::LibelleDemarche => "libellé démarche",
            Self::Service => "nom du service",
            Self::Site => "nom du site",
            Self::LienMessagerie => "lien messagerie",
            Self::DateRdv => "date du rendez-vous",
            Self::ModaliteRdv => "modalité du rendez-vous",
            Self::DureeRdv => "durée du rendez-vous",
        }
    }

    /// What it becomes in a preview.
    #[must_use]
    pub const fn exemple(self) -> &'static str {
        match self {
            Self::NumeroDossier => "17606854",
            Self::LibelleDemarche => "Intitulé de la démarche",
            Self::Service => "Nom du service",
            Self::Site => "Nom du site",
            Self::LienMessagerie => "Ouvrir la messagerie",
            Self::DateRdv => "vendredi 7 juin 2024 à 15h30",
            Self::ModaliteRdv => "en visioconférence",
            Self::DureeRdv => "30 minutes",
        }
    }

    /// Whether it fits on the one line of a subject.
    #[must_use]
    pub const fn dans_un_objet(self) -> bool {
        !matches!(self, Self::Service | Self::LienMessagerie)
    }
}

const DOSSIER: [Variable; 5] = [
    Variable::NumeroDossier,
    Variable::LibelleDemarche,
    Variable::Service,
    Variable::Site,
    Variable::LienMessagerie,
];
const RENDEZ_VOUS: [Variable; 8] = [
    Variable::NumeroDossier,
    Variable::LibelleDemarche,
    Variable::Service,
    Variable::Site,
    Variable::LienMessagerie,
    Variable::DateRdv,
    Variable::ModaliteRdv,
    Variable::DureeRdv,
];

impl Modele {
    /// All of them, in the order of a rendez-vous' life.
    pub const TOUS: [Self; 2] = [Self::PropositionRdv, Self::ConfirmationRdv];

    /// The word stored in the database, and of the address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PropositionRdv => "proposition-rdv",
            Self::ConfirmationRdv => "confirmation-rdv",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|modele| modele.code() == code)
    }

    /// What it is called.
    #[must_use]
    pub const fn nom(self) -> &'static str {
        match self {
            Self::PropositionRdv => "Proposition de rendez-vous",
            Self::ConfirmationRdv => "Confirmation de prise de rendez-vous",
        }
    }

    /// To whom and when it is sent.
    #[must_use]
    pub const fn quand(self) -> &'static str {
        match self {
            Self::PropositionRdv => {
                "Envoyé à l'usager quand un instructeur propose un rendez-vous."
            }
            Self::ConfirmationRdv => {
                "Envoyé à l'instructeur quand l'usager a pris son rendez-vous. Le nom du demandeur, la démarche et le lien de la visioconférence y sont ajoutés."
            }
        }
    }

    /// What its text may name.
    #[must_use]
    pub const fn variables(self) -> &'static [Variable] {
        match self {
            Self::PropositionRdv => &DOSSIER,
            Self::ConfirmationRdv => &RENDEZ_VOUS,
        }
    }

    /// What it says until an administrateur words it.
    #[must_use]
    pub fn par_defaut(self) -> Texte {
        let (objet, corps) = match self {
            Self::PropositionRdv => (
                "Vous devez prendre un rendez-vous pour votre dossier n°--numéro du dossier-- «\u{a0}--libellé démarche--\u{a0}»",
                "Bonjour,\n\nAfin de poursuivre son instruction, un instructeur vous demande de prendre un rendez-vous pour votre dossier n°--numéro du dossier-- concernant la démarche «\u{a0}--libellé démarche--\u{a0}».\n\nConsultez la messagerie de votre dossier pour prendre connaissance de sa proposition\u{a0}:\n\n--lien messagerie--\n\nCordialement,\n--nom du service--",
            ),
            Self::ConfirmationRdv => (
                "Confirmation de prise de rendez-vous par l'utilisateur concernant le dossier n°--numéro du dossier--",
                "Bonjour,\n\nL'utilisateur a pris son rendez-vous suite à votre proposition\u{a0}:\n\nLe --date du rendez-vous-- --modalité du rendez-vous-- (durée\u{a0}: --durée du rendez-vous--)\n\n--lien messagerie--\n\nCordialement,\nL'équipe --nom du site--",
            ),
        };
        Texte { objet: objet.to_owned(), corps: corps.to_owned() }
    }

    /// Takes what was typed.
    ///
    /// # Errors
    /// About [`Champ::ObjetCourriel`] or [`Champ::CorpsCourriel`]: empty, too long, unknown variable.
    pub fn verifier(self, objet: &str, corps: &str) -> Result<Texte, Erreur> {
        let objet = saisie::ligne(Champ::ObjetCourriel, objet)?;
        let corps = saisie::texte(Champ::CorpsCourriel, corps, CORPS_MAX)?;
        if corps.is_empty() {
            return Err(Erreur::champ(Champ::CorpsCourriel, Saisie::Vide));
        }
        let inconnue = |champ| move |nom| Erreur::champ(champ, Saisie::VariableInconnue(nom));
        for morceau in self.lire(&objet).map_err(inconnue(Champ::ObjetCourriel))? {
            if let Morceau::Variable(variable) = morceau
                && !variable.dans_un_objet()
            {
                return Err(inconnue(Champ::ObjetCourriel)(variable.nom().to_owned()));
            }
        }
        self.lire(&corps).map_err(inconnue(Champ::CorpsCourriel))?;
        Ok(Texte { objet, corps })
    }

    /// Cuts a text at its variables.
    ///
    /// # Errors
    /// The name of a variable that this mail has not.
    pub fn lire(self, texte: &str) -> Result<Vec<Morceau>, String> {
        let mut morceaux = Vec::new();
        let mut reste = texte;
        let mut avant = String::new();
        while let Some(debut) = reste.find("--") {
            let (tete, suite) = (&reste[..debut], &reste[debut + 2..]);
            avant.push_str(tete);
            if let Some((nom, fin)) = nom_de_variable(suite) {
                let variable = self.variables().iter().find(|v| meme_nom(v.nom(), nom));
                let variable = *variable.ok_or_else(|| nom.to_owned())?;
                if !avant.is_empty() {
                    morceaux.push(Morceau::Texte(std::mem::take(&mut avant)));
                }
                morceaux.push(Morceau::Variable(variable));
                reste = &suite[fin..];
            } else {
                avant.push_str("--");
                reste = suite;
            }
        }
        avant.push_str(reste);
        if !avant.is_empty() {
            morceaux.push(Morceau::Texte(avant));
        }
        Ok(morceaux)
    }
}

/// The name at the start of what follows `--`, and where what follows it begins. Dashes that enclose no name
/// (a line drawn with them, a signature) are dashes.
fn nom_de_variable(suite: &str) -> Option<(&str, usize)> {
    let fin = suite.find("--")?;
    let nom = &suite[..fin];
    let juste = !nom.is_empty()
        && !nom.contains('\n')
        && !nom.starts_with(['-', ' '])
        && !nom.ends_with(' ')
        && nom.chars().count() <= 60;
    juste.then_some((nom, fin + 2))
}

/// People type capitals, and word processors put spaces of their own.
fn meme_nom(nom: &str, tape: &str) -> bool {
    tape.replace('\u{a0}', " ").to_lowercase() == nom
}

/// The text with its variables replaced.
pub fn rendre(morceaux: &[Morceau], valeur: impl Fn(Variable) -> String) -> String {
    morceaux
        .iter()
        .map(|morceau| match morceau {
            Morceau::Texte(texte) => texte.clone(),
            Morceau::Variable(variable) => valeur(*variable),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const M: Modele = Modele::PropositionRdv;

    #[test]
    fn a_variable_is_replaced_by_its_value() {
        let lus = M.lire("Dossier n°--numéro du dossier--, --Libellé\u{a0}démarche--.").unwrap();
        assert_eq!(
            rendre(&lus, |v| v.exemple().to_owned()),
            "Dossier n°17606854, Intitulé de la démarche."
        );
    }

    #[test]
    fn an_unknown_variable_is_named() {
        assert_eq!(M.lire("a --nom du chat-- b"), Err("nom du chat".to_owned()));
        // It exists, for another mail.
        assert_eq!(M.lire("--date du rendez-vous--"), Err("date du rendez-vous".to_owned()));
        let refus = M.verifier("--nom du chat--", "texte").unwrap_err();
        assert_eq!(
            refus.sur(Champ::ObjetCourriel).unwrap().to_string(),
            "La variable «\u{a0}--nom du chat--\u{a0}» n'existe pas ici. Utilisez celles de la liste."
        );
    }

    #[test]
    fn dashes_that_enclose_no_name_are_dashes() {
        for texte in ["--", "----", "-----", "-- ", "a -- b -- c", "--a", "--\nx--", "--- x ---"] {
            let lus = M.lire(texte).unwrap();
            assert_eq!(rendre(&lus, |_| String::new()), texte);
        }
    }

    #[test]
    fn a_subject_stays_on_one_line() {
        for variable in ["--lien messagerie--", "--nom du service--"] {
            assert!(M.verifier(variable, "texte").is_err(), "{variable}");
        }
        assert_eq!(M.verifier("a\nb", "c").unwrap().objet, "a b");
    }

    #[test]
    fn the_default_words_can_be_saved_as_they_are() {
        for modele in Modele::TOUS {
            let texte = modele.par_defaut();
            assert_eq!(modele.verifier(&texte.objet, &texte.corps), Ok(texte));
            assert_eq!(Modele::from_code(modele.code()), Some(modele));
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_is_lost_nor_run(texte in "[-a-z é\n]{0,40}") {
            if let Ok(lus) = M.lire(&texte) {
                let relu = rendre(&lus, |v| format!("--{}--", v.nom()));
                prop_assert_eq!(relu.to_lowercase(), texte.to_lowercase());
            }
        }
    }
}
