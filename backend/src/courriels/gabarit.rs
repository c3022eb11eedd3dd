//! The one text of a mail, from which both its parts are made: the plain one, and the one with links to click.

use super::cadre::Cadre;
use super::mise_en_page as html;
use super::pied::{MUET, Pied, Pourquoi};
use crate::rendez_vous::calendriers::fichier::Fichier;
use maud::{Markup, html};

/// A mail ready to leave. Personal data: never logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lettre {
    /// Address of the person.
    pub a: String,
    /// Subject.
    pub sujet: String,
    /// The plain text.
    pub texte: String,
    /// The same, with links to click.
    pub html: String,
    /// The file of a rendez-vous, for a calendar: when nobody else gives it.
    pub calendrier: Option<Fichier>,
    /// Who gets the answers; the sender when absent.
    pub reponse_a: Option<String>,
    /// The address that stops the mails of its kind, of those that may be stopped: `List-Unsubscribe`.
    pub desabonnement: Option<String>,
}

/// A piece of a paragraph. Line ends are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bout {
    /// Words.
    Dit(String),
    /// Words that stand out.
    Fort(String),
    /// A link: its address as text, its words where they can be clicked.
    Lien { adresse: String, intitule: String },
}

impl Bout {
    fn en_texte(&self) -> &str {
        match self {
            Self::Dit(mots) | Self::Fort(mots) => mots,
            Self::Lien { adresse, .. } => adresse,
        }
    }

    fn en_html(&self) -> Markup {
        match self {
            Self::Dit(mots) => html::lignes(mots),
            Self::Fort(mots) => html! { strong { (html::lignes(mots)) } },
            Self::Lien { adresse, intitule } => html::lien(adresse, intitule),
        }
    }
}

#[derive(Debug)]
enum Bloc {
    Paragraphe(Vec<Bout>),
    Liste(Vec<String>),
    Titre(String),
    Points(Vec<Vec<Bout>>),
    Citation(String),
    Bouton { adresse: String, intitule: String },
}

impl Bloc {
    fn en_texte(&self) -> String {
        match self {
            Self::Paragraphe(bouts) => bouts.iter().map(Bout::en_texte).collect(),
            Self::Liste(lignes) => format!("- {}", lignes.join("\n- ")),
            Self::Titre(mots) => format!("{mots}\n{}", "-".repeat(mots.chars().count())),
            Self::Points(points) => {
                let dits = points.iter().map(|bouts| {
                    let dit: String = bouts.iter().map(Bout::en_texte).collect();
                    format!("- {}", dit.replace('\n', "\n  "))
                });
                dits.collect::<Vec<_>>().join("\n")
            }
            Self::Citation(mots) => mots.clone(),
            Self::Bouton { adresse, intitule } => format!("{intitule}\u{a0}:\n{adresse}"),
        }
    }

    fn en_html(&self) -> Markup {
        match self {
            Self::Paragraphe(bouts) => html! { p { @for bout in bouts { (bout.en_html()) } } },
            Self::Liste(lignes) => html! { ul { @for ligne in lignes { li { (ligne) } } } },
            Self::Titre(mots) => html::titre(mots),
            Self::Points(points) => html! {
                ul { @for bouts in points { li { @for bout in bouts { (bout.en_html()) } } } }
            },
            Self::Citation(mots) => html::citation(mots),
            Self::Bouton { adresse, intitule } => html::bouton(adresse, intitule),
        }
    }
}

/// What a mail says, in the order in which it says it.
#[derive(Debug)]
pub(super) struct Gabarit {
    sujet: String,
    blocs: Vec<Bloc>,
    pied: Option<Pied>,
    reponse_a: Option<String>,
}

impl Gabarit {
    /// A mail that says nothing yet.
    pub(super) const fn vide(sujet: String) -> Self {
        Self { sujet, blocs: Vec::new(), pied: None, reponse_a: None }
    }

