//! Who is looking, and what they must be told once.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use super::App;
use crate::model::{RdvId, Session, User};

// Cookies are shared by all ports of a host: the names keep clear of other applications'.
const SESSION: &str = "rdv_sandbox_session";
const FLASH: &str = "rdv_sandbox_flash";

/// A sentence shown once at the top of the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flash {
    /// Booked.
    Booked,
    /// Planned by an agent.
    Planned,
    /// Moved.
    Moved,
    /// Cancelled.
    Cancelled,
    /// The slot was taken meanwhile.
    SlotTaken,
    /// The page is a person's own.
    SignInFirst,
    /// The short link is no longer valid.
    LinkExpired,
    /// The invitation is nobody's.
    InvitationUnknown,
    /// Signed out.
    SignedOut,
    /// What was typed is kept.
    Saved,
    /// Deleted.
    Destroyed,
    /// A delivery was sent again.
    Replayed,
    /// The rules changed their answer between the page and the click.
    Refused,
}

impl Flash {
    const ALL: [Self; 13] = [
        Self::Booked,
        Self::Planned,
        Self::Moved,
        Self::Cancelled,
        Self::SlotTaken,
        Self::SignInFirst,
        Self::LinkExpired,
        Self::InvitationUnknown,
        Self::SignedOut,
        Self::Saved,
        Self::Destroyed,
        Self::Replayed,
        Self::Refused,
    ];

    fn code(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Planned => "planned",
            Self::Moved => "moved",
            Self::Cancelled => "cancelled",
            Self::SlotTaken => "slot_taken",
            Self::SignInFirst => "sign_in_first",
            Self::LinkExpired => "link_expired",
            Self::InvitationUnknown => "invitation_unknown",
            Self::SignedOut => "signed_out",
            Self::Saved => "saved",
            Self::Destroyed => "destroyed",
            Self::Replayed => "replayed",
            Self::Refused => "refused",
        }
    }

    /// The sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Booked => "Votre rendez-vous est confirmé.",
            Self::Planned => "Le rendez-vous est planifié.",
            Self::Moved => "Votre rendez-vous a été déplacé.",
            Self::Cancelled => "Votre rendez-vous a été annulé.",
            Self::SlotTaken => "Ce créneau n’est plus disponible. Veuillez en choisir un autre.",
            Self::SignInFirst => "Connectez-vous pour continuer.",
            Self::LinkExpired => {
                "Ce lien n’est plus valable. Connectez-vous pour voir votre rendez-vous."
            }
            Self::InvitationUnknown => {
                "Cette invitation n’est plus valable, mais vous pouvez prendre rendez-vous."
            }
            Self::SignedOut => "Vous êtes déconnecté.",
            Self::Saved => "Les modifications sont enregistrées.",
            Self::Destroyed => "Le rendez-vous a été supprimé.",
            Self::Replayed => {
                "La notification a été envoyée de nouveau : voyez son statut ci-dessous."
            }
            Self::Refused => "Cette action n’est plus possible pour ce rendez-vous.",
        }
    }

    /// Whether it tells of something that went wrong.
    pub fn is_alert(self) -> bool {
        matches!(
            self,
            Self::SlotTaken
                | Self::SignInFirst
                | Self::LinkExpired
                | Self::InvitationUnknown
                | Self::Refused
        )
    }

    /// Has it shown on the page that this answer leads to.
    pub fn on(self, mut response: Response) -> Response {
        let cookie = format!("{FLASH}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60", self.code());
        set_cookie(response.headers_mut(), &cookie);
        response
    }
}

/// Who is looking.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// The person signed in.
    pub user: Option<User>,
    /// Signed in through a short link: for this rendez-vous only.
    pub only_rdv: Option<RdvId>,
    /// To be shown once.
    pub flash: Option<Flash>,
    session: Option<String>,
}

impl Visitor {
    /// Reads the cookies of a request.
    pub fn of(parts: &Parts, app: &App) -> Self {
        let token = cookie(&parts.headers, SESSION);
        let flash = cookie(&parts.headers, FLASH);
        let known = token.as_deref().and_then(|token| {
            app.store.read(|world, now| {
                let session = world.session(token, now)?;
                Some((world.users.get(&session.user_id)?.clone(), session.only_rdv))
            })
        });
        let (user, only_rdv) = known.map_or((None, None), |(user, only)| (Some(user), only));
        Self {
            session: user.is_some().then_some(token).flatten(),
            user,
            only_rdv,
            flash: flash.and_then(|code| Flash::ALL.into_iter().find(|flash| flash.code() == code)),
        }
    }

    /// The person, when they may go everywhere that is theirs.
    pub fn fully_signed_in(&self) -> Option<&User> {
        self.user.as_ref().filter(|_| self.only_rdv.is_none())
    }

    /// The value of the session's cookie.
    pub fn session(&self) -> Option<&str> {
        self.session.as_deref()
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::of(parts, app))
    }
}

/// Opens a session and gives its cookie to the browser.
pub async fn sign_in(app: &App, session: Session, mut response: Response) -> Response {
    let token = app.store.change(|world, _| world.open_session(session)).await;
    let cookie = format!("{SESSION}={token}; Path=/; HttpOnly; SameSite=Lax");
    set_cookie(response.headers_mut(), &cookie);
    response
}

/// Takes the session's cookie back.
pub fn forget_session(mut response: Response) -> Response {
    set_cookie(
        response.headers_mut(),
        &format!("{SESSION}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"),
    );
    response
}

/// Takes the flash back, once shown.
pub fn forget_flash(headers: &mut HeaderMap) {
    set_cookie(headers, &format!("{FLASH}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"));
}

fn set_cookie(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(SET_COOKIE, value);
    }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, value)| *known == name && !value.is_empty())
        .map(|(_, value)| value.to_owned())
}
