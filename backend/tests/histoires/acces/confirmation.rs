//! « Confirmez que c'est bien vous », and « Mon compte ».

use crate::acces::comptes::ouvrir_un_compte;
use crate::outils::monde::{DEMARCHE, Monde, raconter};
use backend::acces::mon_compte::{self, Lesquelles};
use backend::acces::navigateurs::{self, Confirme, Remis};
use backend::acces::sessions::{self, MotDePasse, Provenance};
use backend::acces::visites::{Visite, Visiteur};
use backend::acces::{autorisations, comptes};
use backend::courriels::boite;
use backend::demarche::administration::membres;
use backend::socle::outils::Reglages;
use backend::{Contexte, Echec, Outils};
use domain::identite::Moyen;
use domain::{Champ, Erreur, Saisie};
use std::sync::Arc;

const AGENT: &str = "agente@exemple.gouv.fr";
const SECRET: &str = "quatre mots sans rapport";

/// The same world, where agents prove a second factor.
fn exigeant(monde: &Monde) -> Contexte {
    let outils = &monde.contexte.outils;
    let reglages = Reglages { second_facteur: true, ..Reglages::clone(&outils.reglages) };
    let outils = Outils { reglages: Arc::new(reglages), ..outils.clone() };
    Contexte { outils, ..monde.contexte.clone() }
}

/// An administrateur of the démarche; gives the token of their session.
async fn agente(monde: &Monde) -> String {
    let jeton = ouvrir_un_compte(monde, AGENT).await;
    let nommer = async |c: &backend::Changement<'_>| membres::ajouter(c, DEMARCHE, AGENT).await;
    monde.changer(&monde.admin, nommer).await.unwrap();
    jeton
}

async fn visiteur(contexte: &Contexte, jeton: &str) -> Result<Arc<Visiteur>, Echec> {
    Visite::default().visiteur(contexte, jeton).await
}

async fn entrer(contexte: &Contexte, navigateur: &str, session: Option<String>) -> String {
    let provenance =
        Provenance { navigateur: navigateur.to_owned(), session, ..Provenance::default() };
    let (email, mot_de_passe) = (AGENT.to_owned(), SECRET.to_owned());
    sessions::ouvrir(contexte, &MotDePasse { email, mot_de_passe, provenance }).await.unwrap().jeton
}

/// The token of the latest link, as its mail has it.
async fn lien(monde: &Monde) -> String {
    monde.courriels().await;
    let boite = boite::lire(&monde.contexte.base).await.unwrap();
    let recu = boite.into_iter().find(|courriel| courriel.texte.contains("/confirmation/lien/"));
    let texte = recu.unwrap().texte;
    let (_, suite) = texte.split_once("/confirmation/lien/").unwrap();
    suite.lines().next().unwrap().to_owned()
}

fn refus<T: std::fmt::Debug>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

#[tokio::test]
async fn an_agent_confirms_once_then_their_browser_is_trusted_for_a_month() {
    raconter(async |monde: Monde| {
        let contexte = exigeant(&monde);
        let db = contexte.base.lire();
        agente(&monde).await;
        let jeton = entrer(&contexte, "Firefox sous Linux", None).await;
        let qui = visiteur(&contexte, &jeton).await.unwrap();
        assert!(qui.a_confirmer());
        let gere = autorisations::demarche_de_l_administrateur(db, &qui.acteur, DEMARCHE).await;
        assert_eq!(refus(gere), Erreur::Introuvable, "no right of an agent until then");
        // Where the setting asks for nothing, nothing changes.
        assert!(!visiteur(&monde.contexte, &jeton).await.unwrap().a_confirmer());

        navigateurs::demander(&contexte, &qui.acteur, &jeton, "/admin/demarches").await.unwrap();
        let encore = navigateurs::demander(&contexte, &qui.acteur, &jeton, "/").await;
        assert!(matches!(refus(encore), Erreur::TropVite { secondes: 1..=61 }));
        let secret = lien(&monde).await;
        let t = monde.maintenant();
        let vu = navigateurs::lire_lien(db, &secret, Some(&jeton), t).await.unwrap();
        assert_eq!((vu.navigateur.as_str(), vu.ici), ("Firefox sous Linux", true));
        let fait = navigateurs::confirmer(&contexte, &secret, "", Some(&jeton)).await.unwrap();
        let Confirme::Ici { remis: Remis { jeton: neuf, secret: confiance }, retour } = fait else {
            panic!("it is this browser")
        };
        assert_eq!(retour, "/admin/demarches");
        assert_eq!(refus(visiteur(&contexte, &jeton).await), Erreur::NonConnecte, "another id");
        let qui = visiteur(&contexte, &neuf).await.unwrap();
        assert!(!qui.a_confirmer());
        autorisations::demarche_de_l_administrateur(db, &qui.acteur, DEMARCHE).await.unwrap();
        let deux_fois = navigateurs::confirmer(&contexte, &secret, "", Some(&neuf)).await;
        assert_eq!(refus(deux_fois), Erreur::LienPerime);

        // The next session of this browser is confirmed by its cookie, the old one takes no more place.
        let cookie = navigateurs::avec(None, &confiance.unwrap());
        let suivante = entrer(&contexte, "Firefox sous Linux", Some(neuf.clone())).await;
        assert_eq!(refus(visiteur(&contexte, &neuf).await), Erreur::NonConnecte);
        assert!(visiteur(&contexte, &suivante).await.unwrap().a_confirmer());
        let connu = async |acteur, cookie: &str| {
            navigateurs::reconnaitre(&contexte, acteur, &suivante, cookie).await.unwrap()
        };
        assert!(!connu(&qui.acteur, &"0".repeat(64)).await);
        assert!(!connu(&monde.admin, &cookie).await, "it is bound to an account");
        assert!(connu(&qui.acteur, &cookie).await);
        assert!(!visiteur(&contexte, &suivante).await.unwrap().a_confirmer());
        // A month later, it is to be confirmed again.
        monde.le("2024-06-27 10:00:00 +0200");
        let plus_tard = entrer(&contexte, "Firefox sous Linux", None).await;
        assert!(visiteur(&contexte, &plus_tard).await.unwrap().a_confirmer());
        assert!(
            !navigateurs::reconnaitre(&contexte, &qui.acteur, &plus_tard, &cookie).await.unwrap()
        );
    })
    .await;
}

