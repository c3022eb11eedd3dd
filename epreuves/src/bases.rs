//! Fresh databases, filled by the tables themselves: as many dossiers as a trial needs, each with its open
//! proposition.

use crate::programmes::{CLE, SECRET};
use backend::acces::mots_de_passe;
use backend::socle::base::Base;
use backend::socle::secrets::coffre::Coffre;
use backend::socle::secrets::hasard::Hasard;
use backend::tables::{
    administrateur, agenda, choix_avertissement, compte, demarche, dossier, groupe, instructeur,
    proposition,
};
use chrono::{DateTime, Duration as Delai, Utc};
use domain::avertissement::{Avertissement, Rythme};
use domain::dossier::EtatDossier;
use domain::ids::{AgendaId, CompteId, DemarcheNumero, DossierNumero, GroupeId, OrganisationId};
use domain::proposition::EtatProposition;
use domain::rendez_vous::{Contenu, Genre, Horaire, Statut};
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, Database, EntityTrait, QueryOrder,
};
use std::path::Path;
use url::Url;

/// The organisation of RDV Service Public.
pub const ORGANISATION: i64 = 100;

/// The démarche of all dossiers.
pub const DEMARCHE: i64 = 88_454;

/// Manages the démarche, and examines its dossiers.
pub const ADMINISTRATEUR: &str = "agent@epreuve.example";

/// The password of [`ADMINISTRATEUR`].
pub const MOT_DE_PASSE: &str = "epreuve";

/// A new SQLite file in `dossier`.
#[must_use]
pub fn sqlite(dossier: &Path) -> String {
    format!(
        "sqlite://{}?mode=rwc",
        dossier.join(format!("{}.sqlite", Hasard::systeme().cle())).display()
    )
}

/// A new database in the cluster that `bin/test` or `bin/bench` starts (`TEST_POSTGRES_URL`).
pub async fn postgres() -> String {
    let url = std::env::var("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL must be set");
    let nom = format!("epreuve_{}", Hasard::systeme().cle());
    let serveur = Database::connect(&url).await.unwrap();
    serveur.execute_unprepared(&format!("CREATE DATABASE {nom}")).await.unwrap();
    let mut url = Url::parse(&url).unwrap();
    url.set_path(&nom);
    url.to_string()
}

/// E-mail of the person of the dossier `n`.
#[must_use]
pub fn email(n: i64) -> String {
    format!("personne{n}@epreuve.example")
}

/// Number of the dossier `n`.
#[must_use]
pub const fn numero(n: i64) -> i64 {
    1_000_000 + n
}

/// A rendez-vous by telephone, as the database keeps it.
#[must_use]
pub fn contenu(statut: Statut, debut: DateTime<Utc>) -> Contenu {
    Contenu {
        statut,
        genre: Genre::Telephone,
        debut,
        horaire: Horaire { local: debut.naive_utc(), fuseau: None },
        duree_minutes: 30,
        adresse: String::new(),
        lieu: None,
        visio: None,
        instruction: None,
        personnes: vec![],
        agents: vec![],
        collectif: false,
        createur: None,
        cree_le: None,
        numeros_cites: vec![],
        dossiers_cites: vec![],
        fiche: Default::default(),
    }
}

/// The agent wants to be told at once of each rendez-vous, also once their account is connected to the platform.
async fn tout_de_suite(tx: &impl ConnectionTrait, agent: CompteId, maintenant: DateTime<Utc>) {
    let choix = choix_avertissement::ActiveModel {
        demarche: Set(DemarcheNumero(DEMARCHE)),
        compte: Set(agent),
        quoi: Set(Avertissement::RdvPris),
        rythme: Set(Rythme::ToutDeSuite),
        choisi_le: Set(maintenant),
    };
    choix_avertissement::Entity::insert(choix).exec_without_returning(tx).await.unwrap();
}

/// Opens a fresh database: the schema, one organisation whose platform is `hote`, one démarche, and `dossiers`
/// dossiers, each of a person of its own, with a proposition waiting.
pub async fn preparer(url: &str, hote: &str, dossiers: i64, maintenant: DateTime<Utc>) -> Base {
    let base = Base::ouvrir(url).await.unwrap();
    Migrator::up(base.lire(), None).await.unwrap();
    let tx = base.ecrire().await.unwrap();
    // Before any rendez-vous of the trials: one that was held before its proposition would answer none.
    let jadis = maintenant - Delai::days(1_000);
    let organisation = organisation(&tx, hote, maintenant).await;
    let agenda = format!("{hote}/org/{ORGANISATION}/demarches-simplifiees");
    demarche(&tx, organisation, &agenda).await;
    let agent = agent(&tx, maintenant).await;
    tout_de_suite(&tx, agent, maintenant).await;
    let groupe = groupe(&tx, agent).await;
    let rangs: Vec<i64> = (0..dossiers).collect();
    for rangs in rangs.chunks(500) {
        let dernier = comptes(&tx, rangs.iter().map(|n| email(*n)), maintenant).await;
        let premier = dernier.0 + 1 - i64::try_from(rangs.len()).unwrap();
        let lignes = rangs.iter().zip(premier..).map(|(n, usager)| dossier::ActiveModel {
            numero: Set(DossierNumero(numero(*n))),
            demarche: Set(DemarcheNumero(DEMARCHE)),
            groupe: Set(groupe),
            usager: Set(CompteId(usager)),
            etat: Set(EtatDossier::EnConstruction),
            prenom: Set("Camille".to_owned()),
            nom: Set("Martin".to_owned()),
            depose_le: Set(jadis),
            // None expires while it is tried.
            garde_jusqu_au: Set(Some((maintenant + Delai::days(365)).date_naive())),
            champs: Set("[]".to_owned()),
            ..Default::default()
        });
        dossier::Entity::insert_many(lignes).exec_without_returning(&tx).await.unwrap();
        let lignes = rangs.iter().map(|n| proposition::ActiveModel {
            dossier: Set(DossierNumero(numero(*n))),
            instructeur: Set(agent),
            organisation: Set(organisation),
            etat: Set(EtatProposition::Proposee),
            url_agenda: Set(agenda.clone()),
            cle: Set(format!("epreuve:{n}")),
            proposee_le: Set(jadis),
            // Nor is anybody reminded.
            a_revoir_le: Set(Some(maintenant + Delai::days(365))),
            ..Default::default()
        });
        proposition::Entity::insert_many(lignes).exec_without_returning(&tx).await.unwrap();
    }
    tx.valider().await.unwrap();
    base
}

