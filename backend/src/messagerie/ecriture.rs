//! Sending a message.

use crate::acces::autorisations;
use crate::demarches_simplifiees::envois::porte;
use crate::dossier::pieces::{self, Fichier, Place};
use crate::socle::changement::Changement;
use crate::socle::erreur::{Echec, doublon};
use crate::tables::message::{Nouveau, RoleAuteur};
use crate::tables::{dossier, message};
use domain::cle::CleDeFormulaire;
use domain::dossier::Origine;
use domain::ids::DossierNumero;
use domain::journal::Action;
use domain::message::{GenreMessage, texte_requis};
use domain::{Champ, Erreur};
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
    c: &Changement<'_>,
    numero: DossierNumero,
    envoi: Envoi<'_>,
) -> Result<(), Echec> {
    let (dossier, _) = autorisations::dossier_partage(&c.tx, c.acteur, numero).await?;
    ecrire(c, (&dossier, RoleAuteur::Usager), envoi).await
}

/// Sends a message as an instructeur.
///
/// # Errors
/// [`domain::Erreur::Introuvable`], or an error about [`Champ::Corps`] or [`Champ::Pieces`].
pub async fn ecrire_instructeur(
    c: &Changement<'_>,
    numero: DossierNumero,
    envoi: Envoi<'_>,
) -> Result<(), Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    // A message goes to another platform as text.
    if dossier.origine != Origine::Ici && !envoi.fichiers.is_empty() {
        return Err(Erreur::AutrePlateforme.into());
    }
    ecrire(c, (&dossier, RoleAuteur::Instructeur), envoi).await
}

pub(crate) async fn ecrire(
    c: &Changement<'_>,
    (dossier, role): (&dossier::Model, RoleAuteur),
    envoi: Envoi<'_>,
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
    let cle = c.cle(numero, &envoi.cle).pour(hex::encode(contenu.finalize()));
    if cle.deja::<message::Entity>(&c.tx, message::Column::Cle).await?.is_some() {
        return Ok(());
    }
    let nouveau = Nouveau {
        dossier: numero,
        role,
        auteur: c.acteur.compte,
        genre: GenreMessage::Libre,
        corps,
        lien: None,
        proposition: None,
        cle: cle.du_formulaire(),
    };
    let message = match porte::ecrire(&c.tx, nouveau, None, c.maintenant).await {
        // Sent at the same moment by another request: it is there, that is all that was asked.
        Err(Echec::Base(erreur)) if doublon(&erreur) => return Ok(()),
        autre => autre?,
    };
    pieces::joindre(c, numero, Place::Message(message), fichiers).await?;
    super::avertir::prevoir(c, dossier, (role, message)).await?;
    c.noter(Action::MessageEnvoye, numero).await?;
    c.annoncer(&dossier::sujets(dossier)).await
}
