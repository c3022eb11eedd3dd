//! Files that people attach: what they are, told by their content and not by their name.

use crate::erreur::Saisie;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The largest file taken, in octets.
pub const TAILLE_MAX: usize = 10_000_000;

/// How many files may be joined at once.
pub const NOMBRE_MAX: usize = 10;

/// The longest name kept, in characters.
const NOM_MAX: usize = 250;

/// What the antivirus said of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Analyse {
    /// Nothing: none was set when it came. It may be downloaded; one that is set since looks at it in turn.
    NonFaite,
    /// It has not answered yet: the file is held.
    AVerifier,
    /// It found nothing.
    Saine,
    /// It found something: nobody downloads the file.
    Infectee,
}

impl Analyse {
    /// The word stored in the database. Those that wait come in the order in which they are looked at.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NonFaite => "non_faite",
            Self::AVerifier => "a_verifier",
            Self::Saine => "saine",
            Self::Infectee => "infectee",
        }
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::NonFaite, Self::AVerifier, Self::Saine, Self::Infectee]
            .into_iter()
            .find(|analyse| analyse.code() == code)
    }
}

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// PDF.
    Pdf,
    /// A photograph.
    Jpeg,
    /// A picture.
    Png,
    /// A text document of Word.
    Docx,
    /// A workbook of Excel.
    Xlsx,
    /// A text document of LibreOffice.
    Odt,
    /// A workbook of LibreOffice.
    Ods,
    /// Plain text.
    Texte,
}

impl Format {
    /// All of them, in the order in which people are told.
    pub const TOUS: [Self; 8] = [
        Self::Pdf,
        Self::Jpeg,
        Self::Png,
        Self::Docx,
        Self::Xlsx,
        Self::Odt,
        Self::Ods,
        Self::Texte,
    ];

    /// What people call it.
    #[must_use]
    pub const fn nom(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Docx => "Word (docx)",
            Self::Xlsx => "Excel (xlsx)",
            Self::Odt => "OpenDocument (odt)",
            Self::Ods => "OpenDocument (ods)",
            Self::Texte => "texte (txt, csv)",
        }
    }

    /// The endings that its name may have, the usual one first.
    #[must_use]
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Texte => &["txt", "csv"],
        }
    }

    /// Its media type, as browsers and mailboxes know it.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Texte => "text/plain; charset=utf-8",
        }
    }

    /// The word stored in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.extensions()[0]
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|format| format.code() == code)
    }

    /// What the ending of a name announces.
    #[must_use]
    pub fn annonce(nom: &str) -> Option<Self> {
        let (_, extension) = nom.rsplit_once('.')?;
        let extension = extension.to_lowercase();
        Self::TOUS.into_iter().find(|format| format.extensions().contains(&extension.as_str()))
    }

    /// Whether a content is of this kind. Programs and macros are of none.
    #[must_use]
    pub fn reconnait(self, octets: &[u8]) -> bool {
        match self {
            Self::Pdf => pdf(octets),
            Self::Jpeg => octets.starts_with(&[0xff, 0xd8, 0xff]),
            Self::Png => octets.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Docx | Self::Xlsx | Self::Odt | Self::Ods => {
                octets.starts_with(b"PK\x03\x04") && archive(octets) == Some(self)
            }
            Self::Texte => texte(octets),
        }
    }
}

/// « PDF, JPEG, PNG, … ».
#[must_use]
pub fn formats_acceptes() -> String {
    Format::TOUS.map(Format::nom).join(", ")
}

/// The endings, as a browser's chooser of files takes them: « .pdf,.jpg,… ».
#[must_use]
pub fn extensions_acceptees() -> String {
    let toutes = Format::TOUS.iter().flat_map(|format| format.extensions());
    toutes.map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(",")
}

/// Whether `nouveaux` files may be added to `gardes` others.
///
/// # Errors
/// There are too many in all. Adding none is always possible.
pub const fn compter(gardes: usize, nouveaux: usize) -> Result<(), Saisie> {
    let total = gardes.saturating_add(nouveaux);
    if nouveaux > 0 && total > NOMBRE_MAX { Err(Saisie::TropDeFichiers(total)) } else { Ok(()) }
}

