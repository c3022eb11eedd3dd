//! The calendars of people: the file of a rendez-vous, the feeds that calendars read, and real calendars that take both.

mod abonnements;
mod fichiers;
mod lecteurs;
mod leurs_courriels;

use crate::outils::monde::Monde;
use backend::Echec;
use backend::rendez_vous::calendriers::fichier::{self, Fichier};
use backend::tables::rendez_vous;
use domain::ids::{DossierNumero, RendezVousId};
use domain::role::{Acteur, Role};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Of the platform's samples.
const UUID: &str = "6f0b2c1e-5f6e-4a57-9c0e-1f4f1f0a7d11";

/// The value of a property whose name is `nom`, as it is written.
fn propriete(fichier: &str, nom: &str) -> Option<String> {
    let debut = format!("{nom}:");
    let deplie = fichier.replace("\r\n ", "");
    deplie.split("\r\n").find_map(|ligne| ligne.strip_prefix(&debut)).map(str::to_owned)
}

impl Monde {
    /// The only rendez-vous of a dossier.
    async fn rdv_du(&self, dossier: DossierNumero) -> RendezVousId {
        let siens = rendez_vous::Column::Dossier.eq(dossier);
        let siens = rendez_vous::Entity::find().filter(siens).all(self.contexte.base.lire()).await;
        let [un] = &siens.unwrap()[..] else { panic!("one rendez-vous") };
        un.id
    }

    async fn fichier(
        &self,
        qui: &Acteur,
        cote: Role,
        dossier: DossierNumero,
        rdv: RendezVousId,
    ) -> Result<Fichier, Echec> {
        let (db, reglages) = (self.contexte.base.lire(), &self.contexte.outils.reglages);
        fichier::lire(db, reglages, qui, cote, dossier, rdv).await
    }
}
