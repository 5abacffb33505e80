//! A `.po` file: what a message is called, and what it is in the language of the file.
//!
//! * [`parse`]: reads a file, whatever stands in it; [`Entry`]: a message.

use std::collections::{BTreeMap, HashMap};

use super::placeholders::placeholders;
use super::plural::Rule;

/// What stands in a file.
#[derive(Debug, Default)]
pub(crate) struct Po {
    pub(crate) rule: Rule,
    pub(crate) entries: Vec<Entry>,
}

/// A message.
#[derive(Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) context: Option<String>,
    pub(crate) id: String,
    pub(crate) plural: Option<String>,
    /// One, or one for each form of the language; none while it is not translated.
    pub(crate) forms: Vec<String>,
}

/// What is wrong, and in which line.
pub(crate) type Mistakes = Vec<(usize, String)>;

/// Reads a file; what is wrong in it is left out.
pub(crate) fn parse(text: &str) -> (Po, Mistakes) {
    let mut reader = Reader::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (index, line) in text.lines().enumerate() {
        if let Err(reason) = reader.line(line.trim(), index + 1) {
            reader.mistakes.push((index + 1, reason));
        }
    }
    reader.end();
    reader.checked()
}

/// A message as far as it has been read.
#[derive(Default)]
struct Draft {
    line: usize,
    is_fuzzy: bool,
    /// Whether something of it could not be read.
    is_broken: bool,
    context: Option<String>,
    id: Option<String>,
    plural: Option<String>,
    /// By the number of the form; the one of a message that is not counted is 0.
    texts: BTreeMap<usize, String>,
    last: Part,
}

/// Which text the next line goes on with.
#[derive(Clone, Copy, Default, PartialEq)]
enum Part {
    #[default]
    Nothing,
    Context,
    Id,
    Plural,
    Text(usize),
}

#[derive(Default)]
struct Reader {
    draft: Draft,
    done: Vec<Draft>,
    mistakes: Mistakes,
}

impl Reader {
    fn line(&mut self, line: &str, number: usize) -> Result<(), String> {
        if line.is_empty() {
            return Ok(());
        }
        if let Some(comment) = line.strip_prefix('#') {
            if !self.draft.texts.is_empty() {
                self.end();
            }
            if let Some(flags) = comment.strip_prefix(',') {
                self.draft.is_fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
            }
            return Ok(());
        }
        if line.starts_with('"') {
            let text = unquoted(line).inspect_err(|_| self.draft.is_broken = true)?;
            let Some(last) = self.draft.text_mut() else {
                return Err(
                    "a text that belongs to nothing; write `msgid` or `msgstr` before it".into(),
                );
            };
            last.push_str(&text);
            return Ok(());
        }
        let end = line.find([' ', '\t', '"']).unwrap_or(line.len());
        let (word, rest) = line.split_at(end);
        let part = part(word)?;
        let text = unquoted(rest.trim_start());
        self.begin(part, number, word)?;
        // Nothing more is said of a message with a text that is wrong.
        self.draft.is_broken |= text.is_err();
        self.draft.set(part, text.clone().unwrap_or_default());
        text.map(drop)
    }

