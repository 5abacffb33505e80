//! What was acknowledged is on the disk.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use velocious_tests::{HttpClient, ServerOptions, TemporaryFolder, eventually};

/// Writes until the server is gone; returns the keys that were acknowledged.
fn write_until_it_is_gone(
    client: HttpClient,
    stop: Arc<AtomicBool>,
    count: Arc<AtomicUsize>,
) -> Vec<i64> {
    let mut acknowledged = Vec::new();
    let headers = [
        ("Accept", "application/json"),
        ("Content-Type", "application/json"),
    ];
    while !stop.load(Ordering::Relaxed) {
        let body = format!(
            "{{\"task\": {{\"name\": \"Number {}\", \"project_id\": 1}}}}",
            acknowledged.len()
        );
        match client.try_send("POST", "/tasks", &headers, &body) {
            Ok(answer) if answer.status == 201 => {
                acknowledged.extend(answer.json()["id"].as_i64());
                count.fetch_add(1, Ordering::Relaxed);
            }
            Ok(answer) => panic!("{}: {}", answer.status, answer.body),
            Err(_) => break,
        }
    }
    acknowledged
}

#[test]
fn killing_the_server_while_it_writes_loses_no_acknowledged_row() {
    let mut folder = TemporaryFolder::new("killed");
    let mut acknowledged = BTreeSet::new();
    for round in 0..3 {
        let server = ServerOptions::default().start_in(folder);
        server.client.sign_up();
        let stop = Arc::new(AtomicBool::new(false));
        let count = Arc::new(AtomicUsize::new(0));
        let writers: Vec<_> = (0..4)
            .map(|_| {
                let (client, stop) = (server.client.clone(), Arc::clone(&stop));
                let count = Arc::clone(&count);
                std::thread::spawn(move || write_until_it_is_gone(client, stop, count))
            })
            .collect();
        eventually("rows are acknowledged", || {
            (count.load(Ordering::Relaxed) > 10 + 7 * round).then_some(())
        });
        folder = server.kill();
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            acknowledged.extend(writer.join().expect("a writer does not panic"));
        }
    }
    assert!(
        acknowledged.len() > 20,
        "only {} were written",
        acknowledged.len()
    );

    let server = ServerOptions::default().start_in(folder);
    let mut stored = BTreeSet::new();
    for page in 1.. {
        let list = server
            .client
            .get_json(&format!("/tasks?page={page}"))
            .json();
        let list = list.as_array().expect("a list");
        if list.is_empty() {
            break;
        }
        stored.extend(list.iter().filter_map(|task| task["id"].as_i64()));
    }
    let lost: Vec<_> = acknowledged.difference(&stored).collect();
    assert!(lost.is_empty(), "acknowledged and gone: {lost:?}");
}
