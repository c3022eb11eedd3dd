//! What docs/SECURITE.md says is there to be read: each requirement of ASVS 5.0 at levels 1 and 2 has its row, and each test
//! and each file that a row names is in this repository.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The requirements of levels 1 and 2 of OWASP ASVS 5.0.0: those of a section on each line.
const EXIGENCES: &str = include_str!("asvs-5.0.txt");

/// What may be answered. Only the first says that a requirement is met.
const REPONSES: [&str; 5] = ["oui", "en partie", "non", "exploitant", "sans objet"];

/// What holds a requirement that no test would see broken: somebody who read the code.
const RELECTURE: &str = "relecture";

struct Ligne {
    niveau: String,
    sujet: String,
    reponse: String,
    comment: String,
    tenu_par: String,
}

fn racine() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn document() -> String {
    fs::read_to_string(racine().join("docs/SECURITE.md")).expect("docs/SECURITE.md")
}

/// The rows, by number; each has one.
fn lignes() -> BTreeMap<String, Ligne> {
    let mut lues = BTreeMap::new();
    for texte in document().lines() {
        let cases: Vec<&str> = texte.split('|').map(str::trim).collect();
        let [_, numero, niveau, sujet, reponse, comment, tenu_par, _] = cases[..] else { continue };
        if !numero.starts_with(|lettre: char| lettre.is_ascii_digit()) {
            continue;
        }
        let ligne = Ligne {
            niveau: niveau.to_owned(),
            sujet: sujet.to_owned(),
            reponse: reponse.to_owned(),
            comment: comment.to_owned(),
            tenu_par: tenu_par.to_owned(),
        };
        assert!(lues.insert(numero.to_owned(), ligne).is_none(), "{numero} has two rows");
    }
    lues
}

/// « 1.2 1 2 3 »: the requirements 1.2.1, 1.2.2 and 1.2.3.
fn exigences() -> BTreeSet<String> {
    let mut toutes = BTreeSet::new();
    for ligne in EXIGENCES.lines() {
        let (section, rangs) = ligne.split_once(' ').expect("a section and its requirements");
        toutes.extend(rangs.split(' ').map(|rang| format!("{section}.{rang}")));
    }
    toutes
}

/// What stands between backticks.
fn cites(texte: &str) -> impl Iterator<Item = &str> {
    texte.split('`').skip(1).step_by(2)
}

/// The sources, but for what is built and what is fetched.
fn sources(dossier: &Path, trouvees: &mut Vec<PathBuf>) {
    for entree in fs::read_dir(dossier).expect("a folder") {
        let chemin = entree.expect("an entry").path();
        let nom = chemin.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if chemin.is_dir() {
            if !nom.starts_with('.') && nom != "target" && nom != "node_modules" {
                sources(&chemin, trouvees);
            }
        } else if nom.ends_with(".rs") {
            trouvees.push(chemin);
        }
    }
}

/// The names of all functions.
fn fonctions() -> BTreeSet<String> {
    let mut fichiers = Vec::new();
    for dossier in ["app", "backend", "domain", "epreuves", "migration", "sandbox", "server"] {
        sources(&racine().join(dossier), &mut fichiers);
    }
    let mut noms = BTreeSet::new();
    for fichier in fichiers {
        let texte = fs::read_to_string(&fichier).expect("a source");
        let debuts = texte.split("fn ").skip(1);
        noms.extend(debuts.map(|suite| {
            suite.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>()
        }));
    }
    noms
}

/// Whether it is the path of a file or a folder of the repository.
fn est_la(chemin: &str) -> bool {
    !chemin.starts_with('/') && racine().join(chemin).exists()
}

#[test]
fn each_requirement_has_its_row_and_each_row_says_why() {
    let (lignes, attendues) = (lignes(), exigences());
    let presentes: BTreeSet<String> = lignes.keys().cloned().collect();
    let sans_ligne: Vec<_> = attendues.difference(&presentes).collect();
    assert!(sans_ligne.is_empty(), "docs/SECURITE.md says nothing of {sans_ligne:?}");
    let de_trop: Vec<_> = presentes.difference(&attendues).collect();
    assert!(de_trop.is_empty(), "no requirement of levels 1 and 2 has these numbers: {de_trop:?}");
    for (numero, ligne) in &lignes {
        assert!(matches!(ligne.niveau.as_str(), "1" | "2"), "{numero}: {}", ligne.niveau);
        assert!(REPONSES.contains(&ligne.reponse.as_str()), "{numero}: {}", ligne.reponse);
        assert!(!ligne.sujet.is_empty() && !ligne.comment.is_empty(), "{numero} says nothing");
        // What is said to be met is held by something that can be looked at.
        let tenu = cites(&ligne.tenu_par).next().is_some() || ligne.tenu_par == RELECTURE;
        assert!(tenu || ligne.reponse != "oui", "{numero}: nothing holds it");
    }
}

#[test]
fn each_test_and_each_file_that_is_named_is_there() {
    let fonctions = fonctions();
    let mut absents = Vec::new();
    for (numero, ligne) in lignes() {
        let ici = |nom: &&str| fonctions.contains(*nom) || est_la(nom);
        absents.extend(
            cites(&ligne.tenu_par).filter(|nom| !ici(nom)).map(|nom| format!("{numero} {nom}")),
        );
        // Beside addresses of the site and words of the settings, what has a folder is a file.
        let fichiers = cites(&ligne.comment).filter(|mot| {
            [".rs", ".md", ".ts", ".toml", ".conf", ".service"].iter().any(|fin| mot.ends_with(fin))
        });
        absents.extend(fichiers.filter(|nom| !est_la(nom)).map(|nom| format!("{numero} {nom}")));
    }
    assert!(absents.is_empty(), "docs/SECURITE.md names what is not there: {absents:#?}");
}

#[test]
fn what_the_document_counts_is_what_its_rows_say() {
    let lignes = lignes();
    let texte = document();
    for reponse in REPONSES {
        let nombre = lignes.values().filter(|ligne| ligne.reponse == reponse).count();
        let dit = format!("| {reponse} | {nombre} |");
        assert!(texte.contains(&dit), "docs/SECURITE.md should say: {dit}");
    }
}
