// Lets the JavaScript framework write and read cookies: `node cookies.mjs FOLDER`, with the work as JSON on the input and
// what came of it as JSON on the output.
//
//   {"secret": "…", "write": [{"name": "a", "value": …}], "read": ["a=…"], "random": 3}
//   {"written": ["a=…"], "read": [{"value": "…", "encrypted": true, "failed": false}], "random": [["a=…", "the value"]]}

import {readFileSync} from "fs"
import {randomInt} from "crypto"
import {pathToFileURL} from "url"

const {default: Cookie} = await import(pathToFileURL(`${process.argv[2]}/build/src/http-server/cookie.js`))
const {secret, write = [], read = [], random = 0} = JSON.parse(readFileSync(0, "utf8"))

// What a controller's `setCookie(name, value, {encrypted: true})` puts into the header.
const header = (name, value) =>
  new Cookie({name, value: Cookie.encryptValue(value, secret), encrypted: true}).toHeader()

// Times are objects that are written as texts.
const revived = (value) => (value && value.$date ? new Date(value.$date) : value)

const seen = (text) => {
  const [cookie] = Cookie.parseHeader(text, secret)
  return {value: cookie.value(), encrypted: cookie.isEncrypted(), failed: Boolean(cookie.error())}
}

const letters = "aZ09 ;,=%\"\\'<>&+-_./\t\u00fc\u20ac\u{1f511}"
const text = () => {
  const all = [...letters]
  return Array.from({length: randomInt(1, 120)}, () => all[randomInt(all.length)]).join("")
}

const answer = {
  written: write.map(({name, value}) => header(name, revived(value))),
  read: read.map(seen),
  random: Array.from({length: random}, () => {
    const value = text()
    return [header("a", value), value]
  })
}
console.log(JSON.stringify(answer))
