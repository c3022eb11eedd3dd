//! The storm: a thousand histories of rendez-vous lived in the sandbox, their webhooks shuffled, each sent three
//! times, one event in ten lost, while servers are killed outright and started again. Then the administrateur connects
//! their account and asks for a comparison. Real programs, real databases.
//!
//! What must hold afterwards, whatever the order in which things arrived:
//! 1. nothing acknowledged is lost: what was answered 2xx is stored, once, and applied;
//! 2. each state is the sandbox's ([`verite`]), though it was not before the comparison;
//! 3. what was said (automatic messages, mails) is a story that holds together, says no more than happened and ends
//!    with what is true ([`recits`]): nothing double, nothing missing;
//! 4. each mail was sent once, and none is left over;
//! 5. a second comparison finds nothing left to repair, and nothing to say;
//! 6. on PostgreSQL no two changes ever waited for each other: its own count of deadlocks is zero.
//!
//! Then a storm on one person: hundreds of their rendez-vous, all of one proposition, beside those of others; and a storm
//! over the mirror of another platform ([`miroir`]).
//!
//! Run by `bin/test chaos`, which builds the programs and starts PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a trial that can't be told fails")]

mod compte;
mod histoires;
mod mandataire;
mod miroir;
mod plateforme;
mod recits;
mod releve;
mod verite;

use backend::socle::base::Base;
use backend::socle::secrets::hasard::Hasard;
use compte::Compte;
use epreuves::bases;
use epreuves::programmes::{Programme, adresse_libre, client};
use mandataire::{Envoi, Mandataire, tempete};
use plateforme::{Plateforme, Vecues};
use releve::Releve;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const MORTS: u64 = 5;

#[tokio::test]
#[ignore = "needs the built programs: bin/test chaos"]
async fn a_storm_over_one_server_on_sqlite() {
    let dossier = dossier_neuf();
    let base = bases::sqlite(&dossier);
    Epreuve::dresser(&dossier, &base, 1, "2024-10").await.subir().await;
    std::fs::remove_dir_all(dossier).unwrap();
}

#[tokio::test]
#[ignore = "needs the built programs: bin/test chaos"]
async fn a_storm_over_two_servers_on_postgresql() {
    let dossier = dossier_neuf();
    let base = bases::postgres().await;
    Epreuve::dresser(&dossier, &base, 2, "2026-09").await.subir().await;
    std::fs::remove_dir_all(dossier).unwrap();
}

#[tokio::test]
#[ignore = "needs the built programs: bin/test chaos"]
async fn a_storm_on_one_person_over_two_servers_on_postgresql() {
    let dossier = dossier_neuf();
    let base = bases::postgres().await;
    Epreuve::dresser(&dossier, &base, 2, "2026-09").await.accabler().await;
    std::fs::remove_dir_all(dossier).unwrap();
}

fn dossier_neuf() -> PathBuf {
    let dossier = std::env::temp_dir().join(format!("rdv-chaos-{}", Hasard::systeme().cle()));
    std::fs::create_dir_all(&dossier).unwrap();
    dossier
}

struct Epreuve {
    debut: Instant,
    base: Base,
    mandataire: Mandataire,
    serveurs: Vec<Programme>,
    plateforme: Plateforme,
    /// Runs as long as it is held.
    _sandbox: Programme,
}

impl Epreuve {
    async fn dresser(dossier: &Path, url: &str, processus: usize, profil: &str) -> Self {
        let debut = Instant::now();
        let mandataire = Mandataire::ouvrir().await;
        let adresses: Vec<String> = (0..processus).map(|_| adresse_libre()).collect();
        let retour = format!("http://{}/rdv-service-public/retour", adresses[0]);
        let journal = dossier.join("sandbox.log");
        let sandbox = Programme::sandbox(&mandataire.adresse, profil, &retour, &journal).await;
        let plateforme = Plateforme::new(&sandbox.adresse, &retour);
        let maintenant = plateforme.maintenant().await;
        let base = bases::preparer(url, &plateforme.hote, histoires::PERSONNES, maintenant).await;
        let mut serveurs = Vec::new();
        for adresse in adresses {
            let journal = dossier.join(format!("serveur-{}.log", serveurs.len()));
            serveurs.push(Programme::serveur(adresse, url, &sandbox.adresse, &journal).await);
        }
        Self { debut, base, mandataire, serveurs, plateforme, _sandbox: sandbox }
    }

    async fn subir(mut self) {
        let maintenant = self.plateforme.maintenant().await;
        let vecues = self.plateforme.vivre(maintenant).await;
        let (livres, perdus) = self.mandataire.survivants();
        self.dire(&format!("{} rendez-vous, {perdus} events lost", vecues.len()));
        assert!(perdus > livres.len() / 15, "one in ten is lost: {perdus} beside {}", livres.len());
        self.traverser(&livres).await;
        let avant = Releve::lire(&self.base).await;
        avant.rien_n_est_perdu(&livres);
        avant.chaque_courriel_est_parti_une_fois();
        self.reparer(&avant, &vecues).await;
        for serveur in &self.serveurs {
            let metriques = lire(&format!("http://{}/metrics", serveur.metriques)).await;
            assert!(metriques.contains("webhooks_en_attente 0"), "{metriques}");
        }
        assert_eq!(releve::interblocages(&self.base).await, 0, "deadlocks");
        self.dire("all verified");
    }

