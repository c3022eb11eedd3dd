use super::*;
use crate::rendez_vous::{Createur, Genre, Horaire, Statut};
use EtatProposition::{Annulee, Expiree, Honoree, Prise, Proposee, Retiree};
use chrono::TimeZone;

fn instant(minutes: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(1_716_800_000 + minutes * 60, 0).unwrap()
}

fn personne(id: i64, email: Option<&str>) -> Personne {
    Personne {
        id: RdvUserId(id),
        email: email.map(ToOwned::to_owned),
        prenom: "Camille".to_owned(),
        nom: "MARTIN".to_owned(),
        telephone: None,
        statut: None,
        createur: None,
        sans_nouvelles: false,
    }
}

/// Booked by the person, an hour after the propositions below, for the week after.
fn rdv(personnes: &[Personne]) -> Contenu {
    let debut = instant(10_000);
    Contenu {
        statut: Statut::Inconnu,
        genre: Genre::Visio,
        debut,
        horaire: Horaire { local: debut.naive_utc(), fuseau: None },
        duree_minutes: 30,
        adresse: String::new(),
        lieu: None,
        visio: None,
        instruction: None,
        personnes: personnes.to_vec(),
        agents: vec![],
        collectif: false,
        createur: Some(Createur::Usager),
        cree_le: Some(instant(60)),
        numeros_cites: vec![],
        dossiers_cites: vec![],
        fiche: Default::default(),
    }
}

fn proposition(dossier: i64, etat: EtatProposition) -> PropositionFaite {
    PropositionFaite {
        id: PropositionId(dossier * 10),
        etat,
        faite_le: instant(0),
        invitation: None,
    }
}

/// Telephones are compared as they are written here.
fn suggerer_ici(contenu: &Contenu, candidats: &[Candidat]) -> Vec<Suggestion> {
    suggerer(contenu, candidats, &|telephone| vec![telephone.to_owned()])
}

fn candidat(dossier: i64, etat: EtatProposition, email: &str, connus: &[i64]) -> Candidat {
    Candidat {
        dossier: DossierNumero(dossier),
        en_cours: true,
        email: email.to_owned(),
        prenom: String::new(),
        nom: String::new(),
        telephones: vec![],
        connus: connus.iter().copied().map(RdvUserId).collect(),
        propositions: vec![proposition(dossier, etat)],
    }
}

fn unique(dossier: i64) -> Rapprochement {
    Rapprochement::Unique {
        dossier: DossierNumero(dossier),
        proposition: PropositionId(dossier * 10),
    }
}

fn ambigu(dossiers: &[i64]) -> Rapprochement {
    Rapprochement::Ambigu(dossiers.iter().copied().map(DossierNumero).collect())
}

fn camille() -> Contenu {
    rdv(&[personne(9, Some("a@b.fr"))])
}

#[test]
fn the_email_of_the_dossier_attaches_whatever_its_case() {
    let candidats = [
        candidat(1, Proposee, "Camille.Martin@exemple.fr", &[]),
        candidat(2, Proposee, "a@b.fr", &[]),
    ];
    let rdv = rdv(&[personne(9, Some(" camille.martin@EXEMPLE.fr "))]);
    assert_eq!(rapprocher(&rdv, &candidats), unique(1));
}

#[test]
fn without_a_proposition_nothing_attaches() {
    let mut sans = candidat(1, Proposee, "a@b.fr", &[9]);
    sans.propositions.clear();
    assert_eq!(rapprocher(&camille(), &[sans.clone()]), Rapprochement::Aucun);
    let raisons = vec![Raison::DejaVenu, Raison::MemeEmail];
    let attendue = Suggestion { dossier: DossierNumero(1), raisons };
    assert_eq!(suggerer_ici(&camille(), &[sans]), [attendue]);
}

#[test]
fn two_dossiers_of_one_person_are_left_to_a_person() {
    let candidats = [candidat(1, Proposee, "a@b.fr", &[]), candidat(2, Proposee, "a@b.fr", &[])];
    assert_eq!(rapprocher(&camille(), &candidats), ambigu(&[1, 2]));
    let candidats = [candidat(1, Honoree, "a@b.fr", &[9]), candidat(2, Annulee, "a@b.fr", &[9])];
    assert_eq!(rapprocher(&camille(), &candidats), ambigu(&[1, 2]));
}

#[test]
fn the_dossier_that_waits_for_an_answer_comes_first() {
    for etat in [Prise, Annulee, Retiree, Honoree] {
        // Even when the other one knows the person: the booking answers what was asked.
        for connus in [&[][..], &[9]] {
            let candidats =
                [candidat(1, etat, "a@b.fr", connus), candidat(2, Proposee, "a@b.fr", &[])];
            assert_eq!(rapprocher(&camille(), &candidats), unique(2));
        }
    }
}

