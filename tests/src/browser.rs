//! Headless Chromium through its WebDriver.
//!
//! The protocol is JSON over HTTP, and the suite needs a dozen of its commands: written out here they cost less to build
//! than a client library.

use crate::folder::TemporaryFolder;
use crate::http::HttpClient;
use crate::process::Process;
use crate::{PATIENCE, eventually, target};
use serde_json::{Value, json};
use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser with one window. Dropping it closes the window and ends the driver.
#[derive(Debug)]
pub struct Browser {
    client: HttpClient,
    session: String,
    _driver: Process,
    _profile: TemporaryFolder,
}

/// An element of the page.
#[derive(Debug)]
pub struct Element<'b> {
    browser: &'b Browser,
    id: String,
}

impl Browser {
    /// Opens a window of 1200 × 900 pixels.
    ///
    /// # Panics
    /// When Chromium or its driver is missing or does not start.
    #[must_use]
    pub fn open() -> Browser {
        let profile = TemporaryFolder::new("browser");
        let output = profile.path().join("driver.txt");
        let file = File::create(&output).expect("the folder can be written");
        let driver = Process::start(
            Command::new("chromedriver")
                .arg("--port=0")
                .stdin(Stdio::null())
                .stdout(file)
                .stderr(Stdio::null()),
        );
        let port = eventually("chromedriver says its port", || {
            let text = std::fs::read_to_string(&output).ok()?;
            let (_, port) = text.split_once("started successfully on port ")?;
            Some(port.split_once('.')?.0.to_owned())
        });
        let client = HttpClient::new(&format!("http://127.0.0.1:{port}"));
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--window-size=1200,900",
            &format!(
                "--user-data-dir={}",
                profile.path().join("profile").display()
            ),
        ];
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let answer = client.post_json("/session", &wanted.to_string()).json();
        let session = answer["value"]["sessionId"].as_str();
        let session = session
            .unwrap_or_else(|| panic!("Chromium does not start: {answer}"))
            .to_owned();
        Browser {
            client,
            session,
            _driver: driver,
            _profile: profile,
        }
    }

    /// Goes to a page and waits until it is loaded.
    pub fn visit(&self, url: &str) {
        self.post("url", &json!({"url": url}));
    }

    /// Goes to the page before, as the button does.
    pub fn back(&self) {
        self.post("back", &json!({}));
    }

    /// What the console has been told since the last time it was asked: what scripts write, what could not be loaded, what
    /// the `Content-Security-Policy` has kept from happening.
    #[must_use]
    pub fn console(&self) -> Vec<String> {
        let entries = self.post("se/log", &json!({"type": "browser"}));
        let entries = entries.as_array().cloned().unwrap_or_default();
        let messages = entries.iter().filter_map(|entry| entry["message"].as_str());
        messages.map(str::to_owned).collect()
    }

    /// The name of the tab at hand.
    ///
    /// # Panics
    /// When the browser does not answer.
    #[must_use]
    pub fn tab(&self) -> String {
        let name = self.call("GET", "window", "");
        name.as_str().unwrap_or_default().to_owned()
    }

    /// Opens another tab, without going to it; answers its name.
    ///
    /// # Panics
    /// When the browser does not answer.
    #[must_use]
    pub fn open_tab(&self) -> String {
        let made = self.post("window/new", &json!({"type": "tab"}));
        made["handle"].as_str().unwrap_or_default().to_owned()
    }

    /// Goes to a tab.
    pub fn go_to_tab(&self, name: &str) {
        self.post("window", &json!({"handle": name}));
    }

    /// Closes the tab at hand. Another one has to be gone to then.
    pub fn close_tab(&self) {
        self.call("DELETE", "window", "");
    }

    /// Makes the window `width` × `height` pixels.
    pub fn resize(&self, width: u32, height: u32) {
        self.post("window/rect", &json!({"width": width, "height": height}));
    }

    /// The address of the page.
    #[must_use]
    pub fn url(&self) -> String {
        self.call("GET", "url", "")
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// The first element that `selector` matches; waits until there is one.
    ///
    /// # Panics
    /// When there is none within [`PATIENCE`].
    #[must_use]
    pub fn find(&self, selector: &str) -> Element<'_> {
        let found = eventually(&format!("`{selector}` on the page"), || {
            self.all(selector).into_iter().next()
        });
        Element {
            browser: self,
            id: found.id,
        }
    }

    /// All elements that `selector` matches now.
    ///
    /// # Panics
    /// When the browser does not answer.
    #[must_use]
    pub fn all(&self, selector: &str) -> Vec<Element<'_>> {
        let found = self.post(
            "elements",
            &json!({"using": "css selector", "value": selector}),
        );
        let found = found.as_array().cloned().unwrap_or_default();
        let ids = found.iter().filter_map(|one| one[ELEMENT].as_str());
        ids.map(|id| Element {
            browser: self,
            id: id.to_owned(),
        })
        .collect()
    }

    /// Waits until an element that `selector` matches shows `text`, among other text or alone. To be used after a click,
    /// when the page may be about to change.
    ///
    /// # Panics
    /// When none does within [`PATIENCE`]; what the page shows is in the message.
    pub fn wait_for(&self, selector: &str, text: &str) {
        let matching = format!("Array.from(document.querySelectorAll({}))", json!(selector));
        let script = format!(
            "{matching}.some(element => element.innerText.includes({}))",
            json!(text)
        );
        let deadline = Instant::now() + PATIENCE;
        // Between two pages there may be no document to ask.
        while self.try_evaluate(&script) != Some(Value::Bool(true)) {
            assert!(
                Instant::now() < deadline,
                "`{selector}` does not show `{text}`:\n{}",
                self.text()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What the page shows as text.
    #[must_use]
    pub fn text(&self) -> String {
        let text = self.try_evaluate("document.body.innerText");
        text.as_ref()
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }

    /// The value of a JavaScript expression.
    ///
    /// # Panics
    /// When it throws.
    #[must_use]
    pub fn evaluate(&self, expression: &str) -> Value {
        self.try_evaluate(expression)
            .unwrap_or_else(|| panic!("`{expression}` has no value"))
    }

    fn try_evaluate(&self, expression: &str) -> Option<Value> {
        let body = json!({"script": format!("return {expression}"), "args": []}).to_string();
        self.try_call("POST", "execute/sync", &body).ok()
    }

    /// Saves a picture of the window as `target/screenshots/<name>.png` and returns its path.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn screenshot(&self, name: &str) -> PathBuf {
        let encoded = self.call("GET", "screenshot", "");
        let picture = decode_base64(encoded.as_str().unwrap_or_default());
        let path = target().join("screenshots").join(format!("{name}.png"));
        std::fs::create_dir_all(target().join("screenshots"))
            .expect("the target folder can be written");
        std::fs::write(&path, picture).expect("the target folder can be written");
        path
    }

    fn post(&self, command: &str, body: &Value) -> Value {
        self.call("POST", command, &body.to_string())
    }

    fn call(&self, method: &str, command: &str, body: &str) -> Value {
        self.try_call(method, command, body)
            .unwrap_or_else(|error| panic!("{method} {command}: {error}"))
    }

    fn try_call(&self, method: &str, command: &str, body: &str) -> Result<Value, String> {
        let path = format!("/session/{}/{command}", self.session);
        let answer = self
            .client
            .send(method, &path, &[("Content-Type", "application/json")], body);
        match answer.status {
            200 => Ok(answer.json()["value"].take()),
            _ => Err(answer.body),
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver, ended alone, would leave Chromium behind.
        let _ = self
            .client
            .try_send("DELETE", &format!("/session/{}", self.session), &[], "");
    }
}

impl Element<'_> {
    /// Clicks it.
    pub fn click(&self) {
        self.post("click", &json!({}));
    }

    /// Empties a field and types into it, or chooses from a list.
    pub fn fill(&self, text: &str) {
        self.post("clear", &json!({}));
        self.type_text(text);
    }

    /// Types.
    pub fn type_text(&self, text: &str) {
        self.post("value", &json!({"text": text}));
    }

    /// What it shows as text.
    #[must_use]
    pub fn text(&self) -> String {
        self.get("text").as_str().unwrap_or_default().to_owned()
    }

    /// A property, such as the `value` of a field.
    #[must_use]
    pub fn property(&self, name: &str) -> Value {
        self.get(&format!("property/{name}"))
    }

    fn get(&self, command: &str) -> Value {
        self.browser
            .call("GET", &format!("element/{}/{command}", self.id), "")
    }

    fn post(&self, command: &str, body: &Value) {
        self.browser
            .post(&format!("element/{}/{command}", self.id), body);
    }
}

fn decode_base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text
        .bytes()
        .filter_map(|byte| ALPHABET.iter().position(|each| *each == byte))
    {
        bits = (bits << 6) | letter as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}
