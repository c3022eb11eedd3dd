//! The personal link of a proposition, for whoever holds it.

use crate::outils::dossier_distant::DossierDistant;
use crate::outils::monde::{AGENDA, DOSSIER, Monde, raconter};
use backend::Echec;
use backend::demarches_simplifiees::liens;
use backend::tables::{lien_proposition, miroir, proposition};
use domain::Erreur;
use domain::raccordement::Suppression;
use domain::rendez_vous::Situation;
use domain::vues::{EtatDuLien, PageProposition};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

/// Makes a proposition; gives the secret of its link.
async fn proposer(monde: &Monde, distante: &DossierDistant) -> String {
    monde.proposer(DOSSIER, "a").await.unwrap();
    distante.ecrire(monde).await;
    let ecrit = distante.messages().pop().unwrap();
    ecrit.rsplit_once("/p/").unwrap().1.to_owned()
}

async fn page(monde: &Monde, secret: &str) -> Result<PageProposition, Erreur> {
    liens::page(&monde.contexte, secret, None).await.map_err(|echec| match echec {
        Echec::Metier(erreur) => erreur,
        autre => panic!("{autre:?}"),
    })
}

#[tokio::test]
async fn it_shows_the_proposition_then_the_rendez_vous_and_what_becomes_of_it() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        let secret = proposer(&monde, &distante).await;
        let lue = page(&monde, &secret).await.unwrap();
        let a_choisir = EtatDuLien::AChoisir { lien: AGENDA.to_owned(), personnel: false };
        assert_eq!((lue.etat, lue.numero), (a_choisir, DOSSIER.0));
        assert_eq!(
            (lue.par, lue.titre.as_str()),
            (monde.instructeur.email.clone(), "Intitulé démarche test")
        );
        monde.recevoir("01_rdv_created_visio").await;
        let lue = page(&monde, &secret).await.unwrap();
        assert_eq!(lue.etat, EtatDuLien::Prise);
        let [rdv] = &lue.a_venir[..] else { panic!("{lue:?}") };
        assert!(rdv.visio.is_some() && rdv.infos.contains("/users/rdvs/"), "{rdv:?}");
        let fichier = liens::fichier(&monde.contexte, &secret, rdv.id, None).await.unwrap();
        assert!(
            fichier.texte.contains(&format!("https://demarches.example/p/{secret}").as_str()[..40])
        );
        monde.recevoir("06_rdv_updated_cancelled_by_user_excused").await;
        let lue = page(&monde, &secret).await.unwrap();
        assert_eq!(lue.etat, EtatDuLien::Annulee);
        assert_eq!(lue.passes[0].situation, Situation::AnnuleParUsager);
    })
    .await;
}

#[tokio::test]
async fn opening_it_changes_nothing_but_that_it_was_opened() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        let secret = proposer(&monde, &distante).await;
        let db = monde.contexte.base.lire();
        let avant = proposition::Entity::find().one(db).await.unwrap();
        let premiere = monde.maintenant();
        for quand in ["2024-05-27 16:44:00 +0200", "2024-05-28 10:00:00 +0200"] {
            monde.le(quand);
            page(&monde, &secret).await.unwrap();
        }
        assert_eq!(proposition::Entity::find().one(db).await.unwrap(), avant);
        let lien = lien_proposition::Entity::find().one(db).await.unwrap().unwrap();
        assert_eq!(lien.ouvert_le, Some(premiere));
        assert!(
            !lien.empreinte.contains(&secret) && !lien.secret_scelle.starts_with(secret.as_bytes())
        );
    })
    .await;
}

#[tokio::test]
async fn one_that_was_withdrawn_says_so_and_one_of_a_dossier_that_goes_is_nobodys() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        let secret = proposer(&monde, &distante).await;
        let message = monde.messages(DOSSIER).await.pop().unwrap();
        monde.retirer(message.id).await.unwrap();
        assert_eq!(page(&monde, &secret).await.unwrap().etat, EtatDuLien::Retiree);
        let inconnu = page(&monde, &"0".repeat(32)).await.unwrap_err();
        assert_eq!(inconnu, Erreur::Introuvable);
        let db = monde.contexte.base.lire();
        for suppression in [Suppression::EnAttente, Suppression::Definitive] {
            let mut change = distante.miroir(&monde).await.into_active_model();
            change.suppression = Set(suppression);
            change.update(db).await.unwrap();
            assert_eq!(page(&monde, &secret).await.unwrap_err(), inconnu);
        }
        assert!(miroir::Entity::find().one(db).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn who_looks_for_links_is_slowed_down_and_who_has_one_is_not() {
    raconter(async |mut monde: Monde| {
        let distante = DossierDistant::ouvrir(&mut monde).await;
        let secret = proposer(&monde, &distante).await;
        let mut refus = Vec::new();
        for essai in 0..130 {
            refus.push(page(&monde, &format!("{essai:032}")).await.unwrap_err());
        }
        assert_eq!(refus[0], Erreur::Introuvable);
        assert!(refus.iter().any(|erreur| matches!(erreur, Erreur::TropVite { .. })), "{refus:?}");
        monde.le("2024-05-27 18:44:00 +0200");
        assert!(page(&monde, &secret).await.is_ok());
    })
    .await;
}
