//! A démarche is joined, looked after, and comes back.

use crate::outils::distante::{Distante, raccordement as ligne};
use crate::outils::monde::{Monde, raconter};
use backend::demarche::demarches;
use backend::demarches_simplifiees::raccordement::creation::{self, Demande};
use backend::demarches_simplifiees::raccordement::{expirations, gestion, lecture};
use backend::tables::{demarche, dossier_ecarte, journal, raccordement, signalement_distant};
use backend::{Contexte, Echec};
use domain::ids::DemarcheNumero;
use domain::raccordement::{ErreurDistante, EtatRaccordement};
use domain::vues::Raccordement;
use domain::{Champ, Erreur, Saisie};
use sandbox::demarches_simplifiees::{DEMARCHE, Fault, FaultKind, NewToken};
use sea_orm::{ActiveValue::Set, EntityTrait, PaginatorTrait};

fn erreur<T>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        Err(autre) => panic!("{autre}"),
        Ok(_) => panic!("it was taken"),
    }
}

async fn montrer(monde: &Monde, numero: DemarcheNumero) -> Raccordement {
    lecture::montrer(&monde.contexte, &monde.admin, numero).await.unwrap()
}

async fn combien(contexte: &Contexte) -> (u64, u64) {
    let db = contexte.base.lire();
    let demarches = demarche::Entity::find().count(db).await.unwrap();
    (demarches, raccordement::Entity::find().count(db).await.unwrap())
}

#[tokio::test]
async fn a_demarche_is_checked_there_then_made_here_and_its_first_round_is_due() {
    raconter(async |mut monde: Monde| {
        let distante = Distante::ouvrir(&mut monde).await;
        let numero = distante.raccorder(&monde).await;
        assert_eq!(numero.0, DEMARCHE, "the number that it has there, for nobody has it here");
        let vue = montrer(&monde, numero).await;
        assert_eq!(vue.titre, "Demande de permis de végétaliser (miroir)");
        assert_eq!((vue.etat, vue.raison.clone()), (EtatRaccordement::Actif, None));
        assert!(vue.etiquette_propose && vue.etiquette_pris && vue.annotation, "{vue:?}");
        assert_eq!(vue.jours_restants, Some(365));
        assert_eq!(vue.premiere.unwrap().lus, 0);
        let lue = ligne(&monde, numero).await;
        assert_eq!(lue.prochaine_le, Some(monde.maintenant()));
        let jeton = distante.bac.token();
        let contient = |octets: &[u8]| octets.windows(jeton.len()).any(|o| o == jeton.as_bytes());
        assert!(!contient(&lue.jeton_scelle));
        let coffre = &monde.contexte.outils.coffre;
        assert_eq!(coffre.ouvrir_texte(&lue.jeton_scelle).unwrap(), jeton);

        let db = monde.contexte.base.lire();
        let siennes = demarches::de_l_administrateur(db, &monde.admin).await.unwrap();
        assert!(siennes.iter().any(|demarche| demarche.numero == numero));
        let notees = journal::Entity::find().all(db).await.unwrap();
        assert!(notees.iter().any(|ligne| ligne.action == "demarche_raccordee"));
        let ailleurs = monde.demarche_d_ailleurs(DemarcheNumero(7), "autre@exemple.fr").await;
        for autre in [&monde.instructeur, &monde.camille, &ailleurs] {
            let vue = lecture::montrer(&monde.contexte, autre, numero).await;
            assert_eq!(erreur(vue), Erreur::Introuvable);
        }
        let offre = creation::offrir(&monde.contexte, &monde.camille).await;
        assert_eq!(erreur(offre), Erreur::Introuvable);
    })
    .await;
}

#[tokio::test]
async fn a_number_that_is_taken_here_gives_the_next_one() {
    raconter(async |mut monde: Monde| {
        let distante = Distante::ouvrir(&mut monde).await;
        monde.demarche_d_ailleurs(DemarcheNumero(DEMARCHE), "autre@exemple.fr").await;
        let numero = distante.raccorder(&monde).await;
        assert_eq!(numero.0, DEMARCHE + 1);
        assert_eq!(montrer(&monde, numero).await.numero_distant, DEMARCHE);
    })
    .await;
}

