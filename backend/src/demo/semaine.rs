//! A démarche of the demo where rendez-vous are already proposed and booked: a week of the four kinds, so that a visitor
//! sees what the product becomes. It has an agenda of its own: what is booked on that of the deck is for the deck.

use super::{Comptes, Depot, accuser_reception, deposer};
use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use crate::tables::message::{Nouveau, RoleAuteur};
use crate::tables::{demarche, message, proposition, rendez_vous};
use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, Utc, Weekday};
use chrono_tz::Europe::Paris;
use domain::dossier::EtatDossier;
use domain::ids::{
    AgendaId, CompteId, DemarcheNumero, DossierNumero, GroupeId, OrganisationId, PropositionId,
    RdvId, RdvUserId, RendezVousId,
};
use domain::message::{self as textes, GenreMessage};
use domain::proposition::EtatProposition;
use domain::rendez_vous::{Changement, Contenu, Createur, Fiche, Genre, Horaire, Personne, Statut};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use url::Url;

/// The organisation of RDV Service Public whose agenda it uses.
const ORGANISATION: OrganisationId = OrganisationId(102);

/// Where the agenda is, on the site of RDV Service Public.
const AGENDA: &str = "/org/102/direction-du-livre";

/// The numbers that the first of them, and its person, have on the platform; the next ones follow.
const PREMIER_RDV: i64 = 290_001;
const PREMIERE_PERSONNE: i64 = 6_401;

/// A rendez-vous: who, with which dossier, which day of the week (from Monday, 0), when, how.
struct Cas {
    dossier: DossierNumero,
    qui: (&'static str, &'static str, &'static str),
    jour: u64,
    heure: (u32, u32),
    genre: Genre,
    minutes: i64,
    annule: bool,
}

const CAS: [Cas; 6] = [
    Cas {
        dossier: DossierNumero(18_102_417),
        qui: ("nadia.benali@demo.example", "Nadia", "Benali"),
        jour: 0,
        heure: (10, 0),
        genre: Genre::Visio,
        minutes: 30,
        annule: false,
    },
    Cas {
        dossier: DossierNumero(18_103_052),
        qui: ("paul.lefevre@demo.example", "Paul", "Lefèvre"),
        jour: 1,
        heure: (14, 30),
        genre: Genre::Telephone,
        minutes: 30,
        annule: false,
    },
    Cas {
        dossier: DossierNumero(18_104_266),
        qui: ("ines.dasilva@demo.example", "Inès", "Da Silva"),
        jour: 2,
        heure: (9, 0),
        genre: Genre::SurPlace,
        minutes: 60,
        annule: false,
    },
    Cas {
        dossier: DossierNumero(18_105_930),
        qui: ("helene.garnier@demo.example", "Hélène", "Garnier"),
        jour: 2,
        heure: (15, 30),
        genre: Genre::Visio,
        minutes: 30,
        annule: true,
    },
    Cas {
        dossier: DossierNumero(18_107_118),
        qui: ("karim.haddad@demo.example", "Karim", "Haddad"),
        jour: 3,
        heure: (11, 0),
        genre: Genre::Domicile,
        minutes: 60,
        annule: false,
    },
    Cas {
        dossier: DossierNumero(18_108_504),
        qui: ("jeanne.morel@demo.example", "Jeanne", "Morel"),
        jour: 4,
        heure: (16, 0),
        genre: Genre::Visio,
        minutes: 45,
        annule: false,
    },
];

/// Fills it. `groupe`: that of the démarche, whose number is `numero`.
pub(super) async fn remplir(
    db: &impl ConnectionTrait,
    contexte: &Contexte,
    sandbox: &Url,
    comptes: &Comptes,
    (numero, groupe): (DemarcheNumero, GroupeId),
) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let agenda = format!("{}{AGENDA}", sandbox.origin().ascii_serialization());
    let organisation = super::organisation(db, contexte, sandbox, ORGANISATION).await?;
    activer(db, numero, organisation, &agenda).await?;
    let lundi = lundi(maintenant);
    for (rang, cas) in (1..).zip(&CAS) {
        let usager = super::compte(db, contexte, comptes.empreinte.clone(), cas.qui).await?;
        let debut = a_paris(lundi, cas);
        let depose_le = debut - Duration::days(21) - Duration::minutes(17 * rang);
        let depot = Depot {
            numero: cas.dossier,
            usager,
            etat: EtatDossier::EnInstruction,
            nom: (cas.qui.1, cas.qui.2),
            depose_le,
        };
        deposer(db, (numero, groupe), &depot).await?;
        accuser_reception(db, &depot).await?;
        let propose_le = depose_le + Duration::days(9);
        let proposition = proposer(db, comptes, cas, (organisation, &agenda), propose_le).await?;
        let rdv = RdvId(PREMIER_RDV + rang - 1);
        let quoi = Prise { cas, debut, usager, maintenant };
        quoi.inserer(db, comptes, (organisation, proposition, rdv), propose_le).await?;
    }
    Ok(())
}

