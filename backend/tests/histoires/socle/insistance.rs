//! What was done elsewhere is written, even when the database refuses it for a moment.

use crate::demarches_simplifiees::miroir::Miroir;
use crate::outils::monde::{DOSSIER, Monde, par_smtp, raconter};
use crate::outils::serveur_smtp::ServeurSmtp;
use backend::ouvriers;
use backend::socle::base::Base;
use backend::tables::tache;
use sea_orm::{ConnectionTrait, EntityTrait};
use std::time::Duration;

/// How long the database refuses.
const REFUS: Duration = Duration::from_millis(1_500);

/// Refuses that a row of `table` be changed so, until it is told otherwise.
async fn refuser(base: &Base, table: &str, quand: &str) {
    let db = base.lire();
    let sql = if base.sqlite() {
        format!(
            "CREATE TRIGGER refus BEFORE UPDATE ON {table} WHEN {quand} \
             BEGIN SELECT RAISE(ABORT, 'not now'); END"
        )
    } else {
        format!(
            "CREATE FUNCTION refuser() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'not now'; END $$; \
             CREATE TRIGGER refus BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({quand}) \
             EXECUTE FUNCTION refuser()"
        )
    };
    db.execute_unprepared(&sql).await.unwrap();
}

async fn accepter(base: &Base, table: &str) {
    let sql = if base.sqlite() {
        "DROP TRIGGER refus".to_owned()
    } else {
        format!("DROP TRIGGER refus ON {table}")
    };
    base.lire().execute_unprepared(&sql).await.unwrap();
}

/// What `travail` gives, when the database refuses for a while what `quand` says of a row of `table`.
async fn malgre_un_refus<T>(
    monde: &Monde,
    (table, quand): (&str, &str),
    travail: impl Future<Output = T>,
) -> T {
    let base = &monde.contexte.base;
    refuser(base, table, quand).await;
    let accepter = async {
        tokio::time::sleep(REFUS).await;
        accepter(base, table).await;
    };
    tokio::join!(travail, accepter).0
}

#[tokio::test]
async fn a_round_is_given_back_as_soon_as_the_database_lets_it() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let rendu = ("raccordements", "NEW.pris_jusqu_a IS NULL");
        let ronde = ouvriers::miroirs::tout_synchroniser(&monde.contexte);
        assert_eq!(malgre_un_refus(&monde, rendu, ronde).await.unwrap(), 1);
        let ligne = miroir.ligne(&monde).await;
        assert_eq!(ligne.pris_jusqu_a, None, "held by nobody");
        assert_eq!(ligne.premiere_finie_le, Some(monde.maintenant()));
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_left_is_not_sent_again_because_nobody_could_write_it_down() {
    raconter(async |monde: Monde| {
        let serveur = ServeurSmtp::ouvrir(Duration::ZERO).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        let prevus = tache::Entity::find().all(monde.contexte.base.lire()).await.unwrap();
        let expediteur = par_smtp(&serveur.url);
        let envois = ouvriers::courriels::tout_envoyer(&monde.contexte, &expediteur);
        let faits = malgre_un_refus(&monde, ("taches", "NEW.faite_le IS NOT NULL"), envois).await;
        assert_eq!(faits.unwrap(), prevus.len());
        let partis = serveur.recus();
        assert!(partis > 0);
        // Long after its lease.
        monde.le("2024-05-28 16:44:00 +0200");
        ouvriers::courriels::tout_envoyer(&monde.contexte, &expediteur).await.unwrap();
        assert_eq!(serveur.recus(), partis, "once each");
    })
    .await;
}
