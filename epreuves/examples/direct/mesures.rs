//! What is measured on a database, one thing after the other.

use crate::donnees::{AUTRES, DOSSIER, Gens, INVITES, Personne};
use crate::fenetres::{self, Demande, Fenetres};
use backend::socle::secrets::hasard::Hasard;
use domain::ids::DossierNumero;
use epreuves::appels::{self, Agent};
use epreuves::programmes::Programme;
use std::ops::Range;
use std::time::Duration;
use tokio::time::sleep;

/// How many idle windows the memory is measured with.
pub const OISIVES: usize = 2_000;
/// How many are open when few of them show the dossier.
pub const OUVERTES: usize = AUTRES + INVITES;
/// How many show the dossier in the end.
pub const TOUTES: usize = 2_000;

/// How many gestures are measured when few windows show the dossier, and when all do.
const GESTES: (usize, usize) = (40, 20);
/// How many windows, and gestures, come first: they open files and connections.
const CHAUFFE: (usize, usize) = (200, 3);
/// How long between two gestures.
const PAUSE: Duration = Duration::from_millis(300);
/// How long servers are left alone: each stream has been told once that it is still there.
const REPOS: Duration = Duration::from_secs(20);

/// Times are in order, in milliseconds: one for each window and each gesture.
#[derive(Debug)]
pub struct Mesures {
    /// What an idle window takes of the memory of the servers, in thousands of octets.
    pub memoire: f64,
    /// Of the few that show the dossier, among [`OUVERTES`].
    pub quelques_unes: Vec<f64>,
    /// Of the same, beside as many that never read.
    pub avec_des_muettes: Vec<f64>,
    /// Of [`TOUTES`], and no other window is open.
    pub toutes: Vec<f64>,
}

/// What it takes to measure.
pub struct Essai<'a> {
    serveurs: &'a [Programme],
    gens: &'a Gens,
    agent: Agent,
}

impl<'a> Essai<'a> {
    /// Whoever makes the gestures signs in on the first of `serveurs`, and stays there.
    pub async fn preparer(serveurs: &'a [Programme], gens: &'a Gens) -> Self {
        let agent = Agent::entrer(vec![format!("http://{}", serveurs[0].adresse)]).await;
        Self { serveurs, gens, agent }
    }

    /// All of it, within the quarter of an hour after which a server has windows connect again.
    pub async fn mesurer(&self) -> Mesures {
        let (memoire, oisives) = self.mesurer_la_memoire().await;
        let autres = Fenetres::ouvrir(&self.chez_eux(CHAUFFE.0 + OISIVES..AUTRES)).await;
        let mut devant = Fenetres::ouvrir(&self.devant_le_dossier(INVITES)).await;
        let quelques_unes = self.ecrire(GESTES.0, &mut devant).await;
        let muettes = fenetres::ouvrir_muettes(&self.devant_le_dossier(INVITES)).await;
        // Until their sockets are full.
        sleep(REPOS).await;
        let avec_des_muettes = self.ecrire(GESTES.0, &mut devant).await;
        drop(muettes);
        for fenetres in oisives.into_iter().chain([autres, devant]) {
            fenetres.fermer();
        }
        sleep(REPOS).await;
        let mut devant = Fenetres::ouvrir(&self.devant_le_dossier(TOUTES)).await;
        let toutes = self.ecrire(GESTES.1, &mut devant).await;
        devant.fermer();
        Mesures { memoire, quelques_unes, avec_des_muettes, toutes }
    }

    /// What an idle window takes; and those that were opened for it.
    async fn mesurer_la_memoire(&self) -> (f64, [Fenetres; 2]) {
        // They stay open: of the room that they gave back, others would be made for nothing.
        let premieres = Fenetres::ouvrir(&self.chez_eux(0..CHAUFFE.0)).await;
        sleep(REPOS).await;
        let avant = self.octets();
        let oisives = Fenetres::ouvrir(&self.chez_eux(CHAUFFE.0..CHAUFFE.0 + OISIVES)).await;
        sleep(REPOS).await;
        ((self.octets() - avant) * 1_000.0 / OISIVES as f64, [premieres, oisives])
    }

    /// The memory of all servers, in millions of octets.
    fn octets(&self) -> f64 {
        self.serveurs.iter().map(|serveur| serveur.octets("VmRSS")).sum()
    }

    /// Writes so many messages to the person of the dossier; gives after how long `devant` had read of each.
    async fn ecrire(&self, combien: usize, devant: &mut Fenetres) -> Vec<f64> {
        let mut temps = Vec::new();
        for rang in 0..CHAUFFE.1 + combien {
            sleep(PAUSE).await;
            let lus = devant.entendre(self.ecrire_un_message()).await;
            if rang >= CHAUFFE.1 {
                temps.extend(lus);
            }
        }
        temps.sort_by(f64::total_cmp);
        temps
    }

    /// « Envoyer le message ».
    async fn ecrire_un_message(&self) {
        let champs = [
            ("dossier", DOSSIER.to_string()),
            ("corps", "Un mot sur votre dossier.".to_owned()),
            ("cle", Hasard::systeme().cle()),
        ];
        appels::reussi(&self.agent.poster("/api/instructeur/ecrire", &champs).await);
    }

    /// Windows of people who have nothing to do with the dossier, each on their own.
    fn chez_eux(&self, rangs: Range<usize>) -> Vec<Demande> {
        self.repartir(self.gens.autres[rangs].iter().map(|qui| (qui, qui.dossier)))
    }

    /// So many windows on the dossier, of all the people invited.
    fn devant_le_dossier(&self, combien: usize) -> Vec<Demande> {
        let invites = self.gens.invites.iter().cycle().take(combien);
        self.repartir(invites.map(|qui| (qui, DOSSIER)))
    }

    /// Each on the next server.
    fn repartir<'b>(
        &self,
        fenetres: impl Iterator<Item = (&'b Personne, DossierNumero)>,
    ) -> Vec<Demande> {
        fenetres
            .zip(self.serveurs.iter().cycle())
            .map(|((qui, dossier), serveur)| Demande::new(&serveur.adresse, qui, dossier))
            .collect()
    }
}
