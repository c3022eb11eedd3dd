//! A mail server that takes its time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

pub struct ServeurSmtp {
    /// `smtp://127.0.0.1:port`
    pub url: String,
    recus: Arc<AtomicUsize>,
}

impl ServeurSmtp {
    /// `lenteur`: how long it thinks before it says that it has a mail.
    pub async fn ouvrir(lenteur: Duration) -> Self {
        let ecoute = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", ecoute.local_addr().unwrap());
        let recus = Arc::<AtomicUsize>::default();
        let compte = Arc::clone(&recus);
        tokio::spawn(async move {
            while let Ok((client, _)) = ecoute.accept().await {
                let compte = Arc::clone(&compte);
                tokio::spawn(async move { converser(client, lenteur, &compte).await });
            }
        });
        Self { url, recus }
    }

    /// How many mails it was given.
    pub fn recus(&self) -> usize {
        self.recus.load(Ordering::SeqCst)
    }
}

async fn converser(client: TcpStream, lenteur: Duration, recus: &AtomicUsize) -> Option<()> {
    let (entend, mut dit) = client.into_split();
    let mut lignes = BufReader::new(entend).lines();
    dit.write_all(b"220 essai\r\n").await.ok()?;
    while let Some(ligne) = lignes.next_line().await.ok()? {
        let reponse: &[u8] = match ligne.get(..4).unwrap_or_default() {
            "DATA" => {
                dit.write_all(b"354 go on\r\n").await.ok()?;
                while lignes.next_line().await.ok()?? != "." {}
                recus.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(lenteur).await;
                b"250 taken\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        dit.write_all(reponse).await.ok()?;
    }
    Some(())
}
