//! The summary of a day, to an instructeur: all their démarches in one mail, in the order of what is to be done.

pub(super) mod lecture;

use super::cadre::{absolue, email, equipe};
use super::echec::EchecEnvoi;
use super::gabarit::{Bout, Gabarit, Lettre};
use super::gestion;
use super::pied::{Gestion, Pourquoi};
use crate::contexte::Contexte;
use crate::demarche::avertissements::recapitulatifs;
use crate::socle::outils::Reglages;
use crate::tables::recapitulatif;
use chrono::{DateTime, NaiveDate, Utc};
use domain::chemin::{Chemin, Onglet};
use domain::francais;
use domain::ids::{DemarcheNumero, RecapitulatifId};
use domain::rendez_vous::{Changement, Contenu};
use lecture::{Change, Dit, DuJour, Nomme};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// How many lines of one démarche a heading has.
const LIGNES_MAX: usize = 20;

/// Composes the mail. `None` when nothing is left to be said, or when it is too late in the day: what it was to tell is
/// then given back, for the next one.
///
/// # Errors
/// The database failed, or the summary is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    id: RecapitulatifId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let (db, maintenant) = (contexte.base.lire(), contexte.horloge.maintenant());
    let ligne = recapitulatif::Entity::find_by_id(id).one(db).await?;
    let ligne = ligne.ok_or(EchecEnvoi::Illisible)?;
    if recapitulatifs::jour(maintenant) != Some(ligne.jour) {
        let tx = contexte.base.ecrire().await?;
        recapitulatifs::rendre(&tx, id, None).await?;
        noter(&tx, id, None).await?;
        tx.valider().await?;
        return Ok(None);
    }
    let (dit, invisibles) = lecture::lire(db, &ligne, maintenant).await?;
    let tx = contexte.base.ecrire().await?;
    if !invisibles.is_empty() {
        recapitulatifs::rendre(&tx, id, Some(&invisibles)).await?;
    }
    noter(&tx, id, (!dit.vide()).then_some(maintenant)).await?;
    tx.valider().await?;
    if dit.vide() {
        return Ok(None);
    }
    let demarches = dit.demarches.iter().map(|(numero, titre)| (*numero, titre.as_str()));
    let gestion = gestion::des_recapitulatifs(contexte, ligne.compte, demarches)?;
    let a = email(contexte, ligne.compte).await?;
    Ok(Some(rediger(&contexte.outils.reglages, (ligne.jour, &dit), &gestion, a)))
}

