//! « Ajouter à mon agenda (.ics) ».

use super::{absolue, organisateur};
use crate::acces::autorisations;
use crate::socle::erreur::Echec;
use crate::socle::outils::Reglages;
use crate::tables::{agenda, demarche, dossier, rendez_vous};
use domain::Erreur;
use domain::calendrier::{self, Evenement, Lecteur, Vers};
use domain::chemin::{Chemin, Onglet};
use domain::ids::{DossierNumero, RendezVousId};
use domain::rendez_vous::Etat;
use domain::role::{Acteur, Role};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// A file for a calendar. Personal data: never logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fichier {
    /// Under which it is saved.
    pub nom: String,
    /// What it holds.
    pub texte: String,
}

/// The file of a rendez-vous of a dossier: of one's own for an usager, of one's groupes for an instructeur.
///
/// # Errors
/// [`Erreur::Introuvable`], also as long as the platform has not told of it, and once it is erased.
pub async fn lire(
    db: &impl ConnectionTrait,
    reglages: &Reglages,
    acteur: &Acteur,
    cote: Role,
    numero: DossierNumero,
    rdv: RendezVousId,
) -> Result<Fichier, Echec> {
    let (dossier, lecteur) = match cote {
        Role::Usager => {
            (autorisations::dossier_de_l_usager(db, acteur, numero).await?, Lecteur::Usager)
        }
        _ => {
            let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
            (dossier, Lecteur::Instructeur)
        }
    };
    let ligne = rendez_vous::Entity::find_by_id(rdv)
        .filter(rendez_vous::Column::Dossier.eq(numero))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable)?;
    let demarche = dossier::demarche(db, &dossier).await?;
    let page = match lecteur {
        Lecteur::Usager => absolue(reglages, Chemin::RendezVous(numero)),
        _ => absolue(reglages, Chemin::Onglet(numero, Onglet::Messagerie)),
    };
    let vers = Destination { numero, lecteur, page: &page };
    let fichier = ecrire(db, reglages, &ligne, &demarche, vers).await?;
    fichier.ok_or(Erreur::Introuvable.into())
}

/// The file of a rendez-vous of `dossier` for whoever holds its personal link, whose page is at `page`.
///
/// # Errors
/// As [`lire`].
pub(crate) async fn par_lien(
    db: &impl ConnectionTrait,
    reglages: &Reglages,
    ligne: &rendez_vous::Model,
    dossier: &dossier::Model,
    page: &str,
) -> Result<Fichier, Echec> {
    let demarche = dossier::demarche(db, dossier).await?;
    let vers = Destination { numero: dossier.numero, lecteur: Lecteur::Usager, page };
    let fichier = ecrire(db, reglages, ligne, &demarche, vers).await?;
    fichier.ok_or(Erreur::Introuvable.into())
}

/// The file to send with a mail to the usager of a dossier, about one of its rendez-vous whose state is `etat`: when the
/// platform surely tells nobody of it, and somebody is expected.
pub(crate) async fn a_joindre(
    db: &impl ConnectionTrait,
    reglages: &Reglages,
    ligne: &rendez_vous::Model,
    etat: &Etat,
    dossier: &dossier::Model,
) -> Result<Option<Fichier>, Echec> {
    if !etat.contenu.sans_nouvelles() {
        return Ok(None);
    }
    let demarche = dossier::demarche(db, dossier).await?;
    let page = absolue(reglages, Chemin::RendezVous(dossier.numero));
    let vers = Destination { numero: dossier.numero, lecteur: Lecteur::Usager, page: &page };
    ecrire(db, reglages, ligne, &demarche, vers).await
}

/// For whom a file is, and where it leads them.
struct Destination<'a> {
    numero: DossierNumero,
    lecteur: Lecteur,
    page: &'a str,
}

async fn ecrire(
    db: &impl ConnectionTrait,
    reglages: &Reglages,
    ligne: &rendez_vous::Model,
    demarche: &demarche::Model,
    destination: Destination<'_>,
) -> Result<Option<Fichier>, Echec> {
    let etat = rendez_vous::lire(ligne)?;
    let agenda = agenda::Entity::find_by_id(ligne.organisation).one(db).await?;
    let hote = agenda.map(|agenda| agenda.hote).unwrap_or_default();
    let vers = Vers {
        lecteur: destination.lecteur,
        dossier: destination.numero,
        demarche: &demarche.titre,
        page: destination.page,
        organisateur: organisateur(reglages, &hote),
    };
    Ok(Evenement::de(&etat, vers).map(|evenement| Fichier {
        nom: format!("rdv-{}.ics", etat.contenu.horaire.local.format("%Y-%m-%d")),
        texte: calendrier::fichier(&evenement),
    }))
}
