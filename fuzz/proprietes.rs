// What must hold of any bytes that somebody sends to the webhooks, rightly signed or not. Shared by the fuzz
// targets of this folder and by the tests of `backend`, which run everywhere.

use backend::rendez_vous::arrivee::decodage::{Lu, lire};
use backend::rendez_vous::arrivee::signature::verifier;
use chrono::{DateTime, Utc};
use domain::rendez_vous::{Etat, changement};
use domain::visio::Origine;

/// Whatever was sent: the decoder answers, always the same, and what it gives can be used.
pub fn lecture(octets: &[u8], maintenant: DateTime<Utc>) {
    let hotes = [Origine::https("visio.exemple.fr")];
    let lu = lire(octets, &hotes);
    assert_eq!(lu, lire(octets, &hotes), "read twice, read the same");
    let Ok(Lu::Rdv(constat)) = &lu else { return };
    // Written otherwise (spaces, order of the keys), it says the same.
    let valeur: serde_json::Value = serde_json::from_slice(octets).expect("it was read");
    let autrement = serde_json::to_vec_pretty(&valeur).expect("it was read");
    assert_eq!(lu, lire(&autrement, &hotes), "the layout says nothing");
    let contenu = &constat.contenu;
    assert!((0..=7 * 24 * 60).contains(&contenu.duree_minutes));
    assert!(contenu.personnes.windows(2).all(|deux| deux[0].id < deux[1].id));
    if let Some(visio) = &contenu.visio {
        assert!(visio.starts_with("https://"), "a link that people may follow");
    }
    // It can be joined, stored and told, whatever its dates.
    let etat = Etat::integrer(None, constat);
    assert_eq!(Etat::integrer(Some(etat.clone()), constat), etat, "repeated, it changes nothing");
    assert_eq!(changement(Some(&etat), &etat, maintenant), None);
    let dit = changement(None, &etat, maintenant);
    if let Some(dit) = dit {
        let texte = domain::message::automatique(
            &dit,
            contenu.genre,
            &contenu.horaire,
            contenu.duree_minutes,
        );
        assert!(!texte.is_empty());
    }
    let ecrit = serde_json::to_string(contenu).expect("it can be stored");
    assert_eq!(
        serde_json::from_str::<domain::rendez_vous::Contenu>(&ecrit).ok().as_ref(),
        Some(contenu)
    );
    let _ = etat.a_venir(maintenant);
}

/// Whatever the header: only the exact signature of these bytes with this secret is taken.
pub fn signature(secret: &[u8], corps: &[u8], entete: &str, juste: &str) {
    assert!(verifier(secret, corps, juste));
    let memes = hex_de(entete).is_some_and(|octets| Some(octets) == hex_de(juste));
    assert_eq!(verifier(secret, corps, entete), memes);
    let mut altere = corps.to_vec();
    altere.push(b' ');
    assert!(!verifier(secret, &altere, juste));
}

fn hex_de(texte: &str) -> Option<Vec<u8>> {
    hex::decode(texte.trim()).ok()
}