/// Checks a file: what it is by its content, under a name that says the same.
///
/// # Errors
/// Empty, too large, of a kind that is not taken, or of another kind than its name says.
pub fn verifier(nom: &str, octets: &[u8]) -> Result<Format, Saisie> {
    let nom = nom_sur(nom);
    if octets.is_empty() {
        return Err(Saisie::FichierVide(nom));
    }
    if octets.len() > TAILLE_MAX {
        return Err(Saisie::FichierTropGros(nom));
    }
    match Format::annonce(&nom) {
        None => Err(Saisie::FichierRefuse(nom)),
        Some(annonce) if annonce.reconnait(octets) => Ok(annonce),
        Some(annonce) => Err(Saisie::FichierDeguise { nom, annonce }),
    }
}

/// The name of a file as its owner gave it: in a form, browsers write quotation marks and line ends otherwise
/// (HTML, « multipart/form-data encoding algorithm »).
#[must_use]
pub fn nom_du_formulaire(nom: &str) -> String {
    nom.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

/// A name that can be shown and given back: no folder, one line, nothing invisible, nothing that turns the
/// reading order around, not too long; its ending is kept.
#[must_use]
pub fn nom_sur(nom: &str) -> String {
    let base = nom.rsplit(['/', '\\']).next().unwrap_or(nom);
    let une_ligne = base.split(['\r', '\n']).filter(|ligne| !ligne.is_empty());
    let propre: String = une_ligne
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|c| !c.is_control() && !invisible(*c))
        .collect();
    let propre = propre.trim().trim_start_matches(|c: char| c == '.' || c.is_whitespace());
    let (debut, fin) = match propre.rsplit_once('.') {
        Some((debut, fin)) if fin.chars().count() <= 10 => (debut, format!(".{fin}")),
        _ => (propre, String::new()),
    };
    let place = NOM_MAX.saturating_sub(fin.chars().count());
    let debut: String = debut.chars().take(place).collect();
    let debut = if debut.trim().is_empty() { "fichier" } else { debut.trim_end() };
    format!("{debut}{fin}")
}

/// Characters of no width, and those that change the direction of what follows.
const fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Names under which files can be put in one folder of any system, in the order of `noms`: each is safe, and
/// told from the others even where capitals are not. « a.pdf » twice gives « a.pdf » and « a (2).pdf ».
#[must_use]
pub fn noms_distincts<'a>(noms: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut pris = BTreeSet::new();
    noms.into_iter()
        .map(|nom| {
            let (debut, fin) = nom_de_fichier(nom);
            let essais = (2_u32..).map(|rang| format!("{debut} ({rang}){fin}"));
            std::iter::once(format!("{debut}{fin}"))
                .chain(essais)
                .find(|essai| pris.insert(essai.to_lowercase()))
                .unwrap_or_default()
        })
        .collect()
}

/// A safe name, cut before its ending, without what some systems refuse (« : », « ? »), and that none keeps for itself (« CON », « aux.txt ») nor refuses
/// (« a. », more than 255 octets).
fn nom_de_fichier(nom: &str) -> (String, String) {
    const RESERVES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
    const OCTETS_MAX: usize = 200;
    let nom: String = nom_sur(nom)
        .chars()
        .map(|c| if matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|') { '_' } else { c })
        .collect();
    let nom = nom.trim_end_matches(['.', ' ']);
    let (debut, fin) = match nom.rsplit_once('.') {
        Some((debut, fin)) if fin.chars().count() <= 10 => (debut, format!(".{fin}")),
        _ => (nom, String::new()),
    };
    let debut = &debut[..debut.floor_char_boundary(OCTETS_MAX)];
    let base = debut.split('.').next().unwrap_or(debut).trim().to_lowercase();
    let reserve = RESERVES.contains(&base.trim_end_matches(char::is_numeric));
    let debut = if reserve || base.is_empty() { format!("_{debut}") } else { debut.to_owned() };
    (debut, fin)
}

/// The name for an HTTP header: `attachment; filename="…"; filename*=UTF-8''…` (RFC 6266). The first is for those who
/// do not know the second, which has the whole name: what they would read otherwise is replaced in it.
#[must_use]
pub fn disposition(nom: &str) -> String {
    let simple: String = nom
        .chars()
        .map(|c| {
            if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%' | ';') || c == ' ' {
                c
            } else {
                '_'
            }
        })
        .collect();
    let mut code = String::new();
    for octet in nom.bytes() {
        if octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_') {
            code.push(char::from(octet));
        } else {
            code.push_str(&format!("%{octet:02X}"));
        }
    }
    format!("attachment; filename=\"{simple}\"; filename*=UTF-8''{code}")
}

