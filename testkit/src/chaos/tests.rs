//! Every way in which a line can fail, against a server that echoes.

use super::Chaos;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A server that answers every byte with itself, and says what one client sent in all.
async fn echo() -> (SocketAddr, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let heard = tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        let (mut heard, mut buffer) = (Vec::new(), [0; 64]);
        while let Ok(read @ 1..) = client.read(&mut buffer).await {
            heard.extend_from_slice(&buffer[..read]);
            if client.write_all(&buffer[..read]).await.is_err() {
                break;
            }
        }
        heard
    });
    (address, heard)
}

async fn ask(client: &mut TcpStream, words: &[u8]) -> Vec<u8> {
    client.write_all(words).await.unwrap();
    let mut answer = vec![0; words.len()];
    client.read_exact(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn what_is_held_back_passes_later() {
    let (target, heard) = echo().await;
    let chaos = Chaos::before(target);
    let mut client = TcpStream::connect(chaos.address()).await.unwrap();
    assert_eq!(ask(&mut client, b"one").await, b"one");
    chaos.stall();
    client.write_all(b"two").await.unwrap();
    chaos.resume();
    assert_eq!(ask(&mut client, b"x").await.len(), 1);
    drop(client);
    assert_eq!(heard.await.unwrap(), b"onetwox");
}

#[tokio::test]
async fn what_is_held_back_is_lost_with_the_line() {
    let (target, heard) = echo().await;
    let chaos = Chaos::before(target);
    let mut client = TcpStream::connect(chaos.address()).await.unwrap();
    assert_eq!(ask(&mut client, b"one").await, b"one");
    chaos.stall();
    client.write_all(b"lost").await.unwrap();
    chaos.cut();
    assert_eq!(heard.await.unwrap(), b"one");
}

#[tokio::test]
async fn a_planned_cut_comes_at_its_byte_and_once() {
    let (target, heard) = echo().await;
    let chaos = Chaos::before(target);
    let mut client = TcpStream::connect(chaos.address()).await.unwrap();
    chaos.cut_after(6);
    client.write_all(b"four").await.unwrap();
    let mut answer = Vec::new();
    client.read_to_end(&mut answer).await.unwrap();
    assert_eq!(answer, b"fo");
    assert_eq!(heard.await.unwrap(), b"four");

    let (target, _heard) = echo().await;
    let again = Chaos::before(target);
    let mut client = TcpStream::connect(again.address()).await.unwrap();
    assert_eq!(ask(&mut client, b"hello").await, b"hello");
}

#[tokio::test]
async fn nothing_is_left_when_it_is_dropped() {
    let (target, heard) = echo().await;
    let chaos = Chaos::before(target);
    let mut client = TcpStream::connect(chaos.address()).await.unwrap();
    assert_eq!(ask(&mut client, b"one").await, b"one");
    let address = chaos.address();
    drop(chaos);
    assert_eq!(heard.await.unwrap(), b"one");
    assert_eq!(client.read(&mut [0]).await.unwrap_or(0), 0);
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn with_half_a_line_the_server_hears_and_is_not_heard() {
    let (target, heard) = echo().await;
    let chaos = Chaos::before(target);
    let mut client = TcpStream::connect(chaos.address()).await.unwrap();
    assert_eq!(ask(&mut client, b"one").await, b"one");
    chaos.half();
    client.write_all(b"two").await.unwrap();
    client.shutdown().await.unwrap();
    let mut answer = Vec::new();
    client.read_to_end(&mut answer).await.unwrap();
    assert_eq!(answer, b"");
    assert_eq!(heard.await.unwrap(), b"onetwo");
}

#[tokio::test]
async fn a_black_hole_swallows_and_ends_with_the_weather() {
    let (target, heard) = echo().await;
    let chaos = Chaos::before(target);
    let mut client = TcpStream::connect(chaos.address()).await.unwrap();
    assert_eq!(ask(&mut client, b"one").await, b"one");
    chaos.blackhole();
    client.write_all(b"swallowed").await.unwrap();
    // A connection that lost something cannot go on as if nothing had been.
    chaos.resume();
    assert_eq!(client.read(&mut [0]).await.unwrap_or(0), 0);
    assert_eq!(heard.await.unwrap(), b"one");

    let (target, _heard) = echo().await;
    let again = Chaos::before(target);
    again.blackhole();
    again.resume();
    let mut client = TcpStream::connect(again.address()).await.unwrap();
    assert_eq!(ask(&mut client, b"through").await, b"through");
}

#[tokio::test]
async fn a_line_that_is_down_lets_nobody_through() {
    let (target, heard) = echo().await;
    let chaos = Chaos::before(target);
    let mut client = TcpStream::connect(chaos.address()).await.unwrap();
    assert_eq!(ask(&mut client, b"one").await, b"one");
    chaos.down();
    assert_eq!(heard.await.unwrap(), b"one");
    let mut next = TcpStream::connect(chaos.address()).await.unwrap();
    assert_eq!(next.read(&mut [0]).await.unwrap_or(0), 0);
}

#[tokio::test]
async fn a_reset_is_an_error_and_no_end() {
    let (target, _heard) = echo().await;
    let chaos = Chaos::before(target);
    let mut client = TcpStream::connect(chaos.address()).await.unwrap();
    assert_eq!(ask(&mut client, b"one").await, b"one");
    chaos.reset();
    let failed = client.read(&mut [0]).await.unwrap_err();
    assert_eq!(failed.kind(), std::io::ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn pieces_and_a_slow_line_lose_nothing() {
    let (target, heard) = echo().await;
    let chaos = Chaos::before(target);
    chaos.slice(1);
    chaos.slow(Duration::from_millis(1), 1_000_000);
    let mut client = TcpStream::connect(chaos.address()).await.unwrap();
    let words: Vec<u8> = (0..200).collect();
    assert_eq!(ask(&mut client, &words).await, words);
    drop(client);
    assert_eq!(heard.await.unwrap(), words);
}
