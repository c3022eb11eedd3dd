//! What belongs to Démarches Simplifiées is only read here, by its instructeurs alone.

use crate::outils::dossier_distant::DossierDistant;
use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, raconter};
use backend::demarche::administration::{cycle, groupes, presentation};
use backend::dossier::examen::{avis, corrections, instruction};
use backend::dossier::usager::{depots, mes_dossiers};
use backend::dossier::{entete, expirations};
use backend::liste::rangements;
use backend::socle::erreur::Echec;
use domain::Erreur;
use domain::dossier::Place;
use domain::instruction::Geste;
use domain::vues::Ailleurs;

/// What was answered.
fn refus<T>(fait: Result<T, Echec>) -> Erreur {
    fait.err().expect("it is refused").pour_l_ecran()
}

#[tokio::test]
async fn an_instructeur_reads_it_and_is_led_to_its_platform_for_the_rest() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        let (db, tom) = (monde.contexte.base.lire(), &monde.instructeur);
        let lue = entete::de_l_instructeur(db, tom, DOSSIER, monde.maintenant()).await.unwrap();
        let la_bas = sandbox::demarches_simplifiees::DEMARCHE;
        let adresse = format!(
            "{}/procedures/{la_bas}/dossiers/{DOSSIER}",
            distante.bac.url.as_str().trim_end_matches('/')
        );
        assert_eq!(
            lue.ailleurs,
            Some(Ailleurs { adresse, numero: DOSSIER.0, suppression_demandee: false })
        );
        assert_eq!(lue.expiration, None, "how long it is kept there is not ours to say");
        assert!(lue.peut_proposer);
        let demande = instruction::Demande {
            geste: Geste::PasserEnInstruction,
            motivation: "",
            cle: "a".into(),
        };
        let passe = monde.changer(tom, async |c| instruction::traiter(c, DOSSIER, demande).await);
        assert_eq!(refus(passe.await), Erreur::AutrePlateforme);
        let range =
            monde.changer(tom, async |c| rangements::ranger(c, DOSSIER, Place::Archives).await);
        assert_eq!(refus(range.await), Erreur::AutrePlateforme);
        let demande = avis::Demande {
            email: "expert@demo.example",
            question: "Qu'en pensez-vous ?",
            confidentiel: true,
            cle: "k".into(),
            fichiers: vec![],
        };
        let avis = monde.changer(tom, async |c| avis::demander(c, DOSSIER, demande).await);
        assert_eq!(refus(avis.await), Erreur::AutrePlateforme);
        let declare =
            monde.changer(&monde.camille, async |c| corrections::declarer(c, DOSSIER).await);
        assert_eq!(refus(declare.await), Erreur::Introuvable);
        monde.proposer(DOSSIER, "b").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn it_is_not_its_usagers_here() {
    raconter(async |mut monde: Monde| {
        let _distante = DossierDistant::ouvrir(&mut monde).await;
        let (db, camille) = (monde.contexte.base.lire(), &monde.camille);
        let lue = entete::de_l_usager(db, camille, DOSSIER, monde.maintenant()).await;
        assert_eq!(refus(lue), Erreur::Introuvable);
        let siens = mes_dossiers::lire(db, camille, Default::default(), monde.maintenant());
        assert!(siens.await.unwrap().dossiers.elements.is_empty());
        let supprime = monde.changer(camille, async |c| mes_dossiers::supprimer(c, DOSSIER).await);
        assert_eq!(refus(supprime.await), Erreur::Introuvable);
        // Long after everybody else's would have expired.
        monde.le("2034-06-20 09:00:00 +0200");
        let bilan = expirations::passer(&monde.contexte.base, monde.maintenant()).await.unwrap();
        let lue = entete::de_l_instructeur(db, &monde.instructeur, DOSSIER, monde.maintenant());
        assert!(lue.await.is_ok(), "{bilan:?}");
    })
    .await;
}

#[tokio::test]
async fn its_demarche_is_set_there_too() {
    raconter(async |mut monde: Monde| {
        let _distante = DossierDistant::ouvrir(&mut monde).await;
        let admin = monde.administrateur("admin.miroir@exemple.gouv.fr", DEMARCHE).await;
        monde.publier().await;
        let commence =
            monde.changer(&monde.camille, async |c| depots::commencer(c, DEMARCHE).await);
        assert_eq!(refus(commence.await), Erreur::Introuvable);
        let clos = monde.changer(&admin, async |c| cycle::clore(c, DEMARCHE).await);
        assert_eq!(refus(clos.await), Erreur::AutrePlateforme);
        let groupe = monde.changer(&admin, async |c| groupes::creer(c, DEMARCHE, "Nord").await);
        assert_eq!(refus(groupe.await), Erreur::AutrePlateforme);
        let garde = presentation::enregistrer_conservation;
        let garde = monde.changer(&admin, async |c| garde(c, DEMARCHE, "24").await);
        assert_eq!(refus(garde.await), Erreur::AutrePlateforme);
        monde.activer(false).await;
    })
    .await;
}
