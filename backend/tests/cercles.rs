//! No circles: files that import each other in a ring are read, changed and tested as one. There is none in app; in
//! backend a ring is at most three files of one folder.
//!
//! The sources are scanned, not compiled: `use` statements and paths that begin by `crate`, `super`, `self` or a module
//! below; what is under test is left out.

mod securite;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A module, from the root of its crate.
type Module = Vec<String>;

/// The files of a crate, by module, with what each says.
struct Sources {
    fichiers: BTreeMap<Module, PathBuf>,
    textes: BTreeMap<Module, String>,
    /// What a module gives under another name: `pub use`.
    redonne: BTreeMap<Module, BTreeMap<String, Module>>,
}

fn rs(dossier: &Path, trouves: &mut Vec<PathBuf>) {
    for entree in fs::read_dir(dossier).expect("the sources") {
        let chemin = entree.expect("an entry").path();
        if chemin.is_dir() {
            rs(&chemin, trouves);
        } else if chemin.extension().is_some_and(|suffixe| suffixe == "rs") {
            trouves.push(chemin);
        }
    }
}

/// Without comments, texts between quotes, and what is under test.
fn code(texte: &str) -> String {
    let mut code = String::new();
    for ligne in texte.lines() {
        if ligne.ends_with("mod tests {") {
            break;
        }
        let ligne = ligne.split("//").next().unwrap_or_default();
        // How far something is visible names a module, and needs nothing of it.
        let ligne = match ligne.split_once("pub(in ") {
            Some((avant, apres)) => {
                format!("{avant}pub{}", apres.split_once(')').unwrap_or_default().1)
            }
            None => ligne.to_owned(),
        };
        for (rang, morceau) in ligne.split('"').enumerate() {
            code.push_str(if rang % 2 == 0 { morceau } else { "\"\"" });
        }
        code.push('\n');
    }
    code
}

/// The paths of a tree of imports, each with the name that it has here.
fn feuilles(arbre: &str, avant: &[String], trouvees: &mut Vec<(Module, String)>) {
    let arbre = arbre.trim();
    if let (Some(ouvre), true) = (arbre.find('{'), arbre.ends_with('}')) {
        let mut tete = avant.to_vec();
        tete.extend(segments(&arbre[..ouvre]));
        let (mut profondeur, mut debut) = (0, ouvre + 1);
        let interieur = &arbre[..arbre.len() - 1];
        for (i, lettre) in interieur.char_indices().skip_while(|(i, _)| *i <= ouvre) {
            match lettre {
                '{' => profondeur += 1,
                '}' => profondeur -= 1,
                ',' if profondeur == 0 => {
                    feuilles(&interieur[debut..i], &tete, trouvees);
                    debut = i + 1;
                }
                _ => {}
            }
        }
        feuilles(&interieur[debut..], &tete, trouvees);
    } else if !arbre.is_empty() {
        let (chemin, surnom) = arbre.split_once(" as ").unwrap_or((arbre, ""));
        let mut entier = avant.to_vec();
        entier.extend(segments(chemin).filter(|segment| segment != "*"));
        if entier.len() > 1 && entier.last().is_some_and(|dernier| dernier == "self") {
            entier.pop();
        }
        let nom = if surnom.is_empty() { entier.last().cloned() } else { Some(surnom.to_owned()) };
        trouvees.push((entier, nom.unwrap_or_default()));
    }
}

fn segments(chemin: &str) -> impl Iterator<Item = String> {
    chemin
        .split("::")
        .map(|segment| segment.trim().to_owned())
        .filter(|segment| !segment.is_empty())
}

/// The imports of a text (whether each is `pub`, its tree), and the text without them.
fn imports(code: &str) -> (Vec<(bool, String)>, String) {
    let (mut imports, mut reste, mut lignes) = (Vec::new(), String::new(), code.lines());
    while let Some(ligne) = lignes.next() {
        let nu = ligne.trim_start();
        let apres = nu.strip_prefix("pub").map(|apres| match apres.strip_prefix('(') {
            Some(ou) => ou.split_once(')').map_or("", |(_, apres)| apres),
            None => apres,
        });
        let public = apres.is_some_and(|apres| apres.trim_start().starts_with("use "));
        let Some(arbre) = apres.unwrap_or(nu).trim_start().strip_prefix("use ") else {
            reste.push_str(ligne);
            reste.push('\n');
            continue;
        };
        let mut entier = arbre.to_owned();
        while !entier.contains(';') {
            let Some(suite) = lignes.next() else { break };
            entier.push(' ');
            entier.push_str(suite.trim());
        }
        imports.push((public, entier.split(';').next().unwrap_or_default().to_owned()));
    }
    (imports, reste)
}

/// The paths that a text names beside its imports.
fn chemins(reste: &str) -> impl Iterator<Item = Module> {
    let mot = |lettre: char| lettre.is_alphanumeric() || lettre == '_' || lettre == ':';
    reste
        .split(move |lettre| !mot(lettre))
        .filter(|chemin| chemin.contains("::") && !chemin.starts_with(':'))
        .map(|chemin| segments(chemin).collect())
}

