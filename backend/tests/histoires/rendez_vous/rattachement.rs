//! Which dossier a rendez-vous belongs to, by itself and by hand.

use crate::outils::corps::{MAIRIE, VISIO, avec, corps, modifie, personne};
use crate::outils::monde::{
    AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, administrer, deposer, raconter,
};
use backend::Echec;
use backend::messagerie::fil;
use backend::rendez_vous::propositions;
use backend::rendez_vous::rattachements::{self, Lieu};
use backend::socle::direct;
use backend::tables::{dossier, geste_rdv, journal, notification, rendez_vous as table};
use domain::dossier::{EtatDossier, Tag};
use domain::ids::{DemarcheNumero, DossierNumero, RdvUserId, RendezVousId};
use domain::journal::Action;
use domain::liste::Filtres;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{FiltresRdv, GesteAnnulable, RendezVousARattacher};
use domain::{Champ, Erreur, Saisie};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use serde_json::json;

const TROISIEME: DossierNumero = DossierNumero(16_035_121);
const AUTRE_DEMARCHE: DemarcheNumero = DemarcheNumero(77_310);

impl Monde {
    async fn page(&self) -> RendezVousARattacher {
        self.page_de(&self.instructeur, DEMARCHE).await
    }

    async fn rattacher(&self, qui: &Acteur, id: RendezVousId, numero: &str) -> Result<(), Echec> {
        self.changer(qui, async |c| rattachements::rattacher(c, id, numero).await).await
    }

    async fn detacher(&self, id: RendezVousId, dossier: DossierNumero) -> Result<(), Echec> {
        let lieu = Lieu::Dossier(dossier);
        self.changer(&self.instructeur, async |c| {
            rattachements::detacher(c, id, dossier, lieu).await
        })
        .await
    }

    /// What « Rendez-vous à rattacher », the messagerie of that dossier and « Rendez-vous avec les usagers » offer to
    /// undo.
    async fn annulables(&self, dossier: DossierNumero) -> [Option<GesteAnnulable>; 3] {
        let (db, t) = (self.contexte.base.lire(), self.maintenant());
        let fil = fil::fil_instructeur(db, &self.instructeur, dossier, t).await.unwrap();
        let filtres = FiltresRdv::default();
        let planning = self.planning(&self.instructeur, &filtres).await.unwrap();
        [self.page().await.geste, fil.geste, planning.geste]
    }

    async fn annuler_le_geste(&self) -> Result<(), Echec> {
        let annulables = self.annulables(DOSSIER).await;
        let geste = annulables.into_iter().flatten().next().expect("something to undo").id;
        self.changer(&self.instructeur, async |c| rattachements::annuler(c, geste).await).await
    }

    async fn ligne(&self) -> table::Model {
        table::Entity::find().one(self.contexte.base.lire()).await.unwrap().unwrap()
    }

    /// The dossier that the only rendez-vous belongs to.
    async fn rattache_a(&self) -> Option<DossierNumero> {
        self.ligne().await.dossier
    }

    async fn terminer(&self, numero: DossierNumero) {
        let db = self.contexte.base.lire();
        let dossier = dossier::Entity::find_by_id(numero).one(db).await.unwrap().unwrap();
        let mut change = dossier.into_active_model();
        change.etat = Set(EtatDossier::Accepte);
        change.update(db).await.unwrap();
    }

    /// Another démarche, examined by `qui`, where Camille has filed [`TROISIEME`]. `partage`: it has the same agenda.
    async fn autre_demarche(&self, partage: bool, qui: &Acteur) {
        use backend::tables::{demarche, groupe, instructeur};
        let db = self.contexte.base.lire();
        let mut autre = demarche::Entity::find_by_id(DEMARCHE)
            .one(db)
            .await
            .unwrap()
            .unwrap()
            .into_active_model()
            .reset_all();
        autre.numero = Set(AUTRE_DEMARCHE);
        if !partage {
            autre.organisation = Set(None);
            autre.url_agenda = Set(None);
        }
        demarche::Entity::insert(autre).exec_without_returning(db).await.unwrap();
        // One person manages both, without whom an agenda is not shared.
        administrer(db, AUTRE_DEMARCHE, &self.admin).await;
        let ligne = groupe::ActiveModel {
            demarche: Set(AUTRE_DEMARCHE),
            nom: Set("autre".to_owned()),
            ..Default::default()
        };
        let groupe = groupe::Entity::insert(ligne).exec(db).await.unwrap().last_insert_id;
        let lien = instructeur::ActiveModel { groupe: Set(groupe), compte: Set(qui.compte) };
        instructeur::Entity::insert(lien).exec_without_returning(db).await.unwrap();
        deposer(db, TROISIEME, groupe, &self.camille).await;
        let ligne = dossier::Entity::find_by_id(TROISIEME).one(db).await.unwrap().unwrap();
        let mut change = ligne.into_active_model();
        change.demarche = Set(AUTRE_DEMARCHE);
        change.update(db).await.unwrap();
    }

