//! RDV Service Public, in a story: the sandbox, started within the test, with the time of the story.

use crate::outils::monde::{DEMARCHE, Monde};
use backend::plateforme::client::oauth::ReglageOauth;
use backend::plateforme::client::{Client, Patience};
use backend::plateforme::comptes_rdv::{self, Retour};
use backend::rendez_vous::tuile_rdv::{self, Demande};
use backend::socle::secrets::hasard::Hasard;
use domain::role::Acteur;
use domain::visio::Origine;
use sandbox::embedded::{Builder, Embedded};
use std::sync::Arc;
use url::Url;

/// The token of the session of whoever connects an account.
pub const SESSION: &str = "jeton-de-session";

pub struct Plateforme {
    pub site: Url,
    /// What is so there, what was asked, and how it fails.
    pub bac: Embedded,
}

impl Plateforme {
    /// Starts it; the world uses it from now on, its agenda first.
    pub async fn ouvrir(monde: &mut Monde) -> Self {
        let retour = Url::parse("https://demarches.example/rdv-service-public/retour").unwrap();
        let horloge = monde.contexte.horloge.clone();
        let bac = Builder::default()
            .clock(move || horloge.maintenant())
            .application("id", "secret", &retour)
            .start()
            .await
            .unwrap();
        let plateforme = Self { site: bac.url.clone(), bac };
        plateforme.servir(monde, retour).await;
        plateforme
    }

    pub fn agenda(&self) -> String {
        format!("{}org/100/demarches-simplifiees", self.site)
    }

    pub fn hote(&self) -> String {
        self.site.origin().ascii_serialization()
    }

    async fn servir(&self, monde: &mut Monde, retour: Url) {
        let origine = Origine::de(&self.site).unwrap();
        let mut reglages = (*monde.contexte.outils.reglages).clone();
        reglages.hotes_rdv.push(origine.clone());
        reglages.plateforme = self.site.clone();
        reglages.oauth = Some(ReglageOauth {
            site: self.site.clone(),
            id: "id".to_owned(),
            secret: "secret".to_owned(),
            retour,
        });
        monde.contexte.outils.reglages = Arc::new(reglages);
        let patience = Patience { essais: 1, ..Patience::default() };
        let (hasard, horloge) = (Hasard::graine(9), monde.contexte.horloge.clone());
        let locales = [origine.clone()];
        let client = Client::new(vec![origine], &locales, patience, hasard, horloge).unwrap();
        monde.contexte.client = client;
        let demande = Demande { active: true, url_agenda: self.agenda() };
        monde
            .changer(&monde.admin, async |c| tuile_rdv::enregistrer(c, DEMARCHE, &demande).await)
            .await
            .unwrap();
    }

    /// Somebody connects their account.
    pub async fn connecter(&self, monde: &Monde, qui: &Acteur) {
        let depart = partir(monde, qui).await.unwrap();
        let retour = self.bac.agree(&depart).await.unwrap();
        let (etat, code) = (champ(&retour, "state"), champ(&retour, "code"));
        let retour = Retour { session: SESSION, etat: &etat, code: Some(&code) };
        assert_eq!(comptes_rdv::terminer(&monde.contexte, qui, &retour).await.unwrap(), "/ici");
    }
}

/// Somebody leaves for the platform; gives the page where they say yes.
pub async fn partir(monde: &Monde, qui: &Acteur) -> Result<Url, backend::Echec> {
    monde.changer(qui, async |c| comptes_rdv::commencer(c, SESSION, "/ici").await).await
}

/// What an address says under this name.
pub fn champ(url: &Url, nom: &str) -> String {
    url.query_pairs().find(|(connu, _)| connu == nom).unwrap().1.into_owned()
}