/// A document of an office suite, by the names of what is inside. Those with macros are programs.
fn archive(octets: &[u8]) -> Option<Format> {
    const TYPES: [(&[u8], Format); 2] = [
        (b"application/vnd.oasis.opendocument.text", Format::Odt),
        (b"application/vnd.oasis.opendocument.spreadsheet", Format::Ods),
    ];
    // OpenDocument: the first entry is its type, not compressed.
    if octets.get(30..38) == Some(b"mimetype".as_slice()) {
        let genre = octets.get(38..).unwrap_or_default();
        return TYPES
            .into_iter()
            .find(|(debut, _)| {
                genre.starts_with(debut) && genre.get(debut.len()..debut.len() + 2) == Some(b"PK")
            })
            .map(|(_, format)| format);
    }
    let noms = noms(octets)?;
    let a = |nom: &str| noms.contains(&nom.as_bytes());
    let macros = noms.iter().any(|nom| nom.ends_with(b"vbaProject.bin"));
    if macros || !a("[Content_Types].xml") {
        return None;
    }
    match (a("word/document.xml"), a("xl/workbook.xml")) {
        (true, false) => Some(Format::Docx),
        (false, true) => Some(Format::Xlsx),
        _ => None,
    }
}

/// The names in the central directory of a ZIP; `None` when it has no such directory.
fn noms(octets: &[u8]) -> Option<Vec<&[u8]>> {
    const FIN: &[u8] = b"PK\x05\x06";
    const ENTREE: &[u8] = b"PK\x01\x02";
    let lire16 = |ou: usize| {
        let deux = octets.get(ou..ou + 2)?;
        Some(usize::from(u16::from_le_bytes([deux[0], deux[1]])))
    };
    let lire32 = |ou: usize| {
        let quatre = octets.get(ou..ou + 4)?;
        let valeur = u32::from_le_bytes([quatre[0], quatre[1], quatre[2], quatre[3]]);
        usize::try_from(valeur).ok()
    };
    // The end record is in the last 64 KiB, before a comment.
    let depuis = octets.len().saturating_sub(66_000);
    let fin = depuis + octets[depuis..].windows(4).rposition(|quatre| quatre == FIN)?;
    let combien = lire16(fin + 10)?;
    let mut ici = lire32(fin + 16)?;
    let mut noms = Vec::new();
    for _ in 0..combien {
        if octets.get(ici..ici + 4) != Some(ENTREE) {
            return None;
        }
        let (nom, supplement, commentaire) =
            (lire16(ici + 28)?, lire16(ici + 30)?, lire16(ici + 32)?);
        noms.push(octets.get(ici + 46..ici + 46 + nom)?);
        ici += 46 + nom + supplement + commentaire;
    }
    Some(noms)
}

/// A PDF, whose header may be anywhere in its beginning (ISO 32000, annex H: « within the first 1024 bytes »): some
/// begin with a line end or a byte-order mark. What begins as a program or an archive is that.
fn pdf(octets: &[u8]) -> bool {
    const ENTETE: &[u8] = b"%PDF-";
    const DEBUT: usize = 1024;
    const AUTRES: [&[u8]; 4] = [b"MZ", b"PK\x03\x04", b"\x7fELF", b"#!"];
    let debut = &octets[..octets.len().min(DEBUT)];
    debut.windows(ENTETE.len()).any(|mot| mot == ENTETE)
        && !AUTRES.iter().any(|autre| octets.starts_with(autre))
}

