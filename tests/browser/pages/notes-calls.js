// Calls the notes, which are opened by the first call.

import start, { Notes } from "./page/module.js";

let notes;

export async function answer(method, ...values) {
    try {
        await start();
        switch (method) {
            case "open":
                notes = await Notes.open(...values);
                return null;
            case "remove":
                return await Notes.remove(...values);
            default:
                return (await notes[method](...values)) ?? null;
        }
    } catch (error) {
        return { error: error.message ?? String(error) };
    }
}