#[test]
fn among_open_propositions_an_invitation_wins_over_a_known_person_and_that_over_an_email() {
    let par_email = candidat(1, Proposee, "a@b.fr", &[]);
    let connue = candidat(2, Proposee, "c@d.fr", &[9]);
    let mut invitee = candidat(3, Proposee, "e@f.fr", &[]);
    invitee.propositions[0].invitation = Some(RdvUserId(9));
    let candidats = [par_email, connue, invitee];
    assert_eq!(rapprocher(&camille(), &candidats[..2]), unique(2));
    assert_eq!(rapprocher(&camille(), &candidats), unique(3));
}

#[test]
fn a_later_or_late_booking_finds_the_proposition_already_used_or_withdrawn() {
    for etat in [Prise, Annulee, Honoree, Retiree] {
        assert_eq!(rapprocher(&camille(), &[candidat(1, etat, "a@b.fr", &[])]), unique(1));
        assert_eq!(rapprocher(&camille(), &[candidat(1, etat, "autre@b.fr", &[9])]), unique(1));
    }
}

#[test]
fn a_booking_that_comes_late_answers_what_expired_before_what_was_used_or_withdrawn() {
    let de = |dossier, etat| candidat(dossier, etat, "a@b.fr", &[]);
    assert_eq!(rapprocher(&camille(), &[de(1, Expiree)]), unique(1));
    assert_eq!(rapprocher(&camille(), &[de(1, Expiree), de(2, Proposee)]), unique(2));
    for fermee in [Retiree, Annulee, Honoree, Prise] {
        assert_eq!(rapprocher(&camille(), &[de(1, fermee), de(2, Expiree)]), unique(2));
    }
    assert_eq!(rapprocher(&camille(), &[de(1, Expiree), de(2, Expiree)]), ambigu(&[1, 2]));
    // A stronger proof does not make one that expired likelier than one that waits.
    let mut invitee = de(1, Expiree);
    invitee.propositions[0].invitation = Some(camille().personnes[0].id);
    assert_eq!(rapprocher(&camille(), &[invitee.clone(), de(2, Proposee)]), unique(2));
    assert_eq!(rapprocher(&camille(), &[invitee, de(2, Expiree)]), unique(1));
    let mut decide = de(1, Expiree);
    decide.en_cours = false;
    assert_eq!(rapprocher(&camille(), &[decide]), Rapprochement::Aucun);
    let typed = Contenu { createur: Some(Createur::Service), ..camille() };
    assert_eq!(rapprocher(&typed, &[de(1, Expiree)]), Rapprochement::Aucun);
}

#[test]
fn a_dossier_decided_on_keeps_only_the_answer_to_what_it_asked() {
    for (etat, attendu) in [(Proposee, unique(1)), (Honoree, Rapprochement::Aucun)] {
        let mut termine = candidat(1, etat, "a@b.fr", &[]);
        termine.en_cours = false;
        assert_eq!(rapprocher(&camille(), &[termine]), attendu);
    }
}

#[test]
fn what_an_agent_typed_answers_an_open_proposition_only() {
    let mut tape = camille();
    tape.createur = Some(Createur::Service);
    assert_eq!(rapprocher(&tape, &[candidat(1, Proposee, "a@b.fr", &[])]), unique(1));
    for etat in [Prise, Annulee, Honoree, Retiree] {
        let candidats = [candidat(1, etat, "a@b.fr", &[9])];
        assert_eq!(rapprocher(&tape, &candidats), Rapprochement::Aucun);
        assert_eq!(suggerer_ici(&tape, &candidats).len(), 1);
    }
}

#[test]
fn what_was_made_or_held_before_the_proposition_does_not_answer_it() {
    let candidats = [candidat(1, Proposee, "a@b.fr", &[])];
    let mut ancien = camille();
    ancien.cree_le = Some(instant(-6));
    assert_eq!(rapprocher(&ancien, &candidats), Rapprochement::Aucun);
    ancien.cree_le = Some(instant(-5));
    assert_eq!(rapprocher(&ancien, &candidats), unique(1), "clocks differ a little");
    ancien.cree_le = None;
    assert_eq!(rapprocher(&ancien, &candidats), unique(1), "October 2024 does not say it");
    ancien.debut = instant(-600);
    assert_eq!(rapprocher(&ancien, &candidats), Rapprochement::Aucun);
}

#[test]
fn what_was_made_before_the_latest_proposition_answers_the_one_before() {
    let mut deux_fois = candidat(1, Retiree, "a@b.fr", &[]);
    let nouvelle = PropositionFaite {
        id: PropositionId(11),
        faite_le: instant(120),
        ..proposition(1, Proposee)
    };
    deux_fois.propositions.insert(0, nouvelle);
    assert_eq!(rapprocher(&camille(), &[deux_fois]), unique(1));
}

#[test]
fn a_relative_comes_with_the_email_of_the_person_responsible() {
    let mut enfant = personne(10, Some("a@b.fr"));
    enfant.prenom = "Zoé".to_owned();
    assert_eq!(rapprocher(&rdv(&[enfant]), &[candidat(1, Proposee, "a@b.fr", &[])]), unique(1));
}

