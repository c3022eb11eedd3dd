//! HTTP, with the bytes that browsers and the platform send. The rules have their own tests.

mod absence;
mod acces;
mod adresses;
mod agenda;
mod attente;
mod avis;
mod chemins;
mod comptes;
mod confiance;
mod consultations;
mod courriels;
mod direct;
mod dossiers;
mod identites;
mod liens;
mod nom;
mod notifications;
mod pieces;
mod portes;
mod proposition;
mod raccordements;
mod rempli;
mod requetes;
mod signalement;
mod statistiques;
mod textes;
mod visible;

use super::{Etat, Fenetres, Rarement, machines, tout};
use app::FichiersDuSite;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use backend::demarches_simplifiees::client::{PAR_MINUTE, Plateformes};
use backend::plateforme::client::oauth::ReglageOauth;
use backend::plateforme::client::{Client, Patience};
use backend::rendez_vous::arrivee::inbox::{self, Guichet};
use backend::socle::base::Base;
use backend::socle::direct::Direct;
use backend::socle::fichiers::Fichiers;
use backend::socle::outils::Reglages;
use backend::socle::secrets::coffre::Coffre;
use backend::socle::secrets::hasard::Hasard;
use backend::socle::temps::Horloge;
use backend::tables::{compte, groupe, piece_jointe};
use backend::{Acces, Contexte, Outils, demo};
use chrono::DateTime;
use domain::visio::Origine;
use domain::vues::Mentions;
use hmac::{Hmac, KeyInit, Mac};
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::PrometheusBuilder;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use sha2::Sha256;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use url::Url;

const CREE: &[u8] = include_bytes!("../../../tests/samples/01_rdv_created_visio.json");
/// As `SIGNATURES.txt` of the platform's samples gives it.
const SIGNATURE: &str = "ef2c07aca8b751831edccd126d80ff9ad1d047c61590227c16204254d706d0ef";
const SECRET: &[u8] = b"sandbox-shared-secret";
/// Not the demo's: no page may know that one by heart.
const NOM: &str = "Rendez-vous en mairie";
const SANDBOX: &str = "http://127.0.0.1:4010";

struct Site {
    routes: Router,
    contexte: Contexte,
    fenetres: Fenetres,
}

struct Reponse {
    statut: StatusCode,
    entetes: HeaderMap,
    corps: String,
}

impl Reponse {
    async fn de(reponse: axum::response::Response) -> Self {
        let (parts, corps) = reponse.into_parts();
        let corps = to_bytes(corps, usize::MAX).await.unwrap();
        Self {
            statut: parts.status,
            entetes: parts.headers,
            corps: String::from_utf8_lossy(&corps).into_owned(),
        }
    }

    fn lieu(&self) -> &str {
        self.entetes.get(header::LOCATION).map_or("", |v| v.to_str().unwrap())
    }
}

fn oauth(site: &Url) -> ReglageOauth {
    ReglageOauth {
        site: site.clone(),
        id: "demarches-demo".to_owned(),
        secret: "sandbox-oauth-secret".to_owned(),
        retour: Url::parse("http://site.test/rdv-service-public/retour").unwrap(),
    }
}

impl Site {
    /// The demo, in memory, on 27 May 2024.
    async fn ouvrir() -> Self {
        Self::ouvrir_avec(Acces::default(), |_| {}).await
    }

    /// The same, where people sign in by `acces`, with other settings.
    async fn ouvrir_avec(acces: Acces, changer: impl FnOnce(&mut Reglages)) -> Self {
        let url = format!("sqlite:file:{}?mode=memory&cache=shared", Hasard::systeme().cle());
        let base = Base::ouvrir(&url).await.unwrap();
        Migrator::up(base.lire(), None).await.unwrap();
        let site = Self::sur(base, acces, changer);
        let sandbox = Url::parse(SANDBOX).unwrap();
        demo::remplir(&site.contexte, &sandbox).await.unwrap();
        site
    }