/// Lets rendez-vous be proposed on another démarche, with the agenda of [`DEMARCHE`].
pub async fn proposer_sur(base: &Base, numero: i64) {
    let connue = demarche::Entity::find_by_id(DemarcheNumero(DEMARCHE)).one(base.lire()).await;
    let connue = connue.unwrap().unwrap();
    let ligne = demarche::ActiveModel {
        numero: Set(DemarcheNumero(numero)),
        rdv_active: Set(true),
        url_agenda: Set(connue.url_agenda),
        organisation: Set(connue.organisation),
        ..Default::default()
    };
    let tx = base.ecrire().await.unwrap();
    ligne.update(&tx).await.unwrap();
    tx.valider().await.unwrap();
}

async fn organisation(
    db: &impl ConnectionTrait,
    hote: &str,
    maintenant: DateTime<Utc>,
) -> AgendaId {
    let ligne = agenda::ActiveModel {
        hote: Set(hote.to_owned()),
        organisation: Set(OrganisationId(ORGANISATION)),
        secret_scelle: Set(Coffre::new(&CLE).sceller(SECRET.as_bytes(), &Hasard::systeme())),
        cree_le: Set(maintenant),
        dernier_webhook_le: Set(None),
        ..Default::default()
    };
    agenda::Entity::insert(ligne).exec(db).await.unwrap().last_insert_id
}

async fn demarche(db: &impl ConnectionTrait, organisation: AgendaId, agenda: &str) {
    let ligne = demarche::ActiveModel {
        numero: Set(DemarcheNumero(DEMARCHE)),
        titre: Set("Épreuve".to_owned()),
        publiee_le: Set(None),
        service: Set("Service".to_owned()),
        rdv_active: Set(true),
        url_agenda: Set(Some(agenda.to_owned())),
        organisation: Set(Some(organisation)),
        ..Default::default()
    };
    demarche::Entity::insert(ligne).exec_without_returning(db).await.unwrap();
}

async fn agent(db: &impl ConnectionTrait, maintenant: DateTime<Utc>) -> CompteId {
    let agent = comptes(db, [ADMINISTRATEUR.to_owned()], maintenant).await;
    let ligne = compte::ActiveModel {
        id: Set(agent),
        mot_de_passe: Set(mots_de_passe::empreinte(MOT_DE_PASSE, &Hasard::systeme()).unwrap()),
        ..Default::default()
    };
    ligne.update(db).await.unwrap();
    let lien =
        administrateur::ActiveModel { demarche: Set(DemarcheNumero(DEMARCHE)), compte: Set(agent) };
    administrateur::Entity::insert(lien).exec_without_returning(db).await.unwrap();
    agent
}

async fn groupe(db: &impl ConnectionTrait, agent: CompteId) -> GroupeId {
    let ligne = groupe::ActiveModel {
        demarche: Set(DemarcheNumero(DEMARCHE)),
        nom: Set("défaut".to_owned()),
        ..Default::default()
    };
    let groupe = groupe::Entity::insert(ligne).exec(db).await.unwrap().last_insert_id;
    let lien = instructeur::ActiveModel { groupe: Set(groupe), compte: Set(agent) };
    instructeur::Entity::insert(lien).exec_without_returning(db).await.unwrap();
    groupe
}

/// Adds accounts; gives the id of the last one, the others come just before.
async fn comptes(
    db: &impl ConnectionTrait,
    emails: impl IntoIterator<Item = String>,
    maintenant: DateTime<Utc>,
) -> CompteId {
    let lignes = emails.into_iter().map(|email| compte::ActiveModel {
        email: Set(email),
        mot_de_passe: Set(String::new()),
        prenom: Set(String::new()),
        nom: Set(String::new()),
        cree_le: Set(maintenant),
        ..Default::default()
    });
    compte::Entity::insert_many(lignes).exec_without_returning(db).await.unwrap();
    let dernier = compte::Entity::find().order_by_desc(compte::Column::Id);
    dernier.one(db).await.unwrap().unwrap().id
}
