//! Whole mails, as they leave: what a person reads is held by the files beside, one at least for each kind.

use super::cadre::{Cadre, Coordonnees};
use super::compte::Raison;
use super::dossier::export::Issue;
use super::gabarit::Lettre;
use super::gestion;
use super::instruction::avis::Invitation;
use super::pied::Gestion;
use super::recapitulatif::lecture::{Change, Dit, DuJour, Nomme};
use super::rendez_vous::fait::Fait;
use super::{
    compte, confirmation, dossier, identites, instruction, raccordement, recapitulatif, rendez_vous,
};
use crate::acces::identites::rattachement::Envoi;
use crate::socle::outils::Reglages;
use crate::taches::{Courriel, Destinataire, Nouvelle};
use chrono::NaiveDate;
use domain::avertissement::Avertissement;
use domain::export::{Echec, Format};
use domain::identite::Fournisseur;
use domain::ids::{DemarcheNumero, DossierNumero, MessageId};
use domain::instruction::Geste;
use domain::modele::Modele;
use domain::raccordement::ErreurDistante;
use domain::rendez_vous::{Changement, Contenu, Fiche, Genre, Horaire, Statut};
use domain::vues::Mentions;
use std::collections::BTreeSet;
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
        gestion: None,
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
        organisateurs: Default::default(),
        mandataires: vec![],
        proconnect: false,
        second_facteur: false,
    }
}

fn le(annee: i32, mois: u32, jour: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(annee, mois, jour).unwrap()
}

fn horaire(jour: u32) -> Horaire {
    Horaire { local: le(2024, 6, jour).and_hms_opt(15, 30, 0).unwrap(), fuseau: None }
}

/// Says of each kind of mail which files hold it. A kind that is added does not compile until it is here.
macro_rules! genres {
    ($($genre:pat => [$($nom:literal)+],)+) => {
        const APERCUS: &[&str] = &[$($($nom),+),+];

        const fn tous(courriel: &Courriel) {
            match courriel { $($genre => {})+ }
        }
    };
}

genres! {
    Courriel::Proposition { .. } => ["rdv_proposition"],
    Courriel::Relance { .. } => ["rdv_relance"],
    Courriel::Retrait { .. } => ["rdv_retrait"],
    Courriel::RendezVous(Nouvelle { a: Destinataire::Instructeur, .. }) => [
        "rdv_confirmation"
        "rdv_confirmation_geree"
        "rdv_annule_par_service_a_l_instructeur"
        "rdv_annule_par_usager_a_l_instructeur"
        "rdv_deplace_a_l_instructeur"
        "rdv_deplace_ailleurs_a_l_instructeur"
        "rdv_fixe_a_l_instructeur"
        "rdv_modalites_changees_a_l_instructeur"
        "rdv_pris_a_l_instructeur"
        "rdv_retabli_a_l_instructeur"
    ],
    Courriel::RendezVous(Nouvelle { a: Destinataire::Usager, .. }) => [
        "rdv_annule_par_service_a_l_usager"
        "rdv_annule_par_usager_a_l_usager"
        "rdv_deplace_a_l_usager"
        "rdv_deplace_ailleurs_a_l_usager"
        "rdv_fixe_a_l_usager"
        "rdv_modalites_changees_a_l_usager"
        "rdv_pris_a_l_usager"
        "rdv_retabli_a_l_usager"
    ],
    Courriel::Depot { .. } => ["dossier_depot" "dossier_depot_sans_service"],
    Courriel::DepotRecu { .. } => ["dossier_depot_recu"],
    Courriel::Modification { .. } => ["dossier_modification"],
    Courriel::Recapitulatif { .. } => ["recapitulatif"],
    Courriel::Contact { .. } => ["dossier_contact"],
    Courriel::Export { .. } => ["dossier_export_echoue" "dossier_export_pret"],
    Courriel::Message { .. } => ["dossier_message_a_l_usager" "dossier_messages_a_l_instructeur"],
    Courriel::Traitement { .. } => [
        "dossier_a_nouveau_en_instruction"
        "dossier_accepte"
        "dossier_en_construction"
        "dossier_en_instruction"
        "dossier_refuse"
        "dossier_sans_suite"
    ],
    Courriel::Correction { .. } => ["dossier_correction"],
    Courriel::CorrectionRetiree { .. } => ["dossier_correction_retiree"],
    Courriel::Expiration { .. } => ["dossier_expiration"],
    Courriel::Expirants { .. } => ["dossier_expirant" "dossier_expirants"],
    Courriel::Expire { .. } => ["dossier_expire"],
    Courriel::Invite { .. } => ["dossier_invite"],
    Courriel::Avis { .. } => ["instruction_avis" "instruction_avis_rappel"],
    Courriel::AvisRendu { .. } => ["instruction_avis_rendu"],
    Courriel::Reaffectation { .. } => ["instruction_reaffectation"],
    Courriel::Recommandation { .. } => ["instruction_recommandation"],
    Courriel::Identite { .. } => ["identite_attachee"],
    Courriel::Rattachement { .. } => ["identite_adresse" "identite_rattachement"],
    Courriel::JetonExpire { .. } => ["raccordement_jeton_expire"],
    Courriel::RaccordementRompu { .. } => ["raccordement_rompu"],
    Courriel::FichierInfecte { .. } => ["dossier_fichier_infecte"],
    Courriel::Compte { .. } => ["compte_creation" "compte_nomination" "compte_oubli"],
    Courriel::CompteEfface { .. } => ["compte_efface"],
    Courriel::Confirmation { .. } => ["compte_confirmation"],
}

