//! What somebody decided about a rendez-vous, kept with what was before, so that they can undo it.

use super::{attacher, liberer, verrouillee};
use crate::acces::autorisations;
use crate::rendez_vous::arrivee::consequences::Lien;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::agenda::signaler;
pub(super) use crate::tables::geste_rdv::Genre;
use crate::tables::rendez_vous::lire;
use crate::tables::{dossier, geste_rdv, rendez_vous};
use chrono::{DateTime, Duration, Utc};
use domain::ids::{AgendaId, DemarcheNumero, DossierNumero, GesteId, RendezVousId};
use domain::journal::Action;
use domain::role::Acteur;
use domain::vues::GesteAnnulable;
use domain::{Erreur, francais};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};

/// How long « Annuler » is offered after a gesture.
const DELAI: Duration = Duration::minutes(10);

/// As the journal says it.
const fn action(genre: Genre) -> Action {
    match genre {
        Genre::Rattacher => Action::RdvRattache,
        Genre::Detacher | Genre::DetacherDuDossier => Action::RdvDetache,
        Genre::Ecarter => Action::RdvMisDeCote,
        Genre::Reprendre => Action::RdvRemisARattacher,
    }
}

/// As the journal says that it was undone.
const fn annulation(genre: Genre) -> Action {
    match genre {
        Genre::Rattacher => Action::RdvRattacheAnnule,
        Genre::Detacher | Genre::DetacherDuDossier => Action::RdvDetacheAnnule,
        Genre::Ecarter => Action::RdvMisDeCoteAnnule,
        Genre::Reprendre => Action::RdvRemisARattacherAnnule,
    }
}

/// Keeps a gesture and what was before it, and notes it in the journal.
pub(super) async fn noter(
    c: &Changement<'_>,
    genre: Genre,
    avant: &rendez_vous::Model,
    dossier_apres: Option<DossierNumero>,
) -> Result<(), Echec> {
    let ligne = geste_rdv::ActiveModel {
        rendez_vous: Set(avant.id),
        compte: Set(c.acteur.compte),
        genre: Set(genre),
        dossier_avant: Set(avant.dossier),
        proposition_avant: Set(avant.proposition),
        instructeur_avant: Set(avant.instructeur),
        decision_avant: Set(avant.decision),
        dossier_apres: Set(dossier_apres),
        le: Set(c.maintenant),
        annule_le: Set(None),
        ..Default::default()
    };
    geste_rdv::Entity::insert(ligne).exec_without_returning(&c.tx).await?;
    inscrire(c, action(genre), avant.id, dossier_apres.or(avant.dossier)).await
}

async fn inscrire(
    c: &Changement<'_>,
    action: Action,
    id: RendezVousId,
    dossier: Option<DossierNumero>,
) -> Result<(), Echec> {
    let detail = dossier.map(|numero| format!("dossier:{numero}"));
    c.noter_avec(action, id, detail).await
}

/// « Annuler »: puts the rendez-vous back as it was before one's gesture, if nobody has changed it since.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::GesteDepasse`].
pub async fn annuler(c: &Changement<'_>, id: GesteId) -> Result<(), Echec> {
    let geste = geste_rdv::Entity::find_by_id(id)
        .filter(geste_rdv::Column::Compte.eq(c.acteur.compte))
        .one(&c.tx)
        .await?
        .ok_or(Erreur::Introuvable)?;
    let rdv = geste.rendez_vous;
    let ligne = verrouillee(&c.tx, rdv).await?;
    if geste.annule_le.is_some() {
        return Ok(());
    }
    let dernier = dernier_du_rendez_vous(&c.tx, geste.rendez_vous).await?;
    if ligne.dossier != geste.dossier_apres || dernier.is_none_or(|d| d.id != geste.id) {
        return Err(Erreur::GesteDepasse.into());
    }
    defaire(c, &geste, ligne).await?;
    let action = annulation(geste.genre);
    let dossier = geste.dossier_apres.or(geste.dossier_avant);
    inscrire(c, action, geste.rendez_vous, dossier).await?;
    let mut change = geste.into_active_model();
    change.annule_le = Set(Some(c.maintenant));
    change.update(&c.tx).await?;
    Ok(())
}

async fn defaire(
    c: &Changement<'_>,
    geste: &geste_rdv::Model,
    ligne: rendez_vous::Model,
) -> Result<(), Echec> {
    let decision = geste.decision_avant;
    match geste.genre {
        Genre::Rattacher => {
            let numero = geste.dossier_apres.ok_or(Erreur::GesteDepasse)?;
            let dossier = autorisations::dossier_de_l_instructeur(&c.tx, c.acteur, numero).await?;
            verrous::dossier(&c.tx, numero).await?;
            liberer(c, ligne, &dossier, decision).await
        }
        Genre::Detacher | Genre::DetacherDuDossier => {
            let lien = Lien {
                dossier: geste.dossier_avant.ok_or(Erreur::GesteDepasse)?,
                proposition: geste.proposition_avant,
                instructeur: geste.instructeur_avant,
            };
            let numero = lien.dossier;
            let dossier = autorisations::dossier_de_l_instructeur(&c.tx, c.acteur, numero).await?;
            verrous::dossier(&c.tx, numero).await?;
            attacher(c, ligne, &dossier, lien, decision).await
        }
        Genre::Ecarter | Genre::Reprendre => {
            let id = ligne.id;
            let ligne = autorisations::rendez_vous_de_l_agenda(&c.tx, c.acteur, id).await?;
            let organisation = ligne.organisation;
            let mut change = ligne.into_active_model();
            change.decision = Set(decision);
            change.update(&c.tx).await?;
            signaler(&c.tx, organisation, c.maintenant).await
        }
    }
}