impl Sources {
    fn lire(racine: &Path) -> Self {
        let mut trouves = Vec::new();
        rs(racine, &mut trouves);
        let (mut fichiers, mut textes) = (BTreeMap::new(), BTreeMap::new());
        for chemin in trouves {
            let relatif = chemin.strip_prefix(racine).expect("below").with_extension("");
            let mut module: Module =
                relatif.iter().map(|partie| partie.to_string_lossy().into_owned()).collect();
            if module.iter().any(|partie| partie == "tests") {
                continue;
            }
            if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
                module.pop();
            }
            textes.insert(module.clone(), code(&fs::read_to_string(&chemin).expect("a source")));
            fichiers.insert(module, chemin);
        }
        let mut sources = Self { fichiers, textes, redonne: BTreeMap::new() };
        let mut redonne: BTreeMap<Module, BTreeMap<String, Module>> = BTreeMap::new();
        for (module, texte) in &sources.textes {
            for (_, arbre) in imports(texte).0.into_iter().filter(|(public, _)| *public) {
                let mut donnes = Vec::new();
                feuilles(&arbre, &[], &mut donnes);
                for (chemin, nom) in donnes {
                    if let Some(absolu) = sources.absolu(module, &chemin) {
                        redonne.entry(module.clone()).or_default().insert(nom, absolu);
                    }
                }
            }
        }
        sources.redonne = redonne;
        sources
    }

    /// A path from the root of the crate, unless it leads outside.
    fn absolu(&self, module: &[String], chemin: &[String]) -> Option<Module> {
        let montees = chemin.iter().take_while(|segment| *segment == "super").count();
        match chemin.first().map(String::as_str) {
            Some("crate") => Some(chemin[1..].to_vec()),
            Some("self") => Some([module, &chemin[1..]].concat()),
            Some("super") => Some(
                [module.get(..module.len().checked_sub(montees)?)?, &chemin[montees..]].concat(),
            ),
            Some(premier) => {
                let dessous = [module, &[premier.to_owned()]].concat();
                self.fichiers.contains_key(&dessous).then(|| [module, chemin].concat())
            }
            None => None,
        }
    }

    /// The file that holds what a path names.
    fn fichier(&self, chemin: &[String], tours: usize) -> Module {
        for i in 0..chemin.len() {
            let (module, nom) = (&chemin[..i], &chemin[i]);
            if tours > 0
                && !self.fichiers.contains_key(&chemin[..=i])
                && let Some(vrai) = self.redonne.get(module).and_then(|donnes| donnes.get(nom))
            {
                return self.fichier(&[vrai, &chemin[i + 1..]].concat(), tours - 1);
            }
        }
        let longueur = (0..=chemin.len()).rev().find(|n| self.fichiers.contains_key(&chemin[..*n]));
        chemin[..longueur.unwrap_or(0)].to_vec()
    }

    /// Which files each file names.
    fn fleches(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let mut fleches = BTreeMap::new();
        for (module, texte) in &self.textes {
            let (imports, reste) = imports(texte);
            let mut nommes: Vec<Module> = chemins(&reste).collect();
            for (_, arbre) in imports {
                let mut importes = Vec::new();
                feuilles(&arbre, &[], &mut importes);
                nommes.extend(importes.into_iter().map(|(chemin, _)| chemin));
            }
            let vers = nommes
                .iter()
                .filter_map(|chemin| self.absolu(module, chemin))
                .map(|chemin| self.fichier(&chemin, 8))
                .filter(|autre| autre != module && !autre.is_empty());
            fleches.insert(module.clone(), vers.collect());
        }
        fleches
    }
}

/// All that can be reached from a file.
fn atteints(fleches: &BTreeMap<Module, BTreeSet<Module>>, depart: &Module) -> BTreeSet<Module> {
    let (mut vus, mut a_voir) = (BTreeSet::new(), vec![depart.clone()]);
    while let Some(ici) = a_voir.pop() {
        for autre in fleches.get(&ici).into_iter().flatten() {
            if vus.insert(autre.clone()) {
                a_voir.push(autre.clone());
            }
        }
    }
    vus
}

/// The rings of a crate that have more than `taille` files or reach across folders.
fn cercles_de_trop(nom: &str, taille: usize) -> Vec<Vec<String>> {
    let racine = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(nom).join("src");
    let sources = Sources::lire(&racine);
    assert!(sources.fichiers.len() > 50, "the sources are where they were");
    let fleches = sources.fleches();
    let atteints: BTreeMap<&Module, BTreeSet<Module>> =
        fleches.keys().map(|module| (module, atteints(&fleches, module))).collect();
    let mut cercles = BTreeSet::new();
    for (module, loin) in &atteints {
        let cercle: Vec<&Module> = loin
            .iter()
            .filter(|autre| atteints.get(autre).is_some_and(|retour| retour.contains(*module)))
            .collect();
        let dossiers: BTreeSet<Option<&Path>> =
            cercle.iter().map(|autre| sources.fichiers[*autre].parent()).collect();
        if cercle.len() > taille || dossiers.len() > 1 {
            cercles.insert(cercle.iter().map(|autre| autre.join("::")).collect::<Vec<_>>());
        }
    }
    cercles.into_iter().collect()
}

#[test]
fn no_circle_of_backend_is_larger_than_three_files_or_reaches_across_folders() {
    assert_eq!(cercles_de_trop("backend", 3), Vec::<Vec<String>>::new());
}

#[test]
fn app_has_no_circle() {
    assert_eq!(cercles_de_trop("app", 1), Vec::<Vec<String>>::new());
}