#[test]
fn each_kind_of_mail_is_held_by_a_file_and_each_file_holds_one() {
    tous(&Courriel::Depot { dossier: DossierNumero(1) });
    let dossier = concat!(env!("CARGO_MANIFEST_DIR"), "/src/courriels/snapshots");
    let fichiers: BTreeSet<String> = std::fs::read_dir(dossier)
        .unwrap()
        .filter_map(|f| Some(f.unwrap().file_name().to_str()?.strip_suffix(".snap")?.to_owned()))
        .collect();
    assert_eq!(fichiers, APERCUS.iter().copied().map(str::to_owned).collect());
}

/// What every mail must have, whoever reads it and by whatever program.
fn verifier(nom: &str, Lettre { sujet, texte, html, reponse_a, .. }: &Lettre) {
    assert!(!sujet.contains('\n'), "{nom}: a subject is one line");
    for dit in [texte, html] {
        let pourquoi = dit.matches("Vous recevez cet email car ").count();
        assert_eq!(pourquoi, 1, "{nom}: why it is received");
        assert_eq!(
            dit.contains("Merci de ne pas répondre à cet email"),
            reponse_a.is_none(),
            "{nom}: whether somebody reads answers"
        );
    }
    assert!(html.contains("@media (prefers-color-scheme:dark)"), "{nom}: a dark appearance");
    // Programs hide what would be fetched, and tell whoever sent it.
    for ailleurs in ["<img", "src=", "url(", "@import", "<link", "<script"] {
        assert!(!html.contains(ailleurs), "{nom}: {ailleurs}");
    }
    let lisible = html.replace("&amp;", "&");
    for lien in lisible.split("href=\"").skip(1).filter_map(|suite| suite.split('"').next()) {
        let ecrit = lien.trim_start_matches("mailto:");
        assert!(
            lien.starts_with("tel:") || texte.contains(ecrit),
            "{nom}: {lien} in the plain text"
        );
    }
    for balise in html.split('<').filter(|balise| balise.contains("style=\"")) {
        // The flag is the same by night.
        let drapeau = balise.contains("font-size:0");
        let peint = balise.contains("background:") || balise.contains("color:#");
        let nuit = ["fond", "feuille", "pied", "lien", "bouton", "citation"]
            .iter()
            .any(|classe| balise.contains(&format!("class=\"{classe}\"")));
        assert!(!peint || drapeau || nuit, "{nom}: no dark colour for <{balise}");
    }
}

