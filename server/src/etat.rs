//! `server etat`: one screen of what is wrong, for a person at three in the morning and for what watches over the service.

use crate::configuration::Configuration;
use crate::ouverture;
use backend::ouvriers::etat;
use backend::socle::base::{Base, schema};
use chrono::{DateTime, Utc};
use domain::vues::etat::{Constat, EtatDuService, Gravite, Quoi};
use std::fmt::Write as _;
use std::process::ExitCode;

/// Looks, without changing anything: neither the schema nor a missing file is made.
pub async fn lire(configuration: &Configuration, maintenant: DateTime<Utc>) -> EtatDuService {
    let url = &configuration.base;
    if ouverture::fichier(url).is_some_and(|fichier| !fichier.is_file()) {
        return EtatDuService::sans_base("le fichier n'existe pas");
    }
    let base = match Base::ouvrir(url).await {
        Ok(base) => base,
        Err(cause) => return EtatDuService::sans_base(&cause.to_string()),
    };
    let coffre = configuration.coffre();
    let dossiers: Vec<_> = configuration.pieces.clone().into_iter().collect();
    let mesures = etat::mesurer(&base, &coffre, &dossiers, maintenant).await;
    let etat = match mesures {
        Ok(mesures) => mesures.juger(),
        Err(erreur) => EtatDuService::new(vec![sans_mesure(&base, &erreur.to_string()).await]),
    };
    base.fermer().await;
    etat
}

/// A base that was never migrated by this program has no table to measure.
async fn sans_mesure(base: &Base, erreur: &str) -> Constat {
    let faites = schema::faites(base.lire()).await.unwrap_or_default();
    let (quoi, phrase) = match schema::attendues(&faites).len() {
        0 => (Quoi::Base, format!("Elle ne se lit pas\u{a0}: {erreur}.")),
        n => (
            Quoi::Schema,
            format!(
                "Il n'est pas celui de ce programme\u{a0}: {n} à faire («\u{a0}server migrate\u{a0}»)."
            ),
        ),
    };
    Constat { quoi, gravite: Gravite::Panne, phrase }
}

/// Writes it, and gives the status of the process: 0, 1 when something is to be looked at, 2 when something is broken.
pub fn dire(etat: &EtatDuService, json: bool) -> ExitCode {
    if json {
        println!("{}", serde_json::json!(etat));
    } else {
        print!("{}", ecran(etat));
    }
    ExitCode::from(match etat.gravite {
        Gravite::Bien => 0,
        Gravite::Avertissement => 1,
        Gravite::Panne => 2,
    })
}

fn ecran(etat: &EtatDuService) -> String {
    let largeur = etat.constats.iter().map(|c| c.quoi.libelle().chars().count()).max();
    let largeur = largeur.unwrap_or_default();
    let mut ecran = format!("{}\n", etat.gravite.libelle());
    for Constat { quoi, gravite, phrase } in &etat.constats {
        let marque = match gravite {
            Gravite::Bien => '✓',
            Gravite::Avertissement => '!',
            Gravite::Panne => '✗',
        };
        // A text never refuses to be written to.
        let _ = writeln!(ecran, "  {marque} {:largeur$}  {phrase}", quoi.libelle());
    }
    ecran
}
