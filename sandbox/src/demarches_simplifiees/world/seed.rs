//! What exists before anybody comes: the small world of tests, the démarche of the demo, and dossiers by the thousand.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::rules::{Refusal, UNKNOWN, refused};
use super::setup::{NewDossier, Wanted, blank};
use super::{World, take};
use crate::demarches_simplifiees::model::{
    Civilite, Demandeur, LabelColor, Mandataire, NewToken, Person, State, Token, Traitement,
    TraitementEvent, TypeDeChamp,
};
use crate::state::draws::Draws;

/// The démarche that exists at first.
pub const DEMARCHE: i64 = 91_234;
/// In the demo, one more, that nobody has connected yet.
pub const OTHER_DEMARCHE: i64 = 91_235;
/// The address of the account made for the démarche itself.
pub const ACCOUNT: &str = "rendez-vous@demo.example";
/// An instructeur of the first groupe.
pub const INSTRUCTEUR: &str = "instructeur@demo.example";
/// The instructeur of the second groupe.
pub const OTHER_INSTRUCTEUR: &str = "maelle.payet@exemple.gouv.fr";
/// What the demo's token says once decoded.
const TOKEN: (&str, &str) = ("5f0c7a1e-91a2-4b34-8c56-0d5a7b1e0001", "sandbox-ds-jeton");

/// The token that reads and writes everything.
#[must_use]
pub fn token() -> String {
    Token::encode(TOKEN.0, TOKEN.1)
}

/// The démarche, its groupes, labels and form, one token; no dossier.
pub fn small(draws: Draws, now: DateTime<Utc>) -> World {
    let mut world = World::empty(draws);
    let title = "Demande de permis de végétaliser (miroir)";
    set_up(&mut world, DEMARCHE, title, now).expect("an empty world takes a démarche");
    let name = "Jeton de la démonstration".to_owned();
    world.know_token(NewToken { name, ..NewToken::default() }, token());
    world
}

fn set_up(
    world: &mut World,
    demarche: i64,
    title: &str,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let created = now - TimeDelta::days(200);
    world.add_demarche(demarche, title, created);
    let first = world.demarches[&demarche].groupes[0].id;
    let second = world.add_groupe(demarche, "Quartiers nord")?;
    for (groupe, email) in [
        (first, INSTRUCTEUR),
        (first, "nadia.instructrice@exemple.gouv.fr"),
        (second, OTHER_INSTRUCTEUR),
        (first, ACCOUNT),
        (second, ACCOUNT),
    ] {
        world.add_member(groupe, email)?;
    }
    world.make_label(demarche, "RDV proposé", LabelColor::YellowTournesol)?;
    world.make_label(demarche, "RDV pris", LabelColor::GreenEmeraude)?;
    world.make_label(demarche, "À relire", LabelColor::PurpleGlycine)?;
    let champs = [
        Wanted::new("Adresse de l’emplacement à végétaliser", TypeDeChamp::Text),
        Wanted::new("Description du projet", TypeDeChamp::Textarea),
        Wanted::new("Nombre de jardinières", TypeDeChamp::IntegerNumber),
        Wanted::new("Date de début souhaitée", TypeDeChamp::Date),
        Wanted::new("Je m’engage à entretenir les plantations", TypeDeChamp::Checkbox),
    ];
    let annotations = [
        Wanted::new("Rendez-vous", TypeDeChamp::Text),
        Wanted::new("Avis du service des espaces verts", TypeDeChamp::Textarea),
    ];
    world.revise(demarche, &champs, &annotations, created)?;
    Ok(())
}

/// A dossier of the demo: who, when, where, and what it became.
struct Row {
    usager: &'static str,
    demandeur: Demandeur,
    state: State,
    days_ago: i64,
    in_second: bool,
    street: &'static str,
    project: &'static str,
}

/// The démarche of the demo, with its dossiers.
pub fn of_the_demo(draws: Draws, now: DateTime<Utc>) -> World {
    let mut world = small(draws, now);
    if let Err(refusal) = fill_the_demo(&mut world, now) {
        tracing::warn!(refusal, "la démonstration n’a pas été écrite en entier");
    }
    world
}

