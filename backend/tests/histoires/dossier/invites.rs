//! « Inviter une personne à modifier ce dossier »: what those invited may and may not do.

use crate::outils::monde::{AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, fichier, raconter};
use backend::Echec;
use backend::acces::{autorisations, sessions, veilles};
use backend::dossier::examen::{corrections, suivis};
use backend::dossier::usager::formulaires::Saisies;
use backend::dossier::usager::{attestations, depots, formulaires, invites, mes_dossiers};
use backend::dossier::{demande, entete, pieces, resume};
use backend::messagerie::ecriture::Envoi;
use backend::messagerie::{ecriture, fil};
use backend::rendez_vous::onglet;
use backend::tables::{demarche, dossier, journal};
use domain::dossier::EtatDossier;
use domain::ids::{DossierNumero, InviteId};
use domain::journal::Action;
use domain::liste::Nouveaute;
use domain::role::{Acteur, Role};
use domain::sujet::Sujet;
use domain::vues::{Auteur, ChoixDossiers, MesDossiers};
use domain::{Champ, Erreur, Saisie};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};

fn refus<T: std::fmt::Debug>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

async fn inviter(monde: &Monde, numero: DossierNumero, email: &str) -> Result<InviteId, Echec> {
    monde
        .changer(&monde.camille, async |c| {
            invites::inviter(c, &monde.contexte.acces.tentatives, numero, email).await
        })
        .await?;
    let db = monde.contexte.base.lire();
    Ok(invites::lire(db, &monde.camille, numero).await?.pop().unwrap().id)
}

async fn revoquer(monde: &Monde, qui: &Acteur, id: InviteId) -> Result<(), Echec> {
    monde.changer(qui, async |c| invites::revoquer(c, id).await).await
}

async fn siens(monde: &Monde, qui: &Acteur) -> MesDossiers {
    let choix = ChoixDossiers::de_l_adresse("/dossiers?onglet=invites", 1);
    mes_dossiers::lire(monde.contexte.base.lire(), qui, choix, monde.maintenant()).await.unwrap()
}

fn saisies(nom: &str) -> Saisies {
    Saisies { prenom: "Camille".to_owned(), nom: nom.to_owned(), ..Saisies::default() }
}

#[tokio::test]
async fn somebody_invited_finds_the_dossier_reads_it_and_modifies_it() {
    raconter(async |monde: Monde| {
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        inviter(&monde, DOSSIER, " Jean.ROBERT@exemple.fr").await.unwrap();
        let courriels = monde.courriels().await;
        let (a, sujet) = courriels.last().unwrap();
        assert_eq!(a, "jean.robert@exemple.fr");
        assert!(
            sujet.starts_with("Vous êtes invité(e) à modifier le dossier n°17606854"),
            "{sujet}"
        );

        let vus = siens(&monde, &monde.jean).await;
        assert_eq!(vus.comptes, [1, 0, 1, 0], "theirs, and the one that they are invited to");
        assert_eq!(vus.dossiers.elements[0].numero, DOSSIER);
        assert!(vus.dossiers.elements[0].invite && vus.dossiers.elements[0].autre.is_none());
        let entete = entete::de_l_usager(db, &monde.jean, DOSSIER, t).await.unwrap();
        assert!(entete.invite && entete.invites.is_empty());
        assert!(demande::de_l_usager(db, &monde.jean, DOSSIER).await.is_ok());
        let attestation = attestations::depot(db, &monde.jean, DOSSIER, "Rendez-vous en mairie", t)
            .await
            .unwrap();
        let attestation = crate::outils::pdf_relu::lire(&attestation);
        for (genre, attendu) in [
            ("H1", "Attestation de dépôt"),
            ("L/LI/Lbl", "Numéro du dossier"),
            ("L/LI/LBody/P", "17606854"),
        ] {
            let texte = (genre.to_owned(), attendu.to_owned());
            assert!(attestation.textes.contains(&texte), "{attendu}: {attestation:?}");
        }

        let lu = formulaires::pour_modifier(db, &monde.jean, DOSSIER).await.unwrap();
        assert!(lu.invite);
        let nouvelles = saisies("Martin-Robert");
        monde
            .changer(&monde.jean, async |c| {
                formulaires::modifier(c, DOSSIER, lu.version, nouvelles).await
            })
            .await
            .unwrap();
        let vue = demande::de_l_instructeur(db, &monde.instructeur, DOSSIER).await.unwrap();
        assert_eq!(vue.demandeur, "MARTIN-ROBERT Camille");
        assert_eq!(vue.email, "camille.martin@exemple.fr", "it is still Camille's");
        let impliques = invites::pour_l_instructeur(db, &monde.instructeur, DOSSIER).await.unwrap();
        assert_eq!(impliques[0].email, "jean.robert@exemple.fr");
        let ailleurs = invites::pour_l_instructeur(db, &monde.instructeur_ailleurs, DOSSIER).await;
        assert_eq!(refus(ailleurs), Erreur::Introuvable);
        // Whoever works on dossiers and is invited to one has both sides.
        inviter(&monde, DOSSIER, "tom.instructeur@exemple.gouv.fr").await.unwrap();
        let roles = autorisations::roles(db, &monde.instructeur).await.unwrap();
        assert_eq!(roles, [Role::Instructeur, Role::Usager]);
    })
    .await;
}

