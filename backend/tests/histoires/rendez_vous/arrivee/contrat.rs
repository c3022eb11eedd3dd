//! What a naive consumer of the platform's webhooks gets wrong: each failure seen elsewhere, each gesture that
//! sends several events. `docs/decisions/2026-11-24-webhooks.md` names them.

use crate::outils::corps::{MAIRIE, VISIO, avec, corps, en_2026, modifie, personne};
use crate::outils::monde::{AUTRE_DOSSIER, DOSSIER, Monde, lire_echantillon, raconter};
use crate::outils::plateforme::Plateforme;
use backend::rendez_vous::arrivee::inbox;
use backend::rendez_vous::reconciliations;
use backend::tables::{message, notification, personne_rdv, rendez_vous as table};
use domain::dossier::Tag;
use domain::rendez_vous::Situation;
use sandbox::embedded::FailureKind;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

const DEPLACE: &str = "05_rdv_updated_rescheduled_by_user";
const ANNULE: &str = "06_rdv_updated_cancelled_by_user_excused";

impl Monde {
    async fn situations(&self) -> Vec<(i64, Situation)> {
        let db = self.contexte.base.lire();
        let lignes =
            table::Entity::find().order_by_asc(table::Column::Participant).all(db).await.unwrap();
        lignes.iter().map(|l| (l.participant.0, table::lire(l).unwrap().situation())).collect()
    }

    /// How many automatic messages each of the two dossiers has.
    async fn dits(&self) -> (usize, usize) {
        let compter = async |dossier| {
            let messages = self.messages(dossier).await;
            messages.iter().filter(|m| m.genre == domain::message::GenreMessage::RendezVous).count()
        };
        (compter(DOSSIER).await, compter(AUTRE_DOSSIER).await)
    }
}

#[tokio::test]
async fn a_two_notifications_of_a_new_rendez_vous_applied_at_once_make_one() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.deposer(&lire_echantillon(VISIO)).await.unwrap();
        monde.deposer(&lire_echantillon(DEPLACE)).await.unwrap();
        let (contexte, autre) = (&monde.contexte, &monde.contexte);
        let (un, deux) =
            tokio::join!(inbox::appliquer_tout(contexte), inbox::appliquer_tout(autre));
        un.unwrap();
        deux.unwrap();
        // Whatever collided is tried again a second later.
        monde.le("2024-05-27 16:44:10 +0200");
        inbox::appliquer_tout(contexte).await.unwrap();
        assert_eq!(monde.situations().await, [(0, Situation::Prevu)]);
        let ligne = table::Entity::find().one(contexte.base.lire()).await.unwrap().unwrap();
        assert_eq!(ligne.debut.to_rfc3339(), "2024-06-10T08:00:00+00:00");
    })
    .await;
}

#[tokio::test]
async fn b_what_comes_after_a_deletion_brings_nothing_back() {
    raconter(async |monde: Monde| {
        monde.proposer(AUTRE_DOSSIER, "a").await.unwrap();
        monde.recevoir("11_rdv_destroyed_by_agent").await;
        // Its creation was retried for a week.
        monde.le("2024-06-05 09:00:00 +0200");
        monde.recevoir("04_rdv_created_home").await;
        assert_eq!(monde.situations().await, [(0, Situation::AnnuleParService)]);
        assert_eq!(monde.tag(AUTRE_DOSSIER).await, Some(Tag::RdvAnnule));
        // Even stamped later: rendered late, it is still that of a rendez-vous that is no more.
        let tard = modifie("04_rdv_created_home", "2024-06-04 10:00:00 +0200", |_| {});
        monde.livrer(&tard).await;
        assert_eq!(monde.tag(AUTRE_DOSSIER).await, Some(Tag::RdvAnnule));
    })
    .await;
}

