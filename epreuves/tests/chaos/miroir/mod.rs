//! The storm over a mirror: two thousand dossiers of a platform that runs Démarches Simplifiées, which change there and
//! here at the same time, one answer of that platform in ten lost, while servers are killed outright and started again.
//! Real programs, real databases; the two platforms are their stand-ins.
//!
//! What must hold once nothing is disturbed any more and all has been read and sent:
//! 1. the mirror is what the platform says ([`verite`]): état, groupe, demandeur, deletions, messages;
//! 2. no message is there twice, none is missing, on either side;
//! 3. labels say what became of the rendez-vous, and those that others put are left alone.

mod ici;
mod la_bas;
mod verite;

use crate::dossier_neuf;
use crate::mandataire::{Mandataire, tempete};
use crate::plateforme::Plateforme;
use backend::socle::base::Base;
use backend::tables::{message_distant, miroir, raccordement, tache};
use chrono::{DateTime, Duration as Delai, Utc};
use domain::raccordement::EtatMessage;
use epreuves::appels;
use epreuves::bases::{self, ADMINISTRATEUR};
use epreuves::programmes::{Programme, adresse_libre};
use ici::Agent;
use la_bas::LaBas;
use sandbox::demarches_simplifiees::{DEMARCHE, EmbeddedDs, Fault, FaultKind};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// How many dossiers there are at first.
const DOSSIERS: u32 = 2_000;
/// One in ten is followed closely: rendez-vous are proposed on those.
const UN_SUR: i64 = 10;
/// The share of answers that are lost.
const PERDUES: f64 = 0.1;
/// How often what is due is hurried.
const BATTEMENT: Duration = Duration::from_millis(500);
/// How long the end may take.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::test]
#[ignore = "needs the built programs: bin/test chaos"]
async fn a_storm_over_a_mirror_by_one_server_on_sqlite() {
    let dossier = dossier_neuf();
    let base = bases::sqlite(&dossier);
    Tempete::dresser(&dossier, &base, 1).await.traverser().await;
    std::fs::remove_dir_all(dossier).unwrap();
}

#[tokio::test]
#[ignore = "needs the built programs: bin/test chaos"]
async fn a_storm_over_a_mirror_by_two_servers_on_postgresql() {
    let dossier = dossier_neuf();
    let base = bases::postgres().await;
    Tempete::dresser(&dossier, &base, 2).await.traverser().await;
    std::fs::remove_dir_all(dossier).unwrap();
}

struct Tempete {
    debut: Instant,
    base: Base,
    serveurs: Vec<Programme>,
    ds: Arc<EmbeddedDs>,
    plateforme: Plateforme,
    mandataire: Mandataire,
    morts: usize,
    /// The numbers of the dossiers there, by what happens to them.
    dossiers: Dossiers,
    /// Runs as long as it is held.
    _sandbox: Programme,
}

/// Those that are there at first, by their numbers there.
#[derive(Clone)]
struct Dossiers {
    /// Somebody acts on those here: nothing takes them away there.
    suivis: Vec<i64>,
    /// Anything happens to those there.
    autres: Vec<i64>,
}

impl Dossiers {
    fn depuis(premier: i64) -> Self {
        let tous = premier..premier + i64::from(DOSSIERS);
        let (suivis, autres) = tous.partition(|numero| numero % UN_SUR == 0);
        Self { suivis, autres }
    }

    fn tous(&self) -> impl Iterator<Item = i64> {
        self.suivis.iter().chain(&self.autres).copied()
    }
}

impl Tempete {
    async fn dresser(dossier: &Path, url: &str, processus: usize) -> Self {
        let debut = Instant::now();
        let ds = EmbeddedDs::builder().seed(7).start().await.unwrap();
        let premier = ds.fill(DEMARCHE, DOSSIERS).unwrap();
        for groupe in &ds.demarche(DEMARCHE).unwrap().groupes {
            ds.add_member(groupe.id, ADMINISTRATEUR).unwrap();
        }
        let mandataire = Mandataire::ouvrir().await;
        let adresses: Vec<String> = (0..processus).map(|_| adresse_libre()).collect();
        let retour = format!("http://{}/rdv-service-public/retour", adresses[0]);
        let journal = dossier.join("sandbox.log");
        let sandbox = Programme::sandbox(&mandataire.adresse, "2026-09", &retour, &journal).await;
        let plateforme = Plateforme::new(&sandbox.adresse, &retour);
        let maintenant = plateforme.maintenant().await;
        let base = bases::preparer(url, &plateforme.hote, 0, maintenant).await;
        let adresse_ds = ds.url.origin().ascii_serialization();
        let reglages = [
            ("SANDBOX_DS_URL", adresse_ds.as_str()),
            // The pace is measured elsewhere: here all must end within a minute.
            ("DEMARCHES_SIMPLIFIEES_PAR_MINUTE", "100000"),
        ];
        let mut serveurs = Vec::new();
        for adresse in adresses {
            let journal = dossier.join(format!("serveur-{}.log", serveurs.len()));
            let serveur =
                Programme::serveur_avec(adresse, url, &sandbox.adresse, &journal, &reglages);
            serveurs.push(serveur.await);
        }
        Self {
            debut,
            base,
            serveurs,
            ds: Arc::new(ds),
            plateforme,
            mandataire,
            morts: 0,
            dossiers: Dossiers::depuis(premier),
            _sandbox: sandbox,
        }
    }

