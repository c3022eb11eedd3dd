use super::pdf_relu::{Lu, lire};
use super::{
    Dessin, Document, FORT, LARGEUR, NOTE, PARTIE, SOUS_PARTIE, SOUS_TITRE, Style, TEXTE, TITRE,
    lettres,
};
use crate::socle::erreur::Echec;
use proptest::prelude::*;

fn ecrire(quoi: impl FnOnce(&mut Document)) -> Lu {
    let mut document = Document::new("Essai").unwrap();
    quoi(&mut document);
    lire(&document.finir().unwrap())
}

fn textes(lu: &Lu) -> Vec<(&str, &str)> {
    lu.textes.iter().map(|(genre, texte)| (genre.as_str(), texte.as_str())).collect()
}

#[test]
fn each_text_is_tagged_as_what_it_is_in_the_order_of_the_page() {
    let lu = ecrire(|document| {
        document.ecrire(FORT, "RÉPUBLIQUE FRANÇAISE");
        document.ecrire(TITRE, "Dossier");
        document.ecrire(SOUS_TITRE, "Démarche");
        document.ecrire(PARTIE, "Identité");
        document.filet();
        document.champ("Nom", "Martin");
        document.champ("Adresse", "1 rue d’En-Bas\n\n75001 Paris");
        document.ecrire(PARTIE, "Questions");
        document.ecrire(SOUS_PARTIE, "Viendrez-vous\u{a0}?");
        document.ecrire(NOTE, "Une seule réponse");
        document.case("Oui");
        document.case("Non");
        document.ecrire(SOUS_PARTIE, "Pourquoi\u{a0}?");
        document.cadre(40.0);
        document.ecrire(PARTIE, " ");
        document.ecrire(TEXTE, "");
    });
    let attendus = [
        ("P", "RÉPUBLIQUE FRANÇAISE"),
        ("H1", "Dossier"),
        ("P", "Démarche"),
        ("H2", "Identité"),
        ("L/LI/Lbl", "Nom"),
        ("L/LI/LBody/P", "Martin"),
        ("L/LI/Lbl", "Adresse"),
        ("L/LI/LBody/P", "1 rue d’En-Bas"),
        ("L/LI/LBody/P", "75001 Paris"),
        ("H2", "Questions"),
        ("H3", "Viendrez-vous\u{a0}?"),
        ("P", "Une seule réponse"),
        ("L/LI/LBody", "Oui"),
        ("L/LI/LBody", "Non"),
        ("H3", "Pourquoi\u{a0}?"),
    ];
    assert_eq!(textes(&lu), attendus);
    assert_eq!((lu.titre.as_str(), lu.langue.as_str()), ("Essai", "fr"));
    let table: Vec<_> =
        lu.signets.iter().map(|(niveau, titre)| (*niveau, titre.as_str())).collect();
    let attendue = [
        (0, "Dossier"),
        (1, "Identité"),
        (1, "Questions"),
        (2, "Viendrez-vous\u{a0}?"),
        (2, "Pourquoi\u{a0}?"),
    ];
    assert_eq!(table, attendue);
    assert_eq!(
        lu.decor,
        ["", "", "", "", "Page 1 sur 1"],
        "lines, boxes and the number of the page"
    );
}

#[test]
fn french_is_read_as_it_was_written() {
    let francais = "«\u{a0}L’œuf\u{202f}!\u{a0}» – Œuvre, çà et là… — n°\u{a0}1, 12,50\u{a0}€, 1\u{202f}000\u{a0}m²";
    let capitales = "ÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ àâäæçéèêëîïôöœùûüÿ \\ (100\u{a0}%) \"'<&>";
    for style in [TITRE, PARTIE, FORT, TEXTE, NOTE] {
        let lu = ecrire(|document| {
            document.ecrire(style, francais);
            document.ecrire(style, capitales);
        });
        let lus: Vec<&str> = lu.textes.iter().map(|(_, texte)| texte.as_str()).collect();
        assert_eq!(lus, [francais, capitales]);
    }
}

#[test]
fn what_the_fonts_cannot_write_is_a_square_that_keeps_the_original() {
    let famille = "👨\u{200d}👩\u{200d}👧";
    let melange = format!(
        "Bonjour 🙂{famille} 你好 שלום ❤\u{fe0f} 1\u{fe0f}\u{20e3} e\u{301} 06\u{2011}12\0\u{feff}"
    );
    let document = Document::new("Essai").unwrap();
    let signes = document.polices.de(TEXTE).signes(&melange);
    let dessins: String =
        lettres::morceaux(&signes).into_iter().map(|morceau| morceau.dessin).collect();
    assert_eq!(dessins, "Bonjour □□ □□ □□□□ □ 1 é 06\u{2010}12");
    let lu = ecrire(|document| document.ecrire(TEXTE, &melange));
    let attendu =
        format!("Bonjour 🙂{famille} 你好 שלום ❤\u{fe0f} 1\u{fe0f}\u{20e3} é 06\u{2011}12");
    assert_eq!(textes(&lu), [("P", attendu.as_str())]);
}