#[tokio::test]
async fn c_two_changes_of_one_second_end_the_same_in_any_order() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        let quand = "2024-05-28 10:00:00 +0200";
        let nadia = json!([{"id": 1958, "email": "nadia@exemple.gouv.fr"}]);
        let agents = modifie(VISIO, quand, |data| data["agents"] = nadia.clone());
        // Earlier in the day: the hour alone does not tell which is the last.
        let tout = modifie(VISIO, quand, |data| {
            data["agents"] = nadia.clone();
            data["starts_at"] = json!("2024-06-07 09:30:00 +0200");
            data["ends_at"] = json!("2024-06-07 10:00:00 +0200");
        });
        monde.livrer(&tout).await;
        monde.livrer(&agents).await;
        assert!(monde.dernier_message(DOSSIER).await.contains("le 7 juin 2024 à 9h30"));
        assert_eq!(monde.dits().await.0, 2, "booked, moved");
    })
    .await;
}

#[tokio::test]
async fn d_an_old_payload_retried_after_a_newer_one_changes_nothing() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(ANNULE).await;
        monde.recevoir(DEPLACE).await;
        monde.recevoir(VISIO).await;
        assert_eq!(monde.situations().await, [(0, Situation::AnnuleParUsager)]);
        assert_eq!(monde.dits().await.0, 1, "cancelled: nobody hears of what was before");
    })
    .await;
}

#[tokio::test]
async fn e_a_webhook_that_comes_before_our_own_commit_is_attached_by_what_follows() {
    raconter(async |monde: Monde| {
        monde.recevoir(VISIO).await;
        assert_eq!(monde.dits().await.0, 0);
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(DEPLACE).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        assert_eq!(monde.dits().await.0, 1);
    })
    .await;
}

#[tokio::test]
async fn f_an_absence_is_no_cancellation_though_it_has_a_date_of_one() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("03_rdv_created_phone").await;
        let absent = corps("09_rdv_updated_noshow");
        assert!(absent["data"]["cancelled_at"].is_string());
        monde.livrer(&absent).await;
        assert_eq!(monde.situations().await, [(0, Situation::Absence)]);
        // Filled in by mistake, and put back.
        let remis = modifie("03_rdv_created_phone", "2024-06-10 10:05:00 +0200", |_| {});
        monde.livrer(&remis).await;
        assert_eq!(monde.situations().await, [(0, Situation::Prevu)]);
        assert_eq!(monde.dits().await.0, 1, "booked");
    })
    .await;
}

#[tokio::test]
async fn g_a_merged_person_is_followed_and_an_anonymised_one_erases_no_link() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        let fusion = modifie(VISIO, "2024-05-28 10:00:00 +0200", |data| {
            avec(data, &json!([personne(7777, Some("c.martin@autre.fr"))]));
        });
        monde.livrer(&fusion).await;
        let anonyme = modifie(VISIO, "2024-05-29 10:00:00 +0200", |data| {
            let email = "user_7777@deleted.rdv-solidarites.fr";
            let mut supprime = personne(7777, Some(email));
            supprime["first_name"] = json!("Usager");
            supprime["last_name"] = json!("supprimé");
            avec(data, &json!([supprime]));
        });
        monde.livrer(&anonyme).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        assert_eq!(monde.dits().await.0, 1, "nothing changed for people");
        let db = monde.contexte.base.lire();
        let connus = personne_rdv::Entity::find().all(db).await.unwrap();
        let mut connus: Vec<i64> = connus.iter().map(|ligne| ligne.personne.0).collect();
        connus.sort_unstable();
        assert_eq!(connus, [6425, 7777]);
        // The person under the new number books again.
        let mut encore = corps(MAIRIE);
        avec(&mut encore["data"], &json!([personne(7777, None)]));
        monde.livrer(&encore).await;
        assert_eq!(monde.dits().await.0, 2);
    })
    .await;
}

