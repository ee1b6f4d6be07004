/** No case of the contract may be left out for one store or one way of answering. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary.ts';
import { EXECUTIONS } from '../support/view-of.ts';

const test = join(import.meta.dirname, '..');
const root = join(test, '..');
const temporary = temporaryFolder();
const STORES = ['embedded', 'neo4j'].filter((store) =>
  existsSync(join(import.meta.dirname, `${store}-questions.test.ts`)),
);

/** The names of all tests that some files declare, as the runner itself lists them. */
function declared(...files: readonly string[]): readonly string[] {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const list = join(temporary.path, 'tests.json');
  execFileSync(process.execPath, [vitest, 'list', `--json=${list}`, ...files], { cwd: root, stdio: 'ignore' });
  return (JSON.parse(readFileSync(list, 'utf8')) as { readonly name: string }[]).map(({ name }) => name);
}

/** The names under a heading, without it and what stands above it. */
const under = (names: readonly string[], heading: string): readonly string[] =>
  names.filter((name) => name.includes(heading)).map((name) => name.slice(name.indexOf(heading) + heading.length));

/** They leave out whole files where no server is to be had, say so, and throw with `CI` set. */
const LENDERS = [join(test, 'support', 'neo4j.ts')];

it('every store answers every case of the contract, on a snapshot and in the store', () => {
  const names = declared('test/contract/');
  const first = under(names, `questions of ${STORES[0]} by ${EXECUTIONS[0]}`);
  expect(first.length).toBeGreaterThan(150);
  for (const store of STORES)
    for (const execution of EXECUTIONS)
      expect([store, execution, under(names, `questions of ${store} by ${execution}`)]).toEqual([
        store,
        execution,
        first,
      ]);
}, 120_000);

it('every scenario and property about answers is tried on a snapshot and in the store', () => {
  const names = declared('test/scenarios/', 'test/property/');
  const [snapshot, store] = EXECUTIONS.map((execution) => under(names, `by ${execution} > `));
  expect(snapshot!.length).toBeGreaterThan(150);
  expect(store).toEqual(snapshot);
}, 120_000);

it('no test about stores and answers is left out by a condition', () => {
  const leaving = /\b(?:it|test|describe|suite)\.(?:skip|skipIf|runIf|todo|only|fails)\b|\bcontext\.skip\(/;
  const folders = ['contract', 'property', 'scenarios', 'integration', 'support'];
  const files = folders.flatMap((folder) => readdirSync(join(test, folder)).map((file) => join(test, folder, file)));
  const sources = files.filter((file) => file.endsWith('.ts') && ![import.meta.filename, ...LENDERS].includes(file));
  expect(sources.filter((file) => leaving.test(readFileSync(file, 'utf8')))).toEqual([]);
});
