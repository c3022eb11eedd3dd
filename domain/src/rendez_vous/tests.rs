use super::*;
use crate::ids::RdvUserId;
use chrono::TimeZone;
use proptest::prelude::*;

fn instant(secondes: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(1_716_800_000 + secondes, 0).unwrap()
}

fn contenu(statut: Statut, jour: i64) -> Contenu {
    let debut = instant(86_400 * (10 + jour));
    Contenu {
        statut,
        genre: Genre::Visio,
        debut,
        horaire: Horaire { local: debut.naive_utc(), fuseau: None },
        duree_minutes: 30,
        adresse: String::new(),
        lieu: None,
        visio: Some("https://webconf.numerique.gouv.fr/a".to_owned()),
        instruction: None,
        personnes: vec![],
        agents: vec![],
        collectif: false,
        createur: None,
        cree_le: None,
        numeros_cites: vec![],
        dossiers_cites: vec![],
        fiche: Default::default(),
    }
}

fn personne(id: i64, statut: Statut) -> Personne {
    Personne {
        id: RdvUserId(id),
        email: Some(format!("p{id}@exemple.fr")),
        prenom: format!("Prénom {id}"),
        nom: "MARTIN".to_owned(),
        telephone: None,
        statut: Some(statut),
        createur: None,
        sans_nouvelles: false,
    }
}

fn constat(seconde: i64, evenement: Evenement, contenu: Contenu) -> Constat {
    Constat {
        rdv: RdvId(296_828),
        organisation: OrganisationId(100),
        calcule_le: instant(seconde),
        change_le: instant(seconde),
        evenement,
        contenu,
    }
}

fn integrer(constats: &[Constat]) -> Etat {
    constats.iter().fold(None, |etat, constat| Some(Etat::integrer(etat, constat))).unwrap()
}

fn un_statut() -> impl Strategy<Value = Statut> {
    prop::sample::select(Statut::TOUS.to_vec())
}

/// A history as the platform can emit it: a creation (maybe already cancelled: since 2026 it is rendered
/// late), changes, maybe a deletion, with one-second stamps that often collide.
fn une_histoire() -> impl Strategy<Value = Vec<Constat>> {
    let agents = prop::sample::select(vec!["a@exemple.fr", "b@exemple.fr"]);
    let changements = prop::collection::vec((un_statut(), 0..4_i64, 0..3_i64, agents), 0..8);
    let fin = prop::option::of(prop::sample::select(vec![Suppression::Agent, Suppression::Rgpd]));
    (un_statut(), changements, fin, 0..2_i64).prop_map(|(premier, changements, fin, delai_fin)| {
        let mut seconde = 0;
        let mut histoire = vec![constat(0, Evenement::Cree, contenu(premier, 0))];
        for (statut, jour, delai, agent) in changements {
            seconde += delai;
            let mut change = contenu(statut, jour);
            change.agents = vec![agent.to_owned()];
            change.personnes = vec![personne(1, statut)];
            histoire.push(constat(seconde, Evenement::Modifie, change));
        }
        if let Some(raison) = fin {
            let dernier = histoire.last().unwrap().contenu.clone();
            histoire.push(constat(seconde + delai_fin, Evenement::Supprime(raison), dernier));
        }
        histoire
    })
}

/// A history, and the same with each notification once to three times, in any order.
fn melange() -> impl Strategy<Value = (Vec<Constat>, Vec<Constat>)> {
    une_histoire().prop_flat_map(|histoire| {
        let copies: Vec<Constat> =
            histoire.iter().chain(&histoire).chain(&histoire).cloned().collect();
        let doubles = Just(copies).prop_shuffle();
        let taille = histoire.len();
        (Just(histoire), doubles, taille..=3 * taille).prop_map(
            |(histoire, mut doubles, garder)| {
                // Whatever was cut must have been delivered once.
                let coupes = doubles.split_off(garder);
                let manquants: Vec<Constat> =
                    coupes.into_iter().filter(|constat| !doubles.contains(constat)).collect();
                doubles.extend(manquants);
                (histoire, doubles)
            },
        )
    })
}