/// What is wrong in the form is said beside its field, and leaves nothing.
#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field_and_leaves_nothing() {
    raconter(async |mut monde: Monde| {
        let distante = Distante::ouvrir(&mut monde).await;
        let avant = combien(&monde.contexte).await;
        let bac = &distante.bac;
        let lecture = bac.new_token(NewToken { write: false, ..NewToken::default() });
        let ailleurs = bac.new_token(NewToken {
            networks: vec!["203.0.113.0/24".to_owned().try_into().unwrap()],
            ..NewToken::default()
        });
        let ferme = bac.new_token(NewToken { demarches: Some(vec![1]), ..NewToken::default() });
        let fini =
            bac.new_token(NewToken { expires_at: Some(monde.maintenant()), ..NewToken::default() });
        let juste = distante.demande();
        let dite = |erreur| Saisie::Distante(erreur);
        let avec_jeton = |jeton: &String| Demande { jeton: jeton.clone(), ..juste.clone() };
        for (demande, champ, probleme) in [
            (
                Demande { plateforme: "https://ailleurs.exemple".to_owned(), ..juste.clone() },
                Champ::Plateforme,
                Saisie::PlateformeInconnue,
            ),
            (
                Demande { numero: "douze".to_owned(), ..juste.clone() },
                Champ::NumeroDistant,
                Saisie::PasUnNumeroDeDemarche,
            ),
            (
                Demande { numero: "12".to_owned(), ..juste.clone() },
                Champ::NumeroDistant,
                dite(ErreurDistante::Introuvable),
            ),
            (Demande { jeton: String::new(), ..juste.clone() }, Champ::Jeton, Saisie::Vide),
            (
                avec_jeton(&"UnAutreJeton".to_owned()),
                Champ::Jeton,
                dite(ErreurDistante::JetonInconnu),
            ),
            (avec_jeton(&lecture), Champ::Jeton, dite(ErreurDistante::LectureSeule)),
            (
                avec_jeton(&ailleurs),
                Champ::Jeton,
                dite(ErreurDistante::AdresseRefusee("127.0.0.1".to_owned())),
            ),
            (avec_jeton(&ferme), Champ::NumeroDistant, dite(ErreurDistante::DroitsPerdus)),
            (avec_jeton(&fini), Champ::Jeton, dite(ErreurDistante::JetonExpire)),
            (
                Demande { jeton_expire: "27/05/2024 ?".to_owned(), ..juste.clone() },
                Champ::JetonExpire,
                Saisie::PasUneDate,
            ),
            (
                Demande { jeton_expire: "26/05/2024".to_owned(), ..juste.clone() },
                Champ::JetonExpire,
                Saisie::PasDansLAnnee,
            ),
            (
                Demande { auteur: "personne@exemple.fr".to_owned(), ..juste.clone() },
                Champ::Auteur,
                Saisie::PasInstructeurLaBas,
            ),
        ] {
            let faite = creation::raccorder(&monde.contexte, &monde.admin, &demande).await;
            assert_eq!(erreur(faite), Erreur::champ(champ, probleme), "{demande:?}");
        }
        bac.disturb(faute());
        let faite = creation::raccorder(&monde.contexte, &monde.admin, &juste).await;
        assert_eq!(erreur(faite), Erreur::Distante(ErreurDistante::EnPanne));
        assert_eq!(combien(&monde.contexte).await, avant);
    })
    .await;
}

fn faute() -> Fault {
    Fault::of(FaultKind::BadGateway)
}

#[tokio::test]
async fn a_demarche_is_joined_once_and_nobody_is_told_by_whom() {
    raconter(async |mut monde: Monde| {
        let distante = Distante::ouvrir(&mut monde).await;
        distante.raccorder(&monde).await;
        let autre = monde.demarche_d_ailleurs(DemarcheNumero(7), "autre@exemple.fr").await;
        let avant = combien(&monde.contexte).await;
        let demande = distante.demande();
        let faite = creation::raccorder(&monde.contexte, &autre, &demande).await;
        let attendue = Erreur::champ(Champ::NumeroDistant, Saisie::DejaRaccordee);
        assert_eq!(erreur(faite), attendue);
        assert_eq!(combien(&monde.contexte).await, avant);
    })
    .await;
}

