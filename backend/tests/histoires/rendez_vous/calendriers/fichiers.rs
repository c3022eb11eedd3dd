//! « Ajouter à mon agenda (.ics) ».

use super::{UUID, propriete};
use crate::outils::corps::{MAIRIE, VISIO, corps, modifie};
use crate::outils::monde::{AUTRE_DOSSIER, DOSSIER, Monde, par_smtp, raconter};
use backend::dossier::usager::invites;
use backend::messagerie::fil;
use backend::{Echec, ouvriers};
use domain::Erreur;
use domain::ids::RendezVousId;
use domain::role::Role;
use serde_json::json;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

#[tokio::test]
async fn the_file_is_for_those_who_see_the_rendez_vous_and_not_found_by_others() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        let rdv = monde.rdv_du(DOSSIER).await;
        let lu = monde.fichier(&monde.camille, Role::Usager, DOSSIER, rdv).await.unwrap();
        assert_eq!(lu.nom, "rdv-2024-06-07.ics");
        assert_eq!(propriete(&lu.texte, "UID").as_deref(), Some(UUID));
        assert_eq!(propriete(&lu.texte, "SUMMARY").as_deref(), Some("RDV Suivi de dossier"));
        let organise = "mailto:secretariat-auto@rdv-service-public.fr";
        assert_eq!(propriete(&lu.texte, "ORGANIZER").as_deref(), Some(organise));
        assert_eq!(propriete(&lu.texte, "DTSTAMP").as_deref(), Some("20240527T162100Z"));
        assert!(!lu.texte.contains("METHOD") && !lu.texte.contains("ATTENDEE"));
        let url = propriete(&lu.texte, "URL").unwrap();
        assert!(url.ends_with("/dossiers/17606854/rendez-vous"), "{url}");
        let sien =
            monde.fichier(&monde.instructeur, Role::Instructeur, DOSSIER, rdv).await.unwrap();
        let url = propriete(&sien.texte, "URL").unwrap();
        assert!(url.ends_with("/instructeur/dossiers/17606854/messagerie"), "{url}");

        let tentatives = &monde.contexte.acces.tentatives;
        let email = &monde.jean.email;
        let invite = async |c: &backend::Changement<'_>| {
            invites::inviter(c, tentatives, DOSSIER, email).await
        };
        monde.changer(&monde.camille, invite).await.unwrap();
        for (qui, cote, dossier) in [
            (&monde.jean, Role::Usager, DOSSIER),
            (&monde.jean, Role::Usager, AUTRE_DOSSIER),
            (&monde.camille, Role::Instructeur, DOSSIER),
            (&monde.instructeur, Role::Usager, DOSSIER),
            (&monde.instructeur_ailleurs, Role::Instructeur, DOSSIER),
            (&monde.admin, Role::Instructeur, DOSSIER),
        ] {
            let refus = monde.fichier(qui, cote, dossier, rdv).await;
            assert!(matches!(refus, Err(Echec::Metier(Erreur::Introuvable))), "{refus:?}");
        }
        let autre = RendezVousId(rdv.0 + 1_000);
        let refus = monde.fichier(&monde.camille, Role::Usager, DOSSIER, autre).await;
        assert!(matches!(refus, Err(Echec::Metier(Erreur::Introuvable))));
        // The person invited reads the message without the link.
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        let liens = async |qui| {
            let fil = fil::fil_usager(db, qui, DOSSIER, t).await.unwrap();
            fil.messages.into_iter().filter_map(|message| message.fichier).collect::<Vec<_>>()
        };
        let attendu = format!("/dossiers/17606854/rendez-vous/{rdv}/rdv.ics");
        assert_eq!(liens(&monde.camille).await, [attendu]);
        assert!(liens(&monde.jean).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn there_is_no_file_as_long_as_the_platform_has_not_named_the_rendez_vous() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let mut sans_nom = corps(MAIRIE);
        sans_nom["data"]["uuid"] = json!(null);
        monde.livrer(&sans_nom).await;
        let rdv = monde.rdv_du(DOSSIER).await;
        let lire = async || monde.fichier(&monde.camille, Role::Usager, DOSSIER, rdv).await;
        assert!(matches!(lire().await, Err(Echec::Metier(Erreur::Introuvable))));
        let fil = monde.messages(DOSSIER).await;
        assert!(fil.iter().all(|message| message.fichier.is_none()));
        monde.livrer(&modifie(MAIRIE, "2024-05-28 10:00:30 +0200", |_| {})).await;
        let lu = lire().await.unwrap();
        assert_eq!(propriete(&lu.texte, "DTSTAMP").as_deref(), Some("20240528T080000Z"));
        assert!(monde.messages(DOSSIER).await.last().unwrap().fichier.is_some());
    })
    .await;
}

