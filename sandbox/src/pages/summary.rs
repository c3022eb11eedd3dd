//! A rendez-vous in a few lines, as its person and its agents read it.

use maud::{Markup, html};

use crate::model::{LocationType, Motif, Organisation, Rdv, User};
use crate::state::world::World;
use crate::text::contact;
use crate::text::french::{self, fr};

/// What the lines speak of: a rendez-vous, or one about to be booked.
pub struct Summary<'a> {
    /// What for.
    pub motif: &'a Motif,
    /// With whom.
    pub organisation: &'a Organisation,
    /// « vendredi 7 juin 2024 à 15h30 ».
    pub date: String,
    /// « 30 minutes ».
    pub duration: String,
    /// Name and address of the place.
    pub place: Option<String>,
    /// The telephone number to be called.
    pub phone: Option<String>,
    /// The link of the video room.
    pub visio_url: Option<String>,
    /// Who comes.
    pub people: Vec<String>,
}

impl<'a> Summary<'a> {
    /// The lines of a rendez-vous; none when its organisation or motif is gone.
    pub fn of(world: &'a World, rdv: &Rdv) -> Option<Self> {
        let (organisation, motif) = world.context_of(rdv).ok()?;
        let users: Vec<&User> =
            rdv.participations.iter().filter_map(|part| world.users.get(&part.user_id)).collect();
        let lieu = rdv.lieu_id.and_then(|id| world.lieux.get(&id));
        let address = world.address_of(rdv);
        let place = match lieu {
            Some(lieu) => Some(format!("{}, {address}", lieu.name)),
            None => (!address.is_empty()).then_some(address),
        };
        Some(Self {
            motif,
            organisation,
            date: french::date_and_hour(rdv.starts_at, organisation.time_zone),
            duration: french::duration(rdv.duration()),
            place,
            phone: users.first().and_then(|user| phone_of(world, user)),
            visio_url: world.visio_url(rdv).filter(|_| !rdv.status.is_cancelled()),
            people: users.iter().map(|user| user.full_name()).collect(),
        })
    }

    /// The lines.
    pub fn show(&self) -> Markup {
        html! {
            dl.summary {
                dt { "Date" } dd { strong { "Le " (self.date) } " (" (fr("durée : ")) (self.duration) ")" }
                dt { "Motif" } dd { (self.motif.name) }
                dt { "Avec" } dd { (self.organisation.name) }
                dt { "Modalité" } dd { (self.motif.location_type.label()) }
                @if let Some(place) = &self.place { dt { "Adresse" } dd { (place) } }
                @if self.motif.location_type == LocationType::Phone {
                    @if let Some(phone) = &self.phone { dt { "Téléphone" } dd { (phone) } }
                }
                @if let Some(url) = &self.visio_url {
                    dt { "Visioconférence" }
                    dd { a href=(url) target="_blank" rel="noopener" { "Rejoindre la visioconférence" span.unseen { " (nouvel onglet)" } } }
                }
                dt { "Usager" } dd { (self.people.join(", ")) }
                @if let Some(instruction) = &self.motif.instruction_for_rdv { dt { "À savoir" } dd { (fr(instruction)) } }
            }
        }
    }
}

/// The number at which a person, or the one who books for them, is called.
pub fn phone_of(world: &World, user: &User) -> Option<String> {
    let responsible = user.responsible_id.and_then(|id| world.users.get(&id));
    let number = user.phone_number.as_deref().or_else(|| responsible?.phone_number.as_deref())?;
    contact::e164(number).map(|_| number.to_owned())
}
