//! What leaves the screen, as whoever gets it finds it.

use crate::outils::monde::{DEMARCHE, DOSSIER, Monde};
use crate::outils::pdf_relu;
use backend::dossier::telechargement;
use backend::dossier::telechargement::archive::{self, Archive};
use domain::liste::Filtres;
use domain::role::{Acteur, Role};

/// The PDF of the dossier, as a screen reader reads it.
pub async fn pdf(monde: &Monde, acteur: &Acteur, role: Role) -> pdf_relu::Lu {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    pdf_relu::lire(&telechargement::pdf(db, acteur, DOSSIER, role, t).await.unwrap())
}

/// The files of its archive, with their names.
pub async fn fichiers(monde: &Monde, acteur: &Acteur, role: Role) -> Vec<(String, Vec<u8>)> {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let archive = archive::commencer(db, acteur, DOSSIER, role, t).await.unwrap();
    ouvrir(monde, acteur, archive).await
}

/// The files of the archive of a list.
pub async fn fichiers_de_la_liste(
    monde: &Monde,
    acteur: &Acteur,
    question: &str,
) -> Vec<(String, Vec<u8>)> {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let filtres = Filtres::lire(question);
    let archive = archive::commencer_la_liste(db, acteur, DEMARCHE, &filtres, t).await.unwrap();
    ouvrir(monde, acteur, archive).await
}

async fn ouvrir(monde: &Monde, acteur: &Acteur, mut archive: Archive) -> Vec<(String, Vec<u8>)> {
    let db = monde.contexte.base.lire();
    let mut octets = Vec::new();
    while let Some(suite) = archive.suite(db, &monde.contexte.outils, acteur).await.unwrap() {
        octets.extend(suite);
    }
    let mut archive = ::zip::ZipArchive::new(std::io::Cursor::new(octets)).unwrap();
    (0..archive.len())
        .map(|rang| {
            let mut fichier = archive.by_index(rang).unwrap();
            assert!(fichier.enclosed_name().is_some());
            let mut contenu = Vec::new();
            std::io::Read::read_to_end(&mut fichier, &mut contenu).unwrap();
            (fichier.name().unwrap().into_owned(), contenu)
        })
        .collect()
}

/// All that the PDF and the archive say: the names of files, what is in those that we write, and what the others hold.
pub async fn tout(monde: &Monde, acteur: &Acteur, role: Role) -> String {
    let mut tout = format!("{:?}", pdf(monde, acteur, role).await);
    for (nom, contenu) in fichiers(monde, acteur, role).await {
        let ecrit =
            nom.ends_with("/avis.pdf") || nom == format!("dossier-{DOSSIER}/dossier-{DOSSIER}.pdf");
        tout.push_str(&nom);
        tout.push_str(&if ecrit {
            format!("{:?}", pdf_relu::lire(&contenu))
        } else {
            String::from_utf8_lossy(&contenu).into_owned()
        });
    }
    tout
}