/// Text, with nothing in it that is not text: in UTF-8, in UTF-16 as Excel's « texte Unicode », or in Windows-1252 as
/// its « CSV ».
fn texte(octets: &[u8]) -> bool {
    let lisible = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    match jeu_de_caracteres(octets) {
        JeuDeCaracteres::Utf8 => {
            std::str::from_utf8(octets).is_ok_and(|texte| texte.chars().all(lisible))
        }
        JeuDeCaracteres::Utf16 { petit_boutiste } => {
            let (unites, reste) = octets[2..].as_chunks::<2>();
            let unites = unites.iter().map(|deux| {
                if petit_boutiste { u16::from_le_bytes(*deux) } else { u16::from_be_bytes(*deux) }
            });
            reste.is_empty() && char::decode_utf16(unites).all(|c| c.is_ok_and(lisible))
        }
        JeuDeCaracteres::Windows1252 => octets.iter().all(|octet| match octet {
            // The five that it leaves empty.
            0x81 | 0x8d | 0x8f | 0x90 | 0x9d => false,
            0x80.. => true,
            _ => lisible(char::from(*octet)),
        }),
    }
}

/// How the letters of a text are written.
enum JeuDeCaracteres {
    Utf8,
    Utf16 { petit_boutiste: bool },
    Windows1252,
}

fn jeu_de_caracteres(octets: &[u8]) -> JeuDeCaracteres {
    match octets {
        [0xff, 0xfe, ..] => JeuDeCaracteres::Utf16 { petit_boutiste: true },
        [0xfe, 0xff, ..] => JeuDeCaracteres::Utf16 { petit_boutiste: false },
        _ if std::str::from_utf8(octets).is_ok() => JeuDeCaracteres::Utf8,
        _ => JeuDeCaracteres::Windows1252,
    }
}