#[tokio::test]
async fn somebody_invited_does_nothing_in_the_name_of_whoever_filed_the_dossier() {
    raconter(async |monde: Monde| {
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        let id = inviter(&monde, DOSSIER, "jean.robert@exemple.fr").await.unwrap();
        let demande = corrections::Demande { texte: "Corrigez", cle: "k".into(), fichiers: vec![] };
        monde
            .changer(&monde.instructeur, async |c| corrections::demander(c, DOSSIER, demande).await)
            .await
            .unwrap();
        for erreur in [
            refus(
                monde
                    .changer(&monde.jean, async |c| mes_dossiers::supprimer(c, DOSSIER).await)
                    .await,
            ),
            refus(
                monde
                    .changer(&monde.jean, async |c| mes_dossiers::restaurer(c, DOSSIER).await)
                    .await,
            ),
            refus(
                monde.changer(&monde.jean, async |c| corrections::declarer(c, DOSSIER).await).await,
            ),
            refus(onglet::onglet(db, &monde.jean, DOSSIER, t).await),
            refus(invites::lire(db, &monde.jean, DOSSIER).await),
            refus(
                monde
                    .changer(&monde.jean, async |c| {
                        invites::inviter(
                            c,
                            &monde.contexte.acces.tentatives,
                            DOSSIER,
                            "x@exemple.fr",
                        )
                        .await
                    })
                    .await,
            ),
            refus(monde.changer(&monde.jean, async |c| invites::revoquer(c, id).await).await),
            refus(entete::de_l_instructeur(db, &monde.jean, DOSSIER, t).await),
        ] {
            assert_eq!(erreur, Erreur::Introuvable);
        }
        let la_titulaire = refus(
            monde.changer(&monde.camille, async |c| corrections::declarer(c, DOSSIER).await).await,
        );
        assert_eq!(la_titulaire, Erreur::CorrectionSansModification, "only to be done first");
    })
    .await;
}

