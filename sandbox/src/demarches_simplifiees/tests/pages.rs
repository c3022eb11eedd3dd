//! The pages, as a browser reads them.

use super::client::Platform;
use crate::demarches_simplifiees::{DEMARCHE, State};

impl Platform {
    async fn read(&self, path: &str) -> (u16, String) {
        let response = self.client.get(self.ds.url.join(path).unwrap()).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let request = self.client.post(self.ds.url.join(path).unwrap()).form(fields);
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }
}

#[tokio::test]
async fn every_page_is_shown_and_says_that_it_is_a_sandbox() {
    let (platform, first) = Platform::with(60).await;
    for path in [
        "/".to_owned(),
        "/jetons".to_owned(),
        "/perturbations".to_owned(),
        format!("/procedures/{DEMARCHE}"),
        format!("/procedures/{DEMARCHE}?page=2"),
        format!("/procedures/{DEMARCHE}/dossiers/{first}"),
        format!("/dossiers/{first}"),
    ] {
        let (status, text) = platform.read(&path).await;
        assert_eq!(status, 200, "{path}");
        assert!(text.contains("ceci n’est pas Démarches Simplifiées"), "{path}");
        assert_eq!(text.matches("<h1").count(), 1, "{path}");
    }
    for path in ["/rien", "/procedures/1", "/procedures/1/dossiers/1", "/dossiers/1/messagerie"] {
        assert_eq!(platform.read(path).await.0, 404, "{path}");
    }
}

#[tokio::test]
async fn the_usager_reads_links_and_answers() {
    let (platform, first) = Platform::with(1).await;
    let body = "Choisissez ici : https://exemple.fr/p/abc?x=1&y=2.\n<b>Merci</b>";
    platform
        .ds
        .instructeur_writes(first, crate::demarches_simplifiees::INSTRUCTEUR, body, None)
        .unwrap();
    let path = format!("/dossiers/{first}/messagerie");
    let (_, text) = platform.read(&path).await;
    assert!(text.contains(r#"<a href="https://exemple.fr/p/abc?x=1&amp;y=2""#), "{text}");
    assert!(text.contains("&lt;b&gt;Merci"), "{text}");
    let (status, text) = platform.submit(&path, &[("body", "D’accord")]).await;
    assert!(status == 200 && text.contains("C’est fait."), "{text}");
    assert_eq!(platform.ds.count_messages(first, "D’accord"), 1);
    let (status, text) = platform.submit(&path, &[("body", "  ")]).await;
    assert!(status == 422 && text.contains("ne peut être vide"), "{text}");
}

#[tokio::test]
async fn an_instructeur_acts_on_a_dossier() {
    let (platform, first) = Platform::with(1).await;
    let ds = &platform.ds;
    let path = |action: &str| format!("/procedures/{DEMARCHE}/dossiers/{first}/{action}");
    let demarche = ds.demarche(DEMARCHE).unwrap();
    let (label, groupe) = (demarche.labels[0].id.to_string(), demarche.groupes[1].id.to_string());
    platform.submit(&path("ajouter-label"), &[("valeur", &label)]).await;
    assert_eq!(ds.labels(first), ["RDV proposé"]);
    let (status, text) = platform.submit(&path("ajouter-label"), &[("valeur", &label)]).await;
    assert!(status == 422 && text.contains("déjà associé"), "{text}");
    platform.submit(&path("groupe"), &[("valeur", &groupe)]).await;
    assert_eq!(ds.dossier(first).unwrap().groupe.to_string(), groupe);
    platform.submit(&path("accepter"), &[]).await;
    assert_eq!(ds.dossier(first).unwrap().state, State::Accepte);
    platform.submit(&path("archiver"), &[]).await;
    assert!(ds.dossier(first).unwrap().archived);
    platform.submit(&path("masquer-administration"), &[]).await;
    assert!(!ds.dossier(first).unwrap().is_visible());
    platform.submit(&path("restaurer"), &[]).await;
    assert!(ds.dossier(first).unwrap().is_visible());
    assert_eq!(platform.submit(&path("danser"), &[]).await.0, 404);
    platform.submit(&path("supprimer"), &[]).await;
    assert!(ds.dossier(first).is_none());
}

#[tokio::test]
async fn what_administrateurs_set_up_is_set_up_by_hand() {
    let platform = Platform::start().await;
    let ds = &platform.ds;
    let groupe = ds.demarche(DEMARCHE).unwrap().groupes[1].id.to_string();
    let path = |action: &str| format!("/procedures/{DEMARCHE}/reglages/{action}");
    let member = [("cle", groupe.as_str()), ("valeur", "tom@exemple.fr")];
    platform.submit(&path("ajouter-membre"), &member).await;
    assert!(ds.demarche(DEMARCHE).unwrap().groupes[1].member("Tom@exemple.fr").is_some());
    platform.submit(&path("retirer-membre"), &member).await;
    assert!(ds.demarche(DEMARCHE).unwrap().groupes[1].member("tom@exemple.fr").is_none());
    let long = "n".repeat(31);
    assert_eq!(platform.submit(&path("ajouter-label"), &[("valeur", &long)]).await.0, 422);
    platform.submit(&path("remplir"), &[("valeur", "7")]).await;
    assert_eq!(ds.visible(DEMARCHE).len(), 7);
    let url = "http://127.0.0.1:9/webhooks";
    let (_, text) = platform.submit(&path("ajouter-webhook"), &[("valeur", url)]).await;
    assert!(text.contains("whsec_"));
    let token = [("nom", "essai"), ("demarches", "91234"), ("reseaux", ""), ("jours", "30")];
    let (status, text) = platform.submit("/jetons", &token).await;
    assert!(status == 200 && text.contains("Lecture seule"), "{text}");
    let (_, text) = platform.read(&format!("/procedures/{DEMARCHE}")).await;
    assert!(text.contains("essai\u{a0}: lecture seule"), "{text}");
    let wrong = [("nom", "essai"), ("demarches", "x"), ("reseaux", ""), ("jours", "30")];
    assert_eq!(platform.submit("/jetons", &wrong).await.0, 422);
    let fault = [("kind", "slow"), ("number", "1"), ("times", "3"), ("share", "0,5")];
    let (_, text) = platform.submit("/perturbations", &fault).await;
    assert!(text.contains("encore 3"), "{text}");
    platform.submit("/perturbations/effacer", &[]).await;
    assert!(ds.requests().total == 0);
}
