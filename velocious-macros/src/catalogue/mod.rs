//! `locales/*.po`: the messages of the application, and what they are in each language.
//!
//! * [`current`]: those of the application at hand, read once for as long as they do not change; [`tracked`]: lets Cargo
//!   compile anew when they do.
//! * [`Catalogues`], [`Catalogue`]: what stands in them; [`po`]: how that is read; [`plural`]: which form goes with a number.
//! * [`placeholders`]: what is to be filled in.

pub(crate) mod placeholders;
pub(crate) mod plural;
pub(crate) mod po;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use proc_macro2::TokenStream;
use quote::quote;

use self::plural::Rule;
use self::po::Entry;
use crate::folder;

/// Where the folder is if not above the crate, or `off` for an application without catalogues.
const VARIABLE: &str = "VELOCIOUS_LOCALES";

/// The folder, below the application's.
const FOLDER: &str = "locales";

/// Every catalogue of an application.
#[derive(Debug, Default)]
pub(crate) struct Catalogues {
    pub(crate) list: Vec<Catalogue>,
    /// What is wrong in the files, each with file and line.
    pub(crate) mistakes: Vec<String>,
}

/// The messages in one language.
#[derive(Debug)]
pub(crate) struct Catalogue {
    /// As in `pt-BR`.
    pub(crate) locale: String,
    /// `locales/pt_BR.po`, for messages.
    pub(crate) shown: String,
    pub(crate) rule: Rule,
    pub(crate) entries: Vec<Entry>,
}

impl Catalogues {
    /// Adds a file, by its name without the ending.
    pub(crate) fn read(&mut self, name: &str, shown: &str, text: &str) {
        let Some(locale) = locale(name) else {
            return self.mistakes.push(format!(
                "`{shown}` is named after no language: name it as in `de.po` or `pt_BR.po`"
            ));
        };
        if let Some(other) = self.list.iter().find(|known| known.locale == locale) {
            let both = format!("`{shown}` and `{}` are the same language", other.shown);
            return self.mistakes.push(format!("{both}; keep one of them"));
        }
        let (catalogue, mistakes) = po::parse(text);
        for (line, reason) in mistakes {
            self.mistakes.push(format!("{shown}:{line}: {reason}"));
        }
        self.list.push(Catalogue {
            locale,
            shown: shown.to_owned(),
            rule: catalogue.rule,
            entries: catalogue.entries,
        });
    }

    /// What each catalogue has of a message, those without it left out.
    pub(crate) fn of<'a>(
        &'a self,
        context: Option<&'a str>,
        id: &'a str,
    ) -> impl Iterator<Item = (&'a Catalogue, &'a Entry)> {
        let found = move |catalogue: &'a Catalogue| Some((catalogue, catalogue.find(context, id)?));
        self.list.iter().filter_map(found)
    }

    /// Every message that one of them has in this context.
    pub(crate) fn ids(&self, context: Option<&str>) -> BTreeSet<&str> {
        let entries = self.list.iter().flat_map(|catalogue| &catalogue.entries);
        let entries = entries.filter(|entry| entry.context.as_deref() == context);
        entries.map(|entry| entry.id.as_str()).collect()
    }

    /// The contexts in which one of them has this message.
    pub(crate) fn contexts_of(&self, id: &str) -> BTreeSet<Option<&str>> {
        let entries = self.list.iter().flat_map(|catalogue| &catalogue.entries);
        let entries = entries.filter(|entry| entry.id == id);
        entries.map(|entry| entry.context.as_deref()).collect()
    }
}

impl Catalogue {
    pub(crate) fn find(&self, context: Option<&str>, id: &str) -> Option<&Entry> {
        let mut entries = self.entries.iter();
        entries.find(|entry| entry.context.as_deref() == context && entry.id == id)
    }
}

/// The language that a file of this name is in.
fn locale(name: &str) -> Option<String> {
    let mut parts = name.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    let is_language =
        (2..=3).contains(&language.len()) && language.bytes().all(|it| it.is_ascii_alphabetic());
    let is_part = |part: &str| {
        (2..=8).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_alphanumeric())
    };
    (is_language && parts.all(is_part)).then(|| name.replace('_', "-"))
}

/// A file, and when it was changed last.
type Version = (PathBuf, Option<SystemTime>);

/// The catalogues of the crate being compiled; none while there are no files.
pub(crate) fn current() -> Option<Arc<Catalogues>> {
    let files = files();
    if files.is_empty() {
        return None;
    }
    static LAST: Mutex<Option<(Vec<Version>, Arc<Catalogues>)>> = Mutex::new(None);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    // An editor keeps this process for days, so the files are looked at again.
    if let Some((then, catalogues)) = &*last
        && *then == files
    {
        return Some(catalogues.clone());
    }
    let mut catalogues = Catalogues::default();
    for (path, _) in &files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let shown = format!("{FOLDER}/{name}.po");
        match fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => catalogues.read(&name, &shown, &text),
            Ok(Err(_)) => catalogues
                .mistakes
                .push(format!("`{shown}` is not UTF-8; save it as that")),
            Err(error) => catalogues
                .mistakes
                .push(format!("`{shown}` cannot be read: {error}")),
        }
    }
    let catalogues = Arc::new(catalogues);
    *last = Some((files, catalogues.clone()));
    Some(catalogues)
}

/// The `.po` files, in the order of their names.
fn files() -> Vec<Version> {
    let folder = match env::var(VARIABLE) {
        Ok(off) if off == "off" => None,
        Ok(path) if !path.is_empty() => Some(PathBuf::from(path)),
        _ => folder::find(FOLDER, Path::is_dir),
    };
    let entries = folder.and_then(|folder| fs::read_dir(folder).ok());
    let paths = entries.into_iter().flatten().flatten();
    let paths = paths.map(|entry| entry.path());
    let mut files: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "po"))
        .map(|path| {
            let changed = fs::metadata(&path).and_then(|file| file.modified()).ok();
            (path, changed)
        })
        .collect();
    files.sort();
    files
}

/// Lets Cargo compile the crate anew when a catalogue changes or goes, or another folder counts. Once in each crate is
/// enough.
// Expands to: const _: (&[&[u8]], Option<&str>) = (&[include_bytes!("…/locales/de.po")], option_env!("VELOCIOUS_LOCALES"));
pub(crate) fn tracked() -> Option<TokenStream> {
    static IS_TRACKED: AtomicBool = AtomicBool::new(false);
    let files = files();
    let counts = !files.is_empty() || env::var_os(VARIABLE).is_some();
    if !counts || IS_TRACKED.swap(true, Ordering::Relaxed) {
        return None;
    }
    let paths = files.iter().filter_map(|(path, _)| path.to_str());
    Some(quote! {
        const _: (&[&[u8]], ::core::option::Option<&str>) =
            (&[#(::core::include_bytes!(#paths)),*], ::core::option_env!(#VARIABLE));
    })
}

/// The mistakes in the files. Once in each crate is enough.
pub(crate) fn mistakes(catalogues: &Catalogues) -> &[String] {
    static ARE_TOLD: AtomicBool = AtomicBool::new(false);
    let is_first = !catalogues.mistakes.is_empty() && !ARE_TOLD.swap(true, Ordering::Relaxed);
    if is_first { &catalogues.mistakes } else { &[] }
}
