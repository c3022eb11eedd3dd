//! A platform that misbehaves, on this machine; the clock of waits is paused, so that nothing is waited for.

use super::adresses::litterale_admise;
use super::api::{Api, FiltreRdv};
use super::oauth::ReglageOauth;
use super::sortie::{Mandataire, Reseau, Sortie};
use super::{Client, Patience};
use crate::socle::secrets::hasard::Hasard;
use crate::socle::temps::Horloge;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeZone, Utc};
use domain::ids::{OrganisationId, RdvId, RdvUserId};
use domain::plateforme::ErreurPlateforme;
use domain::visio::Origine;
use sandbox::embedded::{AGENT, Builder, Embedded, ORGANISATION};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use url::Url;

/// The platform, and the seconds that passed since [`depart`].
struct Fausse {
    site: Url,
    bac: Embedded,
    secondes: Arc<AtomicI64>,
}

fn depart() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2024, 5, 27, 14, 0, 0).unwrap()
}

fn reglage(site: &Url) -> ReglageOauth {
    ReglageOauth {
        site: site.clone(),
        id: "id".to_owned(),
        secret: "secret".to_owned(),
        retour: Url::parse("https://demarches.example/rdv-service-public/retour").unwrap(),
    }
}

impl Fausse {
    async fn ouvrir(comme: Builder) -> Self {
        let bac = comme.start().await.unwrap();
        Self { site: bac.url.clone(), bac, secondes: Arc::default() }
    }

    /// It answers each request as `repondre` says, given how many came before it.
    async fn qui_ment<F>(repondre: impl Fn(u32, Request) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Response> + Send + 'static,
    {
        Self::ouvrir(Builder::default().lying(repondre)).await
    }

    /// It answers as it should. Gives it with its API in the name of an agent.
    async fn juste() -> (Self, Api) {
        let retour = reglage(&Url::parse("http://localhost").unwrap()).retour;
        let comme = Builder::default().clock(depart).application("id", "secret", &retour);
        let fausse = Self::ouvrir(comme).await;
        let reglage = reglage(&fausse.site);
        let accord = fausse.bac.agree(&reglage.autorisation("etat", "verificateur")).await.unwrap();
        let code = accord.query_pairs().find(|(nom, _)| nom == "code").unwrap().1.into_owned();
        let client = fausse.client();
        let jetons = client.jetons_du_code(&reglage, &code, "verificateur").await.unwrap();
        let api = Api::new(client, fausse.site.clone(), jetons.acces);
        (fausse, api)
    }

    fn client(&self) -> Client {
        let origine = Origine::de(&self.site).unwrap();
        let secondes = Arc::clone(&self.secondes);
        let horloge = Horloge::new(move || {
            depart() + chrono::Duration::seconds(secondes.load(Ordering::SeqCst))
        });
        let patience = Patience { taille_max: 50_000, ..Patience::default() };
        let locales = std::slice::from_ref(&origine);
        Client::new(vec![origine.clone()], locales, patience, Hasard::graine(1), horloge).unwrap()
    }

    fn api(&self) -> Api {
        Api::new(self.client(), self.site.clone(), "jeton-secret".to_owned())
    }

    fn demandes(&self) -> usize {
        self.bac.heard().len()
    }
}

fn agent() -> Response {
    axum::Json(json!({"agent": {"id": 7, "email": "a@b.fr"}})).into_response()
}

async fn moi(fausse: &Fausse) -> Result<i64, ErreurPlateforme> {
    fausse.api().moi().await.map(|agent| agent.id)
}

#[tokio::test(start_paused = true)]
async fn a_site_that_never_answers_is_given_up() {
    let fausse = Fausse::qui_ment(async |_, _| std::future::pending().await).await;
    let debut = tokio::time::Instant::now();
    assert_eq!(moi(&fausse).await, Err(ErreurPlateforme::Injoignable));
    assert!(debut.elapsed() < std::time::Duration::from_secs(60), "{:?}", debut.elapsed());
    assert_eq!(fausse.demandes(), 3, "a read is tried again");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_ends_is_not_read() {
    let fausse = Fausse::qui_ment(async |_, _| {
        let morceaux = futures_infinis();
        Response::new(Body::from_stream(morceaux))
    })
    .await;
    assert_eq!(moi(&fausse).await, Err(ErreurPlateforme::ReponseIllisible));
    assert_eq!(fausse.demandes(), 1);
}

fn futures_infinis() -> impl futures_util::Stream<Item = Result<Vec<u8>, std::io::Error>> {
    futures_util::stream::repeat_with(|| Ok(vec![b' '; 8_192]))
}

#[tokio::test(start_paused = true)]
async fn a_passing_failure_is_not_seen() {
    let fausse = Fausse::qui_ment(async |avant, _| match avant {
        0 => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        1 => (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "2")]).into_response(),
        _ => agent(),
    })
    .await;
    let debut = tokio::time::Instant::now();
    assert_eq!(moi(&fausse).await, Ok(7));
    assert!(debut.elapsed() >= std::time::Duration::from_secs(2), "Retry-After is respected");
}

