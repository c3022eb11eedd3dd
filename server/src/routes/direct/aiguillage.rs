//! From what changed to the windows that show it: rights are asked once an event, for all of them together.

use super::fenetres::{Fenetre, Fenetres};
use super::file::Fin;
use backend::acces::veilles;
use backend::socle::direct::Annonce;
use backend::{Contexte, Echec};
use domain::ids::{CompteId, DossierNumero};
use domain::sujet::Sujet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

/// How often the sessions that are over by themselves are looked for.
const RONDE: Duration = Duration::from_secs(60);

/// Gives to each window what changed of what it shows, for ever.
pub async fn travailler(fenetres: Fenetres, contexte: Contexte) {
    let aiguillage = Aiguillage { fenetres, contexte };
    let mut ecoute = aiguillage.contexte.direct.ecouter();
    let mut ronde = interval_at(Instant::now() + RONDE, RONDE);
    ronde.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            recu = ecoute.recv() => match recu {
                Ok(annonce) => {
                    for annonce in avec_les_suivantes(annonce, &mut ecoute) {
                        aiguillage.annoncer(annonce).await;
                    }
                }
                Err(RecvError::Lagged(_)) => {
                    aiguillage.fenetres.toutes().iter().for_each(|fenetre| fenetre.file.tout());
                }
                Err(RecvError::Closed) => return,
            },
            _ = ronde.tick() => aiguillage.fermer_les_finies(aiguillage.fenetres.toutes()).await,
        }
    }
}

/// What has already come after `premiere`, with it: each topic once, under its last number.
fn avec_les_suivantes(premiere: Annonce, ecoute: &mut Receiver<Annonce>) -> Vec<Annonce> {
    let mut dernieres = BTreeMap::from([(premiere.sujet, premiere.id)]);
    while let Ok(Annonce { id, sujet }) = ecoute.try_recv() {
        let dernier = dernieres.entry(sujet).or_insert(id);
        *dernier = id.max(*dernier);
    }
    let mut annonces: Vec<Annonce> =
        dernieres.into_iter().map(|(sujet, id)| Annonce { id, sujet }).collect();
    annonces.sort_unstable_by_key(|annonce| annonce.id);
    annonces
}

struct Aiguillage {
    fenetres: Fenetres,
    contexte: Contexte,
}

impl Aiguillage {
    async fn annoncer(&self, annonce: Annonce) {
        if let Sujet::Compte(compte) = annonce.sujet {
            // It may be that they signed out, or chose another password.
            self.fermer_les_finies(self.fenetres.de(compte)).await;
        }
        let fenetres = self.fenetres.sur(annonce.sujet);
        if fenetres.is_empty() {
            return;
        }
        let permis = match annonce.sujet {
            Sujet::Dossier(numero) => self.qui_voit(numero, &fenetres).await,
            Sujet::Demarche(_) | Sujet::Compte(_) => None,
        };
        for fenetre in fenetres {
            if permis.as_ref().is_none_or(|permis| permis.contains(&fenetre.compte)) {
                fenetre.file.deposer(annonce);
            }
        }
    }

    /// Those who may still see a dossier, or `None` for all: should the database fail, an event goes through, for it only
    /// has the page read again, which checks.
    async fn qui_voit(
        &self,
        numero: DossierNumero,
        fenetres: &[Arc<Fenetre>],
    ) -> Option<BTreeSet<CompteId>> {
        let comptes = fenetres.iter().map(|fenetre| fenetre.compte).collect();
        match veilles::voient(self.contexte.base.lire(), numero, &comptes).await {
            Ok(permis) => Some(permis),
            Err(erreur) => {
                tracing::warn!(%erreur, "who may see a dossier could not be read");
                None
            }
        }
    }

    /// Closes those of `fenetres` whose session is over.
    async fn fermer_les_finies(&self, fenetres: Vec<Arc<Fenetre>>) {
        if fenetres.is_empty() {
            return;
        }
        match self.sessions_ouvertes(&fenetres).await {
            Ok(ouvertes) => fenetres
                .iter()
                .filter(|fenetre| !ouvertes.contains(&fenetre.session))
                .for_each(|fenetre| fenetre.file.finir(Fin::Session)),
            Err(erreur) => tracing::warn!(%erreur, "open sessions could not be read"),
        }
    }

    async fn sessions_ouvertes(
        &self,
        fenetres: &[Arc<Fenetre>],
    ) -> Result<BTreeSet<String>, Echec> {
        let empreintes = fenetres.iter().map(|fenetre| fenetre.session.clone()).collect();
        let maintenant = self.contexte.horloge.maintenant();
        veilles::sessions_ouvertes(self.contexte.base.lire(), &empreintes, maintenant).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::broadcast;

    #[test]
    fn changes_that_come_together_are_one_for_each_topic() {
        let [un, deux] = [1, 2].map(|n| Sujet::Dossier(DossierNumero(n)));
        let (dire, mut ecoute) = broadcast::channel(10);
        for (id, sujet) in [(2, un), (3, deux), (4, un)] {
            dire.send(Annonce { id, sujet }).unwrap();
        }
        let premiere = Annonce { id: 1, sujet: un };
        let attendues = [(3, deux), (4, un)].map(|(id, sujet)| Annonce { id, sujet });
        assert_eq!(avec_les_suivantes(premiere, &mut ecoute), attendues);
        assert_eq!(avec_les_suivantes(premiere, &mut ecoute), [premiere]);
    }
}
