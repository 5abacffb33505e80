// `window.call("add", "text")` calls the notes and answers with a promise of the outcome, an error as `{ error: "…" }`. The
// notes live in a worker, or on the page's own thread at `notes.html?page`.

import { answer } from "./notes-calls.js";

let number = 0;
const waiting = new Map();

if (location.search === "?page") {
    window.call = answer;
} else {
    const worker = new Worker("notes-worker.js", { type: "module" });
    worker.onmessage = ({ data: { id, outcome } }) => waiting.get(id)(outcome);
    window.call = (...call) => new Promise(resolve => {
        waiting.set(++number, resolve);
        worker.postMessage({ id: number, call });
    });
}
