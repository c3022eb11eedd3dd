//! What a mirror costs: 100 000 dossiers of a platform that runs Démarches Simplifiées read for the first time, at the limit
//! that it really has; then a round in which nothing moved; then the list of these dossiers beside the same ones, were they
//! ours. Run by `bin/bench miroir`, which builds the server as in production.

#![expect(clippy::unwrap_used, reason = "a measure that can't be taken fails")]

use backend::liste;
use backend::liste::effectifs;
use backend::socle::base::Base;
use backend::socle::secrets::hasard::Hasard;
use backend::tables::{compte, dossier, groupe, raccordement};
use chrono::{DateTime, Utc};
use domain::ids::DemarcheNumero;
use domain::liste::Filtres;
use domain::role::Acteur;
use epreuves::appels::{self, Agent};
use epreuves::bases::{self, ADMINISTRATEUR};
use epreuves::programmes::{Programme, adresse_libre};
use sandbox::demarches_simplifiees::{DEMARCHE, EmbeddedDs};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Iterable, QueryFilter};
use std::time::{Duration, Instant};

const DOSSIERS: u32 = 100_000;
/// When memory is looked at first.
const PEU: i64 = 10_000;
/// What the platform takes in a minute from one token.
const PAR_MINUTE: u32 = 400;
const MINUTE_MS: u64 = 60_000;
/// How often the progress is looked at.
const REGARD: Duration = Duration::from_millis(200);
/// How many times a list is asked for.
const FOIS: usize = 21;
/// What is added to a number for the copy that is ours.
const ECART: i64 = 500_000_000;

#[tokio::main]
async fn main() {
    let combien = std::env::var("MIROIR_DOSSIERS").ok().map_or(DOSSIERS, |n| n.parse().unwrap());
    let dossier = std::env::temp_dir().join(format!("rdv-miroir-{}", Hasard::systeme().cle()));
    std::fs::create_dir_all(&dossier).unwrap();
    let url = bases::sqlite(&dossier);
    let ds = doublure(combien).await;
    let sandbox = adresse_libre();
    let base = bases::preparer(&url, &format!("http://{sandbox}"), 0, maintenant()).await;
    let site = ds.url.origin().ascii_serialization();
    let reglages = [("SANDBOX_DS_URL", site.as_str())];
    let journal = dossier.join("serveur.log");
    let serveur =
        Programme::serveur_avec(adresse_libre(), &url, &sandbox, &journal, &reglages).await;
    let agent = Agent::entrer(vec![format!("http://{}", serveur.adresse)]).await;
    appels::raccorder(&agent, &site, DEMARCHE, &ds.token()).await;
    premiere(&base, &ds, &serveur, combien).await;
    ronde(&base, &ds).await;
    listes(&base, combien).await;
    drop(serveur);
    std::fs::remove_dir_all(dossier).unwrap();
}

/// The platform, with its limit.
async fn doublure(combien: u32) -> EmbeddedDs {
    let debut = Instant::now();
    let ds = EmbeddedDs::builder().limit(PAR_MINUTE, MINUTE_MS).start().await.unwrap();
    ds.fill(DEMARCHE, combien).unwrap();
    for groupe in &ds.demarche(DEMARCHE).unwrap().groupes {
        ds.add_member(groupe.id, ADMINISTRATEUR).unwrap();
    }
    println!("{combien} dossiers, made in {:.1} s", debut.elapsed().as_secs_f64());
    ds
}

#[expect(clippy::disallowed_methods, reason = "the data of a measure are of the day it is taken")]
fn maintenant() -> DateTime<Utc> {
    Utc::now()
}

async fn raccordement(base: &Base) -> raccordement::Model {
    raccordement::Entity::find().one(base.lire()).await.unwrap().unwrap()
}

async fn premiere(base: &Base, ds: &EmbeddedDs, serveur: &Programme, combien: u32) {
    let debut = Instant::now();
    let mut peu = None;
    let mut lu = raccordement(base).await;
    while lu.premiere_finie_le.is_none() {
        tokio::time::sleep(REGARD).await;
        lu = raccordement(base).await;
        if peu.is_none() && lu.lus >= PEU {
            peu = Some(serveur.octets("VmRSS"));
        }
    }
    let duree = debut.elapsed().as_secs_f64();
    let demandes = ds.requests();
    let fin = serveur.octets("VmRSS");
    let moindre = f64::from(u32::try_from(demandes.total).unwrap()) * 60.0 / f64::from(PAR_MINUTE);
    println!("\nfirst synchronisation");
    println!("  dossiers read                     {:>10} of {combien}", lu.lus);
    println!("  requests                          {:>10}", demandes.total);
    for (operation, fois) in &demandes.operations {
        println!("    {operation:<32}{fois:>10}");
    }
    println!("  answered 429                      {:>10}", demandes.too_many);
    println!("  time                              {duree:>10.1} s");
    println!("  the least that the limit allows   {moindre:>10.1} s");
    println!("  ratio                             {:>10.3}", duree / moindre);
    if let Some(peu) = peu {
        println!("  memory after {PEU} dossiers        {peu:>10.1} MB");
        println!("  memory at the end                 {fin:>10.1} MB");
        println!("  ratio                             {:>10.2}", fin / peu);
    }
    println!("  the most it ever held             {:>10.1} MB", serveur.octets("VmHWM"));
}

