//! Carries the bytes of each connection through the weather of the line.

use super::{Flow, Line, Manner, Weather};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Which way bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    ToServer,
    ToClient,
}

impl Way {
    /// Whether the weather swallows what goes this way.
    fn is_swallowed(self, flow: Flow) -> bool {
        match flow {
            Flow::Open | Flow::Stalled | Flow::Down => false,
            Flow::Half => self == Self::ToClient,
            Flow::Blackhole => true,
        }
    }
}

/// Carries every connection, and ends them all when it is aborted.
pub(super) async fn accept(listener: TcpListener, target: SocketAddr, line: Arc<Line>) {
    let mut carried = JoinSet::new();
    loop {
        let (client, _) = listener.accept().await.unwrap();
        carried.spawn(carry(client, target, Arc::clone(&line)));
        while carried.try_join_next().is_some() {}
    }
}

async fn carry(mut client: TcpStream, target: SocketAddr, line: Arc<Line>) {
    let mut cuts = line.cuts.subscribe();
    if line.weather.borrow().flow == Flow::Down {
        return;
    }
    // Without a server the client's connection ends, as it would without the proxy.
    let Ok(mut server) = TcpStream::connect(target).await else {
        return;
    };
    for stream in [&client, &server] {
        stream.set_nodelay(true).unwrap();
    }
    let is_cut = {
        let (from_client, to_client) = client.split();
        let (from_server, to_server) = server.split();
        let there = pump(from_client, to_server, Way::ToServer, &line);
        let back = pump(from_server, to_client, Way::ToClient, &line);
        tokio::select! {
            _ = cuts.changed() => true,
            _ = async { tokio::join!(there, back) } => false,
        }
    };
    if is_cut && cuts.borrow().manner == Manner::Reset {
        for stream in [&client, &server] {
            stream.set_zero_linger().unwrap();
        }
    }
}

/// Passes bytes on until one side is done.
async fn pump(mut from: ReadHalf<'_>, mut to: WriteHalf<'_>, way: Way, line: &Line) {
    let mut weather = line.weather.subscribe();
    let mut buffer = [0; 4096];
    // A side that fails has ended, like one that says so.
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        let flows = |weather: &Weather| weather.flow != Flow::Stalled;
        let now = match weather.wait_for(flows).await {
            Ok(weather) => *weather,
            Err(_) => return,
        };
        if way.is_swallowed(now.flow) {
            continue;
        }
        let allowed = line.allow(read);
        if pass(&mut to, &buffer[..allowed], now).await.is_err() {
            return;
        }
        if allowed < read {
            return line.cut(Manner::End);
        }
    }
    // The other direction may still have something to say.
    drop(to.shutdown().await);
}

/// Passes some bytes on as the weather has it.
async fn pass(to: &mut WriteHalf<'_>, bytes: &[u8], weather: Weather) -> std::io::Result<()> {
    let size = weather.pieces.unwrap_or(usize::MAX).max(1);
    for piece in bytes.chunks(size) {
        let time = weather.latency + weather.time_for(piece.len());
        if !time.is_zero() {
            sleep(time).await;
        }
        to.write_all(piece).await?;
    }
    Ok(())
}

impl Weather {
    /// How long so many bytes take on a line of this speed.
    fn time_for(&self, bytes: usize) -> Duration {
        let speed = self.bytes_per_second.map_or(f64::INFINITY, f64::from);
        Duration::from_secs_f64(bytes as f64 / speed)
    }
}