/// The Monday of the week to show: the one of today, or the next one at the end of the week.
fn lundi(maintenant: DateTime<Utc>) -> NaiveDate {
    let jour = maintenant.with_timezone(&Paris).date_naive();
    let lundi = jour.week(Weekday::Mon).first_day();
    let fini = matches!(jour.weekday(), Weekday::Fri | Weekday::Sat | Weekday::Sun);
    lundi + Days::new(if fini { 7 } else { 0 })
}

/// How long people take to book.
const REPONSE: Duration = Duration::hours(5);

fn local(lundi: NaiveDate, cas: &Cas) -> NaiveDateTime {
    let (heure, minute) = cas.heure;
    (lundi + Days::new(cas.jour)).and_hms_opt(heure, minute, 0).unwrap_or_default()
}

fn a_paris(lundi: NaiveDate, cas: &Cas) -> DateTime<Utc> {
    let local = local(lundi, cas);
    local.and_local_timezone(Paris).earliest().map_or_else(|| local.and_utc(), |t| t.to_utc())
}

async fn activer(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    organisation: AgendaId,
    agenda: &str,
) -> Result<(), Echec> {
    let change = demarche::ActiveModel {
        numero: Set(numero),
        rdv_active: Set(true),
        url_agenda: Set(Some(agenda.to_owned())),
        organisation: Set(Some(organisation)),
        ..Default::default()
    };
    demarche::Entity::update(change).exec(db).await?;
    Ok(())
}

async fn proposer(
    db: &impl ConnectionTrait,
    comptes: &Comptes,
    cas: &Cas,
    (organisation, agenda): (AgendaId, &str),
    le: DateTime<Utc>,
) -> Result<PropositionId, Echec> {
    let etat = if cas.annule { EtatProposition::Annulee } else { EtatProposition::Prise };
    let ligne = proposition::ActiveModel {
        dossier: Set(cas.dossier),
        instructeur: Set(comptes.instructeur),
        organisation: Set(organisation),
        etat: Set(etat),
        url_agenda: Set(agenda.to_owned()),
        cle: Set(format!("demo:{}", cas.dossier)),
        proposee_le: Set(le),
        prise_le: Set(Some(le + REPONSE)),
        ..Default::default()
    };
    let id = proposition::Entity::insert(ligne).exec(db).await?.last_insert_id;
    let url = Url::parse(agenda).map_err(|_| Echec::Inutilisable("agenda of the demo"))?;
    let nouveau = Nouveau {
        dossier: cas.dossier,
        role: RoleAuteur::Instructeur,
        auteur: comptes.instructeur,
        genre: GenreMessage::Proposition,
        corps: textes::proposition("", &url),
        lien: Some(agenda.to_owned()),
        proposition: Some(id),
        cle: None,
    };
    message::inserer(db, nouveau, le).await?;
    Ok(id)
}

