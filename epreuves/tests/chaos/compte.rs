//! The administrateur, in front of the application's own pages: connects their account, asks for a comparison.

use crate::plateforme::Plateforme;
use epreuves::bases::{ADMINISTRATEUR, DEMARCHE, MOT_DE_PASSE};
use epreuves::programmes::client_sans_suite;
use reqwest::{Client, Response, header};
use url::Url;

pub struct Compte {
    client: Client,
    /// `http://127.0.0.1:port`
    serveur: String,
    cookie: String,
}

impl Compte {
    /// Signs in.
    pub async fn entrer(serveur: &str) -> Self {
        let (client, serveur) = (client_sans_suite(), format!("http://{serveur}"));
        let identifiants = [("email", ADMINISTRATEUR), ("password", MOT_DE_PASSE)];
        let requete = client.post(format!("{serveur}/connexion")).form(&identifiants);
        let reponse = requete.send().await.unwrap();
        assert!(reponse.status().is_redirection(), "{}", reponse.status());
        let cookie = reponse.headers()[header::SET_COOKIE].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Self { client, serveur, cookie }
    }

    /// « Connecter mon compte », there and back.
    pub async fn connecter(&self, plateforme: &Plateforme) {
        let depart = format!("{}/rdv-service-public/connecter", self.serveur);
        let demande = suite(&self.aller(&depart).await);
        let retour = plateforme.accepter(&demande.parse().unwrap()).await;
        let arrivee = suite(&self.aller(retour.as_str()).await);
        assert!(arrivee.starts_with("/rdv-service-public"), "{arrivee}");
    }

    async fn aller(&self, url: &str) -> Response {
        let url: Url = url.parse().unwrap();
        self.client.get(url).header(header::COOKIE, &self.cookie).send().await.unwrap()
    }

    /// « Synchroniser ».
    pub async fn synchroniser(&self) {
        let url = format!("{}/api/admin/rdv/synchroniser", self.serveur);
        let formulaire = [("demarche", DEMARCHE.to_string())];
        let requete = self.client.post(url).header(header::COOKIE, &self.cookie).form(&formulaire);
        let statut = requete.send().await.unwrap().status();
        assert!(statut.is_success() || statut.is_redirection(), "{statut}");
    }
}

/// Where an answer leads.
fn suite(reponse: &Response) -> String {
    let suite = reponse.headers().get(header::LOCATION);
    let suite = suite.unwrap_or_else(|| panic!("{} leads nowhere", reponse.status()));
    suite.to_str().unwrap().to_owned()
}