/// The media type of a file that is given back: that of its format, and for a text how its letters are written.
#[must_use]
pub fn type_de_media(format: Format, octets: &[u8]) -> &'static str {
    match format {
        Format::Texte => match jeu_de_caracteres(octets) {
            JeuDeCaracteres::Utf8 => format.mime(),
            JeuDeCaracteres::Utf16 { .. } => "text/plain; charset=utf-16",
            JeuDeCaracteres::Windows1252 => "text/plain; charset=windows-1252",
        },
        _ => format.mime(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A ZIP of empty entries, with its directory.
    fn zip(noms: &[&str]) -> Vec<u8> {
        let (mut fichier, mut repertoire) = (Vec::new(), Vec::new());
        for nom in noms {
            let longueur = u16::try_from(nom.len()).unwrap().to_le_bytes();
            let ou = u32::try_from(fichier.len()).unwrap().to_le_bytes();
            fichier.extend(b"PK\x03\x04");
            fichier.extend([0; 22]);
            fichier.extend(longueur);
            fichier.extend([0, 0]);
            fichier.extend(nom.as_bytes());
            repertoire.extend(b"PK\x01\x02");
            repertoire.extend([0; 24]);
            repertoire.extend(longueur);
            repertoire.extend([0; 12]);
            repertoire.extend(ou);
            repertoire.extend(nom.as_bytes());
        }
        let debut = u32::try_from(fichier.len()).unwrap().to_le_bytes();
        fichier.extend(&repertoire);
        fichier.extend(b"PK\x05\x06\0\0\0\0");
        let combien = u16::try_from(noms.len()).unwrap().to_le_bytes();
        fichier.extend(combien);
        fichier.extend(combien);
        fichier.extend(u32::try_from(repertoire.len()).unwrap().to_le_bytes());
        fichier.extend(debut);
        fichier.extend([0, 0]);
        fichier
    }

    fn odt() -> Vec<u8> {
        let mut fichier = b"PK\x03\x04".to_vec();
        fichier.extend([0; 26]);
        fichier.extend(b"mimetypeapplication/vnd.oasis.opendocument.textPK\x03\x04");
        fichier
    }

    #[test]
    fn a_file_is_what_its_content_says() {
        let docx = zip(&["[Content_Types].xml", "word/document.xml"]);
        let xlsx = zip(&["[Content_Types].xml", "xl/workbook.xml"]);
        for (nom, octets, attendu) in [
            ("a.pdf", b"%PDF-1.7\n...".to_vec(), Format::Pdf),
            ("PHOTO.JPEG", vec![0xff, 0xd8, 0xff, 0xe0, 0], Format::Jpeg),
            ("a.png", b"\x89PNG\r\n\x1a\n....".to_vec(), Format::Png),
            ("a.docx", docx, Format::Docx),
            ("a.xlsx", xlsx, Format::Xlsx),
            ("a.odt", odt(), Format::Odt),
            ("liste.csv", "nom;prénom\r\n".as_bytes().to_vec(), Format::Texte),
            (
                "excel.csv",
                b"nom;pr\xe9nom;prix en \x80\r\nD\x92Alen\xe7on;H\xe9l\xe8ne;3\r\n".to_vec(),
                Format::Texte,
            ),
            ("unicode.txt", b"\xff\xfen\0o\0m\0\t\0\xe9\0".to_vec(), Format::Texte),
            ("note.txt", b"how a PDF begins: %PDF-1.7".to_vec(), Format::Texte),
            ("a.pdf", b"\r\n%PDF-1.4\n...".to_vec(), Format::Pdf),
            ("a.pdf", b"\xef\xbb\xbf%PDF-1.4\n...".to_vec(), Format::Pdf),
            ("a.pdf", [&[b' '; 1019][..], b"%PDF-1.4"].concat(), Format::Pdf),
        ] {
            assert_eq!(verifier(nom, &octets), Ok(attendu), "{nom}");
        }
    }

    #[test]
    fn what_is_disguised_or_not_taken_is_refused() {
        let deguise =
            |nom: &str, annonce| Err(Saisie::FichierDeguise { nom: nom.to_owned(), annonce });
        let programme = b"MZ\x90\0\x03".to_vec();
        let refuse = Err(Saisie::FichierRefuse("a.exe".to_owned()));
        let macros = zip(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]);
        assert_eq!(verifier("a.exe", &programme), refuse);
        assert_eq!(verifier("a.pdf", &programme), deguise("a.pdf", Format::Pdf));
        assert_eq!(verifier("a.pdf", b"<html>"), deguise("a.pdf", Format::Pdf));
        assert_eq!(verifier("a.docx", &macros), deguise("a.docx", Format::Docx));
        assert_eq!(verifier("a.odt", &zip(&["virus.js"])), deguise("a.odt", Format::Odt));
        let plus_loin = [&[b' '; 1020][..], b"%PDF-1.4"].concat();
        assert_eq!(verifier("a.pdf", &plus_loin), deguise("a.pdf", Format::Pdf));
        for cache in [&b"MZ\x90\0 %PDF-1.4"[..], b"PK\x03\x04 %PDF-1.4", b"#!/bin/sh\n%PDF-1.4"] {
            assert_eq!(verifier("a.pdf", cache), deguise("a.pdf", Format::Pdf));
        }
        for binaire in [&b"a\0b"[..], b"\xe9\x01", b"\xe9\x81", b"\xff\xfea", b"\xff\xfe\0\xd8"] {
            assert_eq!(verifier("a.csv", binaire), deguise("a.csv", Format::Texte), "{binaire:?}");
        }
        assert_eq!(verifier("a.txt", b"a\0b"), deguise("a.txt", Format::Texte));
        assert_eq!(
            verifier("sans_extension", b"%PDF-1.7"),
            Err(Saisie::FichierRefuse("sans_extension".to_owned()))
        );
        assert_eq!(verifier("a.svg", b"<svg/>"), Err(Saisie::FichierRefuse("a.svg".to_owned())));
    }

    #[test]
    fn ten_files_are_taken_and_not_eleven() {
        for (gardes, nouveaux) in [(0, 10), (9, 1), (10, 0), (11, 0)] {
            assert_eq!(compter(gardes, nouveaux), Ok(()), "{gardes} and {nouveaux}");
        }
        for (gardes, nouveaux) in [(0, 11), (10, 1), (1, 10)] {
            assert_eq!(compter(gardes, nouveaux), Err(Saisie::TropDeFichiers(11)));
        }
        let sans_fin = compter(usize::MAX, usize::MAX);
        assert_eq!(sans_fin, Err(Saisie::TropDeFichiers(usize::MAX)));
    }

    #[test]
    fn empty_and_too_large_files_are_refused() {
        assert_eq!(verifier("a.pdf", b""), Err(Saisie::FichierVide("a.pdf".to_owned())));
        let mut juste = b"%PDF-".to_vec();
        juste.resize(TAILLE_MAX, b' ');
        assert_eq!(verifier("a.pdf", &juste), Ok(Format::Pdf));
        juste.push(b' ');
        assert_eq!(verifier("a.pdf", &juste), Err(Saisie::FichierTropGros("a.pdf".to_owned())));
    }

    #[test]
    fn names_are_made_safe() {
        for (nom, attendu) in [
            ("../../etc/passwd", "passwd"),
            (r"C:\Mes documents\Pièce n° 1.pdf", "Pièce n° 1.pdf"),
            ("facture\u{202e}fdp.exe", "facturefdp.exe"),
            ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
            ("a\"b.pdf", "a\"b.pdf"),
            ("100 % ; sûr ?.pdf", "100 % ; sûr ?.pdf"),
            ("", "fichier"),
            (".pdf", "pdf"),
            ("  .  ", "fichier"),
            ("photo 😀.png", "photo 😀.png"),
        ] {
            assert_eq!(nom_sur(nom), attendu, "{nom:?}");
        }
        let long = nom_sur(&format!("{}.pdf", "é".repeat(500)));
        assert!(long.chars().count() == NOM_MAX && long.ends_with(".pdf"));
    }

    #[test]
    fn files_of_one_folder_have_names_of_their_own() {
        let noms = ["a.pdf", "A.PDF", "a (2).pdf", "../a.pdf", "CON", "com1.txt", "a. ", "note"];
        assert_eq!(
            noms_distincts(noms),
            ["a.pdf", "A (2).PDF", "a (2) (2).pdf", "a (3).pdf", "_CON", "_com1.txt", "a", "note"]
        );
    }

    #[test]
    fn a_browser_writes_quotation_marks_and_line_ends_otherwise() {
        assert_eq!(nom_du_formulaire("a%22b.pdf"), "a\"b.pdf");
        assert_eq!(nom_sur(&nom_du_formulaire("a%0D%0Ab.pdf")), "a b.pdf");
        assert_eq!(nom_du_formulaire("100%25 %.pdf"), "100%25 %.pdf", "nothing else");
        assert_eq!(noms_distincts(["a\"b?.pdf"]), ["a_b_.pdf"], "in a folder of any system");
    }

    #[test]
    fn the_header_holds_the_name_in_every_alphabet() {
        assert_eq!(
            disposition("100% ; a.pdf"),
            "attachment; filename=\"100_ _ a.pdf\"; filename*=UTF-8''100%25%20%3B%20a.pdf"
        );
        assert_eq!(
            disposition("Pièce \"1\".pdf"),
            "attachment; filename=\"Pi_ce _1_.pdf\"; filename*=UTF-8''Pi%C3%A8ce%20%221%22.pdf"
        );
    }

    proptest! {
        #[test]
        fn no_content_is_a_surprise(octets in proptest::collection::vec(any::<u8>(), 0..400)) {
            let mut archive = b"PK\x03\x04".to_vec();
            archive.extend(&octets);
            for format in Format::TOUS {
                let _ = (format.reconnait(&archive), format.reconnait(&octets));
                let _ = type_de_media(format, &octets);
            }
        }

        #[test]
        fn no_file_takes_the_place_of_another_nor_leaves_its_folder(
            noms in proptest::collection::vec("(\\.\\./)?[aA\u{1f600}. /]{0,4}(\\.pdf)?|\\PC{0,90}", 0..20)
        ) {
            let distincts = noms_distincts(noms.iter().map(String::as_str));
            prop_assert_eq!(distincts.len(), noms.len());
            let sans_casse: BTreeSet<String> = distincts.iter().map(|n| n.to_lowercase()).collect();
            prop_assert_eq!(sans_casse.len(), noms.len());
            for nom in distincts {
                prop_assert!(!nom.contains(['/', '\\', '\0']) && nom != "." && nom != "..");
                prop_assert!(!nom.is_empty() && nom.len() <= 255 && !nom.starts_with('.'), "{}", nom);
            }
        }

        #[test]
        fn a_safe_name_stays_as_it_is(nom in "\\PC{0,200}") {
            let sur = nom_sur(&nom);
            prop_assert!(!sur.is_empty() && sur.chars().count() <= NOM_MAX + 7);
            prop_assert_eq!(nom_sur(&sur), sur.clone());
            prop_assert!(disposition(&sur).is_ascii());
        }
    }
}
