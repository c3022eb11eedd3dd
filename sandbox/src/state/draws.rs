//! Randomness that can be repeated and survives a restart: a seed and the number of draws made so far.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const TOKEN_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// A source of chance fully described by two numbers, so that it can be written into the snapshot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Draws {
    seed: u64,
    drawn: u64,
}

impl Draws {
    /// A source that always gives the same series for the same seed.
    pub fn seeded(seed: u64) -> Self {
        Self { seed, drawn: 0 }
    }

    /// A generator for one draw; the next one differs.
    fn next(&mut self) -> StdRng {
        self.drawn += 1;
        StdRng::seed_from_u64(self.seed.wrapping_add(self.drawn))
    }

    /// A version 4 UUID.
    pub fn uuid(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        self.next().fill_bytes(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// `length` characters among A–Z and 0–9, as the tokens of the short links.
    pub fn token(&mut self, length: usize) -> String {
        let mut rng = self.next();
        (0..length)
            .map(|_| char::from(TOKEN_ALPHABET[rng.random_range(0..TOKEN_ALPHABET.len())]))
            .collect()
    }

    /// One of the items, or nothing when there is none.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> Option<T> {
        items.choose(&mut self.next()).copied()
    }

    /// A number in `0.0..1.0`.
    pub fn fraction(&mut self) -> f64 {
        self.next().random()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_series_and_no_two_draws_are_equal() {
        let (mut one, mut two) = (Draws::seeded(7), Draws::seeded(7));
        let first = one.uuid();
        assert_eq!(first, two.uuid());
        assert_ne!(first, one.uuid());
        assert_eq!(first.get_version_num(), 4);
        let token = one.token(8);
        assert_eq!(token.len(), 8);
        assert!(token.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()));
    }
}
