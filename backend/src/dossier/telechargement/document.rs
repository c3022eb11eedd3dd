//! The PDF of a dossier.

use crate::pdf::{self, Document};
use crate::socle::erreur::Echec;
use domain::correction::EtatCorrection;
use domain::dossier::Tag;
use domain::francais;
use domain::vues::{Auteur, AvisVue, Demande, DossierImprime, Entete, MessageVue, PieceVue};

/// Writes it.
///
/// # Errors
/// [`Echec::Document`].
pub(super) fn composer(dossier: &DossierImprime) -> Result<Vec<u8>, Echec> {
    let DossierImprime { entete, demande, messages, le } = dossier;
    let numero = entete.numero;
    let mut document = Document::new(&format!("Dossier n°\u{a0}{numero} – {}", entete.titre))?;
    document.ecrire(pdf::TITRE, &format!("Dossier n°\u{a0}{numero}"));
    document.ecrire(pdf::SOUS_TITRE, &entete.titre);
    document.espacer(4.0);
    document.ecrire(pdf::TEXTE, &etats(entete));
    document.ecrire(pdf::TEXTE, &format!("Déposé le {}", francais::depot(entete.depose_le)));
    document.ecrire(pdf::NOTE, &format!("Document produit le {}", moment(*le)));
    ecrire_la_demande(&mut document, demande);
    ecrire_la_decision(&mut document, entete);
    partie(&mut document, "Messagerie");
    if messages.is_empty() {
        document.ecrire(pdf::TEXTE, "Il n'y a pas de message dans ce dossier.");
    }
    for message in messages {
        ecrire_le_message(&mut document, message);
    }
    document.finir()
}

/// Writes what an expert was asked about the dossier, and answered.
///
/// # Errors
/// [`Echec::Document`].
pub(super) fn composer_l_avis(dossier: &DossierImprime, avis: &AvisVue) -> Result<Vec<u8>, Echec> {
    let numero = dossier.entete.numero;
    let titre = format!("Avis externe sur le dossier n°\u{a0}{numero}");
    let mut document = Document::new(&format!("{titre} – {}", avis.email))?;
    document.ecrire(pdf::TITRE, &titre);
    document.ecrire(pdf::SOUS_TITRE, &dossier.entete.titre);
    document.espacer(4.0);
    document.ecrire(pdf::TEXTE, &format!("État\u{a0}: {}", avis.etat.libelle()));
    document.ecrire(pdf::NOTE, &format!("Document produit le {}", moment(dossier.le)));
    partie(&mut document, "Question");
    champ(&mut document, "Expert", &avis.email);
    let demande = format!("{}, le {}", avis.demande_par, moment(avis.demande_le));
    champ(&mut document, "Demandé par", &demande);
    champ(&mut document, "Confidentiel", if avis.confidentiel { "Oui" } else { "Non" });
    champ(&mut document, "Question posée", &avis.question);
    ecrire_les_pieces(&mut document, &avis.pieces);
    partie(&mut document, "Réponse");
    match avis.rendu_le {
        Some(le) => {
            champ(&mut document, &format!("Avis rendu le {}", moment(le)), &avis.reponse);
            ecrire_les_pieces(&mut document, &avis.pieces_rendues);
        }
        None => document.ecrire(pdf::TEXTE, "L'expert n'a pas répondu."),
    }
    document.finir()
}

/// « 27 mai 2024 à 16h44 ».
fn moment(le: chrono::NaiveDateTime) -> String {
    format!("{} à {}", francais::date(le.date()), francais::heure(le))
}

/// « État : en construction, RDV pris ».
fn etats(entete: &Entete) -> String {
    let correction = entete.correction.and_then(EtatCorrection::badge);
    let tag = entete.tag.map(Tag::libelle);
    let tous: Vec<&str> =
        [Some(entete.etat.libelle()), correction, tag].into_iter().flatten().collect();
    format!("État\u{a0}: {}", tous.join(", "))
}

fn partie(document: &mut Document, titre: &str) {
    document.espacer(18.0);
    document.ecrire(pdf::PARTIE, titre);
    document.filet();
}

fn ecrire_la_demande(document: &mut Document, demande: &Demande) {
    partie(document, "Identité du demandeur");
    champ(document, "Demandeur", &demande.demandeur);
    champ(document, "Adresse électronique", &demande.email);
    partie(document, "Formulaire");
    if demande.champs.is_empty() && demande.pieces.is_empty() {
        document.ecrire(pdf::TEXTE, "Le formulaire n'a pas de question.");
    }
    for (libelle, valeur) in &demande.champs {
        champ(document, libelle, valeur);
    }
    for (libelle, pieces) in &demande.pieces {
        let noms: Vec<String> = pieces.iter().map(fichier).collect();
        let noms = if noms.is_empty() { "Aucun fichier".to_owned() } else { noms.join("\n") };
        champ(document, libelle, &noms);
    }
}

fn champ(document: &mut Document, libelle: &str, valeur: &str) {
    let valeur = if valeur.trim().is_empty() { "Non renseigné" } else { valeur };
    document.champ(libelle, valeur);
}

fn ecrire_la_decision(document: &mut Document, entete: &Entete) {
    let Some(decision) = &entete.decision else { return };
    partie(document, "Décision");
    let quoi = decision.etat.libelle();
    document
        .ecrire(pdf::TEXTE, &format!("Dossier {quoi} le {}", francais::date(decision.le.date())));
    if let Some(motivation) = &decision.motivation {
        champ(document, "Motivation de l'administration", motivation);
    }
}

fn ecrire_le_message(document: &mut Document, message: &MessageVue) {
    document.espacer(8.0);
    let auteur = match message.auteur {
        Auteur::Systeme => "Message automatique",
        _ => message.nom.as_str(),
    };
    document.ecrire(pdf::SOUS_PARTIE, &format!("{auteur}, le {}", moment(message.le)));
    if message.supprime {
        document.ecrire(pdf::NOTE, "(Message supprimé)");
        return;
    }
    document.ecrire(pdf::TEXTE, &message.corps);
    ecrire_les_pieces(document, &message.pieces);
}

fn ecrire_les_pieces(document: &mut Document, pieces: &[PieceVue]) {
    for piece in pieces {
        document.ecrire(pdf::NOTE, &format!("Pièce jointe\u{a0}: {}", fichier(piece)));
    }
}

/// « Statuts.pdf (320 ko) ».
fn fichier(piece: &PieceVue) -> String {
    format!("{} ({})", piece.nom, francais::taille(piece.taille))
}