proptest! {
    #[test]
    fn any_order_and_any_repetition_end_in_the_same_state((histoire, melange) in melange()) {
        prop_assert_eq!(integrer(&histoire), integrer(&melange));
    }

    #[test]
    fn what_is_lost_before_the_last_notification_does_not_matter(
        histoire in une_histoire(),
        gardes: [bool; 16],
    ) {
        let (dernier, avant) = histoire.split_last().unwrap();
        // The last one says all, unless another has the same key: then the order is not known to anybody.
        let rang = |constat: &Constat| Etat::from(constat).cle;
        prop_assume!(avant.iter().all(|autre| rang(autre) < rang(dernier)));
        let mut recus: Vec<Constat> =
            avant.iter().zip(gardes).filter(|(_, garde)| *garde).map(|(c, _)| c.clone()).collect();
        recus.push(dernier.clone());
        let (etat, seul) = (integrer(&recus), integrer(std::slice::from_ref(dernier)));
        prop_assert_eq!(etat.contenu, seul.contenu);
        prop_assert_eq!(etat.suppression, seul.suppression);
    }

    #[test]
    fn joining_in_any_grouping_is_the_same(
        un in une_histoire(), deux in une_histoire(), trois in une_histoire(),
    ) {
        let [un, deux, trois] = [un, deux, trois].map(|histoire| integrer(&histoire));
        let gauche = un.clone().joindre(deux.clone()).joindre(trois.clone());
        let droite = un.clone().joindre(deux.clone().joindre(trois));
        prop_assert_eq!(gauche, droite);
        prop_assert_eq!(un.clone().joindre(deux.clone()), deux.joindre(un.clone()));
        prop_assert_eq!(un.clone().joindre(un.clone()), un);
    }

    #[test]
    fn an_erased_rendez_vous_tells_nobody_s_name((histoire, melange) in melange()) {
        let efface = histoire.iter().any(|c| c.evenement == Evenement::Supprime(Suppression::Rgpd));
        prop_assume!(efface);
        let etat = integrer(&melange);
        let reste = format!("{etat:?}");
        prop_assert!(!reste.contains("MARTIN") && !reste.contains("exemple.fr"), "{}", reste);
    }

    #[test]
    fn a_repeated_notification_is_never_a_change((_, melange) in melange()) {
        let etat = integrer(&melange);
        for constat in &melange {
            let encore = Etat::integrer(Some(etat.clone()), constat);
            prop_assert_eq!(changement(Some(&etat), &encore, instant(0)), None);
        }
    }

    #[test]
    fn a_deleted_rendez_vous_never_comes_back((histoire, melange) in melange()) {
        let supprime = histoire.iter().any(|c| matches!(c.evenement, Evenement::Supprime(_)));
        prop_assert_eq!(integrer(&melange).suppression.is_some(), supprime);
    }
}

#[test]
fn an_old_notification_retried_days_later_changes_nothing() {
    let pris = constat(0, Evenement::Cree, contenu(Statut::Inconnu, 0));
    let annule = constat(50, Evenement::Modifie, contenu(Statut::Excuse, 0));
    let etat = integrer(&[annule, pris]);
    assert_eq!(etat.situation(), Situation::AnnuleParUsager);
}

#[test]
fn in_the_same_second_a_change_wins_over_the_creation() {
    let pris = constat(7, Evenement::Cree, contenu(Statut::Revoque, 3));
    let modifie = constat(7, Evenement::Modifie, contenu(Statut::Inconnu, 0));
    assert_eq!(integrer(&[modifie.clone(), pris]).contenu, modifie.contenu);
}

#[test]
fn two_years_later_the_erasure_is_not_a_cancellation() {
    let honore = constat(5, Evenement::Modifie, contenu(Statut::Honore, 0));
    let efface = constat(900, Evenement::Supprime(Suppression::Rgpd), contenu(Statut::Honore, 0));
    let etat = integrer(&[honore, efface]);
    assert_eq!(etat.situation(), Situation::Honore);
    let jamais_rempli =
        constat(900, Evenement::Supprime(Suppression::Rgpd), contenu(Statut::Inconnu, 0));
    assert!(!integrer(&[jamais_rempli]).situation().annule());
}

