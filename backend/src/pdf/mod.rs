//! Documents to keep or to print, that a screen reader reads as well: A4 pages whose every text is tagged
//! (PDF/UA-1). What is written is laid out here, put into letters by [`lettres`], and exported by [`ecriture`].

mod ecriture;
mod lettres;
#[cfg(test)]
#[path = "../../tests/outils/pdf_relu.rs"]
mod pdf_relu;
#[cfg(test)]
mod tests;

use crate::socle::erreur::Echec;
use lettres::{Polices, Signe};
use std::num::NonZeroU16;

/// Width and height of a page, in points.
const PAGE: (f32, f32) = (595.0, 842.0);
/// The margin around a page, in points.
const MARGE: f32 = 56.0;
/// Width of what is written, in points.
const LARGEUR: f32 = PAGE.0 - 2.0 * MARGE;
/// Height of a line, relative to the size of its letters.
const INTERLIGNE: f32 = 1.35;
/// What must follow a title on its page, in points.
const SUITE: f32 = 52.0;

/// How a text is written, and what it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Height of the letters, in points.
    taille: f32,
    /// Whether it stands out.
    gras: bool,
    /// The level of a title.
    niveau: Option<NonZeroU16>,
}

impl Style {
    const fn titre(taille: f32, niveau: u16) -> Self {
        Self { taille, gras: true, niveau: NonZeroU16::new(niveau) }
    }

    const fn texte(taille: f32, gras: bool) -> Self {
        Self { taille, gras, niveau: None }
    }

    fn interligne(self) -> f32 {
        self.taille * INTERLIGNE
    }
}

/// The title of the document.
pub const TITRE: Style = Style::titre(18.0, 1);
/// The title of a part.
pub const PARTIE: Style = Style::titre(13.0, 2);
/// The title of what a part holds: a question, a message.
pub const SOUS_PARTIE: Style = Style::titre(10.5, 3);
/// What completes the title of the document.
pub const SOUS_TITRE: Style = Style::texte(13.0, true);
/// A text that stands out.
pub const FORT: Style = Style::texte(10.5, true);
/// A text.
pub const TEXTE: Style = Style::texte(10.5, false);
/// A remark.
pub const NOTE: Style = Style::texte(8.5, false);

/// A document being written, from top to bottom.
pub struct Document {
    titre: String,
    polices: Polices,
    pages: Vec<Vec<Dessin>>,
    /// What the texts are, in reading order: what holds others comes before them.
    elements: Vec<Element>,
    signets: Vec<Signet>,
    /// The list that goes on as long as nothing else is written.
    liste: Option<usize>,
    /// Where the next line begins, in points from the top.
    y: f32,
}

/// Something on a page, in points from the top left.
enum Dessin {
    /// A line of text, whose letters stand on `y`.
    Texte { element: usize, style: Style, x: f32, y: f32, signes: Vec<Signe> },
    /// A box.
    Cadre { x: f32, y: f32, largeur: f32, hauteur: f32 },
    /// A line across the page.
    Filet { y: f32 },
}

/// What a text is, or what holds several.
struct Element {
    genre: Genre,
    parent: Option<usize>,
}

enum Genre {
    Titre(NonZeroU16, String),
    Paragraphe,
    Liste,
    Entree,
    Etiquette,
    Corps,
}

/// Where a title is, for the table that a reader shows beside the pages.
struct Signet {
    niveau: NonZeroU16,
    texte: String,
    page: usize,
    y: f32,
}

impl Document {
    /// An empty one, whose window is called `titre`.
    ///
    /// # Errors
    /// [`Echec::Inutilisable`] when its fonts can't be read.
    pub fn new(titre: &str) -> Result<Self, Echec> {
        Ok(Self {
            titre: lettres::propre(titre),
            polices: Polices::lire().ok_or(Echec::Inutilisable("font"))?,
            pages: vec![vec![]],
            elements: vec![],
            signets: vec![],
            liste: None,
            y: MARGE,
        })
    }

    /// Writes a text, on as many lines and pages as it needs. A title is not left alone at the bottom of a page.
    pub fn ecrire(&mut self, style: Style, texte: &str) {
        self.liste = None;
        match style.niveau {
            Some(niveau) => self.titre(niveau, style, &lettres::propre(texte)),
            None => self.paragraphes(None, style, texte),
        }
    }

