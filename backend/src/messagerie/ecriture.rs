//! Sending a message.

use crate::acces::autorisations;
use crate::dossier::pieces::{self, Fichier, Place};
use crate::socle::cle::Cle;
use crate::socle::direct;
use crate::socle::erreur::{Echec, doublon};
use crate::socle::journal;
use crate::socle::outils::Outils;
use crate::tables::message::{Nouveau, RoleAuteur};
use crate::tables::{dossier, message};
use chrono::{DateTime, Utc};
use domain::cle::CleDeFormulaire;
use domain::ids::DossierNumero;
use domain::journal::Action;
use domain::message::{GenreMessage, texte_requis};
use domain::role::Acteur;
use domain::{Champ, Erreur};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};

/// What a person sends.
#[derive(Debug, Default)]
pub struct Envoi<'a> {
    /// The text.
    pub corps: &'a str,
    /// The key of the form: the same thing sent twice with it is one message.
    pub cle: CleDeFormulaire,
    /// The files.
    pub fichiers: Vec<Fichier>,
}

/// Sends a message as the usager, or as somebody that they invited, in one's own name.
///
/// # Errors
/// [`domain::Erreur::Introuvable`], or an error about [`Champ::Corps`] or [`Champ::Pieces`].
pub async fn ecrire_usager(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    numero: DossierNumero,
    envoi: Envoi<'_>,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let (dossier, _) = autorisations::dossier_partage(db, acteur, numero).await?;
    ecrire(db, outils, acteur, (&dossier, RoleAuteur::Usager), envoi, maintenant).await
}

/// Sends a message as an instructeur.
///
/// # Errors
/// [`domain::Erreur::Introuvable`], or an error about [`Champ::Corps`] or [`Champ::Pieces`].
pub async fn ecrire_instructeur(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    numero: DossierNumero,
    envoi: Envoi<'_>,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    ecrire(db, outils, acteur, (&dossier, RoleAuteur::Instructeur), envoi, maintenant).await
}

pub(crate) async fn ecrire(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    (dossier, role): (&dossier::Model, RoleAuteur),
    envoi: Envoi<'_>,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let corps = texte_requis(Champ::Corps, envoi.corps)?;
    let fichiers = pieces::admettre(envoi.fichiers).map_err(|p| Erreur::champ(Champ::Pieces, p))?;
    // With the content: a form found again by going back, and filled otherwise, is another message.
    let mut contenu = Sha256::new();
    contenu.update(corps.as_bytes());
    if !fichiers.is_empty() {
        contenu.update(pieces::empreinte(&fichiers));
    }
    let numero = dossier.numero;
    let cle = Cle::de(acteur, numero, &envoi.cle, maintenant).pour(hex::encode(contenu.finalize()));
    if cle.deja::<message::Entity>(db, message::Column::Cle).await?.is_some() {
        return Ok(());
    }
    let nouveau = Nouveau {
        dossier: numero,
        role,
        auteur: acteur.compte,
        genre: GenreMessage::Libre,
        corps,
        lien: None,
        proposition: None,
        cle: cle.du_formulaire(),
    };
    let message = match message::inserer_sur(db, nouveau, None, maintenant).await {
        // Sent at the same moment by another request: it is there, that is all that was asked.
        Err(Echec::Base(erreur)) if doublon(&erreur) => return Ok(()),
        autre => autre?,
    };
    let place = Place::Message(message);
    pieces::joindre(db, outils, Some(acteur.compte), numero, place, fichiers, maintenant).await?;
    super::avertir::prevoir(db, dossier, role, maintenant).await?;
    journal::noter(db, Some(acteur.compte), Action::MessageEnvoye, numero, None, maintenant)
        .await?;
    Ok(direct::annoncer(db, &dossier::sujets(dossier), maintenant).await?)
}
