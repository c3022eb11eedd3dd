//! Documents to keep or to print: text on A4 pages, in the PDF's own fonts. Nothing is embedded, so that a
//! document weighs a few kilobytes; what these fonts can't write (emoji) becomes « ? ».

use std::fmt::Write;

/// Width and height of a page, in points.
const PAGE: (f32, f32) = (595.0, 842.0);
/// The margin around a page, in points.
const MARGE: f32 = 56.0;
/// Height of a line, relative to the size of its letters.
const INTERLIGNE: f32 = 1.35;

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Height of the letters, in points.
    pub taille: f32,
    /// Whether it stands out.
    pub gras: bool,
}

/// The title of the document.
pub const TITRE: Style = Style { taille: 18.0, gras: true };
/// The title of a part.
pub const PARTIE: Style = Style { taille: 13.0, gras: true };
/// What a text is about.
pub const FORT: Style = Style { taille: 10.5, gras: true };
/// A text.
pub const TEXTE: Style = Style { taille: 10.5, gras: false };
/// A remark.
pub const NOTE: Style = Style { taille: 8.5, gras: false };

/// A document being written, from top to bottom.
#[derive(Debug)]
pub struct Document {
    titre: String,
    pages: Vec<String>,
    /// Where the next line begins, in points from the bottom.
    y: f32,
}

impl Document {
    /// An empty one, whose window is called `titre`.
    #[must_use]
    pub fn new(titre: &str) -> Self {
        Self { titre: titre.to_owned(), pages: vec![String::new()], y: PAGE.1 - MARGE }
    }

    /// Writes a text, on as many lines and pages as it needs.
    pub fn ecrire(&mut self, style: Style, texte: &str) {
        for paragraphe in texte.split('\n') {
            for ligne in couper(paragraphe, style, PAGE.0 - 2.0 * MARGE) {
                self.ligne(style, &ligne);
            }
        }
    }

    /// Leaves some room, in points.
    pub fn espacer(&mut self, hauteur: f32) {
        self.y -= hauteur;
    }

    /// Draws a box to write in, `hauteur` points high.
    pub fn cadre(&mut self, hauteur: f32) {
        self.prevoir(hauteur + 4.0);
        self.y -= hauteur + 4.0;
        let (y, largeur) = (self.y, PAGE.0 - 2.0 * MARGE);
        self.dessiner(format_args!("0.5 w {MARGE} {y:.1} {largeur} {hauteur} re S\n"));
    }

    /// Draws a line across the page.
    pub fn filet(&mut self) {
        self.prevoir(6.0);
        self.y -= 4.0;
        let (y, droite) = (self.y, PAGE.0 - MARGE);
        self.dessiner(format_args!("0.5 w {MARGE} {y:.1} m {droite} {y:.1} l S\n"));
        self.y -= 2.0;
    }

    /// Draws a box to tick, with what it stands for.
    pub fn case(&mut self, texte: &str) {
        let retrait = 14.0;
        for (rang, ligne) in
            couper(texte, TEXTE, PAGE.0 - 2.0 * MARGE - retrait).into_iter().enumerate()
        {
            self.ligne_a(TEXTE, &ligne, MARGE + retrait);
            if rang == 0 {
                let y = self.y;
                self.dessiner(format_args!("0.5 w {MARGE} {y:.1} 8 8 re S\n"));
            }
        }
    }

    /// Begins another page when less than `hauteur` points are left on this one.
    pub fn prevoir(&mut self, hauteur: f32) {
        if self.y - hauteur < MARGE {
            self.pages.push(String::new());
            self.y = PAGE.1 - MARGE;
        }
    }

    fn ligne(&mut self, style: Style, texte: &str) {
        self.ligne_a(style, texte, MARGE);
    }

    fn ligne_a(&mut self, style: Style, texte: &str, x: f32) {
        let hauteur = style.taille * INTERLIGNE;
        self.prevoir(hauteur);
        self.y -= hauteur;
        let (police, taille, y) = (if style.gras { "F2" } else { "F1" }, style.taille, self.y);
        let texte = litteral(texte);
        self.dessiner(format_args!("BT /{police} {taille} Tf {x} {y:.1} Td {texte} Tj ET\n"));
    }

    fn dessiner(&mut self, quoi: std::fmt::Arguments<'_>) {
        if let Some(page) = self.pages.last_mut() {
            // Writing to a string can't fail.
            let _ = page.write_fmt(quoi);
        }
    }