fn fill_the_demo(world: &mut World, now: DateTime<Utc>) -> Result<(), Refusal> {
    for (rank, row) in rows().into_iter().enumerate() {
        write(world, DEMARCHE, rank, row, now)?;
    }
    set_up(world, OTHER_DEMARCHE, "Demande de composteur partagé", now)?;
    for row in other_rows() {
        write(world, OTHER_DEMARCHE, 1, row, now)?;
    }
    Ok(())
}

fn write(
    world: &mut World,
    procedure: i64,
    rank: usize,
    row: Row,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let demarche = Arc::clone(&world.demarches[&procedure]);
    let groupe = demarche.groupes[usize::from(row.in_second)].id;
    let filed = now - TimeDelta::days(row.days_ago);
    let tiers = row.usager == "contact@jardins-partages.exemple.fr";
    let mandataire = tiers
        .then(|| Mandataire { prenom: "Solène".to_owned(), nom: "Le Goff".to_owned() })
        .filter(|_| matches!(row.demandeur, Demandeur::Physique { .. }));
    let wanted = NewDossier {
        number: None,
        usager: row.usager.to_owned(),
        demandeur: row.demandeur,
        mandataire,
        groupe: Some(groupe),
        state: State::EnConstruction,
        depose_at: Some(filed),
    };
    let number = world.file(procedure, wanted, filed)?;
    let champs = &demarche.active_revision().champs;
    let begins = (now + TimeDelta::days(30)).format("%Y-%m-%d").to_string();
    let boxes = (rank % 4 + 1).to_string();
    let values = [row.street, row.project, &boxes, &begins, "true"];
    for (descriptor, value) in champs.iter().zip(values) {
        world.fill_in(number, descriptor.stable_id, value, filed)?;
    }
    if row.state != State::EnConstruction {
        world.bring_to(number, row.state, filed + TimeDelta::days(2))?;
    }
    match rank {
        0 => {
            let body = "Bonjour,\n\nPourriez-vous préciser la largeur du trottoir ?";
            let author = demarche.groupes[0].members[0].id;
            world.instructeur_writes(number, author, body, None, filed + TimeDelta::days(3))?;
            let body = "Bonjour, le trottoir fait 2,40 m de large. Bien à vous.";
            world.usager_writes(number, None, body, filed + TimeDelta::days(4))?;
        }
        11 => world.archive(number, true, None, filed + TimeDelta::days(30))?,
        _ => {}
    }
    Ok(())
}

/// Those of the other démarche.
fn other_rows() -> Vec<Row> {
    let row = |usager, demandeur, state, days_ago, street| Row {
        usager,
        demandeur,
        state,
        days_ago,
        in_second: false,
        street,
        project: "Un composteur partagé entre voisins",
    };
    let mme = |prenom, nom| Demandeur::physique(Civilite::Mme, prenom, nom);
    let usager = "usager@demo.example";
    vec![
        row(usager, mme("Camille", "Martin"), State::EnConstruction, 4, "4 rue des Lilas"),
        row(
            "amina.diallo@exemple.fr",
            mme("Amina", "Diallo"),
            State::EnInstruction,
            8,
            "2 allée des Tilleuls",
        ),
        row("lea.petit@exemple.fr", mme("Léa", "Petit"), State::EnConstruction, 1, "8 rue Haute"),
    ]
}

