//! « Mon compte »: where one is signed in, which browsers are trusted, and how to end either.

use crate::acces::{autorisations, preuves, sessions};
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::outils::Reglages;
use crate::socle::secrets::coffre;
use crate::socle::temps;
use crate::tables::{confirmation, navigateur, session};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::ids::NavigateurId;
use domain::journal::Action;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{MonCompte, NavigateurVu, SessionVue};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// The page. `jeton`: the session of the browser that shows it.
///
/// # Errors
/// The database failed.
pub async fn lire(
    db: &impl ConnectionTrait,
    reglages: &Reglages,
    acteur: &Acteur,
    jeton: &str,
    maintenant: DateTime<Utc>,
) -> Result<MonCompte, Echec> {
    let presente = coffre::empreinte(jeton);
    let sessions = session::Entity::find()
        .filter(session::Column::Compte.eq(acteur.compte))
        .filter(sessions::en_cours(maintenant))
        .order_by_desc(session::Column::CreeLe)
        .order_by_asc(session::Column::Empreinte)
        .all(db)
        .await?;
    let navigateurs = navigateur::Entity::find()
        .filter(navigateur::Column::Compte.eq(acteur.compte))
        .filter(navigateur::Column::ExpireLe.gt(maintenant))
        .order_by_desc(navigateur::Column::Id)
        .all(db)
        .await?;
    let agent = autorisations::un_agent(db, acteur.compte).await?;
    let mut sessions: Vec<SessionVue> = sessions
        .into_iter()
        .map(|session| SessionVue {
            reference: reference(&session.empreinte),
            presente: session.empreinte == presente,
            navigateur: session.navigateur,
            moyen: session.moyen,
            ouverte_le: temps::a_paris(session.cree_le),
            vue_le: session.vue_le.map(temps::a_paris),
            fin: temps::a_paris(session.expire_le),
        })
        .collect();
    // The others keep their order.
    sessions.sort_by_key(|session| !session.presente);
    Ok(MonCompte {
        email: acteur.email.clone(),
        agent,
        second_facteur: agent && reglages.second_facteur,
        prouvee: preuves::recente(db, acteur, jeton, maintenant).await?,
        sessions,
        navigateurs: navigateurs
            .into_iter()
            .map(|n| NavigateurVu {
                id: n.id,
                navigateur: n.navigateur,
                depuis: temps::a_paris(n.cree_le),
                vu_le: n.vue_le.map(temps::a_paris),
                fin: temps::a_paris(n.expire_le),
            })
            .collect(),
    })
}

/// What a form names a session by: neither its token, nor what the database finds it by.
fn reference(empreinte: &str) -> String {
    coffre::empreinte(empreinte).chars().take(16).collect()
}

/// Which of one's sessions to close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lesquelles<'a> {
    /// The one that has this reference.
    Une(&'a str),
    /// All but the one of the browser that asks.
    LesAutres,
    /// All.
    Toutes,
}

/// Closes sessions of one's own; gives whether that of `jeton`, which the browser has, is one of them. Their open pages end.
///
/// # Errors
/// [`Erreur::Introuvable`] when one was named that is open no more.
pub async fn fermer(
    c: &Changement<'_>,
    jeton: &str,
    lesquelles: Lesquelles<'_>,
) -> Result<bool, Echec> {
    let presente = coffre::empreinte(jeton);
    let siennes = session::Entity::find()
        .filter(session::Column::Compte.eq(c.acteur.compte))
        .all(&c.tx)
        .await?;
    let a_fermer: Vec<String> = siennes
        .into_iter()
        .map(|session| session.empreinte)
        .filter(|empreinte| match lesquelles {
            Lesquelles::Une(nommee) => reference(empreinte) == nommee,
            Lesquelles::LesAutres => *empreinte != presente,
            Lesquelles::Toutes => true,
        })
        .collect();
    if a_fermer.is_empty() {
        return match lesquelles {
            Lesquelles::Une(_) => Err(Erreur::Introuvable.into()),
            Lesquelles::LesAutres | Lesquelles::Toutes => Ok(false),
        };
    }
    let la_sienne = a_fermer.contains(&presente);
    confirmation::Entity::delete_many()
        .filter(confirmation::Column::Session.is_in(&a_fermer))
        .exec(&c.tx)
        .await?;
    session::Entity::delete_many()
        .filter(session::Column::Empreinte.is_in(a_fermer))
        .exec(&c.tx)
        .await?;
    c.noter(Action::SessionFermee, c.acteur.compte).await?;
    c.annoncer(&[Sujet::Compte(c.acteur.compte)]).await?;
    Ok(la_sienne)
}

/// A browser is trusted no more: what it had opened by its trust waits for another proof.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn oublier(c: &Changement<'_>, id: NavigateurId) -> Result<(), Echec> {
    let retires = navigateur::Entity::delete_many()
        .filter(navigateur::Column::Id.eq(id))
        .filter(navigateur::Column::Compte.eq(c.acteur.compte))
        .exec(&c.tx)
        .await?;
    if retires.rows_affected == 0 {
        return Err(Erreur::Introuvable.into());
    }
    c.noter(Action::NavigateurOublie, c.acteur.compte).await?;
    c.annoncer(&[Sujet::Compte(c.acteur.compte)]).await
}
