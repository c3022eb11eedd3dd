//! Hashing passwords (Argon2id): slow and large on purpose, hence a few at once, on threads that have their memory and come
//! after all the others.
//!
//! Never inside a change: others would wait for it.

mod atelier;

use crate::socle::erreur::Echec;
use crate::socle::lent;
use crate::socle::secrets::hasard::Hasard;
use argon2::password_hash::phc::{self, Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use atelier::Atelier;
use domain::Erreur;
use std::fmt;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::sync::{Semaphore, oneshot};

/// How long somebody waits for their turn.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many wait for each place: a few seconds. Those who come then are told at once, instead of waiting for nothing.
const ATTENTE_PAR_PLACE: usize = 60;

/// When they are told to come back, in seconds.
const ENCOMBREMENT_SECONDES: u32 = 10;

/// Longer than any password that people type, in octets: not worth hashing.
const LONGUEUR_MAX: usize = 1024;

/// A digest that no password gives: the same work is done for an account that does not exist.
pub(crate) const LEURRE: &str = "$argon2id$v=19$m=19456,t=2,p=1$bGVzZWxkdWxldXJyZQ$\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// So many tries at most, as a power of ten, and a password is one that everybody would try: what leaked most, words and
/// names one after the other, rows of a keyboard, dates, with the usual digits and letters in the place of others.
const ESSAIS_LOG10: f64 = 8.5;

/// How much of a password is looked at: what is longer is not guessed by that.
const REGARDES: usize = 100;

/// Whether a password is too easily guessed, by somebody who knows the service and the address of the account. What leaked
/// is in the lists of the library: nothing is asked of anybody.
pub(crate) fn devinable(mot_de_passe: &str, connus: &[&str]) -> bool {
    let debut: String = mot_de_passe.chars().take(REGARDES).collect();
    // Words of the address and of the name of the service, one by one, as well as the whole.
    let mots: Vec<&str> = connus
        .iter()
        .flat_map(|connu| {
            let mots = connu.split(|c: char| !c.is_alphanumeric()).filter(|mot| mot.len() > 3);
            mots.chain([*connu])
        })
        .collect();
    zxcvbn::zxcvbn(&debut, &mots).guesses_log10() < ESSAIS_LOG10
}

/// What one hashing fills: 19 MB, the same for all. A thread has its own and keeps it, so that whatever the number of sign-ins
/// the process holds no more of them than hash at once.
type Aire = Vec<Block>;

/// Hashes the passwords of the process.
#[derive(Clone)]
pub struct Hacheur {
    places: Arc<Semaphore>,
    /// Room for those who hash and those who wait.
    file: Arc<Semaphore>,
    atelier: Arc<Atelier>,
}

impl fmt::Debug for Hacheur {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is in its memory was made of passwords.
        write!(f, "Hacheur({} places)", self.places.available_permits())
    }
}

impl Default for Hacheur {
    /// Half of the processors, at least one: the rest is for those who are signed in.
    fn default() -> Self {
        let processeurs = thread::available_parallelism().map_or(1, usize::from);
        Self::new((processeurs / 2).max(1))
    }
}

impl Hacheur {
    /// `places`: how many at once.
    #[must_use]
    pub fn new(places: usize) -> Self {
        let file = Arc::new(Semaphore::new(places * (1 + ATTENTE_PAR_PLACE)));
        let atelier = Arc::new(Atelier::new(places));
        Self { places: Arc::new(Semaphore::new(places)), file, atelier }
    }

    /// The digest of a password, to be stored.
    ///
    /// # Errors
    /// [`Erreur::Encombrement`] when too many wait, [`Erreur::Indisponible`] when it can't be hashed.
    pub async fn empreinte(&self, mot_de_passe: String, hasard: &Hasard) -> Result<String, Echec> {
        let hasard = hasard.clone();
        self.faire(move |aire| hacher(&mot_de_passe, &hasard, aire)).await?
    }

    /// Whether `mot_de_passe` is the one that `empreinte` was made of.
    ///
    /// # Errors
    /// [`Erreur::Encombrement`] when too many wait.
    pub async fn verifier(&self, mot_de_passe: String, empreinte: String) -> Result<bool, Echec> {
        if mot_de_passe.len() > LONGUEUR_MAX {
            return Ok(false);
        }
        self.faire(move |aire| correspond(&mot_de_passe, &empreinte, aire)).await
    }

