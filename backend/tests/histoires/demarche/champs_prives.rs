//! The private fields: the administrateur sets them, the instructeurs fill them in, and nobody else ever reads them.

use crate::outils::monde::{AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, raconter};
use crate::outils::papier;
use crate::outils::pdf_relu;
use backend::demarche::administration::champs::SaisieChamp;
use backend::demarche::administration::{champs, creation, cycle, historique, impression};
use backend::demarche::demarches;
use backend::dossier::examen::annotations::champs::{Saisies, enregistrer};
use backend::dossier::examen::{annotations, suivis};
use backend::dossier::usager::{attestations, depots, formulaires, mes_dossiers};
use backend::dossier::{demande, entete, purge, resume};
use backend::messagerie::fil;
use backend::tables::{champ, demarche, dossier as lignes, instructeur, valeur_privee};
use backend::{Echec, liste};
use domain::champs::{DefinitionChamp, Pour, TypeChamp};
use domain::erreur::{Probleme, Question};
use domain::ids::{ChampId, DemarcheNumero, DossierNumero};
use domain::liste::{Filtres, Nouveaute};
use domain::role::{Acteur, Role};
use domain::vues::{Annotations, ChampPrive};
use domain::{Champ, Erreur, Saisie};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

const SECRET: &str = "Zebrure 4711";

fn erreur<T: std::fmt::Debug>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

fn saisie(genre: TypeChamp, libelle: &str) -> SaisieChamp {
    SaisieChamp {
        genre,
        libelle: libelle.to_owned(),
        description: String::new(),
        requis: true,
        options: if genre == TypeChamp::Choix { "Haute\nBasse".to_owned() } else { String::new() },
    }
}

async fn ajouter(
    monde: &Monde,
    pour: Pour,
    genre: TypeChamp,
    libelle: &str,
) -> Result<ChampId, Echec> {
    let champ = saisie(genre, libelle);
    monde
        .changer(&monde.admin, async |c| champs::ajouter(c, (DEMARCHE, pour), &champ).await)
        .await?;
    Ok(definitions(monde, pour).await.last().unwrap().id)
}

async fn prive(monde: &Monde, genre: TypeChamp, libelle: &str) -> ChampId {
    ajouter(monde, Pour::Administration, genre, libelle).await.unwrap()
}

async fn definitions(monde: &Monde, pour: Pour) -> Vec<DefinitionChamp> {
    let db = monde.contexte.base.lire();
    champs::lire(db, &monde.admin, DEMARCHE, pour).await.unwrap().champs
}

async fn changer(monde: &Monde, id: ChampId, en: SaisieChamp) {
    let definition = definitions(monde, Pour::Administration).await;
    let version = definition.iter().find(|d| d.id == id).unwrap().version();
    monde
        .changer(&monde.admin, async |c| champs::modifier(c, id, &en, &version).await)
        .await
        .unwrap();
}

async fn supprimer(monde: &Monde, id: ChampId) {
    monde.changer(&monde.admin, async |c| champs::supprimer(c, id).await).await.unwrap();
}

async fn lues(monde: &Monde, acteur: &Acteur) -> Annotations {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    annotations::lire(db, acteur, DOSSIER, t).await.unwrap()
}

async fn le_champ(monde: &Monde, id: ChampId) -> ChampPrive {
    let lues = lues(monde, &monde.instructeur).await;
    lues.champs.into_iter().find(|champ| champ.champ.definition.id == id).unwrap()
}

/// Sends what a form that showed these versions holds now.
async fn remplir(
    monde: &Monde,
    acteur: &Acteur,
    numero: DossierNumero,
    champs: &[(ChampId, i32, &str)],
) -> Result<(), Echec> {
    let saisies = Saisies {
        montres: champs.iter().map(|(id, version, _)| (*id, *version)).collect(),
        reponses: champs.iter().map(|(id, _, texte)| (*id, (*texte).to_owned())).collect(),
    };
    monde.changer(acteur, async |c| enregistrer(c, numero, &saisies).await).await
}