#[tokio::test]
async fn somebody_invited_sees_no_link_that_is_personal_to_whoever_filed_the_dossier() {
    raconter(async |monde: Monde| {
        let (db, t, outils) =
            (monde.contexte.base.lire(), monde.maintenant(), &monde.contexte.outils);
        inviter(&monde, DOSSIER, "jean.robert@exemple.fr").await.unwrap();
        monde.proposer(DOSSIER, "a").await.unwrap();
        let lit = async |qui: &Acteur| {
            fil::fil_avec_lien(db, outils, qui, DOSSIER, t).await.unwrap().messages
        };
        let agenda = crate::outils::monde::AGENDA;
        let sien = lit(&monde.camille).await.pop().unwrap();
        assert!(sien.corps.contains(agenda) && sien.lien.is_some());
        let vu = lit(&monde.jean).await.pop().unwrap();
        assert!(!vu.corps.contains("https://") && vu.lien.is_none() && vu.invitation.is_none());
        assert!(vu.corps.contains("lien réservé"), "{}", vu.corps);
        let resume = resume::resume_avec_lien(db, outils, &monde.jean, DOSSIER, t).await.unwrap();
        assert!(!resume.dernier_message.unwrap().corps.contains("https://"));

        monde.recevoir("01_rdv_created_visio").await;
        let resume =
            resume::resume_avec_lien(db, outils, &monde.camille, DOSSIER, t).await.unwrap();
        assert!(resume.rendez_vous.is_some());
        let resume = resume::resume_avec_lien(db, outils, &monde.jean, DOSSIER, t).await.unwrap();
        assert!(resume.rendez_vous.is_none() && resume.dernier_message.unwrap().lien.is_none());
        let entete = entete::de_l_usager(db, &monde.jean, DOSSIER, t).await.unwrap();
        assert!(!entete.onglet_rendez_vous && !entete.rendez_vous_non_vu);
        assert!(entete.rendez_vous.is_none());
        let entete = entete::de_l_usager(db, &monde.camille, DOSSIER, t).await.unwrap();
        assert!(entete.rendez_vous.is_some(), "what its tag says, with its date");
        assert!(siens(&monde, &monde.jean).await.dossiers.elements[0].rendez_vous.is_none());
        assert!(lit(&monde.jean).await.iter().all(|m| m.lien.is_none()));
    })
    .await;
}