    /// A mail that begins as ours do.
    pub(super) fn new(sujet: String) -> Self {
        Self::vide(sujet).dit("Bonjour,")
    }

    /// A paragraph.
    pub(super) fn dit(self, mots: impl Into<String>) -> Self {
        self.paragraphe(vec![Bout::Dit(mots.into())])
    }

    /// A paragraph that names the dossier between `avant` and `apres`.
    pub(super) fn du_dossier(self, cadre: &Cadre, avant: &str, apres: &str) -> Self {
        let Cadre { dossier, titre, .. } = cadre;
        self.paragraphe(vec![
            Bout::Dit(format!("{avant} n°{dossier} concernant la démarche «\u{a0}")),
            Bout::Fort(titre.clone()),
            Bout::Dit(format!("\u{a0}»{apres}")),
        ])
    }

    /// A paragraph made of pieces.
    pub(super) fn paragraphe(self, bouts: Vec<Bout>) -> Self {
        self.bloc(Bloc::Paragraphe(bouts))
    }

    /// A list.
    pub(super) fn liste(self, lignes: Vec<String>) -> Self {
        self.bloc(Bloc::Liste(lignes))
    }

    /// A heading, above what comes next.
    pub(super) fn titre(self, mots: impl Into<String>) -> Self {
        self.bloc(Bloc::Titre(mots.into()))
    }

    /// A list whose lines are made of pieces.
    pub(super) fn points(self, points: Vec<Vec<Bout>>) -> Self {
        self.bloc(Bloc::Points(points))
    }

    /// The words of somebody else.
    pub(super) fn citation(self, mots: &str) -> Self {
        self.bloc(Bloc::Citation(mots.to_owned()))
    }

    /// A link that stands out.
    pub(super) fn bouton(self, adresse: &str, intitule: &str) -> Self {
        self.bloc(Bloc::Bouton { adresse: adresse.to_owned(), intitule: intitule.to_owned() })
    }

    /// Whoever writes.
    pub(super) fn signe(self, signataire: &str) -> Self {
        self.dit(format!("Cordialement,\n{signataire}"))
    }

    /// What is under a mail to an usager.
    pub(super) fn pied(self, pied: Pied) -> Self {
        Self { pied: Some(pied), ..self }
    }

    /// Who gets the answers.
    pub(super) fn reponses_a(self, adresse: &str) -> Self {
        let reponse_a = (!adresse.is_empty()).then(|| adresse.to_owned());
        Self { reponse_a, ..self }
    }

    fn bloc(mut self, bloc: Bloc) -> Self {
        self.blocs.push(bloc);
        self
    }

    /// Both parts. `site`: the application's name. `pourquoi`: why it is received, said at its end.
    pub(super) fn pour(self, a: String, site: &str, pourquoi: &Pourquoi<'_>) -> Lettre {
        let seul = self.pied.is_none();
        let muet = seul && self.reponse_a.is_none();
        let corps = html! {
            @for bloc in &self.blocs { (bloc.en_html()) }
            @if let Some(pied) = &self.pied { (pied.en_html()) }
            (pourquoi.en_html(seul, muet))
        };
        let dit: Vec<String> = self.blocs.iter().map(Bloc::en_texte).collect();
        let pied = self.pied.as_ref().map(|pied| format!("{}\n\n", pied.en_texte()));
        let sans_reponse = if muet { format!("{MUET}\n") } else { String::new() };
        Lettre {
            a,
            html: html::page(site, &self.sujet, &corps),
            texte: format!(
                "{}\n\n{}{sans_reponse}{pourquoi}\n",
                dit.join("\n\n"),
                pied.unwrap_or_default()
            ),
            sujet: self.sujet,
            calendrier: None,
            reponse_a: self.reponse_a,
            desabonnement: match pourquoi {
                Pourquoi::Gere(gestion) => Some(gestion.arreter.clone()),
                _ => None,
            },
        }
    }
}