/// Two rounds: the first one may have to see what the first synchronisation left for it.
async fn ronde(base: &Base, ds: &EmbeddedDs) {
    for quoi in ["the round after it", "a quiet round"] {
        ds.forget();
        let depuis = maintenant();
        let tx = base.ecrire().await.unwrap();
        raccordement::Entity::update_many()
            .col_expr(raccordement::Column::ProchaineLe, Expr::value(depuis))
            .exec(&tx)
            .await
            .unwrap();
        tx.valider().await.unwrap();
        while raccordement(base).await.synchronise_le.is_none_or(|le| le <= depuis) {
            tokio::time::sleep(REGARD).await;
        }
        println!("\n{quoi}: {} requests {:?}", ds.requests().total, ds.requests().operations);
    }
}

/// The first page of the list, and what people do most with it: of the mirror, and of a copy of it that is ours.
async fn listes(base: &Base, combien: u32) {
    copier(base).await;
    let agent = compte::Entity::find().filter(compte::Column::Email.eq(ADMINISTRATEUR));
    let agent = agent.one(base.lire()).await.unwrap().unwrap();
    let acteur = Acteur::ordinaire(agent.id, agent.email);
    println!("\nlist of {combien} dossiers          mirrored        ours     ratio");
    let cherche = |texte: &str| Filtres { recherche: texte.to_owned(), ..Filtres::default() };
    for (nom, filtres) in [
        ("first page", Filtres::default()),
        ("search, a name", cherche("aubert")),
        ("search, nothing has it", cherche("zzz")),
    ] {
        let mut durees = [Vec::new(), Vec::new()];
        // One after the other, so that what else the machine does weighs on both.
        for _ in 0..FOIS {
            for (rang, demarche) in [DEMARCHE, bases::DEMARCHE].into_iter().enumerate() {
                let debut = Instant::now();
                let numero = DemarcheNumero(demarche);
                let page =
                    liste::lire(base.lire(), &acteur, numero, filtres.clone(), maintenant()).await;
                page.unwrap();
                durees[rang].push(debut.elapsed().as_secs_f64() * 1_000.0);
            }
        }
        let [miroir, nous] = durees.map(mediane);
        println!("  {nom:<24}  {miroir:>10.1} ms {nous:>8.1} ms {:>9.2}", miroir / nous);
    }
}

fn mediane(mut durees: Vec<f64>) -> f64 {
    durees.sort_by(f64::total_cmp);
    durees[durees.len() / 2]
}

/// The same dossiers, in a démarche of ours.
async fn copier(base: &Base) {
    let groupe = groupe::Entity::find()
        .filter(groupe::Column::Demarche.eq(DemarcheNumero(bases::DEMARCHE)))
        .one(base.lire())
        .await
        .unwrap()
        .unwrap()
        .id;
    let colonnes: Vec<String> =
        dossier::Column::iter().map(|colonne| sea_orm::Iden::to_string(&colonne)).collect();
    let valeurs: Vec<String> = colonnes
        .iter()
        .map(|colonne| match colonne.as_str() {
            "numero" => format!("numero + {ECART}"),
            "demarche" => bases::DEMARCHE.to_string(),
            "groupe" => groupe.0.to_string(),
            "origine" => "'ici'".to_owned(),
            autre => autre.to_owned(),
        })
        .collect();
    let (colonnes, valeurs) = (colonnes.join(", "), valeurs.join(", "));
    for requete in [
        format!(
            "INSERT INTO dossiers ({colonnes}) SELECT {valeurs} FROM dossiers WHERE demarche = {DEMARCHE}"
        ),
        format!(
            "INSERT INTO mots_dossiers (mot, dossier) SELECT mot, dossier + {ECART} FROM mots_dossiers \
             WHERE dossier IN (SELECT numero FROM dossiers WHERE demarche = {DEMARCHE})"
        ),
        "ANALYZE".to_owned(),
    ] {
        let tx = base.ecrire().await.unwrap();
        tx.execute_unprepared(&requete).await.unwrap();
        tx.valider().await.unwrap();
    }
    let tx = base.ecrire().await.unwrap();
    effectifs::regrouper(&tx).await.unwrap();
    tx.valider().await.unwrap();
}
