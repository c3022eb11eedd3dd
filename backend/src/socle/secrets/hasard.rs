//! Randomness, passed in so that a test can repeat it.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rand::rngs::{StdRng, SysRng};
use rand::{Rng, SeedableRng, TryRng};

/// Where random bytes come from.
#[derive(Clone)]
pub struct Hasard(Source);

#[derive(Clone)]
enum Source {
    Systeme,
    Graine(Arc<Mutex<StdRng>>),
}

impl fmt::Debug for Hasard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hasard")
    }
}

impl Hasard {
    /// The operating system's.
    #[must_use]
    pub const fn systeme() -> Self {
        Self(Source::Systeme)
    }

    /// The same bytes each time, for tests.
    #[must_use]
    pub fn graine(graine: u64) -> Self {
        Self(Source::Graine(Arc::new(Mutex::new(StdRng::seed_from_u64(graine)))))
    }

    /// `N` random bytes.
    ///
    /// # Panics
    /// When the operating system has no randomness to give: nothing safe can be done then.
    #[must_use]
    pub fn octets<const N: usize>(&self) -> [u8; N] {
        let mut octets = [0; N];
        match &self.0 {
            Source::Systeme => SysRng
                .try_fill_bytes(&mut octets)
                .expect("the operating system must give random bytes"),
            Source::Graine(source) => {
                source.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut octets);
            }
        }
        octets
    }

    /// A secret of 256 bits, in hexadecimal.
    #[must_use]
    pub fn secret(&self) -> String {
        hex::encode(self.octets::<32>())
    }

    /// A key of 128 bits that will not be drawn twice, in hexadecimal.
    #[must_use]
    pub fn cle(&self) -> String {
        hex::encode(self.octets::<16>())
    }
}
