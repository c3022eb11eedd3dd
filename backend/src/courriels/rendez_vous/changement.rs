//! What happened to a rendez-vous, to those whom it concerns.

use super::confirmation;
use super::fait::Fait;
use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, cadre, email, texte};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Bout, Gabarit, Lettre};
use crate::courriels::gestion;
use crate::courriels::pied::{Pied, Pourquoi};
use crate::rendez_vous::calendriers::fichier::{self, Fichier};
use crate::tables::{dossier, proposition, rendez_vous as table};
use crate::taches::{self, Destinataire, Nouvelle};
use domain::avertissement::Avertissement;
use domain::ids::{CompteId, TacheId};
use domain::modele::Modele;
use domain::rendez_vous::{Changement, Etat, Genre, Horaire};
use sea_orm::EntityTrait;

/// Composes the mail of the task whose row is `id`. What it says is the rendez-vous as it is now. `None` once what it
/// was to tell no longer holds, or belongs to another dossier.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    nouvelle: &Nouvelle,
    id: TacheId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let Some((cadre, dossier)) = cadre(contexte, nouvelle.dossier).await? else {
        return Ok(None);
    };
    let Some(dit) = a_dire(contexte, nouvelle, id).await? else { return Ok(None) };
    let compte = match nouvelle.a {
        Destinataire::Usager => Some(dossier.usager),
        Destinataire::Instructeur => instructeur(contexte, nouvelle).await?,
    };
    let Some(compte) = compte else { return Ok(None) };
    let adresse = email(contexte, compte).await?;
    let fait = dit.fait(nouvelle.proposition.is_some());
    if nouvelle.a == Destinataire::Usager {
        let lettre = a_l_usager(&cadre, &fait, adresse);
        let calendrier = calendrier(contexte, dit.attendu.as_ref(), &dossier).await?;
        return Ok(Some(Lettre { calendrier, ..lettre }));
    }
    let quoi = Avertissement::from(&nouvelle.changement);
    let cadre = gestion::choisi(contexte, cadre, dossier.demarche, compte, quoi).await?;
    let Some(cadre) = cadre else { return Ok(None) };
    // The words that an administrateur may change are those of the answer to a proposition.
    if dit.changement == Changement::Pris && fait.propose {
        let texte = texte(contexte, &dossier, Modele::ConfirmationRdv).await?;
        return Ok(Some(confirmation::rediger(&cadre, &texte, &fait, adresse)));
    }
    Ok(Some(a_l_instructeur(&cadre, &fait, adresse)))
}

/// What is to be told, as it is now.
struct Dit {
    changement: Changement,
    genre: Genre,
    horaire: Horaire,
    minutes: i64,
    visio: Option<String>,
    /// The rendez-vous, while somebody is expected.
    attendu: Option<(table::Model, Etat)>,
}

impl Dit {
    fn fait(&self, propose: bool) -> Fait<'_> {
        Fait {
            changement: &self.changement,
            genre: self.genre,
            horaire: &self.horaire,
            minutes: self.minutes,
            propose,
            visio: self.visio.as_deref(),
        }
    }
}

/// What the task is to tell, and what those before it did not.
async fn a_dire(
    contexte: &Contexte,
    nouvelle: &Nouvelle,
    id: TacheId,
) -> Result<Option<Dit>, EchecEnvoi> {
    let Nouvelle { dossier, changement, genre, horaire, duree_minutes, .. } = nouvelle;
    // Written by a version that did not say which one.
    let Some(rdv) = nouvelle.rendez_vous else {
        return Ok(Some(Dit {
            changement: changement.clone(),
            genre: *genre,
            horaire: horaire.clone(),
            minutes: *duree_minutes,
            visio: None,
            attendu: None,
        }));
    };
    let (db, maintenant) = (contexte.base.lire(), contexte.horloge.maintenant());
    let ligne = table::Entity::find_by_id(rdv).one(db).await?;
    let Some(ligne) = ligne.filter(|ligne| ligne.dossier == Some(*dossier)) else {
        return Ok(None);
    };
    let etat = table::lire(&ligne)?;
    if !changement.tient(*genre, horaire, &etat, maintenant) {
        return Ok(None);
    }
    let tus = taches::non_dits(db, id, rdv).await?;
    let attendu = etat.a_venir(maintenant);
    let contenu = etat.contenu.clone();
    let visio = contenu.visio.filter(|_| attendu && contenu.genre == Genre::Visio);
    Ok(changement.apres(&tus, &contenu.horaire).map(|changement| Dit {
        changement,
        genre: contenu.genre,
        horaire: contenu.horaire,
        minutes: contenu.duree_minutes,
        visio,
        attendu: attendu.then_some((ligne, etat)),
    }))
}

