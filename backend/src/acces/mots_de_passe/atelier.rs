//! Threads that hash, and do nothing else: whoever is signed in goes before them.
//!
//! Hashing takes all that a processor can give for tens of milliseconds. On threads of the same rank as those that answer, a
//! machine with two processors makes signed webhooks and pages wait as long each time; after them, they hardly do.

use super::Aire;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

/// How far behind the others: a tenth of a processor when all of them are asked for, all that is left otherwise.
const RANG: i32 = 10;

/// Something to be done in the memory of a thread.
type Geste = Box<dyn FnOnce(&mut Aire) + Send>;

/// As many threads as hash at once, which begin with the first password.
pub(super) struct Atelier {
    fils: usize,
    file: OnceLock<Sender<Geste>>,
}

impl Atelier {
    pub(super) const fn new(fils: usize) -> Self {
        Self { fils, file: OnceLock::new() }
    }

    /// Gives that to one of the threads; nobody waits for it here.
    ///
    /// # Errors
    /// No thread could be made.
    pub(super) fn confier(&self, geste: impl FnOnce(&mut Aire) + Send + 'static) -> io::Result<()> {
        let file = match self.file.get() {
            Some(file) => file,
            None => {
                let ouverte = ouvrir(self.fils)?;
                // Made twice at the same time, those of one are told to end at once.
                self.file.get_or_init(|| ouverte)
            }
        };
        file.send(Box::new(geste)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

fn ouvrir(fils: usize) -> io::Result<Sender<Geste>> {
    let (confier, prendre) = mpsc::channel();
    let prendre = Arc::new(Mutex::new(prendre));
    for _ in 0..fils {
        let prendre = Arc::clone(&prendre);
        thread::Builder::new().name("hachage".to_owned()).spawn(move || travailler(&prendre))?;
    }
    Ok(confier)
}

/// Until nobody can give anything any more.
fn travailler(prendre: &Mutex<Receiver<Geste>>) {
    derriere_les_autres();
    let mut aire = Aire::new();
    loop {
        let pris = prendre.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(geste) = pris else { return };
        if catch_unwind(AssertUnwindSafe(|| geste(&mut aire))).is_err() {
            // Whoever waited for it hears of nothing: it has failed.
            aire = Aire::new();
        }
    }
}

/// On Linux a rank is a thread's, elsewhere the whole process would have it.
fn derriere_les_autres() {
    #[cfg(target_os = "linux")]
    if let Err(erreur) = rustix::process::setpriority_process(None, RANG) {
        tracing::warn!(%erreur, "passwords are hashed at the rank of everything else");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_stops_nothing_and_what_is_given_is_done_behind_the_others() {
        let atelier = Atelier::new(1);
        atelier.confier(|_| panic!("a trial")).unwrap();
        let (dire, entendre) = mpsc::channel();
        atelier
            .confier(move |_| {
                let rang = if cfg!(target_os = "linux") {
                    rustix::process::getpriority_process(None).unwrap()
                } else {
                    RANG
                };
                dire.send(rang).unwrap();
            })
            .unwrap();
        assert_eq!(entendre.recv().unwrap(), RANG);
        if cfg!(target_os = "linux") {
            assert!(
                rustix::process::getpriority_process(None).unwrap() < RANG,
                "the others do not"
            );
        }
    }
}