/// A booking that answers a proposal.
struct Prise<'a> {
    cas: &'a Cas,
    debut: DateTime<Utc>,
    usager: CompteId,
    maintenant: DateTime<Utc>,
}

impl Prise<'_> {
    async fn inserer(
        &self,
        db: &impl ConnectionTrait,
        comptes: &Comptes,
        (organisation, proposition, rdv): (AgendaId, PropositionId, RdvId),
        propose_le: DateTime<Utc>,
    ) -> Result<(), Echec> {
        // Heard of before it took place, and before now.
        let pris_le = propose_le + REPONSE;
        let contenu = self.contenu(rdv);
        let (fin, statut) = (contenu.fin(), contenu.statut);
        let ligne = rendez_vous::ActiveModel {
            organisation: Set(organisation),
            rdv: Set(rdv),
            dossier: Set(Some(self.cas.dossier)),
            proposition: Set(Some(proposition)),
            calcule_le: Set(pris_le),
            modifie: Set(false),
            suppression: Set(None),
            statut: Set(statut),
            debut: Set(self.debut),
            fin: Set(fin),
            contenu: Set(serde_json::to_string(&contenu)
                .map_err(|_| Echec::Inutilisable("content of a rendez-vous"))?),
            change_le: Set(pris_le),
            participant: Set(rendez_vous::LUI_MEME),
            memoire: Set(None),
            decision: Set(None),
            instructeur: Set(Some(comptes.instructeur)),
            genre: Set(Some(contenu.genre)),
            ..Default::default()
        };
        let id = rendez_vous::Entity::insert(ligne).exec(db).await?.last_insert_id;
        self.dire(db, id, (&contenu, &Changement::Pris), pris_le).await?;
        if self.cas.annule {
            let annule_le = pris_le + Duration::hours(20);
            self.dire(db, id, (&contenu, &Changement::AnnuleParUsager), annule_le).await?;
        }
        Ok(())
    }

    fn contenu(&self, rdv: RdvId) -> Contenu {
        let Cas { genre, minutes, annule, qui, .. } = self.cas;
        let fini = self.debut + Duration::minutes(*minutes) < self.maintenant;
        let statut = match (annule, fini) {
            (true, _) => Statut::Excuse,
            (false, true) => Statut::Honore,
            (false, false) => Statut::Inconnu,
        };
        let (lieu, adresse) = match genre {
            Genre::SurPlace => (Some("Direction du livre"), "182 rue Saint-Honoré, Paris, 75001"),
            Genre::Domicile => (None, "12 avenue de la Gare, Tournon-sur-Rhône, 07300"),
            Genre::Visio | Genre::Telephone => (None, ""),
        };
        // As the stand-in for the platform names it.
        let salle = format!("https://webconf.numerique.gouv.fr/RdvServicePublic{:032x}", rdv.0);
        let telephone = (*genre == Genre::Telephone).then(|| "+33612345678".to_owned());
        Contenu {
            statut,
            genre: *genre,
            debut: self.debut,
            horaire: Horaire {
                local: self.debut.with_timezone(&Paris).naive_local(),
                fuseau: Some("Europe/Paris".to_owned()),
            },
            duree_minutes: *minutes,
            adresse: adresse.to_owned(),
            lieu: lieu.map(ToOwned::to_owned),
            visio: (*genre == Genre::Visio).then_some(salle),
            instruction: (*genre == Genre::SurPlace)
                .then(|| "Munissez-vous d'une pièce d'identité.".to_owned()),
            personnes: vec![Personne {
                id: RdvUserId(PREMIERE_PERSONNE + rdv.0 - PREMIER_RDV),
                email: Some(qui.0.to_owned()),
                prenom: qui.1.to_owned(),
                nom: qui.2.to_owned(),
                telephone,
                statut: Some(statut),
                createur: Some(Createur::Usager),
                sans_nouvelles: false,
            }],
            agents: vec!["claire.fontaine@exemple.gouv.fr".to_owned()],
            collectif: false,
            createur: Some(Createur::Usager),
            cree_le: None,
            numeros_cites: Vec::new(),
            dossiers_cites: Vec::new(),
            // As the stand-in for the platform names it: its room is made of it.
            fiche: Fiche { uuid: Some(uuid(rdv)), motif: Some(motif(*genre).to_owned()) },
        }
    }

    /// The automatic message of what happened to it.
    async fn dire(
        &self,
        db: &impl ConnectionTrait,
        id: RendezVousId,
        (contenu, changement): (&Contenu, &Changement),
        le: DateTime<Utc>,
    ) -> Result<(), Echec> {
        let (genre, horaire, minutes) = (contenu.genre, &contenu.horaire, contenu.duree_minutes);
        let nouveau = Nouveau {
            dossier: self.cas.dossier,
            role: RoleAuteur::Usager,
            auteur: self.usager,
            genre: GenreMessage::RendezVous,
            corps: textes::automatique(changement, genre, horaire, minutes),
            lien: contenu.visio.clone(),
            proposition: None,
            cle: None,
        };
        message::inserer_sur(db, nouveau, Some(id), le).await?;
        Ok(())
    }
}