    /// Hundreds of rendez-vous of one person, hence of one proposition, come at once; others come in between.
    async fn accabler(self) {
        let maintenant = self.plateforme.maintenant().await;
        self.plateforme.accabler(maintenant).await;
        let (livres, _) = self.mandataire.survivants();
        self.dire(&format!("{} notifications", livres.len()));
        let adresses = self.serveurs.iter().map(|serveur| serveur.adresse.clone()).collect();
        tempete(&livres, adresses).await;
        self.dire("all delivered");
        releve::tout_est_fait(&self.base).await;
        self.dire("all applied, all mails sent");
        let apres = Releve::lire(&self.base).await;
        apres.rien_n_est_perdu(&livres);
        apres.chaque_courriel_est_parti_une_fois();
        assert_eq!(apres.lignes.len(), livres.len(), "each is known");
        let du_dossier = |n| {
            let lignes = apres.lignes.values().flat_map(|lignes| lignes.values());
            lignes.filter(|ligne| ligne.dossier == Some(bases::numero(n))).count()
        };
        let autres: usize = (1..=histoires::VOISINES).map(du_dossier).sum();
        assert!(du_dossier(0) > 300, "{} of the person", du_dossier(0));
        assert_eq!(du_dossier(0) + autres, livres.len(), "each is attached to its own dossier");
        assert_eq!(releve::interblocages(&self.base).await, 0, "deadlocks");
        self.dire("all verified");
    }

    /// Delivers, and kills.
    async fn traverser(&mut self, livres: &[Envoi]) {
        let adresses = self.serveurs.iter().map(|serveur| serveur.adresse.clone()).collect();
        let envois = livres.to_vec();
        let tempete = tokio::spawn(async move { tempete(&envois, adresses).await });
        for mort in 1..=MORTS {
            // Spread over the storm, so that each strikes while things are under way.
            let seuil = livres.len() as u64 * mort / (MORTS + 1);
            let recues = jusqu_a(seuil, || releve::recues(&self.base)).await;
            let rang = mort as usize % self.serveurs.len();
            self.serveurs[rang].tuer();
            self.dire(&format!("server {rang} killed after {recues} distinct notifications"));
            self.serveurs[rang].relancer().await;
        }
        tempete.await.unwrap();
        self.dire("all delivered");
        releve::tout_est_fait(&self.base).await;
        self.dire("all applied, all mails sent");
    }

    /// What notifications missed is made up for, once.
    async fn reparer(&self, avant: &Releve, vecues: &Vecues) {
        let verite = self.plateforme.verite().await;
        let ecarts = verite::ecarts(avant, &verite, vecues);
        assert!(ecarts.len() > 20, "the storm has to do harm: {ecarts:#?}");
        let compte = Compte::entrer(&self.serveurs[0].adresse).await;
        compte.connecter(&self.plateforme).await;
        let reparees = self.synchroniser(&compte).await;
        self.dire(&format!("{} differences, {reparees} repaired", ecarts.len()));
        let apres = Releve::lire(&self.base).await;
        let ecarts = verite::ecarts(&apres, &verite, vecues);
        assert!(ecarts.is_empty(), "{} differences are left: {ecarts:#?}", ecarts.len());
        let dits = recits::verifier(&apres, &verite, vecues);
        apres.chaque_courriel_est_parti_une_fois();
        self.dire(&format!("{dits} changes told"));
        assert_eq!(self.synchroniser(&compte).await, 0, "nothing is left to repair");
        assert_eq!(Releve::lire(&self.base).await.dits(), apres.dits(), "nothing is said again");
    }

    async fn synchroniser(&self, compte: &Compte) -> i32 {
        let depuis = self.plateforme.maintenant().await;
        compte.synchroniser().await;
        let reparees = releve::compare_depuis(&self.base, depuis).await;
        releve::tout_est_fait(&self.base).await;
        reparees
    }

    fn dire(&self, quoi: &str) {
        eprintln!("{:6.1} s  {quoi}", self.debut.elapsed().as_secs_f64());
    }
}

/// Waits until `mesure` reaches `seuil`.
async fn jusqu_a(seuil: u64, mesure: impl AsyncFn() -> u64) -> u64 {
    for _ in 0..3_000 {
        let valeur = mesure().await;
        if valeur >= seuil {
            return valeur;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it stays below {seuil}");
}

async fn lire(url: &str) -> String {
    client().get(url).send().await.unwrap().text().await.unwrap()
}