    /// The bytes of the file.
    #[must_use]
    pub fn finir(mut self) -> Vec<u8> {
        let combien = self.pages.len();
        for (rang, page) in self.pages.iter_mut().enumerate() {
            let texte = litteral(&format!("Page {} sur {combien}", rang + 1));
            let y = MARGE / 2.0;
            let _ = writeln!(page, "BT /F1 8.5 Tf {MARGE} {y} Td {texte} Tj ET");
        }
        let mut fichier = Fichier::default();
        let enfants: Vec<String> =
            (0..combien).map(|rang| format!("{} 0 R", 5 + 2 * rang)).collect();
        fichier.objet(
            "<</Type/Catalog/Pages 2 0 R/Lang(fr-FR)/ViewerPreferences<</DisplayDocTitle true>>>>",
        );
        fichier.objet(&format!("<</Type/Pages/Kids[{}]/Count {combien}>>", enfants.join(" ")));
        for police in ["Helvetica", "Helvetica-Bold"] {
            fichier.objet(&format!(
                "<</Type/Font/Subtype/Type1/BaseFont/{police}/Encoding/WinAnsiEncoding>>"
            ));
        }
        for (rang, page) in self.pages.iter().enumerate() {
            fichier.objet(&format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {} {}]/Contents {} 0 R\
                 /Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>",
                PAGE.0,
                PAGE.1,
                6 + 2 * rang
            ));
            fichier.flux(page);
        }
        let titre = hexadecimal(&self.titre);
        let info = fichier.objet(&format!("<</Title {titre}/Producer(demarches-simplifiees.fr)>>"));
        fichier.finir(info)
    }
}

/// The bytes of a PDF, object by object.
struct Fichier {
    octets: Vec<u8>,
    debuts: Vec<usize>,
}

impl Default for Fichier {
    fn default() -> Self {
        Self { octets: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), debuts: vec![] }
    }
}

impl Fichier {
    fn objet(&mut self, corps: &str) -> usize {
        self.debuts.push(self.octets.len());
        let numero = self.debuts.len();
        self.octets.extend(format!("{numero} 0 obj\n{corps}\nendobj\n").bytes());
        numero
    }

    fn flux(&mut self, corps: &str) {
        self.objet(&format!("<</Length {}>>\nstream\n{corps}\nendstream", corps.len() + 1));
    }

    fn finir(mut self, info: usize) -> Vec<u8> {
        let table = self.octets.len();
        let combien = self.debuts.len() + 1;
        let mut fin = format!("xref\n0 {combien}\n0000000000 65535 f \n");
        for debut in &self.debuts {
            let _ = writeln!(fin, "{debut:010} 00000 n ");
        }
        let _ = write!(
            fin,
            "trailer\n<</Size {combien}/Root 1 0 R/Info {info} 0 R>>\nstartxref\n{table}\n%%EOF\n"
        );
        self.octets.extend(fin.bytes());
        self.octets
    }
}

/// Cuts a text into lines that are not wider than `largeur` points.
fn couper(texte: &str, style: Style, largeur: f32) -> Vec<String> {
    let mut lignes = Vec::new();
    let mut ligne = String::new();
    for mot in texte.split(' ') {
        let essai = if ligne.is_empty() { mot.to_owned() } else { format!("{ligne} {mot}") };
        if mesure(&essai, style) <= largeur {
            ligne = essai;
            continue;
        }
        if !ligne.is_empty() {
            lignes.push(std::mem::take(&mut ligne));
        }
        // A word longer than a line is cut anywhere.
        for lettre in mot.chars() {
            ligne.push(lettre);
            if mesure(&ligne, style) > largeur {
                ligne.pop();
                lignes.push(std::mem::replace(&mut ligne, lettre.to_string()));
            }
        }
    }
    lignes.push(ligne);
    lignes
}

/// Width of a text, in points.
fn mesure(texte: &str, style: Style) -> f32 {
    let milliemes: f32 = texte.chars().map(chasse).sum();
    // Bold letters are up to a tenth wider.
    milliemes / 1000.0 * style.taille * if style.gras { 1.1 } else { 1.0 }
}

/// Width of a letter of Helvetica, in thousandths of its height.
fn chasse(lettre: char) -> f32 {
    match lettre {
        'i' | 'j' | 'l' | '\'' | '’' | 'î' | 'ï' => 222.0,
        ' ' | '!' | ',' | '.' | '/' | ':' | ';' | 'I' | '[' | ']' | '\\' | 'f' | 't' | 'Î'
        | 'Ï' | '\u{a0}' | '\u{202f}' => 278.0,
        '(' | ')' | '-' | 'r' | '`' | '|' | '{' | '}' => 334.0,
        '"' | '*' | '°' => 400.0,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' | 'ç' | 'ÿ' => 500.0,
        'F' | 'T' | 'Z' | 'L' => 611.0,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | 'À' | 'Â' | 'Ä' | 'É' | 'È' | 'Ê'
        | 'Ë' | '&' => 667.0,
        'C' | 'D' | 'H' | 'N' | 'R' | 'U' | 'w' | 'Ç' | 'Ù' | 'Û' | 'Ü' => 722.0,
        'G' | 'O' | 'Q' | 'Ô' | 'Ö' => 778.0,
        'm' | 'M' => 833.0,
        '@' | 'W' | '…' | '—' | 'œ' | 'Œ' | 'æ' | 'Æ' | '%' => 1_015.0,
        _ => 584.0,
    }
}

