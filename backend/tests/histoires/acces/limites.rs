//! What one account may take of the place that is everybody's.

use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, fichier, raconter};
use backend::Echec;
use backend::dossier::pieces;
use backend::dossier::usager::depots::{self, BROUILLONS_MAX};
use backend::messagerie::ecriture::{self, Envoi};
use backend::tables::{brouillon, demarche, piece_jointe};
use chrono::{Duration, NaiveDate};
use domain::Erreur;
use domain::role::Acteur;
use sea_orm::{ActiveValue::Set, EntityTrait};

fn refus<T: std::fmt::Debug>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

impl Monde {
    async fn envoyer_un_fichier(&self, qui: &Acteur, cle: &str) -> Result<(), Echec> {
        let fichiers = vec![fichier("a.pdf", Some(b"%PDF-1.7"))];
        let envoi = Envoi { corps: "Voici", cle: cle.into(), fichiers };
        self.changer(qui, async |c| {
            if qui == &self.instructeur {
                ecriture::ecrire_instructeur(c, DOSSIER, envoi).await
            } else {
                ecriture::ecrire_usager(c, DOSSIER, envoi).await
            }
        })
        .await
    }
}

#[tokio::test]
async fn an_account_joins_so_much_in_thirty_days_and_no_more() {
    raconter(async |monde: Monde| {
        monde.envoyer_un_fichier(&monde.camille, "a").await.unwrap();
        let db = monde.contexte.base.lire();
        let max = monde.contexte.outils.reglages.quota_fichiers;
        // As if she had joined large ones.
        let gros = piece_jointe::ActiveModel {
            taille: Set(i64::try_from(max).unwrap()),
            ..Default::default()
        };
        piece_jointe::Entity::update_many().set(gros).exec(db).await.unwrap();
        let trop = refus(monde.envoyer_un_fichier(&monde.camille, "b").await);
        assert_eq!(trop, Erreur::TropDeFichiersJoints { max });
        assert!(trop.to_string().contains("100\u{a0}Mo"), "{trop}");
        assert_eq!(monde.messages(DOSSIER).await.len(), 1, "nothing was sent");
        monde.envoyer_un_fichier(&monde.instructeur, "c").await.unwrap();
        monde.le("2024-06-27 16:44:00 +0200");
        monde.envoyer_un_fichier(&monde.camille, "d").await.unwrap();
        assert_eq!(pieces::QUOTA_JOURS, 30);
    })
    .await;
}

#[tokio::test]
async fn an_account_has_so_many_drafts_and_no_more() {
    raconter(async |monde: Monde| {
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        let publiee = demarche::ActiveModel {
            publiee_le: Set(NaiveDate::from_ymd_opt(2024, 1, 1)),
            ..Default::default()
        };
        demarche::Entity::update_many().set(publiee).exec(db).await.unwrap();
        let lignes = (1..BROUILLONS_MAX).map(|_| brouillon::ActiveModel {
            demarche: Set(DEMARCHE),
            usager: Set(monde.camille.compte),
            prenom: Set(String::new()),
            nom: Set(String::new()),
            champs: Set(r#"[["Un","début"]]"#.to_owned()),
            cree_le: Set(t - Duration::days(1)),
            modifie_le: Set(t - Duration::days(1)),
            ..Default::default()
        });
        brouillon::Entity::insert_many(lignes).exec_without_returning(db).await.unwrap();
        let dernier = monde
            .changer(&monde.camille, async |c| depots::commencer(c, DEMARCHE).await)
            .await
            .unwrap();
        // Still empty: it is taken again.
        let encore = monde
            .changer(&monde.camille, async |c| depots::commencer(c, DEMARCHE).await)
            .await
            .unwrap();
        assert_eq!(encore, dernier);
        let rempli = brouillon::ActiveModel {
            champs: Set(r#"[["Un","début"]]"#.to_owned()),
            ..Default::default()
        };
        brouillon::Entity::update_many().set(rempli).exec(db).await.unwrap();
        let trop = refus(
            monde.changer(&monde.camille, async |c| depots::commencer(c, DEMARCHE).await).await,
        );
        assert_eq!(trop, Erreur::TropDeBrouillons(BROUILLONS_MAX));
        monde.changer(&monde.jean, async |c| depots::commencer(c, DEMARCHE).await).await.unwrap();
        monde
            .changer(&monde.camille, async |c| depots::supprimer_brouillon(c, dernier).await)
            .await
            .unwrap();
        monde
            .changer(&monde.camille, async |c| depots::commencer(c, DEMARCHE).await)
            .await
            .unwrap();
    })
    .await;
}
