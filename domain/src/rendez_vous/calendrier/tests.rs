use super::ecriture::{nettoyer, tests::relire};
use super::*;
use crate::ids::{DossierNumero, OrganisationId, RdvId, RdvUserId};
use crate::rendez_vous::{
    Constat, Contenu, Etat, Evenement as Arrive, Fiche, Genre, Horaire, Personne, Statut,
    Suppression,
};
use chrono_tz::Tz;
use proptest::prelude::*;

const UUID: &str = "6f0b2c1e-5f6e-4a57-9c0e-1f4f1f0a7d11";

fn instant(texte: &str) -> DateTime<Utc> {
    texte.parse().unwrap()
}

fn contenu() -> Contenu {
    Contenu {
        statut: Statut::Inconnu,
        genre: Genre::SurPlace,
        debut: instant("2024-06-07T13:30:00Z"),
        horaire: Horaire { local: instant("2024-06-07T15:30:00Z").naive_utc(), fuseau: None },
        duree_minutes: 30,
        adresse: "Rue de la Mairie, Saint-Péray, 07130".to_owned(),
        lieu: Some("Mairie de Saint-Péray".to_owned()),
        visio: None,
        instruction: Some("Munissez-vous d'une pièce d'identité.".to_owned()),
        personnes: vec![Personne {
            id: RdvUserId(1),
            email: Some("camille@exemple.fr".to_owned()),
            prenom: "Camille".to_owned(),
            nom: "MARTIN".to_owned(),
            telephone: Some("+33612345678".to_owned()),
            statut: None,
            createur: None,
            sans_nouvelles: false,
        }],
        agents: vec!["tom@exemple.gouv.fr".to_owned()],
        collectif: false,
        createur: None,
        cree_le: None,
        numeros_cites: vec![],
        dossiers_cites: vec![],
        fiche: Fiche { uuid: Some(UUID.to_owned()), motif: Some("Suivi de dossier".to_owned()) },
    }
}

fn constat(change_le: &str, evenement: Arrive, contenu: Contenu) -> Constat {
    let change_le = instant(change_le);
    let (rdv, organisation) = (RdvId(1), OrganisationId(100));
    Constat { rdv, organisation, calcule_le: change_le, change_le, evenement, contenu }
}

fn etat(contenu: Contenu) -> Etat {
    Etat::from(&constat("2024-05-27T16:21:07Z", Arrive::Cree, contenu))
}

fn vers(lecteur: Lecteur, dossier: i64) -> Vers<'static> {
    Vers {
        lecteur,
        dossier: DossierNumero(dossier),
        demarche: "Intitulé démarche test",
        page: "https://demarches.example/dossiers/17606854/rendez-vous",
        organisateur: Some("secretariat-auto@rdv-service-public.fr"),
    }
}

fn de(contenu: Contenu, lecteur: Lecteur) -> Evenement {
    Evenement::de(&etat(contenu), vers(lecteur, 17_606_854)).unwrap()
}

fn de_l_usager(contenu: Contenu) -> String {
    fichier(&de(contenu, Lecteur::Usager))
}

#[test]
fn the_file_of_a_rendez_vous_holds_what_the_platform_s_own_does_and_asks_for_nothing() {
    let attendu = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Rendez-vous des démarches//FR\r\n\
        CALSCALE:GREGORIAN\r\nBEGIN:VEVENT\r\nUID:6f0b2c1e-5f6e-4a57-9c0e-1f4f1f0a7d11\r\nSEQUENCE:0\r\n\
        DTSTAMP:20240527T162107Z\r\nLAST-MODIFIED:20240527T162107Z\r\nDTSTART:20240607T133000Z\r\n\
        DTEND:20240607T140000Z\r\nSTATUS:CONFIRMED\r\nSUMMARY:RDV Suivi de dossier\r\n\
        LOCATION:Mairie de Saint-Péray\\, Rue de la Mairie\\, 07130 Saint-Péray\r\n\
        DESCRIPTION:RDV sur place\\nÀ prévoir\u{a0}: Munissez-vous d'une pièce d'identité.\\n\
        Démarche\u{a0}: Intitulé démarche test\\nDossier n°\u{a0}17606854\\nGéré par RDV Service Public\\n\
        https://demarches.example/dossiers/17606854/rendez-vous\r\n\
        URL:https://demarches.example/dossiers/17606854/rendez-vous\r\n\
        CATEGORIES:RDV Service Public\r\nORGANIZER:mailto:secretariat-auto@rdv-service-public.fr\r\n\
        END:VEVENT\r\nEND:VCALENDAR\r\n";
    let ecrit = de_l_usager(contenu());
    assert_eq!(ecrit.replace("\r\n ", ""), attendu);
    assert_eq!(ecrit, de_l_usager(contenu()), "the same state, the same octets");
}