#[tokio::test]
async fn the_same_state_gives_the_same_octets_whatever_the_order_and_the_hour() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        let rdv = monde.rdv_du(DOSSIER).await;
        let lire =
            async || monde.fichier(&monde.camille, Role::Usager, DOSSIER, rdv).await.unwrap().texte;
        let avant = lire().await;
        monde.le("2024-05-30 10:00:00 +0200");
        monde.recevoir(VISIO).await;
        assert_eq!(lire().await, avant);
        monde.recevoir("05_rdv_updated_rescheduled_by_user").await;
        let apres = lire().await;
        assert_eq!(propriete(&apres, "UID"), propriete(&avant, "UID"));
        assert_eq!(propriete(&apres, "SEQUENCE").as_deref(), Some("0"));
        assert_eq!(propriete(&apres, "DTSTART").as_deref(), Some("20240610T080000Z"));
        assert!(propriete(&apres, "DTSTAMP") > propriete(&avant, "DTSTAMP"));
        // Late: nothing goes back.
        monde.livrer(&modifie(VISIO, "2024-05-28 09:00:00 +0200", |_| {})).await;
        assert_eq!(lire().await, apres);
    })
    .await;
}

/// A mail server that keeps what it is given.
async fn serveur() -> (String, Arc<Mutex<Vec<String>>>) {
    let ecoute = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", ecoute.local_addr().unwrap());
    let recus = Arc::<Mutex<Vec<String>>>::default();
    let boite = Arc::clone(&recus);
    tokio::spawn(async move {
        while let Ok((mut flux, _)) = ecoute.accept().await {
            let boite = Arc::clone(&boite);
            tokio::spawn(async move {
                let (lecture, mut ecriture) = flux.split();
                let mut lignes = BufReader::new(lecture).lines();
                ecriture.write_all(b"220 ok\r\n").await.unwrap();
                while let Ok(Some(ligne)) = lignes.next_line().await {
                    let mut reponse = "250 ok\r\n";
                    if ligne == "DATA" {
                        ecriture.write_all(b"354 ok\r\n").await.unwrap();
                        let mut source = String::new();
                        while let Some(ligne) = lignes.next_line().await.unwrap() {
                            if ligne == "." {
                                break;
                            }
                            source.push_str(&ligne);
                            source.push('\n');
                        }
                        boite.lock().unwrap().push(source);
                    } else if ligne == "QUIT" {
                        reponse = "221 ok\r\n";
                    }
                    if ecriture.write_all(reponse.as_bytes()).await.is_err() {
                        break;
                    }
                }
            });
        }
    });
    (url, recus)
}

/// What the usager is sent once the service has made them a rendez-vous, and asked the platform to write to them or not.
async fn courriels_d_un_rdv_fixe(monde: &Monde, previent: bool) -> Vec<String> {
    let (url, recus) = serveur().await;
    monde.proposer(DOSSIER, "a").await.unwrap();
    let mut fixe = corps(VISIO);
    fixe["data"]["created_by"] = json!("agent");
    fixe["data"]["created_by_type"] = json!("Agent");
    fixe["data"]["users"][0]["notify_by_email"] = json!(previent);
    fixe["data"]["participations"][0]["user"]["notify_by_email"] = json!(previent);
    monde.livrer(&fixe).await;
    ouvriers::courriels::tout_envoyer(&monde.contexte, &par_smtp(&url)).await.unwrap();
    let recus = recus.lock().unwrap().clone();
    recus.into_iter().filter(|source| source.contains("camille.martin@exemple.fr")).collect()
}

#[tokio::test]
async fn the_file_is_joined_to_our_mail_only_when_the_platform_surely_writes_none() {
    raconter(async |monde: Monde| {
        let sources = courriels_d_un_rdv_fixe(&monde, true).await;
        assert!(!sources.is_empty());
        assert!(sources.iter().all(|source| !source.contains("text/calendar")), "{sources:?}");
    })
    .await;
    raconter(async |monde: Monde| {
        let sources = courriels_d_un_rdv_fixe(&monde, false).await;
        let avec: Vec<&String> =
            sources.iter().filter(|source| source.contains("text/calendar")).collect();
        let [source] = avec[..] else { panic!("one mail with the file: {sources:?}") };
        assert!(source.contains("multipart/mixed") && source.contains("multipart/alternative"));
        assert!(source.contains("filename=\"rdv-2024-06-07.ics\""), "{source}");
        assert!(!source.contains("method="), "it is no invitation");
        let piece = source.split("text/calendar").nth(1).unwrap();
        assert!(piece.contains("Content-Transfer-Encoding: base64"), "{piece}");
    })
    .await;
}
