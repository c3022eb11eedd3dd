//! The personal link of a proposition.

use crate::outils::monde::{AUTRE_DOSSIER, DOSSIER, Monde, lire_echantillon, raconter};
use crate::outils::plateforme::Plateforme;
use backend::messagerie::fil;
use backend::ouvriers;
use backend::rendez_vous::arrivee::inbox;
use backend::tables::{lien_personnel, tache};
use domain::dossier::Tag;
use domain::ids::DossierNumero;
use domain::plateforme::ErreurPlateforme;
use domain::role::Acteur;
use domain::vues::{Invitation, MessageVue};
use sandbox::embedded::FailureKind;
use sea_orm::EntityTrait;

/// What the instructeur reads under the proposition.
async fn dite(monde: &Monde, dossier: DossierNumero) -> Option<Invitation> {
    monde.messages(dossier).await.pop().unwrap().invitation
}

async fn fil(monde: &Monde, usager: &Acteur, dossier: DossierNumero) -> Vec<MessageVue> {
    let (db, outils) = (monde.contexte.base.lire(), &monde.contexte.outils);
    let fil = fil::fil_avec_lien(db, outils, usager, dossier, monde.maintenant()).await;
    fil.unwrap().messages
}

async fn connecte(monde: &mut Monde) -> Plateforme {
    let plateforme = Plateforme::ouvrir(monde).await;
    plateforme.connecter(monde, &monde.instructeur).await;
    plateforme
}

#[tokio::test]
async fn the_usager_gets_a_link_of_their_own_and_nobody_else_sees_it() {
    raconter(async |mut monde: Monde| {
        let plateforme = connecte(&mut monde).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        assert_eq!(dite(&monde, DOSSIER).await, Some(Invitation::EnPreparation));
        assert_eq!(ouvriers::plateforme::tout_demander(&monde.contexte).await.unwrap(), 1);
        assert_eq!(dite(&monde, DOSSIER).await, Some(Invitation::Faite));
        let message = fil(&monde, &monde.camille, DOSSIER).await.pop().unwrap();
        let Some(Invitation::Lien(lien)) = message.invitation else { panic!("no link") };
        let donne = plateforme.bac.last("POST /api/v1/users/9001/rdv_invitation_token").unwrap();
        let jeton = donne.answer["invitation_token"].as_str().unwrap();
        assert_eq!(
            lien,
            format!(
                "{}prendre_rdv?public_link_organisation_id=100&departement=07\
                 &organisation_ids%5B%5D=100&invitation_token={jeton}",
                plateforme.site
            )
        );
        assert_eq!(message.lien.unwrap(), plateforme.agenda(), "the text is that of everybody");
        let ligne = lien_personnel::Entity::find().one(monde.contexte.base.lire()).await;
        let scelle = ligne.unwrap().unwrap().lien_scelle.unwrap();
        assert!(!String::from_utf8_lossy(&scelle).contains(jeton));
        let personne = plateforme.bac.last("POST /api/v1/users").unwrap().body;
        assert_eq!(personne["email"], "camille.martin@exemple.fr");
        assert_eq!(personne["organisation_ids"][0], 100);
        assert_eq!(monde.courriels().await.len(), 1, "mails go on");
    })
    .await;
}

#[tokio::test]
async fn a_booking_under_another_email_is_matched_by_the_person_invited() {
    raconter(async |mut monde: Monde| {
        let _plateforme = connecte(&mut monde).await;
        for dossier in [AUTRE_DOSSIER, DOSSIER] {
            monde.proposer(dossier, &dossier.to_string()).await.unwrap();
        }
        ouvriers::plateforme::tout_demander(&monde.contexte).await.unwrap();
        // Jean was the first to be invited: 9001. Camille is 9002.
        let corps = String::from_utf8(lire_echantillon("01_rdv_created_visio")).unwrap();
        let numero = corps.split("\"users\":[{\"id\":").nth(1).unwrap();
        let numero = numero.split(',').next().unwrap().to_owned();
        let corps = corps
            .replace("camille.martin@exemple.fr", "autre@exemple.fr")
            .replace(&format!("\"id\":{numero},"), "\"id\":9002,");
        monde.deposer(corps.as_bytes()).await.unwrap();
        inbox::appliquer_tout(&monde.contexte).await.unwrap();
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        assert_eq!(monde.tag(AUTRE_DOSSIER).await, Some(Tag::RdvPropose));
    })
    .await;
}