#[tokio::test(start_paused = true)]
async fn a_long_limit_is_told_instead_of_waited_for() {
    let fausse = Fausse::qui_ment(async |_, _| {
        (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "600")]).into_response()
    })
    .await;
    let jusqu_a = depart() + chrono::Duration::seconds(600);
    assert_eq!(moi(&fausse).await, Err(ErreurPlateforme::LimiteJusqua(jusqu_a)));
    assert_eq!(fausse.demandes(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_must_be_done_once_is_asked_once() {
    let fausse =
        Fausse::qui_ment(async |_, _| StatusCode::INTERNAL_SERVER_ERROR.into_response()).await;
    let personne = super::api::NouvellePersonne {
        first_name: "A".to_owned(),
        last_name: "B".to_owned(),
        email: "a@b.fr".to_owned(),
    };
    let cree = fausse.api().creer_personne(OrganisationId(100), &personne).await;
    assert_eq!(cree, Err(ErreurPlateforme::EnPanne));
    assert_eq!(fausse.demandes(), 1);
}

#[tokio::test(start_paused = true)]
async fn each_refusal_keeps_its_meaning() {
    let invalide = json!({"errors": {}, "error_messages": ["Le nom doit être rempli."]});
    for (statut, corps, attendu) in [
        (401, json!({}), ErreurPlateforme::NonAutorise),
        (403, json!({}), ErreurPlateforme::Refuse),
        (404, json!({}), ErreurPlateforme::Introuvable),
        (422, invalide, ErreurPlateforme::Invalide("Le nom doit être rempli".to_owned())),
        (400, json!({"error": "invalid_grant"}), ErreurPlateforme::NonAutorise),
        (401, json!({"error": "invalid_client"}), ErreurPlateforme::Refuse),
        (200, json!({"autre": {}}), ErreurPlateforme::ReponseIllisible),
        (302, json!({"agent": {"id": 7}}), ErreurPlateforme::ReponseIllisible),
    ] {
        let fausse = Fausse::qui_ment(move |_, _| {
            let corps = corps.clone();
            async move {
                let statut = StatusCode::from_u16(statut).unwrap();
                let ailleurs = [(header::LOCATION, "http://169.254.169.254/")];
                (statut, ailleurs, axum::Json(corps)).into_response()
            }
        })
        .await;
        assert_eq!(moi(&fausse).await, Err(attendu.clone()), "{statut}");
        assert_eq!(fausse.demandes(), 1, "{statut} {attendu:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_of_html_is_no_answer() {
    for corps in ["<html>Maintenance</html>", "{\"agent\": {\"id\": 7", "[]", ""] {
        let fausse = Fausse::qui_ment(async move |_, _| corps.into_response()).await;
        assert_eq!(moi(&fausse).await, Err(ErreurPlateforme::ReponseIllisible), "{corps}");
    }
}

#[tokio::test(start_paused = true)]
async fn only_the_sites_of_the_list_are_asked() {
    let fausse = Fausse::qui_ment(async |_, _| agent()).await;
    let autre = Fausse::qui_ment(async |_, _| agent()).await;
    let client = fausse.client();
    let mut avec_identifiant = fausse.site.clone();
    avec_identifiant.set_username("x").unwrap();
    for site in [autre.site.clone(), Url::parse("https://exemple.org").unwrap(), avec_identifiant] {
        let api = Api::new(client.clone(), site.clone(), "jeton".to_owned());
        assert_eq!(api.moi().await.unwrap_err(), ErreurPlateforme::AdresseInterdite, "{site}");
    }
    assert_eq!((fausse.demandes(), autre.demandes()), (0, 0));
}

#[tokio::test]
async fn an_accepted_name_that_leads_to_this_machine_is_not_asked() {
    let fausse = Fausse::qui_ment(async |_, _| agent()).await;
    let port = fausse.site.port().unwrap();
    for hote in ["localhost", "127.0.0.1", "[::1]"] {
        let site = Url::parse(&format!("http://{hote}:{port}")).unwrap();
        let origines = vec![Origine::de(&site).unwrap()];
        let horloge = Horloge::fixe(depart());
        let patience = Patience { essais: 1, ..Patience::default() };
        let client = Client::new(origines, &[], patience, Hasard::graine(1), horloge).unwrap();
        let api = Api::new(client, site, "jeton".to_owned());
        assert!(api.moi().await.is_err(), "{hote}");
    }
    assert_eq!(fausse.demandes(), 0);
}

/// A site of `https` that only a proxy reaches, and what the proxy was asked.
async fn par_un_mandataire(site: &str, sauf: &str) -> Option<String> {
    let ecoute = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let adresse = format!("http://agent:secret@{}", ecoute.local_addr().unwrap());
    let entendu = tokio::spawn(async move {
        let (mut flux, _) = ecoute.accept().await.unwrap();
        let mut octets = vec![0; 2_000];
        let lus = flux.read(&mut octets).await.unwrap();
        String::from_utf8_lossy(&octets[..lus]).into_owned()
    });
    let site = Url::parse(site).unwrap();
    let mandataire = Mandataire::lire(&adresse, sauf);
    let sortie = Sortie { mandataire, ..Sortie::default() };
    let origines = vec![Origine::de(&site).unwrap()];
    let patience = Patience { essais: 1, ..Patience::default() };
    let outils = (Hasard::graine(1), Horloge::fixe(depart()));
    let client = Client::par(sortie, origines, &[], patience, outils).unwrap();
    let api = Api::new(client, site, "jeton-secret".to_owned());
    assert_eq!(api.moi().await.unwrap_err(), ErreurPlateforme::Injoignable);
    let demande = tokio::time::timeout(std::time::Duration::from_secs(1), entendu).await;
    demande.ok().map(Result::unwrap)
}

#[tokio::test]
async fn requests_leave_by_the_proxy_that_was_set() {
    // « .invalid » resolves nowhere: only a proxy could.
    let demande = par_un_mandataire("https://rdv.invalid", "").await.unwrap();
    assert!(demande.starts_with("CONNECT rdv.invalid:443 HTTP/1.1"), "{demande}");
    assert!(demande.to_lowercase().contains("proxy-authorization: basic"), "{demande}");
    assert!(!demande.contains("jeton-secret"), "{demande}");
    assert_eq!(par_un_mandataire("https://rdv.invalid", "exemple.fr,rdv.invalid").await, None);
}

#[tokio::test]
async fn a_private_network_is_asked_only_when_it_was_opened() {
    let site = Url::parse("http://10.255.255.1:9").unwrap();
    let reseaux = |texte: Option<&str>| -> Vec<Reseau> {
        texte.into_iter().map(|texte| texte.parse().unwrap()).collect()
    };
    for reseau in [None, Some("10.254.0.0/16")] {
        let reseaux = reseaux(reseau);
        let sortie = Sortie { reseaux, ..Sortie::default() };
        let origines = vec![Origine::de(&site).unwrap()];
        let connexion = std::time::Duration::from_millis(50);
        let patience = Patience { essais: 1, connexion, ..Patience::default() };
        let outils = (Hasard::graine(1), Horloge::fixe(depart()));
        let client = Client::par(sortie, origines, &[], patience, outils).unwrap();
        let api = Api::new(client, site.clone(), "jeton".to_owned());
        assert_eq!(api.moi().await.unwrap_err(), ErreurPlateforme::AdresseInterdite, "{reseau:?}");
    }
    // Nobody is asked anything: a test has no business on other machines.
    assert!(litterale_admise(&site, false, &reseaux(Some("10.255.0.0/16"))));
}

#[tokio::test(start_paused = true)]
async fn a_site_that_keeps_failing_is_left_alone_then_tried_again() {
    let fausse = Fausse::qui_ment(async |avant, _| match avant {
        0..5 => StatusCode::BAD_GATEWAY.into_response(),
        _ => agent(),
    })
    .await;
    let api = fausse.api();
    assert_eq!(api.moi().await.unwrap_err(), ErreurPlateforme::EnPanne);
    assert_eq!(api.moi().await.unwrap_err(), ErreurPlateforme::Injoignable);
    assert_eq!(fausse.demandes(), 5, "the sixth was not sent");
    assert_eq!(api.moi().await.unwrap_err(), ErreurPlateforme::Injoignable);
    assert_eq!(fausse.demandes(), 5);
    fausse.secondes.store(15, Ordering::SeqCst);
    assert_eq!(api.moi().await.map(|agent| agent.id), Ok(7));
    assert_eq!(fausse.demandes(), 6);
}

#[tokio::test(start_paused = true)]
async fn a_list_is_read_to_its_last_page_and_each_entry_once() {
    let fausse = Fausse::qui_ment(async |_, requete: Request| {
        let question = requete.uri().query().unwrap_or_default().to_owned();
        assert!(question.contains("user_id=9"), "{question}");
        let page = if question.contains("page=2") { 2 } else { 1 };
        let ids = if page == 1 { [1, 2] } else { [2, 3] };
        let rdvs: Vec<Value> = ids.iter().map(|id| json!({"id": id})).collect();
        let suivante = if page == 1 { json!(2) } else { Value::Null };
        axum::Json(json!({"rdvs": rdvs, "meta": {"next_page": suivante}})).into_response()
    })
    .await;
    let lus = fausse.api().rendez_vous(&FiltreRdv::Personne(RdvUserId(9))).await.unwrap();
    let ids: Vec<i64> = lus.iter().filter_map(|rdv| rdv["id"].as_i64()).collect();
    assert_eq!(ids, [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_asked_for_no_rendez_vous_and_a_list_that_turns_in_circles_is_no_list() {
    let fausse = Fausse::qui_ment(async |_, _| {
        axum::Json(json!({"rdvs": [{"id": 1}], "meta": {"next_page": 1}})).into_response()
    })
    .await;
    let api = fausse.api();
    assert_eq!(api.rendez_vous(&FiltreRdv::Ids(vec![])).await, Ok(vec![]));
    assert_eq!(fausse.demandes(), 0, "an empty filter means everything there");
    let lus = api.rendez_vous(&FiltreRdv::Ids(vec![RdvId(1)])).await;
    assert_eq!(lus, Err(ErreurPlateforme::ReponseIllisible));
}

#[tokio::test(start_paused = true)]
async fn a_person_whose_email_is_known_there_is_the_one_who_has_it() {
    let (fausse, api) = Fausse::juste().await;
    let personne = super::api::NouvellePersonne {
        first_name: "A".to_owned(),
        last_name: "B".to_owned(),
        email: "a@b.fr".to_owned(),
    };
    let organisation = OrganisationId(ORGANISATION);
    let creee = api.creer_personne(organisation, &personne).await.unwrap();
    assert_eq!(api.creer_personne(organisation, &personne).await, Ok(creee));
    let statut = |demande: &str| fausse.bac.last(demande).unwrap().status;
    assert_eq!(statut("POST /api/v1/users"), Some(422), "somebody has this e-mail");
    assert_eq!(statut("POST /api/v1/user_profiles"), Some(422), "and a file there");
}

#[tokio::test(start_paused = true)]
async fn the_code_is_exchanged_with_its_verifier_and_the_token_goes_in_its_header() {
    let (fausse, api) = Fausse::juste().await;
    let echange = fausse.bac.last("POST /oauth/token").unwrap();
    assert_eq!(echange.body["code_verifier"], "verificateur");
    assert_eq!(echange.body["client_secret"], "secret");
    let accord = fausse.bac.last("POST /oauth/authorize").unwrap();
    assert_eq!(accord.body["code_challenge_method"], "S256");
    assert_eq!(accord.body["redirect_uri"], reglage(&fausse.site).retour.as_str());
    assert_eq!(api.moi().await.unwrap().id, AGENT);
}
