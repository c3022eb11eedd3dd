//! « Choisir le créneau moi-même ».

use crate::outils::monde::{AUTRE_DOSSIER, DOSSIER, Monde, lire_echantillon, raconter};
use crate::outils::plateforme::Plateforme;
use backend::rendez_vous::arrivee::inbox;
use backend::rendez_vous::plans_rdv;
use backend::tables::plan_rdv;
use backend::tables::plan_rdv::EtatPlan;
use backend::{Echec, ouvriers};
use domain::Erreur;
use domain::dossier::Tag;
use domain::ids::RdvId;
use domain::plateforme::ErreurPlateforme;
use sandbox::embedded::FailureKind;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::Value;

/// The rendez-vous of the sample, taken by somebody whom nothing links to a dossier but their number.
const RDV: i64 = 296_828;

async fn connecte(monde: &mut Monde) -> Plateforme {
    let plateforme = Plateforme::ouvrir(monde).await;
    plateforme.connecter(monde, &monde.instructeur).await;
    plateforme
}

/// A webhook of the sample's rendez-vous, for person 9001 with an unknown e-mail.
async fn recevoir(monde: &Monde) {
    let corps = String::from_utf8(lire_echantillon("01_rdv_created_visio")).unwrap();
    let personne = corps.split("\"users\":[{\"id\":").nth(1).unwrap();
    let personne = personne.split(',').next().unwrap().to_owned();
    let corps = corps
        .replace("camille.martin@exemple.fr", "autre@exemple.fr")
        .replace(&format!("\"id\":{personne},"), "\"id\":9001,");
    monde.deposer(corps.as_bytes()).await.unwrap();
    inbox::appliquer_tout(&monde.contexte).await.unwrap();
}

#[tokio::test]
async fn the_rendez_vous_of_a_plan_belongs_to_its_dossier() {
    raconter(async |mut monde: Monde| {
        let plateforme = connecte(&mut monde).await;
        let (contexte, tom) = (&monde.contexte, &monde.instructeur);
        let page = plans_rdv::ouvrir(contexte, tom, DOSSIER).await.unwrap();
        assert_eq!(page.as_str(), format!("{}agents/rdv_plans/1", plateforme.site));
        let demande = plateforme.bac.last("POST /api/v1/rdv_plans").unwrap().body;
        assert_eq!(demande["user"]["first_name"], "Camille");
        assert_eq!(
            demande["return_url"],
            format!("https://demarches.example/instructeur/dossiers/{DOSSIER}/messagerie")
        );
        assert_eq!(
            plans_rdv::ouvrir(contexte, tom, DOSSIER).await.unwrap(),
            page,
            "it serves again"
        );

        // A webhook about another rendez-vous of the same person: the plan waits.
        recevoir(&monde).await;
        assert_eq!(ouvriers::plateforme::tout_demander(contexte).await.unwrap(), 1);
        assert_eq!(monde.tag(DOSSIER).await, None);
        monde.le("2024-05-27 18:30:00 +0200");
        let corps =
            String::from_utf8(lire_echantillon("05_rdv_updated_rescheduled_by_user")).unwrap();
        let personne = corps.split("\"users\":[{\"id\":").nth(1).unwrap();
        let personne = personne.split(',').next().unwrap().to_owned();
        let corps = corps
            .replace("camille.martin@exemple.fr", "autre@exemple.fr")
            .replace(&format!("\"id\":{personne},"), "\"id\":9001,");
        let vrai: Value = serde_json::from_str(&corps).unwrap();
        plateforme.bac.plan_ends_with(1, &vrai["data"]).unwrap();
        monde.deposer(corps.as_bytes()).await.unwrap();
        inbox::appliquer_tout(contexte).await.unwrap();
        assert_eq!(ouvriers::plateforme::tout_demander(contexte).await.unwrap(), 1);
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        assert_eq!(monde.tag(AUTRE_DOSSIER).await, None);
        let plan = plan_rdv::Entity::find().order_by_asc(plan_rdv::Column::Id);
        let plan = plan.one(contexte.base.lire()).await.unwrap().unwrap();
        assert_eq!((plan.etat, plan.rdv), (EtatPlan::Pris, Some(RdvId(RDV))));
    })
    .await;
}

#[tokio::test]
async fn a_plan_needs_a_connection_and_what_a_proposition_needs() {
    raconter(async |mut monde: Monde| {
        let erreur = |resultat| match resultat {
            Err(Echec::Metier(erreur)) => erreur,
            autre => panic!("{autre:?}"),
        };
        let plateforme = Plateforme::ouvrir(&mut monde).await;
        let ouvrir = async |qui| erreur(plans_rdv::ouvrir(&monde.contexte, qui, DOSSIER).await);
        let tom = &monde.instructeur;
        assert_eq!(ouvrir(tom).await, ErreurPlateforme::NonConnecte.into());
        assert_eq!(ouvrir(&monde.instructeur_ailleurs).await, Erreur::Introuvable);
        plateforme.connecter(&monde, tom).await;
        plateforme.bac.fails(FailureKind::InternalError);
        assert_eq!(ouvrir(tom).await, ErreurPlateforme::EnPanne.into());
        plateforme.bac.recovers();
        monde.proposer(DOSSIER, "a").await.unwrap();
        assert_eq!(ouvrir(tom).await, Erreur::PropositionDejaOuverte);
    })
    .await;
}
