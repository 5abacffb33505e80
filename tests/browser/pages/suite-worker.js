// Runs the test that it is sent the name of, and answers `null`, or why it failed.

let program;

onmessage = async ({ data: { folder, compiled, name } }) => {
    delete globalThis.panicked;
    try {
        if (program === undefined) {
            const module = await import(`${folder}/module.js`);
            program = await module.default({ module_or_path: compiled });
        }
        program[name]();
        postMessage(null);
    } catch (error) {
        postMessage(globalThis.panicked ?? String(error.stack ?? error));
    }
};