#[test]
fn another_email_is_a_suggestion_by_the_name_and_never_attaches() {
    let mut homonyme = candidat(1, Proposee, "c@d.fr", &[]);
    (homonyme.prenom, homonyme.nom) = ("camille".to_owned(), "Martin".to_owned());
    homonyme.telephones = vec!["+33612345678".to_owned()];
    let mut autre_email = rdv(&[personne(9, Some("a@b.fr"))]);
    autre_email.personnes[0].telephone = Some("+33612345678".to_owned());
    let candidats = [homonyme];
    assert_eq!(rapprocher(&autre_email, &candidats), Rapprochement::Aucun);
    let raisons = vec![Raison::MemeTelephone, Raison::MemeNom];
    assert_eq!(
        suggerer_ici(&autre_email, &candidats),
        [Suggestion { dossier: DossierNumero(1), raisons }]
    );
}

#[test]
fn a_number_that_an_agent_wrote_is_a_suggestion() {
    let mut note = rdv(&[]);
    note.numeros_cites = vec![1];
    let candidats = [candidat(1, Proposee, "", &[]), candidat(2, Proposee, "", &[])];
    assert_eq!(rapprocher(&note, &candidats), Rapprochement::Aucun);
    let raisons = vec![Raison::NumeroCite];
    assert_eq!(
        suggerer_ici(&note, &candidats),
        [Suggestion { dossier: DossierNumero(1), raisons }]
    );
}

#[test]
fn a_telephone_alone_suggests_nothing() {
    let mut famille = candidat(1, Proposee, "c@d.fr", &[]);
    famille.telephones = vec!["0612345678".to_owned()];
    let mut appel = rdv(&[personne(9, None)]);
    appel.personnes[0].telephone = Some("0612345678".to_owned());
    assert_eq!(suggerer_ici(&appel, &[famille]), []);
}

#[test]
fn the_likeliest_suggestion_comes_first() {
    let candidats = [
        candidat(1, Honoree, "a@b.fr", &[]),
        candidat(2, Proposee, "a@b.fr", &[]),
        candidat(3, Retiree, "c@d.fr", &[9]),
    ];
    let ordre: Vec<i64> =
        suggerer_ici(&camille(), &candidats).into_iter().map(|s| s.dossier.0).collect();
    assert_eq!(ordre, [3, 2, 1]);
}

#[test]
fn of_one_address_the_dossier_that_has_also_the_name_comes_first() {
    let mut a_son_nom = candidat(3, Honoree, "a@b.fr", &[]);
    (a_son_nom.prenom, a_son_nom.nom) = ("Camille".to_owned(), "Martin".to_owned());
    let mut du_conjoint = candidat(1, Proposee, "a@b.fr", &[]);
    du_conjoint.telephones = vec!["+33612345678".to_owned()];
    let autre = candidat(2, Proposee, "a@b.fr", &[]);
    let mut rdv = camille();
    rdv.personnes[0].telephone = Some("+33612345678".to_owned());
    let ordre: Vec<i64> = suggerer_ici(&rdv, &[du_conjoint, autre, a_son_nom])
        .into_iter()
        .map(|s| s.dossier.0)
        .collect();
    assert_eq!(ordre, [3, 1, 2]);
}

#[test]
fn a_name_is_the_same_whatever_its_accents_apostrophes_and_hyphens() {
    for (prenom, nom, ecrit) in [
        ("Hélène", "D’Alençon", ("HELENE", "D'ALENCON")),
        ("Jean-Pierre", "Le Goff-Martin", ("Jean Pierre", "LE GOFF MARTIN")),
        ("Łukasz", "Kovač", ("lukasz", "KOVAC")),
    ] {
        let mut sien = candidat(1, Proposee, "c@d.fr", &[]);
        (sien.prenom, sien.nom) = (prenom.to_owned(), nom.to_owned());
        let mut rdv = camille();
        (rdv.personnes[0].prenom, rdv.personnes[0].nom) = (ecrit.0.to_owned(), ecrit.1.to_owned());
        let suggeres = suggerer_ici(&rdv, &[sien]);
        assert_eq!(suggeres[0].raisons, [Raison::MemeNom], "{nom}");
    }
}

#[test]
fn neither_a_name_nor_an_erased_email_attaches() {
    let candidats = [
        candidat(1, Proposee, "", &[]),
        candidat(2, Proposee, "user_1@deleted.rdv-solidarites.fr", &[]),
    ];
    for personnes in [
        vec![],
        vec![personne(9, None)],
        vec![personne(9, Some(""))],
        vec![personne(9, Some("user_1@deleted.rdv-solidarites.fr"))],
    ] {
        assert_eq!(rapprocher(&rdv(&personnes), &candidats), Rapprochement::Aucun);
        assert_eq!(suggerer_ici(&rdv(&personnes), &candidats), []);
    }
}
