//! Who is told how fast: choices, what the démarche settles, defaults.

use super::{TOM, change, introuvable, pris, un_avis};
use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, raconter};
use backend::Echec;
use backend::demarche::avertissements::{desabonnement, gestion};
use domain::avertissement::{Avertissement, Reglage, Rythme};
use domain::vues::DejaFait;
use domain::{Champ, Erreur, Saisie};
use serde_json::json;

/// What happens, one thing a week: at once, the subject that tells of it; later, the heading and the words.
const ARRIVE: [(&str, &str, &str); 7] = [
    (
        "Confirmation de prise de rendez-vous",
        "Rendez-vous pris",
        "pris\u{a0}: le mardi 10 décembre",
    ),
    ("Rendez-vous déplacé", "Rendez-vous pris", "au lieu du mardi 10 décembre"),
    ("Rendez-vous annulé", "Rendez-vous pris", "annulé par l'utilisateur"),
    ("Vous avez un nouveau message", "Nouveaux messages", "un nouveau message, dossier n°17606854"),
    ("Nouveau dossier", "Nouveaux dossiers", "(ROBERT Jean)"),
    ("Un avis a été rendu", "Avis reçus", "experte@exemple.org"),
    ("a été modifié", "Dossiers modifiés", "dossier n°17606854"),
];

async fn arriver(monde: &Monde, rang: usize) {
    match rang {
        0 => {
            monde.proposer(DOSSIER, "a").await.unwrap();
            monde.livrer(&pris()).await;
        }
        1 => {
            let deplace = change("2024-06-11 10:00:00 +0200", |data| {
                data["starts_at"] = json!("2024-12-11 09:00:00 +0100");
                data["ends_at"] = json!("2024-12-11 09:30:00 +0100");
            });
            monde.livrer(&deplace).await;
        }
        2 => {
            let annule = change("2024-06-18 10:00:00 +0200", |data| {
                data["starts_at"] = json!("2024-12-11 09:00:00 +0100");
                data["ends_at"] = json!("2024-12-11 09:30:00 +0100");
                data["status"] = json!("excused");
                data["participations"][0]["status"] = json!("excused");
            });
            monde.livrer(&annule).await;
        }
        3 => monde.ecrit("Bonjour").await,
        4 => drop(monde.depose().await),
        5 => un_avis(monde).await,
        _ => monde.modifie(0, "Autrement").await,
    }
}

