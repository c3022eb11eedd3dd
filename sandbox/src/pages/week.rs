//! A week of slots, as links.

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use maud::{Markup, html};

use crate::rules::slots::{self, Day, Search};
use crate::state::world::{Missing, World};
use crate::text::dates::PARIS;
use crate::text::french::{self, fr};

/// What to show: the slots of which week, and where they lead.
pub struct Week<'a> {
    search: Search<'a>,
    monday: NaiveDate,
    first: NaiveDate,
    last: NaiveDate,
    zone: Tz,
    days: Vec<Day>,
}

impl<'a> Week<'a> {
    /// The week of `date`, or the first that offers something.
    ///
    /// # Errors
    /// [`Missing`] when the organisation of the motif does not exist.
    pub fn find(
        world: &World,
        search: Search<'a>,
        date: Option<NaiveDate>,
    ) -> Result<Self, Missing> {
        let first = slots::monday_of(slots::today(world, search)?);
        let last = slots::last_week(world, search)?;
        let monday = match date {
            Some(date) => slots::monday_of(date).clamp(first, last),
            None => slots::first_week(world, search)?,
        };
        Ok(Self {
            search,
            monday,
            first,
            last,
            zone: world.organisation(search.motif.organisation_id)?.time_zone,
            days: slots::week(world, search, monday)?,
        })
    }

    /// The week; `slot` gives the address of a slot, `week` that of another week.
    pub fn show(
        &self,
        slot: impl Fn(DateTime<Utc>) -> String,
        week: impl Fn(NaiveDate) -> String,
    ) -> Markup {
        let some = self.days.iter().any(|day| !day.slots.is_empty());
        html! {
            (self.turner(&week))
            @if !some { p { "Aucun créneau n’est disponible cette semaine." } }
            div.week {
                @for day in &self.days { (self.day(day, &slot)) }
            }
            @if some { p.hint { (fr("Durée : ")) (french::duration(self.search.duration)) ". "
                @if self.zone != PARIS { "Les heures sont celles de l’organisme." } } }
        }
    }

    fn day(&self, day: &Day, slot: &impl Fn(DateTime<Utc>) -> String) -> Markup {
        let name = french::day_and_month(day.date);
        let (weekday, date) = name.split_once(' ').unwrap_or((&name, ""));
        html! {
            section class={ "day" @if day.slots.is_empty() { " empty" } } {
                h3 { span { (french::capitalised(weekday)) } " " span { (date) } }
                @if day.slots.is_empty() { p.hint { "Aucun créneau" } }
                @else {
                    ul.slots {
                        @for start in &day.slots {
                            li { a.slot href=(slot(*start)) {
                                (french::hour(*start, self.zone))
                                span.unseen { ", " (name) }
                            } }
                        }
                    }
                }
            }
        }
    }

    fn turner(&self, week: &impl Fn(NaiveDate) -> String) -> Markup {
        let previous = (self.monday > self.first).then(|| self.monday - Days::new(7));
        let next = (self.monday < self.last).then(|| self.monday + Days::new(7));
        html! {
            nav.weeks aria-label="Semaines" {
                @if let Some(monday) = previous {
                    a rel="prev" href=(week(monday)) { "Semaine précédente" }
                } @else { span {} }
                p { "Semaine du " strong { (french::date(self.monday)) } }
                @if let Some(monday) = next {
                    a rel="next" href=(week(monday)) { "Semaine suivante" }
                } @else { span {} }
            }
        }
    }
}
