//! A way to the server that lets questions through and no socket: what is asked below `/socket` waits
//! for ever, as behind a proxy that knows no WebSockets.

use std::net::SocketAddr;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// The beginning of what a browser sends that wants a socket.
const WANTED: &[u8] = b"GET /socket";

/// The proxy. It ends, with every connection through it, when it is dropped.
#[derive(Debug)]
pub(crate) struct Door {
    pub(crate) address: SocketAddr,
    held: watch::Receiver<u64>,
    task: JoinHandle<()>,
}

impl Door {
    pub(crate) async fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (count, held) = watch::channel(0);
        Self {
            address: listener.local_addr().unwrap(),
            held,
            task: tokio::spawn(async move {
                let mut carried = JoinSet::new();
                loop {
                    let (client, _) = listener.accept().await.unwrap();
                    carried.spawn(carry(client, server, count.clone()));
                }
            }),
        }
    }

    /// Waits until somebody waits for a socket.
    pub(crate) async fn is_knocked_at(&mut self) {
        self.held.wait_for(|count| *count > 0).await.unwrap();
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A browser opens a connection of its own for each socket, so the first words say what it is for.
async fn carry(mut client: TcpStream, server: SocketAddr, held: watch::Sender<u64>) {
    let mut first = [0; WANTED.len()];
    loop {
        let Ok(seen) = client.peek(&mut first).await else {
            return;
        };
        if seen == 0 {
            return;
        }
        if !WANTED.starts_with(&first[..seen]) {
            break;
        }
        if seen == WANTED.len() {
            held.send_modify(|count| *count += 1);
            // It ends with the browser or with the door.
            std::future::pending::<()>().await;
        }
        tokio::task::yield_now().await;
    }
    let Ok(mut target) = TcpStream::connect(server).await else {
        return;
    };
    // Either side may end in the middle, which is its own business.
    let _carried = copy_bidirectional(&mut client, &mut target).await;
}
