//! Reads a document back as a screen reader does: in the order of its tree, each text and what it is. Refuses what
//! would not be read, or not as it is seen. For tests.

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::{Pdf, object};
use std::collections::HashMap;

/// What a screen reader knows of a document.
#[derive(Debug, PartialEq)]
pub struct Lu {
    /// The name of its window.
    pub titre: String,
    /// The language of its texts.
    pub langue: String,
    /// Each text after what it is: « H1 », « L/LI/Lbl »…
    pub textes: Vec<(String, String)>,
    /// What is written without being read.
    pub decor: Vec<String>,
    /// The table of titles, with their depth.
    pub signets: Vec<(usize, String)>,
}

impl Lu {
    /// Everything that is read, one text a line.
    pub fn texte(&self) -> String {
        self.textes.iter().map(|(_, texte)| format!("{texte}\n")).collect()
    }
}

/// Reads a document.
pub fn lire(octets: &[u8]) -> Lu {
    let pdf = Pdf::new(octets.to_vec()).unwrap();
    let catalogue: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).unwrap();
    let vrai = |dans: &str, cle: &str| catalogue.get::<Dict<'_>>(dans)?.get::<bool>(cle);
    assert_eq!(vrai("MarkInfo", "Marked"), Some(true));
    assert_eq!(vrai("ViewerPreferences", "DisplayDocTitle"), Some(true));
    let metadonnees = catalogue.get::<Stream<'_>>("Metadata").unwrap().decoded().unwrap();
    let metadonnees = String::from_utf8(metadonnees.into_owned()).unwrap();
    assert!(metadonnees.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadonnees}");
    let mut lu = Lu {
        titre: texte(pdf.metadata().title.as_deref().unwrap()),
        langue: texte(catalogue.get::<object::String<'_>>("Lang").unwrap().as_bytes()),
        textes: vec![],
        decor: vec![],
        signets: vec![],
    };
    let mut marques = HashMap::new();
    for page in pdf.pages().iter() {
        assert_eq!(page.raw().get::<Name<'_>>("Tabs").unwrap().as_str(), "S");
        lire_la_page(page, &mut marques, &mut lu.decor);
    }
    let arbre: Dict<'_> = catalogue.get("StructTreeRoot").unwrap();
    descendre(&arbre, "", &mut marques, &mut lu.textes);
    assert_eq!(marques, HashMap::new(), "out of the tree");
    if let Some(table) = catalogue.get::<Dict<'_>>("Outlines") {
        lire_la_table(&table, 0, &mut lu.signets);
    }
    lu
}

/// A text outside pages.
fn texte(octets: &[u8]) -> String {
    match octets.strip_prefix(b"\xfe\xff") {
        Some(utf16) => caracteres(utf16),
        None => String::from_utf8(octets.to_vec()).unwrap(),
    }
}

fn caracteres(utf16: &[u8]) -> String {
    let unites: Vec<u16> =
        utf16.chunks(2).map(|deux| u16::from_be_bytes([deux[0], deux[1]])).collect();
    String::from_utf16(&unites).unwrap()
}

type Marques = HashMap<(ObjectIdentifier, i32), String>;

/// A part of a page, between two marks.
struct Marque {
    decor: bool,
    numero: Option<i32>,
    texte: String,
}

fn lire_la_page(page: &Page<'_>, marques: &mut Marques, decor: &mut Vec<String>) {
    let mut ouvertes: Vec<Marque> = vec![];
    let mut alphabet = HashMap::new();
    let mut instructions = TypedIter::new(page.page_stream().unwrap());
    while let Some(instruction) = instructions.next() {
        match instruction {
            TypedInstruction::BeginMarkedContent(debut) => ouvertes.push(marque(debut.0, None)),
            TypedInstruction::BeginMarkedContentWithProperties(debut) => {
                let Object::Dict(proprietes) = debut.1 else { panic!("{debut:?}") };
                ouvertes.push(marque(debut.0, Some(proprietes)));
            }
            TypedInstruction::EndMarkedContent(_) => {
                let finie = ouvertes.pop().unwrap();
                fermer(finie, page, ouvertes.last(), marques, decor);
            }
            TypedInstruction::TextFont(police) => {
                alphabet = lire_l_alphabet(&page.resources().get_font(police.0).unwrap());
            }
            TypedInstruction::ShowText(montre) => {
                ouvertes.last_mut().expect("marked").lire(&alphabet, montre.0);
            }
            TypedInstruction::ShowTexts(montre) => {
                for objet in montre.0.iter::<Object<'_>>() {
                    let Object::String(morceau) = objet else { continue };
                    ouvertes.last_mut().expect("marked").lire(&alphabet, &morceau);
                }
            }
            TypedInstruction::StrokePath(_) => assert!(ouvertes.last().unwrap().decor),
            _ => {}
        }
    }
    assert!(ouvertes.is_empty());
}

