//! Which slots are offered: Monday to Friday, 9 to 17 on the clocks of the organisation, every
//! duration of the motif, as long as one agent at least is free.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

use crate::model::{AgentId, Motif, RdvId};
use crate::state::world::{Missing, World};
use crate::text::dates;

const OPENING_HOUR: u32 = 9;
const CLOSING_HOUR: u32 = 17;
const WORKING_DAYS: u64 = 5;
const WEEK: Days = Days::new(7);

/// What is offered on one day.
#[derive(Debug, PartialEq)]
pub struct Day {
    /// The day on the clocks of the organisation.
    pub date: NaiveDate,
    /// The beginnings of the slots.
    pub slots: Vec<DateTime<Utc>>,
}

/// The question: slots of which motif, at what moment, without counting which rendez-vous.
#[derive(Clone, Copy)]
pub struct Search<'a> {
    /// What the rendez-vous is for.
    pub motif: &'a Motif,
    /// How long it must last.
    pub duration: TimeDelta,
    /// The moment of the question.
    pub now: DateTime<Utc>,
    /// A rendez-vous about to be moved: it does not stand in its own way.
    pub moving: Option<RdvId>,
}

impl<'a> Search<'a> {
    /// For a new rendez-vous.
    pub fn new(motif: &'a Motif, now: DateTime<Utc>) -> Self {
        Self { motif, duration: motif.duration(), now, moving: None }
    }
}

/// The Monday of the week of this day.
pub fn monday_of(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).first_day()
}

/// The working days of the week that begins on this Monday, with what each offers.
pub fn week(world: &World, search: Search<'_>, monday: NaiveDate) -> Result<Vec<Day>, Missing> {
    (0..WORKING_DAYS)
        .filter_map(|offset| monday.checked_add_days(Days::new(offset)))
        .map(|date| {
            let mut slots = starts_of(world, search, date)?;
            slots.retain(|start| {
                in_window(search, *start) && !free(world, search, *start).is_empty()
            });
            Ok(Day { date, slots })
        })
        .collect()
}

/// The agents who can take the slot that begins then; none when it is not offered.
pub fn agents_for(
    world: &World,
    search: Search<'_>,
    start: DateTime<Utc>,
) -> Result<Vec<AgentId>, Missing> {
    let zone = world.organisation(search.motif.organisation_id)?.time_zone;
    let offered = in_window(search, start)
        && starts_of(world, search, dates::day(start, zone))?.contains(&start);
    Ok(if offered { free(world, search, start) } else { Vec::new() })
}

/// The Monday of the first week that offers something, this week when none does.
pub fn first_week(world: &World, search: Search<'_>) -> Result<NaiveDate, Missing> {
    let this_week = monday_of(today(world, search)?);
    let mut monday = this_week;
    while monday <= last_week(world, search)? {
        if week(world, search, monday)?.iter().any(|day| !day.slots.is_empty()) {
            return Ok(monday);
        }
        monday = monday + WEEK;
    }
    Ok(this_week)
}

/// The Monday of the last week that can offer something.
pub fn last_week(world: &World, search: Search<'_>) -> Result<NaiveDate, Missing> {
    let zone = world.organisation(search.motif.organisation_id)?.time_zone;
    Ok(monday_of(dates::day(last_start(search), zone)))
}

/// The day it is where the organisation is.
pub fn today(world: &World, search: Search<'_>) -> Result<NaiveDate, Missing> {
    let zone = world.organisation(search.motif.organisation_id)?.time_zone;
    Ok(dates::day(search.now, zone))
}

/// The beginnings of the slots of a day, free or not.
fn starts_of(
    world: &World,
    search: Search<'_>,
    date: NaiveDate,
) -> Result<Vec<DateTime<Utc>>, Missing> {
    let zone = world.organisation(search.motif.organisation_id)?.time_zone;
    let worked = u64::from(date.weekday().num_days_from_monday()) < WORKING_DAYS;
    let length = search.duration.num_minutes();
    if !worked || length <= 0 {
        return Ok(Vec::new());
    }
    let opening = date.and_time(NaiveTime::MIN) + TimeDelta::hours(OPENING_HOUR.into());
    let count = TimeDelta::hours((CLOSING_HOUR - OPENING_HOUR).into()).num_minutes() / length;
    Ok((0..count).map(|n| dates::resolve(opening + TimeDelta::minutes(n * length), zone)).collect())
}

fn in_window(search: Search<'_>, start: DateTime<Utc>) -> bool {
    let soonest = search.now + TimeDelta::seconds(search.motif.min_public_booking_delay);
    (soonest..=last_start(search)).contains(&start)
}

