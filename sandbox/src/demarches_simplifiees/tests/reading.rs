//! Pages, cursors, what is given and what is not.

use serde_json::json;

use super::client::{Platform, code};
use crate::demarches_simplifiees::{DEMARCHE, DeletedReason, NewDossier, State};

#[tokio::test]
async fn pages_are_of_100_at_most_and_by_default() {
    let (platform, first) = Platform::with(250).await;
    let (numbers, info) = platform.page("createdSince: \"2020-01-01\"").await;
    assert_eq!(numbers, (first..first + 100).collect::<Vec<_>>());
    assert_eq!(info["hasNextPage"], true);
    let (numbers, _) = platform.page("first: 500").await;
    assert_eq!(numbers.len(), 100);
    let mut read = Vec::new();
    let mut after = String::new();
    loop {
        let (numbers, info) = platform.page(&format!("first: 40{after}")).await;
        read.extend(numbers);
        after = format!(", after: {}", info["endCursor"]);
        if info["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(read, (first..first + 250).collect::<Vec<_>>());
    let (numbers, info) = platform.page(&format!("first: 40{after}")).await;
    assert!(numbers.is_empty() && info["endCursor"].is_null(), "{info}");
}

#[tokio::test]
async fn updated_since_is_inclusive_and_what_is_touched_comes_back_last() {
    let (platform, first) = Platform::with(5).await;
    platform.clock.pass(60);
    platform.ds.touch(first + 1).unwrap();
    let (numbers, info) = platform.page("updatedSince: \"2026-01-01T00:00:00Z\"").await;
    assert_eq!(numbers, [first, first + 2, first + 3, first + 4, first + 1]);
    let touched = platform.ds.dossier(first + 1).unwrap().updated_at.to_rfc3339();
    let (numbers, _) = platform.page(&format!("updatedSince: \"{touched}\"")).await;
    assert_eq!(numbers, [first + 1]);
    // Time stands still, and yet nothing is missed after the cursor.
    platform.ds.touch(first).unwrap();
    let after = format!("updatedSince: \"2026-01-01T00:00:00Z\", after: {}", info["endCursor"]);
    assert_eq!(platform.page(&after).await.0, [first]);
    // Without it, filings give the order.
    assert_eq!(platform.page("first: 100").await.0[0], first);
}

#[tokio::test]
async fn labels_do_not_touch_a_dossier_and_the_rest_does() {
    let (platform, first) = Platform::with(1).await;
    let ds = &platform.ds;
    let label = ds.demarche(DEMARCHE).unwrap().labels[0].id;
    let at = || ds.dossier(first).unwrap().updated_at;
    let before = at();
    ds.add_label(first, label).unwrap();
    assert_eq!(ds.labels(first), ["RDV proposé"]);
    ds.remove_label(first, label).unwrap();
    assert_eq!(at(), before);
    let annotation = ds.demarche(DEMARCHE).unwrap().active_revision().annotations[0].stable_id;
    let champ = ds.demarche(DEMARCHE).unwrap().active_revision().champs[0].stable_id;
    let mut last = before;
    let mut moved = |what: &str| {
        assert!(at() > last, "{what}");
        last = at();
    };
    ds.usager_writes(first, "Bonjour").unwrap();
    moved("a message");
    ds.fill_in(first, champ, "2 rue Haute").unwrap();
    moved("a champ");
    ds.annotate(first, annotation, "demain").unwrap();
    moved("an annotation");
    ds.bring_to(first, State::Accepte).unwrap();
    moved("an état");
    ds.archive(first, true).unwrap();
    moved("archiving");
}

#[tokio::test]
async fn two_sizes_or_two_cursors_make_no_sense() {
    let (platform, _) = Platform::with(3).await;
    for wrong in ["first: 1, last: 1", "after: \"a\", before: \"b\"", "first: -1", "after: \"x\""] {
        let query = format!(
            "{{ demarche(number: {DEMARCHE}) {{ dossiers({wrong}) {{ nodes {{ number }} }} }} }}"
        );
        let answer = platform.ask(&query, json!({})).await;
        assert_eq!(code(&answer), "bad_request", "{wrong}");
        assert!(answer["data"].is_null());
    }
}

#[tokio::test]
async fn the_end_is_asked_backwards() {
    let (platform, first) = Platform::with(6).await;
    let (numbers, info) = platform.page("last: 2").await;
    assert_eq!(numbers, [first + 4, first + 5]);
    assert_eq!((&info["hasNextPage"], &info["hasPreviousPage"]), (&json!(false), &json!(true)));
    let before = format!("last: 2, before: {}", info["startCursor"]);
    let (numbers, info) = platform.page(&before).await;
    assert_eq!(numbers, [first + 2, first + 3]);
    assert_eq!(info["hasNextPage"], true);
    let (numbers, _) = platform.page("first: 2, order: DESC").await;
    assert_eq!(numbers, [first + 5, first + 4]);
}

#[tokio::test]
async fn drafts_hidden_and_expired_dossiers_are_not_given() {
    let (platform, first) = Platform::with(6).await;
    let ds = &platform.ds;
    let draft = NewDossier { state: State::Brouillon, ..NewDossier::default() };
    let draft = ds.file(DEMARCHE, draft).unwrap();
    // The first is examined already, the next two are not.
    ds.hide_by_usager(first).unwrap();
    ds.hide_by_usager(first + 1).unwrap();
    ds.hide_by_administration(first + 2).unwrap();
    ds.expire(first + 4).unwrap();
    assert_eq!(platform.page("first: 100").await.0, [first, first + 3, first + 5]);
    for number in [draft, first + 1, first + 2, first + 4] {
        let answer =
            platform.ask(&format!("{{ dossier(number: {number}) {{ id }} }}"), json!({})).await;
        assert_eq!(code(&answer), "not_found", "{number}");
    }
    ds.restore(first + 1).unwrap();
    let (numbers, _) = platform.page("updatedSince: \"2026-01-01T00:00:00Z\"").await;
    assert_eq!(numbers.last(), Some(&(first + 1)));
}

#[tokio::test]
async fn deletions_are_pending_then_final() {
    let (platform, first) = Platform::with(3).await;
    let ds = &platform.ds;
    let lists = async || {
        let query = format!(
            "{{ demarche(number: {DEMARCHE}) {{ \
             pendingDeletedDossiers {{ nodes {{ number reason state dateSupression }} }} \
             deletedDossiers(deletedSince: \"2026-01-01\") {{ nodes {{ number reason }} pageInfo {{ endCursor }} }} }} }}"
        );
        platform.data(&query, json!({})).await["demarche"].clone()
    };
    ds.hide_by_usager(first + 1).unwrap();
    ds.hide_by_administration(first + 2).unwrap();
    let all = lists().await;
    let pending = &all["pendingDeletedDossiers"]["nodes"];
    assert_eq!(pending[0]["number"], first + 1);
    assert_eq!(pending[0]["reason"], "user_request");
    assert_eq!(pending[1]["reason"], "instructeur_request");
    assert_eq!(pending[0]["state"], "en_construction");
    assert_eq!(all["deletedDossiers"]["nodes"], json!([]));
    ds.delete(first + 1, DeletedReason::UserRequest).unwrap();
    ds.restore(first + 2).unwrap();
    let all = lists().await;
    assert_eq!(all["pendingDeletedDossiers"]["nodes"], json!([]));
    let deleted = &all["deletedDossiers"]["nodes"];
    assert_eq!(deleted, &json!([{"number": first + 1, "reason": "user_request"}]));
    let query = format!("{{ dossier(number: {}) {{ id }} }}", first + 1);
    assert_eq!(code(&platform.ask(&query, json!({})).await), "not_found");
}

#[tokio::test]
async fn filters_keep_what_they_say() {
    let (platform, first) = Platform::with(6).await;
    let ds = &platform.ds;
    assert_eq!(platform.page("state: en_instruction").await.0, [first, first + 3]);
    ds.bring_to(first, State::Refuse).unwrap();
    ds.archive(first, true).unwrap();
    assert_eq!(platform.page("archived: true").await.0, [first]);
    assert_eq!(platform.page("archived: false").await.0.len(), 5);
    let groupe = ds.demarche(DEMARCHE).unwrap().groupes[1].id;
    let query = format!(
        "{{ groupeInstructeur(number: {groupe}) {{ label dossiers {{ nodes {{ number }} }} }} }}"
    );
    let data = platform.data(&query, json!({})).await;
    assert_eq!(data["groupeInstructeur"]["label"], "Quartiers nord");
    assert_eq!(data["groupeInstructeur"]["dossiers"]["nodes"].as_array().unwrap().len(), 3);
}
