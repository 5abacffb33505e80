// Calls the notes for the page.

import { answer } from "./notes-calls.js";

onmessage = async ({ data: { id, call } }) => postMessage({ id, outcome: await answer(...call) });
