//! What mails say of a rendez-vous.

use crate::courriels::cadre::Cadre;
use crate::courriels::gabarit::Bout;
use domain::francais;
use domain::rendez_vous::{Changement, Genre, Horaire};

/// What happened to a rendez-vous.
#[derive(Debug, Clone, Copy)]
pub(in crate::courriels) struct Fait<'a> {
    /// What.
    pub(in crate::courriels) changement: &'a Changement,
    /// Where it takes place.
    pub(in crate::courriels) genre: Genre,
    /// When.
    pub(in crate::courriels) horaire: &'a Horaire,
    /// How long.
    pub(in crate::courriels) minutes: i64,
    /// Whether it answers a proposition.
    pub(in crate::courriels) propose: bool,
    /// The video room, while somebody is expected there.
    pub(in crate::courriels) visio: Option<&'a str>,
}

impl Fait<'_> {
    /// « vendredi 7 juin 2024 à 15h30 ».
    pub(in crate::courriels) fn date(&self) -> String {
        francais::date_heure_longue(self.horaire)
    }

    /// « 30 minutes ».
    pub(in crate::courriels) fn duree(&self) -> String {
        francais::duree(self.minutes)
    }

    /// « Le vendredi 7 juin 2024 à 15h30 en visioconférence (durée : 30 minutes) ».
    pub(super) fn quand(&self) -> String {
        let ligne =
            format!("Le {} {} (durée\u{a0}: {})", self.date(), self.genre.comment(), self.duree());
        match self.changement {
            Changement::Deplace { avant, .. } => {
                format!("{ligne}, au lieu du {}", francais::date_heure_longue(avant))
            }
            _ => ligne,
        }
    }

    /// What a mail says besides its sentence: to an instructeur, who has other dossiers, of whom and of what `cadre` is;
    /// the way to the video room.
    pub(in crate::courriels) fn precisions(&self, cadre: Option<&Cadre>) -> Option<Vec<Bout>> {
        let mut lignes: Vec<Vec<Bout>> = Vec::new();
        if let Some(cadre) = cadre {
            if !cadre.demandeur.is_empty() {
                lignes.push(vec![Bout::Dit(format!("Demandeur\u{a0}: {}", cadre.demandeur))]);
            }
            lignes.push(vec![Bout::Dit(format!("Démarche\u{a0}: {}", cadre.titre))]);
        }
        if let Some(salle) = self.visio {
            lignes.push(vec![
                Bout::Dit("RDV par visioconférence\u{a0}: ".to_owned()),
                Bout::Lien {
                    adresse: salle.to_owned(),
                    intitule: "rejoindre la visioconférence".to_owned(),
                },
            ]);
        }
        let bouts = lignes.join(&Bout::Dit("\n".to_owned()));
        (!bouts.is_empty()).then_some(bouts)
    }
}