async fn tom(monde: &Monde, champs: &[(ChampId, i32, &str)]) -> Result<(), Echec> {
    remplir(monde, &monde.instructeur, DOSSIER, champs).await
}

fn refuse(probleme: Saisie, id: ChampId) -> Erreur {
    Erreur::Reponses(vec![Probleme { question: Question::Champ(id), probleme }])
}

/// Makes the other instructeur of the démarche a colleague of Tom.
async fn collegue(monde: &Monde) -> &Acteur {
    let db = monde.contexte.base.lire();
    let dossier = lignes::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap();
    let compte = monde.instructeur_ailleurs.compte;
    let lien = instructeur::ActiveModel { groupe: Set(dossier.groupe), compte: Set(compte) };
    instructeur::Entity::insert(lien).exec_without_returning(db).await.unwrap();
    &monde.instructeur_ailleurs
}

#[tokio::test]
async fn the_two_lists_are_set_apart_from_each_other() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        for libelle in ["Un", "Deux"] {
            prive(&monde, TypeChamp::TexteCourt, libelle).await;
        }
        ajouter(&monde, Pour::Usagers, TypeChamp::TexteCourt, "Deux").await.unwrap();
        let libelles = async |pour| -> Vec<String> {
            definitions(&monde, pour).await.into_iter().map(|champ| champ.libelle).collect()
        };
        assert_eq!(libelles(Pour::Administration).await, ["Un", "Deux"]);
        assert_eq!(libelles(Pour::Usagers).await, ["Deux"]);
        let prives = definitions(&monde, Pour::Administration).await;
        assert!(prives.iter().all(|champ| !champ.requis), "nothing is required of instructeurs");
        monde
            .changer(&monde.admin, async |c| champs::deplacer(c, prives[1].id, true).await)
            .await
            .unwrap();
        // Already first: the form's own field is not its neighbour.
        monde
            .changer(&monde.admin, async |c| champs::deplacer(c, prives[1].id, true).await)
            .await
            .unwrap();
        assert_eq!(libelles(Pour::Administration).await, ["Deux", "Un"]);
        let gestion = demarches::pour_l_administrateur(db, &monde.admin, DEMARCHE).await.unwrap();
        assert_eq!((gestion.champs, gestion.annotations), (1, 2));

        let fichier = ajouter(&monde, Pour::Administration, TypeChamp::PieceJustificative, "x");
        let refus = Erreur::champ(Champ::GenreChamp, Saisie::HorsChoix);
        assert_eq!(erreur(fichier.await), refus);
        for etranger in [&monde.instructeur, &monde.camille] {
            let lue = champs::lire(db, etranger, DEMARCHE, Pour::Administration).await;
            assert_eq!(erreur(lue), Erreur::Introuvable);
            let champ = saisie(TypeChamp::TexteCourt, "x");
            let liste = (DEMARCHE, Pour::Administration);
            let ajoute =
                monde.changer(etranger, async |c| champs::ajouter(c, liste, &champ).await).await;
            assert_eq!(erreur(ajoute), Erreur::Introuvable);
        }
        // A published démarche keeps a field of its form, and needs no private one.
        for champ in definitions(&monde, Pour::Administration).await {
            supprimer(&monde, champ.id).await;
        }
        let lu = historique::lire(db, &monde.admin, DEMARCHE, 1).await.unwrap();
        assert_eq!(lu.lignes.elements[0].action, "champ privé supprimé");
    })
    .await;
}

#[tokio::test]
async fn a_copy_of_a_demarche_has_both_lists() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        prive(&monde, TypeChamp::Date, "Commission").await;
        ajouter(&monde, Pour::Usagers, TypeChamp::TexteCourt, "Commune").await.unwrap();
        let email = monde.admin.email.as_str();
        let copie = monde
            .changer(&monde.admin, async |c| cycle::envoyer_une_copie(c, DEMARCHE, email).await)
            .await
            .unwrap();
        for (pour, libelle) in [(Pour::Usagers, "Commune"), (Pour::Administration, "Commission")] {
            let lus = champs::lire(db, &monde.admin, copie, pour).await.unwrap().champs;
            let libelles: Vec<&str> = lus.iter().map(|champ| champ.libelle.as_str()).collect();
            assert_eq!(libelles, [libelle]);
        }
    })
    .await;
}

