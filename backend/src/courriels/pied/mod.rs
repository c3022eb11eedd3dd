//! What is under a mail: why its reader gets it; for an usager, who manages the démarche, and how to ask something about
//! the dossier.

mod gestion;
mod pourquoi;

pub(super) use gestion::Gestion;
pub(super) use pourquoi::{MUET, Pourquoi};

use super::cadre::{Cadre, Coordonnees};
use super::mise_en_page::{lien, lignes};
use maud::{Markup, html};

const SANS_REPONSE: &str = "Merci de ne pas répondre à cet email. Pour vous adresser à votre administration, passez directement par la ";
const MESSAGERIE: &str = "messagerie du dossier";
const GESTION: &str = "Cette démarche est gérée par\u{a0}:";
const QUESTION: &str = "Poser une question sur votre dossier\u{a0}:";
const PAR_LA_MESSAGERIE: &str = "Par la messagerie";
const ENVOYE_A: &str = "Cet email a été envoyé à l'adresse\u{a0}:";

/// What it says.
#[derive(Debug)]
pub(super) struct Pied {
    /// The service and its address, on one or more lines; empty when nobody gave them.
    gestion: String,
    moyens: Vec<Moyen>,
    messagerie: String,
    /// Address that the mail goes to.
    a: String,
}

/// A way to reach the service.
#[derive(Debug)]
struct Moyen {
    nom: &'static str,
    valeur: String,
    /// What it opens, if it opens something.
    adresse: Option<String>,
}

impl Pied {
    /// Under a mail about `cadre`, for the address `a`.
    pub(super) fn de(cadre: &Cadre, a: &str) -> Self {
        let gestion = [cadre.service.as_str(), cadre.coordonnees.adresse.as_str()].join("\n");
        Self {
            gestion: gestion.trim().to_owned(),
            moyens: moyens(&cadre.coordonnees),
            messagerie: cadre.messagerie_usager(),
            a: a.to_owned(),
        }
    }

    pub(super) fn en_texte(&self) -> String {
        let une_ligne = |texte: &str| texte.replace('\n', ", ");
        let gestion = match self.gestion.as_str() {
            "" => String::new(),
            gestion => format!("{GESTION} {}\n\n", une_ligne(gestion)),
        };
        let moyens: String = self
            .moyens
            .iter()
            .map(|moyen| format!("{}\u{a0}: {}\n", moyen.nom, une_ligne(&moyen.valeur)))
            .collect();
        format!(
            "{SANS_REPONSE}{MESSAGERIE}.\n\n{gestion}{QUESTION}\n{PAR_LA_MESSAGERIE}\u{a0}:\n{}\n{moyens}\n{ENVOYE_A} {}",
            self.messagerie, self.a
        )
    }

    pub(super) fn en_html(&self) -> Markup {
        let colonne = "padding:0 16px 0 0;font-size:14px;line-height:1.5";
        html! {
            table class="pied" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:24px;border-top:1px solid #dddddd;color:#3a3a3a;font-family:Arial,sans-serif" {
                tr {
                    td colspan="2" style="padding:16px 0;font-size:14px;line-height:1.5" {
                        (SANS_REPONSE) (lien(&self.messagerie, MESSAGERIE)) "."
                    }
                }
                tr {
                    td class="colonne" width="50%" valign="top" style=(colonne) {
                        @if !self.gestion.is_empty() {
                            strong { (GESTION) } br; (lignes(&self.gestion)) br; br;
                        }
                        (ENVOYE_A) br; (self.a)
                    }
                    td class="colonne" width="50%" valign="top" style=(colonne) {
                        strong { (QUESTION) } br;
                        (lien(&self.messagerie, PAR_LA_MESSAGERIE))
                        @for Moyen { nom, valeur, adresse } in &self.moyens {
                            br; (nom) "\u{a0}: "
                            @match adresse {
                                Some(adresse) => (lien(adresse, valeur)),
                                None => (lignes(valeur)),
                            }
                        }
                    }
                }
            }
        }
    }
}

fn moyens(coordonnees: &Coordonnees) -> Vec<Moyen> {
    let Coordonnees { telephone, email, horaires, .. } = coordonnees;
    let chiffres: String = telephone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let appel = (chiffres.len() > 3).then(|| format!("tel:{chiffres}"));
    let courriel = Some(format!("mailto:{email}"));
    [
        ("Par téléphone", telephone, appel),
        ("Par email", email, courriel),
        ("Horaires", horaires, None),
    ]
    .into_iter()
    .filter(|(_, valeur, _)| !valeur.is_empty())
    .map(|(nom, valeur, adresse)| Moyen { nom, valeur: valeur.clone(), adresse })
    .collect()
}