#[tokio::test]
async fn a_link_opened_elsewhere_confirms_nothing_without_the_code_of_the_screen_that_waits() {
    raconter(async |monde: Monde| {
        let contexte = exigeant(&monde);
        let db = contexte.base.lire();
        agente(&monde).await;
        let attend = entrer(&contexte, "Chrome sous Windows", None).await;
        let qui = visiteur(&contexte, &attend).await.unwrap();
        navigateurs::demander(&contexte, &qui.acteur, &attend, "/admin").await.unwrap();
        let secret = lien(&monde).await;
        let t = monde.maintenant();
        let page = navigateurs::attente(db, &qui.acteur, &attend, t).await.unwrap();
        let code = page.envoye.unwrap().code;
        assert!(!navigateurs::lire_lien(db, &secret, None, t).await.unwrap().ici);
        let faux = if code == "0000" { "0001" } else { "0000" };
        for essai in ["", faux] {
            let sans = navigateurs::confirmer(&contexte, &secret, essai, None).await;
            assert_eq!(refus(sans), Erreur::champ(Champ::Code, Saisie::CodeFaux));
        }
        assert!(visiteur(&contexte, &attend).await.unwrap().a_confirmer());
        assert_eq!(refus(navigateurs::prendre(&contexte, &attend).await), Erreur::AConfirmer);
        let tape = format!(" {code} ");
        let fait = navigateurs::confirmer(&contexte, &secret, &tape, None).await.unwrap();
        assert_eq!(fait, Confirme::Ailleurs, "this browser gets nothing");
        let page = navigateurs::attente(db, &qui.acteur, &attend, t).await.unwrap();
        assert!(page.a_prendre && !page.confirmee);
        let remis = navigateurs::prendre(&contexte, &attend).await.unwrap();
        assert!(!visiteur(&contexte, &remis.jeton).await.unwrap().a_confirmer());
        assert_eq!(refus(navigateurs::prendre(&contexte, &remis.jeton).await), Erreur::AConfirmer);

        // Somebody who guesses has five tries.
        let attend = entrer(&contexte, "", None).await;
        monde.le("2024-05-27 17:00:00 +0200");
        navigateurs::demander(&contexte, &qui.acteur, &attend, "").await.unwrap();
        let secret = lien(&monde).await;
        let page =
            navigateurs::attente(db, &qui.acteur, &attend, monde.maintenant()).await.unwrap();
        let code = page.envoye.unwrap().code;
        let faux = if code == "0000" { "0001" } else { "0000" };
        for _ in 0..5 {
            let essai = navigateurs::confirmer(&contexte, &secret, faux, None).await;
            assert_eq!(refus(essai), Erreur::champ(Champ::Code, Saisie::CodeFaux));
        }
        let trop_tard = navigateurs::confirmer(&contexte, &secret, &code, None).await;
        assert_eq!(refus(trop_tard), Erreur::LienPerime);
    })
    .await;
}

