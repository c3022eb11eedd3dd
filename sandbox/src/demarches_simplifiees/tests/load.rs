//! A hundred thousand dossiers, and a world that is read again.

use std::sync::Arc;

use super::client::{Platform, noon};
use crate::demarches_simplifiees::DEMARCHE;
use crate::demarches_simplifiees::store::{Store, load};
use crate::demarches_simplifiees::world::seed;
use crate::state::draws::Draws;

#[tokio::test]
async fn a_hundred_thousand_dossiers_are_filed_and_read_to_the_end() {
    let (platform, first) = Platform::with(100_000).await;
    platform.ds.touch(first).unwrap();
    // The last pages: reached by their cursor, not by reading what comes before.
    let (numbers, info) = platform.page("last: 100, updatedSince: \"2020-01-01\"").await;
    assert_eq!((numbers.len(), numbers.last()), (100, Some(&first)));
    let after = format!("updatedSince: \"2020-01-01\", after: {}", info["endCursor"]);
    platform.ds.touch(first + 5).unwrap();
    assert_eq!(platform.page(&after).await.0, [first + 5]);
    assert_eq!(platform.ds.visible(DEMARCHE).len(), 100_000);
}

#[tokio::test]
async fn what_was_done_is_kept_across_restarts() {
    let folder = std::env::temp_dir().join(format!("sandbox-ds-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("ds.json");
    let time = || Box::new(noon);
    let store = Arc::new(Store::new(
        time(),
        seed::of_the_demo(Draws::seeded(1), noon()),
        Some(file.clone()),
    ));
    let number = store.read(|world| *world.dossiers.keys().next().unwrap());
    store.change(|world, now| world.usager_writes(number, None, "Gardé", now)).unwrap();
    store.save().await;
    let world = load(&file).unwrap().unwrap();
    let kept = &world.dossier(number).unwrap().messages;
    assert!(kept.iter().any(|message| message.body == "Gardé"));
    let index = &world.indexes[&DEMARCHE];
    assert_eq!(index.by_update.len(), 12);
    assert_eq!(index.by_update.last().unwrap().1, number);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_demo_has_dossiers_of_all_kinds() {
    use crate::demarches_simplifiees::{Demandeur, State};
    let world = seed::of_the_demo(Draws::seeded(1), noon());
    let all: Vec<_> =
        world.dossiers.values().filter(|dossier| dossier.demarche == DEMARCHE).collect();
    assert_eq!(all.len(), 12);
    for state in State::FILED {
        assert!(all.iter().any(|dossier| dossier.state == state), "{state:?}");
    }
    assert_eq!(all.iter().filter(|dossier| dossier.archived).count(), 1);
    assert_eq!(all.iter().filter(|dossier| dossier.usager.is("usager@demo.example")).count(), 2);
    assert!(all.iter().any(|dossier| matches!(dossier.demandeur, Demandeur::Morale { .. })));
    assert!(all.iter().any(|dossier| dossier.mandataire.is_some()));
    assert!(all.iter().all(|dossier| dossier.updated_at <= noon()));
}