    async fn traverser(mut self) {
        let agent = self.agent().await;
        let site = self.ds.url.origin().ascii_serialization();
        appels::raccorder(&agent, &site, DEMARCHE, &self.ds.token()).await;
        self.ds.disturb(Fault::of(FaultKind::LostAnswer).share(PERDUES));
        let battement = self.battre();
        self.premiere_synchronisation().await;
        bases::proposer_sur(&self.base, DEMARCHE).await;
        self.vivre(&agent).await;
        self.ds.recover();
        self.tout_est_fait().await;
        battement.abort();
        let lost = self.ds.requests().lost;
        self.dire(&format!("all read and sent, {lost} answers were lost"));
        assert!(lost > 20, "the storm has to do harm: {lost} answers lost");
        let ecarts = verite::ecarts(&self.base, &self.ds, self.dossiers.tous()).await;
        assert!(ecarts.is_empty(), "{} differences: {ecarts:#?}", ecarts.len());
        let dits = verite::rendez_vous(&self.ds, &agent.faits());
        assert!(dits.is_empty(), "{} differences: {dits:#?}", dits.len());
        self.dire("all verified");
    }

    async fn agent(&self) -> Agent {
        let racines = self.serveurs.iter().map(|serveur| format!("http://{}", serveur.adresse));
        Agent::entrer(racines.collect()).await
    }

    /// Two deaths during the first synchronisation, which ends all the same. Things change there meanwhile.
    async fn premiere_synchronisation(&mut self) {
        let (ds, autres) = (Arc::clone(&self.ds), self.dossiers.autres.clone());
        let changements = tokio::spawn(async move { LaBas::new(ds, autres, 3).bouger(150).await });
        for seuil in [DOSSIERS / 5, DOSSIERS / 5 * 3] {
            self.mourir_a(u64::from(seuil)).await;
        }
        changements.await.unwrap();
        attendre("the first synchronisation", async || {
            let finis = raccordement::Column::PremiereFinieLe.is_not_null();
            raccordement::Entity::find().filter(finis).count(self.base.lire()).await.unwrap() > 0
        })
        .await;
        self.dire("first synchronisation done");
    }

    async fn mourir_a(&mut self, seuil: u64) {
        attendre("the first synchronisation goes on", async || {
            miroir::Entity::find().count(self.base.lire()).await.unwrap() >= seuil
        })
        .await;
        self.mourir(&format!("{seuil} dossiers read")).await;
    }

    async fn mourir(&mut self, quand: &str) {
        let rang = self.morts % self.serveurs.len();
        self.morts += 1;
        self.serveurs[rang].tuer();
        self.dire(&format!("server {rang} killed: {quand}"));
        self.serveurs[rang].relancer().await;
        // What it held is held for minutes: they pass now.
        liberer(&self.base).await;
    }

    /// Changes there and acts here at the same time, and three deaths more.
    async fn vivre(&mut self, agent: &Agent) {
        let Dossiers { suivis, autres } = self.dossiers.clone();
        let fait = Arc::new(AtomicUsize::new(0));
        let changements = {
            let ds = Arc::clone(&self.ds);
            let (suivis, fait) = (suivis.clone(), Arc::clone(&fait));
            tokio::spawn(async move {
                LaBas::new(Arc::clone(&ds), autres, 5).compter(&fait).bouger(900).await;
                LaBas::new(ds, suivis, 6).compter(&fait).parler(300).await;
            })
        };
        let actes = {
            let (agent, plateforme) = (agent.clone(), self.plateforme.clone());
            let (base, ds, fait) = (self.base.clone(), Arc::clone(&self.ds), Arc::clone(&fait));
            tokio::spawn(agent.agir(base, ds, plateforme, suivis, fait))
        };
        let livraison = self.livrer();
        for mort in 1..=3_usize {
            attendre("things happen", async || {
                fait.load(Ordering::Relaxed) >= mort * 450 || actes.is_finished()
            })
            .await;
            self.mourir(&format!("{} acts done", fait.load(Ordering::Relaxed))).await;
        }
        changements.await.unwrap();
        actes.await.unwrap();
        self.plateforme.tout_est_parti().await;
        livraison.abort();
        let _ = livraison.await;
        tempete(&self.mandataire.tous().into_values().collect::<Vec<_>>(), self.adresses()).await;
        self.dire("all has happened, on both sides");
    }

    fn adresses(&self) -> Vec<String> {
        self.serveurs.iter().map(|serveur| serveur.adresse.clone()).collect()
    }