#[test]
fn names_of_europe_can_be_read() {
    let noms = "Čapek Łukasz ŐRSI Șerban Ωmega Дмитрий Žižek Müller-Nowák ſ";
    let document = Document::new("Essai").unwrap();
    let signes = document.polices.de(FORT).signes(noms);
    assert_eq!(lettres::morceaux(&signes).len(), 1, "all in letters");
    let lu = ecrire(|document| document.ecrire(TEXTE, "Pie\u{300}ce"));
    assert_eq!(textes(&lu), [("P", "Pièce")]);
}

#[test]
fn no_line_is_wider_than_the_page_and_no_word_is_lost() {
    for style in [TITRE, TEXTE, NOTE] {
        for texte in ["mot ".repeat(100), "x".repeat(1_000), "W".repeat(90), "👩‍🚀".repeat(300)]
        {
            let mut document = Document::new("Essai").unwrap();
            document.ecrire(style, &texte);
            for (style, ligne) in lignes(&document) {
                let sans_fin = ligne.iter().rposition(|morceau| morceau.dessin != " ").unwrap();
                let large: f32 = ligne[..=sans_fin].iter().map(|morceau| morceau.chasse).sum();
                let espace = if ligne[sans_fin].dessin.ends_with(' ') { 6.0 } else { 0.1 };
                assert!(large * style.taille <= LARGEUR + espace, "{texte}");
            }
            let lu = lire(&document.finir().unwrap());
            assert_eq!(lu.texte(), format!("{texte}\n"));
        }
    }
}

fn lignes(document: &Document) -> Vec<(Style, Vec<lettres::Signe>)> {
    let texte = |dessin: &Dessin| match dessin {
        Dessin::Texte { style, signes, .. } => Some((*style, lettres::morceaux(signes))),
        _ => None,
    };
    document.pages.iter().flatten().filter_map(texte).collect()
}

#[test]
fn an_empty_document_is_one_page() {
    let lu = ecrire(|_| ());
    assert_eq!(textes(&lu), []);
    assert_eq!(lu.decor, ["Page 1 sur 1"]);
}

#[test]
fn a_long_document_numbers_its_pages_and_goes_on_in_the_same_paragraph() {
    let roman = "Il était une fois une démarche. ".repeat(9_000);
    let lu = ecrire(|document| document.ecrire(TEXTE, &roman));
    assert_eq!(textes(&lu), [("P", roman.as_str())]);
    let combien = lu.decor.len();
    assert!(combien > 50, "{combien}");
    let numeros: Vec<String> = (1..=combien).map(|n| format!("Page {n} sur {combien}")).collect();
    assert_eq!(lu.decor, numeros);
}

#[test]
fn a_title_is_never_the_last_of_its_page() {
    for avant in 0_u8..60 {
        let mut document = Document::new("Essai").unwrap();
        for _ in 0..avant {
            document.ecrire(TEXTE, "ligne");
        }
        document.ecrire(PARTIE, "Partie");
        document.filet();
        document.champ("Nom", "Valeur");
        let derniere: Vec<Style> = document
            .pages
            .iter()
            .flat_map(|page| {
                page.iter().rev().find_map(|dessin| match dessin {
                    Dessin::Texte { style, .. } => Some(*style),
                    _ => None,
                })
            })
            .collect();
        assert!(derniere.iter().all(|style| *style == TEXTE), "{avant}: {derniere:?}");
    }
}

#[test]
fn what_would_not_be_accessible_is_refused() {
    let sans_titre = Document::new("").unwrap().finir();
    assert!(matches!(sans_titre, Err(Echec::Document(_))), "{sans_titre:?}");
    let titre = "<b>Été</b> & \u{1}🙂";
    let document = Document::new(titre).unwrap().finir().unwrap();
    assert_eq!(lire(&document).titre, titre.replace('\u{1}', ""));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_can_be_written_and_read(texte in "(\\PC|[ \n\r\t\0\u{feff}\u{fffe}\u{ad}\u{200d}]|[a-zé🙂]){0,200}") {
        let lu = ecrire(|document| {
            document.ecrire(TITRE, &texte);
            document.champ(&texte, &texte);
            document.case(&texte);
        });
        let visible = |texte: &str| -> String {
            let visible = |c: &char| !c.is_whitespace() && !lettres::invisible(*c);
            lettres::propre(texte).chars().filter(visible).collect()
        };
        prop_assert_eq!(visible(&lu.texte()), visible(&texte).repeat(4));
    }
}
