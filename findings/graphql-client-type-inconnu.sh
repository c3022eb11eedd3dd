#!/usr/bin/env bash
# GraphQL lets a server add a type to an interface without a new version: a query that selects nothing of it still gets a
# valid answer, in which `__typename` says a name that the client does not know. graphql_client, which generates the types
# of a query, then reads none of the answer, not even what has nothing to do with it: its enums of possible types have no
# other variant unless `fragments_other_variant` is given, and given as the text "true": the literal true is taken without a
# word and changes nothing. Enums of the schema always have one (`Other`), which makes one think that interfaces do.
# Seen with graphql_client 0.16.0 (crates.io): the five lines of « attendu » below. Fails when one of them changes.
# What follows for us: the client of Démarches Simplifiées reads with serde, and a demandeur of an unknown kind is a demandeur.
set -euo pipefail
dossier=$(mktemp -d)
trap 'rm -rf "$dossier"' EXIT
cd "$dossier"
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "essai"
version = "0.1.0"
edition = "2021"
[dependencies]
graphql_client = { version = "=0.16.0", default-features = false, features = ["graphql_query_derive"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
TOML
cat >schema.graphql <<'GQL'
schema { query: Query }
type Query { abonne(numero: Int!): Abonne }
enum Etat { actif suspendu }
type Abonne { numero: Int!, etat: Etat!, titulaire: Titulaire! }
interface Titulaire { id: ID! }
type Particulier implements Titulaire { id: ID!, nom: String! }
type Association implements Titulaire { id: ID!, objet: String! }
GQL
cat >requete.graphql <<'GQL'
query LireAbonne($numero: Int!) {
  abonne(numero: $numero) {
    numero
    etat
    titulaire { __typename id ... on Particulier { nom } }
  }
}
GQL
ecrire() { # ecrire ATTRIBUT
  cat >src/main.rs <<RS
use graphql_client::{GraphQLQuery, Response};

#[derive(GraphQLQuery)]
#[graphql(schema_path = "schema.graphql", query_path = "requete.graphql", response_derives = "Debug"$1)]
pub struct LireAbonne;

fn lire(quoi: &str, titulaire: &str, etat: &str) {
    let recu = format!(r#"{{"data":{{"abonne":{{"numero":7,"etat":"{etat}","titulaire":{{"__typename":"{titulaire}","id":"T-1","nom":"Vidal"}}}}}}}}"#);
    let lu = serde_json::from_str::<Response<lire_abonne::ResponseData>>(&recu);
    let numero = lu.ok().and_then(|r| r.data).and_then(|d| d.abonne).map(|a| a.numero);
    println!("{quoi}: {numero:?}");
}

fn main() {
    lire("type connu", "Particulier", "actif");
    lire("type inconnu", "Collectivite", "actif");
    lire("mot inconnu", "Particulier", "archive");
}
RS
}
{
  ecrire ''
  cargo run --quiet 2>/dev/null
  ecrire ', fragments_other_variant = "true"'
  cargo run --quiet 2>/dev/null | sed -n 's/^type inconnu/type inconnu, demandé/p'
  ecrire ', fragments_other_variant = true'
  cargo run --quiet 2>/dev/null | sed -n 's/^type inconnu/type inconnu, demandé sans guillemets/p'
} >obtenu
cat >attendu <<'TXT'
type connu: Some(7)
type inconnu: None
mot inconnu: Some(7)
type inconnu, demandé: Some(7)
type inconnu, demandé sans guillemets: None
TXT
diff attendu obtenu
cat obtenu
