//! How many statements a page asks of the database: each is a wait, and a page that asks one for each row, or again for
//! what it has just read, shows here first.

use super::{CREE, Journal, SIGNATURE, Site};
use axum::http::StatusCode;
use backend::Contexte;
use backend::courriels::Expediteur;
use backend::demarche::avertissements::recapitulatifs;
use backend::ouvriers;
use backend::rendez_vous::arrivee::inbox;
use backend::rendez_vous::calendriers::abonnements;
use backend::socle::temps::Horloge;
use backend::tables::message::RoleAuteur;
use backend::tables::{avertissement, contenu, dossier, message, piece_jointe, rendez_vous};
use chrono::{Duration, NaiveDate};
use domain::avertissement::Avertissement;
use domain::fichier::Format;
use domain::ids::{CompteId, DossierNumero, MessageId};
use domain::message::GenreMessage;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use std::sync::PoisonError;
use tracing_subscriber::EnvFilter;

const DOSSIER: DossierNumero = DossierNumero(17_606_854);

/// Each page, who opens it, and how many statements it may ask.
const BUDGETS: [(&str, &str, usize); 7] = [
    ("instructeur", "/instructeur/demarches/88454?onglet=tous", 8),
    ("instructeur", "/instructeur/dossiers/17606854/messagerie", 8),
    ("usager", "/dossiers/17606854/messagerie", 8),
    ("usager", "/dossiers", 5),
    ("usager", "/dossiers/17606854/rendez-vous", 5),
    ("instructeur", "/instructeur/dossiers/17606854/demande", 6),
    ("instructeur", "/instructeur/demarches/88454/statistiques", 4),
];

#[tokio::test]
async fn a_page_asks_the_database_little() {
    let (journal, _garde) = ecouter();
    let site = Site::ouvrir().await;
    remplir(&site).await;
    let mut depasses = String::new();
    for (qui, page, budget) in BUDGETS {
        let cookie = site.entrer(qui).await;
        // What is new is seen by the first visit, which notes it.
        site.lire(page, &cookie).await;
        entendues(&journal);
        let lue = site.lire(page, &cookie).await;
        let demandees = entendues(&journal);
        assert_eq!(lue.statut, StatusCode::OK, "{page}");
        for montre in ce_qui_est_montre(page) {
            assert!(lue.corps.contains(montre), "{montre} in {page}");
        }
        if demandees.len() > budget {
            depasses += &format!("{page}: {} > {budget}\n", demandees.len());
            depasses += &demandees.join("\n");
        }
    }
    assert!(depasses.is_empty(), "{depasses}");
}

/// The same work, so that the time taken tells nothing: hashing a password has its own test.
#[tokio::test]
async fn the_database_is_asked_the_same_whether_or_not_an_account_exists() {
    let (journal, _garde) = ecouter();
    let site = Site::ouvrir().await;
    for action in ["/connexion", "/api/compte/demander"] {
        let mut demandees = Vec::new();
        for email in ["usager@demo.example", "perdue@demo.example"] {
            entendues(&journal);
            let champs = [("email", email), ("password", "faux"), ("retour", "")];
            site.poster(action, "/connexion", "", &champs).await;
            demandees.push(entendues(&journal).len());
        }
        assert!(demandees[0] > 0 && demandees[0] == demandees[1], "{action}: {demandees:?}");
    }
}

