//! The text of `velocious --help`. Written here, because clap does not show subcommands in groups.

use super::list::COMMANDS;

/// The commands in their groups, and the field types.
pub(super) fn text() -> String {
    let mut text = format!(
        "velocious {}: applications of the Velocious web framework\n\nUsage: velocious COMMAND [ARGUMENT]…\n",
        env!("CARGO_PKG_VERSION")
    );
    let mut group = "";
    for entry in COMMANDS {
        if entry.group != group {
            group = entry.group;
            text.push_str(&format!("\n{group}\n"));
        }
        let usage = format!("{} {}", entry.short, entry.arguments);
        text.push_str(&format!("  {usage:<36}{}\n", entry.about));
    }
    text.push_str(&format!("\n{FIELDS}\n"));
    text.push_str("\n`velocious help COMMAND` says more; `generate:` and `destroy:` are the long names of `g:` and `d:`.\n");
    text
}

/// What a field may look like; also at the end of the help of the commands that take fields.
pub(super) const FIELDS: &str = "\
Fields
  title:string            a type is one of string, text, integer, bigint, double (or float), boolean,
                          date, datetime, binary, references (or belongs_to)
  title                   without a type: a string
  author:references       the column author_id, with a foreign key, and the relation author; a model
                          that does not exist yet is generated along with it, as Author name:string
  due_on:date?            may be NULL, and is an Option in the struct (also due_on:date:optional)
  email:string:unique     with a unique index; `index` makes an ordinary one
Without `?` a column is NOT NULL; a string must then also be filled in, and a boolean starts as false.";
