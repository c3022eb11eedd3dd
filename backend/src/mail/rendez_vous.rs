//! The mails that tell what happened to a rendez-vous.

use super::composition::{cadre, email, texte};
use super::{Courriel, EchecEnvoi, textes};
use crate::contexte::Contexte;
use crate::tables::{proposition, rendez_vous as table};
use crate::taches::{self, Destinataire, Tache};
use domain::ids::{CompteId, PropositionId};
use domain::modele::Modele;
use domain::rendez_vous::{Changement, Genre, Horaire};
use sea_orm::EntityTrait;

/// Composes the mail of the task whose row is `id`. What it says is the rendez-vous as it is now. `None` once what it
/// was to tell no longer holds, or belongs to another dossier.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn composer(
    contexte: &Contexte,
    tache: &Tache,
    id: i64,
) -> Result<Option<Courriel>, EchecEnvoi> {
    let Tache::CourrielRendezVous { dossier, proposition, instructeur, a, .. } = tache else {
        return Ok(None);
    };
    let Some((cadre, dossier)) = cadre(contexte, dossier.0).await? else { return Ok(None) };
    let Some(dit) = a_dire(contexte, tache, id).await? else { return Ok(None) };
    let compte = match a {
        Destinataire::Usager => Some(dossier.usager),
        Destinataire::Instructeur => instructeur_de(contexte, *instructeur, *proposition).await?,
    };
    let Some(compte) = compte else { return Ok(None) };
    let adresse = email(contexte, compte).await?;
    let fait = dit.fait(proposition.is_some());
    if *a == Destinataire::Usager {
        return Ok(Some(textes::a_l_usager(&cadre, &fait, adresse)));
    }
    // The words that an administrateur may change are those of the answer to a proposition.
    if dit.changement == Changement::Pris && fait.propose {
        let texte = texte(contexte, &dossier, Modele::ConfirmationRdv).await?;
        return Ok(Some(textes::confirmation(&cadre, &texte, &fait, adresse)));
    }
    Ok(Some(textes::a_l_instructeur(&cadre, &fait, adresse)))
}

/// What is to be told, as it is now.
struct Dit {
    changement: Changement,
    genre: Genre,
    horaire: Horaire,
    minutes: i64,
    visio: Option<String>,
}

impl Dit {
    fn fait(&self, propose: bool) -> textes::Fait<'_> {
        textes::Fait {
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
async fn a_dire(contexte: &Contexte, tache: &Tache, id: i64) -> Result<Option<Dit>, EchecEnvoi> {
    let Tache::CourrielRendezVous {
        dossier,
        rendez_vous: rdv,
        changement,
        genre,
        horaire,
        duree_minutes,
        ..
    } = tache
    else {
        return Ok(None);
    };
    // Written by a version that did not say which one.
    let Some(rdv) = *rdv else {
        return Ok(Some(Dit {
            changement: changement.clone(),
            genre: *genre,
            horaire: horaire.clone(),
            minutes: *duree_minutes,
            visio: None,
        }));
    };
    let db = contexte.base.lire();
    let ligne = table::Entity::find_by_id(rdv.0).one(db).await?;
    let Some(ligne) = ligne.filter(|ligne| ligne.dossier == Some(dossier.0)) else {
        return Ok(None);
    };
    let etat = table::lire(&ligne)?;
    if !changement.tient(*genre, horaire, &etat, contexte.horloge.maintenant()) {
        return Ok(None);
    }
    let tus = taches::non_dits(db, id, rdv).await?;
    let attendu = etat.a_venir(contexte.horloge.maintenant());
    let contenu = etat.contenu;
    let visio = contenu.visio.filter(|_| attendu && contenu.genre == Genre::Visio);
    Ok(changement.apres(&tus, &contenu.horaire).map(|changement| Dit {
        changement,
        genre: contenu.genre,
        horaire: contenu.horaire,
        minutes: contenu.duree_minutes,
        visio,
    }))
}

/// The instructeur who is told: the one that the task names, or who proposed.
async fn instructeur_de(
    contexte: &Contexte,
    instructeur: Option<CompteId>,
    proposition: Option<PropositionId>,
) -> Result<Option<i64>, EchecEnvoi> {
    match (instructeur, proposition) {
        (Some(compte), _) => Ok(Some(compte.0)),
        (None, Some(id)) => {
            let db = contexte.base.lire();
            let proposition = proposition::Entity::find_by_id(id.0).one(db).await?;
            Ok(Some(proposition.ok_or(EchecEnvoi::Illisible)?.instructeur))
        }
        (None, None) => Ok(None),
    }
}
