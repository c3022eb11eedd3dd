//! Messages that are announced, mails that can't leave, addresses that can't be written to: by plain forms.

use super::*;
use backend::courriels::Expediteur;
use backend::ouvriers;
use backend::tables::{adresse_refusee, compte};
use domain::courriel::RaisonEchec;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

const IMPOSSIBLE: &str = "jeanne.@exemple.fr";

impl Site {
    async fn ecrire(&self, role: &str, cookie: &str, corps: &str) {
        let cote = if role == "usager" { "" } else { "/instructeur" };
        let page = format!("{cote}/dossiers/17606854/messagerie");
        let champs =
            [("dossier", "17606854"), ("corps", corps), ("cle", corps), ("page", page.as_str())];
        let envoi = self.poster(&format!("/api/{role}/ecrire"), &page, cookie, &champs).await;
        assert_eq!(envoi.statut, StatusCode::SEE_OTHER, "{}", envoi.corps);
    }

    async fn envoyer_les_courriels(&self) {
        let expediteur = Expediteur::Local(self.contexte.base.clone());
        ouvriers::courriels::tout_envoyer(&self.contexte, &expediteur).await.unwrap();
    }
}

#[tokio::test]
async fn a_new_message_of_the_instructeur_has_its_dot_until_the_messagerie_is_opened() {
    let site = Site::ouvrir().await;
    let (usager, tom) = (site.entrer("usager").await, site.entrer("instructeur").await);
    let resume = "/dossiers/17606854/resume";
    for page in ["/dossiers", resume] {
        let lue = site.lire(page, &usager).await.corps;
        assert!(!lue.contains("ouveau message"), "{page}");
    }
    site.ecrire("instructeur", &tom, "Il manque une pièce").await;
    let liste = site.lire("/dossiers", &usager).await.corps;
    assert!(liste.contains("Nouveau message") && liste.contains(r#"title="non lu""#));
    assert!(site.lire(resume, &usager).await.corps.contains(r#"title="nouveau message""#));
    site.lire("/dossiers/17606854/messagerie", &usager).await;
    for page in ["/dossiers", resume] {
        assert!(!site.lire(page, &usager).await.corps.contains("ouveau message"), "{page}");
    }
}

#[tokio::test]
async fn a_new_message_of_the_usager_has_its_dot_until_the_messagerie_is_opened() {
    let site = Site::ouvrir().await;
    let (usager, tom) = (site.entrer("usager").await, site.entrer("instructeur").await);
    let demande = "/instructeur/dossiers/17606854/demande";
    assert!(!site.lire(demande, &tom).await.corps.contains(r#"title="nouveau message""#));
    site.ecrire("usager", &usager, "La voici").await;
    assert!(site.lire(demande, &tom).await.corps.contains(r#"title="nouveau message""#));
    site.lire("/instructeur/dossiers/17606854/messagerie", &tom).await;
    assert!(!site.lire(demande, &tom).await.corps.contains(r#"title="nouveau message""#));
}

#[tokio::test]
async fn a_mail_that_cannot_leave_is_shown_where_somebody_can_do_something() {
    let site = Site::ouvrir().await;
    let (admin, tom) = (site.activer().await, site.entrer("instructeur").await);
    let base = &site.contexte.base;
    compte::Entity::update_many()
        .set(compte::ActiveModel { email: Set(IMPOSSIBLE.to_owned()), ..Default::default() })
        .filter(compte::Column::Email.eq("usager@demo.example"))
        .exec(base.lire())
        .await
        .unwrap();
    site.ecrire("instructeur", &tom, "Bonjour").await;
    site.envoyer_les_courriels().await;
    let dossier = site.lire("/instructeur/dossiers/17606854/demande", &tom).await.corps;
    assert!(dossier.contains("Cette adresse n'a pas pu recevoir notre courriel"), "{dossier}");
    assert!(dossier.contains(IMPOSSIBLE) && dossier.contains("mal écrite"));

    let personnes = site.lire("/instructeur/dossiers/17606854/personnes", &tom).await.corps;
    let deux = personnes.matches("Cette adresse n'a pas pu recevoir notre courriel").count();
    assert_eq!(deux, 2, "above the dossier, and beside the person");

    let page = "/admin/demarches/88454/courriels";
    for menant in ["/admin/demarches/88454/rdv", "/admin/demarches/88454/emails"] {
        assert!(site.lire(menant, &admin).await.corps.contains(page), "{menant}");
    }
    let montree = site.lire(page, &admin).await.corps;
    assert!(montree.contains("Nouveau message, à l'usager") && montree.contains("mal écrite"));
    assert!(!montree.contains(IMPOSSIBLE), "nothing of the person");
    let id = montree.split(r#"name="tache" value=""#).nth(1).unwrap().split('"').next().unwrap();
    let champs = [("demarche", "88454"), ("tache", id), ("page", page)];
    let rejouer = async |cookie: &str| {
        site.poster("/api/admin/courriels/rejouer", page, cookie, &champs).await
    };
    assert_eq!(rejouer(&tom).await.statut, StatusCode::NOT_FOUND);
    let rejoue = rejouer(&admin).await;
    assert_eq!((rejoue.statut, rejoue.lieu()), (StatusCode::SEE_OTHER, page));
    assert!(site.lire(page, &admin).await.corps.contains("Aucun courriel"));
    site.envoyer_les_courriels().await;
    assert!(site.lire(page, &admin).await.corps.contains("1 courriel n'a pas pu partir"));
    let tout = [("demarche", "88454"), ("page", page)];
    let tout = site.poster("/api/admin/courriels/tout-rejouer", page, &admin, &tout).await;
    assert_eq!((tout.statut, tout.lieu()), (StatusCode::SEE_OTHER, page));
    assert_eq!(site.lire(page, &tom).await.statut, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_manages_a_demarche_sees_whom_its_mails_do_not_reach() {
    let site = Site::ouvrir().await;
    let admin = site.activer().await;
    let pages = ["/admin/demarches/88454/groupes", "/admin/demarches/88454/administrateurs"];
    let dit = "Cette adresse n'a pas pu recevoir notre courriel";
    for page in pages {
        assert!(!site.lire(page, &admin).await.corps.contains(dit), "{page}");
    }
    for email in ["instructeur@demo.example", "admin@demo.example"] {
        let ligne = adresse_refusee::ActiveModel {
            email: Set(email.to_owned()),
            raison: Set(RaisonEchec::DestinataireRefuse("552 5.2.2".to_owned())),
            le: Set(site.contexte.horloge.maintenant()),
        };
        adresse_refusee::Entity::insert(ligne)
            .exec_without_returning(site.contexte.base.lire())
            .await
            .unwrap();
    }
    for page in pages {
        let lue = site.lire(page, &admin).await.corps;
        assert_eq!(lue.matches(dit).count(), 1, "{page}: {lue}");
        assert!(lue.contains("la boîte de cette adresse est pleine (code 552 5.2.2)"), "{page}");
    }
}

#[tokio::test]
async fn an_address_that_cannot_receive_is_refused_by_every_form_that_asks_for_one() {
    let site = Site::ouvrir().await;
    let (admin, tom) = (site.activer().await, site.entrer("instructeur").await);
    let usager = site.entrer("usager").await;
    let groupes = site.lire("/admin/demarches/88454/groupes", &admin).await.corps;
    let groupe = groupes.split(r#"name="groupe" value=""#).nth(1).unwrap_or_default();
    let groupe = groupe.split('"').next().unwrap_or_default();
    for (api, page, cookie, champ, autres) in [
        ("compte/demander", "/creer-un-compte", "", "email", vec![("retour", "/")]),
        (
            "usager/inviter",
            "/dossiers/17606854/resume",
            usager.as_str(),
            "email",
            vec![("dossier", "17606854")],
        ),
        (
            "instructeur/demander-avis",
            "/instructeur/dossiers/17606854/avis",
            tom.as_str(),
            "email",
            vec![("dossier", "17606854"), ("question", "Qu'en pensez-vous ?"), ("cle", "k")],
        ),
        (
            "admin/administrateurs/ajouter",
            "/admin/demarches/88454/administrateurs",
            admin.as_str(),
            "email",
            vec![("demarche", "88454")],
        ),
        (
            "admin/groupes/instructeurs/ajouter",
            "/admin/demarches/88454/groupes",
            admin.as_str(),
            "email",
            vec![("groupe", groupe)],
        ),
        (
            "admin/copie",
            "/admin/demarches/88454/copie",
            admin.as_str(),
            "email",
            vec![("demarche", "88454")],
        ),
        (
            "admin/service/enregistrer",
            "/admin/demarches/88454/service",
            admin.as_str(),
            "service_email",
            vec![
                ("demarche", "88454"),
                ("service_nom", "Service test"),
                ("service_adresse", ""),
                ("service_telephone", ""),
                ("service_horaires", ""),
                ("version", ""),
            ],
        ),
    ] {
        for adresse in [IMPOSSIBLE, "jean..petit@exemple.fr", "hélène@exemple.fr"] {
            let mut champs = vec![(champ, adresse), ("page", page)];
            champs.extend(autres.iter().copied());
            let refus = site.poster(&format!("/api/{api}"), page, cookie, &champs).await;
            assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY, "{api}: {}", refus.corps);
            assert!(refus.corps.contains("aucun courriel ne lui parviendrait"), "{api}");
            assert!(refus.corps.contains(adresse), "{api} keeps what was typed");
        }
    }
}