#[test]
fn a_move_keeps_the_name_and_the_sequence_and_a_late_copy_is_older() {
    let v1 = constat("2024-05-27T16:21:07Z", Arrive::Cree, contenu());
    let deplace = Contenu { debut: instant("2024-06-10T08:00:00Z"), ..contenu() };
    let v2 = constat("2024-05-29T06:40:15Z", Arrive::Modifie, deplace);
    let ecrire = |etat: &Etat| fichier(&Evenement::de(etat, vers(Lecteur::Usager, 1)).unwrap());
    let avant = Etat::integrer(None, &v1);
    let apres = Etat::integrer(Some(avant.clone()), &v2);
    let lu = |etat: &Etat, nom| relire(&ecrire(etat), nom).unwrap();
    for nom in ["UID", "SEQUENCE"] {
        assert_eq!(lu(&avant, nom), lu(&apres, nom));
    }
    assert!(lu(&avant, "DTSTAMP") < lu(&apres, "DTSTAMP"));
    assert_eq!(lu(&apres, "DTSTART"), "20240610T080000Z");
    // Whatever the order in which they came.
    let autrement = Etat::integrer(Some(Etat::integrer(None, &v2)), &v1);
    assert_eq!(ecrire(&apres), ecrire(&autrement));
    assert_eq!(ecrire(&apres), ecrire(&Etat::integrer(Some(apres.clone()), &v1)), "a late copy");
}

#[test]
fn what_is_cancelled_says_so_and_a_feed_marks_it() {
    let annule = || Contenu { statut: Statut::Excuse, ..contenu() };
    let seul = de_l_usager(annule());
    assert_eq!(relire(&seul, "STATUS").as_deref(), Some("CANCELLED"));
    assert_eq!(relire(&seul, "SUMMARY").as_deref(), Some("RDV Suivi de dossier"));
    let flux = flux("Mes rendez-vous", vec![de(annule(), Lecteur::Usager)]);
    assert_eq!(relire(&flux, "SUMMARY").as_deref(), Some("Annulé – RDV Suivi de dossier"));
    assert_eq!(relire(&flux, "TRANSP").as_deref(), Some("TRANSPARENT"));
    assert_eq!(relire(&flux, "X-WR-CALNAME").as_deref(), Some("Mes rendez-vous"));
    assert!(!flux.contains("ORGANIZER") && !flux.contains("METHOD"));
    let retabli = de_l_usager(contenu());
    assert_eq!(relire(&retabli, "STATUS").as_deref(), Some("CONFIRMED"));
}

#[test]
fn a_feed_forgets_what_was_cancelled_after_a_day_and_what_is_over_after_a_month() {
    let fin = instant("2024-06-07T14:00:00Z");
    let la = |maintenant| dans_le_flux(fin, None, instant(maintenant));
    assert!(la("2024-05-01T00:00:00Z") && la("2024-07-07T13:59:00Z"));
    assert!(!la("2024-07-07T14:00:00Z"));
    let annule =
        |maintenant| dans_le_flux(fin, Some(instant("2024-06-01T10:00:00Z")), instant(maintenant));
    assert!(annule("2024-06-02T09:59:59Z") && !annule("2024-06-02T10:00:00Z"));
}

#[test]
fn what_is_not_named_yet_and_what_was_erased_has_no_file() {
    let sans_nom = Contenu { fiche: Fiche::default(), ..contenu() };
    assert!(Evenement::de(&etat(sans_nom), vers(Lecteur::Usager, 1)).is_none());
    let efface = constat("2026-06-08T00:00:00Z", Arrive::Supprime(Suppression::Rgpd), contenu());
    assert!(Evenement::de(&Etat::from(&efface), vers(Lecteur::Usager, 1)).is_none());
}

#[test]
fn nothing_personal_of_the_usager_is_in_the_feed_of_an_instructeur() {
    let chez_soi = || Contenu {
        genre: Genre::Domicile,
        adresse: "21 rue des Ardennes, Paris, 75019".to_owned(),
        lieu: None,
        ..contenu()
    };
    let flux = flux("Rendez-vous", vec![de(chez_soi(), Lecteur::FluxDeLInstructeur)]);
    for personnel in ["Ardennes", "camille", "Camille", "MARTIN", "612345678"] {
        assert!(!flux.contains(personnel), "{personnel}");
    }
    let description = relire(&flux, "DESCRIPTION").unwrap();
    assert!(description.contains("Dossier n°\u{a0}17606854"));
    assert!(description.ends_with("\nhttps://demarches.example/dossiers/17606854/rendez-vous"));
    let sien = de_l_usager(chez_soi());
    assert_eq!(relire(&sien, "LOCATION").as_deref(), Some("21 rue des Ardennes, 75019 Paris"));
}

