#!/usr/bin/env bash
# lettre's asynchronous transport takes a `timeout`, 60 seconds by default, which its documentation calls that of « smtp
# commands ». It only limits the connection: a server that takes it and then says nothing is waited for without end
# (lettre#1027, open). Given up from outside (`tokio::time::timeout`), the connection goes back to the pool as if nothing was
# under way, and each answer is then taken for that to the next command: a mail that the server refuses counts as sent.
# Seen with lettre 0.11.23 (crates.io): the four lines of « attendu » below. Fails when one of them changes.
# What follows for us: backend/src/courriels/smtp/liaison.rs leads the conversation, with a limit for each step, and throws away
# a connection that was given up.
set -euo pipefail
dossier=$(mktemp -d)
trap 'rm -rf "$dossier"' EXIT
cd "$dossier"
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "essai"
version = "0.1.0"
edition = "2024"
[dependencies]
lettre = { version = "=0.11.23", default-features = false, features = ["builder", "smtp-transport", "pool", "tokio1"] }
tokio = { version = "1", features = ["rt-multi-thread", "macros", "time", "net", "io-util"] }
TOML
cat >src/main.rs <<'RS'
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

/// Thinks long about « tardive », and refuses what is for « indesirable » once it has it.
async fn serveur() -> u16 {
    let ecoute = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = ecoute.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((client, _)) = ecoute.accept().await {
            tokio::spawn(async move {
                let (lit, mut dit) = client.into_split();
                let mut lignes = BufReader::new(lit).lines();
                let _ = dit.write_all(b"220 essai\r\n").await;
                let mut refuse = false;
                while let Ok(Some(ligne)) = lignes.next_line().await {
                    refuse |= ligne.contains("indesirable");
                    let reponse = match ligne.get(..4).unwrap_or_default() {
                        "RCPT" if ligne.contains("tardive") => {
                            sleep(Duration::from_millis(1500)).await;
                            "250 tardive"
                        }
                        "DATA" => {
                            let _ = dit.write_all(b"354 \r\n").await;
                            while let Ok(Some(ligne)) = lignes.next_line().await {
                                if ligne == "." { break }
                            }
                            if refuse { "550 refuse" } else { "250 pris" }
                        }
                        _ => "250 ok",
                    };
                    if dit.write_all(format!("{reponse}\r\n").as_bytes()).await.is_err() { break }
                }
            });
        }
    });
    port
}

fn message(a: &str) -> Message {
    Message::builder()
        .from("rdv@exemple.fr".parse().unwrap())
        .to(format!("{a}@exemple.fr").parse().unwrap())
        .body(String::from("Bonjour"))
        .unwrap()
}

#[tokio::main]
async fn main() {
    let muet = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let vers = |port| {
        AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
            .port(port)
            .timeout(Some(Duration::from_millis(300)))
            .build::<Tokio1Executor>()
    };
    let essai = vers(muet.local_addr().unwrap().port());
    let rendu = timeout(Duration::from_secs(5), essai.test_connection()).await;
    println!("un délai de 0,3 s, un serveur muet : {}", if rendu.is_err() { "rien en 5 s" } else { "rendu" });
    let port = serveur().await;
    let dire = |quand: &str, pris: bool| println!("refusé par le serveur, {quand} : {}", if pris { "« envoyé »" } else { "erreur" });
    dire("connexion neuve", vers(port).send(message("indesirable")).await.is_ok());
    let essai = vers(port);
    let rendu = timeout(Duration::from_millis(600), essai.send(message("tardive"))).await;
    println!("abandonné du dehors : {}", rendu.is_err());
    sleep(Duration::from_millis(100)).await;
    dire("après un abandon", essai.send(message("indesirable")).await.is_ok());
}
RS
cargo run --quiet >obtenu 2>erreurs || { cat erreurs; exit 1; }
cat >attendu <<'FIN'
un délai de 0,3 s, un serveur muet : rien en 5 s
refusé par le serveur, connexion neuve : erreur
abandonné du dehors : true
refusé par le serveur, après un abandon : « envoyé »
FIN
diff attendu obtenu
cat obtenu
