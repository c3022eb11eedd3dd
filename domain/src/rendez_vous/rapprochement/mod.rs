//! Which dossier does a rendez-vous belong to? No webhook says it.
//!
//! A rendez-vous is attached only when exactly one dossier is left. Otherwise a person decides: a wrong
//! guess would send somebody to another person's appointment.

use crate::ids::{DossierNumero, PropositionId, RdvUserId};
use crate::proposition::EtatProposition;
use crate::recherche;
use crate::rendez_vous::{Contenu, Personne};
use chrono::{DateTime, Duration, Utc};

/// A proposition made for a dossier, with the agenda of the rendez-vous.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropositionFaite {
    /// Which.
    pub id: PropositionId,
    /// Where it stands.
    pub etat: EtatProposition,
    /// When it was made.
    pub faite_le: DateTime<Utc>,
    /// The person of the platform whom it invited by name, when it did.
    pub invitation: Option<RdvUserId>,
}

/// A dossier that a rendez-vous may belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidat {
    /// The dossier.
    pub dossier: DossierNumero,
    /// Whether it still waits for a decision.
    pub en_cours: bool,
    /// E-mail of the person who filed it.
    pub email: String,
    /// First name of the person concerned.
    pub prenom: String,
    /// Last name of the person concerned.
    pub nom: String,
    /// Telephones found in what was filled in, in the forms in which they are compared.
    pub telephones: Vec<String>,
    /// The platform's ids of the persons of earlier rendez-vous of this dossier.
    pub connus: Vec<RdvUserId>,
    /// Its propositions, the latest first.
    pub propositions: Vec<PropositionFaite>,
}

/// What the search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rapprochement {
    /// Exactly one dossier.
    Unique {
        /// The dossier.
        dossier: DossierNumero,
        /// The proposition that the rendez-vous answers.
        proposition: PropositionId,
    },
    /// Several dossiers, equally likely: somebody must choose.
    Ambigu(Vec<DossierNumero>),
    /// None.
    Aucun,
}

/// Why a dossier may be the one. The first ones prove it, in this order; the others only suggest it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Raison {
    /// The person was invited by name for this dossier.
    Invitation,
    /// The person has come for this dossier before.
    DejaVenu,
    /// Same e-mail as the person who filed it.
    MemeEmail,
    /// An agent wrote its number down.
    NumeroCite,
    /// Same telephone.
    MemeTelephone,
    /// Same first and last names.
    MemeNom,
}

impl Raison {
    /// As the instructeur reads it.
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Invitation => "a été invité(e) à prendre rendez-vous pour ce dossier",
            Self::DejaVenu => "a déjà eu un rendez-vous pour ce dossier",
            Self::MemeEmail => "même adresse électronique",
            Self::NumeroCite => "numéro du dossier noté par un agent",
            Self::MemeTelephone => "même numéro de téléphone",
            Self::MemeNom => "même nom",
        }
    }

    const fn prouve(self) -> bool {
        matches!(self, Self::Invitation | Self::DejaVenu | Self::MemeEmail)
    }
}

/// A dossier that a rendez-vous may belong to, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The dossier.
    pub dossier: DossierNumero,
    /// Why, the strongest reason first.
    pub raisons: Vec<Raison>,
}

/// Clocks differ: what was made so little before a proposition may answer it.
const MARGE: Duration = Duration::minutes(5);

/// Looks for the dossier of a rendez-vous among `candidats`.
///
/// It answers a proposition: one that was made before it. Those still open come first, for a booking
/// answers what was asked; among them the strongest proof wins, and must leave exactly one dossier.
/// Failing that, the person may book with the link of a proposition that has expired, which nobody took back, or
/// else again with that of one already used or withdrawn, for a dossier not decided on yet; what an agent typed is
/// not such an answer. Names alone never attach.
#[must_use]
pub fn rapprocher(contenu: &Contenu, candidats: &[Candidat]) -> Rapprochement {
    let prouves: Vec<Possible<'_>> =
        candidats.iter().filter_map(|candidat| Possible::de(contenu, candidat)).collect();
    let repondent = |p: &Possible<'_>| {
        p.attente == Attente::Ouverte || (p.en_cours && !contenu.par_le_service())
    };
    let repondus: Vec<Possible<'_>> = prouves.into_iter().filter(repondent).collect();
    conclure(&les_mieux_prouvees(repondus))
}

/// What a booking is more likely to answer, the likeliest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Attente {
    /// A proposition that waits.
    Ouverte,
    /// One that nobody answered in time.
    Expiree,
    /// One that was answered, or withdrawn.
    Fermee,
}

impl Attente {
    const fn de(etat: EtatProposition) -> Self {
        match etat {
            EtatProposition::Proposee => Self::Ouverte,
            EtatProposition::Expiree => Self::Expiree,
            EtatProposition::Prise
            | EtatProposition::Annulee
            | EtatProposition::Honoree
            | EtatProposition::Absence
            | EtatProposition::Retiree => Self::Fermee,
        }
    }
}