#[test]
fn two_persons_of_a_collective_rendez_vous_make_one_event() {
    let partie = |dossier, statut| {
        let contenu = Contenu { statut, collectif: true, ..contenu() };
        Evenement::de(&etat(contenu), vers(Lecteur::FluxDeLInstructeur, dossier)).unwrap()
    };
    let flux = flux("x", vec![partie(11, Statut::Excuse), partie(12, Statut::Inconnu)]);
    assert_eq!(flux.matches("BEGIN:VEVENT").count(), 1);
    assert_eq!(relire(&flux, "STATUS").as_deref(), Some("CONFIRMED"));
    let description = relire(&flux, "DESCRIPTION").unwrap();
    assert!(description.contains("n°\u{a0}11") && description.contains("n°\u{a0}12"));
}

/// An hour on the wall of a place, the instant that it is, and how it is said.
#[test]
fn the_hour_is_that_of_the_place_at_both_changes_of_hour_and_overseas() {
    for (fuseau, local, utc, dit) in [
        ("Europe/Paris", "2024-03-31T01:59:00", "20240331T005900Z", None),
        ("Europe/Paris", "2024-03-31T03:00:00", "20240331T010000Z", None),
        ("Europe/Paris", "2024-10-27T01:59:00", "20241026T235900Z", None),
        ("Europe/Paris", "2024-10-27T03:00:00", "20241027T020000Z", None),
        (
            "Indian/Reunion",
            "2024-06-07T09:00:00",
            "20240607T050000Z",
            Some("9h00 (heure de La Réunion)"),
        ),
        (
            "Pacific/Marquesas",
            "2024-06-07T09:00:00",
            "20240607T183000Z",
            Some("9h00 (heure des Marquises)"),
        ),
        (
            "America/Miquelon",
            "2024-03-10T03:00:00",
            "20240310T050000Z",
            Some("3h00 (heure de Saint-Pierre-et-Miquelon)"),
        ),
        (
            "America/Miquelon",
            "2024-11-03T03:00:00",
            "20241103T060000Z",
            Some("3h00 (heure de Saint-Pierre-et-Miquelon)"),
        ),
    ] {
        let zone: Tz = fuseau.parse().unwrap();
        let local = local.parse::<chrono::NaiveDateTime>().unwrap();
        let debut = local.and_local_timezone(zone).unwrap().to_utc();
        let horaire = Horaire { local, fuseau: Some(fuseau.to_owned()) };
        let ecrit = de_l_usager(Contenu { debut, horaire, ..contenu() });
        assert_eq!(relire(&ecrit, "DTSTART").as_deref(), Some(utc), "{fuseau} {local}");
        let description = relire(&ecrit, "DESCRIPTION").unwrap();
        match dit {
            Some(dit) => assert!(description.contains(dit), "{description}"),
            None => assert!(!description.contains("Sur place, il sera"), "{description}"),
        }
    }
}

proptest! {
    #[test]
    fn any_word_of_the_platform_is_read_back(motif: String, lieu: String, instruction: String, visio: String) {
        let ecrit = de_l_usager(Contenu {
            lieu: Some(lieu.clone()),
            adresse: String::new(),
            instruction: Some(instruction.clone()),
            visio: Some(visio),
            fiche: Fiche { uuid: Some(UUID.to_owned()), motif: Some(motif.clone()) },
            ..contenu()
        });
        let une_ligne = |texte: &str| nettoyer(texte).replace(['\n', '\t'], " ").trim().to_owned();
        prop_assert_eq!(relire(&ecrit, "SUMMARY"), Some(une_ligne(&format!("RDV {motif}"))));
        prop_assert_eq!(relire(&ecrit, "LOCATION").unwrap_or_default(), une_ligne(&lieu));
        let description = relire(&ecrit, "DESCRIPTION").unwrap();
        prop_assert!(description.contains(&nettoyer(&instruction)));
        // No line but ours.
        let deplie = ecrit.replace("\r\n ", "");
        for ligne in deplie.trim_end().split("\r\n") {
            let nom = ligne.split([':', ';']).next().unwrap();
            prop_assert!(nom.chars().all(|c| c.is_ascii_uppercase() || c == '-'), "{ligne:?}");
        }
        prop_assert_eq!(deplie.matches("\r\nATTENDEE").count(), 0);
    }
}
