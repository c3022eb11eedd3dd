//! Whole mails, as they leave: what a person reads is held by the files beside.

use super::cadre::{Cadre, Coordonnees};
use super::compte::Raison;
use super::gabarit::Lettre;
use super::instruction::avis::Invitation;
use super::rendez_vous::fait::Fait;
use super::{compte, dossier, instruction, rendez_vous};
use crate::socle::outils::Reglages;
use chrono::NaiveDate;
use domain::ids::{DemarcheNumero, DossierNumero, MessageId};
use domain::instruction::Geste;
use domain::modele::Modele;
use domain::rendez_vous::{Changement, Genre, Horaire};
use domain::vues::Mentions;
use url::Url;

const USAGER: &str = "marlene.klok@exemple.fr";
const INSTRUCTEUR: &str = "instructeur@exemple.gouv.fr";

/// A dossier whose words have what has to be escaped.
pub(super) fn cadre() -> Cadre {
    Cadre {
        dossier: DossierNumero(17_606_854),
        demandeur: "KLOK Marlène".to_owned(),
        titre: "Intitulé démarche test".to_owned(),
        service: "Service test\nBureau <1>".to_owned(),
        coordonnees: Coordonnees {
            adresse: "1 rue de Test\n75010 Paris".to_owned(),
            telephone: "01 23 45 67 89".to_owned(),
            email: "service@exemple.gouv.fr".to_owned(),
            horaires: "contact de préférence par email".to_owned(),
        },
        base: Url::parse("http://localhost:3000/").unwrap(),
        site: "Rendez-vous en mairie".into(),
    }
}

fn reglages() -> Reglages {
    let cadre = cadre();
    Reglages {
        nom: cadre.site,
        plateforme: cadre.base.clone(),
        app_url: cadre.base,
        hotes_rdv: vec![],
        hotes_visio: vec![],
        oauth: None,
        suggestion: None,
        boite_locale: false,
        mentions: Mentions::default(),
        quota_fichiers: 0,
        mandataires: vec![],
    }
}

fn le(annee: i32, mois: u32, jour: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(annee, mois, jour).unwrap()
}

fn horaire(jour: u32) -> Horaire {
    Horaire { local: le(2024, 6, jour).and_hms_opt(15, 30, 0).unwrap(), fuseau: None }
}

/// Both parts, the tags of the second on lines of their own.
fn tenir(nom: &str, lettre: &Lettre) {
    let html = lettre.html.replace("><", ">\n<").replace("<br>", "<br>\n");
    let Lettre { a, sujet, texte, .. } = lettre;
    let tout = format!("À : {a}\nObjet : {sujet}\n\n{texte}\n---------- HTML\n{html}");
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(nom, tout);
    });
}

