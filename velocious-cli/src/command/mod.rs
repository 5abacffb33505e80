//! The commands by name: finding the one that was meant, and running it.
//!
//! * [`list`]: every command, in the groups that `velocious --help` shows.
//! * [`arguments`]: what follows a command's name, by clap.
//! * [`help`]: the text of `velocious --help`.

mod arguments;
mod help;
mod list;

use std::{env, ffi::OsString, path::PathBuf};

use velocious_naming::nearest;

use crate::{
    application::Application,
    destroy,
    failure::{Failure, Outcome},
    generate, init, launch, secret, test,
};
use arguments::Parsed;
use list::{Action, COMMANDS, Entry};

/// Runs the command that `words`, the arguments of this process, ask for.
///
/// # Errors
/// The command is unknown (exit code 2) or failed.
pub(crate) fn run(words: Vec<OsString>) -> Outcome {
    let words = joined(words);
    let Some((first, rest)) = words.split_first() else {
        print!("{}", help::text());
        return Ok(());
    };
    match first.to_string_lossy().as_ref() {
        "help" | "--help" | "-h" => explain(rest),
        "--version" | "-V" | "version" => {
            println!("velocious {}", env!("CARGO_PKG_VERSION"));
            Ok(())
        }
        word => execute(find(word)?, &words, rest),
    }
}

/// `g scaffold …` as `g:scaffold …`, for fingers that learned it elsewhere.
fn joined(mut words: Vec<OsString>) -> Vec<OsString> {
    if let [first, second, ..] = words.as_slice()
        && let (Some(first), Some(second)) = (first.to_str(), second.to_str())
    {
        let name = format!("{first}:{second}");
        if find(first).is_err() && find(&name).is_ok() {
            words.splice(..2, [OsString::from(name)]);
        }
    }
    words
}

/// The command called `word`, in its long or its short spelling.
fn find(word: &str) -> Outcome<&'static Entry> {
    let long = expanded(word);
    COMMANDS
        .iter()
        .find(|entry| entry.name == long || entry.aliases.contains(&long.as_str()))
        .ok_or_else(|| {
            let names = || COMMANDS.iter().map(|entry| entry.name);
            let meant = nearest(&long, names())
                .and_then(|meant| COMMANDS.iter().find(|entry| entry.name == meant));
            let cure = match meant {
                Some(meant) => format!("; did you mean `{}`?", meant.short),
                None => String::new(),
            };
            let known: Vec<String> = COMMANDS
                .iter()
                .map(|entry| format!("  {}", entry.short))
                .collect();
            Failure::usage(format!(
                "there is no command `{word}`{cure}\nThe commands are\n{}",
                known.join("\n")
            ))
        })
}

/// `generate:model` for `g:model`: a segment `d`, `g` or `s` stands for `destroy`, `generate` or `server`.
fn expanded(word: &str) -> String {
    let segments = word.split(':').map(|segment| match segment {
        "d" => "destroy",
        "g" => "generate",
        "s" => "server",
        other => other,
    });
    segments.collect::<Vec<_>>().join(":")
}

/// `velocious help`, `velocious help g:model`.
fn explain(rest: &[OsString]) -> Outcome {
    let Some(word) = rest.first() else {
        print!("{}", help::text());
        return Ok(());
    };
    let entry = find(&word.to_string_lossy())?;
    print!("{}", arguments::help(entry));
    Ok(())
}

/// `words` are the command's name and `rest`, what follows it.
fn execute(entry: &Entry, words: &[OsString], rest: &[OsString]) -> Outcome {
    if let Action::Application = entry.action {
        return pass_on(entry, rest);
    }
    let Some(parsed) = arguments::parse(entry, rest)? else {
        return Ok(());
    };
    if let Parsed::Secret = parsed {
        println!("{}", secret::generate()?);
        return Ok(());
    }
    let here = current_folder()?;
    match (&entry.action, parsed) {
        (Action::Generate(generator), Parsed::Generate { name, words: more }) => {
            let application = Application::around(&here)?;
            let command = written(words);
            report(generate::run(
                &application,
                *generator,
                &name,
                &more,
                &command,
            )?);
        }
        (Action::Destroy(generator), Parsed::Destroy { name, changed }) => {
            let application = Application::around(&here)?;
            report(destroy::run(&application, *generator, &name, changed)?);
        }
        (_, Parsed::Test(asked)) => test::run(&Application::around(&here)?, asked)?,
        (_, Parsed::Init { name, checkout }) => {
            report(init::run(&here, name.as_deref(), checkout.as_deref())?)
        }
        // Each action parses into its own variant.
        _ => {}
    }
    Ok(())
}

/// Hands a command to the application's own binary; outside one, `--help` is answered here.
fn pass_on(entry: &Entry, rest: &[OsString]) -> Outcome {
    match Application::around(&current_folder()?) {
        Ok(application) => {
            let words: Vec<OsString> = [OsString::from(entry.name)]
                .into_iter()
                .chain(rest.iter().cloned())
                .collect();
            launch::run(&application, &words)
        }
        Err(_) if rest.iter().any(|word| word == "--help" || word == "-h") => {
            print!("{}", arguments::help(entry));
            Ok(())
        }
        Err(failure) => Err(failure),
    }
}

fn current_folder() -> Outcome<PathBuf> {
    env::current_dir()
        .map_err(|error| Failure::new(format!("cannot tell the current folder: {error}")))
}

/// The command line as the user could type it again.
fn written(words: &[OsString]) -> String {
    let words = words.iter().map(|word| word.to_string_lossy());
    let words: Vec<String> = std::iter::once("velocious".into())
        .chain(words.map(|word| word.into_owned()))
        .collect();
    words.join(" ")
}

fn report(lines: Vec<String>) {
    for line in lines {
        println!("{line}");
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::{expanded, find, joined};

    #[test]
    fn short_segments_stand_for_long_ones() {
        assert_eq!(expanded("g:model"), "generate:model");
        assert_eq!(expanded("d:scaffold"), "destroy:scaffold");
        assert_eq!(expanded("s"), "server");
        assert_eq!(expanded("db:migrate"), "db:migrate");
        assert!(find("g:model").is_ok() && find("generate:model").is_ok() && find("s").is_ok());
    }

    #[test]
    fn unknown_commands_are_answered_with_the_nearest_and_all() {
        for (word, meant) in [
            ("g:modle", "did you mean `g:model`?"),
            ("generate:scafold", "did you mean `g:scaffold`?"),
            ("db:migate", "did you mean `db:migrate`?"),
            ("severs", "did you mean `server`?"),
        ] {
            let message = find(word).expect_err(word).message().to_owned();
            assert!(
                message.contains(meant),
                "`{message}` should contain `{meant}`"
            );
            assert!(
                message.contains("\n  init") && message.contains("\n  db:status"),
                "{message}"
            );
        }
        assert!(
            !find("frobnicate")
                .expect_err("unknown")
                .message()
                .contains("did you mean")
        );
    }

    #[test]
    fn a_space_does_for_a_colon_where_it_makes_a_command() {
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(joined(words("g model Post")), words("g:model Post"));
        assert_eq!(joined(words("db migrate")), words("db:migrate"));
        assert_eq!(joined(words("init model")), words("init model"));
        assert_eq!(joined(words("what model")), words("what model"));
    }
}
