//! The mails that the platform would send, as a test of the application reads them.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::browser::{Browser, Platform};

async fn mails(browser: &mut Browser, rdv: i64) -> Vec<Value> {
    let page = browser.get(&format!("/__sandbox/rdvs/{rdv}/mails")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    page.json()["mails"].as_array().unwrap().clone()
}

fn to_the_person(mails: &[Value]) -> Vec<&str> {
    let theirs = mails.iter().filter(|mail| mail["to"] == "usager@demo.example");
    theirs.map(|mail| mail["method"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn each_change_is_written_once_with_the_same_name_and_sequence() {
    let platform = Platform::at("2024-05-27 18:21:07");
    let mut browser = platform.browser();
    let wanted = json!({
        "motif_id": 501, "starts_at": "2024-06-07T15:30", "email": "usager@demo.example",
        "first_name": "Camille", "last_name": "MARTIN",
    });
    let rdv = browser.post_json("/__sandbox/rdvs", wanted).await.json();
    let id = rdv["rdv"]["id"].as_i64().unwrap();
    assert_eq!(to_the_person(&mails(&mut browser, id).await), ["PUBLISH"]);
    for (action, body) in [
        ("reschedule", json!({"starts_at": "2024-06-10T10:00:00+02:00"})),
        ("cancel", json!({})),
        ("reinstate", json!({})),
    ] {
        browser.post_json(&format!("/__sandbox/rdvs/{id}/{action}"), body).await;
    }
    let written = mails(&mut browser, id).await;
    assert_eq!(to_the_person(&written), ["PUBLISH", "PUBLISH", "CANCEL", "PUBLISH"]);
    let uuid = rdv["rdv"]["uuid"].as_str().unwrap();
    for mail in &written {
        let ics = mail["ics"].as_str().unwrap();
        assert!(ics.contains(&format!("\r\nUID:{uuid}\r\n")) && ics.contains("\r\nSEQUENCE:0\r\n"));
        assert!(
            ics.contains("DTSTART;TZID=Europe/Paris:20240607T153000")
                || ics.contains("20240610T100000")
        );
        assert_eq!(ics.contains("ATTENDEE"), mail["to_agent"].as_bool().unwrap(), "{ics}");
        assert!(mail["source"].as_str().unwrap().contains("Content-Transfer-Encoding: base64"));
    }
    let nowhere = browser.get("/__sandbox/rdvs/1/mails").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nothing_is_written_to_who_asked_for_no_mail() {
    let platform = Platform::at("2024-05-27 18:21:07");
    let mut browser = platform.browser();
    let wanted = json!({
        "motif_id": 501, "starts_at": "2024-06-07T15:30",
        "first_name": "Camille", "last_name": "MARTIN", "phone_number": "0612345678",
    });
    let rdv = browser.post_json("/__sandbox/rdvs", wanted).await.json();
    let written = mails(&mut browser, rdv["rdv"]["id"].as_i64().unwrap()).await;
    assert!(written.iter().all(|mail| mail["to_agent"] == true), "{written:?}");
}
