//! Mails given to a real mail server, which refuses, delays and cuts; and their signatures, which a real verifier reads.

use crate::outils::logiciels::Aiosmtpd;
use crate::outils::monde::{DOSSIER, Monde, instant, par_smtp, raconter};
use backend::courriels::smtp::{Delais, Panne, ServeurCourriel};
use backend::courriels::{EchecEnvoi, Expediteur, Lettre};
use backend::dossier::entete;
use backend::dossier::examen::personnes;
use backend::ouvriers;
use backend::socle::secrets::hasard::Hasard;
use backend::tables::{compte, tache};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use domain::ids::TacheId;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QueryOrder};
use serde_json::json;
use std::path::PathBuf;
use std::time::Duration;

/// A folder of its own, gone at the end.
struct Bureau(PathBuf);

impl Bureau {
    fn ouvrir() -> Self {
        let dossier = std::env::temp_dir().join(format!("rdv-smtp-{}", Hasard::systeme().cle()));
        std::fs::create_dir_all(&dossier).unwrap();
        Self(dossier)
    }
}

impl Drop for Bureau {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const BREFS: Delais = Delais {
    ouverture: Duration::from_secs(5),
    reponse: Duration::from_millis(700),
    remise: Duration::from_secs(5),
};

fn avec_delais(url: &str, delais: Delais) -> Expediteur {
    let serveur = ServeurCourriel::lire(url, "Rendez-vous <rdv@exemple.fr>").unwrap();
    Expediteur::smtp(&serveur, delais).unwrap()
}

/// What the instructeurs of the dossier read, above it and in « Personnes impliquées ».
async fn lu_par_l_instructeur(monde: &Monde) -> Option<(String, String)> {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let entete = entete::de_l_instructeur(db, &monde.instructeur, DOSSIER, t).await.unwrap();
    let personnes = personnes::lire(db, &monde.instructeur, DOSSIER, t).await.unwrap();
    let dit = entete.adresse_refusee;
    assert_eq!(personnes.usager.refus, dit.as_ref().map(|(_, raison)| raison.clone()));
    dit
}

async fn derniere_tache(monde: &Monde) -> tache::Model {
    let lignes = tache::Entity::find().order_by_desc(tache::Column::Id);
    lignes.one(monde.contexte.base.lire()).await.unwrap().unwrap()
}

impl Monde {
    async fn ecrire_a_camille(&self, adresse: &str) {
        let db = self.contexte.base.lire();
        let camille = compte::Entity::find_by_id(self.camille.compte).one(db).await.unwrap();
        let mut camille = camille.unwrap().into_active_model();
        camille.email = Set(adresse.to_owned());
        camille.update(db).await.unwrap();
    }

    async fn proposer_a(&self, adresse: &str) {
        self.ecrire_a_camille(adresse).await;
        self.proposer(DOSSIER, adresse).await.unwrap();
    }