fn changements(tenir: impl Fn(&str, &Fait<'_>)) {
    let deplace =
        |ailleurs| Changement::Deplace { avant: horaire(5), ailleurs, par_le_service: true };
    let horaire = horaire(7);
    for (nom, changement, genre) in [
        ("pris", Changement::Pris, Genre::SurPlace),
        ("fixe", Changement::Fixe, Genre::Visio),
        ("deplace", deplace(false), Genre::Telephone),
        ("deplace_ailleurs", deplace(true), Genre::Domicile),
        ("modalites_changees", Changement::ModalitesChangees, Genre::Visio),
        ("annule_par_usager", Changement::AnnuleParUsager, Genre::SurPlace),
        ("annule_par_service", Changement::AnnuleParService, Genre::SurPlace),
        ("retabli", Changement::Retabli, Genre::SurPlace),
    ] {
        let visio = (genre == Genre::Visio).then_some("https://webconf.numerique.gouv.fr/Salle");
        let fait = Fait {
            changement: &changement,
            genre,
            horaire: &horaire,
            minutes: 30,
            propose: false,
            visio,
        };
        tenir(nom, &fait);
    }
}

#[test]
fn those_about_a_rendez_vous() {
    let cadre = cadre();
    let texte = Modele::PropositionRdv.par_defaut();
    let proposee =
        rendez_vous::proposition::rediger(&cadre, &texte, Some(MessageId(7)), USAGER.to_owned());
    tenir("rdv_proposition", &proposee);
    let dates = (le(2024, 5, 27), le(2024, 6, 26));
    let relance =
        rendez_vous::relance::rediger(&cadre, dates, Some(MessageId(9)), USAGER.to_owned());
    tenir("rdv_relance", &relance);
    tenir("rdv_retrait", &rendez_vous::retrait::rediger(&cadre, USAGER.to_owned()));
    let horaire = horaire(7);
    let fait = Fait {
        changement: &Changement::Pris,
        genre: Genre::Visio,
        horaire: &horaire,
        minutes: 30,
        propose: true,
        visio: Some("https://webconf.numerique.gouv.fr/Salle"),
    };
    let texte = Modele::ConfirmationRdv.par_defaut();
    let prise = rendez_vous::confirmation::rediger(&cadre, &texte, &fait, INSTRUCTEUR.to_owned());
    tenir("rdv_confirmation", &prise);
    changements(|nom, fait| {
        let a_l_usager = rendez_vous::changement::a_l_usager(&cadre, fait, USAGER.to_owned());
        tenir(&format!("rdv_{nom}_a_l_usager"), &a_l_usager);
        let a_l_instructeur =
            rendez_vous::changement::a_l_instructeur(&cadre, fait, INSTRUCTEUR.to_owned());
        tenir(&format!("rdv_{nom}_a_l_instructeur"), &a_l_instructeur);
    });
}

#[test]
fn those_about_a_dossier() {
    let (cadre, a) = (cadre(), || USAGER.to_owned());
    tenir("dossier_depot", &dossier::depot::rediger(&cadre, a()));
    let message = Some(MessageId(7));
    tenir("dossier_correction", &dossier::correction::rediger(&cadre, message, a()));
    let retrait = dossier::correction::rediger_retrait(&cadre, a());
    tenir("dossier_correction_retiree", &retrait);
    for (nom, geste) in [
        ("en_instruction", Geste::PasserEnInstruction),
        ("accepte", Geste::Accepter),
        ("sans_suite", Geste::ClasserSansSuite),
        ("refuse", Geste::Refuser),
        ("en_construction", Geste::RepasserEnConstruction),
        ("a_nouveau_en_instruction", Geste::RepasserEnInstruction),
    ] {
        tenir(&format!("dossier_{nom}"), &dossier::traitement::rediger(&cadre, geste, a()));
    }
    tenir("dossier_message_a_l_usager", &dossier::message::a_l_usager(&cadre, 1, a()));
    let plusieurs = dossier::message::a_l_instructeur(&cadre, 3, INSTRUCTEUR.to_owned());
    tenir("dossier_messages_a_l_instructeur", &plusieurs);
    tenir("dossier_expiration", &dossier::expiration::rediger(&cadre, le(2024, 7, 1), a()));
    tenir("dossier_expire", &dossier::expire::rediger(&cadre, le(2024, 7, 14), a()));
    let invite = dossier::invite::rediger(&cadre, USAGER, "/brouillons/17606854", a());
    tenir("dossier_invite", &invite);
    for (nom, combien) in [("expirant", 1), ("expirants", 22)] {
        let expirants: Vec<_> =
            (0..combien).map(|rang| (DossierNumero(100 + rang), le(2024, 7, 1))).collect();
        let demarche = (DemarcheNumero(88_454), cadre.titre.as_str());
        let lettre =
            dossier::expirants::rediger(&reglages(), demarche, &expirants, INSTRUCTEUR.to_owned());
        tenir(&format!("dossier_{nom}"), &lettre);
    }
}

#[test]
fn those_between_people_who_examine_a_dossier() {
    let (cadre, a) = (cadre(), || INSTRUCTEUR.to_owned());
    for (nom, rappel) in [("avis", false), ("avis_rappel", true)] {
        let invitation = Invitation {
            par: "Camille MARTIN",
            question: "Le terrain est-il constructible ?\nSinon, <pourquoi> ?",
            jeton: "0123abcd",
            fin: le(2024, 6, 30),
            rappel,
        };
        let lettre =
            instruction::avis::rediger(&cadre, &invitation, "expert@exemple.fr".to_owned());
        tenir(&format!("instruction_{nom}"), &lettre);
    }
    let rendu = instruction::avis_rendu::rediger(&cadre, "expert@exemple.fr", a());
    tenir("instruction_avis_rendu", &rendu);
    let groupes = ("défaut", "Paris & Est");
    tenir("instruction_reaffectation", &instruction::reaffectation::rediger(&cadre, groupes, a()));
    let envoye = instruction::recommandation::rediger(&cadre, "Camille MARTIN", a());
    tenir("instruction_recommandation", &envoye);
}

#[test]
fn those_about_an_account() {
    let nomination = Raison::Nomination { role: "instructeur", titre: cadre().titre };
    for (nom, raison) in
        [("creation", Raison::Creation), ("oubli", Raison::Oubli), ("nomination", nomination)]
    {
        let lettre = compte::rediger(&reglages(), raison, "0123abcd", USAGER.to_owned());
        tenir(&format!("compte_{nom}"), &lettre);
    }
}

#[test]
fn what_is_under_a_mail_is_left_out_when_nobody_gave_it() {
    let seul = Cadre { coordonnees: Coordonnees::default(), service: String::new(), ..cadre() };
    tenir("dossier_depot_sans_service", &dossier::depot::rediger(&seul, USAGER.to_owned()));
}
