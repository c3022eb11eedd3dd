//! The files of the interface: looked for at the start, so that no page has to do without them.

use leptos::config::errors::LeptosConfigError;
use leptos::config::{LeptosOptions, get_configuration};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// What is missing.
#[derive(Debug, thiserror::Error)]
pub enum SiteIncomplet {
    /// `Leptos.toml`, or what `LEPTOS_CONFIG` names.
    #[error(
        "{} : introuvable ; posez le fichier « Leptos.toml » dans le dossier courant, ou donnez son chemin par LEPTOS_CONFIG",
        .0.display()
    )]
    Reglages(PathBuf),
    /// The same, that can't be understood.
    #[error("{} : {cause}", chemin.display())]
    Illisible {
        /// The file.
        chemin: PathBuf,
        /// What is wrong.
        cause: LeptosConfigError,
    },
    /// `hash.txt`, without which nobody knows how the files are called.
    #[error("{} : introuvable ; ce fichier, construit avec le site, se pose à côté du programme", .0.display())]
    Empreintes(PathBuf),
    /// Files of another build, or none.
    #[error(
        "{} : introuvable ; le programme, hash.txt et le dossier « site » doivent être d'une même construction",
        .0.display()
    )]
    Fichier(PathBuf),
}

/// The interface's own settings: `Leptos.toml` beside the process, the address from the environment.
///
/// # Errors
/// They can't be read.
pub fn options(adresse: Option<SocketAddr>) -> Result<LeptosOptions, SiteIncomplet> {
    let fichier =
        std::env::var_os("LEPTOS_CONFIG").map_or_else(|| "Leptos.toml".into(), PathBuf::from);
    let mut options = match get_configuration(Some(&fichier.to_string_lossy())) {
        Ok(lues) => lues.leptos_options,
        Err(LeptosConfigError::ConfigNotFound) => return Err(SiteIncomplet::Reglages(fichier)),
        Err(cause) => return Err(SiteIncomplet::Illisible { chemin: fichier, cause }),
    };
    if let Some(adresse) = adresse {
        options.site_addr = adresse;
    }
    Ok(options)
}

/// Looks for what pages need; gives what `hash.txt` says of their names, read once: the next release may be laid beside a
/// process that runs. `tolerant`: what would only look bare is logged.
///
/// # Errors
/// Something is missing.
pub fn verifier(options: &LeptosOptions, tolerant: bool) -> Result<Option<String>, SiteIncomplet> {
    let programme = std::env::current_exe().unwrap_or_default();
    let dossier = programme.parent().unwrap_or(Path::new("."));
    let chemin = dossier.join(options.hash_file.as_ref());
    let empreintes = lire(options, &chemin);
    match manque(options, &chemin, empreintes.as_deref()) {
        Some(SiteIncomplet::Fichier(chemin) | SiteIncomplet::Empreintes(chemin)) if tolerant => {
            tracing::warn!(chemin = %chemin.display(), "missing: pages will be bare");
            Ok(empreintes)
        }
        Some(manque) => Err(manque),
        None => Ok(empreintes),
    }
}

/// `hash.txt`, at `chemin`; `None` when it can't be read, or the names of the files say nothing of what they hold.
fn lire(options: &LeptosOptions, chemin: &Path) -> Option<String> {
    options.hash_files.then(|| std::fs::read_to_string(chemin).ok()).flatten()
}

/// `empreintes`: what the file at `chemin` holds.
fn manque(
    options: &LeptosOptions,
    chemin: &Path,
    empreintes: Option<&str>,
) -> Option<SiteIncomplet> {
    let racine = Path::new(options.site_root.as_ref());
    let pkg = racine.join(options.site_pkg_dir.as_ref());
    let nom = options.output_name.as_ref();
    let mut attendus = vec![racine.join("dsfr/dsfr.css")];
    if options.hash_files {
        for genre in ["js", "wasm", "css", "js-en-place", "wasm-en-place"] {
            let (extension, suite) = match genre.split_once('-') {
                Some((extension, suite)) => (extension, format!("-{suite}")),
                None => (genre, String::new()),
            };
            match empreintes.and_then(|texte| empreinte(texte, genre)) {
                Some(empreinte) => {
                    attendus.push(pkg.join(format!("{nom}{suite}.{empreinte}.{extension}")));
                }
                None => return Some(SiteIncomplet::Empreintes(chemin.to_owned())),
            }
        }
    } else {
        attendus.extend(["js", "css"].map(|genre| pkg.join(format!("{nom}.{genre}"))));
    }
    attendus.into_iter().find(|chemin| !chemin.is_file()).map(SiteIncomplet::Fichier)
}

/// What the build wrote of a kind of file: « js: 1234 ».
fn empreinte<'a>(texte: &'a str, genre: &str) -> Option<&'a str> {
    texte.lines().find_map(|ligne| {
        let (nom, valeur) = ligne.split_once(':')?;
        (nom.trim() == genre).then(|| valeur.trim()).filter(|valeur| !valeur.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use backend::socle::secrets::hasard::Hasard;
    use std::fs;

    #[test]
    fn what_is_missing_beside_the_program_is_named() {
        let dossier = std::env::temp_dir().join(format!("rdv-site-{}", Hasard::systeme().cle()));
        fs::create_dir_all(dossier.join("site/pkg")).unwrap();
        fs::create_dir_all(dossier.join("site/dsfr")).unwrap();
        let racine = dossier.join("site").to_string_lossy().into_owned();
        let options =
            LeptosOptions::builder().output_name("rdv").site_root(racine).hash_files(true).build();
        let chemin = dossier.join("hash.txt");
        let dit = || {
            let empreintes = lire(&options, &chemin);
            let manque = manque(&options, &chemin, empreintes.as_deref());
            manque.map(|manque| manque.to_string()).unwrap_or_default()
        };
        assert!(dit().contains("hash.txt : introuvable"), "{}", dit());
        fs::write(dossier.join("hash.txt"), "js: a1\ncss: c3\n").unwrap();
        assert!(dit().contains("hash.txt"), "{}", dit());
        let empreintes = "js: a1\nwasm: b2\ncss: c3\njs-en-place: d4\nwasm-en-place: e5\n";
        fs::write(dossier.join("hash.txt"), empreintes).unwrap();
        for fichier in [
            "dsfr/dsfr.css",
            "pkg/rdv.a1.js",
            "pkg/rdv.b2.wasm",
            "pkg/rdv.c3.css",
            "pkg/rdv-en-place.d4.js",
            "pkg/rdv-en-place.e5.wasm",
        ] {
            let chemin = dossier.join("site").join(fichier);
            assert!(dit().contains(&*chemin.to_string_lossy()), "{}", dit());
            fs::write(chemin, "").unwrap();
        }
        assert_eq!(dit(), "");
        fs::remove_dir_all(&dossier).unwrap();
    }
}
