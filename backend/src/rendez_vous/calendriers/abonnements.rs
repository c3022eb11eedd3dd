//! « Suivre mes rendez-vous dans mon agenda »: making the address of a feed, and undoing it.
//!
//! Calendars sign in nowhere: the address is the secret. Only its digest is kept.

use crate::acces::autorisations;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::secrets::coffre;
use crate::socle::temps;
use crate::socle::verrous;
use crate::tables::abonnement::{self, LES_SIENS};
use chrono::{DateTime, Duration, Utc};
use domain::ids::DemarcheNumero;
use domain::journal::Action;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{AbonnementActif, AbonnementVue};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
};

/// How long a feed that no calendar reads is kept, in days.
pub const INUTILISE_JOURS: i64 = domain::retention::ABONNEMENT_JOURS;

/// The feed of the person's own rendez-vous, or of those of a démarche for an instructeur.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    demarche: Option<DemarcheNumero>,
) -> Result<AbonnementVue, Echec> {
    let titre = titre(db, acteur, demarche).await?;
    let ligne = abonnement::Entity::find().filter(sien(acteur, demarche)).one(db).await?;
    Ok(AbonnementVue {
        demarche: demarche.zip(titre),
        actif: ligne.map(|ligne| AbonnementActif {
            cree_le: temps::a_paris(ligne.cree_le),
            utilise_le: ligne.utilise_le.map(temps::a_paris),
        }),
        adresse: None,
    })
}

/// « Créer l'adresse », « Changer l'adresse »: gives its secret. The one before is worth nothing any more.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn creer(c: &Changement<'_>, demarche: Option<DemarcheNumero>) -> Result<String, Echec> {
    use abonnement::Column;
    titre(&c.tx, c.acteur, demarche).await?;
    let secret = c.outils.hasard.cle();
    let ligne = abonnement::ActiveModel {
        empreinte: Set(coffre::empreinte(&secret)),
        compte: Set(c.acteur.compte),
        demarche: Set(demarche.unwrap_or(LES_SIENS)),
        cree_le: Set(c.maintenant),
        utilise_le: Set(None),
    };
    abonnement::Entity::insert(ligne)
        .on_conflict(
            OnConflict::columns([Column::Compte, Column::Demarche])
                .update_columns([Column::Empreinte, Column::CreeLe, Column::UtiliseLe])
                .to_owned(),
        )
        .exec_without_returning(&c.tx)
        .await?;
    noter(c, Action::AbonnementCree, demarche).await?;
    Ok(secret)
}

/// « Supprimer l'abonnement ».
///
/// # Errors
/// The database failed.
pub async fn supprimer(c: &Changement<'_>, demarche: Option<DemarcheNumero>) -> Result<(), Echec> {
    let supprimes =
        abonnement::Entity::delete_many().filter(sien(c.acteur, demarche)).exec(&c.tx).await?;
    if supprimes.rows_affected > 0 {
        noter(c, Action::AbonnementSupprime, demarche).await?;
    }
    Ok(())
}

/// Forgets the feeds that no calendar has read for a year.
///
/// # Errors
/// The database failed.
pub async fn purger(db: &impl ConnectionTrait, maintenant: DateTime<Utc>) -> Result<(), Echec> {
    use abonnement::Column;
    let limite = maintenant - Duration::days(INUTILISE_JOURS);
    let inutilises = Condition::all()
        .add(Column::CreeLe.lt(limite))
        .add(Condition::any().add(Column::UtiliseLe.is_null()).add(Column::UtiliseLe.lt(limite)));
    verrous::purger::<abonnement::Entity>(db, inutilises).await?;
    Ok(())
}

/// The title of the démarche, once it is sure that the person examines its dossiers.
async fn titre(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    demarche: Option<DemarcheNumero>,
) -> Result<Option<String>, Echec> {
    let Some(numero) = demarche else { return Ok(None) };
    let (demarche, _) = autorisations::demarche_de_l_instructeur(db, acteur, numero).await?;
    Ok(Some(demarche.titre))
}

fn sien(acteur: &Acteur, demarche: Option<DemarcheNumero>) -> Condition {
    Condition::all()
        .add(abonnement::Column::Compte.eq(acteur.compte))
        .add(abonnement::Column::Demarche.eq(demarche.unwrap_or(LES_SIENS)))
}

async fn noter(
    c: &Changement<'_>,
    action: Action,
    demarche: Option<DemarcheNumero>,
) -> Result<(), Echec> {
    let detail = demarche.map(|numero| Sujet::Demarche(numero).to_string());
    c.noter_avec(action, c.acteur.compte, detail).await?;
    c.annoncer(&[Sujet::Compte(c.acteur.compte)]).await
}