    async fn remettre(&self, expediteur: &Expediteur) -> usize {
        ouvriers::courriels::tout_envoyer(&self.contexte, expediteur).await.unwrap()
    }
}

fn identifiant(courriel: &str) -> &str {
    courriel.lines().find_map(|ligne| ligne.strip_prefix("Message-ID: ")).unwrap()
}

#[tokio::test]
async fn an_address_is_said_to_take_nothing_until_it_takes_a_mail_or_changes() {
    raconter(async |monde: Monde| {
        let bureau = Bureau::ouvrir();
        let mut serveur = Aiosmtpd::lancer(&bureau.0, None).await;
        let expediteur = par_smtp(&serveur.url("127.0.0.1"));
        monde.proposer_a("inconnue@exemple.fr").await;
        monde.remettre(&expediteur).await;
        let (adresse, raison) = lu_par_l_instructeur(&monde).await.unwrap();
        assert_eq!(adresse, "inconnue@exemple.fr");
        assert!(raison.contains("ne reçoit rien (code 550 5.1.1)"), "{raison}");
        assert!(derniere_tache(&monde).await.abandonnee_le.is_some(), "at once");
        monde.ecrire_a_camille("camille@café.fr").await;
        assert_eq!(lu_par_l_instructeur(&monde).await, None, "it is another address");
        monde.ecrire_a_camille("pleine@exemple.fr").await;
        let message = monde.messages(DOSSIER).await.pop().unwrap();
        monde.retirer(message.id).await.unwrap();
        monde.proposer_a("pleine@exemple.fr").await;
        monde.remettre(&expediteur).await;
        let (_, raison) = lu_par_l_instructeur(&monde).await.unwrap();
        assert!(raison.contains("est pleine (code 552 5.2.2)"), "{raison}");
        // What the mail says is refused, or whoever writes it: the address has nothing to do with it.
        for (qui, de) in [("indesirable", "rdv"), ("camille", "refuse")] {
            let serveur =
                ServeurCourriel::lire(&serveur.url("127.0.0.1"), &format!("{de}@exemple.fr"));
            let expediteur = Expediteur::smtp(&serveur.unwrap(), BREFS).unwrap();
            let lettre = lettre(&format!("{qui}@exemple.fr"), "Objet", "Bonjour");
            let refus = expediteur.envoyer(&lettre, TacheId(1), monde.maintenant()).await;
            assert!(matches!(refus, Err(EchecEnvoi::Refus(_))), "{qui} {de}: {refus:?}");
        }
        // A domain with accents is written to as mail servers read it.
        let lettre = lettre("camille@café.fr", "Objet", "Bonjour");
        expediteur.envoyer(&lettre, TacheId(2), monde.maintenant()).await.unwrap();
        assert_eq!(serveur.recu().await.0["a"], "camille@xn--caf-dma.fr");
        assert!(serveur.rien_d_autre());
    })
    .await;
}

#[tokio::test]
async fn who_is_asked_to_come_back_comes_back_for_four_days() {
    raconter(async |monde: Monde| {
        let bureau = Bureau::ouvrir();
        let mut serveur = Aiosmtpd::lancer(&bureau.0, None).await;
        let expediteur = par_smtp(&serveur.url("127.0.0.1"));
        // A long outage first: the tries that met nobody are no reason to give a mail up.
        monde.proposer_a("grise@exemple.fr").await;
        let personne = par_smtp("smtp://127.0.0.1:9");
        for heure in 0..5 {
            for minute in (0..60).step_by(10) {
                monde.le(&format!("2024-05-28 {heure:02}:{minute:02}:00 +0200"));
                monde.remettre(&personne).await;
            }
        }
        assert!(derniere_tache(&monde).await.essais >= 24);
        monde.le("2024-05-28 06:00:00 +0200");
        monde.remettre(&expediteur).await;
        let differe = derniere_tache(&monde).await;
        assert_eq!((differe.refus, differe.abandonnee_le), (1, None));
        assert_eq!(differe.erreur.as_deref(), Some("mail server: put off (450 4.2.0)"));
        assert!(
            differe.a_partir_de < instant("2024-05-28 06:01:00 +0200"),
            "soon, not in six hours"
        );
        monde.le("2024-05-28 06:01:00 +0200");
        monde.remettre(&expediteur).await;
        assert_eq!(
            serveur.recu().await.0,
            json!({"a": "grise@exemple.fr", "essai": 2, "dkim": "absente"})
        );
        assert_eq!(lu_par_l_instructeur(&monde).await, None);
        // For ever: given up in the end, and said.
        let message = monde.messages(DOSSIER).await.pop().unwrap();
        monde.retirer(message.id).await.unwrap();
        monde.proposer_a("saturee@exemple.fr").await;
        for jour in 1..=8 {
            for heure in (0..24).step_by(4) {
                monde.le(&format!("2024-06-0{jour} {heure:02}:00:00 +0200"));
                monde.remettre(&expediteur).await;
            }
        }
        monde.le("2024-06-09 00:00:00 +0200");
        monde.remettre(&expediteur).await;
        let fin = derniere_tache(&monde).await;
        assert!(fin.abandonnee_le.is_some(), "{fin:?}");
        let (_, raison) = lu_par_l_instructeur(&monde).await.unwrap();
        assert!(raison.contains("est pleine (code 452 4.2.2)"), "{raison}");
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_was_cut_leaves_again_as_the_same_one() {
    raconter(async |monde: Monde| {
        let bureau = Bureau::ouvrir();
        let mut serveur = Aiosmtpd::lancer(&bureau.0, None).await;
        let expediteur = par_smtp(&serveur.url("127.0.0.1"));
        monde.proposer_a("coupee@exemple.fr").await;
        monde.remettre(&expediteur).await;
        let coupee = derniere_tache(&monde).await;
        assert_eq!(coupee.erreur.as_deref(), Some("mail server: cut while it was given the mail"));
        assert!(serveur.rien_d_autre());
        monde.le("2024-05-27 16:45:00 +0200");
        monde.remettre(&expediteur).await;
        assert_eq!(serveur.recu().await.0["essai"], 2);
        // The server has it, and hung up before it said so: nobody can know, so it leaves twice.
        let message = monde.messages(DOSSIER).await.pop().unwrap();
        monde.retirer(message.id).await.unwrap();
        monde.proposer_a("coupee-apres@exemple.fr").await;
        monde.remettre(&expediteur).await;
        monde.le("2024-05-27 16:46:00 +0200");
        monde.remettre(&expediteur).await;
        let (un, deux) = (serveur.recu().await, serveur.recu().await);
        assert_eq!((&un.0["essai"], &deux.0["essai"]), (&json!(1), &json!(2)));
        assert_eq!(identifiant(&un.1), identifiant(&deux.1), "mailboxes know it for the same");
        assert!(derniere_tache(&monde).await.faite_le.is_some());
        for ligne in ["Auto-Submitted: auto-generated", "Date: Mon, 27 May 2024 14:46:00 +0000"] {
            assert!(deux.1.contains(ligne), "{}", deux.1);
        }
        assert!(identifiant(&deux.1).ends_with("@exemple.fr>"));
    })
    .await;
}

#[tokio::test]
async fn a_server_that_falls_silent_holds_no_mail_and_its_late_answer_is_nobody_s() {
    let bureau = Bureau::ouvrir();
    let mut serveur = Aiosmtpd::lancer(&bureau.0, None).await;
    let le = instant("2024-05-27 16:44:00 +0200");
    let expediteur = avec_delais(&serveur.url("127.0.0.1"), BREFS);
    let envoyer = async |a: &str, tache| {
        expediteur.envoyer(&lettre(a, "Objet", "Bonjour"), TacheId(tache), le).await
    };
    envoyer("lente@exemple.fr", 1).await.unwrap();
    let silence = envoyer("muette@exemple.fr", 2).await.unwrap_err();
    assert!(matches!(silence, EchecEnvoi::Serveur(Panne::Silence)), "{silence}");
    let refus = envoyer("inconnue@exemple.fr", 3).await.unwrap_err();
    assert!(matches!(refus, EchecEnvoi::Destinataire(_)), "{refus}");
    envoyer("camille@exemple.fr", 4).await.unwrap();
    expediteur.raccrocher().await;
    envoyer("camille@exemple.fr", 5).await.unwrap();
    for attendu in ["lente@exemple.fr", "camille@exemple.fr", "camille@exemple.fr"] {
        assert_eq!(serveur.recu().await.0["a"], attendu);
    }
    // It takes connections, and says nothing.
    let muet = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", muet.local_addr().unwrap());
    let courts = Delais { ouverture: Duration::from_millis(300), ..BREFS };
    let panne = avec_delais(&url, courts).essayer().await.unwrap_err();
    assert!(matches!(panne, EchecEnvoi::Serveur(Panne::Silence)), "{panne}");
}

#[tokio::test]
async fn a_server_with_a_certificate_of_its_own_gets_nothing() {
    let bureau = Bureau::ouvrir();
    let pem = |nom: &str, quoi: &str, octets: &[u8]| {
        let corps = BASE64_STANDARD.encode(octets);
        let fichier = bureau.0.join(nom);
        let texte = format!("-----BEGIN {quoi}-----\n{corps}\n-----END {quoi}-----\n");
        std::fs::write(&fichier, texte).unwrap();
        fichier.into_os_string().into_string().unwrap()
    };
    let certificat = include_bytes!("../../samples/certificat/certificat.der");
    let certificat = pem("certificat.pem", "CERTIFICATE", certificat);
    let cle = pem("cle.pem", "PRIVATE KEY", include_bytes!("../../samples/certificat/cle.der"));
    let mut serveur = Aiosmtpd::lancer(&bureau.0, Some([&certificat, &cle])).await;
    let le = instant("2024-05-27 16:44:00 +0200");
    let lettre = lettre("camille@exemple.fr", "Objet", "Bonjour");
    for tls in ["required", "opportunistic"] {
        let url = format!("{}?tls={tls}", serveur.url("localhost"));
        let panne = par_smtp(&url).envoyer(&lettre, TacheId(1), le).await.unwrap_err();
        assert!(matches!(panne, EchecEnvoi::Serveur(Panne::Certificat)), "{tls}: {panne}");
    }
    let en_clair = par_smtp(&format!("{}?tls=none", serveur.url("localhost")));
    let panne = en_clair.envoyer(&lettre, TacheId(1), le).await.unwrap_err();
    assert!(matches!(panne, EchecEnvoi::Serveur(Panne::Identification)), "530: {panne}");
    assert!(serveur.rien_d_autre());
}

fn lettre(a: &str, sujet: &str, texte: &str) -> Lettre {
    Lettre {
        a: a.to_owned(),
        sujet: sujet.to_owned(),
        texte: texte.to_owned(),
        html: format!("<!DOCTYPE html><html lang=\"fr\"><p>{texte}</p></html>"),
        calendrier: None,
        reponse_a: None,
        desabonnement: None,
    }
}

const CLES: [(&str, &str, &str); 3] = [
    ("rsa", include_str!("../../samples/dkim/rsa.pem"), include_str!("../../samples/dkim/rsa.dns")),
    (
        "rsa-pkcs1",
        include_str!("../../samples/dkim/rsa-pkcs1.pem"),
        include_str!("../../samples/dkim/rsa.dns"),
    ),
    (
        "ed25519",
        include_str!("../../samples/dkim/ed25519.pem"),
        include_str!("../../samples/dkim/ed25519.dns"),
    ),
];

#[tokio::test]
async fn signed_mails_are_verified_whatever_they_say() {
    let bureau = Bureau::ouvrir();
    let le = instant("2024-05-27 16:44:00 +0200");
    let noms: serde_json::Map<_, _> = CLES
        .iter()
        .map(|(nom, _, dns)| (format!("{nom}._domainkey.exemple.fr"), json!(dns)))
        .collect();
    std::fs::write(bureau.0.join("dns.json"), json!(noms).to_string()).unwrap();
    let mut serveur = Aiosmtpd::lancer(&bureau.0, None).await;
    let url = serveur.url("127.0.0.1");
    let signe = |cle: &str, selecteur: &str| {
        // « ; » in a name, and a domain below the one that signs.
        let de = "\"Mairie d'Évry ; rendez-vous\" <rdv@rdv.exemple.fr>";
        let serveur = ServeurCourriel::lire(&url, de).unwrap();
        let serveur = serveur.signe(cle, selecteur, Some("exemple.fr")).unwrap();
        Expediteur::smtp(&serveur, BREFS).unwrap()
    };
    let long = "Votre rendez-vous est fixé à Saint-Rémy-lès-Chevreuse «\u{a0}été\u{a0}» ".repeat(6);
    let textes = [
        String::new(),
        "Bonjour".to_owned(),
        "Fin avec des lignes vides\n\n\n\n".to_owned(),
        "espaces   au milieu \t et à la fin   \n  \n\tau début".to_owned(),
        ".\n..\n.point\nFrom moi\n\r\nfin\r".to_owned(),
        "é".repeat(300),
        "a".repeat(2_000),
        format!("{} fin", "mot ".repeat(500)),
        "=3D=20 « ’ » \u{1f5d3} \u{202f}!".to_owned(),
    ];
    for (selecteur, cle, _) in CLES {
        let expediteur = signe(cle, selecteur);
        for (rang, texte) in (0..).zip(&textes) {
            for sujet in [
                "Objet",
                long.trim(),
                "  espaces   et\u{a0}« accents »  ",
                "x".repeat(300).as_str(),
            ] {
                let lettre = lettre("camille@café.fr", sujet, texte);
                expediteur.envoyer(&lettre, TacheId(rang), le).await.unwrap();
                let (fait, courriel) = serveur.recu().await;
                assert_eq!(fait["dkim"], "juste", "{selecteur}\n{courriel}");
                assert!(courriel.lines().all(|ligne| ligne.len() < 998), "RFC 5322");
            }
        }
    }
    // What verifies can say no.
    for (selecteur, cle, _) in CLES {
        let lettre = lettre("alteree@exemple.fr", "Objet", "Bonjour");
        signe(cle, selecteur).envoyer(&lettre, TacheId(1), le).await.unwrap();
        assert_eq!(serveur.recu().await.0["dkim"], "fausse");
    }
    let lettre = lettre("camille@exemple.fr", "Objet", "Bonjour");
    avec_delais(&url, BREFS).envoyer(&lettre, TacheId(1), le).await.unwrap();
    assert_eq!(serveur.recu().await.0["dkim"], "absente");
}