    /// Checks that a part can stand there, after the parts before it.
    fn begin(&mut self, part: Part, line: usize, word: &str) -> Result<(), String> {
        let starts = match part {
            Part::Context => true,
            Part::Id => self.draft.id.is_some(),
            _ => false,
        };
        if starts && (self.draft.id.is_some() || self.draft.context.is_some()) {
            self.end();
        }
        let draft = &mut self.draft;
        if matches!(part, Part::Context | Part::Id) && draft.line == 0 {
            draft.line = line;
        }
        match part {
            Part::Context | Part::Id | Part::Nothing => Ok(()),
            _ if draft.id.is_none() => Err(format!("`{word}` without a `msgid` before it")),
            Part::Plural if !draft.texts.is_empty() => {
                Err("`msgid_plural` stands before the first `msgstr`".into())
            }
            Part::Plural if draft.plural.is_some() => {
                Err("there is a `msgid_plural` already".into())
            }
            Part::Text(_) if draft.plural.is_some() != word.contains('[') => {
                match draft.plural.is_some() {
                    true => {
                        Err("a counted message has its forms as `msgstr[0]`, `msgstr[1]`, …".into())
                    }
                    false => Err(format!(
                        "`{word}` is for messages with a `msgid_plural`; write `msgstr`"
                    )),
                }
            }
            Part::Text(form) if draft.texts.contains_key(&form) => Err(format!(
                "there is a `{word}` already; a message begins with `msgid`"
            )),
            _ => Ok(()),
        }
    }

    /// Ends the message that is being read.
    fn end(&mut self) {
        let draft = std::mem::take(&mut self.draft);
        if draft.is_broken {
            return;
        }
        if draft.id.is_none() {
            if draft.context.is_some() {
                let reason = "`msgctxt` without a `msgid` behind it".into();
                self.mistakes.push((draft.line, reason));
            }
            return;
        }
        if draft.texts.is_empty() {
            let reason =
                "a message without `msgstr`; write `msgstr \"\"` while it is not translated";
            return self.mistakes.push((draft.line, reason.into()));
        }
        self.done.push(draft);
    }

    fn checked(self) -> (Po, Mistakes) {
        let mut mistakes = self.mistakes;
        let mut po = Po::default();
        let mut lines = HashMap::new();
        let is_header = |draft: &&Draft| draft.context.is_none() && draft.id.as_deref() == Some("");
        if let Some(header) = self.done.iter().find(is_header) {
            let text = header.texts.values().next().map_or("", String::as_str);
            match read_header(text) {
                Ok(rule) => po.rule = rule,
                Err(reason) => mistakes.push((header.line, reason)),
            }
        }
        for draft in self.done {
            let id = draft.id.clone().unwrap_or_default();
            let line = draft.line;
            if let Some(first) = lines.insert((draft.context.clone(), id.clone()), line) {
                let reason = format!("`{id}` is in line {first} already; keep one of them");
                mistakes.push((line, reason));
                continue;
            }
            if id.is_empty() {
                if draft.context.is_some() {
                    mistakes.push((line, "a message needs a text to be called by".into()));
                }
                continue;
            }
            match draft.into_entry(&po.rule) {
                Ok(entry) => po.entries.push(entry),
                Err(reason) => mistakes.push((line, reason)),
            }
        }
        mistakes.sort();
        (po, mistakes)
    }
}

impl Draft {
    fn text_mut(&mut self) -> Option<&mut String> {
        match self.last {
            Part::Nothing => None,
            Part::Context => self.context.as_mut(),
            Part::Id => self.id.as_mut(),
            Part::Plural => self.plural.as_mut(),
            Part::Text(form) => self.texts.get_mut(&form),
        }
    }

    fn set(&mut self, part: Part, text: String) {
        self.last = part;
        match part {
            Part::Nothing => {}
            Part::Context => self.context = Some(text),
            Part::Id => self.id = Some(text),
            Part::Plural => self.plural = Some(text),
            Part::Text(form) => {
                self.texts.insert(form, text);
            }
        }
    }

