//! « Attestation de dépôt »: a document that says when a dossier was filed, and with whom.

use crate::acces::autorisations;
use crate::pdf::{self, Document};
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::{compte, dossier};
use chrono::{DateTime, Utc};
use domain::francais;
use domain::ids::DossierNumero;
use domain::role::Acteur;
use sea_orm::{ConnectionTrait, EntityTrait};

/// The attestation of a dossier of one's own, or that one is invited to modify, as a PDF of the application called `site`.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn depot(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    site: &str,
    maintenant: DateTime<Utc>,
) -> Result<Vec<u8>, Echec> {
    let (dossier, _) = autorisations::dossier_partage(db, acteur, numero).await?;
    let demarche = dossier::demarche(db, &dossier).await?;
    let email = compte::Entity::find_by_id(dossier.usager).one(db).await?;
    let email = email.map(|compte| compte::montree(&compte.email)).unwrap_or_default();
    let mut document = Document::new(&format!("Attestation de dépôt du dossier n°\u{a0}{numero}"))?;
    document.ecrire(pdf::FORT, "RÉPUBLIQUE FRANÇAISE");
    document.espacer(4.0);
    document.ecrire(pdf::NOTE, site);
    document.espacer(28.0);
    document.ecrire(pdf::TITRE, "Attestation de dépôt");
    document.espacer(18.0);
    let depose_le = temps::a_paris(dossier.depose_le);
    let phrase = format!(
        "Nous attestons que le dossier n°\u{a0}{numero} a été déposé le {} à {} auprès du service indiqué ci-dessous.",
        francais::date(depose_le.date()),
        francais::heure(depose_le),
    );
    document.ecrire(pdf::TEXTE, &phrase);
    document.espacer(16.0);
    let jour = temps::a_paris(maintenant).date();
    for (nom, valeur) in [
        ("Démarche", demarche.titre.as_str()),
        ("Demandeur", &dossier::demandeur(&dossier)),
        ("Compte", &email),
        ("Numéro du dossier", &numero.to_string()),
        ("Service destinataire", &demarche.service),
        ("Adresse du service", &demarche.service_adresse),
    ] {
        if !valeur.is_empty() {
            document.champ(nom, valeur);
        }
    }
    document.espacer(24.0);
    document.ecrire(
        pdf::TEXTE,
        "Cette attestation ne préjuge ni de la recevabilité du dossier, ni de la décision du service.",
    );
    document.espacer(16.0);
    document.ecrire(pdf::TEXTE, &format!("Fait le {}.", francais::date(jour)));
    document.finir()
}
