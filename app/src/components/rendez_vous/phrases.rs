//! How a rendez-vous is said.

use crate::components::lien::LienExterne;
use domain::dossier::Tag;
use domain::francais;
use domain::message::TELEPHONE;
use domain::rendez_vous::Genre;
use domain::vues::RendezVousVue;
use domain::vues::faits::Fait;
use leptos::prelude::*;

/// What the link to the video room says.
pub const REJOINDRE: &str = "rejoindre la visioconférence";

/// For whom a rendez-vous is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lecteur {
    /// The person who booked it.
    Usager,
    /// Who receives them.
    Instructeur,
}

/// « vendredi 7 juin 2024 à 15h30 ».
pub fn quand(rdv: &RendezVousVue) -> String {
    francais::date_heure_longue(&rdv.horaire)
}

/// « (durée : 30 minutes) ».
pub fn pendant(rdv: &RendezVousVue) -> String {
    let duree = francais::duree(rdv.duree_minutes).replace(' ', "\u{a0}");
    format!("(durée\u{a0}: {duree})")
}

/// « RDV pris, vendredi 7 juin 2024 à 15h30 »: a tag as it is read out, with the rendez-vous that it speaks of.
pub fn etiquette(tag: Tag, rdv: Option<&RendezVousVue>) -> String {
    match rdv.filter(|_| tag != Tag::RdvPropose) {
        Some(rdv) => format!("{}, {}", tag.libelle(), quand(rdv)),
        None => tag.libelle().to_owned(),
    }
}

/// « rendez-vous déplacé au vendredi 7 juin 2024 à 15h30 », of one that had another hour. `ou`: what is said after it.
pub fn deplacement(rdv: &RendezVousVue, ou: &str) -> [Fait; 2] {
    let (id, horaire) = (format!("rdv:{}", rdv.id), &rdv.horaire);
    let heure = format!("{id} {} {}", horaire.local, horaire.fuseau.as_deref().unwrap_or_default());
    let quoi = format!("rendez-vous déplacé au {}{ou}", quand(rdv));
    [Fait::repere(&id), Fait::mis_a_jour(heure, quoi).si(id)]
}

/// « Le vendredi 7 juin 2024 à 15h30 (durée : 30 minutes) », where, and what to prepare.
pub fn details(rdv: &RendezVousVue, lecteur: Lecteur) -> impl IntoView + use<> {
    let infos = (lecteur == Lecteur::Usager && !rdv.infos.is_empty())
        .then(|| intitule_des_infos(rdv))
        .flatten()
        .map(|intitule| {
            let adresse = rdv.infos.clone();
            view! {
                <p>{intitule} "\u{a0}: " <LienExterne href=adresse.clone() texte=adresse/></p>
            }
        });
    let instruction = rdv
        .instruction
        .clone()
        .filter(|_| rdv.a_venir)
        .map(|texte| view! { <p class="rdv-texte">"À prévoir\u{a0}: " {texte}</p> });
    view! {
        <p>"Le " <strong>{quand(rdv)}</strong> " " {pendant(rdv)}</p>
        {ou(rdv, lecteur)}
        {instruction}
        {infos}
    }
}

/// What the link to the platform's own page is for, if it serves any more.
const fn intitule_des_infos(rdv: &RendezVousVue) -> Option<&'static str> {
    if rdv.a_venir {
        Some("Infos et annulation")
    } else if rdv.situation.annule() {
        None
    } else {
        Some("Infos")
    }
}

/// Where it takes place, and how to get there.
fn ou(rdv: &RendezVousVue, lecteur: Lecteur) -> AnyView {
    let intitule = rdv.genre.intitule();
    match (rdv.genre, &rdv.visio) {
        (Genre::Visio, Some(lien)) if rdv.a_venir => {
            let lien = lien.clone();
            view! { <p>{intitule} "\u{a0}: " <LienExterne href=lien texte=REJOINDRE/></p> }
                .into_any()
        }
        (Genre::Visio, None) if rdv.a_venir && lecteur == Lecteur::Usager => {
            view! { <p>{intitule} "\u{a0}: le lien vous sera communiqué par le service."</p> }
                .into_any()
        }
        (Genre::Telephone, _) if rdv.a_venir && lecteur == Lecteur::Usager => {
            view! { <p>{intitule} "\u{a0}: " {appel(rdv)} "."</p> }.into_any()
        }
        (Genre::Telephone, _) if rdv.telephone.is_some() => {
            let numero = rdv.telephone.as_deref().map(numero_a_appeler);
            view! { <p>{intitule} "\u{a0}: " {numero}</p> }.into_any()
        }
        (Genre::SurPlace | Genre::Domicile, _) if !rdv.adresse.is_empty() => {
            let lignes =
                rdv.adresse.iter().map(|ligne| view! { <br/> {ligne.clone()} }).collect_view();
            view! { <p>{intitule} {lignes}</p> }.into_any()
        }
        _ => view! { <p>{intitule}</p> }.into_any(),
    }
}

/// « vous serez appelé(e) au 06 12 34 56 78 ».
pub fn appel(rdv: &RendezVousVue) -> String {
    rdv.telephone.as_ref().map_or_else(
        || "vous serez appelé(e)".to_owned(),
        |numero| format!("vous serez appelé(e) au {numero}"),
    )
}

/// A telephone, to call it.
pub fn numero_a_appeler(numero: &str) -> impl IntoView + use<> {
    let compact: String = numero.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    view! { <a href=format!("{TELEPHONE}{compact}")>{numero.to_owned()}</a> }
}