#[tokio::test]
async fn what_an_instructeur_knows_is_saved_at_once_and_what_is_wrong_is_said_beside_the_field() {
    raconter(async |monde: Monde| {
        let nombre = prive(&monde, TypeChamp::Nombre, "Montant").await;
        let date = prive(&monde, TypeChamp::Date, "Commission").await;
        let choix = prive(&monde, TypeChamp::Choix, "Priorité").await;
        let case = prive(&monde, TypeChamp::CaseACocher, "Vérifié").await;
        let texte = prive(&monde, TypeChamp::TexteCourt, "Note").await;
        tom(&monde, &[(nombre, 0, " 1 234,50 "), (date, 0, ""), (choix, 0, ""), (texte, 0, " ")])
            .await
            .unwrap();
        let montant = le_champ(&monde, nombre).await;
        assert_eq!((montant.champ.valeur.as_str(), montant.version), ("1234.50", 1));
        let dernier = montant.dernier.unwrap();
        assert_eq!((dernier.valeur.as_str(), dernier.moi), ("1234,50", true));
        for vide in [date, choix, case, texte] {
            assert_eq!(le_champ(&monde, vide).await.version, 0, "nothing was said of it");
        }

        for (champ, saisie, probleme) in [
            (nombre, "quarante", Saisie::PasUnNombre),
            (date, "31/02/2024", Saisie::PasUneDate),
            (choix, "Moyenne", Saisie::HorsChoix),
            (texte, &"é".repeat(256), Saisie::TropLongPour { max: 255, longueur: 256 }),
        ] {
            let version = le_champ(&monde, champ).await.version;
            // Nothing is half saved.
            let autre = (case, 0, "on");
            let refus = erreur(tom(&monde, &[(champ, version, saisie), autre]).await);
            assert_eq!(refus, refuse(probleme, champ));
        }
        assert_eq!(le_champ(&monde, case).await.version, 0);

        let html = "<b>Vu</b> & 🙂\u{0}";
        for _ in 0..2 {
            tom(&monde, &[(texte, 0, html), (case, 0, "on"), (date, 0, "7/6/2024")]).await.unwrap();
        }
        let note = le_champ(&monde, texte).await;
        assert_eq!((note.champ.valeur.as_str(), note.version), ("<b>Vu</b> & 🙂", 1), "once");
        assert_eq!(le_champ(&monde, date).await.dernier.unwrap().valeur, "7 juin 2024");
        tom(&monde, &[(texte, 1, ""), (case, 1, "")]).await.unwrap();
        assert_eq!(le_champ(&monde, texte).await.champ.valeur, "", "it can be wiped");
        assert_eq!(le_champ(&monde, case).await.champ.valeur, "non");
        let db = monde.contexte.base.lire();
        let gardees = valeur_privee::Entity::find().count(db).await.unwrap();
        assert_eq!(gardees, 6, "each version is kept");
    })
    .await;
}