#[test]
fn a_deletion_by_an_agent_is_a_cancellation_by_the_service() {
    let pris = constat(0, Evenement::Cree, contenu(Statut::Inconnu, 0));
    let supprime = constat(9, Evenement::Supprime(Suppression::Agent), contenu(Statut::Inconnu, 0));
    let avant = integrer(std::slice::from_ref(&pris));
    let apres = integrer(&[pris, supprime]);
    assert_eq!(changement(Some(&avant), &apres, instant(10)), Some(Changement::AnnuleParService));
}

#[test]
fn each_change_of_meaning_is_said_once() {
    let maintenant = instant(0);
    let etat = |statut, jour| integrer(&[constat(1, Evenement::Cree, contenu(statut, jour))]);
    let dire = |avant: Option<&Etat>, apres: &Etat| changement(avant, apres, maintenant);
    let pris = etat(Statut::Inconnu, 0);
    assert_eq!(dire(None, &pris), Some(Changement::Pris));
    assert_eq!(dire(Some(&pris), &pris), None);
    assert_eq!(
        dire(Some(&pris), &etat(Statut::Inconnu, 1)),
        Some(Changement::Deplace {
            avant: pris.contenu.horaire.clone(),
            ailleurs: false,
            par_le_service: true,
        })
    );
    assert_eq!(dire(Some(&pris), &etat(Statut::Excuse, 0)), Some(Changement::AnnuleParUsager));
    assert_eq!(dire(Some(&pris), &etat(Statut::Revoque, 0)), Some(Changement::AnnuleParService));
    assert_eq!(dire(Some(&etat(Statut::Excuse, 0)), &etat(Statut::Revoque, 0)), None);
    assert_eq!(dire(Some(&etat(Statut::Revoque, 0)), &pris), Some(Changement::Retabli));
    assert_eq!(dire(Some(&pris), &etat(Statut::Honore, 0)), None);
    assert_eq!(dire(Some(&pris), &etat(Statut::Absence, 0)), None);
    let mut autre_lien = pris.clone();
    autre_lien.contenu.visio = Some("https://visio.numerique.gouv.fr/b".to_owned());
    assert_eq!(dire(Some(&pris), &autre_lien), Some(Changement::ModalitesChangees));
}

#[test]
fn nobody_hears_of_a_rendez_vous_already_over() {
    let etat = integrer(&[constat(0, Evenement::Cree, contenu(Statut::Inconnu, 0))]);
    let fin = etat.contenu.fin();
    assert_eq!(changement(None, &etat, fin), None);
    assert_eq!(changement(None, &etat, fin - Duration::seconds(1)), Some(Changement::Pris));
}

#[test]
fn it_is_to_come_until_it_ends() {
    let etat = integrer(&[constat(0, Evenement::Cree, contenu(Statut::Inconnu, 0))]);
    assert!(etat.a_venir(etat.contenu.debut));
    assert!(!etat.a_venir(etat.contenu.fin()));
}

/// Within one second, an agent's form sends the new agents with the old hour, then everything.
#[test]
fn of_two_changes_in_one_second_the_whole_one_wins_in_any_order() {
    for heure in [-3, 3] {
        let avant = constat(0, Evenement::Cree, contenu(Statut::Inconnu, 0));
        let mut agents = contenu(Statut::Inconnu, 0);
        agents.agents = vec!["nadia@exemple.fr".to_owned()];
        let mut tout = contenu(Statut::Inconnu, heure);
        tout.agents.clone_from(&agents.agents);
        let agents = constat(60, Evenement::Modifie, agents);
        let tout = constat(60, Evenement::Modifie, tout);
        for ordre in [[&avant, &agents, &tout], [&tout, &agents, &avant], [&agents, &tout, &avant]]
        {
            let etat = integrer(&ordre.map(Clone::clone));
            assert_eq!(etat.contenu, tout.contenu, "moved by {heure} days");
        }
    }
}