    /// Forgets what came, to tell another story.
    async fn effacer_les_rendez_vous(&self) {
        let db = self.contexte.base.lire();
        notification::Entity::delete_many().exec(db).await.unwrap();
        table::Entity::delete_many().exec(db).await.unwrap();
    }

    /// What waits for somebody, as `qui` sees it in a démarche.
    async fn page_de(&self, qui: &Acteur, demarche: DemarcheNumero) -> RendezVousARattacher {
        let db = self.contexte.base.lire();
        rattachements::a_rattacher(db, qui, demarche, self.maintenant()).await.unwrap()
    }

    /// Files another dossier for Camille, of the same groupe.
    async fn troisieme_dossier(&self) {
        let db = self.contexte.base.lire();
        let premier = dossier::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap();
        deposer(db, TROISIEME, premier.groupe, &self.camille).await;
    }
}

fn erreur(resultat: Result<(), Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

fn raisons(page: &RendezVousARattacher) -> Vec<(DossierNumero, Vec<String>)> {
    let suggestions = page.a_venir[0].suggestions.iter();
    suggestions.map(|s| (s.numero, s.raisons.clone())).collect()
}

#[tokio::test]
async fn a_booking_without_a_proposition_waits_for_somebody_and_is_suggested() {
    raconter(async |monde: Monde| {
        monde.recevoir(VISIO).await;
        assert_eq!(monde.rattache_a().await, None);
        let page = monde.page().await;
        let [la_bonne, homonyme] = &raisons(&page)[..] else { panic!("{page:?}") };
        let email = "même adresse électronique".to_owned();
        assert_eq!(*la_bonne, (DOSSIER, vec![email, "même nom".to_owned()]));
        assert_eq!(*homonyme, (AUTRE_DOSSIER, vec!["même nom".to_owned()]));
        let carte = &page.a_venir[0];
        assert_eq!(carte.personnes[0].nom, "MARTIN Camille");
        assert_eq!(carte.personnes[0].email.as_deref(), Some("camille.martin@exemple.fr"));
        assert!(carte.personnes[0].telephone.is_some() && !carte.par_le_service);
        assert!(carte.agents.starts_with("https://rdv.anct.gouv.fr/admin/organisations/100/rdvs/"));
    })
    .await;
}

#[tokio::test]
async fn a_later_rendez_vous_of_the_same_dossier_is_known_by_its_person() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        // Booked again with the same link, from another address of the same account of the platform.
        let mut encore = corps(MAIRIE);
        avec(&mut encore["data"], &json!([personne(6425, Some("autre@exemple.fr"))]));
        monde.livrer(&encore).await;
        let db = monde.contexte.base.lire();
        let lignes = table::Entity::find().all(db).await.unwrap();
        assert!(lignes.iter().all(|ligne| ligne.dossier == Some(DOSSIER)), "{lignes:?}");
    })
    .await;
}

#[tokio::test]
async fn a_relative_is_attached_by_the_person_responsible() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let mut proche = corps(VISIO);
        let mut enfant = personne(7000, None);
        enfant["first_name"] = json!("Zoé");
        enfant["responsible"] = personne(6425, Some("Camille.Martin@exemple.fr"));
        avec(&mut proche["data"], &json!([enfant]));
        monde.livrer(&proche).await;
        assert_eq!(monde.rattache_a().await, Some(DOSSIER));
    })
    .await;
}

#[tokio::test]
async fn another_email_is_suggested_by_the_name_and_the_telephone() {
    // As answers are kept, as the first version kept them, and in the form of before.
    for champs in [
        r#"[{"champ":3,"libelle":"Téléphone","genre":"telephone","valeur":"06 12 34 56 78"}]"#,
        r#"[["Téléphone","06.12.34.56.78"]]"#,
        r#"[{"champ":3,"libelle":"Contact","genre":"texte_court","valeur":"0612345678"}]"#,
    ] {
        par_le_nom_et_le_telephone(champs).await;
    }
}

