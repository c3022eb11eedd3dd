//! What server functions find around them: the request, the person who asks, the database.

mod cookies;
mod depart;
mod fichiers;
mod requete;

pub use cookies::{COOKIE, COOKIE_FAIT, lire_cookie, lire_jeton};
pub use depart::{depart, mentions, nom_du_service, theme};
pub use fichiers::{FichiersRecus, a_retirer, fichiers};
pub use requete::{Ici, changer, ici, ici_ou_personne, reseau, saisies_privees};

use crate::erreur::ErreurApp;
use backend::Echec;

impl From<Echec> for ErreurApp {
    fn from(echec: Echec) -> Self {
        Self::Metier(echec.pour_l_ecran())
    }
}
