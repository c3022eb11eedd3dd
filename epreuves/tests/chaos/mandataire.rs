//! What stands before the servers: connections go to each in turn, or to one that answers.

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};

/// Relays, for ever.
pub async fn relayer(adresse: String, serveurs: Vec<String>) {
    let ecoute = TcpListener::bind(adresse).await.unwrap();
    for tour in 0.. {
        let (mut client, _) = ecoute.accept().await.unwrap();
        let mut ordre = serveurs.clone();
        ordre.rotate_left(tour % serveurs.len());
        tokio::spawn(async move {
            for serveur in ordre {
                if let Ok(mut serveur) = TcpStream::connect(serveur).await {
                    // Cut when the server dies: the platform sees it, and tries again.
                    let _ = copy_bidirectional(&mut client, &mut serveur).await;
                    return;
                }
            }
        });
    }
}
