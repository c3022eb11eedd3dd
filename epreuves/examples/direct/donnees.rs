//! People who signed in, each with a dossier; some of them are invited to the dossier of another one.

use backend::acces::sessions;
use backend::socle::base::Base;
use backend::socle::secrets::hasard::Hasard;
use backend::tables::{dossier, evenement, invite, session};
use chrono::{DateTime, Duration as Delai, Utc};
use domain::identite::Moyen;
use domain::ids::{CompteId, DossierNumero};
use domain::sujet::Sujet;
use epreuves::bases;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryOrder};

/// The dossier on which something happens.
pub const DOSSIER: DossierNumero = DossierNumero(bases::numero(0));
/// How many people are invited to it: a server keeps a few dozen windows for each account.
pub const INVITES: usize = 50;
/// How many have nothing to do with it.
pub const AUTRES: usize = 4_950;

/// How many events of [`DOSSIER`] there have been: to whoever missed them, more bytes than a server and its socket keep for
/// who does not read (some 4.5 million on Linux).
const MANQUES: usize = 100_000;
/// How many rows go in one statement, for events and for sessions, which have more columns.
const LOTS: (usize, usize) = (5_000, 500);

/// Somebody who signed in.
#[derive(Debug)]
pub struct Personne {
    /// Their account.
    pub compte: CompteId,
    /// Their own dossier.
    pub dossier: DossierNumero,
    /// The token of their session.
    pub jeton: String,
}

/// All of them.
#[derive(Debug)]
pub struct Gens {
    /// Those who may see [`DOSSIER`].
    pub invites: Vec<Personne>,
    /// The others.
    pub autres: Vec<Personne>,
}

/// Fills a fresh database. Nobody types a password: thousands of them would take longer than the measure.
pub async fn remplir(url: &str, hote: &str, maintenant: DateTime<Utc>) -> Gens {
    let combien = (1 + INVITES + AUTRES) as i64;
    let base = bases::preparer(url, hote, combien, maintenant).await;
    let dossiers = dossier::Entity::find().order_by_asc(dossier::Column::Numero);
    let dossiers = dossiers.all(base.lire()).await.unwrap();
    let personne = |sien: &dossier::Model| Personne {
        compte: sien.usager,
        dossier: sien.numero,
        jeton: Hasard::systeme().secret(),
    };
    let gens = Gens {
        invites: dossiers[1..=INVITES].iter().map(personne).collect(),
        autres: dossiers[INVITES + 1..].iter().map(personne).collect(),
    };
    for gens in [&gens.invites, &gens.autres] {
        connecter(&base, gens, maintenant).await;
    }
    inviter(&base, dossiers[0].usager, maintenant).await;
    annoncer(&base, maintenant).await;
    base.lire().execute_unprepared("ANALYZE").await.unwrap();
    gens
}

/// Opens their sessions.
async fn connecter(base: &Base, gens: &[Personne], maintenant: DateTime<Utc>) {
    for lot in gens.chunks(LOTS.1) {
        let lignes = lot.iter().map(|qui| session::ActiveModel {
            empreinte: Set(sessions::empreinte(&qui.jeton)),
            compte: Set(qui.compte),
            cree_le: Set(maintenant),
            expire_le: Set(maintenant + Delai::days(1)),
            moyen: Set(Moyen::MotDePasse),
            deux_facteurs: Set(false),
            identite: Set(None),
            jeton_identite: Set(None),
            navigateur: Set(String::new()),
            vue_le: Set(None),
            confiance: Set(None),
            prouvee_le: Set(None),
        });
        session::Entity::insert_many(lignes).exec_without_returning(base.lire()).await.unwrap();
    }
}

async fn inviter(base: &Base, par: CompteId, maintenant: DateTime<Utc>) {
    let lignes = (1..=INVITES).map(|n| invite::ActiveModel {
        dossier: Set(DOSSIER),
        email: Set(bases::email(n as i64)),
        invite_par: Set(par),
        le: Set(maintenant),
        ..Default::default()
    });
    invite::Entity::insert_many(lignes).exec_without_returning(base.lire()).await.unwrap();
}

/// Writes [`MANQUES`] events.
async fn annoncer(base: &Base, maintenant: DateTime<Utc>) {
    let ligne = || evenement::ActiveModel {
        sujet: Set(Sujet::Dossier(DOSSIER).to_string()),
        le: Set(maintenant),
        ..Default::default()
    };
    for _ in 0..MANQUES / LOTS.0 {
        let lignes = std::iter::repeat_with(ligne).take(LOTS.0);
        evenement::Entity::insert_many(lignes).exec_without_returning(base.lire()).await.unwrap();
    }
}
