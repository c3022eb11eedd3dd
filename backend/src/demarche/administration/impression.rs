//! « Télécharger PDF »: the form of a démarche, to read or to fill in on paper.

use crate::acces::autorisations;
use crate::demarche::champs;
use crate::pdf::{self, Document};
use crate::socle::erreur::Echec;
use domain::champs::{DefinitionChamp, Pour, TypeChamp};
use domain::ids::DemarcheNumero;
use domain::role::Acteur;
use sea_orm::ConnectionTrait;

/// The form of a démarche that one manages, as a PDF.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn formulaire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<Vec<u8>, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let mut document = Document::new(&demarche.titre)?;
    document.ecrire(pdf::TITRE, &demarche.titre);
    document.ecrire(pdf::NOTE, &format!("Démarche n°\u{a0}{numero}"));
    document.espacer(8.0);
    document.ecrire(pdf::TEXTE, &demarche.service);
    document.espacer(8.0);
    document.ecrire(pdf::TEXTE, &demarche.description);
    document.espacer(12.0);
    document.ecrire(pdf::PARTIE, "Formulaire");
    let champs = champs::de_la_demarche(db, numero, Pour::Usagers).await?;
    if champs.is_empty() {
        document.ecrire(pdf::TEXTE, "Le formulaire n'a pas encore de champ.");
    }
    if champs.iter().any(|champ| champ.requis) {
        document.ecrire(pdf::NOTE, "Une réponse est obligatoire quand la question finit par *.");
    }
    for champ in &champs {
        ecrire(&mut document, champ);
    }
    document.finir()
}

fn ecrire(document: &mut Document, champ: &DefinitionChamp) {
    document.espacer(10.0);
    // A question stays with the box for its answer.
    document.prevoir(if est_longue(champ) { 130.0 } else { 70.0 });
    let requis = if champ.requis { "\u{a0}*" } else { "" };
    document.ecrire(pdf::SOUS_PARTIE, &format!("{}{requis}", champ.libelle));
    if !champ.description.is_empty() {
        document.ecrire(pdf::NOTE, &champ.description);
    }
    match champ.genre {
        TypeChamp::Choix => {
            for option in &champ.options {
                document.case(option);
            }
        }
        TypeChamp::CaseACocher => document.case("Oui"),
        TypeChamp::PieceJustificative => document.ecrire(pdf::TEXTE, "Pièce à joindre."),
        _ if est_longue(champ) => document.cadre(80.0),
        _ => document.cadre(22.0),
    }
}

fn est_longue(champ: &DefinitionChamp) -> bool {
    matches!(champ.genre, TypeChamp::TexteLong | TypeChamp::Adresse)
}
