//! Live events, as a browser listens to them.

use super::Site;
use super::comptes::DOSSIER;
use crate::routes::aiguillage;
use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode, header};
use backend::socle::direct;
use backend::tables::instructeur;
use domain::ids::{CompteId, DemarcheNumero, DossierNumero};
use domain::sujet::Sujet;
use futures_util::StreamExt;
use sea_orm::EntityTrait;
use std::time::Duration;
use tokio::task::JoinSet;
use tower::ServiceExt;

const SUJET: Sujet = Sujet::Dossier(DossierNumero(17_606_854));

impl Site {
    /// Carries events from the database to the streams, until what it gives is dropped.
    fn relayer(&self) -> JoinSet<()> {
        let mut taches = JoinSet::new();
        let contexte = &self.contexte;
        taches.spawn(contexte.direct.clone().relayer(contexte.base.clone()));
        taches.spawn(aiguillage::travailler(self.fenetres.clone(), contexte.clone()));
        taches
    }

    async fn annoncer(&self, sujet: Sujet) {
        let tx = self.contexte.base.ecrire().await.unwrap();
        direct::annoncer(&tx, &[sujet], self.contexte.horloge.maintenant()).await.unwrap();
        tx.valider().await.unwrap();
    }

    async fn suivre(&self, cookie: &str, sujets: &str) -> Result<Flux, StatusCode> {
        let requete = Request::get(format!("/direct?sujets={sujets}"))
            .header(header::COOKIE, cookie)
            .header(header::HOST, "site.test")
            .body(Body::empty())
            .unwrap();
        let reponse = self.routes.clone().oneshot(requete).await.unwrap();
        match reponse.status() {
            StatusCode::OK => Ok(Flux(reponse.into_body().into_data_stream())),
            refus => Err(refus),
        }
    }
}

struct Flux(BodyDataStream);

impl Flux {
    /// What comes next; `None` once the stream has ended.
    async fn suivant(&mut self) -> Option<String> {
        let morceau = self.0.next().await?.unwrap();
        Some(String::from_utf8_lossy(&morceau).into_owned())
    }

    /// The relay listens from some moment on: `redire` until something is heard.
    async fn entendre(&mut self, redire: impl AsyncFn()) -> Option<String> {
        loop {
            redire().await;
            let attente = Duration::from_millis(200);
            if let Ok(recu) = tokio::time::timeout(attente, self.suivant()).await {
                return recu;
            }
        }
    }
}

#[tokio::test]
async fn live_events_are_for_those_who_may_see_the_page() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let statut = async |cookie: &str, sujet: &str| site.suivre(cookie, sujet).await.err();
    assert_eq!(statut(&usager, "dossier:17606854").await, None);
    assert_eq!(statut(&usager, "dossier:18051790").await, Some(StatusCode::NOT_FOUND));
    assert_eq!(statut("", "dossier:17606854").await, Some(StatusCode::UNAUTHORIZED));
}

#[tokio::test]
async fn a_stream_opened_before_the_invitation_was_withdrawn_is_silent_after() {
    let site = Site::ouvrir().await;
    let (usager, jules) = (site.entrer("usager").await, site.entrer("jules.mercier").await);
    site.inviter(&usager, "jules.mercier@demo.example").await;
    let mut flux = site.suivre(&jules, "dossier:17606854,compte:5").await.unwrap();
    assert!(flux.suivant().await.unwrap().contains("bonjour"));
    let _relais = site.relayer();
    let recu = flux.entendre(async || site.annoncer(SUJET).await).await.unwrap();
    assert!(recu.contains("dossier:17606854"), "{recu}");
    let compte = async || site.annoncer(Sujet::Compte(CompteId(5))).await;
    // What was said before it was heard has come too.
    while !flux.entendre(compte).await.unwrap().contains("compte:5") {}
    let champs = [("invite", "1"), ("page", DOSSIER)];
    site.poster("/api/usager/invites/retirer", DOSSIER, &usager, &champs).await;
    site.annoncer(SUJET).await;
    for _ in 0..3 {
        let recu = flux.entendre(compte).await.unwrap();
        assert!(recu.contains("compte:5") && !recu.contains("dossier"), "{recu}");
    }
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_those_of_other_sessions_go_on() {
    let site = Site::ouvrir().await;
    let (ici, ailleurs) = (site.entrer("usager").await, site.entrer("usager").await);
    let mut finie = site.suivre(&ici, "dossier:17606854").await.unwrap();
    let mut ouverte = site.suivre(&ailleurs, "dossier:17606854").await.unwrap();
    for flux in [&mut finie, &mut ouverte] {
        assert!(flux.suivant().await.unwrap().contains("bonjour"));
    }
    let _relais = site.relayer();
    site.poster("/deconnexion", "/dossiers", &ici, &[]).await;
    // Other sessions of the account end until it is heard.
    let autre = async || {
        let entree = site.entrer("usager").await;
        site.poster("/deconnexion", "/dossiers", &entree, &[]).await;
    };
    assert_eq!(finie.entendre(autre).await, None);
    site.annoncer(SUJET).await;
    assert!(ouverte.suivant().await.unwrap().contains("dossier:17606854"));
}

#[tokio::test]
async fn whoever_left_the_groupe_hears_nothing_more_of_its_dossiers() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    let mut flux = site.suivre(&instructeur, "dossier:17606854,demarche:88454").await.unwrap();
    assert!(flux.suivant().await.unwrap().contains("bonjour"));
    let _relais = site.relayer();
    let recu = flux.entendre(async || site.annoncer(SUJET).await).await.unwrap();
    assert!(recu.contains("dossier:17606854"), "{recu}");
    let demarche = async || site.annoncer(Sujet::Demarche(DemarcheNumero(88_454))).await;
    // What was said before it was heard has come too.
    while !flux.entendre(demarche).await.unwrap().contains("demarche") {}
    let tx = site.contexte.base.ecrire().await.unwrap();
    instructeur::Entity::delete_many().exec(&tx).await.unwrap();
    tx.valider().await.unwrap();
    site.annoncer(SUJET).await;
    for _ in 0..3 {
        let recu = flux.entendre(demarche).await.unwrap();
        assert!(recu.contains("demarche") && !recu.contains("dossier"), "{recu}");
    }
}