/// A text as a PDF holds it, in the alphabet of its fonts.
fn litteral(texte: &str) -> String {
    let mut litteral = String::from("(");
    // Accents that are letters of their own, as in the names of files of some systems, are left out.
    for lettre in texte.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')) {
        match octet(lettre) {
            octet @ (b'(' | b')' | b'\\') => {
                litteral.push('\\');
                litteral.push(char::from(octet));
            }
            octet @ 0x20..=0x7e => litteral.push(char::from(octet)),
            octet => {
                let _ = write!(litteral, "\\{octet:03o}");
            }
        }
    }
    litteral.push(')');
    litteral
}

/// A letter in Windows-1252.
fn octet(lettre: char) -> u8 {
    match lettre {
        ' '..='~' => lettre as u8,
        '\u{202f}' => 0xa0,
        '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(lettre)).unwrap_or(b'?'),
        '€' => 0x80,
        '„' => 0x84,
        '…' => 0x85,
        'Š' => 0x8a,
        'Œ' => 0x8c,
        'Ž' => 0x8e,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '™' => 0x99,
        'š' => 0x9a,
        'œ' => 0x9c,
        'ž' => 0x9e,
        'Ÿ' => 0x9f,
        '\t' => b' ',
        'Ā'..='ſ' => sans_accent(lettre),
        _ => b'?',
    }
}

/// A letter of Europe that these fonts can't write, without its accent: « Müller-Nowák » is read all the same.
fn sans_accent(lettre: char) -> u8 {
    // From U+0100 to U+017F, in order.
    const LETTRES: &[u8; 128] = b"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
    let rang = u32::from(lettre).checked_sub(0x100).and_then(|rang| usize::try_from(rang).ok());
    rang.and_then(|rang| LETTRES.get(rang)).copied().unwrap_or(b'?')
}

/// A text outside pages, in any alphabet.
fn hexadecimal(texte: &str) -> String {
    let unites: String = texte.encode_utf16().map(|unite| format!("{unite:04X}")).collect();
    format!("<FEFF{unites}>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_a_pdf_whose_table_leads_to_its_objects() {
        let mut document = Document::new("Été 🙂");
        document.ecrire(TITRE, "Démarche (n°\u{a0}1) \\ œuvre 🙂");
        for _ in 0..80 {
            document.ecrire(TEXTE, &"mot ".repeat(40));
        }
        document.cadre(40.0);
        document.case("Oui");
        let octets = document.finir();
        let texte = String::from_utf8_lossy(&octets);
        assert!(texte.starts_with("%PDF-1.7"));
        assert!(texte.ends_with("%%EOF\n"));
        assert!(texte.contains("(D\\351marche \\(n\\260\\2401\\) \\\\ \\234uvre ?)"));
        let (_, table) = texte.rsplit_once("startxref\n").unwrap();
        let debut: usize = table.lines().next().unwrap().parse().unwrap();
        assert!(octets[debut..].starts_with(b"xref\n"));
        let entrees: Vec<usize> = String::from_utf8_lossy(&octets[debut..])
            .lines()
            .filter(|ligne| ligne.ends_with(" n "))
            .map(|ligne| ligne[..10].parse().unwrap())
            .collect();
        for (rang, entree) in entrees.iter().enumerate() {
            assert!(octets[*entree..].starts_with(format!("{} 0 obj", rang + 1).as_bytes()));
        }
        assert!(entrees.len() > 8, "several pages");
    }

    #[test]
    fn names_of_europe_can_be_read() {
        assert_eq!(litteral("Čapek Łukasz ŐRSI ſ"), "(Capek Lukasz ORSI s)");
        assert_eq!(litteral("Šimon Žižek"), "(\\212imon \\216i\\236ek)");
        assert_eq!(litteral("Pie\u{300}ce 你"), "(Piece ?)");
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        for texte in ["mot ".repeat(100), "x".repeat(1_000), String::new(), "W".repeat(90)] {
            let lignes = couper(&texte, TEXTE, 480.0);
            assert!(lignes.iter().all(|ligne| mesure(ligne, TEXTE) <= 480.0));
            assert_eq!(lignes.join("").replace(' ', ""), texte.replace(' ', ""));
        }
    }
}
