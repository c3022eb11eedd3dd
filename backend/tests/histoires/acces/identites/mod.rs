//! Signing in by ProConnect and FranceConnect.

mod agents;
mod attachees;
mod mensonges;
mod usagers;

use crate::outils::fournisseur::{self, Plateforme};
use crate::outils::monde::Monde;
use backend::Echec;
use backend::acces::identites::retour::Suite;
use backend::acces::sessions::{self, Entree};
use backend::tables::{identite, journal, session};
use domain::Erreur;
use domain::identite::Refus;
use domain::role::Acteur;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::time::Duration;

/// Both platforms, which answer at once.
pub async fn ouvrir(monde: &mut Monde) -> (Plateforme, Plateforme) {
    fournisseur::ouvrir(monde, Duration::from_secs(10)).await
}

/// Who is signed in, and what the session remembers.
async fn entre(monde: &Monde, suite: Result<Suite, Echec>) -> (Acteur, session::Model) {
    match suite {
        Ok(Suite::Entre(entree, apres)) => {
            assert_eq!(apres.retour, "/ici");
            ouverte(monde, &entree).await
        }
        autre => panic!("{autre:?}"),
    }
}

async fn ouverte(monde: &Monde, entree: &Entree) -> (Acteur, session::Model) {
    let db = monde.contexte.base.lire();
    let acteur = sessions::acteur(db, &entree.jeton, monde.maintenant()).await.unwrap();
    let empreinte = sessions::empreinte(&entree.jeton);
    let session = session::Entity::find_by_id(empreinte).one(db).await.unwrap().unwrap();
    (acteur, session)
}

fn refus<T: std::fmt::Debug>(resultat: Result<T, Echec>) -> Refus {
    match resultat {
        Err(Echec::Metier(Erreur::Identite { refus, .. })) => refus,
        autre => panic!("{autre:?}"),
    }
}

fn erreur<T: std::fmt::Debug>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

/// The identities of an account.
async fn identites(monde: &Monde, qui: &Acteur) -> Vec<identite::Model> {
    let siennes = identite::Entity::find().filter(identite::Column::Compte.eq(qui.compte));
    siennes.all(monde.contexte.base.lire()).await.unwrap()
}

/// How many lines of the journal say `action`.
async fn lignes(monde: &Monde, action: &str) -> u64 {
    let dites = journal::Entity::find().filter(journal::Column::Action.eq(action));
    dites.count(monde.contexte.base.lire()).await.unwrap()
}

async fn combien_de_sessions(monde: &Monde) -> u64 {
    session::Entity::find().count(monde.contexte.base.lire()).await.unwrap()
}