/// Both parts, the tags of the second on lines of their own.
fn tenir(nom: &str, lettre: &Lettre) {
    verifier(nom, lettre);
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
    let message = "Pensez à joindre le plan <A>.\n\nLa date limite est le 1er juillet.";
    let infecte = dossier::fichier_infecte::rediger(&cadre, "justificatif <1>.pdf", a());
    tenir("dossier_fichier_infecte", &infecte);
    tenir("dossier_contact", &dossier::contact::rediger(&cadre, message, a()));
    for (nom, format, issue) in [
        ("export_pret", Format::Xlsx, Issue::Pret(le(2024, 6, 8))),
        ("export_echoue", Format::Zip, Issue::Echoue(Echec::TropGrand)),
    ] {
        let demarche = (DemarcheNumero(88_454), cadre.titre.as_str());
        let a = INSTRUCTEUR.to_owned();
        let lettre = dossier::export::rediger(&reglages(), demarche, format, issue, a);
        tenir(&format!("dossier_{nom}"), &lettre);
    }
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
fn those_about_a_raccordement() {
    let (cadre, a) = (cadre(), || "admin@exemple.gouv.fr".to_owned());
    let joint = raccordement::Joint {
        numero: DemarcheNumero(91_234),
        titre: &cadre.titre,
        plateforme: "demarche.numerique.gouv.fr",
    };
    let expire = raccordement::rediger_l_expiration(&reglages(), &joint, le(2025, 5, 27), a());
    tenir("raccordement_jeton_expire", &expire);
    let raison = ErreurDistante::AdresseRefusee("203.0.113.7".to_owned());
    let rompu = raccordement::rediger_la_rupture(&reglages(), &joint, &raison, a());
    tenir("raccordement_rompu", &rompu);
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
        let lettre = compte::rediger(&reglages(), &raison, "0123abcd", USAGER.to_owned());
        tenir(&format!("compte_{nom}"), &lettre);
    }
}

#[test]
fn those_about_an_identity() {
    let (agents, citoyens) = (Fournisseur::ProConnect, Fournisseur::FranceConnect);
    let a = || USAGER.to_owned();
    tenir("identite_attachee", &identites::dire_attachee(&reglages(), agents, a()));
    for (nom, existe) in [("adresse", false), ("rattachement", true)] {
        let envoi =
            Envoi { fournisseur: citoyens, email: a(), jeton: "0123abcd".to_owned(), existe };
        tenir(&format!("identite_{nom}"), &identites::donner_le_lien(&reglages(), envoi));
    }
}

#[test]
fn the_one_that_says_that_an_account_is_gone() {
    let lettre = compte::rediger_l_effacement(&reglages(), USAGER.to_owned());
    tenir("compte_efface", &lettre);
}

#[test]
fn the_one_that_confirms_who_one_is() {
    let (quand, a) = (horaire(7), INSTRUCTEUR.to_owned());
    let lettre = confirmation::rediger(&reglages(), "Firefox sous Windows", &quand, "0123abcd", a);
    tenir("compte_confirmation", &lettre);
}

#[test]
fn what_is_under_a_mail_is_left_out_when_nobody_gave_it() {
    let seul = Cadre { coordonnees: Coordonnees::default(), service: String::new(), ..cadre() };
    tenir("dossier_depot_sans_service", &dossier::depot::rediger(&seul, USAGER.to_owned()));
}

/// A dossier of somebody who may choose not to be told of it.
fn cadre_gere(quoi: Avertissement) -> Cadre {
    Cadre { gestion: Some(gestion(gestion::raison(quoi))), ..cadre() }
}

fn gestion(raison: String) -> Gestion {
    Gestion {
        raison,
        pages: vec![(
            "Gérer mes notifications".to_owned(),
            "http://localhost:3000/instructeur/demarches/88454/notifications".to_owned(),
        )],
        arreter: "http://localhost:3000/desabonnement/0123abcd".to_owned(),
    }
}