/// As the stand-in for the platform names them: the demo knows which.
fn uuid(rdv: RdvId) -> String {
    let fin = format!("{:012x}", rdv.0);
    format!("00000000-0000-0000-0000-{fin}")
}

/// As the stand-in for the platform calls them.
const fn motif(genre: Genre) -> &'static str {
    match genre {
        Genre::Visio => "Suivi de dossier",
        Genre::Telephone => "Suivi de dossier par téléphone",
        Genre::SurPlace => "Entretien",
        Genre::Domicile => "Visite",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_shown_is_never_over() {
        for (jour, attendu) in [
            ("2024-05-27T16:44:00Z", "2024-05-27"),
            ("2024-05-30T08:00:00Z", "2024-05-27"),
            ("2024-05-31T08:00:00Z", "2024-06-03"),
            ("2024-06-02T23:30:00Z", "2024-06-03"),
        ] {
            let instant = DateTime::parse_from_rfc3339(jour).unwrap().to_utc();
            assert_eq!(lundi(instant).to_string(), attendu, "{jour}");
        }
    }

    /// The links of the demo's pages lead to rendez-vous that the stand-in for the platform has.
    #[test]
    fn the_platform_of_the_demo_has_the_same_week() {
        let la_bas = include_str!("../../../sandbox/src/state/seed/week.json");
        let la_bas: Vec<serde_json::Value> = serde_json::from_str(la_bas).unwrap();
        assert_eq!(la_bas.len(), CAS.len());
        for ((rang, cas), autre) in (0..).zip(&CAS).zip(&la_bas) {
            let genre = match cas.genre {
                Genre::SurPlace => "public_office",
                Genre::Telephone => "phone",
                Genre::Domicile => "home",
                Genre::Visio => "visio",
            };
            let ici = serde_json::json!({
                "rdv": PREMIER_RDV + rang,
                "user": PREMIERE_PERSONNE + rang,
                "email": cas.qui.0,
                "first_name": cas.qui.1,
                "last_name": cas.qui.2,
                "day": cas.jour,
                "at": format!("{:02}:{:02}", cas.heure.0, cas.heure.1),
                "kind": genre,
                "minutes": cas.minutes,
                "cancelled": cas.annule,
            });
            for (nom, valeur) in ici.as_object().unwrap() {
                assert_eq!(autre[nom], *valeur, "{nom} of {}", cas.dossier);
            }
        }
    }

    #[test]
    fn the_week_has_the_four_kinds() {
        for genre in Genre::TOUS {
            assert!(CAS.iter().any(|cas| cas.genre == genre && !cas.annule), "{genre:?}");
        }
    }
}