/// The file for the usager's calendar, when the platform, which joins its own to its mails, surely writes them none.
async fn calendrier(
    contexte: &Contexte,
    attendu: Option<&(table::Model, Etat)>,
    dossier: &dossier::Model,
) -> Result<Option<Fichier>, EchecEnvoi> {
    let Some((ligne, etat)) = attendu else { return Ok(None) };
    let (db, reglages) = (contexte.base.lire(), &contexte.outils.reglages);
    Ok(fichier::a_joindre(db, reglages, ligne, etat, dossier).await?)
}

/// The instructeur who is told: the one that the task names, or who proposed.
async fn instructeur(
    contexte: &Contexte,
    nouvelle: &Nouvelle,
) -> Result<Option<CompteId>, EchecEnvoi> {
    match (nouvelle.instructeur, nouvelle.proposition) {
        (Some(compte), _) => Ok(Some(compte)),
        (None, Some(id)) => {
            let db = contexte.base.lire();
            let proposition = proposition::Entity::find_by_id(id).one(db).await?;
            Ok(Some(proposition.ok_or(EchecEnvoi::Illisible)?.instructeur))
        }
        (None, None) => Ok(None),
    }
}

/// To the instructeur: the usager moved or cancelled ([`confirmation`] says that they booked).
pub(in crate::courriels) fn a_l_instructeur(cadre: &Cadre, fait: &Fait<'_>, a: String) -> Lettre {
    let dossier = cadre.dossier;
    let (sujet, phrase) = match fait.changement {
        Changement::Pris if fait.propose => (
            "Confirmation de prise de rendez-vous par l'utilisateur",
            "L'utilisateur a pris son rendez-vous suite à votre proposition\u{a0}:",
        ),
        Changement::Pris => (
            "Confirmation de prise de rendez-vous par l'utilisateur",
            "L'utilisateur a pris un rendez-vous\u{a0}:",
        ),
        Changement::Fixe => (
            "Rendez-vous fixé par le service",
            "Le service a fixé un rendez-vous avec l'utilisateur\u{a0}:",
        ),
        Changement::Retabli => (
            "Rendez-vous rétabli",
            "Le rendez-vous avec l'utilisateur, qui avait été annulé, est rétabli\u{a0}:",
        ),
        Changement::Deplace { .. } => {
            ("Rendez-vous déplacé", "Le rendez-vous avec l'utilisateur a été déplacé\u{a0}:")
        }
        Changement::ModalitesChangees => (
            "Changement de lieu ou de lien du rendez-vous",
            "Le lieu ou le lien du rendez-vous avec l'utilisateur a changé\u{a0}:",
        ),
        Changement::AnnuleParUsager => (
            "Rendez-vous annulé par l'utilisateur",
            "L'utilisateur a annulé son rendez-vous\u{a0}:",
        ),
        Changement::AnnuleParService => (
            "Rendez-vous annulé par le service",
            "Le rendez-vous avec l'utilisateur a été annulé par le service\u{a0}:",
        ),
    };
    let sujet = format!("{sujet} concernant le dossier n°{dossier}");
    rediger(sujet, phrase, fait, Some(cadre))
        .bouton(&cadre.messagerie_instructeur(), &format!("Messagerie du dossier n°{dossier}"))
        .signe(&cadre.equipe())
        .pour(a, &cadre.site, &cadre.instruit())
}

/// To the usager: the service made, cancelled, moved or restored.
pub(in crate::courriels) fn a_l_usager(cadre: &Cadre, fait: &Fait<'_>, a: String) -> Lettre {
    let Cadre { dossier, titre, service, .. } = cadre;
    let quoi = match fait.changement {
        Changement::AnnuleParService | Changement::AnnuleParUsager => "est annulé",
        Changement::Retabli => "est rétabli",
        Changement::Pris | Changement::Fixe => "est fixé",
        Changement::Deplace { ailleurs: true, .. } => "est déplacé et change de lieu ou de lien",
        Changement::Deplace { .. } => "est déplacé",
        Changement::ModalitesChangees => "change de lieu ou de lien",
    };
    let sujet =
        format!("Votre rendez-vous {quoi} pour votre dossier n°{dossier} «\u{a0}{titre}\u{a0}»");
    let phrase = format!("Votre rendez-vous avec un instructeur {quoi}\u{a0}:");
    rediger(sujet, &phrase, fait, None)
        .bouton(&cadre.messagerie_usager(), "Ouvrir la messagerie")
        .signe(service)
        .pied(Pied::de(cadre, &a))
        .pour(a, &cadre.site, &Pourquoi::ADepose(*dossier))
}

/// `cadre`: of what it is, for whoever has other dossiers.
fn rediger(sujet: String, phrase: &str, fait: &Fait<'_>, cadre: Option<&Cadre>) -> Gabarit {
    let gabarit = Gabarit::new(sujet).dit(phrase).paragraphe(vec![Bout::Fort(fait.quand())]);
    match fait.precisions(cadre) {
        Some(precisions) => gabarit.paragraphe(precisions),
        None => gabarit,
    }
}