async fn par_le_nom_et_le_telephone(champs: &'static str) {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let db = monde.contexte.base.lire();
        let dossier = dossier::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap();
        let mut change = dossier.into_active_model();
        change.champs = Set(champs.to_owned());
        change.update(db).await.unwrap();
        let mut ailleurs = corps(VISIO);
        avec(&mut ailleurs["data"], &json!([personne(7000, Some("c.martin@autre.fr"))]));
        monde.livrer(&ailleurs).await;
        assert_eq!(monde.rattache_a().await, None);
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose));
        let page = monde.page().await;
        let telephone = "même numéro de téléphone".to_owned();
        assert_eq!(raisons(&page)[0], (DOSSIER, vec![telephone, "même nom".to_owned()]));
        assert_eq!(raisons(&page)[1], (AUTRE_DOSSIER, vec!["même nom".to_owned()]));
    })
    .await;
}

#[tokio::test]
async fn a_name_is_suggested_however_it_is_written() {
    raconter(async |monde: Monde| {
        let mut ailleurs = corps(VISIO);
        let mut inconnue = personne(7000, Some("autre@exemple.fr"));
        inconnue["phone_number"] = json!(null);
        inconnue["phone_number_formatted"] = json!(null);
        for (ici, la_bas) in [
            (("Hélène", "D’Alençon"), ("HELENE", "D'ALENCON")),
            (("Jean-Pierre", "Le Goff-Martin"), ("Jean Pierre", "LE GOFF MARTIN")),
            (("Łukasz", "Kovač"), ("lukasz", "KOVAC")),
        ] {
            monde.renommer(ici.0, ici.1).await;
            (inconnue["first_name"], inconnue["last_name"]) = (json!(la_bas.0), json!(la_bas.1));
            avec(&mut ailleurs["data"], &json!([inconnue]));
            monde.livrer(&ailleurs).await;
            let page = monde.page().await;
            assert_eq!(raisons(&page), [(DOSSIER, vec!["même nom".to_owned()])], "{ici:?}");
            monde.effacer_les_rendez_vous().await;
        }
    })
    .await;
}

#[tokio::test]
async fn of_one_address_the_dossier_that_has_also_the_name_is_suggested_first() {
    raconter(async |monde: Monde| {
        monde.troisieme_dossier().await;
        monde.renommer("Autre", "Personne").await;
        // The open proposition is of the other one: two were asked by this address, it could be either.
        monde.recevoir(VISIO).await;
        let page = monde.page().await;
        let email = "même adresse électronique".to_owned();
        let raisons = raisons(&page);
        assert_eq!(raisons[0], (TROISIEME, vec![email.clone(), "même nom".to_owned()]));
        assert_eq!(raisons[1], (DOSSIER, vec![email]));
    })
    .await;
}

#[tokio::test]
async fn of_two_dossiers_of_one_person_the_one_that_was_asked_is_answered() {
    raconter(async |monde: Monde| {
        monde.troisieme_dossier().await;
        monde.proposer(TROISIEME, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        assert_eq!(monde.rattache_a().await, Some(TROISIEME));
    })
    .await;
}

#[tokio::test]
async fn two_dossiers_asked_at_once_are_left_to_somebody() {
    raconter(async |monde: Monde| {
        monde.troisieme_dossier().await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.proposer(TROISIEME, "b").await.unwrap();
        monde.recevoir(VISIO).await;
        assert_eq!(monde.rattache_a().await, None);
        let numeros: Vec<DossierNumero> =
            raisons(&monde.page().await).iter().map(|(n, _)| *n).collect();
        assert_eq!(numeros[..2], [TROISIEME, DOSSIER]);
    })
    .await;
}

#[tokio::test]
async fn a_dossier_decided_on_is_attached_only_for_what_it_asked() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.terminer(DOSSIER).await;
        monde.recevoir(VISIO).await;
        assert_eq!(monde.rattache_a().await, Some(DOSSIER), "it had been asked");
        monde.recevoir(MAIRIE).await;
        assert_eq!(monde.page().await.a_venir.len(), 1, "this one had not");
    })
    .await;
}

#[tokio::test]
async fn a_rendez_vous_that_an_agent_typed_tells_the_usager() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.courriels().await;
        let mut tape = corps(VISIO);
        tape["data"]["created_by_type"] = json!("Agent");
        monde.livrer(&tape).await;
        assert!(
            monde.dernier_message(DOSSIER).await.starts_with("Rendez-vous fixé par le service")
        );
        let courriels = monde.courriels().await;
        let nouveaux: Vec<&str> = courriels[1..].iter().map(|(a, _)| a.as_str()).collect();
        assert_eq!(nouveaux, ["tom.instructeur@exemple.gouv.fr", "camille.martin@exemple.fr"]);
        assert!(courriels[2].1.starts_with("Votre rendez-vous est fixé"));
    })
    .await;
}

