//! Why somebody gets a mail, which every mail says at its end.

use super::gestion::Gestion;
use domain::ids::DossierNumero;
use maud::{Markup, html};
use std::fmt;

/// Why somebody gets a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::courriels) enum Pourquoi<'a> {
    /// They filed a dossier.
    ADepose(DossierNumero),
    /// Somebody, known by this address, lets them modify a dossier.
    EstInvite {
        /// Who.
        par: &'a str,
    },
    /// They examine the dossiers of a démarche.
    Instruit {
        /// The title of the démarche.
        titre: &'a str,
    },
    /// Somebody who examines a dossier asks for their opinion.
    EstExpert {
        /// Who; empty when they gave no name.
        par: &'a str,
    },
    /// Their address was typed to open an account, or to change its password.
    ADonneSonAdresse {
        /// The application's name.
        site: &'a str,
    },
    /// They have an account, and something of it changed.
    AUnCompte {
        /// The application's name.
        site: &'a str,
    },
    /// They began a dossier and filed none.
    AUnBrouillon {
        /// The title of the démarche.
        titre: &'a str,
    },
    /// They asked for it.
    ADemande {
        /// What.
        quoi: &'a str,
    },
    /// They joined a file to a dossier.
    AJoint(DossierNumero),
    /// They examine dossiers, and may choose not to have it.
    Gere(&'a Gestion),
    /// They manage a démarche.
    Administre {
        /// Its title.
        titre: &'a str,
    },
    /// An administrateur of a démarche gave them a role.
    EstNomme {
        /// The title of the démarche.
        titre: &'a str,
    },
}

impl fmt::Display for Pourquoi<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Gere(gestion) = self {
            return f.write_str(&gestion.en_texte());
        }
        f.write_str("Vous recevez cet email car ")?;
        match self {
            Self::Gere(_) => Ok(()),
            Self::ADepose(dossier) => write!(f, "vous avez déposé le dossier n°{dossier}."),
            Self::EstInvite { par } => {
                write!(f, "{par} a donné votre adresse pour vous inviter.")
            }
            Self::Instruit { titre } => {
                write!(f, "vous êtes instructeur de la démarche «\u{a0}{titre}\u{a0}».")
            }
            Self::Administre { titre } => {
                write!(f, "vous êtes administrateur de la démarche «\u{a0}{titre}\u{a0}».")
            }
            Self::EstExpert { par: "" } => f.write_str("un instructeur a choisi votre adresse."),
            Self::EstExpert { par } => {
                write!(f, "{par}, qui instruit ce dossier, a donné votre adresse.")
            }
            Self::ADonneSonAdresse { site } => {
                write!(f, "votre adresse a été saisie sur {site} pour obtenir ce lien.")
            }
            Self::AUnCompte { site } => write!(f, "vous avez un compte sur {site}."),
            Self::AUnBrouillon { titre } => write!(
                f,
                "vous avez un brouillon pour la démarche «\u{a0}{titre}\u{a0}» et n'avez pas déposé de dossier."
            ),
            Self::AJoint(dossier) => {
                write!(f, "vous avez joint un fichier au dossier n°{dossier}.")
            }
            Self::ADemande { quoi } => write!(f, "vous avez demandé {quoi}."),
            Self::EstNomme { titre } => write!(
                f,
                "un administrateur de la démarche «\u{a0}{titre}\u{a0}» a donné votre adresse."
            ),
        }
    }
}

/// Said of a mail that nobody reads the answers of.
pub(in crate::courriels) const MUET: &str = "Merci de ne pas répondre à cet email.";

impl Pourquoi<'_> {
    /// At the end of the mail. `seul`: nothing else is under it; `muet`: its answers are read by nobody, which nothing above
    /// says.
    pub(in crate::courriels) fn en_html(&self, seul: bool, muet: bool) -> Markup {
        if let Self::Gere(gestion) = self {
            return gestion.en_html(muet);
        }
        // What is above it has its own line.
        let marge = if seul {
            "margin:24px 0 0;padding-top:16px;border-top:1px solid #dddddd;"
        } else {
            "margin:16px 0 0;"
        };
        html! {
            p class="pied" style={ (marge) "color:#3a3a3a;font-size:14px;line-height:1.5" } {
                @if muet { (MUET) br; }
                (self)
            }
        }
    }
}
