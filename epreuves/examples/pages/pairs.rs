//! The same list written for SvelteKit and for Astro (`epreuves/pairs`), as the scripts of `bin` built them (`RDV_PAIRS`).

use epreuves::programmes::{Programme, adresse_libre};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Name, folder, what Node is given to run.
pub const PAIRS: [(&str, &str, &str); 2] =
    [("SvelteKit", "sveltekit", "build/index.js"), ("Astro", "astro", "dist/server/entry.mjs")];

/// Starts one of [`PAIRS`] on this database.
pub async fn lancer(
    (nom, dossier, entree): (&str, &str, &str),
    base: &str,
    journal: &Path,
) -> Programme {
    let pairs = std::env::var_os("RDV_PAIRS").expect("RDV_PAIRS: the folder of the built pairs");
    let dossier = PathBuf::from(pairs).join(dossier);
    let journal = journal.join(format!("{nom}.log"));
    let adresse = adresse_libre();
    let (hote, port) = adresse.split_once(':').unwrap();
    let mut commande = Command::new(noeud(&dossier));
    commande
        .arg(dossier.join(entree))
        .current_dir(&dossier)
        .env("NODE_ENV", "production")
        .env("HOST", hote)
        .env("PORT", port)
        .env("ORIGIN", format!("http://{adresse}"))
        .env("DATABASE_URL", base)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(&journal).unwrap());
    Programme::autre((commande, &journal), adresse, "/sante").await
}

/// The Node that comes with it from npm; elsewhere that of the system.
fn noeud(dossier: &Path) -> PathBuf {
    let machine = match std::env::consts::ARCH {
        "aarch64" => "arm64",
        _ => "x64",
    };
    let le_sien = dossier.join(format!("node_modules/node-linux-{machine}/bin/node"));
    if le_sien.exists() { le_sien } else { PathBuf::from("node") }
}