#[tokio::test]
async fn somebody_invited_writes_in_their_own_name() {
    raconter(async |monde: Monde| {
        let (db, t, outils) =
            (monde.contexte.base.lire(), monde.maintenant(), &monde.contexte.outils);
        inviter(&monde, DOSSIER, "jean.robert@exemple.fr").await.unwrap();
        let fichier = fichier("a.pdf", Some(b"%PDF-1.7"));
        let envoi = Envoi { corps: "Bonjour", cle: "k".into(), fichiers: vec![fichier] };
        monde
            .changer(&monde.jean, async |c| ecriture::ecrire_usager(c, DOSSIER, envoi).await)
            .await
            .unwrap();
        let vu = monde.messages(DOSSIER).await.pop().unwrap();
        assert_eq!(vu.nom, "jean.robert@exemple.fr (personne invitée)");
        let sien = fil::fil_usager(db, &monde.jean, DOSSIER, t).await.unwrap();
        assert_eq!(sien.messages[0].auteur, Auteur::Moi);
        let chez_camille = fil::fil_usager(db, &monde.camille, DOSSIER, t).await.unwrap();
        assert_eq!(chez_camille.messages[0].auteur, Auteur::Usager);
        let piece = vu.pieces[0].id;
        assert!(pieces::lire(db, outils, &monde.jean, piece).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn who_goes_on_hearing_of_a_dossier_is_who_may_begin_to() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let acteurs = [
            &monde.camille,
            &monde.jean,
            &monde.instructeur,
            &monde.instructeur_ailleurs,
            &monde.admin,
        ];
        let comptes = acteurs.iter().map(|acteur| acteur.compte).collect();
        inviter(&monde, DOSSIER, "jean.robert@exemple.fr").await.unwrap();
        for numero in [DOSSIER, AUTRE_DOSSIER, DossierNumero(1)] {
            let voient = veilles::voient(db, numero, &comptes).await.unwrap();
            for acteur in acteurs {
                let peut = autorisations::peut_suivre(db, acteur, Sujet::Dossier(numero)).await;
                assert_eq!(voient.contains(&acteur.compte), peut.unwrap(), "{numero} {acteur:?}");
            }
        }
        let voient = veilles::voient(db, DOSSIER, &comptes).await.unwrap();
        assert_eq!(voient.len(), 3, "whoever filed it, whoever they invited, their instructeur");
    })
    .await;
}

#[tokio::test]
async fn an_invitation_withdrawn_opens_nothing_from_that_moment_on() {
    raconter(async |monde: Monde| {
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        let id = inviter(&monde, DOSSIER, "jean.robert@exemple.fr").await.unwrap();
        let suit = async || {
            autorisations::peut_suivre(db, &monde.jean, Sujet::Dossier(DOSSIER)).await.unwrap()
        };
        assert!(suit().await);
        revoquer(&monde, &monde.camille, id).await.unwrap();
        assert!(!suit().await);
        let envoi = Envoi { corps: "x", cle: "k".into(), fichiers: Vec::new() };
        for erreur in [
            refus(entete::de_l_usager(db, &monde.jean, DOSSIER, t).await),
            refus(formulaires::pour_modifier(db, &monde.jean, DOSSIER).await),
            refus(fil::fil_usager(db, &monde.jean, DOSSIER, t).await),
            refus(
                monde
                    .changer(&monde.jean, async |c| {
                        ecriture::ecrire_usager(c, DOSSIER, envoi).await
                    })
                    .await,
            ),
            refus(attestations::depot(db, &monde.jean, DOSSIER, "Rendez-vous en mairie", t).await),
            refus(revoquer(&monde, &monde.camille, id).await),
        ] {
            assert_eq!(erreur, Erreur::Introuvable);
        }
        assert_eq!(siens(&monde, &monde.jean).await.comptes, [1, 0, 0, 0]);
        assert!(monde.courriels().await.is_empty(), "its mail had not left yet");
        let lignes = journal::Entity::find()
            .filter(journal::Column::Objet.eq("dossier:17606854"))
            .all(db)
            .await
            .unwrap();
        let actions: Vec<&str> = lignes.iter().map(|ligne| ligne.action.as_str()).collect();
        assert_eq!(actions, [Action::PersonneInvitee, Action::InvitationRetiree].map(Action::code));
        assert!(lignes.iter().all(|l| !l.detail.as_deref().unwrap_or("").contains('@')));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_that_makes_no_sense_is_refused_with_its_reason() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        inviter(&monde, DOSSIER, "a@exemple.fr").await.unwrap();
        let deja = Saisie::DejaInvite("a@exemple.fr".to_owned());
        for (email, probleme) in [
            ("", Saisie::Vide),
            ("pas une adresse", Saisie::PasUnEmail),
            ("Camille.Martin@exemple.fr", Saisie::PropreAdresse),
            (" A@exemple.fr", deja),
        ] {
            let attendu = Erreur::champ(Champ::Email, probleme);
            assert_eq!(refus(inviter(&monde, DOSSIER, email).await), attendu, "{email}");
        }
        for n in 1..invites::INVITES_MAX {
            inviter(&monde, DOSSIER, &format!("b{n}@exemple.fr")).await.unwrap();
        }
        let trop = Erreur::champ(Champ::Email, Saisie::TropDInvites(invites::INVITES_MAX));
        assert_eq!(refus(inviter(&monde, DOSSIER, "c@exemple.fr").await), trop);
        let ligne = dossier::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap();
        let mut change = ligne.into_active_model();
        change.etat = Set(EtatDossier::EnInstruction);
        change.update(db).await.unwrap();
        let trop_tard = refus(inviter(&monde, DOSSIER, "d@exemple.fr").await);
        assert_eq!(trop_tard, Erreur::PlusModifiable);
        let id = invites::lire(db, &monde.camille, DOSSIER).await.unwrap()[0].id;
        revoquer(&monde, &monde.camille, id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_filled_in_by_two_and_filed_by_one() {
    raconter(async |monde: Monde| {
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        let ligne = demarche::Entity::find_by_id(DEMARCHE).one(db).await.unwrap().unwrap();
        let mut change = ligne.into_active_model();
        change.publiee_le = Set(Some(t.date_naive()));
        change.update(db).await.unwrap();
        let numero = monde
            .changer(&monde.camille, async |c| depots::commencer(c, DEMARCHE).await)
            .await
            .unwrap();
        inviter(&monde, numero, "jean.robert@exemple.fr").await.unwrap();
        assert!(siens(&monde, &monde.jean).await.brouillons[0].invite);
        let lu = depots::formulaire(db, &monde.jean, numero).await.unwrap();
        assert!(lu.invite);
        let enregistrer = async |qui: &Acteur, version, nom: &str| {
            let origine = depots::Origine { version, cle: "".into() };
            monde
                .changer(qui, async |c| depots::enregistrer(c, numero, origine, saisies(nom)).await)
                .await
        };
        enregistrer(&monde.jean, lu.version, "Robert").await.unwrap();
        let perime = enregistrer(&monde.camille, lu.version, "Martin").await;
        assert_eq!(refus(perime), Erreur::Perime, "what the other saved is not overwritten");
        let deposer = async |qui: &Acteur, version| {
            let origine = depots::Origine { version, cle: "".into() };
            monde
                .changer(qui, async |c| {
                    depots::deposer(c, numero, origine, saisies("Martin")).await
                })
                .await
        };
        assert_eq!(refus(deposer(&monde.jean, 1).await), Erreur::Introuvable);
        let supprimer = monde
            .changer(&monde.jean, async |c| depots::supprimer_brouillon(c, numero).await)
            .await;
        assert_eq!(refus(supprimer), Erreur::Introuvable);
        assert_eq!(refus(deposer(&monde.camille, 0).await), Erreur::Perime);
        deposer(&monde.camille, 1).await.unwrap();
        let suite = entete::de_l_usager(db, &monde.jean, numero, t).await.unwrap();
        assert!(suite.invite, "the invitation follows the dossier");
    })
    .await;
}

#[tokio::test]
async fn a_follower_sees_that_the_dossier_was_modified_until_they_look() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        monde
            .changer(&monde.instructeur, async |c| suivis::changer(c, DOSSIER, true).await)
            .await
            .unwrap();
        let pastille = async || {
            let (acteur, t) = (&monde.instructeur, monde.maintenant());
            let filtres = domain::liste::Filtres {
                onglet: domain::liste::Onglet::Tous,
                ..domain::liste::Filtres::default()
            };
            let liste = backend::liste::lire(db, acteur, DEMARCHE, filtres, t).await.unwrap();
            let ligne = liste.dossiers.lignes.iter().find(|l| l.numero == DOSSIER).unwrap();
            let entete = entete::de_l_instructeur(db, acteur, DOSSIER, t).await.unwrap();
            let attendues = entete.demande_non_vue.then_some(Nouveaute::Demande);
            assert_eq!(ligne.nouveautes, Vec::from_iter(attendues), "the list and the tab agree");
            entete.demande_non_vue
        };
        assert!(!pastille().await);
        monde.le("2024-05-28 09:00:00 +0200");
        monde
            .changer(&monde.camille, async |c| {
                formulaires::modifier(c, DOSSIER, 0, saisies("Autre")).await
            })
            .await
            .unwrap();
        assert!(pastille().await);
        monde.le("2024-05-28 10:00:00 +0200");
        assert!(suivis::a_voir(db, &monde.instructeur, DOSSIER, Nouveaute::Demande).await.unwrap());
        monde
            .changer(&monde.instructeur, async |c| {
                suivis::voir(c, DOSSIER, Nouveaute::Demande, c.maintenant).await
            })
            .await
            .unwrap();
        assert!(!pastille().await);
        assert!(!suivis::a_voir(db, &monde.camille, DOSSIER, Nouveaute::Demande).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn an_account_opened_later_with_the_address_invited_finds_the_dossier() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        inviter(&monde, DOSSIER, "nouvelle@exemple.fr").await.unwrap();
        let jeton = crate::acces::comptes::ouvrir_un_compte(&monde, "nouvelle@exemple.fr").await;
        let nouvelle = sessions::acteur(db, &jeton, monde.maintenant()).await.unwrap();
        assert_eq!(siens(&monde, &nouvelle).await.comptes, [0, 0, 1, 0]);
    })
    .await;
}