fn rows() -> Vec<Row> {
    let m = |prenom, nom| Demandeur::physique(Civilite::M, prenom, nom);
    let mme = |prenom, nom| Demandeur::physique(Civilite::Mme, prenom, nom);
    let row = |usager, demandeur, state, days_ago, in_second, street, project| Row {
        usager,
        demandeur,
        state,
        days_ago,
        in_second,
        street,
        project,
    };
    let morale = |siret: &str, name: &str| Demandeur::Morale {
        siret: siret.to_owned(),
        raison_sociale: name.to_owned(),
    };
    let usager = "usager@demo.example";
    let (jardins, cafe) =
        ("contact@jardins-partages.exemple.fr", "bonjour@cafe-du-marche.exemple.fr");
    use State::{Accepte, EnConstruction, EnInstruction, Refuse, SansSuite};
    vec![
        row(
            usager,
            mme("Camille", "Martin"),
            EnInstruction,
            12,
            false,
            "4 rue des Lilas",
            "Deux jardinières au pied de l’immeuble",
        ),
        row(
            usager,
            mme("Camille", "Martin"),
            EnConstruction,
            3,
            false,
            "9 place du Marché",
            "Un pied d’arbre planté de vivaces",
        ),
        row(
            "hugo.bernard@exemple.fr",
            m("Hugo", "Bernard"),
            EnConstruction,
            2,
            false,
            "17 rue Pasteur",
            "Une treille sur la façade",
        ),
        row(
            jardins,
            morale("78467169500087", "Les Jardins partagés"),
            EnInstruction,
            20,
            false,
            "Square Jean-Moulin",
            "Un carré potager de douze mètres carrés",
        ),
        row(
            "amina.diallo@exemple.fr",
            mme("Amina", "Diallo"),
            EnInstruction,
            15,
            true,
            "2 allée des Tilleuls",
            "Des plantes grimpantes sur une clôture",
        ),
        row(
            "paul.nguyen@exemple.fr",
            m("Paul", "Nguyen"),
            EnConstruction,
            1,
            true,
            "31 avenue de la Gare",
            "Trois bacs devant la boulangerie",
        ),
        row(
            cafe,
            morale("13002526500013", "Café du Marché"),
            EnConstruction,
            5,
            true,
            "1 place du Marché",
            "Une terrasse bordée de lavande",
        ),
        row(
            "lea.petit@exemple.fr",
            mme("Léa", "Petit"),
            Accepte,
            60,
            false,
            "8 rue Haute",
            "Un rosier le long du mur",
        ),
        row(
            "yanis.morel@exemple.fr",
            m("Yanis", "Morel"),
            Refuse,
            55,
            false,
            "22 rue Basse",
            "Un arbre sur une place de stationnement",
        ),
        row(
            "ines.roux@exemple.fr",
            mme("Inès", "Roux"),
            SansSuite,
            48,
            true,
            "5 impasse du Four",
            "Une jardinière suspendue",
        ),
        row(
            jardins,
            m("Marcel", "Le Goff"),
            EnInstruction,
            9,
            false,
            "14 rue du Port",
            "Un banc entouré d’aromates",
        ),
        row(
            "louis.garnier@exemple.fr",
            m("Louis", "Garnier"),
            Accepte,
            120,
            false,
            "3 quai Sud",
            "Une haie de charmes",
        ),
    ]
}

/// Files `count` dossiers at once, one a minute up to `now`, without telling anybody. Gives the first number.
///
/// # Errors
/// There is no such démarche.
pub fn fill(
    world: &mut World,
    demarche: i64,
    count: u32,
    now: DateTime<Utc>,
) -> Result<i64, Refusal> {
    const FIRST: [&str; 8] =
        ["Alice", "Bruno", "Chloé", "David", "Emma", "Farid", "Gaëlle", "Hervé"];
    const LAST: [&str; 11] = [
        "Aubert", "Blanc", "Colin", "Dumas", "Étienne", "Faure", "Girard", "Henry", "Imbert",
        "Jacob", "Klein",
    ];
    let Some(known) = world.demarche(demarche) else { return refused(UNKNOWN) };
    let known = Arc::clone(known);
    let begin = world.next.dossier;
    // The last one is touched now; those that come later are after it.
    let start = world.tick(now) - TimeDelta::minutes(i64::from(count));
    for rank in 0..count {
        let n = rank as usize;
        let number = take(&mut world.next.dossier);
        let at = start + TimeDelta::minutes(i64::from(rank) + 1);
        let usager =
            Person { id: 10_000_000 + i64::from(rank), email: format!("usager{rank}@exemple.fr") };
        let civilite = if n.is_multiple_of(2) { Civilite::Mme } else { Civilite::M };
        let demandeur = Demandeur::physique(civilite, FIRST[n % FIRST.len()], LAST[n % LAST.len()]);
        let groupe = known.groupes[n % known.groupes.len()].id;
        let mut dossier = blank(number, &known, usager, demandeur, groupe, at);
        let id = take(&mut world.next.traitement);
        let (event, state) = (TraitementEvent::Depose, State::EnConstruction);
        dossier.traitements.push(Traitement {
            id,
            event,
            state,
            email: None,
            at,
            motivation: None,
        });
        if n.is_multiple_of(3) {
            dossier.state = State::EnInstruction;
            dossier.en_instruction_at = Some(at);
        }
        world.put(dossier);
    }
    Ok(begin)
}
