use super::*;
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
    }
}

fn constat(seconde: i64, evenement: Evenement, contenu: Contenu) -> Constat {
    Constat {
        rdv: RdvId(296_828),
        organisation: OrganisationId(100),
        calcule_le: instant(seconde),
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

/// A history as the platform can emit it: a creation, changes, maybe a deletion, with one-second stamps
/// that often collide.
fn une_histoire() -> impl Strategy<Value = Vec<Constat>> {
    let changements = prop::collection::vec((un_statut(), 0..4_i64, 0..3_i64), 0..8);
    let fin = prop::option::of(prop::sample::select(vec![Suppression::Agent, Suppression::Rgpd]));
    (changements, fin).prop_map(|(changements, fin)| {
        let mut seconde = 0;
        let mut histoire = vec![constat(0, Evenement::Cree, contenu(Statut::Inconnu, 0))];
        for (statut, jour, delai) in changements {
            seconde += delai;
            histoire.push(constat(seconde, Evenement::Modifie, contenu(statut, jour)));
        }
        if let Some(raison) = fin {
            let dernier = histoire.last().unwrap().contenu.clone();
            histoire.push(constat(seconde + 1, Evenement::Supprime(raison), dernier));
        }
        histoire
    })
}

fn melange() -> impl Strategy<Value = (Vec<Constat>, Vec<Constat>)> {
    une_histoire().prop_flat_map(|histoire| {
        let doubles: Vec<Constat> = histoire.iter().chain(&histoire).cloned().collect();
        (Just(histoire), Just(doubles).prop_shuffle())
    })
}

proptest! {
    #[test]
    fn any_order_and_any_repetition_end_in_the_same_state((histoire, melange) in melange()) {
        prop_assert_eq!(integrer(&histoire), integrer(&melange));
    }

    #[test]
    fn what_is_lost_before_the_last_delivery_does_not_matter(histoire in une_histoire()) {
        let dernier = histoire.last().unwrap();
        let plus_jeune = histoire[..histoire.len() - 1].iter().all(|c| c.calcule_le < dernier.calcule_le);
        prop_assume!(plus_jeune);
        prop_assert_eq!(integrer(&histoire), integrer(std::slice::from_ref(dernier)));
    }

    #[test]
    fn a_repeated_delivery_is_never_a_change((_, melange) in melange()) {
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
fn an_old_delivery_retried_days_later_changes_nothing() {
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
        Some(Changement::Deplace { avant: pris.contenu.horaire.clone() })
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