    /// What serves this database, on 27 May 2024.
    fn sur(base: Base, acces: Acces, changer: impl FnOnce(&mut Reglages)) -> Self {
        let sandbox = Url::parse(SANDBOX).unwrap();
        let mut reglages = Reglages {
            nom: NOM.into(),
            app_url: Url::parse("http://site.test").unwrap(),
            hotes_rdv: Origine::de(&sandbox).into_iter().collect(),
            hotes_visio: vec![],
            plateforme: sandbox.clone(),
            oauth: Some(oauth(&sandbox)),
            suggestion: None,
            boite_locale: true,
            mentions: Mentions::default(),
            quota_fichiers: 100_000_000,
            organisateurs: [("127.0.0.1", "secretariat@rdv.exemple")]
                .map(|(hote, email)| (hote.to_owned(), email.to_owned()))
                .into(),
            mandataires: vec!["127.0.0.1/32".parse().unwrap()],
            proconnect: false,
            second_facteur: false,
        };
        changer(&mut reglages);
        let instant = DateTime::parse_from_rfc3339("2024-05-27T16:44:00+02:00").unwrap();
        let horloge = Horloge::fixe(instant.to_utc());
        let hotes = &reglages.hotes_rdv;
        let (patience, hasard) = (Patience::default(), Hasard::graine(8));
        let client = Client::new(hotes.clone(), hotes, patience, hasard, horloge.clone()).unwrap();
        let contexte = Contexte {
            base,
            horloge,
            outils: Outils {
                coffre: Coffre::new(&[3; 32]),
                hasard: Hasard::graine(7),
                reglages: Arc::new(reglages),
                fichiers: Fichiers::default(),
            },
            direct: Direct::default(),
            plateformes: Plateformes::new(client.clone(), vec![], PAR_MINUTE),
            client,
            guichet: Guichet::default(),
            acces,
        };
        let options = LeptosOptions::builder().output_name("rdv").build();
        let fenetres = Fenetres::new(100);
        let etat = Etat {
            contexte: contexte.clone(),
            fichiers: FichiersDuSite::new(&options, None),
            options,
            fenetres: fenetres.clone(),
            refus: Rarement::default(),
            arret: CancellationToken::new(),
            mise_a_jour: contexte.horloge.maintenant(),
        };
        Self { routes: tout(etat), contexte, fenetres }
    }

    async fn demander(&self, mut requete: Request<Body>) -> Reponse {
        let hote = HeaderValue::from_static("site.test");
        requete.headers_mut().entry(header::HOST).or_insert(hote);
        Reponse::de(self.routes.clone().oneshot(requete).await.unwrap()).await
    }

    /// The counters, at their own address.
    async fn metriques(&self) -> Reponse {
        let compteurs = PrometheusBuilder::new().build_recorder().handle();
        let routes = machines::metriques::routes(self.contexte.clone(), compteurs);
        let requete = Request::get("/metrics").body(Body::empty()).unwrap();
        Reponse::de(routes.oneshot(requete).await.unwrap()).await
    }

    async fn lire(&self, chemin: &str, cookie: &str) -> Reponse {
        let requete = Request::get(chemin).header(header::COOKIE, cookie);
        self.demander(requete.body(Body::empty()).unwrap()).await
    }

    /// The same, of which no more than the beginning is awaited: a stream has no end.
    async fn lire_le_debut(&self, chemin: &str, cookie: &str) -> Reponse {
        let requete = Request::get(chemin).header(header::COOKIE, cookie);
        let requete = requete.header(header::HOST, "site.test").body(Body::empty()).unwrap();
        let reponse = self.routes.clone().oneshot(requete).await.unwrap();
        let genre = reponse.headers().get(header::CONTENT_TYPE);
        if genre.is_some_and(|genre| genre.as_bytes().starts_with(b"text/event-stream")) {
            let (parts, _) = reponse.into_parts();
            return Reponse { statut: parts.status, entetes: parts.headers, corps: String::new() };
        }
        Reponse::de(reponse).await
    }

    /// A plain form, as a browser without JavaScript posts it from the page `depuis`.
    async fn poster(
        &self,
        chemin: &str,
        depuis: &str,
        cookie: &str,
        champs: &[(&str, &str)],
    ) -> Reponse {
        let corps: String =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(champs).finish();
        let requete = Request::post(chemin)
            .header(header::HOST, "site.test")
            .header(header::ORIGIN, "http://site.test")
            .header(header::REFERER, format!("http://site.test{depuis}"))
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookie);
        self.demander(requete.body(Body::from(corps)).unwrap()).await
    }

    /// Signs in; gives the cookie.
    async fn entrer(&self, qui: &str) -> String {
        let email = format!("{qui}@demo.example");
        let champs = [("email", email.as_str()), ("password", "demo")];
        let reponse = self.poster("/connexion", "/connexion", "", &champs).await;
        assert_eq!(reponse.statut, StatusCode::SEE_OTHER);
        let cookie = reponse.entetes[header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
        cookie.split(';').next().unwrap().to_owned()
    }

    async fn activer(&self) -> String {
        let admin = self.entrer("admin").await;
        let url = format!("{SANDBOX}/org/100/demarches-simplifiees");
        let champs = [("demarche", "88454"), ("active", "on"), ("url_agenda", url.as_str())];
        let page = "/admin/demarches/88454/rdv";
        let reponse = self.poster("/api/admin/rdv/enregistrer", page, &admin, &champs).await;
        assert_eq!(reponse.statut, StatusCode::SEE_OTHER, "{}", reponse.corps);
        assert_eq!(reponse.lieu(), page);
        admin
    }

    async fn webhook(&self, organisation: &str, signature: Option<&str>, corps: &[u8]) -> Reponse {
        let mut requete = Request::post(format!("/webhooks/rdv-service-public/{organisation}"))
            .header(header::CONTENT_TYPE, "application/json; charset=utf-8");
        if let Some(signature) = signature {
            requete = requete.header("X-Lapin-Signature", signature);
        }
        self.demander(requete.body(Body::from(corps.to_vec())).unwrap()).await
    }
}

