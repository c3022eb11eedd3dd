//! Mutations: what they do, and how they refuse.

use serde_json::{Value, json};

use super::client::{Platform, code, dossier_id};
use crate::demarches_simplifiees::schema::ids;
use crate::demarches_simplifiees::{
    CorrectionReason, DEMARCHE, INSTRUCTEUR, OTHER_INSTRUCTEUR, State, TypeDeChamp, Wanted,
};

fn refusal(payload: &Value) -> &str {
    payload["errors"][0]["message"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn a_message_is_sent_in_the_name_of_a_member() {
    let (platform, first) = Platform::with(1).await;
    let send = async |instructeur: String, body: &str| {
        let input =
            json!({"dossierId": dossier_id(first), "instructeurId": instructeur, "body": body});
        platform
            .mutate(
                "dossierEnvoyerMessage",
                input,
                "clientMutationId message { id email body createdAt }",
            )
            .await
    };
    let sent = send(platform.instructeur(), "Bonjour\u{7},\nà demain").await;
    assert_eq!(sent["errors"], Value::Null);
    assert_eq!(sent["message"]["email"], INSTRUCTEUR);
    // Control characters are stripped, lines are kept.
    assert_eq!(sent["message"]["body"], "Bonjour,\nà demain");
    assert_eq!(platform.ds.dossier(first).unwrap().followers.len(), 1);
    let demarche = platform.ds.demarche(DEMARCHE).unwrap();
    let outside = demarche.groupes[1].member(OTHER_INSTRUCTEUR).unwrap().id;
    let outside = ids::id("Instructeur", outside).0;
    let refused = send(outside, "Bonjour").await;
    assert_eq!(refusal(&refused), "L’instructeur n’a pas les droits d’accès à ce dossier");
    assert!(refused["message"].is_null());
    let refused = send(platform.instructeur(), " ").await;
    assert_eq!(refusal(&refused), "Le champ « Votre message » ne peut être vide");
    // Sent twice, it is there twice.
    send(platform.instructeur(), "Deux fois").await;
    send(platform.instructeur(), "Deux fois").await;
    assert_eq!(platform.ds.count_messages(first, "Deux fois"), 2);
    platform.ds.bring_to(first, State::Accepte).unwrap();
    platform.ds.archive(first, true).unwrap();
    let refused = send(platform.instructeur(), "Trop tard").await;
    assert!(refusal(&refused).contains("un dossier supprimé, à archiver ou en brouillon"));
}

#[tokio::test]
async fn what_cannot_be_found_is_an_error_at_the_root() {
    let (platform, _) = Platform::with(1).await;
    let query = "mutation send($input: DossierEnvoyerMessageInput!) { dossierEnvoyerMessage(input: $input) { errors { message } } }";
    let input =
        json!({"dossierId": dossier_id(1), "instructeurId": platform.instructeur(), "body": "a"});
    let answer = platform.ask(query, json!({"input": input})).await;
    assert_eq!(code(&answer), "not_found");
    assert_eq!(answer["data"], json!({"dossierEnvoyerMessage": null}));
}

#[tokio::test]
async fn a_token_that_only_reads_changes_nothing() {
    let (platform, first) = Platform::with(1).await;
    platform.ds.token_may_write(&platform.ds.token(), false);
    let input = json!({"dossierId": dossier_id(first), "instructeurId": platform.instructeur(), "body": "a"});
    let payload = platform.mutate("dossierEnvoyerMessage", input, "message { id }").await;
    assert_eq!(refusal(&payload), "Le jeton utilisé est configuré seulement en lecture");
    assert!(platform.ds.messages(first).is_empty());
}

#[tokio::test]
async fn its_author_alone_deletes_a_message_which_stays_empty() {
    let (platform, first) = Platform::with(1).await;
    let ds = &platform.ds;
    let id = ds.instructeur_writes(first, INSTRUCTEUR, "À retirer", None).unwrap();
    let delete = async |id: i64, instructeur: String| {
        let input =
            json!({"messageId": ids::id("Commentaire", id).0, "instructeurId": instructeur});
        platform.mutate("dossierSupprimerMessage", input, "message { body discardedAt }").await
    };
    let other =
        ds.add_member(ds.demarche(DEMARCHE).unwrap().groupes[0].id, "autre@exemple.fr").unwrap();
    let refused = delete(id, ids::id("Instructeur", other).0).await;
    assert_eq!(refusal(&refused), "Le message ne peut pas être supprimé");
    let deleted = delete(id, platform.instructeur()).await;
    assert_eq!(deleted["message"]["body"], "");
    assert!(deleted["message"]["discardedAt"].is_string());
    assert_eq!(ds.messages(first).len(), 1);
    let of_usager = ds.usager_writes(first, "Bonjour").unwrap();
    assert!(!refusal(&delete(of_usager, platform.instructeur()).await).is_empty());
}

#[tokio::test]
async fn labels_are_put_once_and_taken_off_once() {
    let (platform, first) = Platform::with(1).await;
    platform.ds.add_demarche(77, "Autre démarche");
    let foreign = platform.ds.make_label(77, "Ailleurs").unwrap();
    let label = platform.ds.demarche(DEMARCHE).unwrap().labels[1].id;
    let input =
        |label: i64| json!({"dossierId": dossier_id(first), "labelId": ids::id("Label", label).0});
    let selection = "label { name } dossier { labels { name } }";
    let add = async |label| platform.mutate("dossierAjouterLabel", input(label), selection).await;
    let remove =
        async |label| platform.mutate("dossierSupprimerLabel", input(label), selection).await;
    let added = add(label).await;
    assert_eq!(added["errors"], Value::Null);
    assert_eq!(added["dossier"]["labels"][0]["name"], "RDV pris");
    assert_eq!(refusal(&add(label).await), "Ce label est déjà associé au dossier");
    assert!(refusal(&add(foreign).await).contains("n’appartient pas à la même démarche"));
    assert_eq!(remove(label).await["dossier"]["labels"], json!([]));
    assert_eq!(refusal(&remove(label).await), "Ce label n’est pas associé au dossier");
}

#[tokio::test]
async fn annotations_are_filled_in_as_far_as_they_can_be() {
    let (platform, first) = Platform::with(1).await;
    let ds = &platform.ds;
    let wanted =
        [Wanted::new("Rendez-vous", TypeDeChamp::Text), Wanted::new("Date", TypeDeChamp::Datetime)];
    ds.revise(DEMARCHE, &[], &wanted).unwrap();
    let form = ds.demarche(DEMARCHE).unwrap().active_revision().annotations.clone();
    let id = |rank: usize| ids::id("Champ", form[rank].stable_id).0;
    let both = |annotations: Value| json!({"dossierId": dossier_id(first), "instructeurId": platform.instructeur(), "annotations": annotations});
    let selection = "annotations { label stringValue ... on DatetimeChamp { datetime } }";
    let at = "2026-06-07T13:30:00Z";
    let filled = platform
        .mutate(
            "dossierModifierAnnotations",
            both(json!([
                {"id": id(0), "value": {"text": "lundi à 9 h"}},
                {"id": id(1), "value": {"datetime": at}},
            ])),
            selection,
        )
        .await;
    assert_eq!(filled["errors"], Value::Null);
    assert_eq!(filled["annotations"][1]["datetime"], "2026-06-07T15:30:00+02:00");
    let partial = platform
        .mutate(
            "dossierModifierAnnotations",
            both(json!([
                {"id": id(0), "value": {"text": "mardi"}},
                {"id": id(1), "value": {"text": "mardi"}},
                {"id": ids::id("Champ", 1).0, "value": {"text": "mardi"}},
            ])),
            selection,
        )
        .await;
    assert_eq!(partial["annotations"], json!([{"label": "Rendez-vous", "stringValue": "mardi"}]));
    assert!(refusal(&partial).contains("n’est pas de type attendu"));
    assert_eq!(partial["errors"].as_array().unwrap().len(), 2);
    let one = json!({"dossierId": dossier_id(first), "instructeurId": platform.instructeur(), "annotationId": id(0), "value": "mercredi"});
    let filled =
        platform.mutate("dossierModifierAnnotationText", one, "annotation { stringValue }").await;
    assert_eq!(filled["annotation"]["stringValue"], "mercredi");
    let one = json!({"dossierId": dossier_id(first), "instructeurId": platform.instructeur(), "annotationId": id(1), "value": at});
    platform.mutate("dossierModifierAnnotationDatetime", one, "annotation { id }").await;
    assert_eq!(ds.annotation(first, "Rendez-vous").as_deref(), Some("mercredi"));
    let two = "mutation two($input: DossierModifierAnnotationsInput!) { dossierModifierAnnotations(input: $input) { errors { message } } }";
    let wrong = both(json!([{"id": id(0), "value": {"text": "a", "date": "2026-06-07"}}]));
    assert!(platform.ask(two, json!({"input": wrong})).await["errors"].is_array());
}

#[tokio::test]
async fn states_follow_their_order() {
    let (platform, first) = Platform::with(2).await;
    let number = first + 1;
    let by = platform.ds.demarche(DEMARCHE).unwrap().groupes[1].members[0].id;
    let act = async |mutation: &str, more: Value| {
        let mut input =
            json!({"dossierId": dossier_id(number), "instructeurId": ids::id("Instructeur", by).0});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        platform.mutate(mutation, input, "dossier { state archived motivation }").await
    };
    let refused = act("dossierAccepter", json!({})).await;
    assert_eq!(refusal(&refused), "Le dossier est déjà en construction");
    let begun = act("dossierPasserEnInstruction", json!({})).await;
    assert_eq!(begun["dossier"]["state"], "en_instruction");
    // The platform's own message is in the list.
    assert_eq!(platform.ds.messages(number).len(), 1);
    let refused = act("dossierPasserEnInstruction", json!({})).await;
    assert_eq!(refusal(&refused), "Le dossier est déjà en instruction");
    let refused = act("dossierArchiver", json!({})).await;
    assert!(refusal(&refused).contains("une fois le traitement terminé"));
    let back = act("dossierRepasserEnConstruction", json!({"disableNotification": true})).await;
    assert_eq!(back["dossier"]["state"], "en_construction");
    assert_eq!(platform.ds.messages(number).len(), 1);
    act("dossierPasserEnInstruction", json!({})).await;
    let decided = act("dossierRefuser", json!({"motivation": "Trop étroit"})).await;
    assert_eq!(decided["dossier"]["motivation"], "Trop étroit");
    let refused = act("dossierClasserSansSuite", json!({"motivation": "x"})).await;
    assert_eq!(refusal(&refused), "Le dossier est déjà refusé");
    assert_eq!(act("dossierArchiver", json!({})).await["dossier"]["archived"], true);
    let events: Vec<_> =
        platform.ds.dossier(number).unwrap().traitements.iter().map(|t| t.state.code()).collect();
    assert_eq!(
        events,
        ["en_construction", "en_instruction", "en_construction", "en_instruction", "refuse"]
    );
}

#[tokio::test]
async fn a_correction_gives_the_dossier_back_or_is_silently_forgotten() {
    let (platform, first) = Platform::with(1).await;
    let ds = &platform.ds;
    let ask = || {
        ds.instructeur_writes(first, INSTRUCTEUR, "À corriger", Some(CorrectionReason::Incomplete))
    };
    ask().unwrap();
    let dossier = ds.dossier(first).unwrap();
    assert_eq!(dossier.state, State::EnConstruction);
    assert!(dossier.pending_correction().is_some());
    let refused = ds.bring_to(first, State::EnInstruction).unwrap_err();
    assert_eq!(refused.0, "Le dossier est en attente de correction");
    ask().unwrap();
    assert_eq!(ds.messages(first)[1].correction, None);
}

#[tokio::test]
async fn a_dossier_goes_to_another_groupe_of_its_demarche() {
    let (platform, first) = Platform::with(1).await;
    let ds = &platform.ds;
    ds.add_demarche(77, "Autre démarche");
    let foreign = ds.demarche(77).unwrap().groupes[0].id;
    let groupes = ds.demarche(DEMARCHE).unwrap().groupes.clone();
    let go = async |groupe: i64| {
        let input = json!({"dossierId": dossier_id(first), "groupeInstructeurId": ids::id("GroupeInstructeur", groupe).0});
        let selection = "dossier { groupeInstructeur { label } }";
        platform.mutate("dossierChangerGroupeInstructeur", input, selection).await
    };
    assert_eq!(go(groupes[1].id).await["dossier"]["groupeInstructeur"]["label"], "Quartiers nord");
    assert!(refusal(&go(groupes[1].id).await).starts_with("Le dossier est déjà avec le groupe"));
    assert!(refusal(&go(foreign).await).contains("n’appartient pas à la même démarche"));
}