#[tokio::test]
async fn what_an_agent_typed_without_being_asked_waits_and_cites_its_dossier() {
    raconter(async |monde: Monde| {
        let mut tape = corps(VISIO);
        tape["data"]["created_by_type"] = json!("Agent");
        tape["data"]["context"] = json!("appel, dossier n°18051790");
        monde.livrer(&tape).await;
        let page = monde.page().await;
        assert!(page.a_venir[0].par_le_service);
        let cite = raisons(&page).into_iter().find(|(n, _)| *n == AUTRE_DOSSIER).unwrap();
        assert_eq!(cite.1[0], "numéro du dossier noté par un agent");
        assert!(!monde.ligne().await.contenu.contains("appel"), "the note itself is not kept");
    })
    .await;
}

#[tokio::test]
async fn a_personal_invitation_is_the_strongest_proof() {
    raconter(async |monde: Monde| {
        use backend::tables::proposition;
        monde.troisieme_dossier().await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.proposer(TROISIEME, "b").await.unwrap();
        let db = monde.contexte.base.lire();
        proposition::Entity::update_many()
            .set(proposition::ActiveModel {
                rdv_user: Set(Some(RdvUserId(6425))),
                ..Default::default()
            })
            .filter(proposition::Column::Dossier.eq(TROISIEME))
            .exec(db)
            .await
            .unwrap();
        monde.recevoir(VISIO).await;
        assert_eq!(monde.rattache_a().await, Some(TROISIEME));
    })
    .await;
}

#[tokio::test]
async fn a_booking_made_before_the_proposition_does_not_answer_it() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let mut ancien = corps(VISIO);
        ancien["data"]["created_at"] = json!("2024-05-20 09:00:00 +0200");
        monde.livrer(&ancien).await;
        assert_eq!(monde.rattache_a().await, None);
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose));
    })
    .await;
}

#[tokio::test]
async fn attaching_says_the_same_as_a_booking_and_says_it_once() {
    raconter(async |monde: Monde| {
        monde.recevoir(VISIO).await;
        let id = monde.page().await.a_venir[0].rendez_vous.id;
        monde.rattacher(&monde.instructeur, id, " 17606854 ").await.unwrap();
        monde.rattacher(&monde.instructeur, id, "17606854").await.unwrap();
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        assert_eq!(monde.messages(DOSSIER).await.len(), 1);
        assert!(monde.dernier_message(DOSSIER).await.starts_with("Rendez-vous pris"));
        let courriels = monde.courriels().await;
        assert_eq!(courriels.len(), 1, "whoever attached it, for want of a proposition");
        assert_eq!(courriels[0].0, "tom.instructeur@exemple.gouv.fr");
        assert!(monde.page().await.a_venir.is_empty());
        // From now on it lives as any other one.
        monde.recevoir("05_rdv_updated_rescheduled_by_user").await;
        assert!(monde.dernier_message(DOSSIER).await.starts_with("Rendez-vous déplacé"));
        assert_eq!(monde.courriels().await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn attaching_answers_the_proposition_that_waits_and_detaching_lets_it_wait_again() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let mut ailleurs = corps(VISIO);
        avec(&mut ailleurs["data"], &json!([personne(7000, Some("c.martin@autre.fr"))]));
        monde.livrer(&ailleurs).await;
        let id = monde.page().await.a_venir[0].rendez_vous.id;
        monde.rattacher(&monde.instructeur, id, "17606854").await.unwrap();
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        monde.detacher(id, DOSSIER).await.unwrap();
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose));
        let dernier = monde.dernier_message(DOSSIER).await;
        assert_eq!(
            dernier,
            "Rectification\u{a0}: le rendez-vous du 7 juin 2024 à 15h30 ne concerne pas ce dossier, il n'y est plus affiché. Cette rectification n'annule aucun rendez-vous."
        );
        // The mail that had not left says nothing any more; that of the proposition does.
        assert_eq!(monde.courriels().await.len(), 1);
        // Nothing was learnt of that person.
        let mut encore = corps(MAIRIE);
        avec(&mut encore["data"], &json!([personne(7000, Some("c.martin@autre.fr"))]));
        monde.livrer(&encore).await;
        assert_eq!(monde.page().await.a_venir.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_a_person_decided_is_never_changed_by_the_matching() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        let id = monde.ligne().await.id;
        monde.detacher(id, DOSSIER).await.unwrap();
        monde.recevoir("05_rdv_updated_rescheduled_by_user").await;
        assert_eq!(monde.rattache_a().await, None, "detached");
        monde
            .changer(&monde.instructeur, async |c| rattachements::ecarter(c, id).await)
            .await
            .unwrap();
        let encore = modifie(VISIO, "2024-05-30 10:00:00 +0200", |_| {});
        monde.livrer(&encore).await;
        assert_eq!(monde.rattache_a().await, None, "set aside");
        monde.rattacher(&monde.instructeur, id, "18051790").await.unwrap();
        let encore = modifie(VISIO, "2024-05-30 11:00:00 +0200", |_| {});
        monde.livrer(&encore).await;
        assert_eq!(monde.rattache_a().await, Some(AUTRE_DOSSIER), "attached elsewhere");
    })
    .await;
}

