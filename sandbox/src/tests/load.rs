//! A thousand rendez-vous and fifteen thousand deliveries: nothing may take longer the more there are.

use std::sync::Arc;

use serde_json::json;

use super::browser::Platform;
use super::story::{self, at};
use crate::model::{DeliveryId, DeliveryStatus, RdvId};
use crate::state::draws::Draws;
use crate::state::seed;
use crate::state::store::{Store, load};
use crate::webhooks::queue;

struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sandbox-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn state(&self) -> std::path::PathBuf {
        self.0.join("state.json")
    }

    fn bytes(&self) -> u64 {
        let files = std::fs::read_dir(&self.0).unwrap().map(|file| file.unwrap());
        files.map(|file| file.metadata().unwrap().len()).sum()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn a_thousand_histories_three_times_told_leave_one_by_one() {
    let platform = Platform::at("2024-05-27 18:21:07");
    let mut browser = platform.browser();
    browser.post_json("/__sandbox/mode", json!({"duplicate": 2, "hold": true})).await;
    let rdvs: Vec<_> = (0..1_000)
        .map(|n| {
            json!({"motif_id": 501, "starts_at": "2024-06-07T15:30", "email": format!("u{n}@exemple.fr"),
                "history": [{"action": "cancel"}, {"action": "reinstate"}, {"action": "noshow"},
                    {"action": "seen"}]})
        })
        .collect();
    let made = browser.post_json("/__sandbox/rdvs/bulk", json!({"rdvs": rdvs})).await.json();
    assert_eq!(made["ids"].as_array().unwrap().len(), 1_000);
    let left = platform.store.quietly(|world, now| {
        assert_eq!(world.deliveries.pending(), 15_000);
        world.mode.hold = false;
        let none = std::collections::BTreeSet::new();
        let mut left = 0;
        while let Some(id) = queue::next_due(world, &none, now) {
            left += 1;
            queue::drop_delivery(world, id).unwrap();
        }
        left
    });
    assert_eq!(left, 15_000);
    let truth = browser.get("/__sandbox/rdvs").await.json();
    assert_eq!(truth["rdvs"].as_array().unwrap().len(), 1_000);
}

#[tokio::test]
async fn a_change_writes_what_changed_and_not_all_deliveries_again() {
    let folder = Folder::new("load");
    let config = story::config(&[("SANDBOX_PROFILE", "2024-10")]);
    let mut world = seed::world(&config, Draws::seeded(1));
    let now = at("2024-05-27 18:21:07");
    let id = story::book(&mut world, 501, at("2024-06-07 15:30"), now);
    for _ in 0..500 {
        crate::rules::lifecycle::set_status(&mut world, id, crate::model::Status::Seen, now)
            .unwrap();
    }
    let store = Store::new(world, Some(folder.state()));
    store.change(|_, _| ()).await;
    let before = folder.bytes();
    store.change(|world, _| queue::drop_delivery(world, DeliveryId(7))).await.unwrap();
    let grown = folder.bytes() - before;
    assert!(grown > 0 && grown < before / 20, "{grown} bytes more than {before}");
    let known = load(&folder.state()).unwrap().unwrap();
    assert_eq!(known.deliveries.len(), 501);
    assert_eq!(known.deliveries[&DeliveryId(7)].status, DeliveryStatus::Dropped);
    assert_eq!(known.deliveries.of_rdv(id).count(), 501);
}

#[tokio::test]
async fn a_reset_empties_the_snapshot_and_numbers_given_again_are_not_confused() {
    let folder = Folder::new("reset");
    let config = story::config(&[]);
    let store = Store::new(seed::world(&config, Draws::seeded(1)), Some(folder.state()));
    let book = |world: &mut crate::state::world::World, now| {
        story::book(world, 501, at("2024-06-07 15:30"), now)
    };
    let id = store.change(book).await;
    store
        .change(|world, now| crate::rules::lifecycle::destroy(world, id, None, now))
        .await
        .unwrap();
    store.replace(|_| seed::world(&config, Draws::seeded(2))).await;
    assert_eq!(load(&folder.state()).unwrap().unwrap().deliveries.len(), 0);
    let again = store.change(book).await;
    assert_eq!(again, id);
    let known = load(&folder.state()).unwrap().unwrap();
    assert_eq!((known.deliveries.len(), known.rdvs.len()), (1, 1));
}

#[tokio::test]
async fn a_delivery_that_the_world_never_knew_and_a_line_cut_short_are_left_aside() {
    let folder = Folder::new("cut");
    let store =
        Store::new(seed::world(&story::config(&[]), Draws::seeded(1)), Some(folder.state()));
    store.change(|world, now| story::book(world, 501, at("2024-06-07 15:30"), now)).await;
    let mut files = std::fs::read_dir(&folder.0).unwrap().map(|file| file.unwrap().path());
    let log = files.find(|path| path.extension().is_some_and(|e| e == "jsonl")).unwrap();
    let mut text = std::fs::read_to_string(&log).unwrap();
    let never = text.lines().next().unwrap().replace(r#""id":1,"#, r#""id":2,"#);
    text.push_str(&never);
    text.push_str("\n{\"id\":3,\"organi");
    std::fs::write(&log, text).unwrap();
    let known = load(&folder.state()).unwrap().unwrap();
    assert_eq!(known.deliveries.values().map(|d| d.id.0).collect::<Vec<_>>(), [1]);
}

#[tokio::test]
async fn what_the_courier_wrote_down_reaches_the_snapshot_soon_after() {
    let folder = Folder::new("soon");
    let world = seed::world(&story::config(&[]), Draws::seeded(1));
    let store = Arc::new(Store::new(world, Some(folder.state())));
    let saver = tokio::spawn(Arc::clone(&store).keep_saving());
    store.quietly(|world, now| story::book(world, 501, at("2024-06-07 15:30"), now));
    let written = async {
        loop {
            if load(&folder.state())
                .unwrap()
                .is_some_and(|world| world.rdvs.contains_key(&RdvId(296_828)))
            {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), written).await.unwrap();
    saver.abort();
}
