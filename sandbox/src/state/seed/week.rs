//! The rendez-vous that the demo's other démarche begins with, in the agenda of [`LIVRE`]: the links of its pages lead
//! to them. `week.json` says which; the demo holds that it says the same. No webhook tells of them.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use serde::Deserialize;
use uuid::Uuid;

use super::{CLAIRE, LIVRE, LIVRE_LIEU};
use crate::model::{
    Author, LocationType, MotifId, Participation, ParticipationId, Rdv, RdvId, Status, User, UserId,
};
use crate::rules::booking;
use crate::state::world::World;
use crate::text::dates::PARIS;

const WEEK: &str = include_str!("week.json");

/// A rendez-vous: who, which day of the week (from Monday, 0), when in Paris, how.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    rdv: i64,
    user: i64,
    email: String,
    first_name: String,
    last_name: String,
    phone_number: Option<String>,
    address: Option<String>,
    day: u64,
    at: String,
    kind: LocationType,
    minutes: i64,
    cancelled: bool,
}

/// Writes them down in a world that is new at `now`.
///
/// # Errors
/// The file can't be read.
pub fn write_down(world: &mut World, now: DateTime<Utc>) -> Result<(), serde_json::Error> {
    let cases: Vec<Case> = serde_json::from_str(WEEK)?;
    let monday = monday(now);
    for (rank, case) in (1..).zip(cases) {
        let starts_at = case.starts_at(monday);
        // As long before as the demo says that it was booked.
        let booked_at =
            starts_at - TimeDelta::days(12) - TimeDelta::minutes(17 * rank) + TimeDelta::hours(5);
        let user = case.user(booked_at);
        let rdv = case.rdv(starts_at, booked_at, world.draws.token(8), now);
        let user_id = user.id;
        world.users.insert(user_id, user);
        world.rdvs.insert(rdv.id, rdv);
        booking::join(world, user_id, LIVRE);
    }
    Ok(())
}

/// The Monday of the week to show: the one of today, or the next one at the end of the week.
fn monday(now: DateTime<Utc>) -> NaiveDate {
    let day = now.with_timezone(&PARIS).date_naive();
    let over = matches!(day.weekday(), Weekday::Fri | Weekday::Sat | Weekday::Sun);
    day.week(Weekday::Mon).first_day() + Days::new(if over { 7 } else { 0 })
}

impl Case {
    fn starts_at(&self, monday: NaiveDate) -> DateTime<Utc> {
        let time = NaiveTime::parse_from_str(&self.at, "%H:%M").unwrap_or_default();
        let local = (monday + Days::new(self.day)).and_time(time);
        local.and_local_timezone(PARIS).earliest().map_or_else(|| local.and_utc(), |t| t.to_utc())
    }

    fn user(&self, known_since: DateTime<Utc>) -> User {
        User {
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            email: Some(self.email.clone()),
            phone_number: self.phone_number.clone(),
            address: self.address.clone(),
            ..booking::blank_file(UserId(self.user), None, known_since)
        }
    }

    fn rdv(
        &self,
        starts_at: DateTime<Utc>,
        booked_at: DateTime<Utc>,
        token: String,
        now: DateTime<Utc>,
    ) -> Rdv {
        let ends_at = starts_at + TimeDelta::minutes(self.minutes);
        let status = match self.cancelled {
            true => Status::Excused,
            false if ends_at < now => Status::Seen,
            false => Status::Unknown,
        };
        let created_by = Author::user(UserId(self.user));
        let participation = Participation {
            id: ParticipationId(self.rdv + 50_000),
            user_id: UserId(self.user),
            status,
            created_by,
            token,
            token_created_at: booked_at,
        };
        Rdv {
            id: RdvId(self.rdv),
            // The demo knows the name of the video room.
            uuid: Uuid::from_u128(u128::from(self.rdv.unsigned_abs())),
            organisation_id: LIVRE,
            motif_id: self.motif(),
            lieu_id: (self.kind == LocationType::PublicOffice).then_some(LIVRE_LIEU),
            agent_ids: vec![CLAIRE],
            status,
            starts_at,
            ends_at,
            context: None,
            cancelled_at: self.cancelled.then(|| booked_at + TimeDelta::hours(20)),
            created_by,
            created_at: booked_at,
            participations: vec![participation],
            name: None,
            max_participants_count: None,
        }
    }

    const fn motif(&self) -> MotifId {
        MotifId(match self.kind {
            LocationType::Visio => 701,
            LocationType::Phone => 702,
            LocationType::PublicOffice => 703,
            LocationType::Home => 704,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::story::{self, at};

    #[test]
    fn the_week_shown_is_never_over() {
        for (day, expected) in [
            ("2024-05-27 18:44", "2024-05-27"),
            ("2024-05-30 10:00", "2024-05-27"),
            ("2024-05-31 10:00", "2024-06-03"),
            ("2024-06-03 01:30", "2024-06-03"),
        ] {
            assert_eq!(monday(at(day)).to_string(), expected, "{day}");
        }
    }

    #[test]
    fn the_week_is_booked_without_a_word_to_anybody_and_leaves_the_numbers_to_come_free() {
        let mut world = story::world();
        let next = world.next;
        write_down(&mut world, at("2024-05-28 12:00")).unwrap();
        assert_eq!(world.rdvs.len(), 6);
        assert_eq!(world.deliveries.len(), 0);
        for rdv in world.rdvs.values() {
            let motif = world.motif(rdv.motif_id).unwrap();
            let person = world.user(rdv.participations[0].user_id).unwrap();
            assert_eq!(motif.organisation_id, LIVRE);
            assert!(world.belongs_to(rdv, person.id));
            assert!(person.organisation_ids.contains(&LIVRE));
            assert!(rdv.id.0 < next.rdv && person.id.0 < next.user);
            assert!(rdv.participations[0].id.0 < next.participation);
            match motif.location_type {
                LocationType::Phone => assert!(person.phone_number.is_some()),
                LocationType::Home => assert!(person.address.is_some()),
                LocationType::PublicOffice => assert!(rdv.lieu_id.is_some()),
                LocationType::Visio => {}
            }
        }
        let first = &world.rdvs[&RdvId(290_001)];
        assert_eq!((first.starts_at, first.status), (at("2024-05-27 10:00"), Status::Seen));
        assert_eq!(world.rdvs[&RdvId(290_004)].status, Status::Excused);
        assert_eq!(world.rdvs[&RdvId(290_006)].status, Status::Unknown);
    }
}