/// What the first field of that name holds in a page.
fn champ(page: &str, nom: &str) -> String {
    let (_, reste) = page.split_once(&format!("name=\"{nom}\" value=\"")).unwrap();
    reste.split_once('"').unwrap().0.to_owned()
}

fn signer(corps: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET).unwrap();
    mac.update(corps);
    hex::encode(mac.finalize().into_bytes())
}

#[tokio::test]
async fn a_webhook_gets_the_status_that_it_deserves() {
    let site = Site::ouvrir().await;
    let grand = vec![b' '; 1_000_001];
    let coupe = &CREE[..500];
    let inconnu = br#"{"data":{},"meta":{"model":"Absence","event":"created","timestamp":"2024-05-27 18:21:07 +0200"}}"#;
    for (organisation, signature, corps, attendu) in [
        ("100", Some(SIGNATURE.to_owned()), CREE, StatusCode::NO_CONTENT),
        ("100", Some(SIGNATURE.to_owned()), CREE, StatusCode::NO_CONTENT),
        ("100", Some(SIGNATURE.to_uppercase()), CREE, StatusCode::NO_CONTENT),
        ("100", None, CREE, StatusCode::UNAUTHORIZED),
        ("100", Some("00".repeat(32)), CREE, StatusCode::UNAUTHORIZED),
        ("100", Some("pas du tout".to_owned()), CREE, StatusCode::UNAUTHORIZED),
        ("101", Some(SIGNATURE.to_owned()), CREE, StatusCode::NOT_FOUND),
        ("cent", Some(SIGNATURE.to_owned()), CREE, StatusCode::NOT_FOUND),
        ("100", Some(signer(coupe)), coupe, StatusCode::BAD_REQUEST),
        ("100", Some(signer(b"")), b"", StatusCode::BAD_REQUEST),
        ("100", Some(signer(inconnu)), inconnu, StatusCode::NO_CONTENT),
        ("100", Some(signer(&grand)), &grand, StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let reponse = site.webhook(organisation, signature.as_deref(), corps).await;
        assert_eq!(reponse.statut, attendu, "{organisation} {signature:?}");
    }
}

#[tokio::test]
async fn what_comes_from_the_platform_leaves_no_person_in_the_logs() {
    let (journal, _garde) = capturer();
    let site = Site::ouvrir().await;
    let remplacer =
        |de: &str, par: &str| String::from_utf8_lossy(CREE).replace(de, par).into_bytes();
    let cas = [
        CREE.to_vec(),
        remplacer(r#""status":"unknown""#, r#""status":"Camille""#),
        remplacer(r#""location_type":"visio""#, r#""location_type":"MARTIN""#),
        remplacer(r#""starts_at":"2024-06-07 15:30:00 +0200""#, r#""starts_at":"MARTIN""#),
        remplacer(r#""event":"created""#, r#""event":"MARTIN""#),
    ];
    for corps in &cas {
        site.webhook("100", Some(&signer(corps)), corps).await;
        site.webhook("100", Some("00"), corps).await;
        inbox::appliquer_tout(&site.contexte).await.unwrap();
    }
    let journal = String::from_utf8_lossy(&journal.0.lock().unwrap()).to_lowercase();
    assert!(journal.contains("set aside"), "the logs were captured");
    for personnel in ["martin", "camille", "0612345678", "instructeur@", "sandbox-shared"] {
        assert!(!journal.contains(personnel), "{personnel} in:\n{journal}");
    }
}

#[derive(Clone, Default)]
struct Journal(Arc<Mutex<Vec<u8>>>);

impl Write for Journal {
    fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn capturer() -> (Journal, tracing::subscriber::DefaultGuard) {
    let journal = Journal::default();
    let copie = journal.clone();
    let abonne = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(move || copie.clone())
        .finish();
    (journal, tracing::subscriber::set_default(abonne))
}

#[tokio::test]
async fn a_wrong_password_shows_the_form_again_with_the_email() {
    let site = Site::ouvrir().await;
    for email in ["usager@demo.example", "inconnu@demo.example"] {
        let champs = [("email", email), ("password", "faux"), ("retour", "/dossiers")];
        let reponse = site.poster("/connexion", "/connexion", "", &champs).await;
        assert_eq!(reponse.statut, StatusCode::UNAUTHORIZED);
        assert!(reponse.entetes.get(header::SET_COOKIE).is_none());
        assert!(reponse.corps.contains(email));
        assert!(reponse.corps.contains("est incorrect"));
    }
}

#[tokio::test]
async fn a_refused_sign_in_leaves_a_line_with_the_number_of_the_account_and_nothing_of_what_was_typed()
 {
    let site = Site::ouvrir().await;
    let (journal, _garde) = capturer();
    for email in ["usager@demo.example", "inconnu@demo.example"] {
        let champs = [("email", email), ("password", "faux et archifaux"), ("retour", "")];
        site.poster("/connexion", "/connexion", "", &champs).await;
    }
    let lignes = String::from_utf8_lossy(&journal.0.lock().unwrap()).into_owned();
    let refusees: Vec<&str> =
        lignes.lines().filter(|l| l.contains("a sign-in was refused")).collect();
    assert_eq!(refusees.len(), 2, "{lignes}");
    assert!(refusees[0].contains("compte") && !refusees[1].contains("compte"), "{refusees:?}");
    for tape in ["demo.example", "archifaux"] {
        assert!(!lignes.contains(tape), "{lignes}");
    }
}

#[tokio::test]
async fn signing_out_closes_the_session() {
    let site = Site::ouvrir().await;
    let cookie = site.entrer("usager").await;
    assert_eq!(site.lire("/dossiers", &cookie).await.statut, StatusCode::OK);
    let sorti = site.poster("/deconnexion", "/dossiers", &cookie, &[]).await;
    // What the browser kept of the pages is forgotten; its cookies are not, by which it is known the next time.
    assert_eq!(sorti.entetes["clear-site-data"], r#""cache", "storage""#);
    let apres = site.lire("/dossiers", &cookie).await;
    assert!(apres.lieu().starts_with("/connexion"), "{}", apres.lieu());
}

#[tokio::test]
async fn each_page_is_for_those_who_may_see_it() {
    let site = Site::ouvrir().await;
    let pages = [
        ("usager", "/dossiers/17606854/messagerie"),
        ("instructeur", "/instructeur/dossiers/17606854/messagerie"),
        ("instructeur", "/instructeur/demarches/88454"),
        ("instructeur", "/instructeur/demarches/88454/rendez-vous"),
        ("admin", "/admin/demarches/88454"),
        ("admin", "/admin/demarches/88454/rdv"),
    ];
    for (_, page) in pages {
        let reponse = site.lire(page, "").await;
        assert!(reponse.lieu().starts_with("/connexion?retour="), "{page}");
    }
    for qui in ["usager", "instructeur", "admin", "laureen.ho"] {
        let cookie = site.entrer(qui).await;
        for (a_qui, page) in pages {
            let attendu = if qui == a_qui { StatusCode::OK } else { StatusCode::NOT_FOUND };
            let reponse = site.lire(page, &cookie).await;
            assert_eq!(reponse.statut, attendu, "{qui} {page}");
            if qui != a_qui {
                assert!(!reponse.corps.contains("Intitulé démarche test"), "{qui} {page}");
            }
        }
    }
    assert_eq!(site.lire("/nulle/part", "").await.statut, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_refused_form_is_shown_again_with_what_was_typed() {
    let site = Site::ouvrir().await;
    let admin = site.activer().await;
    let page = "/admin/demarches/88454/rdv";
    let saisie = "https://exemple.org/org/1?a=<b>";
    let champs = [("demarche", "88454"), ("active", "on"), ("url_agenda", saisie)];
    let reponse = site.poster("/api/admin/rdv/enregistrer", page, &admin, &champs).await;
    assert_eq!(reponse.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        reponse.corps.contains("exemple.org » n'est pas une adresse")
            || reponse.corps.contains("exemple.org\u{a0}» n'est pas une adresse")
    );
    assert!(reponse.corps.contains("https://exemple.org/org/1?a=&lt;b&gt;"));
    assert!(site.lire(page, &admin).await.corps.contains("/org/100/demarches-simplifiees"));
    // The page of a refusal has the address of the form: the form itself says where it belongs.
    let url = format!("{SANDBOX}/org/100/demarches-simplifiees");
    let champs = [("demarche", "88454"), ("url_agenda", url.as_str()), ("page", page)];
    let action = "/api/admin/rdv/enregistrer";
    assert_eq!(site.poster(action, action, &admin, &champs).await.lieu(), page);
}

#[tokio::test]
async fn a_proposition_by_a_plain_form_leads_to_the_messagerie() {
    let site = Site::ouvrir().await;
    site.activer().await;
    let instructeur = site.entrer("instructeur").await;
    let page = "/instructeur/dossiers/17606854/demande";
    let champs = [("dossier", "17606854"), ("complement", "<i>Le plan</i>"), ("cle", "k")];
    for _ in 0..2 {
        let reponse = site.poster("/api/instructeur/proposer", page, &instructeur, &champs).await;
        assert_eq!(reponse.lieu(), "/instructeur/dossiers/17606854/messagerie");
    }
    let fil = site.lire("/dossiers/17606854/messagerie", &site.entrer("usager").await).await.corps;
    assert_eq!(fil.matches("&lt;i&gt;Le plan").count(), 1);
    assert!(!fil.contains("<i>Le plan"));
    let boite = site.lire("/boite-aux-lettres", "").await;
    assert_eq!(boite.statut, StatusCode::OK);
}

/// Each gesture is a plain form: taken, it comes back to its page, which shows it and offers to undo it.
#[tokio::test]
async fn a_rendez_vous_is_attached_detached_and_undone_by_plain_forms() {
    let site = Site::ouvrir().await;
    site.activer().await;
    site.webhook("100", Some(SIGNATURE), CREE).await;
    inbox::appliquer_tout(&site.contexte).await.unwrap();
    let tom = site.entrer("instructeur").await;
    let page = "/instructeur/demarches/88454/rendez-vous/a-rattacher";
    let montree = site.lire(page, &tom).await.corps;
    assert!(montree.contains("MARTIN Camille") && montree.contains("Aucun dossier ne correspond"));
    assert!(
        site.lire("/instructeur/demarches/88454", &tom).await.corps.contains("à rattacher (1)")
    );
    let rdv = champ(&montree, "rendez_vous");
    let rdv = rdv.as_str();
    let geste = async |action: &str, depuis: &str, champs: &[(&str, &str)]| {
        let champs: Vec<(&str, &str)> = champs.iter().copied().chain([("page", depuis)]).collect();
        site.poster(&format!("/api/instructeur/{action}"), depuis, &tom, &champs).await
    };
    for (nom, trouve) in [("klok", true), ("personne", false)] {
        let cherche = format!("{page}?pour={rdv}&cherche={nom}");
        let lue = site.lire(&cherche, &tom).await.corps;
        assert_eq!(lue.contains("value=\"17606854\""), trouve, "{nom}");
        assert_eq!(lue.contains("Aucun dossier de ce nom"), !trouve, "{nom}");
    }
    let refuse = geste("rattacher", page, &[("rendez_vous", rdv), ("numero", "12x")]).await;
    assert_eq!(refuse.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refuse.corps.contains("Indiquez un numéro de dossier"));
    assert!(refuse.corps.contains(r#"value="12x""#), "what was typed is kept");
    let pris = geste("rattacher", page, &[("rendez_vous", rdv), ("numero", "17606854")]).await;
    assert_eq!((pris.statut, pris.lieu()), (StatusCode::SEE_OTHER, page));
    assert!(site.lire(page, &tom).await.corps.contains("Vous avez rattaché le rendez-vous du"));
    let tous = "/instructeur/demarches/88454/rendez-vous";
    assert!(site.lire(tous, &tom).await.corps.contains("Détacher"));
    let celui_ci = [("rendez_vous", rdv), ("dossier", "17606854"), ("demarche", "88454")];
    let detache = geste("detacher", tous, &celui_ci).await;
    assert_eq!((detache.statut, detache.lieu()), (StatusCode::SEE_OTHER, tous));
    let encore = geste("detacher", tous, &celui_ci).await;
    assert_eq!(encore.statut, StatusCode::CONFLICT);
    let annule = geste("annuler-geste", tous, &[("geste", "2")]).await;
    assert_eq!(annule.statut, StatusCode::SEE_OTHER);
    assert!(site.lire(tous, &tom).await.corps.contains("Voir le dossier n°\u{a0}17606854"));
    let usager = site.entrer("usager").await;
    assert_eq!(site.lire(page, &usager).await.statut, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_set_aside_is_shown_and_played_again_by_plain_forms() {
    let site = Site::ouvrir().await;
    let admin = site.activer().await;
    let inconnu = String::from_utf8_lossy(CREE)
        .replace(r#""status":"unknown""#, r#""status":"waiting""#)
        .into_bytes();
    site.webhook("100", Some(&signer(&inconnu)), &inconnu).await;
    inbox::appliquer_tout(&site.contexte).await.unwrap();
    let page = "/admin/demarches/88454/rdv/notifications";
    assert!(site.lire("/admin/demarches/88454/rdv", &admin).await.corps.contains(page));
    let montree = site.lire(page, &admin).await.corps;
    assert!(montree.contains("Rendez-vous pris") && montree.contains("état du rendez-vous"));
    assert!(!montree.contains("MARTIN"), "nothing of the person");
    let champs = [("demarche", "88454"), ("notification", "1"), ("page", page)];
    let rejouee = site.poster("/api/admin/rdv/rejouer", page, &admin, &champs).await;
    assert_eq!((rejouee.statut, rejouee.lieu()), (StatusCode::SEE_OTHER, page));
    inbox::appliquer_tout(&site.contexte).await.unwrap();
    assert!(site.lire(page, &admin).await.corps.contains("2 essais"));
    let tom = site.entrer("instructeur").await;
    assert_eq!(site.lire(page, &tom).await.statut, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_program_gets_the_status_of_its_mistake() {
    let site = Site::ouvrir().await;
    let appel = async |cookie: &str, corps: &str| {
        let requete = Request::post("/api/instructeur/proposer")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookie);
        site.demander(requete.body(Body::from(corps.to_owned())).unwrap()).await.statut
    };
    let bon = "dossier=17606854&complement=&cle=k";
    assert_eq!(appel("", bon).await, StatusCode::UNAUTHORIZED);
    let usager = site.entrer("usager").await;
    assert_eq!(appel(&usager, bon).await, StatusCode::NOT_FOUND);
    let instructeur = site.entrer("instructeur").await;
    assert_eq!(appel(&instructeur, bon).await, StatusCode::CONFLICT);
    assert_eq!(appel(&instructeur, "dossier=x").await, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let site = Site::ouvrir().await;
    let cookie = site.entrer("usager").await;
    let requete = Request::post("/api/usager/ecrire")
        .header(header::HOST, "site.test")
        .header(header::ORIGIN, "https://exemple.org")
        .header(header::COOKIE, cookie)
        .body(Body::from("dossier=17606854&corps=x&cle=k"));
    assert_eq!(site.demander(requete.unwrap()).await.statut, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn pages_carry_the_headers_that_protect_them() {
    let site = Site::ouvrir().await;
    let reponse = site.lire("/connexion", "").await;
    let entete = |nom: &str| reponse.entetes.get(nom).map_or("", |v| v.to_str().unwrap());
    assert!(entete("content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!(entete("x-content-type-options"), "nosniff");
    assert_eq!(entete("cache-control"), "no-store");
}

#[tokio::test]
async fn only_pages_that_are_hydrated_repeat_what_they_show_as_data() {
    let site = Site::ouvrir().await;
    let (usager, instructeur) = (site.entrer("usager").await, site.entrer("instructeur").await);
    let admin = site.entrer("admin").await;
    let repete = async |chemin: &str, cookie: &str| {
        let page = site.lire(chemin, cookie).await;
        assert_eq!(page.statut, StatusCode::OK, "{chemin}");
        page.corps.contains("__RESOLVED_RESOURCES[")
    };
    for chemin in ["/dossiers", "/dossiers/17606854/messagerie", "/mentions-legales"] {
        assert!(!repete(chemin, &usager).await, "{chemin}");
    }
    for chemin in ["/instructeur/demarches/88454", "/instructeur/dossiers/17606854/messagerie"] {
        assert!(!repete(chemin, &instructeur).await, "{chemin}");
    }
    assert!(repete("/admin/demarches/88454", &admin).await);
}

#[tokio::test]
async fn those_who_run_it_can_ask_how_it_is() {
    let site = Site::ouvrir().await;
    for chemin in ["/healthz", "/readyz"] {
        assert_eq!(site.lire(chemin, "").await.statut, StatusCode::OK, "{chemin}");
    }
    assert_eq!(site.lire("/metrics", "").await.statut, StatusCode::NOT_FOUND, "not for the public");
    assert_eq!(site.metriques().await.statut, StatusCode::OK);
}

#[tokio::test]
async fn what_failed_has_a_reference_that_the_person_and_the_logs_know() {
    let (journal, _garde) = capturer();
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let reussie = site.lire("/healthz", "").await;
    let reference =
        |reponse: &Reponse| reponse.entetes["x-request-id"].to_str().unwrap().to_owned();
    assert_eq!(reference(&reussie).len(), 8);
    let base = site.contexte.base.lire();
    base.execute_unprepared("ALTER TABLE pieces_jointes RENAME TO ailleurs").await.unwrap();
    let requete = Request::get("/pieces-jointes/1?nom=Camille")
        .header(header::ACCEPT, "text/html")
        .header(header::COOKIE, &usager);
    let tombee = site.demander(requete.body(Body::empty()).unwrap()).await;
    assert_eq!(tombee.statut, StatusCode::SERVICE_UNAVAILABLE);
    let reference = reference(&tombee);
    assert!(tombee.corps.contains(&format!("Référence\u{a0}: {reference}")), "{}", tombee.corps);
    // A page of the interface says it too.
    base.execute_unprepared("ALTER TABLE messages RENAME TO perdus").await.unwrap();
    let page = site.lire("/dossiers/17606854/messagerie", &usager).await;
    assert_eq!(page.statut, StatusCode::SERVICE_UNAVAILABLE);
    let la_sienne = page.entetes["x-request-id"].to_str().unwrap();
    assert!(page.corps.contains(&format!("Référence\u{a0}: {la_sienne}")), "{}", page.corps);
    let journal = String::from_utf8_lossy(&journal.0.lock().unwrap()).into_owned();
    let echec = |ligne: &str| ligne.contains("a use case failed") && ligne.contains(la_sienne);
    assert!(journal.lines().any(echec), "{journal}");
    let lignes: Vec<&str> = journal.lines().filter(|ligne| ligne.contains(&reference)).collect();
    for dit in ["a use case failed", "a request failed", "/pieces-jointes/{id}"] {
        assert!(lignes.iter().any(|ligne| ligne.contains(dit)), "{dit} in {lignes:#?}");
    }
    assert!(!journal.contains("Camille"), "{journal}");
}

#[tokio::test]
async fn an_account_is_found_whatever_the_case_of_its_email() {
    let site = Site::ouvrir().await;
    assert!(!site.entrer("USAGER").await.is_empty());
    let ligne =
        compte::ActiveModel { email: Set("usager@demo.example".to_owned()), ..Default::default() };
    assert!(compte::Entity::insert(ligne).exec(site.contexte.base.lire()).await.is_err());
}

#[test]
fn the_deployed_settings_of_the_interface_are_those_of_the_build() {
    let cargo = include_str!("../../../../Cargo.toml");
    let deployes = include_str!("../../../../Leptos.toml");
    let table = cargo.split("[[workspace.metadata.leptos]]").nth(1).unwrap();
    let reglages = |texte: &str| -> Vec<String> {
        texte
            .lines()
            .map(str::trim)
            .take_while(|ligne| !ligne.starts_with('[') || ligne.starts_with("[["))
            .filter(|ligne| ligne.contains('='))
            .map(ToOwned::to_owned)
            .collect()
    };
    assert_eq!(reglages(table), reglages(deployes));
    assert!(!reglages(table).is_empty());
}

#[tokio::test]
async fn the_chosen_theme_is_written_by_the_server_so_that_nothing_flashes() {
    let site = Site::ouvrir().await;
    let page = site.lire("/mentions-legales", "").await;
    assert_eq!(page.statut, StatusCode::OK);
    assert!(page.corps.contains("data-fr-scheme=\"system\""));
    assert!(!page.corps.contains("data-fr-theme"));
    let champs = [("theme", "sombre"), ("retour", "/dossiers?page=2")];
    let reponse = site.poster("/affichage", "/affichage", "", &champs).await;
    assert_eq!((reponse.statut, reponse.lieu()), (StatusCode::SEE_OTHER, "/dossiers?page=2"));
    let cookie = reponse.entetes[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("SameSite=Lax") && cookie.contains("Max-Age="));
    let page = site.lire("/mentions-legales", cookie.split(';').next().unwrap()).await;
    assert!(page.corps.contains("data-fr-theme=\"dark\""));
}

#[tokio::test]
async fn a_tile_that_is_refused_keeps_what_was_typed_and_the_others_are_not_found() {
    let site = Site::ouvrir().await;
    let admin = site.entrer("admin").await;
    let page = "/admin/demarches/88454/presentation";
    let action = "/api/admin/presentation/enregistrer";
    let champs = [
        ("demarche", "88454"),
        ("titre", " "),
        ("description", "<b>gras</b> & 🙂"),
        ("page", page),
    ];
    let refus = site.poster(action, page, &admin, &champs).await;
    assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refus.corps.contains("Ce champ doit être rempli."));
    assert!(refus.corps.contains("&lt;b&gt;gras&lt;/b&gt; &amp; 🙂"), "{}", refus.corps);
    let instructeur = site.entrer("instructeur").await;
    let juste = [("demarche", "88454"), ("titre", "a"), ("description", "b"), ("page", page)];
    let refus = site.poster(action, page, &instructeur, &juste).await;
    assert_eq!(refus.statut, StatusCode::NOT_FOUND);
    let gestion = site.lire("/admin/demarches/88454", &admin).await;
    assert!(gestion.corps.contains("Intitulé démarche test"));
}

#[tokio::test]
async fn an_account_of_the_platform_is_for_agents_and_leaves_for_its_site() {
    let site = Site::ouvrir().await;
    let page = "/rdv-service-public";
    assert_eq!(site.lire(page, &site.entrer("usager").await).await.statut, StatusCode::NOT_FOUND);
    let instructeur = site.entrer("instructeur").await;
    for cookie in [&site.entrer("admin").await, &instructeur] {
        let compte = site.lire(page, cookie).await;
        assert_eq!(compte.statut, StatusCode::OK);
        assert!(compte.corps.contains("Connecter mon compte"));
        assert!(compte.corps.contains(r#"href="/rdv-service-public/connecter""#));
    }
    let parti = site.lire("/rdv-service-public/connecter", &instructeur).await;
    assert_eq!(parti.statut, StatusCode::SEE_OTHER);
    let lieu = Url::parse(parti.lieu()).unwrap();
    assert_eq!((lieu.port(), lieu.path()), (Some(4010), "/oauth/authorize"));
    let question: Vec<String> = lieu.query_pairs().map(|(nom, _)| nom.into_owned()).collect();
    for nom in ["state", "code_challenge", "code_challenge_method", "redirect_uri"] {
        assert!(question.iter().any(|q| q == nom), "{nom}");
    }
    assert!(!lieu.as_str().contains("sandbox-oauth-secret"));
    let anonyme = site.lire("/rdv-service-public/connecter", "").await;
    assert_eq!(anonyme.lieu(), "/connexion?retour=/rdv-service-public");
}

#[tokio::test]
async fn coming_back_from_the_platform_without_having_left_says_so() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    for question in ["?state=invente&code=x", "?error=access_denied&state=invente", ""] {
        let reponse =
            site.lire(&format!("/rdv-service-public/retour{question}"), &instructeur).await;
        assert_eq!(reponse.statut, StatusCode::CONFLICT, "{question}");
        assert!(reponse.corps.contains("La demande de connexion à RDV Service Public a expiré"));
        assert!(reponse.corps.contains("Connecter mon compte"));
    }
}

#[tokio::test]
async fn choosing_a_slot_oneself_needs_an_account_of_the_platform() {
    let site = Site::ouvrir().await;
    let admin = site.activer().await;
    let page = "/instructeur/dossiers/17606854/messagerie";
    let champs = [("dossier", "17606854")];
    let instructeur = site.entrer("instructeur").await;
    let chez_lui = site.lire(page, &instructeur).await.corps;
    assert!(!chez_lui.contains("Choisir le créneau moi-même"));
    let refuse = site.poster("/rdv-service-public/plan", page, &instructeur, &champs).await;
    assert_eq!(refuse.statut, StatusCode::CONFLICT);
    assert!(refuse.corps.contains("Votre compte RDV Service Public n'est pas connecté"));
    let usager = site.entrer("usager").await;
    let tente = site.poster("/rdv-service-public/plan", page, &usager, &champs).await;
    assert_eq!(tente.statut, StatusCode::NOT_FOUND);

    let agenda = site.lire("/admin/demarches/88454/rdv/compte", &admin).await;
    assert_eq!(agenda.statut, StatusCode::OK);
    assert!(agenda.corps.contains("Connecter mon compte"));
    let interdit = site.lire("/admin/demarches/88454/rdv/compte", &instructeur).await;
    assert_eq!(interdit.statut, StatusCode::NOT_FOUND);
}