#[tokio::test]
async fn labels_that_are_missing_are_told_then_found() {
    raconter(async |mut monde: Monde| {
        let distante = Distante::ouvrir(&mut monde).await;
        let bac = &distante.bac;
        for label in bac.demarche(DEMARCHE).unwrap().labels.clone() {
            bac.delete_label(DEMARCHE, label.id).unwrap();
        }
        let numero = distante.raccorder(&monde).await;
        let vue = montrer(&monde, numero).await;
        assert!(!vue.etiquette_propose && !vue.etiquette_pris && vue.annotation);
        bac.make_label(DEMARCHE, "rdv  PROPOSE").unwrap();
        gestion::verifier(&monde.contexte, &monde.admin, numero).await.unwrap();
        let vue = montrer(&monde, numero).await;
        assert!(vue.etiquette_propose && !vue.etiquette_pris);
    })
    .await;
}

#[tokio::test]
async fn a_connection_breaks_once_is_told_of_and_comes_back_with_another_token() {
    raconter(async |mut monde: Monde| {
        let distante = Distante::ouvrir(&mut monde).await;
        let numero = distante.raccorder(&monde).await;
        monde.courriels().await;
        distante.bac.revoke_token(&distante.bac.token());
        for _ in 0..2 {
            let vue = gestion::verifier(&monde.contexte, &monde.admin, numero).await;
            assert_eq!(erreur(vue), Erreur::Distante(ErreurDistante::JetonInconnu));
        }
        let vue = montrer(&monde, numero).await;
        assert_eq!(vue.etat, EtatRaccordement::Rompu);
        assert_eq!(vue.raison, Some(ErreurDistante::JetonInconnu));
        assert!(vue.rompu_le.is_some());
        assert_eq!(ligne(&monde, numero).await.prochaine_le, None, "nothing is asked any more");
        let dits = monde.courriels().await;
        let dits: Vec<_> = dits.iter().filter(|(_, sujet)| sujet.contains("est rompue")).collect();
        assert_eq!(dits.len(), 1, "{dits:?}");

        let neuf = distante.bac.new_token(NewToken::default());
        let lecture = distante.bac.new_token(NewToken { write: false, ..NewToken::default() });
        let remplacer = async |jeton: &str| {
            let jeton = (jeton, "27/05/2025");
            gestion::remplacer_le_jeton(&monde.contexte, &monde.admin, numero, jeton).await
        };
        let refusee = Saisie::Distante(ErreurDistante::LectureSeule);
        assert_eq!(erreur(remplacer(&lecture).await), Erreur::champ(Champ::Jeton, refusee));
        assert_eq!(montrer(&monde, numero).await.etat, EtatRaccordement::Rompu);
        remplacer(&neuf).await.unwrap();
        let vue = montrer(&monde, numero).await;
        assert_eq!((vue.etat, vue.raison), (EtatRaccordement::Actif, None));
        assert_eq!(ligne(&monde, numero).await.prochaine_le, Some(monde.maintenant()));
    })
    .await;
}

#[tokio::test]
async fn a_failure_that_passes_is_shown_and_breaks_nothing() {
    raconter(async |mut monde: Monde| {
        let distante = Distante::ouvrir(&mut monde).await;
        let numero = distante.raccorder(&monde).await;
        distante.bac.disturb(faute());
        let vue = gestion::verifier(&monde.contexte, &monde.admin, numero).await;
        assert_eq!(erreur(vue), Erreur::Distante(ErreurDistante::EnPanne));
        let vue = montrer(&monde, numero).await;
        assert_eq!(vue.etat, EtatRaccordement::Actif);
        assert_eq!(vue.raison, Some(ErreurDistante::EnPanne));
        distante.bac.recover();
        gestion::verifier(&monde.contexte, &monde.admin, numero).await.unwrap();
        assert_eq!(montrer(&monde, numero).await.raison, None);
    })
    .await;
}