#[tokio::test]
async fn two_instructeurs_fill_in_different_fields_and_are_told_when_it_is_the_same_one() {
    raconter(async |monde: Monde| {
        let un = prive(&monde, TypeChamp::TexteCourt, "Un").await;
        let deux = prive(&monde, TypeChamp::TexteCourt, "Deux").await;
        let collegue = collegue(&monde).await;
        let elle = async |champs: &[(ChampId, i32, &str)]| {
            remplir(&monde, collegue, DOSSIER, champs).await
        };
        tom(&monde, &[(un, 0, "a"), (deux, 0, "b")]).await.unwrap();
        // Both forms show version 1 of each.
        elle(&[(un, 1, "a"), (deux, 1, "le sien")]).await.unwrap();
        tom(&monde, &[(un, 1, "le mien"), (deux, 1, "b")]).await.unwrap();
        let valeurs = async || -> Vec<String> {
            lues(&monde, collegue).await.champs.into_iter().map(|c| c.champ.valeur).collect()
        };
        assert_eq!(valeurs().await, ["le mien", "le sien"]);
        let dernier = le_champ(&monde, deux).await.dernier.unwrap();
        assert_eq!((dernier.moi, dernier.valeur.as_str()), (false, "le sien"));

        let refus = tom(&monde, &[(un, 2, "x"), (deux, 1, "le mien")]).await;
        assert_eq!(erreur(refus), refuse(Saisie::ValeurChangee, deux));
        assert_eq!(valeurs().await, ["le mien", "le sien"], "nothing is saved");
        // What both typed alike is nobody's conflict; once told, one may replace.
        tom(&monde, &[(deux, 1, "le sien")]).await.unwrap();
        tom(&monde, &[(deux, 2, "le mien")]).await.unwrap();
        assert_eq!(valeurs().await, ["le mien", "le mien"]);
        // A version that was never shown is nobody's.
        for version in [-1, 0, 99] {
            let refus = tom(&monde, &[(deux, version, "autre")]).await;
            assert_eq!(erreur(refus), refuse(Saisie::ValeurChangee, deux));
        }
        let (a, b) = ([(un, 2, "A")], [(un, 2, "B")]);
        let (moi, elle) = tokio::join!(tom(&monde, &a), elle(&b));
        assert!(moi.is_ok() != elle.is_ok(), "{moi:?} {elle:?}");
        let refus = if moi.is_ok() { elle } else { moi };
        assert_eq!(erreur(refus), refuse(Saisie::ValeurChangee, un));
    })
    .await;
}

#[tokio::test]
async fn a_follower_has_the_dot_when_a_colleague_fills_a_field_in() {
    raconter(async |monde: Monde| {
        let (db, champ) =
            (monde.contexte.base.lire(), prive(&monde, TypeChamp::TexteCourt, "Un").await);
        let collegue = collegue(&monde).await;
        monde
            .changer(&monde.instructeur, async |c| suivis::changer(c, DOSSIER, true).await)
            .await
            .unwrap();
        monde.le("2024-05-27 17:00:00 +0200");
        let pastille = async || {
            let t = monde.maintenant();
            let lue = entete::de_l_instructeur(db, &monde.instructeur, DOSSIER, t).await;
            lue.unwrap().annotations_non_vues
        };
        tom(&monde, &[(champ, 0, "a")]).await.unwrap();
        assert!(!pastille().await, "their own");
        remplir(&monde, collegue, DOSSIER, &[(champ, 1, "b")]).await.unwrap();
        assert!(pastille().await);
        let filtres = Filtres { notifications: true, ..Filtres::default() };
        let t = monde.maintenant();
        let lue = liste::lire(db, &monde.instructeur, DEMARCHE, filtres, t).await.unwrap();
        assert_eq!(lue.dossiers.lignes[0].nouveautes, [Nouveaute::Annotation]);
        monde
            .changer(&monde.instructeur, async |c| {
                suivis::voir(c, DOSSIER, Nouveaute::Annotation, t).await
            })
            .await
            .unwrap();
        assert!(!pastille().await);
    })
    .await;
}

