//! How much memory the server holds after a thousand sign-ins, right and wrong, and ten thousand pages, beside what it
//! holds after a hundred of each. Run by `bin/bench memoire`, which builds the server as in production.

#![expect(clippy::unwrap_used, reason = "a measure that can't be taken fails")]

use backend::socle::secrets::hasard::Hasard;
use chrono::{DateTime, Utc};
use epreuves::bases::{self, ADMINISTRATEUR, DEMARCHE, MOT_DE_PASSE};
use epreuves::programmes::{Programme, adresse_libre, client_sans_suite};
use reqwest::{Client, header};
use std::time::Duration;
use tokio::task::JoinSet;

/// How many of each are made first.
const PEU: usize = 100;
const CONNEXIONS: usize = 1_000;
const PAGES: usize = 10_000;
/// How many sign in at once, and how many pages are asked for at once.
const ENSEMBLE: (usize, usize) = (40, 8);
/// How long the server is left alone before it is measured.
const REPOS: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() {
    let dossier = std::env::temp_dir().join(format!("rdv-memoire-{}", Hasard::systeme().cle()));
    std::fs::create_dir_all(&dossier).unwrap();
    let base = bases::sqlite(&dossier);
    let sandbox = adresse_libre();
    let hote = format!("http://{sandbox}");
    bases::preparer(&base, &hote, 200, maintenant()).await;
    let journal = dossier.join("serveur.log");
    let serveur = Programme::serveur(adresse_libre(), &base, &sandbox, &journal).await;
    let essai = Essai { client: client_sans_suite(), site: format!("http://{}", serveur.adresse) };
    let depart = serveur.octets("VmRSS");
    essai.connexions(0, PEU).await;
    essai.pages(PEU).await;
    tokio::time::sleep(REPOS).await;
    let peu = serveur.octets("VmRSS");
    essai.connexions(PEU, CONNEXIONS).await;
    let connexions = serveur.octets("VmRSS");
    essai.pages(PAGES).await;
    tokio::time::sleep(REPOS).await;
    let beaucoup = serveur.octets("VmRSS");
    println!("at the start                                  {depart:6.1} MB");
    println!("after {PEU} sign-ins and {PEU} pages              {peu:6.1} MB");
    println!("after {CONNEXIONS} sign-ins more                    {connexions:6.1} MB");
    println!("and {PAGES} pages more                        {beaucoup:6.1} MB");
    println!("the most it ever held                         {:6.1} MB", serveur.octets("VmHWM"));
    println!("ratio                                         {:6.2}", beaucoup / peu);
    drop(serveur);
    std::fs::remove_dir_all(dossier).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "the data of a measure are of the day it is taken")]
fn maintenant() -> DateTime<Utc> {
    Utc::now()
}

#[derive(Clone)]
struct Essai {
    client: Client,
    site: String,
}

impl Essai {
    /// One right in two; each from a network of its own, so that none is slowed down.
    async fn connexions(&self, depuis: usize, combien: usize) {
        let mut mains = JoinSet::new();
        for n in depuis..depuis + combien {
            if mains.len() >= ENSEMBLE.0 {
                mains.join_next().await.unwrap().unwrap();
            }
            let essai = self.clone();
            mains.spawn(async move { essai.entrer(n).await });
        }
        mains.join_all().await;
    }

    async fn entrer(&self, n: usize) -> Option<String> {
        let juste = n.is_multiple_of(2);
        let email =
            if juste { ADMINISTRATEUR.to_owned() } else { format!("inconnu{n}@exemple.fr") };
        let reponse = self
            .client
            .post(format!("{}/connexion", self.site))
            .header("x-forwarded-for", format!("198.18.{}.{}", n / 256, n % 256))
            .form(&[("email", email.as_str()), ("password", MOT_DE_PASSE)])
            .send()
            .await
            .unwrap();
        assert_eq!(reponse.status().as_u16(), if juste { 303 } else { 401 });
        let cookie = reponse.headers().get(header::SET_COOKIE)?.to_str().unwrap();
        cookie.split(';').next().map(str::to_owned)
    }

    async fn pages(&self, combien: usize) {
        let cookie = self.entrer(1_000_000).await.unwrap();
        let chemins = [
            "/connexion".to_owned(),
            "/instructeur/demarches".to_owned(),
            format!("/instructeur/demarches/{DEMARCHE}"),
            format!("/instructeur/dossiers/{}/demande", bases::numero(7)),
            format!("/instructeur/dossiers/{}/messagerie", bases::numero(8)),
        ];
        let mut mains = JoinSet::new();
        for n in 0..combien {
            if mains.len() >= ENSEMBLE.1 {
                mains.join_next().await.unwrap().unwrap();
            }
            let url = format!("{}{}", self.site, chemins[n % chemins.len()]);
            let requete = self.client.get(url).header(header::COOKIE, &cookie);
            mains.spawn(async move {
                let reponse = requete.send().await.unwrap();
                assert!(reponse.status().is_success() || reponse.status().is_redirection());
                reponse.bytes().await.unwrap();
            });
        }
        mains.join_all().await;
    }
}