#[tokio::test]
async fn h_thousands_of_creations_sent_again_tell_nobody() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        let (dits, courriels) = (monde.dits().await, monde.courriels().await.len());
        for rang in 0..60 {
            let mut encore = corps(VISIO);
            encore["meta"]["timestamp"] = json!(format!("2024-05-28 10:00:{rang:02} +0200"));
            if rang > 0 {
                // Another one, over since long.
                encore["data"]["id"] = json!(100_000 + rang);
                encore["data"]["starts_at"] = json!("2022-06-07 15:30:00 +0200");
                encore["data"]["ends_at"] = json!("2022-06-07 16:00:00 +0200");
            }
            monde.deposer(&serde_json::to_vec(&encore).unwrap()).await.unwrap();
        }
        inbox::appliquer_tout(&monde.contexte).await.unwrap();
        assert_eq!(monde.dits().await, dits);
        assert_eq!(monde.courriels().await.len(), courriels);
        assert_eq!(monde.situations().await.len(), 60, "all are known");
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
    })
    .await;
}

#[tokio::test]
async fn i_an_erasure_is_no_cancellation_and_leaves_nothing_of_the_person() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        let mut efface = modifie(VISIO, "2026-06-08 22:00:04 +0200", |_| {});
        efface["meta"]["event"] = json!("destroyed");
        efface["meta"]["webhook_reason"] = json!("rgpd");
        monde.le("2026-06-08 22:00:05 +0200");
        let dits = monde.dits().await;
        monde.livrer(&efface).await;
        assert_eq!(monde.situations().await, [(0, Situation::Prevu)]);
        assert_eq!(monde.dits().await, dits);
        let db = monde.contexte.base.lire();
        let ligne = table::Entity::find().one(db).await.unwrap().unwrap();
        assert_eq!(ligne.dossier, Some(DOSSIER), "the history stays");
        let garde = format!("{ligne:?}");
        assert!(!garde.contains("MARTIN") && !garde.contains("6425"), "{garde}");
        assert_eq!(personne_rdv::Entity::find().count(db).await.unwrap(), 0);
        let liens = message::Entity::find().filter(message::Column::Lien.is_not_null());
        let liens = liens.filter(message::Column::RendezVous.is_not_null());
        assert_eq!(liens.count(db).await.unwrap(), 0, "nor its room");
        // Its creation, retried, brings nothing back.
        monde.livrer(&modifie(VISIO, "2024-05-28 10:00:00 +0200", |_| {})).await;
        let ligne = table::Entity::find().one(db).await.unwrap().unwrap();
        assert!(!format!("{ligne:?}").contains("MARTIN"));
    })
    .await;
}

#[tokio::test]
async fn j_a_video_rendez_vous_without_a_usable_link_is_taken() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let mut sans_lien = en_2026(corps(VISIO));
        sans_lien["data"]["visio_url"] = json!("https://exemple.org/piege");
        monde.livrer(&sans_lien).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        assert_eq!(monde.messages(DOSSIER).await.pop().unwrap().lien, None);
    })
    .await;
}

#[tokio::test]
async fn k_an_overseas_rendez_vous_keeps_its_hour_when_its_zone_becomes_known() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        let situe = modifie(VISIO, "2024-05-28 10:00:00 +0200", |data| {
            data["time_zone"] = json!("Indian/Reunion");
            data["starts_at"] = json!("2024-06-07 15:30:00 +0400");
            data["ends_at"] = json!("2024-06-07 16:00:00 +0400");
        });
        monde.livrer(&situe).await;
        assert_eq!(monde.dits().await.0, 1, "nobody has to come at another hour");
        let encore = modifie(VISIO, "2024-05-28 11:00:00 +0200", |data| {
            data["time_zone"] = json!("Indian/Reunion");
            data["starts_at"] = json!("2024-06-07 16:30:00 +0400");
            data["ends_at"] = json!("2024-06-07 17:00:00 +0400");
        });
        monde.livrer(&encore).await;
        assert!(monde.dernier_message(DOSSIER).await.contains("16h30 (heure de La Réunion)"));
    })
    .await;
}

