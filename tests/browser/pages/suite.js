// Runs the tests of the program that the query names: `suite.html?data`. `window.tests` is the list of their names, or why
// there is none; `window.run(names)` runs some of them, and `window.take()` answers which have ended since it was asked last,
// each as its name and `null`, or why it failed.

const folder = `./${location.search.slice(1)}`;
// The time for a test that does not end by itself, in milliseconds.
const patience = 30_000;
let ended = [];
let worker;

window.take = () => ended.splice(0);

window.run = async names => {
    for (const name of names) {
        ended.push([name, await run(name)]);
    }
};

// Runs one in the worker at hand. A failure ends the program, and with it the worker: the next test gets a new one.
async function run(name) {
    worker ??= new Worker("suite-worker.js", { type: "module" });
    const answer = await new Promise(resolve => {
        const timer = setTimeout(() => resolve(`not ended after ${patience / 1000} s`), patience);
        worker.onmessage = event => { clearTimeout(timer); resolve(event.data); };
        worker.onerror = event => { clearTimeout(timer); resolve(event.message); };
        worker.postMessage({ folder, compiled, name });
    });
    if (answer !== null) {
        worker.terminate();
        worker = undefined;
    }
    return answer;
}

let compiled;
try {
    compiled = await WebAssembly.compileStreaming(fetch(`${folder}/module_bg.wasm`));
    const names = WebAssembly.Module.exports(compiled).map(each => each.name);
    window.tests = names.filter(name => /^(test|skip) /.test(name)).sort();
} catch (error) {
    window.tests = String(error);
}