#[tokio::test]
async fn without_a_connection_nothing_is_asked() {
    raconter(async |mut monde: Monde| {
        let plateforme = Plateforme::ouvrir(&mut monde).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        assert_eq!(ouvriers::plateforme::tout_demander(&monde.contexte).await.unwrap(), 0);
        assert_eq!(dite(&monde, DOSSIER).await, None);
        assert_eq!(fil(&monde, &monde.camille, DOSSIER).await.pop().unwrap().invitation, None);
        assert!(plateforme.bac.heard().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_failure_is_said_to_the_instructeur_and_the_proposition_stays() {
    raconter(async |mut monde: Monde| {
        let plateforme = connecte(&mut monde).await;
        plateforme.bac.fails(FailureKind::Unavailable);
        monde.proposer(DOSSIER, "a").await.unwrap();
        ouvriers::plateforme::tout_demander(&monde.contexte).await.unwrap();
        let retardee = Some(Invitation::Retardee(ErreurPlateforme::EnPanne));
        assert_eq!(dite(&monde, DOSSIER).await, retardee);
        assert_eq!(fil(&monde, &monde.camille, DOSSIER).await.pop().unwrap().invitation, None);
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose));
        assert_eq!(
            ouvriers::plateforme::tout_demander(&monde.contexte).await.unwrap(),
            0,
            "not at once"
        );
        plateforme.bac.recovers();
        monde.le("2024-05-27 16:45:00 +0200");
        assert_eq!(ouvriers::plateforme::tout_demander(&monde.contexte).await.unwrap(), 1);
        assert_eq!(dite(&monde, DOSSIER).await, Some(Invitation::Faite));

        plateforme.bac.fails(FailureKind::Forbidden);
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        ouvriers::plateforme::tout_demander(&monde.contexte).await.unwrap();
        let echouee = Some(Invitation::Echouee(ErreurPlateforme::Refuse));
        assert_eq!(dite(&monde, AUTRE_DOSSIER).await, echouee);
        monde.le("2024-05-30 16:45:00 +0200");
        assert_eq!(
            ouvriers::plateforme::tout_demander(&monde.contexte).await.unwrap(),
            0,
            "not again"
        );
    })
    .await;
}

#[tokio::test]
async fn a_proposition_withdrawn_meanwhile_invites_nobody() {
    raconter(async |mut monde: Monde| {
        let plateforme = connecte(&mut monde).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        let message = monde.messages(DOSSIER).await.pop().unwrap().id;
        monde.retirer(message).await.unwrap();
        assert_eq!(ouvriers::plateforme::tout_demander(&monde.contexte).await.unwrap(), 1);
        assert_eq!(plateforme.bac.count("POST /api/v1/users"), 0);
    })
    .await;
}

#[tokio::test]
async fn a_task_carried_out_twice_creates_one_person() {
    raconter(async |mut monde: Monde| {
        let plateforme = connecte(&mut monde).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        ouvriers::plateforme::tout_demander(&monde.contexte).await.unwrap();
        // As if the process had died before it could note the end of the task.
        let db = monde.contexte.base.lire();
        use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter};
        let encore = tache::ActiveModel { faite_le: Set(None), ..Default::default() };
        let invitation = tache::Column::Genre.eq("invitation_rdv");
        tache::Entity::update_many().set(encore).filter(invitation).exec(db).await.unwrap();
        assert_eq!(ouvriers::plateforme::tout_demander(&monde.contexte).await.unwrap(), 1);
        assert_eq!(plateforme.bac.count("POST /api/v1/users"), 1);
    })
    .await;
}
