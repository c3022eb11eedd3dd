//! What server functions find around them: the request, the person who asks, the database.

mod abonnement;
mod cookies;
mod depart;
mod fichiers;
mod reference;
mod requete;

pub use cookies::{COOKIE, COOKIE_FAIT, COOKIE_IDENTITES, lire_cookie, lire_jeton};
pub use depart::{depart, mentions, nom_du_service, theme};
pub use fichiers::{FichiersRecus, a_retirer, fichiers};
pub use reference::Reference;
pub use requete::{
    Ici, changer, cookie, discretement, ici, ici_ou_personne, jeton, reseau, saisies_privees,
};