#[tokio::test]
async fn l_what_a_page_of_html_swallowed_is_found_in_the_list() {
    raconter(async |mut monde: Monde| {
        let plateforme = Plateforme::ouvrir(&mut monde).await;
        plateforme.connecter(&monde, &monde.admin).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        // Something in our place answered 200 to the cancellation: it never comes, nor is it sent again.
        plateforme.bac.remember(&corps(ANNULE)["data"]).unwrap();
        // A page answered 200 in the platform's place is no empty list: nothing is concluded from it.
        plateforme.bac.fails(FailureKind::Html);
        monde.le("2024-05-28 09:00:00 +0200");
        reconciliations::tout_comparer(&monde.contexte).await.unwrap();
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        plateforme.bac.recovers();
        monde.le("2024-05-28 09:06:00 +0200");
        reconciliations::tout_comparer(&monde.contexte).await.unwrap();
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvAnnule));
        assert_eq!(monde.dits().await, (2, 0));
    })
    .await;
}

#[tokio::test]
async fn m_what_is_not_followed_is_taken_and_ignored() {
    raconter(async |monde: Monde| {
        for modele in ["Absence", "UserProfile", "WebhookEndpoint"] {
            let mut autre = corps(VISIO);
            autre["meta"]["model"] = json!(modele);
            monde.livrer(&autre).await;
        }
        let db = monde.contexte.base.lire();
        let ignorees = notification::Entity::find()
            .filter(notification::Column::Etat.eq("ignoree"))
            .count(db)
            .await
            .unwrap();
        assert_eq!((ignorees, monde.situations().await.len()), (3, 0));
    })
    .await;
}

#[tokio::test]
async fn n_one_change_makes_one_message_whatever_the_number_of_events() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.courriels().await;
        monde.recevoir(MAIRIE).await;
        monde.courriels().await;
        // Moved and elsewhere at once, told twice in the second, then touched without any change.
        let ailleurs = |data: &mut Value| {
            data["starts_at"] = json!("2024-06-19 11:00:00 +0200");
            data["ends_at"] = json!("2024-06-19 12:00:00 +0200");
            data["lieu"]["name"] = json!("Annexe de la mairie");
            data["address"] = json!("2 rue Neuve, 07130 Saint-Péray");
        };
        monde.livrer(&modifie(MAIRIE, "2024-06-01 10:00:00 +0200", ailleurs)).await;
        let mut double = modifie(MAIRIE, "2024-06-01 10:00:00 +0200", ailleurs);
        double["data"]["une_nouveaute"] = json!(1);
        monde.livrer(&double).await;
        monde.livrer(&modifie(MAIRIE, "2024-06-01 10:05:00 +0200", ailleurs)).await;
        assert_eq!(monde.dits().await.0, 2, "booked, moved");
        let dernier = monde.dernier_message(DOSSIER).await;
        assert!(dernier.contains("le 19 juin 2024") && dernier.contains("change aussi"));
        // The service moved it: both are told, once each.
        let courriels = monde.courriels().await;
        let (a, sujet) = courriels.last().unwrap();
        assert_eq!(courriels.len(), 4, "{courriels:?}");
        assert_eq!(a, "camille.martin@exemple.fr");
        assert!(sujet.starts_with("Votre rendez-vous est déplacé et change de lieu ou de lien"));
    })
    .await;
}

#[tokio::test]
async fn a_place_edited_in_place_and_a_new_link_are_told_to_both() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(MAIRIE).await;
        let avant = monde.courriels().await.len();
        let lieu = modifie(MAIRIE, "2024-06-01 10:00:00 +0200", |data| {
            data["lieu"]["name"] = json!("Annexe de la mairie");
        });
        monde.livrer(&lieu).await;
        assert!(monde.dernier_message(DOSSIER).await.contains("a changé"));
        assert_eq!(monde.courriels().await.len(), avant + 2);
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        let chez_jean = |lien: &str, quand: &str| {
            let mut visio = modifie(VISIO, quand, |data| {
                data["id"] = json!(400_000);
                data["visio_url"] = json!(lien);
                avec(data, &json!([personne(9_000, Some("jean.robert@exemple.fr"))]));
            });
            visio["meta"]["event"] = json!("created");
            visio
        };
        let quand = ["2024-06-01 11:00:00 +0200", "2024-06-01 11:05:00 +0200"];
        monde.livrer(&chez_jean("https://visio.numerique.gouv.fr/a", quand[0])).await;
        let avant = monde.courriels().await.len();
        monde.livrer(&chez_jean("https://visio.numerique.gouv.fr/b", quand[1])).await;
        assert_eq!(monde.courriels().await.len(), avant + 2);
        let dernier = monde.messages(AUTRE_DOSSIER).await.pop().unwrap();
        assert_eq!(dernier.lien.as_deref(), Some("https://visio.numerique.gouv.fr/b"));
    })
    .await;
}