/// Nobody can know which came last: the change wins over what was, so that a cancelled one is not waited
/// for, and a restored one is.
#[test]
fn a_cancellation_and_a_restoration_in_one_second_end_in_the_change() {
    let prevu = contenu(Statut::Inconnu, 0);
    let annule = contenu(Statut::Revoque, 0);
    for (avant, autre) in [(&prevu, &annule), (&annule, &prevu)] {
        let histoire = [
            constat(0, Evenement::Modifie, avant.clone()),
            constat(9, Evenement::Modifie, avant.clone()),
            constat(9, Evenement::Modifie, autre.clone()),
        ];
        let mut envers = histoire.clone();
        envers.reverse();
        assert_eq!(integrer(&histoire).contenu, *autre);
        assert_eq!(integrer(&envers).contenu, *autre);
    }
}

#[test]
fn a_deletion_wins_over_what_came_in_the_same_second() {
    let modifie = constat(7, Evenement::Modifie, contenu(Statut::Honore, 9));
    let supprime = constat(7, Evenement::Supprime(Suppression::Agent), contenu(Statut::Inconnu, 0));
    for ordre in [[&modifie, &supprime], [&supprime, &modifie]] {
        let etat = integrer(&ordre.map(Clone::clone));
        assert_eq!(etat.situation(), Situation::AnnuleParService);
        assert_eq!(etat.contenu, supprime.contenu);
    }
}

#[test]
fn a_creation_that_says_cancelled_is_a_cancellation() {
    let cree = constat(0, Evenement::Cree, contenu(Statut::Excuse, 0));
    let etat = integrer(&[cree]);
    assert_eq!(changement(None, &etat, instant(1)), Some(Changement::AnnuleParUsager));
}

#[test]
fn an_absence_filled_in_by_mistake_and_undone_tells_nobody() {
    let etat = |statut| integrer(&[constat(1, Evenement::Modifie, contenu(statut, 0))]);
    let (prevu, absent) = (etat(Statut::Inconnu), etat(Statut::Absence));
    assert!(!absent.situation().annule());
    assert_eq!(changement(Some(&prevu), &absent, instant(2)), None);
    assert_eq!(changement(Some(&absent), &prevu, instant(2)), None);
}

#[test]
fn moved_elsewhere_is_one_change() {
    let avant = integrer(&[constat(1, Evenement::Cree, contenu(Statut::Inconnu, 0))]);
    let mut ailleurs = contenu(Statut::Inconnu, 1);
    ailleurs.visio = Some("https://visio.numerique.gouv.fr/b".to_owned());
    let apres = integrer(&[constat(2, Evenement::Modifie, ailleurs)]);
    let attendu = Changement::Deplace {
        avant: avant.contenu.horaire.clone(),
        ailleurs: true,
        par_le_service: true,
    };
    assert_eq!(changement(Some(&avant), &apres, instant(3)), Some(attendu));
}

#[test]
fn a_place_edited_in_place_is_a_change() {
    let sur_place = |nom: &str, adresse: &str| {
        let mut contenu = contenu(Statut::Inconnu, 0);
        contenu.genre = Genre::SurPlace;
        contenu.lieu = Some(nom.to_owned());
        contenu.adresse = adresse.to_owned();
        integrer(&[constat(1, Evenement::Modifie, contenu)])
    };
    let avant = sur_place("Mairie", "Rue de la Mairie");
    for apres in [sur_place("Annexe", "Rue de la Mairie"), sur_place("Mairie", "Rue Neuve")] {
        let dit = changement(Some(&avant), &apres, instant(2));
        assert_eq!(dit, Some(Changement::ModalitesChangees));
        assert!(Changement::ModalitesChangees.dire_a_l_usager());
    }
    assert_eq!(changement(Some(&avant), &avant, instant(2)), None);
}

