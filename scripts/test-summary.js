/**
 * Says what a test run came to, from the JSON report of the test runner, and refuses skipped tests: on the gate's machine
 * everything that tests need can be had.
 */
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
const of = (...states) => tests.filter(({ status }) => states.includes(status));
const skipped = of('skipped', 'pending', 'todo', 'disabled');

for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
console.log(`${of('passed').length} passed, ${of('failed').length} failed, ${skipped.length} skipped`);
if (tests.length === 0 || skipped.length > 0 || report.success !== true) process.exitCode = 1;