#[tokio::test]
async fn a_field_that_is_renamed_changed_or_taken_away_loses_nothing() {
    raconter(async |monde: Monde| {
        let un = prive(&monde, TypeChamp::TexteCourt, "Un").await;
        tom(&monde, &[(un, 0, "bientôt")]).await.unwrap();
        changer(&monde, un, saisie(TypeChamp::Date, "Commission")).await;
        let champ = le_champ(&monde, un).await;
        assert_eq!(champ.champ.definition.libelle, "Commission");
        assert_eq!(champ.champ.valeur, "", "no date");
        assert_eq!(champ.dernier.unwrap().valeur, "bientôt", "it is still read");
        let deux = prive(&monde, TypeChamp::TexteCourt, "Deux").await;
        // The form, saved as it shows, wipes nothing; nor one that was shown before the change.
        tom(&monde, &[(un, 1, ""), (deux, 0, "x")]).await.unwrap();
        tom(&monde, &[(un, 1, "bientôt"), (deux, 1, "y")]).await.unwrap();
        assert_eq!(le_champ(&monde, un).await.version, 1);
        tom(&monde, &[(un, 1, "2024-06-07")]).await.unwrap();

        supprimer(&monde, un).await;
        let lues = lues(&monde, &monde.instructeur).await;
        assert_eq!(lues.champs.len(), 1);
        let retire = &lues.retires[0];
        assert_eq!((retire.libelle.as_str(), retire.valeur.as_str()), ("Commission", "2024-06-07"));
        // A form that still shows it: what is typed in the others is saved, unless something would be lost.
        let refus = tom(&monde, &[(un, 2, "2024-06-08"), (deux, 2, "z")]).await;
        assert_eq!(erreur(refus), refuse(Saisie::ChampRetire, un));
        tom(&monde, &[(un, 2, "2024-06-07"), (deux, 2, "z")]).await.unwrap();
        assert_eq!(le_champ(&monde, deux).await.champ.valeur, "z");
    })
    .await;
}

#[tokio::test]
async fn fields_and_dossiers_of_others_are_not_found() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let sien = prive(&monde, TypeChamp::TexteCourt, "Un").await;
        let public = ajouter(&monde, Pour::Usagers, TypeChamp::TexteCourt, "Public").await.unwrap();
        let (outils, t) = (&monde.contexte.outils, monde.maintenant());
        let qui = (monde.admin.email.as_str(), "Une autre");
        let autre: DemarcheNumero = creation::creer(db, outils, qui, t).await.unwrap();
        let champ = saisie(TypeChamp::TexteCourt, "Ailleurs");
        let liste = (autre, Pour::Administration);
        monde
            .changer(&monde.admin, async |c| champs::ajouter(c, liste, &champ).await)
            .await
            .unwrap();
        let ailleurs = champs::lire(db, &monde.admin, autre, Pour::Administration).await.unwrap();
        for faux in [public, ailleurs.champs[0].id] {
            let refus = tom(&monde, &[(sien, 0, "a"), (faux, 0, "b")]).await;
            assert_eq!(erreur(refus), Erreur::Introuvable);
        }
        let inconnu = tom(&monde, &[(ChampId(99_999), 0, "b")]).await;
        assert_eq!(erreur(inconnu), refuse(Saisie::ChampRetire, ChampId(99_999)));
        for etranger in [&monde.camille, &monde.jean, &monde.admin, &monde.instructeur_ailleurs] {
            let refus = remplir(&monde, etranger, DOSSIER, &[(sien, 0, "a")]).await;
            assert_eq!(erreur(refus), Erreur::Introuvable);
        }
        let nulle_part =
            remplir(&monde, &monde.instructeur, DossierNumero(1), &[(sien, 0, "a")]).await;
        assert_eq!(erreur(nulle_part), Erreur::Introuvable);
        assert_eq!(valeur_privee::Entity::find().count(db).await.unwrap(), 0);
        // What is said of a dossier is said of it alone.
        tom(&monde, &[(sien, 0, "a")]).await.unwrap();
        let autre = annotations::lire(db, &monde.instructeur, AUTRE_DOSSIER, t).await.unwrap();
        assert_eq!((autre.champs[0].version, autre.champs[0].champ.valeur.as_str()), (0, ""));
    })
    .await;
}