#[tokio::test]
async fn sessions_and_browsers_are_listed_and_ended_by_their_owner_alone() {
    raconter(async |monde: Monde| {
        let contexte = exigeant(&monde);
        let db = contexte.base.lire();
        let premiere = agente(&monde).await;
        monde.le("2024-05-27 17:00:00 +0200");
        let jeton = entrer(&contexte, "Firefox sous Linux", None).await;
        let acteur = visiteur(&contexte, &jeton).await.unwrap().acteur.clone();
        let lire = async |jeton: &str| {
            let t = monde.maintenant();
            let reglages = &contexte.outils.reglages;
            mon_compte::lire(db, reglages, &acteur, jeton, t).await.unwrap()
        };
        let vue = lire(&jeton).await;
        let dites: Vec<_> = vue.sessions.iter().map(|s| (s.presente, s.moyen)).collect();
        assert_eq!(dites, [(true, Moyen::MotDePasse), (false, Moyen::Lien)]);
        let autre = vue.sessions[1].reference.clone();
        let fermer = async |qui, jeton: &str, lesquelles: Lesquelles<'_>| {
            contexte.changer(qui, async |c| mon_compte::fermer(c, jeton, lesquelles).await).await
        };
        let d_autrui = fermer(&monde.camille, "", Lesquelles::Une(&autre)).await;
        assert_eq!(refus(d_autrui), Erreur::Introuvable);
        assert!(!fermer(&acteur, &jeton, Lesquelles::Une(&autre)).await.unwrap());
        assert_eq!(refus(visiteur(&contexte, &premiere).await), Erreur::NonConnecte);
        navigateurs::demander(&contexte, &acteur, &jeton, "").await.unwrap();
        let secret = lien(&monde).await;
        let fait = navigateurs::confirmer(&contexte, &secret, "", Some(&jeton)).await.unwrap();
        let Confirme::Ici { remis, .. } = fait else { panic!("here") };
        let navigateur = lire(&remis.jeton).await.navigateurs[0].id;
        let oublier = async |qui| {
            contexte.changer(qui, async |c| mon_compte::oublier(c, navigateur).await).await
        };
        assert_eq!(refus(oublier(&monde.camille).await), Erreur::Introuvable);
        oublier(&acteur).await.unwrap();
        assert!(visiteur(&contexte, &remis.jeton).await.unwrap().a_confirmer());
        assert!(fermer(&acteur, &remis.jeton, Lesquelles::Toutes).await.unwrap());
        assert_eq!(refus(visiteur(&contexte, &remis.jeton).await), Erreur::NonConnecte);

        // Another password ends the trust of all browsers.
        let jeton = entrer(&contexte, "", None).await;
        monde.le("2024-05-27 18:00:00 +0200");
        navigateurs::demander(&contexte, &acteur, &jeton, "").await.unwrap();
        let secret = lien(&monde).await;
        navigateurs::confirmer(&contexte, &secret, "", Some(&jeton)).await.unwrap();
        comptes::demander_un_lien(&contexte, None, AGENT, "").await.unwrap();
        monde.courriels().await;
        let boite = boite::lire(&contexte.base).await.unwrap();
        let recu = boite.into_iter().find(|c| c.texte.contains("/compte/lien/")).unwrap();
        let (_, suite) = recu.texte.split_once("/compte/lien/").unwrap();
        let lien = suite.lines().next().unwrap();
        let (entree, _) =
            comptes::choisir(&contexte, lien, "un tout autre secret", "").await.unwrap();
        assert_eq!(lire(&entree.jeton).await.navigateurs, []);
    })
    .await;
}

#[tokio::test]
async fn sessions_of_agents_last_a_day_and_those_of_citizens_two_weeks_after_the_last_visit() {
    raconter(async |monde: Monde| {
        let contexte = &monde.contexte;
        let usager = ouvrir_un_compte(&monde, "usager@exemple.fr").await;
        let agent = agente(&monde).await;
        visiteur(contexte, &agent).await.unwrap();
        monde.le("2024-05-28 04:43:00 +0200");
        visiteur(contexte, &agent).await.unwrap();
        sessions::ecrire_les_vues(contexte).await.unwrap();
        monde.le("2024-05-28 04:45:00 +0200");
        // They became an agent after they signed in: what holds for agents holds.
        assert_eq!(refus(visiteur(contexte, &agent).await), Erreur::NonConnecte);
        monde.le("2024-06-10 16:00:00 +0200");
        assert!(visiteur(contexte, &usager).await.unwrap().revue);
        assert_eq!(sessions::ecrire_les_vues(contexte).await.unwrap(), 1);
        assert!(!visiteur(contexte, &usager).await.unwrap().revue, "at most every few minutes");
        monde.le("2024-06-24 15:00:00 +0200");
        visiteur(contexte, &usager).await.unwrap();
        monde.le("2024-06-24 17:00:00 +0200");
        assert_eq!(refus(visiteur(contexte, &usager).await), Erreur::NonConnecte);
    })
    .await;
}