#[test]
fn what_is_learned_once_it_is_over_tells_nobody() {
    let etat = |statut| integrer(&[constat(1, Evenement::Modifie, contenu(statut, 0))]);
    let (prevu, annule) = (etat(Statut::Inconnu), etat(Statut::Revoque));
    let apres_coup = prevu.contenu.fin();
    assert_eq!(changement(Some(&prevu), &annule, apres_coup), None);
    assert_eq!(changement(Some(&annule), &prevu, apres_coup), None);
    let juste_avant = apres_coup - Duration::seconds(1);
    assert_eq!(changement(Some(&annule), &prevu, juste_avant), Some(Changement::Retabli));
}

/// The platform began to say the zones in 2026: the instant of an overseas rendez-vous changes, its digits
/// do not, and nobody has to come at another hour.
#[test]
fn learning_the_zone_of_a_rendez_vous_is_not_a_move() {
    let ancien = integrer(&[constat(1, Evenement::Cree, contenu(Statut::Inconnu, 0))]);
    let mut situe = contenu(Statut::Inconnu, 0);
    situe.horaire.fuseau = Some("Indian/Reunion".to_owned());
    situe.debut -= Duration::hours(2);
    let situe = integrer(&[constat(2, Evenement::Modifie, situe)]);
    assert_eq!(changement(Some(&ancien), &situe, instant(3)), None);
    let mut autre_zone = situe.clone();
    autre_zone.contenu.horaire.fuseau = Some("Europe/Paris".to_owned());
    autre_zone.contenu.debut += Duration::hours(2);
    assert!(matches!(
        changement(Some(&situe), &autre_zone, instant(3)),
        Some(Changement::Deplace { .. })
    ));
}

#[test]
fn the_usager_hears_of_what_they_did_not_do_themselves() {
    let cree = |createur: Option<Createur>| {
        let mut contenu = contenu(Statut::Inconnu, 0);
        contenu.createur = createur;
        contenu.agents = vec!["a@exemple.fr".to_owned()];
        integrer(&[constat(1, Evenement::Cree, contenu)])
    };
    let (sien, du_service) = (cree(Some(Createur::Usager)), cree(Some(Createur::Service)));
    assert_eq!(changement(None, &sien, instant(2)), Some(Changement::Pris));
    assert_eq!(changement(None, &du_service, instant(2)), Some(Changement::Fixe));
    // Moved: by the usager only if the platform would have let them, which then draws an agent.
    let deplace = |avant: &Etat, seconde, agents: &str| {
        let mut contenu = contenu(Statut::Inconnu, 1);
        contenu.createur = avant.contenu.createur;
        contenu.agents = agents.split(' ').map(ToOwned::to_owned).collect();
        let apres = integrer(&[constat(seconde, Evenement::Modifie, contenu)]);
        changement(Some(avant), &apres, instant(seconde)).unwrap().dire_a_l_usager()
    };
    let la_veille = 86_400 * 9;
    assert!(!deplace(&sien, 10, "b@exemple.fr"));
    assert!(deplace(&sien, 10, "a@exemple.fr"));
    assert!(deplace(&sien, 10, "a@exemple.fr b@exemple.fr"), "only one agent is drawn");
    assert!(deplace(&sien, la_veille, "b@exemple.fr"));
    assert!(deplace(&du_service, 10, "b@exemple.fr"));
    assert!(!Changement::AnnuleParUsager.dire_a_l_usager());
    assert!(
        Changement::AnnuleParService.dire_a_l_usager() && Changement::Retabli.dire_a_l_usager()
    );
}

#[test]
fn in_a_collective_rendez_vous_each_has_their_own() {
    let mut reunion = contenu(Statut::Inconnu, 0);
    reunion.collectif = true;
    reunion.personnes = vec![
        personne(1, Statut::Inconnu),
        personne(2, Statut::Excuse),
        personne(3, Statut::Honore),
    ];
    let statuts = |contenu: &Contenu| -> Vec<(i64, Statut)> {
        participations(contenu).into_iter().map(|(id, sien)| (id.0, sien.statut)).collect()
    };
    assert_eq!(statuts(&reunion), [(1, Statut::Inconnu), (2, Statut::Excuse), (3, Statut::Honore)]);
    assert!(participations(&reunion).iter().all(|(id, sien)| sien.personnes[0].id == *id));
    // Cancelled by the service, it is so for all of them.
    reunion.statut = Statut::Revoque;
    assert!(statuts(&reunion).iter().all(|(_, statut)| *statut == Statut::Revoque));
    reunion.statut = Statut::Inconnu;
    assert_eq!(retiree(&reunion).statut, Statut::Revoque);
}