/// Notes that a summary had something to say, or not.
async fn noter(
    db: &impl ConnectionTrait,
    id: RecapitulatifId,
    compose_le: Option<DateTime<Utc>>,
) -> Result<(), EchecEnvoi> {
    recapitulatif::Entity::update_many()
        .set(recapitulatif::ActiveModel { compose_le: Set(compose_le), ..Default::default() })
        .filter(recapitulatif::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub(in crate::courriels) fn rediger(
    reglages: &Reglages,
    (jour, dit): (NaiveDate, &Dit),
    gestion: &Gestion,
    a: String,
) -> Lettre {
    let page = Page { reglages, dit };
    let sujet = format!("Votre résumé du {}", francais::date_longue(jour));
    let gabarit = Gabarit::new(sujet);
    let gabarit = page.rubrique(gabarit, "Vos rendez-vous d'aujourd'hui", &dit.du_jour, |rdv| {
        (&rdv.dossier, page.du_jour(rdv))
    });
    let titre = "Rendez-vous proposés, pas encore pris";
    let gabarit = page.rubrique(gabarit, titre, &dit.proposees, |(dossier, le)| {
        let quand = format!(", proposé le {}", francais::date(le.date()));
        (dossier, page.ligne("", dossier, &quand, Onglet::Messagerie))
    });
    let gabarit =
        page.rubrique(gabarit, "Nouveaux messages", &dit.messages, |(dossier, combien)| {
            let combien = match combien {
                1 => "un nouveau message, ".to_owned(),
                n => format!("{n} nouveaux messages, "),
            };
            (dossier, page.ligne(&combien, dossier, "", Onglet::Messagerie))
        });
    let gabarit = page.rubrique(gabarit, "Nouveaux dossiers", &dit.deposes, |dossier| {
        (dossier, page.ligne("", dossier, "", Onglet::Demande))
    });
    let titre = "Rendez-vous pris, déplacés ou annulés";
    let gabarit = page
        .rubrique(gabarit, titre, &dit.changes, |change| (&change.dossier, page.change(change)));
    let gabarit = page.rubrique(gabarit, "Avis reçus", &dit.avis, |(dossier, expert)| {
        (dossier, page.ligne(&format!("{expert}, "), dossier, "", Onglet::Avis))
    });
    let gabarit =
        page.rubrique(gabarit, "Dossiers modifiés par l'usager", &dit.modifies, |dossier| {
            (dossier, page.ligne("", dossier, "", Onglet::Demande))
        });
    gabarit.signe(&equipe(&reglages.nom)).pour(a, &reglages.nom, &Pourquoi::Gere(gestion))
}

/// What its lines are made with.
struct Page<'a> {
    reglages: &'a Reglages,
    dit: &'a Dit,
}

impl Page<'_> {
    /// What is under a heading, démarche by démarche.
    fn rubrique<T>(
        &self,
        gabarit: Gabarit,
        titre: &str,
        elements: &[T],
        ligne: impl for<'t> Fn(&'t T) -> (&'t Nomme, Vec<Bout>),
    ) -> Gabarit {
        if elements.is_empty() {
            return gabarit;
        }
        let mut gabarit = gabarit.titre(titre);
        let lignes: Vec<(&Nomme, Vec<Bout>)> = elements.iter().map(ligne).collect();
        for (numero, nom) in &self.dit.demarches {
            let siennes = || lignes.iter().filter(|(dossier, _)| dossier.demarche == *numero);
            let combien = siennes().count();
            if combien == 0 {
                continue;
            }
            let mut points: Vec<Vec<Bout>> =
                siennes().take(LIGNES_MAX).map(|(_, bouts)| bouts.clone()).collect();
            points.extend(self.les_autres(*numero, combien.saturating_sub(LIGNES_MAX)));
            let demarche = format!("Démarche «\u{a0}{nom}\u{a0}»");
            gabarit = gabarit.paragraphe(vec![Bout::Fort(demarche)]).points(points);
        }
        gabarit
    }

    /// « et 3 autres ».
    fn les_autres(&self, demarche: DemarcheNumero, combien: usize) -> Option<Vec<Bout>> {
        let mots = match combien {
            0 => return None,
            1 => "et un autre".to_owned(),
            n => format!("et {} autres", francais::nombre(n)),
        };
        let adresse = self.adresse(Chemin::DemarcheSuivie(demarche));
        let intitule = "Voir la démarche".to_owned();
        Some(vec![Bout::Dit(format!("{mots}\u{a0}: ")), Bout::Lien { adresse, intitule }])
    }

    fn adresse(&self, chemin: Chemin<'_>) -> String {
        absolue(&self.reglages.app_url, &chemin.to_string())
    }

    /// A dossier between `avant` and `apres`, and where to go.
    fn ligne(&self, avant: &str, dossier: &Nomme, apres: &str, onglet: Onglet) -> Vec<Bout> {
        let Nomme { numero, demandeur, .. } = dossier;
        let de = if demandeur.is_empty() { String::new() } else { format!(" ({demandeur})") };
        let intitule = match onglet {
            Onglet::Messagerie => "Ouvrir la messagerie",
            Onglet::Avis => "Lire l'avis",
            _ => "Ouvrir le dossier",
        };
        vec![
            Bout::Dit(format!("{avant}dossier n°{numero}{de}{apres}\n")),
            Bout::Lien {
                adresse: self.adresse(Chemin::Onglet(*numero, onglet)),
                intitule: intitule.to_owned(),
            },
        ]
    }

    /// « 15h30, en visioconférence (durée : 30 minutes), dossier… », with the way to the room.
    fn du_jour(&self, rdv: &DuJour) -> Vec<Bout> {
        let DuJour { dossier, contenu } = rdv;
        let mut bouts = vec![Bout::Fort(francais::heure_du(&contenu.horaire))];
        let avant = format!(", {}, ", comment(contenu));
        bouts.extend(self.ligne(&avant, dossier, "", Onglet::Messagerie));
        if let Some(salle) = lecture::salle(contenu) {
            bouts.push(Bout::Dit("\nVisioconférence\u{a0}: ".to_owned()));
            bouts.push(Bout::Lien {
                adresse: salle.to_owned(),
                intitule: "rejoindre la visioconférence".to_owned(),
            });
        }
        bouts
    }

    fn change(&self, change: &Change) -> Vec<Bout> {
        let Change { dossier, changement, contenu } = change;
        let fait = match changement {
            Changement::Pris => "pris",
            Changement::Fixe => "fixé par le service",
            Changement::Retabli => "rétabli",
            Changement::Deplace { .. } => "déplacé",
            Changement::ModalitesChangees => "autre lieu ou autre lien",
            Changement::AnnuleParUsager => "annulé par l'utilisateur",
            Changement::AnnuleParService => "annulé par le service",
        };
        let quand = francais::date_heure_longue(&contenu.horaire);
        let avant = match changement {
            Changement::Deplace { avant, .. } => {
                format!(", au lieu du {}", francais::date_heure_longue(avant))
            }
            _ => String::new(),
        };
        let debut = format!("{fait}\u{a0}: le {quand}, {}{avant}, ", comment(contenu));
        self.ligne(&debut, dossier, "", Onglet::Messagerie)
    }
}

/// « en visioconférence (durée : 30 minutes) ».
fn comment(contenu: &Contenu) -> String {
    format!("{} (durée\u{a0}: {})", contenu.genre.comment(), francais::duree(contenu.duree_minutes))
}