    /// The message as meant: every form there or none, and nothing to fill in that nobody gives.
    fn into_entry(self, rule: &Rule) -> Result<Entry, String> {
        let id = self.id.unwrap_or_default();
        let not_a_name = |text: &str| {
            format!(
                "`{text}` is nothing that can be filled in; write a name in the braces, as in `%{{name}}`"
            )
        };
        let mut known = placeholders(&id).map_err(not_a_name)?;
        let plural = self.plural.as_deref().unwrap_or_default();
        known.extend(placeholders(plural).map_err(not_a_name)?);
        if self.plural.is_some() {
            known.insert("n");
        }
        let is_translated = !self.is_fuzzy && self.texts.values().any(|text| !text.is_empty());
        let wanted = match self.plural {
            Some(_) => usize::try_from(rule.forms).unwrap_or(1),
            None => 1,
        };
        let mut forms = Vec::new();
        for form in (0..wanted).take_while(|_| is_translated) {
            match self.texts.get(&form).filter(|text| !text.is_empty()) {
                Some(text) => forms.push(text.clone()),
                None => {
                    return Err(format!(
                        "`msgstr[{form}]` is missing; the language has {wanted} forms, by its header `Plural-Forms`"
                    ));
                }
            }
        }
        if let Some(form) = self.texts.keys().find(|form| **form >= wanted) {
            return Err(format!(
                "`msgstr[{form}]` is one too many; the language has {wanted} forms, by its header `Plural-Forms`"
            ));
        }
        for text in &forms {
            let names = placeholders(text).map_err(not_a_name)?;
            if let Some(name) = names.difference(&known).next() {
                let known: Vec<_> = known.iter().collect();
                return Err(crate::fault::unknown(
                    &format!("`{id}`"),
                    "placeholder",
                    name,
                    &known,
                ));
            }
        }
        Ok(Entry {
            context: self.context,
            id,
            plural: self.plural,
            forms,
        })
    }
}

/// Which text a word begins.
fn part(word: &str) -> Result<Part, String> {
    Ok(match word {
        "msgctxt" => Part::Context,
        "msgid" => Part::Id,
        "msgid_plural" => Part::Plural,
        "msgstr" => Part::Text(0),
        word => {
            let number = word.strip_prefix("msgstr[");
            let number = number.and_then(|rest| rest.strip_suffix(']')?.parse().ok());
            let Some(number) = number.filter(|number| *number < 100) else {
                let known = ["msgctxt", "msgid", "msgid_plural", "msgstr"];
                return Err(crate::fault::unknown("a catalogue", "line", word, &known));
            };
            Part::Text(number)
        }
    })
}

/// The text between quotes.
fn unquoted(quoted: &str) -> Result<String, String> {
    let Some(inside) = quoted.strip_prefix('"') else {
        return Err("a text in quotes is missing".into());
    };
    let mut text = String::new();
    let mut letters = inside.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if letters.as_str().trim().is_empty() => return Ok(text),
            '"' => {
                return Err(
                    "something follows the text; write `\\\"` for a quote that belongs to it"
                        .into(),
                );
            }
            '\\' => text.push(match letters.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some(letter @ ('"' | '\\' | '\'')) => letter,
                Some(other) => {
                    return Err(format!(
                        "`\\{other}` is unknown; there is `\\n`, `\\t`, `\\r`, `\\\"` and `\\\\`"
                    ));
                }
                None => break,
            }),
            letter => text.push(letter),
        }
    }
    Err("the quote at the end of the text is missing".into())
}

/// The rule about plurals, and whether the letters are those we read.
fn read_header(text: &str) -> Result<Rule, String> {
    let mut rule = Rule::default();
    for line in text.lines() {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let is = |wanted: &str| name.trim().eq_ignore_ascii_case(wanted);
        if is("Content-Type")
            && let Some((_, letters)) = value.split_once("charset=")
        {
            let letters = letters.trim().to_ascii_lowercase();
            if !["utf-8", "utf8", "us-ascii", "ascii", "charset", ""].contains(&letters.as_str()) {
                return Err(format!(
                    "the header says `charset={letters}`; save the file as UTF-8 and say so"
                ));
            }
        }
        // As msginit leaves it for somebody to fill in.
        if is("Plural-Forms") && !value.contains("INTEGER") && !value.trim().is_empty() {
            rule =
                Rule::parse(value.trim()).map_err(|reason| format!("`Plural-Forms`: {reason}"))?;
        }
    }
    Ok(rule)
}