#[test]
fn two_merged_records_are_one_person_and_two_relatives_are_not() {
    let une = personne(1, Statut::Inconnu);
    let mut fusionnee = Personne { id: RdvUserId(2), ..une.clone() };
    assert!(meme_personne(&une, &fusionnee));
    fusionnee.prenom = "Zoé".to_owned();
    assert!(!meme_personne(&une, &fusionnee), "a relative with the same e-mail");
    let anonyme = |id| Personne {
        id: RdvUserId(id),
        email: Some(format!("user_{id}@deleted.rdv-solidarites.fr")),
        prenom: String::new(),
        nom: "Usager supprimé".to_owned(),
        ..une.clone()
    };
    assert!(!meme_personne(&anonyme(1), &anonyme(2)));
}

fn heure(jour: i64) -> Horaire {
    contenu(Statut::Inconnu, jour).horaire
}

fn deplace_de(jour: i64) -> Changement {
    Changement::Deplace { avant: heure(jour), ailleurs: false, par_le_service: true }
}

#[test]
fn what_was_to_be_told_holds_as_long_as_the_rendez_vous_is_as_it_was() {
    let prevu = integrer(&[constat(0, Evenement::Cree, contenu(Statut::Inconnu, 0))]);
    let annule = integrer(&[constat(0, Evenement::Cree, contenu(Statut::Revoque, 0))]);
    let deplace = integrer(&[constat(0, Evenement::Cree, contenu(Statut::Inconnu, 1))]);
    let tient = |dit: &Changement, etat: &Etat, t| dit.tient(Genre::Visio, &heure(0), etat, t);
    let t = instant(0);
    for dit in [Changement::Pris, Changement::Fixe, Changement::Retabli, deplace_de(2)] {
        assert!(tient(&dit, &prevu, t), "{dit:?}");
        assert!(!tient(&dit, &annule, t), "{dit:?}, cancelled since");
        assert!(!tient(&dit, &deplace, t), "{dit:?}, moved since");
        assert!(!tient(&dit, &prevu, prevu.contenu.fin()), "{dit:?}, over since");
        assert!(!dit.tient(Genre::Telephone, &heure(0), &prevu, t), "{dit:?}, elsewhere since");
    }
    for dit in [Changement::AnnuleParUsager, Changement::AnnuleParService] {
        assert!(tient(&dit, &annule, t));
        assert!(tient(&dit, &annule, annule.contenu.fin()), "somebody may have come");
        assert!(!tient(&dit, &prevu, t), "restored since");
    }
}

#[test]
fn what_was_not_told_is_told_with_what_follows() {
    use Changement::{AnnuleParService, Fixe, ModalitesChangees, Pris, Retabli};
    for seul in [Pris, Fixe, Retabli, AnnuleParService, ModalitesChangees, deplace_de(0)] {
        assert_eq!(seul.apres(&[], &heure(1)), Some(seul.clone()), "nothing was kept back");
    }
    // Never told that there is one: moving it makes no sense to them.
    assert_eq!(deplace_de(0).apres(&[Fixe], &heure(1)), Some(Fixe));
    assert_eq!(Retabli.apres(&[Pris, AnnuleParService], &heure(0)), Some(Pris));
    assert_eq!(AnnuleParService.apres(&[Fixe], &heure(0)), Some(AnnuleParService));
    // From the hour that they know.
    assert_eq!(deplace_de(1).apres(&[deplace_de(0)], &heure(2)), Some(deplace_de(0)));
    assert_eq!(deplace_de(1).apres(&[deplace_de(0)], &heure(0)), None, "back where it was");
    let ailleurs = deplace_de(1).apres(&[deplace_de(0), ModalitesChangees], &heure(0));
    assert_eq!(ailleurs, Some(ModalitesChangees));
}