    /// Writes what a value is, and the value under it. Several in a row make a list.
    pub fn champ(&mut self, nom: &str, valeur: &str) {
        self.espacer(6.0);
        let entree = self.entree();
        let lignes = self.couper(FORT, nom, LARGEUR);
        self.prevoir_lignes(FORT, lignes.len(), TEXTE.interligne());
        let etiquette = self.element(Genre::Etiquette, Some(entree));
        self.lignes(etiquette, FORT, MARGE, lignes);
        let corps = self.element(Genre::Corps, Some(entree));
        self.paragraphes(Some(corps), TEXTE, valeur);
    }

    /// Draws a box to tick, with what it stands for. Several in a row make a list.
    pub fn case(&mut self, texte: &str) {
        const RETRAIT: f32 = 14.0;
        const COTE: f32 = 8.0;
        let lignes = self.couper(TEXTE, texte, LARGEUR - RETRAIT);
        self.prevoir(TEXTE.interligne());
        let y = self.y + TEXTE.interligne() - COTE;
        self.dessiner(Dessin::Cadre { x: MARGE, y, largeur: COTE, hauteur: COTE });
        let entree = self.entree();
        let corps = self.element(Genre::Corps, Some(entree));
        self.lignes(corps, TEXTE, MARGE + RETRAIT, lignes);
    }

    /// Leaves some room, in points.
    pub fn espacer(&mut self, hauteur: f32) {
        self.y += hauteur;
    }

    /// Draws a box to write in, `hauteur` points high.
    pub fn cadre(&mut self, hauteur: f32) {
        self.prevoir(hauteur + 4.0);
        self.dessiner(Dessin::Cadre { x: MARGE, y: self.y + 4.0, largeur: LARGEUR, hauteur });
        self.y += hauteur + 4.0;
    }

    /// Draws a line across the page.
    pub fn filet(&mut self) {
        self.prevoir(6.0);
        self.dessiner(Dessin::Filet { y: self.y + 4.0 });
        self.y += 6.0;
    }

    /// Begins another page when less than `hauteur` points are left on this one.
    pub fn prevoir(&mut self, hauteur: f32) {
        if self.y > MARGE && self.y + hauteur > PAGE.1 - MARGE {
            self.pages.push(vec![]);
            self.y = MARGE;
        }
    }

    fn titre(&mut self, niveau: NonZeroU16, style: Style, texte: &str) {
        if texte.trim().is_empty() {
            return;
        }
        let lignes = self.couper(style, texte, LARGEUR);
        self.prevoir_lignes(style, lignes.len(), SUITE);
        let (page, y) = (self.pages.len() - 1, self.y);
        self.signets.push(Signet { niveau, texte: texte.to_owned(), page, y });
        let element = self.element(Genre::Titre(niveau, texte.to_owned()), None);
        self.lignes(element, style, MARGE, lignes);
    }

    fn paragraphes(&mut self, parent: Option<usize>, style: Style, texte: &str) {
        for paragraphe in texte.split('\n') {
            if paragraphe.trim().is_empty() {
                self.espacer(style.interligne());
                continue;
            }
            let lignes = self.couper(style, paragraphe, LARGEUR);
            let element = self.element(Genre::Paragraphe, parent);
            self.lignes(element, style, MARGE, lignes);
        }
    }

    /// Another entry of the list that goes on, or the first of a new one.
    fn entree(&mut self) -> usize {
        let liste = match self.liste {
            Some(liste) => liste,
            None => self.element(Genre::Liste, None),
        };
        self.liste = Some(liste);
        self.element(Genre::Entree, Some(liste))
    }

    fn element(&mut self, genre: Genre, parent: Option<usize>) -> usize {
        self.elements.push(Element { genre, parent });
        self.elements.len() - 1
    }

    fn couper(&self, style: Style, texte: &str, largeur: f32) -> Vec<Vec<Signe>> {
        lettres::couper(self.polices.de(style).signes(texte), largeur / style.taille)
    }

    /// Keeps lines and what follows them on the same page, as long as a page can hold them.
    fn prevoir_lignes(&mut self, style: Style, combien: usize, suite: f32) {
        let hauteur = (0..combien).map(|_| style.interligne()).sum::<f32>() + suite;
        self.prevoir(hauteur);
    }

    fn lignes(&mut self, element: usize, style: Style, x: f32, lignes: Vec<Vec<Signe>>) {
        for signes in lignes {
            self.prevoir(style.interligne());
            self.y += style.interligne();
            self.dessiner(Dessin::Texte { element, style, x, y: self.y, signes });
        }
    }

    fn dessiner(&mut self, dessin: Dessin) {
        if let Some(page) = self.pages.last_mut() {
            page.push(dessin);
        }
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// [`Echec::Document`] when it would not be a PDF/UA-1: without a title, for instance.
    pub fn finir(self) -> Result<Vec<u8>, Echec> {
        ecriture::exporter(&self)
    }
}
