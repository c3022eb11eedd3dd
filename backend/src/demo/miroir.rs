//! The démarche of the demo that belongs to the stand-in for Démarches Simplifiées: joined as its administrateur would, with
//! the token that the stand-in knows.

use crate::contexte::Contexte;
use crate::demarches_simplifiees::raccordement::creation::{Demande, raccorder};
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::{compte, raccordement};
use chrono::Days;
use domain::Erreur;
use domain::raccordement::ErreurDistante;
use domain::role::Acteur;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::time::Duration;
use url::Url;

/// The démarche there.
const NUMERO: i64 = 91_234;

/// The token of the stand-in's demo, which reads and writes.
const JETON: &str = "NWYwYzdhMWUtOTFhMi00YjM0LThjNTYtMGQ1YTdiMWUwMDAxO3NhbmRib3gtZHMtamV0b24=";

/// In whose name one writes there, when whoever acts may not.
const AUTEUR: &str = "rendez-vous@demo.example";

/// How many days the token is said to last.
const DUREE: u64 = 300;

/// Waits before the tries: the stand-in starts at the same time.
const ATTENTES: [u64; 6] = [0, 1, 2, 4, 8, 30];

/// Joins the démarche of the stand-in at `site`, as soon as it answers; gives whether it was done now. Nothing in a database that
/// is not the demo's, nor when it is joined already.
///
/// # Errors
/// The database failed, or the stand-in refused or never answered.
pub async fn raccorder_le_miroir(contexte: &Contexte, site: &Url) -> Result<bool, Echec> {
    let mut dernier = ErreurDistante::Injoignable;
    for attente in ATTENTES {
        tokio::time::sleep(Duration::from_secs(attente)).await;
        match essayer(contexte, site).await {
            Err(Echec::Metier(Erreur::Distante(erreur))) if erreur.passagere() => dernier = erreur,
            fait => return fait,
        }
    }
    Err(dernier.into())
}

async fn essayer(contexte: &Contexte, site: &Url) -> Result<bool, Echec> {
    let db = contexte.base.lire();
    let admin =
        compte::Entity::find().filter(compte::Column::Email.eq(super::ADMIN)).one(db).await?;
    let Some(admin) = admin else { return Ok(false) };
    if raccordement::Entity::find().count(db).await? > 0 {
        return Ok(false);
    }
    let acteur = Acteur::ordinaire(admin.id, admin.email);
    let aujourd_hui = temps::a_paris(contexte.horloge.maintenant()).date();
    let fin = aujourd_hui.checked_add_days(Days::new(DUREE)).unwrap_or(aujourd_hui);
    let demande = Demande {
        plateforme: site.origin().ascii_serialization(),
        numero: NUMERO.to_string(),
        jeton: JETON.to_owned(),
        jeton_expire: fin.to_string(),
        auteur: AUTEUR.to_owned(),
    };
    raccorder(contexte, &acteur, &demande).await.map(|_| true)
}