    /// Tells at once, before anything else is done, whoever would find no room to wait.
    ///
    /// # Errors
    /// [`Erreur::Encombrement`].
    pub(crate) fn laisser_entrer(&self) -> Result<(), Erreur> {
        if self.file.available_permits() > 0 { Ok(()) } else { Err(encombrement()) }
    }

    async fn faire<T: Send + 'static>(
        &self,
        geste: impl FnOnce(&mut Aire) -> T + Send + 'static,
    ) -> Result<T, Echec> {
        lent::hors_ecriture();
        let Ok(_file) = self.file.try_acquire() else {
            return Err(encombrement().into());
        };
        let place = tokio::time::timeout(PATIENCE, Arc::clone(&self.places).acquire_owned()).await;
        let Ok(Ok(place)) = place else {
            metrics::counter!("mots_de_passe_encombrement_total").increment(1);
            return Err(Erreur::Indisponible.into());
        };
        let inutilisable = || Echec::Inutilisable("password");
        let (repondre, reponse) = oneshot::channel();
        let confie = self.atelier.confier(move |aire| {
            // Whoever asked may have gone.
            let _ = repondre.send(geste(aire));
            // Held as long as the thread works, whoever waits for it.
            drop(place);
        });
        confie.map_err(|_| inutilisable())?;
        reponse.await.map_err(|_| inutilisable())
    }
}

fn encombrement() -> Erreur {
    metrics::counter!("mots_de_passe_encombrement_total").increment(1);
    Erreur::Encombrement { secondes: ENCOMBREMENT_SECONDES }
}

/// The digest of a password, at once: for those who fill a database before anybody uses it.
///
/// # Errors
/// The password can't be hashed.
pub fn empreinte(mot_de_passe: &str, hasard: &Hasard) -> Result<String, Echec> {
    hacher(mot_de_passe, hasard, &mut Aire::new())
}

fn hacher(mot_de_passe: &str, hasard: &Hasard, aire: &mut Aire) -> Result<String, Echec> {
    let illisible = || Echec::Inutilisable("password");
    let params = Params::default();
    let sel = Salt::new(&hasard.octets::<16>()).map_err(|_| illisible())?;
    let hash = remplir(mot_de_passe, &sel, &params, Params::DEFAULT_OUTPUT_LEN, aire)
        .ok_or_else(illisible)?;
    let ecrite = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params).map_err(|_| illisible())?,
        salt: Some(sel),
        hash: Some(hash),
    };
    Ok(ecrite.to_string())
}

fn correspond(mot_de_passe: &str, empreinte: &str, aire: &mut Aire) -> bool {
    let Ok(lue) = PasswordHash::new(empreinte) else { return false };
    let (Some(sel), Some(attendu)) = (lue.salt, lue.hash) else { return false };
    let connue =
        lue.algorithm == Algorithm::Argon2id.ident() && lue.version == Some(Version::V0x13.into());
    let Some(params) = Params::try_from(&lue).ok().filter(|_| connue) else { return false };
    // Compared in constant time.
    remplir(mot_de_passe, &sel, &params, attendu.len(), aire) == Some(attendu)
}

