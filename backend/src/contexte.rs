//! What the process shares between requests and workers.

use crate::acces::frequentation::Frequentation;
use crate::acces::identites::Identites;
use crate::acces::mots_de_passe::Hacheur;
use crate::acces::tentatives::Tentatives;
use crate::demarches_simplifiees::client::Plateformes;
use crate::dossier::consultations::tampon::{Objet, Tampon, Vue};
use crate::plateforme::client::Client;
use crate::rendez_vous::arrivee::guichet::Guichet;
use crate::socle::base::Base;
use crate::socle::changement::Changement;
use crate::socle::direct::Direct;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::temps::Horloge;
use domain::consultation::Acte;
use domain::role::Acteur;

/// What signing in needs, and keeps in the memory of the process.
#[derive(Debug, Clone, Default)]
pub struct Acces {
    /// Hashes passwords.
    pub hacheur: Hacheur,
    /// Tries that are slowed down.
    pub tentatives: Tentatives,
    /// The platforms of the State by which one may sign in.
    pub identites: Identites,
    /// Sessions that were seen.
    pub frequentation: Frequentation,
    /// Dossiers that were looked at.
    pub consultations: Tampon,
}

/// All of it.
#[derive(Debug, Clone)]
pub struct Contexte {
    /// The database.
    pub base: Base,
    /// The clock.
    pub horloge: Horloge,
    /// Secrets, randomness, settings.
    pub outils: Outils,
    /// Live events.
    pub direct: Direct,
    /// The way out to RDV Service Public.
    pub client: Client,
    /// Platforms whose démarches are joined to ours, and the way out to them.
    pub plateformes: Plateformes,
    /// Where webhooks are received.
    pub guichet: Guichet,
    /// Who signs in.
    pub acces: Acces,
}

impl Contexte {
    /// Begins a change in the name of `acteur`, now: for whoever may leave it without committing.
    ///
    /// # Errors
    /// No connection could be had.
    pub async fn commencer<'a>(&'a self, acteur: &'a Acteur) -> Result<Changement<'a>, Echec> {
        Ok(Changement {
            tx: self.base.ecrire().await?,
            acteur,
            outils: &self.outils,
            maintenant: self.horloge.maintenant(),
        })
    }

    /// Notes that `acteur` looked at something, as one of its instructeurs, for the journal of those who do. Waits for nothing.
    pub fn consulter(&self, acteur: &Acteur, acte: Acte, objet: Objet) {
        let (compte, le) = (acteur.compte, self.horloge.maintenant());
        self.acces.consultations.noter(Vue { compte, objet, acte, le });
    }

    /// Makes a change in the name of `acteur` in one transaction, and gives back what `change` gives. Nothing is kept of
    /// a change that failed.
    ///
    /// # Errors
    /// `change` refused, or the database failed.
    pub async fn changer<T>(
        &self,
        acteur: &Acteur,
        change: impl AsyncFnOnce(&Changement<'_>) -> Result<T, Echec>,
    ) -> Result<T, Echec> {
        let changement = self.commencer(acteur).await?;
        let fait = change(&changement).await?;
        changement.valider().await?;
        Ok(fait)
    }
}