#[tokio::test]
async fn what_concerns_no_dossier_is_set_aside_and_brought_back() {
    raconter(async |monde: Monde| {
        monde.recevoir(VISIO).await;
        let id = monde.page().await.a_venir[0].rendez_vous.id;
        for (geste, attendu) in [("ecarter", (0, 1)), ("reprendre", (1, 0))] {
            let acteur = &monde.instructeur;
            match geste {
                "ecarter" => monde
                    .changer(acteur, async |c| rattachements::ecarter(c, id).await)
                    .await
                    .unwrap(),
                _ => monde
                    .changer(acteur, async |c| rattachements::reprendre(c, id).await)
                    .await
                    .unwrap(),
            }
            let page = monde.page().await;
            assert_eq!((page.a_venir.len(), page.ecartes.len()), attendu, "{geste}");
            monde.annuler_le_geste().await.unwrap();
            let page = monde.page().await;
            assert_eq!((page.ecartes.len(), page.a_venir.len()), attendu, "{geste}, undone");
            if geste == "ecarter" {
                monde.changer(acteur, async |c| rattachements::ecarter(c, id).await).await.unwrap();
            }
        }
    })
    .await;
}

#[tokio::test]
async fn each_gesture_can_be_undone_and_is_in_the_journal() {
    raconter(async |monde: Monde| {
        monde.recevoir(VISIO).await;
        let id = monde.page().await.a_venir[0].rendez_vous.id;
        monde.rattacher(&monde.instructeur, id, "17606854").await.unwrap();
        let phrase = monde.page().await.geste.unwrap().phrase;
        assert_eq!(
            phrase,
            "Vous avez rattaché le rendez-vous du vendredi 7 juin 2024 à 15h30 au dossier n°\u{a0}17606854."
        );
        monde.annuler_le_geste().await.unwrap();
        assert_eq!(monde.rattache_a().await, None);
        assert_eq!(monde.tag(DOSSIER).await, None);
        assert!(monde.page().await.geste.is_none(), "an undone gesture is not offered again");
        monde.rattacher(&monde.instructeur, id, "17606854").await.unwrap();
        monde.detacher(id, DOSSIER).await.unwrap();
        monde.annuler_le_geste().await.unwrap();
        assert_eq!(monde.rattache_a().await, Some(DOSSIER));
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        assert!(monde.dernier_message(DOSSIER).await.contains("concerne bien ce dossier"));
        assert_eq!(monde.courriels().await.len(), 1, "told once, whatever was undone");
        let db = monde.contexte.base.lire();
        let lignes = journal::Entity::find()
            .filter(journal::Column::Compte.eq(monde.instructeur.compte))
            .all(db)
            .await
            .unwrap();
        let actions: Vec<&str> = lignes.iter().map(|ligne| ligne.action.as_str()).collect();
        assert_eq!(
            actions,
            [
                Action::RdvRattache,
                Action::RdvRattacheAnnule,
                Action::RdvRattache,
                Action::RdvDetache,
                Action::RdvDetacheAnnule,
            ]
            .map(Action::code)
        );
        monde.le("2024-05-27 17:44:00 +0200");
        monde.detacher(id, DOSSIER).await.unwrap();
        monde.le("2024-05-27 17:55:00 +0200");
        assert_eq!(monde.annulables(DOSSIER).await, [None, None, None], "offered for ten minutes");
    })
    .await;
}