#[test]
fn those_that_an_instructeur_may_stop() {
    let a = || INSTRUCTEUR.to_owned();
    let cadre = cadre_gere(Avertissement::DossierDepose);
    tenir("dossier_depot_recu", &dossier::depot_recu::rediger(&cadre, a()));
    let cadre = cadre_gere(Avertissement::DossierModifie);
    tenir("dossier_modification", &dossier::modification::rediger(&cadre, a()));
    let cadre = cadre_gere(Avertissement::RdvPris);
    let texte = Modele::ConfirmationRdv.par_defaut();
    let horaire = horaire(7);
    let fait = Fait {
        changement: &Changement::Pris,
        genre: Genre::Telephone,
        horaire: &horaire,
        minutes: 30,
        propose: true,
        visio: None,
    };
    let prise = rendez_vous::confirmation::rediger(&cadre, &texte, &fait, a());
    tenir("rdv_confirmation_geree", &prise);
    for (nom, lettre) in [
        ("message", dossier::message::a_l_instructeur(&cadre, 1, a())),
        ("avis", instruction::avis_rendu::rediger(&cadre, "expert@exemple.fr", a())),
        ("changement", rendez_vous::changement::a_l_instructeur(&cadre, &fait, a())),
    ] {
        assert!(lettre.desabonnement.is_some(), "{nom}");
        assert!(lettre.texte.contains("Ne plus recevoir ces emails"), "{nom}");
    }
}

fn contenu(genre: Genre, jour: u32) -> Contenu {
    Contenu {
        statut: Statut::Inconnu,
        genre,
        debut: horaire(jour).local.and_utc(),
        horaire: horaire(jour),
        duree_minutes: 30,
        adresse: String::new(),
        lieu: None,
        visio: (genre == Genre::Visio)
            .then(|| "https://webconf.numerique.gouv.fr/Salle".to_owned()),
        instruction: None,
        personnes: vec![],
        agents: vec![],
        collectif: false,
        createur: None,
        cree_le: None,
        numeros_cites: vec![],
        dossiers_cites: vec![],
        fiche: Fiche::default(),
    }
}

#[test]
fn the_summary_of_a_day() {
    let (premiere, seconde) = (DemarcheNumero(88_454), DemarcheNumero(88_455));
    let nomme = |numero, demarche| Nomme {
        numero: DossierNumero(numero),
        demarche,
        demandeur: "KLOK <Marlène>".to_owned(),
    };
    let change = |changement, jour| Change {
        dossier: nomme(8, premiere),
        changement,
        contenu: contenu(Genre::SurPlace, jour),
    };
    let deplace = Changement::Deplace { avant: horaire(5), ailleurs: false, par_le_service: false };
    let dit = Dit {
        demarches: [
            (premiere, "Intitulé démarche test".to_owned()),
            (seconde, "Une autre & la même".to_owned()),
        ]
        .into(),
        du_jour: vec![
            DuJour { dossier: nomme(1, seconde), contenu: contenu(Genre::Visio, 7) },
            DuJour { dossier: nomme(2, premiere), contenu: contenu(Genre::Telephone, 7) },
        ],
        proposees: vec![(nomme(3, premiere), le(2024, 6, 5).and_hms_opt(9, 0, 0).unwrap())],
        messages: vec![(nomme(4, premiere), 1), (nomme(5, premiere), 3)],
        deposes: (100..122).map(|numero| nomme(numero, premiere)).collect(),
        changes: vec![
            change(Changement::Pris, 20),
            change(deplace, 21),
            change(Changement::AnnuleParUsager, 22),
        ],
        avis: vec![(nomme(6, seconde), "expert@exemple.fr".to_owned())],
        modifies: vec![nomme(7, seconde)],
    };
    let gestion = gestion(gestion::RAISON_RECAPITULATIF.to_owned());
    let jour = (le(2024, 6, 7), &dit);
    let lettre = recapitulatif::rediger(&reglages(), jour, &gestion, INSTRUCTEUR.to_owned());
    tenir("recapitulatif", &lettre);
}