fn fermer(
    finie: Marque,
    page: &Page<'_>,
    dehors: Option<&Marque>,
    marques: &mut Marques,
    decor: &mut Vec<String>,
) {
    let lu = finie.texte;
    match (finie.numero, dehors) {
        (Some(numero), _) => {
            let avant = marques.insert((page.raw().obj_id().unwrap(), numero), lu);
            assert_eq!(avant, None, "marked twice");
        }
        (None, dehors) => {
            assert!(finie.decor && dehors.is_none(), "{lu}");
            decor.push(lu);
        }
    }
}

impl Marque {
    fn lire(&mut self, alphabet: &HashMap<u16, String>, montre: &object::String<'_>) {
        let codes = montre.as_bytes().chunks(2).map(|deux| u16::from_be_bytes([deux[0], deux[1]]));
        self.texte.extend(codes.map(|code| alphabet[&code].as_str()));
    }
}

fn marque(nom: &Name<'_>, proprietes: Option<&Dict<'_>>) -> Marque {
    Marque {
        decor: nom.as_str() == "Artifact",
        numero: proprietes.and_then(|p| p.get("MCID")),
        texte: String::new(),
    }
}

/// What each glyph of a font stands for.
fn lire_l_alphabet(police: &Dict<'_>) -> HashMap<u16, String> {
    let table = police.get::<Stream<'_>>("ToUnicode").unwrap().decoded().unwrap().into_owned();
    let table = String::from_utf8(table).unwrap();
    assert!(!table.contains("beginbfrange"), "not expected here");
    let lignes = table
        .lines()
        .filter_map(|ligne| ligne.strip_prefix('<')?.strip_suffix('>')?.split_once("> <"));
    let lignes = lignes.filter(|(code, _)| code.len() == 4);
    let couple = |(code, lettres): (&str, &str)| {
        (u16::from_str_radix(code, 16).unwrap(), caracteres(&hex::decode(lettres).unwrap()))
    };
    lignes.map(couple).collect()
}

/// Reads what an element of the tree holds.
fn descendre(
    noeud: &Dict<'_>,
    chemin: &str,
    marques: &mut Marques,
    lus: &mut Vec<(String, String)>,
) {
    let page = page_de(noeud);
    let mut texte = String::new();
    for enfant in enfants(noeud) {
        match enfant {
            Object::Dict(enfant) if !enfant.contains_key("S") => {
                let page = page_de(&enfant).unwrap();
                texte.push_str(&lire_la_marque(page, enfant.get("MCID"), marques));
            }
            Object::Dict(enfant) => {
                let nom = enfant.get::<Name<'_>>("S").unwrap();
                match (chemin, nom.as_str()) {
                    (_, "Span") => texte.push_str(&lire_l_original(&enfant, marques)),
                    (_, "Document") => descendre(&enfant, "", marques, lus),
                    ("", nom) => descendre(&enfant, nom, marques, lus),
                    (_, nom) => descendre(&enfant, &format!("{chemin}/{nom}"), marques, lus),
                }
            }
            numero => texte.push_str(&lire_la_marque(page.unwrap(), numero.into_i32(), marques)),
        }
    }
    if !texte.is_empty() {
        lus.push((chemin.to_owned(), texte));
    }
}

/// What is read instead of what is drawn.
fn lire_l_original(noeud: &Dict<'_>, marques: &mut Marques) -> String {
    let mut dessin = vec![];
    descendre(noeud, "", marques, &mut dessin);
    assert_eq!(dessin.len(), 1);
    texte(noeud.get::<object::String<'_>>("ActualText").unwrap().as_bytes())
}

fn enfants<'a>(noeud: &Dict<'a>) -> Vec<Object<'a>> {
    match noeud.get::<Object<'_>>("K") {
        Some(Object::Array(enfants)) => enfants.iter().collect(),
        Some(enfant) => vec![enfant],
        None => vec![],
    }
}

fn page_de(noeud: &Dict<'_>) -> Option<ObjectIdentifier> {
    noeud.get_ref("Pg").map(ObjectIdentifier::from)
}

fn lire_la_marque(page: ObjectIdentifier, numero: Option<i32>, marques: &mut Marques) -> String {
    marques.remove(&(page, numero.unwrap())).expect("on the page")
}

fn lire_la_table(table: &Dict<'_>, profondeur: usize, signets: &mut Vec<(usize, String)>) {
    let mut suivant = table.get::<Dict<'_>>("First");
    while let Some(signet) = suivant {
        let titre = signet.get::<object::String<'_>>("Title").unwrap();
        signets.push((profondeur, texte(titre.as_bytes())));
        lire_la_table(&signet, profondeur + 1, signets);
        suivant = signet.get("Next");
    }
}