async fn suivre(rythme: Rythme) {
    raconter(async |monde: Monde| {
        monde.tout_choisir(rythme).await;
        let mut deja = 0;
        // Tuesdays; the summaries of the days after leave with nothing else to say.
        let semaines = [
            ("2024-06-04", "2024-06-05", "2024-06-10"),
            ("2024-06-11", "2024-06-12", "2024-06-17"),
            ("2024-06-18", "2024-06-19", "2024-06-24"),
            ("2024-06-25", "2024-06-26", "2024-07-01"),
            ("2024-07-02", "2024-07-03", "2024-07-08"),
            ("2024-07-09", "2024-07-10", "2024-07-15"),
            ("2024-07-16", "2024-07-17", "2024-07-22"),
        ];
        for (rang, (mardi, mercredi, lundi)) in semaines.into_iter().enumerate() {
            let (sujet, titre, dit) = ARRIVE[rang];
            monde.le(&format!("{mardi} 10:00:00 +0200"));
            arriver(&monde, rang).await;
            let aussitot = monde.nouveaux(&mut deja).await;
            monde.passer(&format!("{mercredi} 07:00:00 +0200")).await;
            let le_jour = monde.nouveaux(&mut deja).await;
            monde.passer(&format!("{lundi} 07:00:00 +0200")).await;
            let la_semaine = monde.nouveaux(&mut deja).await;
            let combien = [aussitot.len(), le_jour.len(), la_semaine.len()];
            let attendu = match rythme {
                Rythme::ToutDeSuite => [1, 0, 0],
                Rythme::Jour => [0, 1, 0],
                Rythme::Semaine => [0, 0, 1],
                Rythme::Jamais => [0, 0, 0],
            };
            assert_eq!(combien, attendu, "{rythme:?}, {sujet}");
            if let [courriel] = &aussitot[..] {
                assert!(courriel.sujet.contains(sujet), "{}", courriel.sujet);
                assert!(courriel.texte.contains("Ne plus recevoir ces emails"), "{sujet}");
            }
            if let [courriel] = &[le_jour, la_semaine].concat()[..] {
                assert!(courriel.sujet.starts_with("Votre résumé du "), "{}", courriel.sujet);
                let texte = &courriel.texte;
                assert!(texte.contains(titre) && texte.contains(dit), "{titre}, {dit}: {texte}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn all_is_told_at_once_to_whoever_wants_it_so() {
    suivre(Rythme::ToutDeSuite).await;
}

#[tokio::test]
async fn all_is_told_the_next_morning_to_whoever_wants_it_so() {
    suivre(Rythme::Jour).await;
}

#[tokio::test]
async fn all_is_told_the_next_monday_to_whoever_wants_it_so() {
    suivre(Rythme::Semaine).await;
}

#[tokio::test]
async fn nothing_is_told_to_whoever_wants_nothing() {
    suivre(Rythme::Jamais).await;
}

impl Monde {
    async fn reglage(&self, quoi: Avertissement) -> Reglage {
        let db = self.contexte.base.lire();
        let lues = gestion::lire(db, &self.instructeur, DEMARCHE).await.unwrap();
        *lues.reglages.iter().find(|reglage| reglage.quoi == quoi).unwrap()
    }

    async fn regler(&self, quoi: Avertissement, code: &str) -> Result<(), Echec> {
        self.changer(&self.admin, async |c| {
            gestion::enregistrer_demarche(c, DEMARCHE, &[(quoi, code)]).await
        })
        .await
    }
}

#[tokio::test]
async fn by_default_a_booking_is_told_at_once_unless_the_platform_writes_already() {
    raconter(async |monde: Monde| {
        for (quoi, attendu) in [
            (Avertissement::RdvPris, Rythme::ToutDeSuite),
            (Avertissement::RdvAnnule, Rythme::ToutDeSuite),
            (Avertissement::Message, Rythme::ToutDeSuite),
            (Avertissement::AvisRecu, Rythme::ToutDeSuite),
            (Avertissement::DossierDepose, Rythme::Jour),
            (Avertissement::DossierModifie, Rythme::Jour),
        ] {
            assert_eq!(monde.reglage(quoi).await.rythme(), attendu, "{quoi:?}");
        }
        monde.connecter().await;
        let reglage = monde.reglage(Avertissement::RdvPris).await;
        assert_eq!((reglage.connecte, reglage.rythme()), (true, Rythme::Jour));
        assert!(!monde.reglage(Avertissement::RdvAnnule).await.connecte);
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.livrer(&pris()).await;
        assert!(monde.recus(TOM).await.is_empty(), "the platform's own mail is enough");
        assert_eq!(monde.passer("2024-05-28 07:00:00 +0200").await, 1);
        let recus = monde.recus(TOM).await;
        assert!(recus[0].texte.contains("pris\u{a0}: le mardi 10 décembre 2024 à 15h30"));
        // It is theirs to say otherwise.
        monde.choisir(&[(Avertissement::RdvPris, "tout_de_suite")]).await;
        assert_eq!(monde.reglage(Avertissement::RdvPris).await.rythme(), Rythme::ToutDeSuite);
    })
    .await;
}

#[tokio::test]
async fn whoever_chose_nothing_follows_the_demarche_and_may_come_back_to_it() {
    raconter(async |monde: Monde| {
        let quoi = Avertissement::Message;
        monde.regler(quoi, "semaine").await.unwrap();
        assert_eq!(monde.reglage(quoi).await.rythme(), Rythme::Semaine);
        monde.choisir(&[(quoi, "jour")]).await;
        monde.regler(quoi, "jamais").await.unwrap();
        let reglage = monde.reglage(quoi).await;
        assert_eq!((reglage.rythme(), reglage.sans_choix()), (Rythme::Jour, Rythme::Jamais));
        monde.choisir(&[(quoi, "")]).await;
        assert_eq!(monde.reglage(quoi).await.rythme(), Rythme::Jamais);
        monde.regler(quoi, "").await.unwrap();
        assert_eq!(monde.reglage(quoi).await.rythme(), Rythme::ToutDeSuite);

        // What no form offers changes nothing, not even what is right beside it.
        let faux = [(Avertissement::AvisRecu, "jour"), (quoi, "demain")];
        let refus = monde
            .changer(&monde.instructeur, async |c| gestion::enregistrer(c, DEMARCHE, &faux).await)
            .await;
        let attendu = Erreur::champ(Champ::Rythme(quoi), Saisie::HorsChoix);
        assert!(matches!(refus, Err(Echec::Metier(erreur)) if erreur == attendu));
        assert_eq!(monde.reglage(Avertissement::AvisRecu).await.choix, None);

        // Neither page is anybody else's.
        for etranger in [&monde.camille, &monde.admin] {
            assert!(introuvable(&monde, etranger).await);
            let refus = monde
                .changer(etranger, async |c| gestion::enregistrer(c, DEMARCHE, &[]).await)
                .await;
            assert!(matches!(refus, Err(Echec::Metier(Erreur::Introuvable))));
        }
        for etranger in [&monde.camille, &monde.instructeur] {
            let db = monde.contexte.base.lire();
            let lue = gestion::lire_demarche(db, etranger, DEMARCHE).await;
            assert!(matches!(lue, Err(Echec::Metier(Erreur::Introuvable))));
            let refus = monde
                .changer(etranger, async |c| {
                    gestion::enregistrer_demarche(c, DEMARCHE, &[(quoi, "jamais")]).await
                })
                .await;
            assert!(matches!(refus, Err(Echec::Metier(Erreur::Introuvable))));
        }
    })
    .await;
}

/// The token of the link under a mail.
fn jeton(texte: &str) -> String {
    let (_, suite) = texte.split_once("https://demarches.example/desabonnement/").unwrap();
    suite.split_whitespace().next().unwrap().to_owned()
}

#[tokio::test]
async fn the_link_under_a_mail_stops_its_kind_and_nothing_else() {
    raconter(async |monde: Monde| {
        monde.ecrit("Bonjour").await;
        let message = jeton(&monde.recus(TOM).await[0].texte);
        let lire = async |jeton: &str| {
            let contexte = &monde.contexte;
            desabonnement::lire(contexte.base.lire(), &contexte.outils, jeton).await
        };
        let lu = lire(&message).await.unwrap();
        assert_eq!((lu.email.as_str(), lu.deja), (TOM, DejaFait::Non));
        assert_eq!(lu.demarches[0].2, [Avertissement::Message]);
        // A gateway that opens the link stops nothing.
        assert_eq!(monde.reglage(Avertissement::Message).await.rythme(), Rythme::ToutDeSuite);
        for _ in 0..2 {
            desabonnement::arreter(&monde.contexte, &message).await.unwrap();
        }
        assert_eq!(lire(&message).await.unwrap().deja, DejaFait::Oui);
        assert_eq!(monde.reglage(Avertissement::Message).await.choix, Some(Rythme::Jamais));
        assert_eq!(monde.reglage(Avertissement::AvisRecu).await.choix, None);

        // That of a summary stops what is told in summaries.
        monde.depose().await;
        monde.passer("2024-05-28 07:00:00 +0200").await;
        let resume = jeton(&monde.recus(TOM).await[1].texte);
        let lu = lire(&resume).await.unwrap();
        let attendu = [Avertissement::DossierDepose, Avertissement::DossierModifie];
        assert_eq!(lu.demarches[0].2, attendu);
        desabonnement::arreter(&monde.contexte, &resume).await.unwrap();
        assert_eq!(lire(&resume).await.unwrap().deja, DejaFait::Oui);
        assert_eq!(monde.reglage(Avertissement::DossierDepose).await.rythme(), Rythme::Jamais);
        assert_eq!(monde.reglage(Avertissement::RdvPris).await.rythme(), Rythme::ToutDeSuite);

        // No other token opens anything: forged, cut, sealed for something else.
        let mut forge = message.clone();
        forge.replace_range(60..62, if &message[60..62] == "00" { "01" } else { "00" });
        let outils = &monde.contexte.outils;
        let autre = hex::encode(outils.coffre.sceller(b"[2,\"Recapitulatifs\"]", &outils.hasard));
        for faux in [forge.as_str(), &message[..40], "", "zz", &autre, &"a".repeat(5_000)] {
            let refus = desabonnement::arreter(&monde.contexte, faux).await;
            assert!(matches!(refus, Err(Echec::Metier(Erreur::Introuvable))), "{faux}");
            assert!(lire(faux).await.is_err());
        }
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_was_to_leave_does_not_once_its_kind_is_stopped() {
    raconter(async |monde: Monde| {
        monde.ecrit("Bonjour").await;
        monde.choisir(&[(Avertissement::Message, "jamais")]).await;
        assert!(monde.recus(TOM).await.is_empty());
    })
    .await;
}