fn remplir(
    mot_de_passe: &str,
    sel: &Salt,
    params: &Params,
    longueur: usize,
    aire: &mut Aire,
) -> Option<Output> {
    aire.resize(params.block_count(), Block::new());
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    Output::init_with(longueur, |sortie| {
        argon2
            .hash_password_into_with_memory(
                mot_de_passe.as_bytes(),
                sel.as_ref(),
                sortie,
                &mut aire[..],
            )
            // Which one does not matter: nothing of it is kept.
            .map_err(|_| phc::Error::ValueTooLong)
    })
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::{PasswordHasher, PasswordVerifier};
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn what_everybody_would_try_is_guessed_and_words_without_a_link_are_not() {
        let connus = ["camille.martin@exemple.fr", "Rendez-vous en mairie"];
        for facile in [
            "password1234",
            "123456789012",
            "azertyuiop12",
            "qwertyuiop123",
            "iloveyou1234",
            "motdepasse123",
            "camille.martin",
            "martincamille",
            "mairiemairie1",
            "P@ssw0rd2024",
            "Marseille2024!",
            "bonjour bonjour",
        ] {
            assert!(devinable(facile, &connus), "{facile}");
        }
        for solide in
            ["quatre mots sans rapport", "cheval agrafe pile", "douze signes", "tRkv7-mqZp2!"]
        {
            assert!(!devinable(solide, &connus), "{solide}");
        }
    }

    #[tokio::test]
    async fn a_digest_is_that_of_the_library_and_opens_with_its_password_only() {
        let (hacheur, hasard) = (Hacheur::new(1), Hasard::graine(1));
        let empreinte = hacheur.empreinte("clé de sol".to_owned(), &hasard).await.unwrap();
        let lue = PasswordHash::new(&empreinte).unwrap();
        assert!(Argon2::default().verify_password("clé de sol".as_bytes(), &lue).is_ok());
        let verifier = |essai: &str| hacheur.verifier(essai.to_owned(), empreinte.clone());
        assert!(verifier("clé de sol").await.unwrap());
        assert!(!verifier("clé de fa").await.unwrap());
        assert!(!verifier(&"a".repeat(LONGUEUR_MAX + 1)).await.unwrap());
        // One that was stored before.
        let sel = b"lesel-dautrefois";
        let ancienne = Argon2::default().hash_password_with_salt(b"ancien", sel).unwrap();
        let ancienne = ancienne.to_string();
        assert!(hacheur.verifier("ancien".to_owned(), ancienne).await.unwrap());
    }

    /// Made by argon2 0.5.3: what is in the databases is verified by every version after it.
    #[tokio::test]
    async fn what_was_hashed_before_is_verified() {
        let ancienne = "$argon2id$v=19$m=19456,t=2,p=1$c2VpemUgb2N0ZXRzIGljaQ$\
            EqBdA6gOnBsnnVQIstWAPfl0O00750knCkYrcoNaj/o";
        let hacheur = Hacheur::new(1);
        let verifier = |essai: &str| hacheur.verifier(essai.to_owned(), ancienne.to_owned());
        assert!(verifier("quatre mots sans rapport").await.unwrap());
        assert!(!verifier("quatre mots avec rapport").await.unwrap());
    }

    #[tokio::test]
    async fn the_decoy_takes_the_same_work_as_a_digest() {
        let hacheur = Hacheur::new(1);
        assert!(!hacheur.verifier("demo".to_owned(), LEURRE.to_owned()).await.unwrap());
        let taille = hacheur.faire(|aire| aire.len()).await.unwrap();
        assert_eq!(taille, Params::default().block_count());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn those_who_would_wait_for_long_are_told_at_once() {
        let hacheur = Hacheur::new(1);
        let essais = (0..ATTENTE_PAR_PLACE + 11)
            .map(|_| hacheur.verifier("non".to_owned(), LEURRE.to_owned()));
        let issues = futures_util::future::join_all(essais).await;
        let encombre = |issue: &&Result<bool, Echec>| {
            matches!(issue, Err(Echec::Metier(Erreur::Encombrement { .. })))
        };
        assert_eq!(issues.iter().filter(encombre).count(), 10);
        assert!(!hacheur.verifier("non".to_owned(), LEURRE.to_owned()).await.unwrap());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn however_many_sign_in_few_hash_at_once() {
        let hacheur = Hacheur::new(2);
        let (ici, plus) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let essais = (0..24).map(|_| {
            let (ici, plus) = (Arc::clone(&ici), Arc::clone(&plus));
            hacheur.faire(move |aire| {
                plus.fetch_max(ici.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                let bon = correspond("non", LEURRE, aire);
                ici.fetch_sub(1, Ordering::SeqCst);
                bon
            })
        });
        for essai in futures_util::future::join_all(essais).await {
            assert!(!essai.unwrap());
        }
        assert!((1..=2).contains(&plus.load(Ordering::SeqCst)), "{plus:?} at once");
        // Nor does one that fails keep a place.
        let faux = hacheur.faire(|_| -> bool { panic!("a trial") }).await;
        assert!(matches!(faux, Err(Echec::Inutilisable(_))));
        assert!(!hacheur.verifier("non".to_owned(), LEURRE.to_owned()).await.unwrap());
        drop(hacheur.places.acquire_many(2).await.unwrap());
    }
}