/// Whose it is, what they may see, the rendez-vous: whatever their number.
#[tokio::test]
async fn a_feed_asks_the_database_the_same_whatever_it_holds() {
    let (journal, _garde) = ecouter();
    let site = Site::ouvrir().await;
    remplir(&site).await;
    let db = site.contexte.base.lire();
    let un = rendez_vous::Entity::find().filter(rendez_vous::Column::Dossier.eq(DOSSIER));
    let un = un.one(db).await.unwrap().unwrap().into_active_model();
    let uuid = "6f0b2c1e-5f6e-4a57-9c0e-1f4f1f0a7d11";
    let demarche = domain::ids::DemarcheNumero(88_454);
    for (qui, demarche, budget) in [("usager", None, 2), ("instructeur", Some(demarche), 3)] {
        let acteur = backend::tables::compte::Entity::find()
            .filter(backend::tables::compte::Column::Email.eq(format!("{qui}@demo.example")));
        let acteur = acteur.one(db).await.unwrap().unwrap();
        let acteur = domain::role::Acteur::ordinaire(acteur.id, acteur.email);
        let creer = async |c: &backend::Changement<'_>| abonnements::creer(c, demarche).await;
        let secret = site.contexte.changer(&acteur, creer).await.unwrap();
        let page = format!("/agenda/{secret}.ics");
        // That it is read is noted by the first visit.
        let lu = site.lire(&page, "").await;
        assert_eq!(lu.corps.matches("BEGIN:VEVENT").count(), 1, "{}", lu.corps);
        let autres = (0..30).map(|n| {
            let contenu = un.contenu.clone().unwrap();
            rendez_vous::ActiveModel {
                id: sea_orm::ActiveValue::NotSet,
                rdv: Set(domain::ids::RdvId(1_000 + n)),
                dossier: Set(Some(DossierNumero(20_000_000 + n))),
                contenu: Set(contenu.replace(uuid, &format!("{n:08x}{}", &uuid[8..]))),
                ..un.clone()
            }
        });
        rendez_vous::Entity::insert_many(autres).exec_without_returning(db).await.unwrap();
        entendues(&journal);
        let lu = site.lire(&page, "").await;
        let demandees = entendues(&journal);
        assert_eq!(lu.corps.matches("BEGIN:VEVENT").count(), 31);
        assert!(demandees.len() <= budget, "{qui}: {}", demandees.join("\n"));
        rendez_vous::Entity::delete_many()
            .filter(rendez_vous::Column::Rdv.between(1_000, 2_000))
            .exec(db)
            .await
            .unwrap();
    }
}

/// So that what is counted is a page with something in it.
fn ce_qui_est_montre(page: &str) -> &'static [&'static str] {
    match page.rsplit('/').next().unwrap_or_default() {
        "messagerie" => &["Message 29", "plan.pdf"],
        "rendez-vous" => &["7 juin 2024"],
        "dossiers" => &["20000029", "20000010"],
        "demande" => &["KLOK"],
        "statistiques" => &["mai 2024"],
        _ => &["20000029", "20000010"],
    }
}

/// What is asked of the database from now on, a line each.
fn ecouter() -> (Journal, tracing::subscriber::DefaultGuard) {
    let journal = Journal::default();
    let copie = journal.clone();
    let abonne = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("base::requetes=trace"))
        .with_writer(move || copie.clone())
        .finish();
    (journal, tracing::subscriber::set_default(abonne))
}

/// What was asked since this was last called.
fn entendues(journal: &Journal) -> Vec<String> {
    let octets = std::mem::take(&mut *journal.0.lock().unwrap_or_else(PoisonError::into_inner));
    String::from_utf8_lossy(&octets).lines().map(ToOwned::to_owned).collect()
}

/// Thirty dossiers of the same person, one of which has thirty messages, a file, a proposition and a rendez-vous.
async fn remplir(site: &Site) {
    site.activer().await;
    let db = site.contexte.base.lire();
    let modele = dossier::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap();
    let autres = (0..30).map(|n| dossier::ActiveModel {
        numero: Set(DossierNumero(20_000_000 + n)),
        ..modele.clone().into_active_model()
    });
    dossier::Entity::insert_many(autres).exec_without_returning(db).await.unwrap();
    let tom = site.entrer("instructeur").await;
    let page = "/instructeur/dossiers/17606854/messagerie";
    let champs = [("dossier", "17606854"), ("complement", ""), ("cle", "k")];
    site.poster("/api/instructeur/proposer", page, &tom, &champs).await;
    site.webhook("100", Some(SIGNATURE), CREE).await;
    inbox::appliquer_tout(&site.contexte).await.unwrap();
    let rdv = rendez_vous::Entity::find().filter(rendez_vous::Column::Dossier.is_null());
    let rdv = rdv.one(db).await.unwrap().unwrap().id.to_string();
    let a_rattacher = "/instructeur/demarches/88454/rendez-vous/a-rattacher";
    let champs = [("rendez_vous", rdv.as_str()), ("numero", "17606854"), ("page", a_rattacher)];
    let fait = site.poster("/api/instructeur/rattacher", a_rattacher, &tom, &champs).await;
    assert_eq!(fait.statut, StatusCode::SEE_OTHER);
    let ecrits: Vec<MessageId> = ecrire(site, &modele).await;
    joindre(site, modele.usager, ecrits[29]).await;
}

