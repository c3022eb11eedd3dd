//! A small world for the stories: one démarche with its agenda, its people, and a clock set by hand.

use crate::outils::modele;
use backend::acces::sessions;
use backend::courriels::smtp::{Delais, ServeurCourriel};
use backend::courriels::{Expediteur, boite};
use backend::demarches_simplifiees::client::{PAR_MINUTE, Plateformes};
use backend::dossier::pieces::Fichier;
use backend::dossier::{entete, mots};
use backend::messagerie::fil;
use backend::plateforme::client::{Client, Patience};
use backend::rendez_vous::arrivee::inbox::{self, Guichet, Refus};
use backend::rendez_vous::planning::{self, Planning};
use backend::rendez_vous::tuile_rdv::Demande;
use backend::rendez_vous::{propositions, tuile_rdv};
use backend::socle::base::Base;
use backend::socle::direct::Direct;
use backend::socle::fichiers::Fichiers;
use backend::socle::outils::Reglages;
use backend::socle::secrets::coffre::Coffre;
use backend::socle::secrets::hasard::Hasard;
use backend::socle::temps::Horloge;
use backend::tables::{
    administrateur, agenda, compte, courriel, demarche, dossier, groupe, instructeur, session,
};
use backend::{Acces, Changement, Contexte, Echec, Outils, ouvriers};
use chrono::{DateTime, Utc};
use domain::dossier::{EtatDossier, Tag};
use domain::identite::Moyen;
use domain::ids::{DemarcheNumero, DossierNumero, GroupeId, OrganisationId};
use domain::role::Acteur;
use domain::visio::Origine;
use domain::vues::{FiltresRdv, Mentions, MessageVue, RendezVousDemarche};
use hmac::{Hmac, KeyInit, Mac};
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectOptions, ConnectionTrait, Database, EntityTrait,
    IntoActiveModel,
};
use sha2::Sha256;
use std::sync::{Arc, Mutex};
use url::Url;

pub const DEMARCHE: DemarcheNumero = DemarcheNumero(88_454);
/// Camille's dossier.
pub const DOSSIER: DossierNumero = DossierNumero(17_606_854);
/// Jean's dossier.
pub const AUTRE_DOSSIER: DossierNumero = DossierNumero(18_051_790);
pub const ORGANISATION: OrganisationId = OrganisationId(100);
/// What seals secrets.
pub const CLE: [u8; 32] = [3; 32];
pub const AGENDA: &str = "https://rdv.anct.gouv.fr/org/100/demarches-simplifiees";

pub struct Monde {
    pub contexte: Contexte,
    pub admin: Acteur,
    pub instructeur: Acteur,
    /// Belongs to another groupe of the same démarche.
    pub instructeur_ailleurs: Acteur,
    pub camille: Acteur,
    pub jean: Acteur,
    horloge: Arc<Mutex<DateTime<Utc>>>,
    url: String,
}

/// Tells `histoire` on a fresh SQLite file, then on a fresh PostgreSQL database (unless `TEST_SANS_POSTGRES` is set: the
/// quick run of a developer).
pub async fn raconter(histoire: impl AsyncFn(Monde)) {
    let dossier = std::env::temp_dir().join(format!("rdv-{}", Hasard::systeme().cle()));
    std::fs::create_dir_all(&dossier).unwrap();
    histoire(Monde::creer(&modele::sqlite(&dossier).await).await).await;
    std::fs::remove_dir_all(&dossier).unwrap();
    if std::env::var_os("TEST_SANS_POSTGRES").is_none() {
        histoire(Monde::creer(&modele::postgres().await).await).await;
    }
}

pub fn instant(texte: &str) -> DateTime<Utc> {
    DateTime::parse_from_str(texte, "%Y-%m-%d %H:%M:%S %z").unwrap().to_utc()
}

impl Monde {
    async fn creer(url: &str) -> Self {
        let horloge = Arc::new(Mutex::new(instant("2024-05-27 16:44:00 +0200")));
        let contexte = contexte(url, &horloge).await;
        let [admin, instructeur, ailleurs, camille, jean] = peupler(&contexte).await;
        let monde = Self {
            contexte,
            admin,
            instructeur,
            instructeur_ailleurs: ailleurs,
            camille,
            jean,
            horloge,
            url: url.to_owned(),
        };
        monde.activer(true).await;
        monde
    }