/// All that an usager may fill in or read of a dossier and of a new one, and all that leaves the screen of an
/// instructeur.
async fn tout_ce_qui_sort(monde: &Monde) -> String {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let camille = &monde.camille;
    demarche::Entity::update_many()
        .set(demarche::ActiveModel { publiee_le: Set(Some(t.date_naive())), ..Default::default() })
        .filter(demarche::Column::Numero.eq(DEMARCHE))
        .exec(db)
        .await
        .unwrap();
    let brouillon =
        monde.changer(camille, async |c| depots::commencer(c, DEMARCHE).await).await.unwrap();
    let mut vus = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        entete::de_l_usager(db, camille, DOSSIER, t).await.unwrap(),
        demande::de_l_usager(db, camille, DOSSIER).await.unwrap(),
        resume::resume(db, camille, DOSSIER, t).await.unwrap(),
        fil::fil_usager(db, camille, DOSSIER, t).await.unwrap(),
        formulaires::pour_modifier(db, camille, DOSSIER).await.unwrap(),
        depots::presentation(db, None, DEMARCHE, t).await.unwrap(),
        depots::formulaire(db, camille, brouillon).await.unwrap(),
    );
    vus.push_str(&format!(
        "{:?}",
        demande::de_l_instructeur(db, &monde.instructeur, DOSSIER).await
    ));
    for pdf in [
        impression::formulaire(db, &monde.admin, DEMARCHE).await.unwrap(),
        attestations::depot(db, camille, DOSSIER, "Rendez-vous en mairie", t).await.unwrap(),
    ] {
        vus.push_str(&format!("{:?}", pdf_relu::lire(&pdf)));
    }
    for (qui, role) in [(camille, Role::Usager), (&monde.instructeur, Role::Instructeur)] {
        vus.push_str(&papier::tout(monde, qui, role).await);
    }
    let (texte, _) =
        liste::export::tranche(db, &monde.instructeur, DEMARCHE, &Filtres::default(), t)
            .await
            .unwrap();
    vus.push_str(&texte);
    vus
}

#[tokio::test]
async fn nothing_private_reaches_an_usager_nor_paper() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let secret = prive(&monde, TypeChamp::TexteCourt, SECRET).await;
        let retire = prive(&monde, TypeChamp::TexteCourt, "Retiré 4711").await;
        let public = ajouter(&monde, Pour::Usagers, TypeChamp::TexteCourt, "Public").await.unwrap();
        tom(&monde, &[(secret, 0, SECRET), (retire, 0, "4711")]).await.unwrap();
        supprimer(&monde, retire).await;
        let vus = tout_ce_qui_sort(&monde).await;
        assert!(vus.contains("Public"), "the form was read");
        assert!(!vus.contains("Zebrure") && !vus.contains("4711"), "{vus}");
        assert!(monde.courriels().await.iter().all(|(_, sujet)| !sujet.contains("4711")));

        // An usager who guesses its number writes nothing in it.
        let lu = formulaires::pour_modifier(db, &monde.camille, DOSSIER).await.unwrap();
        let saisies = formulaires::Saisies {
            prenom: lu.prenom,
            nom: lu.nom,
            reponses: [(public, "a"), (secret, "vu")].map(|(id, s)| (id, s.to_owned())).into(),
            ..Default::default()
        };
        let version = lu.version;
        monde
            .changer(&monde.camille, async |c| {
                formulaires::modifier(c, DOSSIER, version, saisies).await
            })
            .await
            .unwrap();
        assert_eq!(le_champ(&monde, secret).await.champ.valeur, SECRET);
        let demande = demande::de_l_usager(db, &monde.camille, DOSSIER).await.unwrap();
        assert!(!format!("{demande:?}").contains("\"vu\""));
    })
    .await;
}

#[tokio::test]
async fn what_was_noted_goes_with_the_dossier() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let champ = prive(&monde, TypeChamp::TexteCourt, "Un").await;
        tom(&monde, &[(champ, 0, "a")]).await.unwrap();
        remplir(&monde, &monde.instructeur, AUTRE_DOSSIER, &[(champ, 0, "b")]).await.unwrap();
        monde
            .changer(&monde.camille, async |c| mes_dossiers::supprimer(c, DOSSIER).await)
            .await
            .unwrap();
        monde.le("2024-07-27 17:00:00 +0200");
        assert_eq!(purge::purger(&monde.contexte.base, monde.maintenant()).await.unwrap(), 1);
        let restes = valeur_privee::Entity::find().all(db).await.unwrap();
        assert_eq!(restes.len(), 1);
        assert_eq!((restes[0].dossier, restes[0].valeur.as_str()), (AUTRE_DOSSIER, "b"));
        assert_eq!(champ::Entity::find().count(db).await.unwrap(), 1);
    })
    .await;
}
