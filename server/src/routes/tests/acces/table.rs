//! docs/ACCES.md: who may do what, as a person reads it.

use std::collections::BTreeMap;

/// The kinds of people, in the order of the columns.
pub const QUI: [Personne; 11] = [
    Personne::Inconnue,
    Personne::Usager,
    Personne::Invite,
    Personne::AutreUsager,
    Personne::Instructeur,
    Personne::AutreGroupe,
    Personne::AutreDemarche,
    Personne::Administrateur,
    Personne::AutreAdministrateur,
    Personne::Expert,
    Personne::Retire,
];

/// Somebody who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Personne {
    /// Not signed in.
    Inconnue,
    /// Who filed the dossier.
    Usager,
    /// Invited to the dossier.
    Invite,
    /// Who filed another one.
    AutreUsager,
    /// Of the dossier's groupe.
    Instructeur,
    /// Of another groupe of the démarche.
    AutreGroupe,
    /// Of another démarche.
    AutreDemarche,
    /// Of the démarche.
    Administrateur,
    /// Of another one.
    AutreAdministrateur,
    /// Not signed in, with the link of their avis.
    Expert,
    /// Was of the dossier's groupe a minute ago, and still has their page open.
    Retire,
}

/// What is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reponse {
    /// What was asked for, or why it can't be done as it was asked.
    Oui,
    /// To the byte what is said of what does not exist.
    Introuvable,
    /// Sign in first.
    Connexion,
    /// Refused, and said so.
    Refus,
}

impl Reponse {
    const MOTS: [(Self, &'static str); 4] = [
        (Self::Oui, "oui"),
        (Self::Introuvable, "—"),
        (Self::Connexion, "connexion"),
        (Self::Refus, "refus"),
    ];

    /// The word of the table.
    pub fn mot(self) -> &'static str {
        Self::MOTS.iter().find(|(reponse, _)| *reponse == self).expect("each has a word").1
    }

    fn lire(mot: &str) -> Self {
        let trouvee = Self::MOTS.iter().find(|(_, sien)| *sien == mot);
        trouvee.unwrap_or_else(|| panic!("« {mot} » is no answer")).0
    }
}

/// A row of the table.
#[derive(Debug)]
pub struct Ligne {
    /// Whether it only shows.
    pub lit: bool,
    /// Fields that its form needs beside those that all have.
    pub champs: Vec<(String, String)>,
    /// One for each of [`QUI`].
    pub reponses: Vec<Reponse>,
}

/// The rows of the table, by « GET /dossiers/{numero}/resume ».
pub fn lire() -> BTreeMap<String, Ligne> {
    let texte = include_str!("../../../../../docs/ACCES.md");
    texte.lines().filter(|ligne| ligne.starts_with("| `")).map(ligne).collect()
}

fn ligne(ligne: &str) -> (String, Ligne) {
    let cases: Vec<&str> = ligne.trim_matches('|').split('|').map(str::trim).collect();
    assert!(cases.len() == 3 || cases.len() == QUI.len() + 3, "{ligne}");
    let champs = url::form_urlencoded::parse(cases[2].trim_matches('`').as_bytes());
    let lue = Ligne {
        lit: cases[1] == "lit",
        champs: champs.into_owned().collect(),
        reponses: cases[3..].iter().map(|mot| Reponse::lire(mot)).collect(),
    };
    (cases[0].trim_matches('`').to_owned(), lue)
}
