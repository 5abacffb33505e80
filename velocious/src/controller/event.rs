//! Server-sent events.

use std::fmt::Write;
use std::time::Duration;

use serde::Serialize;

use super::stream::{Pulse, Writer, produced};
use super::{Context, Response};
use crate::Result;

/// A message to a browser that listens with `EventSource`.
///
/// ```
/// use std::time::Duration;
///
/// use velocious::controller::Event;
///
/// let event = Event::new("two\nlines").named("note").id("7").retry(Duration::from_secs(2));
/// assert_eq!(event.to_string(), "event: note\nid: 7\nretry: 2000\ndata: two\ndata: lines\n\n");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    name: Option<String>,
    id: Option<String>,
    retry: Option<Duration>,
    data: String,
}

impl Event {
    /// An event with this text, which may have several lines.
    pub fn new(data: impl Into<String>) -> Self {
        Event {
            data: data.into(),
            ..Event::default()
        }
    }

    /// An event with `value` as JSON.
    ///
    /// # Errors
    /// When the value cannot be JSON: a map with keys that are no text.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self> {
        Ok(Event::new(serde_json::to_string(value)?))
    }

    /// Under which name browsers listen to it; `message` unless said.
    #[must_use]
    pub fn named(mut self, name: impl AsRef<str>) -> Self {
        self.name = Some(one_line(name.as_ref()));
        self
    }

    /// What a browser says when it comes back, for [`Events::last_id`].
    #[must_use]
    pub fn id(mut self, id: impl AsRef<str>) -> Self {
        self.id = Some(one_line(id.as_ref()));
        self
    }

    /// How long a browser waits before it comes back.
    #[must_use]
    pub fn retry(mut self, time: Duration) -> Self {
        self.retry = Some(time);
        self
    }
}

/// A line break would begin another field, and a zero makes browsers ignore an id.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n', '\0'], "")
}

impl<T: Into<String>> From<T> for Event {
    fn from(data: T) -> Self {
        Event::new(data)
    }
}

impl std::fmt::Display for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(name) = &self.name {
            writeln!(f, "event: {name}")?;
        }
        if let Some(id) = &self.id {
            writeln!(f, "id: {id}")?;
        }
        if let Some(time) = self.retry {
            writeln!(f, "retry: {}", time.as_millis())?;
        }
        let lines = self.data.replace("\r\n", "\n").replace('\r', "\n");
        for line in lines.split('\n') {
            writeln!(f, "data: {line}")?;
        }
        f.write_char('\n')
    }
}

/// Sends events to one browser.
#[derive(Debug)]
pub struct Events {
    writer: Writer,
    last_id: Option<String>,
}

impl Events {
    /// Sends an event, or a text as one, and waits while the browser is slower than this.
    ///
    /// # Errors
    /// None; when the browser has gone, the function that sends is dropped where it waits.
    pub async fn send(&self, event: impl Into<Event>) -> Result<()> {
        self.writer.write(event.into().to_string()).await
    }

    /// The id of the last event that the browser has got, when it comes back after the connection was lost.
    pub fn last_id(&self) -> Option<&str> {
        self.last_id.as_deref()
    }
}

pub(super) fn server_sent_events(
    context: &Context,
    produce: impl AsyncFnOnce(Events) -> Result<()> + 'static,
) -> Result<Response> {
    let last_id = context.request().headers().get("last-event-id");
    let last_id = last_id.and_then(|id| String::from_utf8(id.as_bytes().to_vec()).ok());
    let pulse = Some(Pulse::of(context.app()));
    produced(context, "text/event-stream", pulse, async move |writer| {
        produce(Events { writer, last_id }).await
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_forge_another_event() {
        let event = Event::new("a\r\nevent: b\rid: 1")
            .named("x\nid: 2")
            .id("3\0\n\n");
        assert_eq!(
            event.to_string(),
            "event: xid: 2\nid: 3\ndata: a\ndata: event: b\ndata: id: 1\n\n"
        );
        assert_eq!(Event::from("").to_string(), "data: \n\n");
    }
}