/// Thirty messages, by one side and by the other in turn.
async fn ecrire(site: &Site, dossier: &dossier::Model) -> Vec<MessageId> {
    let db = site.contexte.base.lire();
    let instructeur = backend::tables::instructeur::Entity::find()
        .filter(backend::tables::instructeur::Column::Groupe.eq(dossier.groupe));
    let instructeur = instructeur.one(db).await.unwrap().unwrap().compte;
    let debut = NaiveDate::from_ymd_opt(2024, 5, 26).unwrap().and_hms_opt(8, 0, 0).unwrap();
    let mut ecrits = vec![];
    for n in 0..30 {
        let (role, auteur) = if n % 2 == 0 {
            (RoleAuteur::Instructeur, instructeur)
        } else {
            (RoleAuteur::Usager, dossier.usager)
        };
        let ligne = message::ActiveModel {
            dossier: Set(dossier.numero),
            role_auteur: Set(role),
            auteur: Set(auteur),
            genre: Set(GenreMessage::Libre),
            corps: Set(format!("Message {n}")),
            ecrit_le: Set(debut.and_utc() + Duration::minutes(n)),
            ..Default::default()
        };
        ecrits.push(message::Entity::insert(ligne).exec(db).await.unwrap().last_insert_id);
    }
    ecrits
}

async fn joindre(site: &Site, compte: CompteId, message: MessageId) {
    let db = site.contexte.base.lire();
    let piece = piece_jointe::ActiveModel {
        dossier: Set(DOSSIER),
        message: Set(Some(message)),
        compte: Set(Some(compte)),
        nom: Set("plan.pdf".to_owned()),
        format: Set(Format::Pdf),
        taille: Set(1),
        jointe_le: Set(site.contexte.horloge.maintenant()),
        ..Default::default()
    };
    let piece = piece_jointe::Entity::insert(piece).exec(db).await.unwrap().last_insert_id;
    let contenu = contenu::ActiveModel { piece: Set(piece), scelle: Set(vec![]) };
    contenu::Entity::insert(contenu).exec_without_returning(db).await.unwrap();
}

/// How many statements a summary asks for: made, composed, sent.
const BUDGET_RECAPITULATIF: usize = 60;

#[tokio::test]
async fn a_summary_asks_as_much_whatever_it_tells() {
    let (journal, _garde) = ecouter();
    let site = Site::ouvrir().await;
    let db = site.contexte.base.lire();
    let modele = dossier::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap();
    let autres = (0..30).map(|n| dossier::ActiveModel {
        numero: Set(DossierNumero(20_000_000 + n)),
        ..modele.clone().into_active_model()
    });
    dossier::Entity::insert_many(autres).exec_without_returning(db).await.unwrap();
    let tom = compte_de(&site, "instructeur@demo.example").await;
    let mut demandees = Vec::new();
    for (jour, combien) in [("2024-05-29", 1), ("2024-05-30", 30)] {
        let a_dire = (0..combien).map(|n| avertissement::ActiveModel {
            compte: Set(tom),
            dossier: Set(DossierNumero(20_000_000 + n)),
            quoi: Set(Avertissement::DossierDepose),
            le: Set(site.contexte.horloge.maintenant()),
            ..Default::default()
        });
        avertissement::Entity::insert_many(a_dire).exec_without_returning(db).await.unwrap();
        let matin = format!("{jour}T05:00:00Z").parse().unwrap();
        let contexte = Contexte { horloge: Horloge::fixe(matin), ..site.contexte.clone() };
        let expediteur = Expediteur::Local(contexte.base.clone());
        entendues(&journal);
        assert_eq!(recapitulatifs::passer(&contexte).await.unwrap(), 1, "{jour}");
        assert_eq!(ouvriers::courriels::tout_envoyer(&contexte, &expediteur).await.unwrap(), 1);
        demandees.push(entendues(&journal));
    }
    assert_eq!(demandees[0].len(), demandees[1].len(), "{demandees:#?}");
    assert!(demandees[0].len() <= BUDGET_RECAPITULATIF, "{:#?}", demandees[0]);
}

async fn compte_de(site: &Site, email: &str) -> CompteId {
    let ligne = backend::tables::compte::Entity::find()
        .filter(backend::tables::compte::Column::Email.eq(email))
        .one(site.contexte.base.lire());
    ligne.await.unwrap().unwrap().id
}