    /// Undoes the last `pas` migrations, and makes them again. Each on a connection of its own: one that SQLite had open
    /// before would take a column that was dropped for a column that is there.
    pub async fn refaire(&self, pas: usize) {
        let pas = u32::try_from(pas).unwrap();
        let neuve = async || {
            let mut seule = ConnectOptions::new(&self.url);
            seule.max_connections(1);
            Database::connect(seule).await.unwrap()
        };
        let db = neuve().await;
        Migrator::down(&db, Some(pas)).await.unwrap();
        db.close().await.unwrap();
        let db = neuve().await;
        Migrator::up(&db, None).await.unwrap();
        db.close().await.unwrap();
    }

    pub fn maintenant(&self) -> DateTime<Utc> {
        self.contexte.horloge.maintenant()
    }

    /// Sets the clock.
    pub fn le(&self, texte: &str) {
        *self.horloge.lock().unwrap() = instant(texte);
    }

    /// Somebody changes something, now. What is refused leaves nothing.
    pub async fn changer<T>(
        &self,
        acteur: &Acteur,
        change: impl AsyncFnOnce(&Changement<'_>) -> Result<T, Echec>,
    ) -> Result<T, Echec> {
        self.contexte.changer(acteur, change).await
    }

    /// « Rendez-vous avec les usagers », as the page that somebody looks at: its orange dot goes out.
    /// Opens a session of an account, by a password a moment ago; gives its token.
    pub async fn session(&self, qui: &Acteur) -> String {
        let (jeton, maintenant) = (Hasard::systeme().secret(), self.maintenant());
        let ligne = session::ActiveModel {
            empreinte: Set(sessions::empreinte(&jeton)),
            compte: Set(qui.compte),
            cree_le: Set(maintenant),
            expire_le: Set(maintenant + chrono::Duration::days(14)),
            moyen: Set(Moyen::MotDePasse),
            deux_facteurs: Set(false),
            identite: Set(None),
            jeton_identite: Set(None),
            navigateur: Set(String::new()),
            vue_le: Set(None),
            confiance: Set(None),
            prouvee_le: Set(None),
        };
        let db = self.contexte.base.lire();
        session::Entity::insert(ligne).exec_without_returning(db).await.unwrap();
        jeton
    }

    pub async fn planning(
        &self,
        acteur: &Acteur,
        filtres: &FiltresRdv,
    ) -> Result<RendezVousDemarche, Echec> {
        let (db, t) = (self.contexte.base.lire(), self.maintenant());
        let Planning { vue, non_vu } =
            planning::de_la_demarche(db, acteur, DEMARCHE, filtres, t).await?;
        if let Some(change_le) = non_vu {
            self.changer(acteur, async |c| planning::voir(c, DEMARCHE, change_le).await).await?;
        }
        Ok(vue)
    }

    pub async fn activer(&self, active: bool) {
        let demande = Demande { active, url_agenda: AGENDA.to_owned() };
        self.changer(&self.admin, async |c| tuile_rdv::enregistrer(c, DEMARCHE, &demande).await)
            .await
            .unwrap();
    }

    pub async fn proposer(&self, dossier: DossierNumero, cle: &str) -> Result<(), Echec> {
        self.changer(&self.instructeur, async |c| {
            propositions::proposer(c, dossier, "", cle.into()).await
        })
        .await
    }

    pub async fn retirer(&self, message: domain::ids::MessageId) -> Result<(), Echec> {
        self.changer(&self.instructeur, async |c| propositions::retirer(c, message).await).await
    }

    pub async fn tag(&self, dossier: DossierNumero) -> Option<Tag> {
        let db = self.contexte.base.lire();
        entete::de_l_instructeur(db, &self.instructeur, dossier, self.maintenant())
            .await
            .unwrap()
            .tag
    }

    /// The thread as the instructeur reads it.
    pub async fn messages(&self, dossier: DossierNumero) -> Vec<MessageVue> {
        let db = self.contexte.base.lire();
        fil::fil_instructeur(db, &self.instructeur, dossier, self.maintenant())
            .await
            .unwrap()
            .messages
    }

    pub async fn dernier_message(&self, dossier: DossierNumero) -> String {
        self.messages(dossier).await.pop().map(|m| m.corps).unwrap_or_default()
    }

    /// Sends a sample, rightly signed, and lets the worker apply it.
    pub async fn recevoir(&self, echantillon: &str) {
        self.deposer(&lire_echantillon(echantillon)).await.unwrap();
        inbox::appliquer_tout(&self.contexte).await.unwrap();
    }

    /// Sends a body, rightly signed.
    pub async fn deposer(&self, corps: &[u8]) -> Result<(), Refus> {
        let secret = self.secret().await;
        inbox::recevoir(&self.contexte, ORGANISATION, Some(&signer(&secret, corps)), corps).await
    }

    /// Anybody may begin a dossier of the first démarche.
    pub async fn publier(&self) {
        let db = self.contexte.base.lire();
        let demarche = demarche::Entity::find_by_id(DEMARCHE).one(db).await.unwrap().unwrap();
        let mut change = demarche.into_active_model();
        change.publiee_le = Set(Some(self.maintenant().date_naive()));
        change.update(db).await.unwrap();
    }

    /// Somebody new, who manages a démarche.
    pub async fn administrateur(&self, email: &str, demarche: DemarcheNumero) -> Acteur {
        let tx = self.contexte.base.ecrire().await.unwrap();
        let acteur = acteur(&tx, email).await;
        administrer(&tx, demarche, &acteur).await;
        tx.valider().await.unwrap();
        acteur
    }

    /// Another démarche, managed by somebody new.
    pub async fn demarche_d_ailleurs(&self, numero: DemarcheNumero, email: &str) -> Acteur {
        let tx = self.contexte.base.ecrire().await.unwrap();
        let ligne = demarche::ActiveModel {
            numero: Set(numero),
            titre: Set("Une autre démarche".to_owned()),
            service: Set("Un autre service".to_owned()),
            rdv_active: Set(false),
            ..Default::default()
        };
        demarche::Entity::insert(ligne).exec_without_returning(&tx).await.unwrap();
        tx.valider().await.unwrap();
        self.administrateur(email, numero).await
    }

    pub async fn secret(&self) -> String {
        let db = self.contexte.base.lire();
        let demarche = demarche::Entity::find_by_id(DEMARCHE).one(db).await.unwrap().unwrap();
        let id = demarche.organisation.unwrap();
        let organisation = agenda::Entity::find_by_id(id).one(db).await.unwrap().unwrap();
        self.contexte.outils.coffre.ouvrir_texte(&organisation.secret_scelle).unwrap()
    }

    /// Lets the worker send mails; gives those of the mailbox, the oldest first: (to, subject).
    pub async fn courriels(&self) -> Vec<(String, String)> {
        let expediteur = Expediteur::Local(self.contexte.base.clone());
        ouvriers::courriels::tout_envoyer(&self.contexte, &expediteur).await.unwrap();
        let boite: Vec<courriel::Model> = boite::lire(&self.contexte.base).await.unwrap();
        boite.into_iter().rev().map(|c| (c.destinataire, c.sujet)).collect()
    }
}

/// Mails leave by the server at `url`.
pub fn par_smtp(url: &str) -> Expediteur {
    let serveur = ServeurCourriel::lire(url, "Rendez-vous <rdv@exemple.fr>").unwrap();
    Expediteur::smtp(&serveur, Delais::default()).unwrap()
}

/// A file as somebody sends it; `None`: too large to be kept.
pub fn fichier(nom: &str, contenu: Option<&[u8]>) -> Fichier {
    Fichier::sceller(nom, contenu, &Coffre::new(&CLE), &Hasard::systeme())
}

pub fn lire_echantillon(nom: &str) -> Vec<u8> {
    let dossier = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples");
    std::fs::read(format!("{dossier}/{nom}.json")).unwrap()
}

pub fn signer(secret: &str, corps: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(corps);
    hex::encode(mac.finalize().into_bytes())
}

/// The application, over a database, at the time that `horloge` says.
pub async fn contexte(url: &str, horloge: &Arc<Mutex<DateTime<Utc>>>) -> Contexte {
    let lue = Arc::clone(horloge);
    Contexte {
        base: Base::ouvrir(url).await.unwrap(),
        horloge: Horloge::new(move || *lue.lock().unwrap()),
        outils: Outils {
            coffre: Coffre::new(&CLE),
            hasard: Hasard::graine(7),
            reglages: Arc::new(reglages()),
            fichiers: Fichiers::default(),
        },
        direct: Direct::default(),
        client: client(horloge),
        plateformes: Plateformes::new(client(horloge), vec![], PAR_MINUTE),
        guichet: Guichet::default(),
        acces: Acces::default(),
    }
}

/// Nothing answers it: the stories that talk to the platform put another one in its place.
fn client(horloge: &Arc<Mutex<DateTime<Utc>>>) -> Client {
    let lue = Arc::clone(horloge);
    let horloge = Horloge::new(move || *lue.lock().unwrap());
    Client::new(vec![], &[], Patience::default(), Hasard::graine(8), horloge).unwrap()
}

fn reglages() -> Reglages {
    Reglages {
        nom: "demarches-simplifiees.fr".into(),
        app_url: Url::parse("https://demarches.example").unwrap(),
        hotes_rdv: vec![Origine::https("rdv.anct.gouv.fr")],
        hotes_visio: vec![],
        plateforme: Url::parse("https://rdv.anct.gouv.fr").unwrap(),
        oauth: None,
        suggestion: None,
        boite_locale: true,
        mentions: Mentions::default(),
        quota_fichiers: 100_000_000,
        organisateurs: [("rdv.anct.gouv.fr", "secretariat-auto@rdv-service-public.fr")]
            .map(|(hote, email)| (hote.to_owned(), email.to_owned()))
            .into(),
        mandataires: vec![],
        proconnect: false,
        second_facteur: false,
    }
}

async fn peupler(contexte: &Contexte) -> [Acteur; 5] {
    let tx = contexte.base.ecrire().await.unwrap();
    let acteurs = [
        acteur(&tx, "admin@exemple.gouv.fr").await,
        acteur(&tx, "tom.instructeur@exemple.gouv.fr").await,
        acteur(&tx, "ailleurs@exemple.gouv.fr").await,
        acteur(&tx, "camille.martin@exemple.fr").await,
        acteur(&tx, "jean.robert@exemple.fr").await,
    ];
    let [admin, tom, ailleurs, camille, jean] = &acteurs;
    let ligne = demarche::ActiveModel {
        numero: Set(DEMARCHE),
        titre: Set("Intitulé démarche test".to_owned()),
        publiee_le: Set(None),
        service: Set("Service test".to_owned()),
        rdv_active: Set(false),
        url_agenda: Set(None),
        organisation: Set(None),
        ..Default::default()
    };
    demarche::Entity::insert(ligne).exec_without_returning(&tx).await.unwrap();
    administrer(&tx, DEMARCHE, admin).await;
    let groupe = groupe_de(&tx, tom).await;
    groupe_de(&tx, ailleurs).await;
    deposer(&tx, DOSSIER, groupe, camille).await;
    deposer(&tx, AUTRE_DOSSIER, groupe, jean).await;
    tx.valider().await.unwrap();
    acteurs
}

/// Has somebody manage a démarche.
pub async fn administrer(db: &impl ConnectionTrait, demarche: DemarcheNumero, qui: &Acteur) {
    let gere = administrateur::ActiveModel { demarche: Set(demarche), compte: Set(qui.compte) };
    administrateur::Entity::insert(gere).exec_without_returning(db).await.unwrap();
}

async fn acteur(db: &impl ConnectionTrait, email: &str) -> Acteur {
    let ligne = compte::ActiveModel {
        email: Set(email.to_owned()),
        mot_de_passe: Set(String::new()),
        prenom: Set(String::new()),
        nom: Set(String::new()),
        cree_le: Set(instant("2024-01-01 00:00:00 +0000")),
        ..Default::default()
    };
    let id = compte::Entity::insert(ligne).exec(db).await.unwrap().last_insert_id;
    Acteur::ordinaire(id, email.to_owned())
}

async fn groupe_de(db: &impl ConnectionTrait, membre: &Acteur) -> GroupeId {
    let ligne = groupe::ActiveModel {
        demarche: Set(DEMARCHE),
        nom: Set(membre.email.clone()),
        ..Default::default()
    };
    let groupe = groupe::Entity::insert(ligne).exec(db).await.unwrap().last_insert_id;
    let lien = instructeur::ActiveModel { groupe: Set(groupe), compte: Set(membre.compte) };
    instructeur::Entity::insert(lien).exec_without_returning(db).await.unwrap();
    groupe
}

impl Monde {
    /// The person concerned by [`DOSSIER`] is called otherwise.
    pub async fn renommer(&self, prenom: &str, nom: &str) {
        let db = self.contexte.base.lire();
        let ligne = dossier::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap();
        let mut change = ligne.into_active_model();
        (change.prenom, change.nom) = (Set(prenom.to_owned()), Set(nom.to_owned()));
        change.update(db).await.unwrap();
        mots::indexer(db, DOSSIER).await.unwrap();
    }
}

/// Files a dossier.
pub async fn deposer(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
    groupe: GroupeId,
    usager: &Acteur,
) {
    let ligne = dossier::ActiveModel {
        numero: Set(numero),
        demarche: Set(DEMARCHE),
        groupe: Set(groupe),
        usager: Set(usager.compte),
        etat: Set(EtatDossier::EnConstruction),
        prenom: Set("Camille".to_owned()),
        nom: Set("Martin".to_owned()),
        depose_le: Set(instant("2024-04-25 10:33:00 +0200")),
        champs: Set("[]".to_owned()),
        ..Default::default()
    };
    dossier::Entity::insert(ligne).exec_without_returning(db).await.unwrap();
    mots::indexer(db, numero).await.unwrap();
}