fn last_start(search: Search<'_>) -> DateTime<Utc> {
    search.now + TimeDelta::seconds(search.motif.max_public_booking_delay)
}

/// The agents of the organisation who have nothing else at that time. A cancelled rendez-vous frees them.
fn free(world: &World, search: Search<'_>, start: DateTime<Utc>) -> Vec<AgentId> {
    let end = start + search.duration;
    let mut agents: Vec<_> =
        world.agents_of(search.motif.organisation_id).map(|agent| agent.id).collect();
    for rdv in world.rdvs.values() {
        let overlaps = rdv.starts_at < end && rdv.ends_at > start;
        if overlaps && !rdv.status.is_cancelled() && Some(rdv.id) != search.moving {
            agents.retain(|id| !rdv.agent_ids.contains(id));
        }
    }
    agents
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{MotifId, Status};
    use crate::tests::story::{self, at};
    use crate::text::dates::{PARIS, parse};

    fn hours(world: &World, day: &Day) -> Vec<String> {
        let zone = world.organisations[&crate::state::seed::REUNION].time_zone;
        day.slots.iter().map(|slot| crate::text::french::hour(*slot, zone)).collect()
    }

    #[test]
    fn a_working_day_has_a_slot_every_half_hour_from_9_to_17_and_the_week_end_none() {
        let world = story::world();
        let motif = world.motif(MotifId(501)).unwrap();
        let search = Search::new(motif, at("2024-05-27 18:21"));
        let monday = NaiveDate::from_ymd_opt(2024, 6, 3).unwrap();
        let week = week(&world, search, monday).unwrap();
        assert_eq!(week.len(), 5);
        assert!(week.iter().all(|day| day.slots.len() == 16));
        assert_eq!(week[4].slots.first(), parse("2024-06-07T09:00", PARIS).as_ref());
        assert_eq!(week[4].slots.last(), parse("2024-06-07T16:30", PARIS).as_ref());
        assert!(agents_for(&world, search, at("2024-06-08 10:00")).unwrap().is_empty());
        assert!(agents_for(&world, search, at("2024-06-07 10:10")).unwrap().is_empty());
    }

    #[test]
    fn hours_are_those_of_the_organisation() {
        let world = story::world();
        let motif = world.motif(MotifId(601)).unwrap();
        let search = Search::new(motif, at("2024-05-27 18:21"));
        let monday = NaiveDate::from_ymd_opt(2024, 6, 3).unwrap();
        let week = week(&world, search, monday).unwrap();
        assert_eq!(hours(&world, &week[0])[0], "9h00");
        assert_eq!(week[0].slots[0], at("2024-06-03 07:00"));
    }

    #[test]
    fn a_slot_lasts_until_every_agent_has_it_and_comes_back_with_a_cancellation() {
        let mut world = story::world();
        let start = at("2024-06-07 15:30");
        let now = at("2024-05-27 18:21");
        let first = story::book(&mut world, 501, start, now);
        let second = story::book(&mut world, 501, start, now);
        assert_ne!(world.rdvs[&first].agent_ids, world.rdvs[&second].agent_ids);
        let motif = world.motifs[&MotifId(501)].clone();
        let search = Search::new(&motif, now);
        assert!(agents_for(&world, search, start).unwrap().is_empty());
        let moving = Search { moving: Some(first), ..search };
        assert_eq!(agents_for(&world, moving, start).unwrap().len(), 1);
        world.rdvs.get_mut(&second).unwrap().status = Status::Revoked;
        assert_eq!(agents_for(&world, search, start).unwrap().len(), 1);
    }

    #[test]
    fn nothing_is_offered_within_half_an_hour_nor_after_three_months() {
        let world = story::world();
        let motif = world.motif(MotifId(501)).unwrap();
        let start = at("2024-06-07 15:30");
        let offered = |now| !agents_for(&world, Search::new(motif, now), start).unwrap().is_empty();
        assert!(offered(at("2024-06-07 15:00")));
        assert!(!offered(at("2024-06-07 15:01")));
        assert!(!offered(at("2024-03-01 15:00")));
    }

    #[test]
    fn the_first_week_shown_is_the_first_that_offers_something() {
        let world = story::world();
        let motif = world.motif(MotifId(501)).unwrap();
        let on = |now| first_week(&world, Search::new(motif, now)).unwrap().to_string();
        assert_eq!(on(at("2024-05-27 18:21")), "2024-05-27");
        assert_eq!(on(at("2024-05-31 16:45")), "2024-06-03");
    }
}