#[tokio::test]
async fn a_synchronisation_is_stopped_and_goes_on_where_it_was() {
    raconter(async |mut monde: Monde| {
        let distante = Distante::ouvrir(&mut monde).await;
        let numero = distante.raccorder(&monde).await;
        monde.changer(&monde.admin, async |c| gestion::arreter(c, numero).await).await.unwrap();
        let lue = ligne(&monde, numero).await;
        assert_eq!((lue.etat, lue.prochaine_le), (EtatRaccordement::Arrete, None));
        // Looking again does not start it.
        gestion::verifier(&monde.contexte, &monde.admin, numero).await.unwrap();
        assert_eq!(ligne(&monde, numero).await.etat, EtatRaccordement::Arrete);
        let refus =
            monde.changer(&monde.instructeur, async |c| gestion::reprendre(c, numero).await);
        assert_eq!(erreur(refus.await), Erreur::Introuvable);
        monde.changer(&monde.admin, async |c| gestion::reprendre(c, numero).await).await.unwrap();
        let lue = ligne(&monde, numero).await;
        assert_eq!(lue.etat, EtatRaccordement::Actif);
        assert_eq!(lue.prochaine_le, Some(monde.maintenant()));
    })
    .await;
}

#[tokio::test]
async fn the_end_of_a_token_is_told_of_three_times_and_a_new_one_begins_again() {
    raconter(async |mut monde: Monde| {
        let distante = Distante::ouvrir(&mut monde).await;
        let numero = distante.raccorder(&monde).await;
        monde.courriels().await;
        let dits = async || {
            let courriels = monde.courriels().await;
            courriels.iter().filter(|(_, sujet)| sujet.contains("expire le")).count()
        };
        for (jour, attendus) in [
            ("2025-04-26 10:00:00 +0200", 0),
            ("2025-04-27 10:00:00 +0200", 1),
            ("2025-04-28 10:00:00 +0200", 1),
            ("2025-05-20 10:00:00 +0200", 2),
            ("2025-05-26 10:00:00 +0200", 3),
            ("2025-05-27 10:00:00 +0200", 3),
            ("2025-05-28 10:00:00 +0200", 3),
        ] {
            monde.le(jour);
            for _ in 0..2 {
                expirations::annoncer(&monde.contexte).await.unwrap();
            }
            assert_eq!(dits().await, attendus, "{jour}");
        }
        let neuf = distante.bac.new_token(NewToken::default());
        let jeton = (neuf.as_str(), "30/05/2025");
        gestion::remplacer_le_jeton(&monde.contexte, &monde.admin, numero, jeton).await.unwrap();
        assert_eq!(expirations::annoncer(&monde.contexte).await.unwrap(), 1);
        assert_eq!(dits().await, 4);
    })
    .await;
}

#[tokio::test]
async fn a_dossier_that_was_set_aside_is_named_and_asked_for_again() {
    raconter(async |mut monde: Monde| {
        let distante = Distante::ouvrir(&mut monde).await;
        let numero = distante.raccorder(&monde).await;
        let raccordement = ligne(&monde, numero).await.id;
        let ecarte = dossier_ecarte::ActiveModel {
            raccordement: Set(raccordement),
            numero_distant: Set(14),
            raison: Set("en_panne_sur_la_demande".to_owned()),
            essais: Set(2),
            depuis: Set(monde.maintenant()),
            essaye_le: Set(monde.maintenant()),
        };
        let tx = monde.contexte.base.ecrire().await.unwrap();
        dossier_ecarte::Entity::insert(ecarte).exec_without_returning(&tx).await.unwrap();
        tx.valider().await.unwrap();
        let vue = montrer(&monde, numero).await;
        let [montre] = &vue.ecartes[..] else { panic!("{vue:?}") };
        assert_eq!(montre.raison, Some(ErreurDistante::EnPanneSurLaDemande));
        assert!(montre.adresse.ends_with("/procedures/91234/dossiers/14"), "{}", montre.adresse);
        let reessayer = async |distant| {
            monde
                .changer(&monde.admin, async |c| gestion::reessayer(c, numero, distant).await)
                .await
        };
        assert_eq!(erreur(reessayer(15).await), Erreur::Introuvable);
        reessayer(14).await.unwrap();
        reessayer(14).await.unwrap();
        let db = monde.contexte.base.lire();
        let demandes = signalement_distant::Entity::find().all(db).await.unwrap();
        assert_eq!(demandes.iter().map(|d| d.numero_distant).collect::<Vec<_>>(), [14]);
    })
    .await;
}