#[tokio::test]
async fn a_gesture_is_undone_where_it_was_done_and_nowhere_else() {
    raconter(async |monde: Monde| {
        monde.recevoir(VISIO).await;
        let id = monde.page().await.a_venir[0].rendez_vous.id;
        monde.troisieme_dossier().await;
        let ou = async |dossier| monde.annulables(dossier).await.map(|geste| geste.is_some());
        monde.rattacher(&monde.instructeur, id, "17606854").await.unwrap();
        assert_eq!(ou(DOSSIER).await, [true, false, false]);
        monde.detacher(id, DOSSIER).await.unwrap();
        assert_eq!(ou(DOSSIER).await, [false, true, false]);
        assert_eq!(ou(TROISIEME).await, [false, false, false], "another dossier's page");
        monde.annuler_le_geste().await.unwrap();
        let lieu = Lieu::RendezVous(DEMARCHE);
        monde
            .changer(&monde.instructeur, async |c| {
                rattachements::detacher(c, id, DOSSIER, lieu).await
            })
            .await
            .unwrap();
        assert_eq!(ou(DOSSIER).await, [false, false, true]);
    })
    .await;
}

#[tokio::test]
async fn a_gesture_that_somebody_has_changed_since_is_not_undone() {
    raconter(async |monde: Monde| {
        monde.recevoir(VISIO).await;
        let id = monde.page().await.a_venir[0].rendez_vous.id;
        monde.rattacher(&monde.instructeur, id, "17606854").await.unwrap();
        let geste = monde.page().await.geste.unwrap().id;
        monde.detacher(id, DOSSIER).await.unwrap();
        for (qui, refus) in [
            (&monde.instructeur, Erreur::GesteDepasse),
            (&monde.instructeur_ailleurs, Erreur::Introuvable),
        ] {
            let defait = monde.changer(qui, async |c| rattachements::annuler(c, geste).await).await;
            assert_eq!(erreur(defait), refus);
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_instructeurs_who_attach_at_once_one_wins_and_the_other_is_told() {
    raconter(async |monde: Monde| {
        monde.recevoir(VISIO).await;
        let id = monde.page().await.a_venir[0].rendez_vous.id;
        let (un, autre) = tokio::join!(
            monde.rattacher(&monde.instructeur, id, "17606854"),
            monde.rattacher(&monde.instructeur, id, "18051790"),
        );
        let refus = match (un, autre) {
            (Ok(()), refus) | (refus, Ok(())) => refus,
            deux => panic!("{deux:?}"),
        };
        assert_eq!(erreur(refus), Erreur::RendezVousDejaRattache);
        let dits = monde.messages(DOSSIER).await.len() + monde.messages(AUTRE_DOSSIER).await.len();
        assert_eq!(dits, 1);
        let db = monde.contexte.base.lire();
        assert_eq!(geste_rdv::Entity::find().all(db).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_number_is_refused_beside_its_field_and_changes_nothing() {
    raconter(async |monde: Monde| {
        monde.recevoir(VISIO).await;
        let id = monde.page().await.a_venir[0].rendez_vous.id;
        let refus = async |qui, numero| {
            let Erreur::Champ { champ, probleme } = erreur(monde.rattacher(qui, id, numero).await)
            else {
                panic!("{numero}")
            };
            assert_eq!(champ, Champ::NumeroDossier);
            probleme
        };
        let tom = &monde.instructeur;
        assert_eq!(refus(tom, "  ").await, Saisie::Vide);
        assert_eq!(refus(tom, "le mien").await, Saisie::PasUnNumero);
        let inconnu = Saisie::DossierInconnu(DossierNumero(99));
        assert_eq!(refus(tom, "99").await, inconnu);
        // A dossier of another groupe looks the same as one that does not exist.
        let ailleurs = Saisie::DossierInconnu(DOSSIER);
        assert_eq!(refus(&monde.instructeur_ailleurs, "17606854").await, ailleurs);
        assert_eq!(monde.rattache_a().await, None);
    })
    .await;
}

#[tokio::test]
async fn a_dossier_of_another_agenda_is_refused() {
    raconter(async |monde: Monde| {
        monde.autre_demarche(false, &monde.instructeur).await;
        monde.recevoir(VISIO).await;
        let page = monde.page().await;
        assert!(raisons(&page).iter().all(|(numero, _)| *numero != TROISIEME));
        let id = page.a_venir[0].rendez_vous.id;
        let refus = erreur(monde.rattacher(&monde.instructeur, id, "16035121").await);
        assert_eq!(refus, Erreur::champ(Champ::NumeroDossier, Saisie::AutreAgenda(TROISIEME)));
    })
    .await;
}

#[tokio::test]
async fn two_demarches_share_an_agenda_and_a_booking_goes_to_the_one_that_asked() {
    raconter(async |monde: Monde| {
        let autre = monde.instructeur_ailleurs.clone();
        monde.autre_demarche(true, &autre).await;
        let db = monde.contexte.base.lire();
        // One booking for a dossier of each, by persons whom the e-mail tells apart.
        monde.proposer(AUTRE_DOSSIER, "a").await.unwrap();
        monde
            .changer(&autre, async |c| propositions::proposer(c, TROISIEME, "", "b".into()).await)
            .await
            .unwrap();
        let mut jean = corps(MAIRIE);
        avec(&mut jean["data"], &json!([personne(7000, Some("jean.robert@exemple.fr"))]));
        monde.livrer(&jean).await;
        monde.recevoir(VISIO).await;
        let mut dossiers: Vec<_> =
            table::Entity::find().all(db).await.unwrap().iter().map(|l| l.dossier).collect();
        dossiers.sort();
        assert_eq!(dossiers, [Some(TROISIEME), Some(AUTRE_DOSSIER)]);
        for (qui, demarche) in [(&monde.instructeur, DEMARCHE), (&autre, AUTRE_DEMARCHE)] {
            assert!(monde.page_de(qui, demarche).await.a_venir.is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn what_two_demarches_may_attach_waits_for_the_instructeurs_of_both() {
    raconter(async |monde: Monde| {
        let autre = monde.instructeur_ailleurs.clone();
        monde.autre_demarche(true, &autre).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde
            .changer(&autre, async |c| propositions::proposer(c, TROISIEME, "", "b".into()).await)
            .await
            .unwrap();
        // Camille was asked by both: nobody can say which one they answer.
        monde.recevoir(VISIO).await;
        assert_eq!(monde.rattache_a().await, None);
        let db = monde.contexte.base.lire();
        let (ici, la) = (
            monde.page_de(&monde.instructeur, DEMARCHE).await,
            monde.page_de(&autre, AUTRE_DEMARCHE).await,
        );
        assert_eq!(raisons(&ici)[0].0, DOSSIER);
        assert_eq!(raisons(&la)[0].0, TROISIEME);
        assert!(raisons(&ici).iter().all(|(n, _)| *n != TROISIEME), "each sees their own");
        let depuis = direct::dernier(db).await.unwrap();
        // Attached by one of them, it waits for nobody any more, and the page of the other learns it.
        monde.rattacher(&autre, la.a_venir[0].rendez_vous.id, "16035121").await.unwrap();
        assert_eq!(monde.rattache_a().await, Some(TROISIEME));
        assert!(monde.page_de(&monde.instructeur, DEMARCHE).await.a_venir.is_empty());
        assert!(monde.page_de(&autre, AUTRE_DEMARCHE).await.a_venir.is_empty());
        let sujets = [Sujet::Demarche(DEMARCHE)];
        let dits = direct::rattraper(db, &sujets, depuis).await.unwrap();
        assert!(dits.iter().any(|a| a.sujet == sujets[0] && a.id > depuis));
        // The first one can't take what is the other's now.
        let ligne = monde.ligne().await.id;
        let refus = monde.rattacher(&monde.instructeur, ligne, "17606854").await;
        assert!(matches!(refus, Err(Echec::Metier(_))), "{refus:?}");
        assert_eq!(monde.rattache_a().await, Some(TROISIEME));
    })
    .await;
}

#[tokio::test]
async fn the_page_is_for_the_instructeurs_of_the_agenda_and_suggests_their_dossiers_only() {
    raconter(async |monde: Monde| {
        monde.recevoir(VISIO).await;
        let id = monde.page().await.a_venir[0].rendez_vous.id;
        let db = monde.contexte.base.lire();
        let t = monde.maintenant();
        let ailleurs = &monde.instructeur_ailleurs;
        let page = rattachements::a_rattacher(db, ailleurs, DEMARCHE, t).await.unwrap();
        assert!(page.a_venir[0].suggestions.is_empty(), "of another groupe");
        for (qui, cherche, attendu) in [
            (&monde.instructeur, "martin cam", true),
            (&monde.instructeur, "17606854", true),
            (&monde.instructeur, "personne", false),
            (&monde.instructeur, " ", false),
            (ailleurs, "martin", false),
        ] {
            let trouves = rattachements::chercher(db, qui, DEMARCHE, cherche, t).await.unwrap();
            let trouves: Vec<_> = trouves.iter().map(|trouve| trouve.numero).collect();
            assert_eq!(trouves.contains(&DOSSIER), attendu, "{cherche}");
        }
        for etranger in [&monde.camille, &monde.admin] {
            let page = rattachements::a_rattacher(db, etranger, DEMARCHE, t).await;
            assert!(matches!(page, Err(Echec::Metier(Erreur::Introuvable))));
            let trouves = rattachements::chercher(db, etranger, DEMARCHE, "martin", t).await;
            assert!(matches!(trouves, Err(Echec::Metier(Erreur::Introuvable))));
            let geste = monde.rattacher(etranger, id, "17606854").await;
            assert_eq!(erreur(geste), Erreur::Introuvable);
            let geste =
                monde.changer(etranger, async |c| rattachements::ecarter(c, id).await).await;
            assert_eq!(erreur(geste), Erreur::Introuvable);
        }
        monde.rattacher(&monde.instructeur, id, "17606854").await.unwrap();
        let geste = monde
            .changer(ailleurs, async |c| {
                rattachements::detacher(c, id, DOSSIER, Lieu::Dossier(DOSSIER)).await
            })
            .await;
        assert_eq!(erreur(geste), Erreur::Introuvable);
    })
    .await;
}

#[tokio::test]
async fn one_that_is_over_is_attached_for_the_history_and_tells_nobody() {
    raconter(async |monde: Monde| {
        monde.recevoir(VISIO).await;
        monde.le("2024-06-08 09:00:00 +0200");
        let page = monde.page().await;
        assert!(page.a_venir.is_empty());
        let id = page.passes[0].rendez_vous.id;
        monde.rattacher(&monde.instructeur, id, "17606854").await.unwrap();
        assert_eq!(monde.rattache_a().await, Some(DOSSIER));
        assert!(monde.messages(DOSSIER).await.is_empty());
        assert!(monde.courriels().await.is_empty());
        monde.detacher(id, DOSSIER).await.unwrap();
        assert!(monde.messages(DOSSIER).await.is_empty(), "nothing had been said");
        monde.le("2024-07-09 09:00:00 +0200");
        assert!(monde.page().await.passes.is_empty(), "not for ever");
    })
    .await;
}

#[tokio::test]
async fn the_counts_follow() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let compte = async || {
            let t = monde.maintenant();
            let vue = backend::liste::lire(db, &monde.instructeur, DEMARCHE, Filtres::default(), t);
            let filtres = FiltresRdv::default();
            let liste = monde.planning(&monde.instructeur, &filtres).await.unwrap();
            (vue.await.unwrap().a_rattacher, liste.a_rattacher, liste.a_venir.len())
        };
        assert_eq!(compte().await, (0, 0, 0));
        monde.recevoir(VISIO).await;
        assert_eq!(compte().await, (1, 1, 0));
        let id = monde.page().await.a_venir[0].rendez_vous.id;
        monde.rattacher(&monde.instructeur, id, "17606854").await.unwrap();
        assert_eq!(compte().await, (0, 0, 1));
    })
    .await;
}

#[tokio::test]
async fn the_thread_offers_to_detach_on_the_latest_message_about_a_rendez_vous() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        monde.recevoir("05_rdv_updated_rescheduled_by_user").await;
        let detachables = async || -> Vec<bool> {
            let messages = monde.messages(DOSSIER).await;
            messages.iter().map(|message| message.detachable.is_some()).collect()
        };
        assert_eq!(detachables().await, [false, false, true]);
        monde.detacher(monde.ligne().await.id, DOSSIER).await.unwrap();
        assert!(detachables().await.iter().all(|detachable| !detachable));
    })
    .await;
}

#[tokio::test]
async fn pages_learn_that_a_rendez_vous_arrives_and_that_it_is_attached() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let sujets = [Sujet::Demarche(DEMARCHE), Sujet::Dossier(DOSSIER)];
        let depuis = direct::dernier(db).await.unwrap();
        monde.recevoir(VISIO).await;
        let dits = direct::rattraper(db, &sujets, depuis).await.unwrap();
        assert!(dits.iter().any(|a| a.sujet == sujets[0] && a.id > depuis));
        let depuis = direct::dernier(db).await.unwrap();
        let id = monde.page().await.a_venir[0].rendez_vous.id;
        monde.rattacher(&monde.instructeur, id, "17606854").await.unwrap();
        let dits = direct::rattraper(db, &sujets, depuis).await.unwrap();
        for sujet in sujets {
            assert!(dits.iter().any(|a| a.sujet == sujet && a.id > depuis), "{sujet}");
        }
    })
    .await;
}
