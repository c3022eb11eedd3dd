//! The conversation with the mail server, step by step: what a refusal is about is known by the step at which it comes,
//! and no step lasts for ever.
//!
//! lettre speaks, we lead: its own transport waits for ever for a server that says nothing more, and keeps the connection
//! of a sending that was given up, whose late answer the next mail would take for its own (docs/decisions).

use super::serveur::{Chiffrement, Panne, ServeurCourriel};
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::DEFAULT_MECHANISMS;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::timeout;

/// How long is waited for a mail server at each step.
#[derive(Debug, Clone, Copy)]
pub struct Delais {
    /// Until mails can be given: name, connection, encryption, login.
    pub ouverture: Duration,
    /// For each answer before the mail is given. Some servers think for half a minute on purpose.
    pub reponse: Duration,
    /// For the mail to be taken. What it answers too late is sent twice: RFC 5321 (4.5.3.2.6) asks for ten minutes.
    pub remise: Duration,
}

impl Default for Delais {
    fn default() -> Self {
        Self {
            ouverture: Duration::from_secs(60),
            reponse: Duration::from_secs(120),
            remise: Duration::from_secs(600),
        }
    }
}

/// How far a sending had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Etape {
    /// Reaching the server: nothing was said of the mail yet.
    Ouverture,
    /// Who writes.
    Expediteur,
    /// To whom.
    Destinataire,
    /// The mail itself.
    Contenu,
}

/// Why a sending stopped there.
#[derive(Debug)]
pub(super) enum Cause {
    /// An answer, or the network.
    Dite(Error),
    /// Nothing was answered in time.
    Silence,
}

/// Where a sending stopped, and why.
#[derive(Debug)]
pub(super) struct Arret {
    pub(super) etape: Etape,
    pub(super) cause: Cause,
}

impl Arret {
    /// What it comes from, whatever the step.
    pub(super) fn panne(&self) -> Panne {
        match &self.cause {
            Cause::Dite(erreur) => Panne::de(erreur),
            Cause::Silence => Panne::Silence,
        }
    }
}

/// The way to one mail server. A connection is kept from one mail to the next, until [`Liaison::raccrocher`].
#[derive(Clone)]
pub struct Liaison {
    serveur: Arc<ServeurCourriel>,
    chiffrement: Chiffrement,
    delais: Delais,
    ouverte: Arc<Mutex<Option<AsyncSmtpConnection>>>,
}

impl Liaison {
    pub(super) fn new(serveur: ServeurCourriel, chiffrement: Chiffrement, delais: Delais) -> Self {
        Self { serveur: Arc::new(serveur), chiffrement, delais, ouverte: Arc::default() }
    }

    /// The server, and who writes by it.
    pub(super) fn serveur(&self) -> &ServeurCourriel {
        &self.serveur
    }

    fn prendre(&self) -> Option<AsyncSmtpConnection> {
        self.ouverte.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Takes leave of the server, if it is on the line.
    pub(super) async fn raccrocher(&self) {
        if let Some(ouverte) = self.prendre() {
            self.quitter(ouverte).await;
        }
    }

    async fn quitter(&self, mut ouverte: AsyncSmtpConnection) {
        // The answer does not matter.
        let _ = timeout(Duration::from_secs(2), ouverte.abort()).await;
    }

    /// Reaches the server and says who one is, without sending anything.
    pub(super) async fn essayer(&self) -> Result<(), Panne> {
        let ouverte = self.ouvrir().await.map_err(|arret| arret.panne())?;
        self.quitter(ouverte).await;
        Ok(())
    }

    /// Gives `octets` to the server, from `de` to `a`.
    pub(super) async fn remettre(
        &self,
        de: &Address,
        a: &Address,
        octets: &[u8],
    ) -> Result<(), Arret> {
        if let Some(gardee) = self.prendre() {
            match self.converser(gardee, de, a, octets).await {
                // It had hung up since, or has had enough of this connection.
                Err(Arret { etape: Etape::Expediteur, .. }) => {}
                dit => return dit,
            }
        }
        let neuve = self.ouvrir().await?;
        self.converser(neuve, de, a, octets).await
    }

    async fn converser(
        &self,
        mut liaison: AsyncSmtpConnection,
        de: &Address,
        a: &Address,
        octets: &[u8],
    ) -> Result<(), Arret> {
        match self.donner(&mut liaison, de, a, octets).await {
            Ok(()) => {
                *self.ouverte.lock().unwrap_or_else(PoisonError::into_inner) = Some(liaison);
                Ok(())
            }
            Err(arret) => {
                // Whoever was silent would answer « QUIT » with what was asked before.
                if matches!(&arret.cause, Cause::Dite(erreur) if erreur.status().is_some()) {
                    self.quitter(liaison).await;
                }
                Err(arret)
            }
        }
    }

    async fn donner(
        &self,
        liaison: &mut AsyncSmtpConnection,
        de: &Address,
        a: &Address,
        octets: &[u8],
    ) -> Result<(), Arret> {
        let Delais { reponse, remise, .. } = self.delais;
        let mail = Mail::new(Some(de.clone()), vec![]);
        a_temps(Etape::Expediteur, reponse, liaison.command(mail)).await?;
        let rcpt = Rcpt::new(a.clone(), vec![]);
        a_temps(Etape::Destinataire, reponse, liaison.command(rcpt)).await?;
        a_temps(Etape::Contenu, reponse, liaison.command(Data)).await?;
        a_temps(Etape::Contenu, remise, liaison.message(octets)).await?;
        Ok(())
    }

    async fn ouvrir(&self) -> Result<AsyncSmtpConnection, Arret> {
        a_temps(Etape::Ouverture, self.delais.ouverture, self.joindre()).await
    }

    async fn joindre(&self) -> Result<AsyncSmtpConnection, Error> {
        let serveur = &self.serveur;
        let nom = serveur.nom_d_ici().map_or_else(ClientId::default, ClientId::Domain);
        let (d_emblee, ensuite) = match &self.chiffrement {
            Chiffrement::DEmblee(tls) => (Some(tls.clone()), None),
            Chiffrement::Exige(tls) | Chiffrement::Propose(tls) => (None, Some(tls.clone())),
            Chiffrement::Aucun => (None, None),
        };
        let adresse = (serveur.hote(), serveur.port());
        let delai = Some(self.delais.ouverture);
        let mut liaison =
            AsyncSmtpConnection::connect_tokio1(adresse, delai, &nom, d_emblee, None).await?;
        let exige = matches!(self.chiffrement, Chiffrement::Exige(_));
        if let Some(tls) = ensuite.filter(|_| exige || liaison.can_starttls()) {
            liaison.starttls(tls, &nom).await?;
        }
        if let Some(identifiants) = serveur.identifiants() {
            liaison.auth(DEFAULT_MECHANISMS, identifiants).await?;
        }
        Ok(liaison)
    }
}

async fn a_temps<T>(
    etape: Etape,
    delai: Duration,
    fait: impl Future<Output = Result<T, Error>>,
) -> Result<T, Arret> {
    let cause = match timeout(delai, fait).await {
        Ok(Ok(fait)) => return Ok(fait),
        Ok(Err(erreur)) => Cause::Dite(erreur),
        Err(_) => Cause::Silence,
    };
    Err(Arret { etape, cause })
}
