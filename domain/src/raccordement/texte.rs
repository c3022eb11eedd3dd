//! What is written on the platform: plain text, where addresses become links by themselves.

use crate::francais;
use crate::message::{GenreMessage, pour_l_interesse};
use crate::rendez_vous::{Genre, Situation};
use crate::vues::RendezVousVue;
use chrono::NaiveDate;

/// Where a message written here sends people for what a tab shows, and the platform has no such tab.
const ONGLET: &str = "dans l'onglet «\u{a0}Rendez-vous\u{a0}»";

/// A message as its usager reads it there. `agenda`: the link that it gives; `page`: the address of their page of the
/// proposition, when there is one, which takes the place of the agenda's.
#[must_use]
pub fn message(
    genre: GenreMessage,
    corps: &str,
    agenda: Option<&str>,
    page: Option<&str>,
) -> String {
    let Some(page) = page else { return pour_l_interesse(corps) };
    match genre {
        GenreMessage::Proposition | GenreMessage::Relance => {
            match agenda.and_then(|agenda| corps.rsplit_once(agenda)) {
                Some((avant, apres)) => format!("{avant}{page}{apres}"),
                None => corps.to_owned(),
            }
        }
        GenreMessage::RendezVous => {
            let corps = pour_l_interesse(corps).replace(ONGLET, "sur la page ci-dessous");
            format!("{corps}\n\nCe rendez-vous, pour vous\u{a0}: {page}")
        }
        GenreMessage::Libre | GenreMessage::Correction => corps.to_owned(),
    }
}

/// The message that takes back the proposition made on `faite_le`: where it was proposed, nobody can delete what was said.
#[must_use]
pub fn retrait(faite_le: NaiveDate) -> String {
    format!(
        "La proposition de rendez-vous du {} est retirée\u{a0}: vous n'avez plus à choisir de créneau.",
        francais::date(faite_le)
    )
}

/// What the annotation « Rendez-vous » says: when, where, and the address `page` of the dossier here. Empty when nobody is
/// expected nor has come.
#[must_use]
pub fn annotation(rdv: Option<&RendezVousVue>, page: &str) -> String {
    let Some(rdv) = rdv.filter(|rdv| !rdv.situation.annule()) else { return String::new() };
    let quand = francais::date_heure_longue(&rdv.horaire);
    let duree = francais::duree(rdv.duree_minutes);
    let ou = match (rdv.genre, &rdv.visio) {
        (Genre::Visio, Some(lien)) => format!("\u{a0}: {lien}"),
        (Genre::SurPlace | Genre::Domicile, _) if !rdv.adresse.is_empty() => {
            format!("\u{a0}: {}", rdv.adresse.join(", "))
        }
        _ => String::new(),
    };
    let suite = match rdv.situation {
        Situation::Honore => ". La personne est venue",
        Situation::Absence => ". La personne n'est pas venue",
        Situation::Prevu | Situation::AnnuleParUsager | Situation::AnnuleParService => "",
    };
    format!("{quand} ({duree}), {}{ou}{suite}. {page}", rdv.genre.comment())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RendezVousId;
    use crate::message;
    use crate::rendez_vous::Horaire;
    use url::Url;

    const PAGE: &str = "https://rdv.exemple.fr/p/a1f";

    #[test]
    fn the_personal_link_takes_the_place_of_the_agendas_and_of_no_other() {
        let agenda = Url::parse("https://rdv.anct.gouv.fr/org/100/x").unwrap();
        let corps = message::proposition("Voir aussi https://rdv.anct.gouv.fr/org/100/x", &agenda);
        let envoye = message(GenreMessage::Proposition, &corps, Some(agenda.as_str()), Some(PAGE));
        assert!(envoye.ends_with(&format!("lien suivant\u{a0}: {PAGE}")), "{envoye}");
        assert_eq!(envoye.matches(agenda.as_str()).count(), 1, "what the instructeur typed stays");
    }

    #[test]
    fn what_an_instructeur_types_is_sent_as_it_is() {
        let corps = "Bonjour,\n\nvoir l'onglet.";
        assert_eq!(message(GenreMessage::Libre, corps, None, Some(PAGE)), corps);
        assert_eq!(message(GenreMessage::Libre, corps, None, None), corps);
    }

    #[test]
    fn a_change_of_the_rendez_vous_leads_to_its_page_and_never_to_a_tab() {
        let corps = format!("Le lieu a changé. Les nouvelles informations sont {ONGLET}.");
        let envoye = message(GenreMessage::RendezVous, &corps, None, Some(PAGE));
        assert!(!envoye.contains("onglet"), "{envoye}");
        assert!(envoye.ends_with(PAGE), "{envoye}");
    }

    #[test]
    fn the_annotation_says_when_and_where_and_nothing_of_what_was_cancelled() {
        let mut rdv = RendezVousVue {
            id: RendezVousId(1),
            genre: Genre::Visio,
            horaire: Horaire {
                local: NaiveDate::from_ymd_opt(2024, 6, 7).unwrap().and_hms_opt(15, 30, 0).unwrap(),
                fuseau: None,
            },
            duree_minutes: 30,
            situation: Situation::Prevu,
            a_venir: true,
            visio: Some("https://visio.exemple.fr/abc".to_owned()),
            telephone: None,
            adresse: vec![],
            instruction: None,
            infos: String::new(),
            fichier: true,
        };
        assert_eq!(
            annotation(Some(&rdv), PAGE),
            format!(
                "vendredi 7 juin 2024 à 15h30 (30 minutes), en visioconférence\u{a0}: https://visio.exemple.fr/abc. {PAGE}"
            )
        );
        rdv.situation = Situation::AnnuleParUsager;
        assert_eq!(annotation(Some(&rdv), PAGE), "");
        assert_eq!(annotation(None, PAGE), "");
    }
}
