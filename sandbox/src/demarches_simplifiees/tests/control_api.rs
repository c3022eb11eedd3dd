//! The control API, as a test of the application uses it.

use serde_json::{Value, json};

use super::client::Platform;
use crate::demarches_simplifiees::{DEMARCHE, INSTRUCTEUR};

impl Platform {
    async fn control(&self, path: &str, body: Value) -> (u16, Value) {
        let url = self.ds.url.join(&format!("/__sandbox_ds/{path}")).unwrap();
        let response = self.client.post(url).json(&body).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    async fn look(&self, path: &str) -> Value {
        let url = self.ds.url.join(&format!("/__sandbox_ds/{path}")).unwrap();
        self.client.get(url).send().await.unwrap().json().await.unwrap()
    }
}

#[tokio::test]
async fn everything_that_happens_to_a_dossier_may_be_commanded() {
    let platform = Platform::start().await;
    let (_, seeded) = platform.control("seed", json!({"dossiers": 3})).await;
    let number = seeded["first"].as_i64().unwrap() + 1;
    let act = async |action: &str, body: Value| {
        let (status, answer) = platform.control(&format!("dossiers/{number}/{action}"), body).await;
        assert_eq!(status, 200, "{action}: {answer}");
        answer["dossier"].clone()
    };
    let groupes = platform.ds.demarche(DEMARCHE).unwrap().groupes.clone();
    assert_eq!(act("groupe", json!({"groupe": groupes[0].id})).await["groupe"], groupes[0].id);
    assert_eq!(act("add_label", json!({"label": "RDV pris"})).await["labels"], json!(["RDV pris"]));
    assert_eq!(act("remove_label", json!({"label": "RDV pris"})).await["labels"], json!([]));
    act("message", json!({"body": "Bonjour"})).await;
    act("message", json!({"body": "Bonjour", "email": "invite@exemple.fr"})).await;
    act("instructeur_message", json!({"body": "Réponse", "email": INSTRUCTEUR})).await;
    act("annotate", json!({"id": "Rendez-vous", "value": "lundi"})).await;
    act("champ", json!({"id": "Description du projet", "value": "Un figuier"})).await;
    let renamed = json!({"demandeur": {"type": "physique", "civilite": "M", "prenom": "Tom", "nom": "Petit"}});
    assert_eq!(act("rename", renamed).await["demandeur"], "Tom Petit");
    assert_eq!(act("state", json!({"state": "sans_suite"})).await["state"], "sans_suite");
    assert_eq!(act("archive", json!({})).await["archived"], true);
    assert_eq!(act("unarchive", json!({})).await["archived"], false);
    assert_eq!(act("hide_by_administration", json!({})).await["visible"], false);
    assert_eq!(act("restore", json!({})).await["visible"], true);
    assert_eq!(act("expire", json!({})).await["visible"], false);
    act("restore", json!({})).await;
    act("touch", json!({})).await;
    assert_eq!(act("delete_account", json!({})).await["usager_deleted"], true);
    let messages = platform.look(&format!("dossiers/{number}/messages")).await;
    assert_eq!(messages["messages"].as_array().unwrap().len(), 3);
    assert_eq!(messages["counts"][0], json!({"body": "Bonjour", "count": 2}));
    let whole = platform.look(&format!("dossiers/{number}")).await;
    assert_eq!(whole["dossier"]["annotations"][0]["value"], "lundi");
    act("delete", json!({"reason": "expired"})).await;
    let state = platform.look("state").await;
    assert_eq!(state["demarches"][0]["deleted"], 1);
    let (status, _) = platform.control(&format!("dossiers/{number}/touch"), json!({})).await;
    assert_eq!(status, 404);
    let listed = platform.look(&format!("demarches/{DEMARCHE}/dossiers")).await;
    assert_eq!(listed["dossiers"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_is_wrong_is_said_and_changes_nothing() {
    let (platform, first) = Platform::with(1).await;
    for (path, body) in [
        ("seed".to_owned(), json!({"dossiers": "beaucoup"})),
        ("seed".to_owned(), json!({"demarche": 1, "dossiers": 1})),
        ("faults".to_owned(), json!({"kind": {"kind": "danser"}})),
        (format!("dossiers/{first}/add_label"), json!({"label": "Inconnu"})),
        (format!("dossiers/{first}/archive"), json!({})),
        (format!("dossiers/{first}/state"), json!({"state": "brouillon"})),
    ] {
        let (status, answer) = platform.control(&path, body).await;
        assert_eq!(status, 422, "{path}: {answer}");
        assert!(answer["error"].is_string());
    }
    assert_eq!(platform.control(&format!("dossiers/{first}/danser"), json!({})).await.0, 404);
}

#[tokio::test]
async fn tokens_groupes_faults_and_limits_are_set() {
    let platform = Platform::start().await;
    let wanted = json!({"name": "lecture", "write": false, "networks": ["203.0.113.0/24"]});
    let (_, token) = platform.control("tokens", wanted).await;
    let path = format!("tokens/{}", token["id"]);
    let (_, token) =
        platform.control(&path, json!({"write": true, "networks": [], "demarches": [1]})).await;
    assert_eq!((&token["write"], &token["demarches"]), (&json!(true), &json!([1])));
    let (_, token) = platform.control(&path, json!({"demarches": null})).await;
    assert_eq!(token["demarches"], Value::Null);
    let groupe = platform.ds.demarche(DEMARCHE).unwrap().groupes[0].id;
    let change = json!({"add": ["a@exemple.fr"], "remove": [INSTRUCTEUR], "closed": true});
    let (_, groupe) = platform.control(&format!("groupes/{groupe}"), change).await;
    assert_eq!(groupe["closed"], true);
    assert!(!groupe["members"].to_string().contains(INSTRUCTEUR));
    let fault = json!({"kind": {"kind": "lost_answer"}, "share": 0.1, "operation": "mutation"});
    let (_, faults) =
        platform.control("faults", json!([fault, {"kind": {"kind": "timeout"}, "times": 2}])).await;
    assert_eq!(faults.as_array().unwrap().len(), 2);
    let (_, limits) = platform.control("limits", json!({"requests": 400, "window_ms": 600})).await;
    assert_eq!(limits["window_ms"], 600);
    platform.control("reset", json!({"seed": 7})).await;
    assert_eq!(platform.look("faults").await, json!([]));
    assert_eq!(platform.look("requests").await["total"], 0);
}