#[tokio::test]
async fn a_cancellation_or_a_restoration_learned_once_it_is_over_tells_nobody() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("02_rdv_created_public_office").await;
        let (dits, courriels) = (monde.dits().await, monde.courriels().await.len());
        monde.le("2024-06-20 09:00:00 +0200");
        monde.recevoir("07_rdv_updated_revoked_by_agent").await;
        assert_eq!(monde.situations().await, [(0, Situation::AnnuleParService)]);
        monde.recevoir("08_rdv_updated_reinstated_unknown").await;
        assert_eq!(monde.situations().await, [(0, Situation::Prevu)]);
        assert_eq!((monde.dits().await, monde.courriels().await.len()), (dits, courriels));
    })
    .await;
}

#[tokio::test]
async fn a_creation_rendered_late_may_say_that_it_is_cancelled_already() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.courriels().await;
        let mut cree = en_2026(corps(VISIO));
        cree["data"]["status"] = json!("excused");
        monde.livrer(&cree).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvAnnule));
        assert!(monde.dernier_message(DOSSIER).await.starts_with("Rendez-vous annulé"));
        assert_eq!(monde.courriels().await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn both_generations_of_one_history_end_the_same() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.livrer(&corps(VISIO)).await;
        monde.livrer(&en_2026(corps(DEPLACE))).await;
        monde.livrer(&corps(ANNULE)).await;
        monde.livrer(&en_2026(corps(VISIO))).await;
        assert_eq!(monde.situations().await, [(0, Situation::AnnuleParUsager)]);
    })
    .await;
}

/// A meeting for several dossiers: who booked, and where each stands.
fn reunion(quand: &str, statut: &str, participants: &[(i64, &str, &str)]) -> Value {
    modifie(VISIO, quand, |data| {
        data["collectif"] = json!(true);
        data["motif"]["collectif"] = json!(true);
        data["status"] = json!(statut);
        data["users"] = json!([]);
        let participations = participants.iter().map(|(id, email, statut)| {
            json!({"id": id, "status": statut, "user": personne(*id, Some(email))})
        });
        data["participations"] = Value::Array(participations.collect());
    })
}

const CAMILLE: &str = "camille.martin@exemple.fr";
const JEAN: &str = "jean.robert@exemple.fr";

#[tokio::test]
async fn a_collective_rendez_vous_is_one_for_each_of_its_persons() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        let quand = |minute| format!("2024-05-28 10:{minute:02}:00 +0200");
        let deux = [(1, CAMILLE, "unknown"), (2, JEAN, "unknown")];
        monde.livrer(&reunion(&quand(0), "unknown", &deux[..1])).await;
        monde.livrer(&reunion(&quand(1), "unknown", &deux)).await;
        assert_eq!(monde.dits().await, (1, 1));
        assert_eq!(monde.tag(AUTRE_DOSSIER).await, Some(Tag::RdvPris));
        // One of them does not come: the rendez-vous itself holds.
        let jean_annule = [deux[0], (2, JEAN, "excused")];
        monde.livrer(&reunion(&quand(2), "unknown", &jean_annule)).await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        assert_eq!(monde.tag(AUTRE_DOSSIER).await, Some(Tag::RdvAnnule));
        assert_eq!(monde.dits().await, (1, 2));
        // An old one, retried: Jean is not back.
        monde.livrer(&reunion(&quand(1), "unknown", &deux)).await;
        assert_eq!(monde.dits().await, (1, 2));
        // Cancelled by the service, for those who were to come.
        monde.livrer(&reunion(&quand(3), "revoked", &jean_annule)).await;
        assert_eq!(monde.dits().await, (2, 2));
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvAnnule));
    })
    .await;
}