    /// Delivers the webhooks of rendez-vous as they come; all of them come again at the end, which changes nothing.
    fn livrer(&self) -> JoinHandle<()> {
        let (mandataire, adresses) = (self.mandataire.clone(), self.adresses());
        tokio::spawn(async move {
            let mut livres = 0;
            loop {
                let nouveaux: Vec<_> = mandataire.depuis(livres);
                livres += nouveaux.len();
                tempete(&nouveaux, adresses.clone()).await;
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        })
    }

    /// Rounds and tasks are due at once, not in minutes.
    fn battre(&self) -> JoinHandle<()> {
        let base = self.base.clone();
        tokio::spawn(async move {
            loop {
                presser(&base).await;
                tokio::time::sleep(BATTEMENT).await;
            }
        })
    }

    /// Waits until all that is to be sent was, and two rounds more were made.
    async fn tout_est_fait(&self) {
        // Answers that were under way have come, or never will.
        tokio::time::sleep(Duration::from_secs(2)).await;
        liberer(&self.base).await;
        self.tout_est_envoye().await;
        for _ in 0..2 {
            let depuis = self.plateforme.maintenant().await;
            attendre_que("a round is made to its end", async || {
                let lu = raccordement::Entity::find().one(self.base.lire()).await.unwrap().unwrap();
                let faite = lu.synchronise_le.is_some_and(|le| le > depuis);
                (!faite).then(|| ou_en_est(&lu))
            })
            .await;
        }
        self.tout_est_envoye().await;
    }

    async fn tout_est_envoye(&self) {
        attendre("all is sent", async || {
            oublier_l_attente(&self.base).await;
            let restent = tache::Entity::find()
                .filter(tache::Column::FaiteLe.is_null())
                .filter(tache::Column::AbandonneeLe.is_null());
            restent.count(self.base.lire()).await.unwrap() == 0
        })
        .await;
    }

    fn dire(&self, quoi: &str) {
        eprintln!("{:6.1} s  {quoi}", self.debut.elapsed().as_secs_f64());
    }
}

/// What is due in minutes is due now.
async fn presser(base: &Base) {
    let maintenant = maintenant();
    let presse = raccordement::Entity::update_many()
        .col_expr(raccordement::Column::ProchaineLe, Expr::value(maintenant))
        .filter(raccordement::Column::ProchaineLe.gt(maintenant));
    let taches = tache::Entity::update_many()
        .col_expr(tache::Column::APartirDe, Expr::value(maintenant))
        .filter(tache::Column::FaiteLe.is_null())
        .filter(tache::Column::APartirDe.gt(maintenant));
    let tx = base.ecrire().await.unwrap();
    presse.exec(&tx).await.unwrap();
    taches.exec(&tx).await.unwrap();
    tx.valider().await.unwrap();
}

/// What a dead process held is free.
async fn liberer(base: &Base) {
    let personne: Option<DateTime<Utc>> = None;
    let tx = base.ecrire().await.unwrap();
    raccordement::Entity::update_many()
        .col_expr(raccordement::Column::PrisJusquA, Expr::value(personne))
        .exec(&tx)
        .await
        .unwrap();
    tache::Entity::update_many()
        .col_expr(tache::Column::PriseJusquA, Expr::value(personne))
        .filter(tache::Column::FaiteLe.is_null())
        .exec(&tx)
        .await
        .unwrap();
    tx.valider().await.unwrap();
}

/// A message that was sent without an answer is not sent again for two minutes: they pass now. Nothing is on its way any more.
async fn oublier_l_attente(base: &Base) {
    let jadis = maintenant() - Delai::minutes(5);
    let tx = base.ecrire().await.unwrap();
    message_distant::Entity::update_many()
        .col_expr(message_distant::Column::TenteLe, Expr::value(jadis))
        .col_expr(message_distant::Column::RetenteLe, Expr::value(jadis))
        .filter(message_distant::Column::Etat.eq(EtatMessage::SansReponse))
        .filter(message_distant::Column::RetenteLe.gt(jadis))
        .exec(&tx)
        .await
        .unwrap();
    tx.valider().await.unwrap();
}

#[expect(clippy::disallowed_methods, reason = "the platforms have the time of the machine")]
fn maintenant() -> DateTime<Utc> {
    Utc::now()
}

/// Why no round of it is made, for whoever reads that none was.
fn ou_en_est(lu: &raccordement::Model) -> String {
    let raccordement::Model { etat, raison, .. } = lu;
    let (faite, due) = (lu.synchronise_le, lu.prochaine_le);
    let (prise, ronde) = (lu.pris_jusqu_a, lu.ronde_le);
    format!(
        "{etat:?} ({raison:?}), made at {faite:?}, due at {due:?}, held until {prise:?}, begun at {ronde:?}"
    )
}

/// Waits until `condition` holds.
async fn attendre(quoi: &str, condition: impl AsyncFn() -> bool) {
    attendre_que(quoi, async || (!condition().await).then(String::new)).await;
}

/// Waits until nothing is missing any more.
async fn attendre_que(quoi: &str, manque: impl AsyncFn() -> Option<String>) {
    let debut = Instant::now();
    while let Some(manque) = manque().await {
        assert!(debut.elapsed() < PATIENCE, "{quoi}: still not after {PATIENCE:?}; {manque}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
