//! A mail worded by an administrateur: its variables replaced.

use super::cadre::Cadre;
use super::gabarit::{Bout, Gabarit};
use super::rendez_vous::fait::Fait;
use domain::modele::{self, Modele, Morceau, Texte, Variable};

/// The link that a mail invites to open.
pub(super) struct Lien {
    /// Where to.
    pub(super) adresse: String,
    /// What it says.
    pub(super) intitule: String,
}

/// Composes `texte`, a text of `modele`, about `cadre` and `fait`.
pub(super) fn composer(
    modele: Modele,
    texte: &Texte,
    cadre: &Cadre,
    fait: Option<&Fait<'_>>,
    lien: &Lien,
) -> Gabarit {
    let valeur = |variable| valeur(variable, cadre, fait, lien);
    let sujet = modele::rendre(&lire(modele, &texte.objet), |v| une_ligne(&valeur(v)));
    let paragraphes: Vec<Vec<Morceau>> =
        texte.corps.split("\n\n").map(|paragraphe| lire(modele, paragraphe.trim())).collect();
    // Who, which démarche, the video room: whatever the words are, before the link or at the end.
    let mut precisions = fait.and_then(|fait| fait.precisions(Some(cadre)));
    let mut gabarit = Gabarit::vide(sujet);
    for morceaux in paragraphes {
        gabarit = if morceaux == [Morceau::Variable(Variable::LienMessagerie)] {
            let avant = match precisions.take() {
                Some(precisions) => gabarit.paragraphe(precisions),
                None => gabarit,
            };
            avant.bouton(&lien.adresse, &lien.intitule)
        } else {
            gabarit.paragraphe(morceaux.iter().map(|m| bout(m, valeur, lien)).collect())
        };
    }
    match precisions {
        Some(precisions) => gabarit.paragraphe(precisions),
        None => gabarit,
    }
}

/// A text that was checked when it was saved; should it name what no longer exists, it is sent as it is.
fn lire(modele: Modele, texte: &str) -> Vec<Morceau> {
    modele.lire(texte).unwrap_or_else(|_| vec![Morceau::Texte(texte.to_owned())])
}

fn valeur(variable: Variable, cadre: &Cadre, fait: Option<&Fait<'_>>, lien: &Lien) -> String {
    match (variable, fait) {
        (Variable::NumeroDossier, _) => cadre.dossier.to_string(),
        (Variable::LibelleDemarche, _) => cadre.titre.clone(),
        (Variable::Service, _) => cadre.service.clone(),
        (Variable::Site, _) => cadre.site.to_string(),
        (Variable::LienMessagerie, _) => lien.adresse.clone(),
        (Variable::DateRdv, Some(fait)) => fait.date(),
        (Variable::ModaliteRdv, Some(fait)) => fait.genre.comment().to_owned(),
        (Variable::DureeRdv, Some(fait)) => fait.duree(),
        // No mail without a rendez-vous lets these be named.
        (Variable::DateRdv | Variable::ModaliteRdv | Variable::DureeRdv, None) => String::new(),
    }
}

fn bout(morceau: &Morceau, valeur: impl Fn(Variable) -> String, lien: &Lien) -> Bout {
    match morceau {
        Morceau::Texte(texte) => Bout::Dit(texte.clone()),
        Morceau::Variable(Variable::LienMessagerie) => {
            Bout::Lien { adresse: lien.adresse.clone(), intitule: lien.intitule.clone() }
        }
        Morceau::Variable(
            variable @ (Variable::LibelleDemarche | Variable::DateRdv | Variable::ModaliteRdv),
        ) => Bout::Fort(valeur(*variable)),
        Morceau::Variable(variable) => Bout::Dit(valeur(*variable)),
    }
}

fn une_ligne(texte: &str) -> String {
    texte.split_whitespace().collect::<Vec<_>>().join(" ")
}