async fn dernier_du_rendez_vous(
    db: &impl ConnectionTrait,
    id: RendezVousId,
) -> Result<Option<geste_rdv::Model>, Echec> {
    Ok(geste_rdv::Entity::find()
        .filter(geste_rdv::Column::RendezVous.eq(id))
        .filter(geste_rdv::Column::AnnuleLe.is_null())
        .order_by_desc(geste_rdv::Column::Id)
        .one(db)
        .await?)
}

/// A page on which something can be done to a rendez-vous.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lieu {
    /// The messagerie of a dossier.
    Dossier(DossierNumero),
    /// « Rendez-vous avec les usagers » of a démarche.
    RendezVous(DemarcheNumero),
    /// « Rendez-vous à rattacher ».
    ARattacher,
}

impl Lieu {
    /// Whether it was done there: it can be undone where it was done, and nowhere else.
    async fn est_celui_de(
        self,
        db: &impl ConnectionTrait,
        geste: &geste_rdv::Model,
    ) -> Result<bool, Echec> {
        Ok(match (self, geste.genre) {
            (Self::Dossier(numero), Genre::DetacherDuDossier) => {
                geste.dossier_avant == Some(numero)
            }
            (Self::RendezVous(demarche), Genre::Detacher) => {
                let dossier = match geste.dossier_avant {
                    Some(avant) => dossier::Entity::find_by_id(avant).one(db).await?,
                    None => None,
                };
                dossier.is_some_and(|dossier| dossier.demarche == demarche)
            }
            (Self::ARattacher, genre) => {
                matches!(genre, Genre::Rattacher | Genre::Ecarter | Genre::Reprendre)
            }
            (Self::Dossier(_) | Self::RendezVous(_), _) => false,
        })
    }
}

/// What one did in the messagerie of a dossier that may still be undone: without any, there is no use to ask for the
/// last one.
pub(crate) fn gestes_recents(
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(geste_rdv::Entity)
        .and_where(geste_rdv::Column::Compte.eq(acteur.compte))
        .and_where(geste_rdv::Column::Genre.eq(Genre::DetacherDuDossier))
        .and_where(geste_rdv::Column::DossierAvant.eq(numero))
        .and_where(geste_rdv::Column::Le.gt(maintenant - DELAI))
        .and_where(geste_rdv::Column::AnnuleLe.is_null())
        .to_owned()
}

/// What one did last to a rendez-vous of an agenda, on that page, while it can still be undone.
pub(crate) async fn geste_annulable(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    organisation: Option<AgendaId>,
    lieu: Lieu,
    maintenant: DateTime<Utc>,
) -> Result<Option<GesteAnnulable>, Echec> {
    let dernier = geste_rdv::Entity::find()
        .filter(geste_rdv::Column::Compte.eq(acteur.compte))
        .order_by_desc(geste_rdv::Column::Id)
        .one(db)
        .await?
        .filter(|geste| geste.annule_le.is_none() && geste.le + DELAI > maintenant);
    let Some(geste) = dernier else { return Ok(None) };
    if !lieu.est_celui_de(db, &geste).await? {
        return Ok(None);
    }
    let ligne = rendez_vous::Entity::find_by_id(geste.rendez_vous).one(db).await?;
    let Some(ligne) = ligne.filter(|ligne| {
        Some(ligne.organisation) == organisation && ligne.dossier == geste.dossier_apres
    }) else {
        return Ok(None);
    };
    if dernier_du_rendez_vous(db, ligne.id).await?.is_none_or(|dernier| dernier.id != geste.id) {
        return Ok(None);
    }
    let quand = francais::date_heure_longue(&lire(&ligne)?.contenu.horaire);
    Ok(Some(GesteAnnulable { id: geste.id, phrase: phrase(&geste, &quand)? }))
}

fn phrase(geste: &geste_rdv::Model, quand: &str) -> Result<String, Echec> {
    let au = |numero: Option<DossierNumero>| {
        numero.map(|n| format!("dossier n°\u{a0}{n}")).unwrap_or_default()
    };
    Ok(match geste.genre {
        Genre::Rattacher => {
            format!("Vous avez rattaché le rendez-vous du {quand} au {}.", au(geste.dossier_apres))
        }
        Genre::Detacher | Genre::DetacherDuDossier => {
            format!("Vous avez détaché le rendez-vous du {quand} du {}.", au(geste.dossier_avant))
        }
        Genre::Ecarter => format!(
            "Vous avez mis de côté le rendez-vous du {quand}\u{a0}: il ne concerne aucun dossier."
        ),
        Genre::Reprendre => {
            format!("Vous avez remis le rendez-vous du {quand} parmi ceux à rattacher.")
        }
    })
}