/// A dossier with a proof, and the proposition that would be answered.
struct Possible<'a> {
    dossier: DossierNumero,
    proposition: &'a PropositionFaite,
    attente: Attente,
    en_cours: bool,
    preuve: Raison,
}

impl<'a> Possible<'a> {
    fn de(contenu: &Contenu, candidat: &'a Candidat) -> Option<Self> {
        let preuve = raisons(contenu, candidat, &[]).into_iter().find(|raison| raison.prouve())?;
        let avant = |p: &&PropositionFaite| repond(contenu, p);
        let proposition = candidat.propositions.iter().find(avant)?;
        Some(Self {
            dossier: candidat.dossier,
            proposition,
            attente: Attente::de(proposition.etat),
            en_cours: candidat.en_cours,
            preuve,
        })
    }
}

/// Whether a rendez-vous may answer a proposition: it was neither made nor held before.
fn repond(contenu: &Contenu, proposition: &PropositionFaite) -> bool {
    let fait_apres = contenu.cree_le.is_none_or(|cree_le| cree_le + MARGE >= proposition.faite_le);
    fait_apres && contenu.fin() > proposition.faite_le
}

fn les_mieux_prouvees(possibles: Vec<Possible<'_>>) -> Vec<Possible<'_>> {
    let rang = |possible: &Possible<'_>| (possible.attente, possible.preuve);
    let meilleure = possibles.iter().map(rang).min();
    possibles.into_iter().filter(|possible| Some(rang(possible)) == meilleure).collect()
}

fn conclure(possibles: &[Possible<'_>]) -> Rapprochement {
    match possibles {
        [] => Rapprochement::Aucun,
        [seul] => Rapprochement::Unique { dossier: seul.dossier, proposition: seul.proposition.id },
        plusieurs => Rapprochement::Ambigu(plusieurs.iter().map(|p| p.dossier).collect()),
    }
}

/// The dossiers to suggest to a person, the likeliest first. `formes` gives the forms in which a telephone is
/// compared, those of [`Candidat::telephones`]; none for what is no number.
#[must_use]
pub fn suggerer(
    contenu: &Contenu,
    candidats: &[Candidat],
    formes: &dyn Fn(&str) -> Vec<String>,
) -> Vec<Suggestion> {
    let telephones: Vec<String> =
        contenu.personnes.iter().filter_map(|p| p.telephone.as_deref()).flat_map(formes).collect();
    let mut suggestions: Vec<(bool, Suggestion)> = candidats
        .iter()
        .map(|candidat| {
            let ouverte = candidat.propositions.iter().any(|p| p.etat == EtatProposition::Proposee);
            let raisons = raisons(contenu, candidat, &telephones);
            (!ouverte, Suggestion { dossier: candidat.dossier, raisons })
        })
        // A telephone alone is that of a family, of a company.
        .filter(|(_, s)| s.raisons.iter().any(|raison| *raison != Raison::MemeTelephone))
        .collect();
    // A family shares its address and its telephone: of equal proofs, the name tells who.
    suggestions.sort_by_key(|(ferme, suggestion)| {
        let autre_nom = !suggestion.raisons.contains(&Raison::MemeNom);
        (suggestion.raisons.first().copied(), autre_nom, *ferme, suggestion.dossier)
    });
    suggestions.into_iter().map(|(_, suggestion)| suggestion).collect()
}

/// `telephones`: those of the persons of the rendez-vous.
fn raisons(contenu: &Contenu, candidat: &Candidat, telephones: &[String]) -> Vec<Raison> {
    let une = |test: &dyn Fn(&Personne) -> bool| contenu.personnes.iter().any(test);
    let invitee =
        |p: &Personne| candidat.propositions.iter().any(|faite| faite.invitation == Some(p.id));
    let meme_email = |p: &Personne| {
        let email = p.email.as_deref().and_then(normaliser);
        email.is_some() && email == normaliser(&candidat.email)
    };
    let meme_nom = |p: &Personne| {
        recherche::meme_nom(&p.nom, &candidat.nom)
            && recherche::meme_nom(&p.prenom, &candidat.prenom)
    };
    let meme_telephone = candidat.telephones.iter().any(|autre| telephones.contains(autre));
    [
        (Raison::Invitation, une(&invitee)),
        (Raison::DejaVenu, une(&|p| candidat.connus.contains(&p.id))),
        (Raison::MemeEmail, une(&meme_email)),
        (Raison::NumeroCite, contenu.numeros_cites.contains(&candidat.dossier.0)),
        (Raison::MemeTelephone, meme_telephone),
        (Raison::MemeNom, une(&meme_nom)),
    ]
    .into_iter()
    .filter_map(|(raison, vaut)| vaut.then_some(raison))
    .collect()
}

/// The e-mail as it is compared. `None` when empty or when it stands for a deleted person.
#[must_use]
pub fn normaliser(email: &str) -> Option<String> {
    let email = email.trim().to_lowercase();
    let efface = email.ends_with("@deleted.rdv-solidarites.fr");
    (!email.is_empty() && !efface).then_some(email)
}

#[cfg(test)]
mod tests;