#[tokio::test]
async fn of_a_collective_rendez_vous_one_removed_is_cancelled_and_one_merged_is_not() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        let quand = |minute| format!("2024-05-28 10:{minute:02}:00 +0200");
        let deux = [(1, CAMILLE, "unknown"), (2, JEAN, "unknown")];
        monde.livrer(&reunion(&quand(0), "unknown", &deux)).await;
        let fusionne = [(11, CAMILLE, "unknown"), deux[1]];
        monde.livrer(&reunion(&quand(1), "unknown", &fusionne)).await;
        assert_eq!(monde.dits().await, (1, 1), "the same person under another number");
        monde.livrer(&reunion(&quand(2), "unknown", &fusionne[..1])).await;
        assert_eq!(monde.dits().await, (1, 2));
        assert_eq!(monde.tag(AUTRE_DOSSIER).await, Some(Tag::RdvAnnule));
        let prevu = |id| (id, Situation::Prevu);
        let attendu = [prevu(0), (2, Situation::AnnuleParService), prevu(11)];
        assert_eq!(monde.situations().await, attendu);
    })
    .await;
}

#[tokio::test]
async fn a_burst_of_a_collective_rendez_vous_tells_each_person_once() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let tous = |honores: i64| -> Vec<(i64, &str, &str)> {
            (1..=20)
                .map(|id| {
                    let email = if id == 1 { CAMILLE } else { "inconnu@exemple.fr" };
                    (id, email, if id <= honores { "excused" } else { "unknown" })
                })
                .collect()
        };
        monde.livrer(&reunion("2024-05-28 10:00:00 +0200", "unknown", &tous(0))).await;
        // One event a person, all in one second, in any order.
        for honores in [3, 1, 20, 2, 9] {
            monde.livrer(&reunion("2024-05-28 10:00:09 +0200", "unknown", &tous(honores))).await;
        }
        assert_eq!(monde.dits().await.0, 2, "booked, cancelled");
        let situations = monde.situations().await;
        assert_eq!(situations.len(), 21);
        assert!(situations[1..].iter().all(|(_, s)| *s == Situation::AnnuleParUsager));
    })
    .await;
}

#[tokio::test]
async fn the_persons_of_a_collective_rendez_vous_wait_to_be_attached_one_by_one() {
    raconter(async |monde: Monde| {
        use backend::rendez_vous::rattachements;
        let deux = [(1, CAMILLE, "unknown"), (2, JEAN, "unknown")];
        monde.livrer(&reunion("2024-05-28 10:00:00 +0200", "unknown", &deux)).await;
        let db = monde.contexte.base.lire();
        let demarche = crate::outils::monde::DEMARCHE;
        let page = rattachements::a_rattacher(db, &monde.instructeur, demarche, monde.maintenant())
            .await
            .unwrap();
        assert_eq!(page.a_venir.len(), 2, "not the meeting itself");
        let personnes: Vec<usize> = page.a_venir.iter().map(|c| c.personnes.len()).collect();
        assert_eq!(personnes, [1, 1]);
    })
    .await;
}

#[tokio::test]
async fn an_erased_collective_rendez_vous_leaves_nobody() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let deux = [(1, CAMILLE, "seen"), (2, JEAN, "noshow")];
        monde.livrer(&reunion("2024-06-07 17:00:00 +0200", "unknown", &deux)).await;
        let mut efface = reunion("2026-06-08 22:00:04 +0200", "unknown", &deux);
        efface["meta"]["event"] = json!("destroyed");
        efface["meta"]["webhook_reason"] = json!("rgpd");
        monde.livrer(&efface).await;
        let situations = monde.situations().await;
        let attendu = [(0, Situation::Prevu), (1, Situation::Honore), (2, Situation::Absence)];
        assert_eq!(situations, attendu, "what happened stays true");
        let db = monde.contexte.base.lire();
        let garde = format!("{:?}", table::Entity::find().all(db).await.unwrap());
        assert!(!garde.contains("MARTIN") && !garde.contains("exemple.fr"), "{garde}");
    })
    .await;
}
