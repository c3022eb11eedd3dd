//! Opening the database, and saying what is wrong with it.

use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::{self, Connection, PgConnection};
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};
use std::io::ErrorKind;
use std::time::Duration;

/// How long the question « why? » may take.
const LIMITE: Duration = Duration::from_secs(2);

/// Why the database can't be used. Says neither an address nor a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Inaccessible {
    /// Nobody listens there.
    #[error(
        "le serveur refuse la connexion : il est arrêté, ou l'adresse et le port ne sont pas les siens"
    )]
    Refusee,
    /// Its name leads nowhere.
    #[error("le nom du serveur est inconnu")]
    Nom,
    /// It does not answer.
    #[error("le serveur ne répond pas")]
    Silence,
    /// It starts or stops.
    #[error("le serveur démarre ou s'arrête")]
    Transition,
    /// It has no connection left.
    #[error("le serveur n'a plus de connexion libre")]
    Complet,
    /// Who we are.
    #[error("le nom ou le mot de passe est refusé")]
    Identification,
    /// There is no such database.
    #[error("cette base n'existe pas sur le serveur")]
    Absente,
    /// The file, or its folder.
    #[error("le fichier, ou son dossier, ne peut pas être ouvert")]
    Fichier,
    /// It can be read only.
    #[error("la base peut être lue, mais pas modifiée")]
    LectureSeule,
    /// It is no database of SQLite.
    #[error("ce fichier n'est pas une base SQLite")]
    Etranger,
    /// Nothing more can be written.
    #[error("le disque est plein")]
    DisquePlein,
    /// Another process holds it.
    #[error("un autre programme garde la base pour lui")]
    Verrouillee,
    /// Anything else, in the words of the library.
    #[error("{0}")]
    Autre(String),
}

impl Inaccessible {
    /// Whether it may go by itself, within seconds.
    #[must_use]
    pub const fn passagere(&self) -> bool {
        matches!(self, Self::Refusee | Self::Silence | Self::Transition | Self::Complet)
    }

    /// What a failure of the database comes from.
    #[must_use]
    pub fn de(erreur: &DbErr) -> Self {
        match erreur {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Self::Silence,
            DbErr::Conn(RuntimeErr::SqlxError(sqlx))
            | DbErr::Exec(RuntimeErr::SqlxError(sqlx))
            | DbErr::Query(RuntimeErr::SqlxError(sqlx)) => Self::de_sqlx(sqlx),
            autre => Self::Autre(autre.to_string()),
        }
    }

    pub(super) fn de_sqlx(erreur: &sqlx::Error) -> Self {
        match erreur {
            sqlx::Error::Io(erreur) => match erreur.kind() {
                ErrorKind::ConnectionRefused | ErrorKind::NotFound => Self::Refusee,
                ErrorKind::TimedOut
                | ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable => Self::Silence,
                ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof => Self::Transition,
                // The resolver's failures have no kind of their own.
                _ if erreur.to_string().contains("lookup address") => Self::Nom,
                _ => Self::Autre(erreur.to_string()),
            },
            sqlx::Error::PoolTimedOut => Self::Silence,
            sqlx::Error::Database(erreur) => erreur
                .code()
                .and_then(|code| Self::du_code(&code))
                .unwrap_or_else(|| Self::Autre(erreur.message().to_owned())),
            autre => Self::Autre(autre.to_string()),
        }
    }

    /// The codes of PostgreSQL (five characters) and of SQLite (a number, whose low byte is the kind).
    fn du_code(code: &str) -> Option<Self> {
        match code {
            "28P01" | "28000" => return Some(Self::Identification),
            "3D000" => return Some(Self::Absente),
            "53300" => return Some(Self::Complet),
            "57P01" | "57P02" | "57P03" => return Some(Self::Transition),
            _ => {}
        }
        let sqlite: u32 = code.parse().ok().filter(|_| code.len() < 5)?;
        match sqlite & 0xff {
            5 | 6 => Some(Self::Verrouillee),
            8 => Some(Self::LectureSeule),
            13 => Some(Self::DisquePlein),
            14 => Some(Self::Fichier),
            26 => Some(Self::Etranger),
            _ => None,
        }
    }
}

/// Why the pool gave up: it tries again in silence, and then only says that time was up.
pub(super) async fn cause(options: &PgConnectOptions) -> Option<Inaccessible> {
    match tokio::time::timeout(LIMITE, PgConnection::connect_with(options)).await {
        Ok(Ok(_)) => None,
        Ok(Err(erreur)) => Some(Inaccessible::de_sqlx(&erreur)),
        Err(_) => Some(Inaccessible::Silence),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_of_both_databases_are_told_apart() {
        for (code, attendu) in [
            ("28P01", Some(Inaccessible::Identification)),
            ("3D000", Some(Inaccessible::Absente)),
            ("57P03", Some(Inaccessible::Transition)),
            ("8", Some(Inaccessible::LectureSeule)),
            ("1032", Some(Inaccessible::LectureSeule)),
            ("14", Some(Inaccessible::Fichier)),
            ("1544", Some(Inaccessible::LectureSeule)),
            ("26", Some(Inaccessible::Etranger)),
            ("23505", None),
            ("42601", None),
            ("1", None),
        ] {
            assert_eq!(Inaccessible::du_code(code), attendu, "{code}");
        }
    }
}
