//! Files that users have sent. They are kept in a folder that no address leads to, under names that nobody can choose.

use std::path::PathBuf;

use velocious::prelude::*;
use velocious::{App, Upload};

/// How long a picture may be, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// Where the files are: in the folder `storage` of the application, or in the one that `EXAMPLE_STORAGE` names.
pub fn folder(app: &App) -> PathBuf {
    match std::env::var_os("EXAMPLE_STORAGE") {
        Some(folder) => PathBuf::from(folder),
        None => app.root().join("storage"),
    }
}

/// Keeps a user's picture and returns its name, or what is wrong with it.
///
/// # Errors
/// When the file cannot be written.
pub async fn store_picture(
    app: &App,
    upload: &Upload,
    user: i64,
) -> Result<Result<String, &'static str>> {
    if upload.size() > LARGEST {
        return Ok(Err("is too large (maximum is 1 MiB)"));
    }
    let Some(ending) = picture_ending(&upload.bytes().await?) else {
        return Ok(Err("has to be a PNG, JPEG or WebP"));
    };
    let time = Utc::now().timestamp_micros();
    let name = format!("picture-{user}-{time}.{ending}");
    upload.save_to(folder(app).join(&name)).await?;
    Ok(Ok(name))
}

/// Removes a file, if there is one.
pub fn remove(app: &App, name: Option<&str>) {
    if let Some(name) = name {
        // One that has gone already is what was wanted.
        let _ = std::fs::remove_file(folder(app).join(name));
    }
}

/// The ending for a picture that browsers can show, by how it begins: what the sender says it is proves nothing.
fn picture_ending(content: &[u8]) -> Option<&'static str> {
    match content {
        [0x89, b'P', b'N', b'G', ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpg"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("webp"),
        _ => None,
    }
}
