//! Files that go along with a reply, over a line that fails at the worst moment.

use super::{Server, answer, open};
use crate::bed::Bed;
use crate::window::{Window, wait_until};
use std::fs;

#[test]
fn a_file_attached_offline_goes_once_as_it_was_however_often_the_program_dies() {
    let bed = Bed::behind_a_line();
    let server = Server::of(&bed);
    let carla = server.customer("Carla Calm");
    let path = bed.home.path().join("price list.txt");
    fs::write(&path, "as it was").unwrap();
    let mut window = open(bed.home.path());
    window.wait_for("Carla Calm");
    bed.line().down();
    window.wait_for("offline");
    answer(&mut window, &carla, "Here it is");
    // Dropped on the window, as a terminal writes it.
    window.paste(&format!("'{}' ", path.display()));
    window.wait_for("attach price list.txt");
    window.send("\r");
    window.wait_for("text/plain, 9 B");
    fs::write(&path, "something else").unwrap();
    window.kill();

    // Text and file are here again, and the file of now is not asked for.
    let mut window = Window::open(bed.home.path(), &[], 120, 35);
    window.find("Carla Calm");
    window.send("r");
    window.wait_for("Here it is");
    window.wait_for("price list.txt");
    fs::remove_file(&path).unwrap();
    window.send_text();
    window.wait_for("queued");
    window.kill();

    let mut window = Window::open(bed.home.path(), &[], 120, 35);
    window.wait_for("queued");
    bed.line().resume();
    server.wait_written(&carla, &["Here it is"]);
    window.wait_gone("queued");
    window.find("Carla Calm");
    window.wait_for("price-list.txt");
    window.leave();
    assert_eq!(server.written(&carla), ["Here it is"]);
    let conversation = server.conversation(&carla);
    let messages = conversation["messages"].as_array().unwrap();
    let with_files = messages.iter().filter_map(|it| {
        let files = it["attachments"].as_array()?;
        files.first().map(|file| (files.len(), file))
    });
    let [(1, file)] = with_files.collect::<Vec<_>>()[..] else {
        panic!("{messages:?}");
    };
    assert_eq!(file["filename"], "price-list.txt");
    let url = file["file_url"].as_str().unwrap().to_owned();
    let bytes = bed.block_on(async {
        let answer = server.desk.http.get(url).send().await.unwrap();
        answer.bytes().await.unwrap()
    });
    assert_eq!(&bytes[..], b"as it was");
    wait_until(|| "the copy to go".to_owned(), || copies(&bed).is_empty());
}

/// The copies of files that the program keeps.
fn copies(bed: &Bed) -> Vec<String> {
    let desks = fs::read_dir(bed.home.path().join("desks")).unwrap();
    let folders = desks.map(|desk| desk.unwrap().path().join("files"));
    let files = folders.filter_map(|folder| fs::read_dir(folder).ok());
    let names = files.flatten().map(|file| file.unwrap().file_name());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}
