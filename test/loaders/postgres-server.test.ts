/** What is loaded against what a real server answers: random servers, asked role by role and privilege by privilege. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { GraphView } from '../../engine/access/questions.ts';
import { postgresLoader } from '../../loaders/postgres/index.ts';
import { PostgresNotProvisioned, type RunningPostgres, startPostgres } from '../../scripts/postgres/index.ts';
import { type Collected, collect } from '../support/collect.ts';
import { randomOf } from '../support/mutate.ts';
import { type AskedObject, type PostgresEstate, postgresEstate, quoted } from '../support/postgres-estate.ts';
import { announceSeed, LONG, runs, SEED } from '../support/seed.ts';
import { expectSound } from '../support/sound-changes.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { viewOf } from '../support/view-of.ts';

const folder = temporaryFolder();
announceSeed();

const server: RunningPostgres | string = await startPostgres().catch((error: unknown) => {
  if (error instanceof PostgresNotProvisioned) return error.message;
  throw error;
});
const missing = typeof server === 'string' ? server.split('\n')[0]! : undefined;
const running = server as RunningPostgres;

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/loaders/postgres.md'), 'utf8');
const QUERIES = [...PAGE.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, query]) => query!);

/** One answer of the server: `role privilege id`. */
type Truth = ReadonlySet<string>;

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function testOf({ kind, written, column }: AskedObject, role: string, privilege: string): string {
  if (kind === 'column') return `has_column_privilege(${role}, ${literal(written)}, ${literal(column!)}, ${privilege})`;
  const object = kind === 'schema' ? written.slice(1, -1).replaceAll('""', '"') : written;
  // The server takes a function by its types alone.
  const name = kind === 'function' ? object.replace('a integer, b text', 'integer,text') : object;
  return `has_${kind === 'foreign-server' ? 'server' : kind}_privilege(${role}, ${literal(name)}, ${privilege})`;
}

/** What the server says that roles have, with all that it takes to use it but CONNECT. */
async function truthOf({ roles, objects }: PostgresEstate): Promise<Truth> {
  const truth = new Set<string>();
  for (const database of new Set(objects.map((object) => object.database))) {
    const rows = objects
      .filter((object) => object.database === database)
      .flatMap((object) =>
        object.privileges.flatMap((privilege) =>
          [privilege, `${privilege} WITH GRANT OPTION`].map((asked) => {
            const test = testOf(object, 'r', literal(asked));
            const needs = ['table', 'column', 'function', 'type'].includes(object.kind);
            const schema = literal((object.schema ?? '').slice(1, -1));
            const usable = needs ? `${test} AND has_schema_privilege(r, ${schema}, 'USAGE')` : test;
            return `SELECT r || ' ' || ${literal(`${asked} ${object.id}`)} FROM roles WHERE ${usable}`;
          }),
        ),
      );
    const list = [...roles, ...PREDEFINED].map((role) => `(${literal(role)}::name)`).join(', ');
    const sql = `WITH roles(r) AS (VALUES ${list}) ${rows.join('\nUNION ALL ')}`;
    const answer = await running.sql(sql, { database, csv: true });
    for (const line of answer.split('\n')) truth.add(line.replace(/^"(.*)"$/, '$1').replaceAll('""', '"'));
  }
  return truth;
}

const PREDEFINED = ['pg_read_all_data', 'pg_write_all_data', 'pg_database_owner'];

/** Whom each login can become in a database, itself among them. */
async function settingOf({ roles, logins }: PostgresEstate, database: string): Promise<ReadonlyMap<string, string[]>> {
  const mode = running.version >= 16 ? 'SET' : 'MEMBER';
  const list = [...roles, ...PREDEFINED].map((role) => `(${literal(role)}::name)`).join(', ');
  const sql = `WITH x(r) AS (VALUES ${list}) SELECT encode(convert_to(a.r, 'UTF8'), 'hex') || ' ' || encode(convert_to(b.r, 'UTF8'), 'hex')
    FROM x a, x b WHERE pg_has_role(a.r, b.r, '${mode}')`;
  const setting = new Map(logins.map((login) => [login, [login]]));
  for (const line of (await running.sql(sql, { database, csv: true })).trim().split('\n')) {
    const [from, to] = line.split(' ').map((hex) => Buffer.from(hex, 'hex').toString()) as [string, string];
    if (from !== to) setting.get(from)?.push(to);
  }
  return setting;
}

async function make(estate: PostgresEstate): Promise<void> {
  for (const { database, sql } of estate.scripts) await running.sql(sql, { database });
}

async function unmake({ roles, objects }: PostgresEstate): Promise<void> {
  const databases = new Set(objects.map(({ database }) => database));
  await running.sql([...databases].map((name) => `DROP DATABASE IF EXISTS ${quoted(name)};`).join('\n'));
  await running.sql(roles.map((role) => `DROP ROLE IF EXISTS ${quoted(role)};`).join('\n'));
}

const load = async (files: Readonly<Record<string, string>>): Promise<Collected> => {
  const paths = Object.entries(files).map(([name, text]) => folder.file(name, text));
  return collect(await postgresLoader.load({ paths, source: 'c', options: {} }));
};

/** The three ways in which a server is told. */
const WAYS: Readonly<Record<string, (databases: readonly string[]) => Promise<Collected>>> = {
  'the dump of the cluster': async () => load({ 'cluster.sql': await running.dump('pg_dumpall', '--schema-only') }),
  'roles, and dumps of databases': async (databases) => {
    const files: Record<string, string> = { 'globals.sql': await running.dump('pg_dumpall', '--globals-only') };
    for (const [at, name] of databases.entries())
      files[`db${at}.sql`] = await running.dump(
        'pg_dump',
        '--schema-only',
        '--create',
        '-d',
        `dbname='${name.replace(/['\\]/g, '\\$&')}'`,
      );
    return load(files);
  },
  'the queries of the page': async (databases) => {
    const [roles, memberships, objects, policies] = QUERIES as [string, string, string, string];
    const ask = (query: string, database = 'postgres') => running.sql(query, { database, csv: true, header: true });
    const files: Record<string, string> = { 'roles.csv': await ask(roles), 'members.csv': await ask(memberships) };
    for (const [at, name] of databases.entries()) {
      files[`objects${at}.csv`] = await ask(objects, name);
      files[`policies${at}.csv`] = await ask(policies, name);
    }
    return load(files);
  },
};

/** Objects of which answers may be conditional: with row security, or in a database that not everyone may connect to. */
async function conditionalOf({ objects }: PostgresEstate): Promise<ReadonlySet<AskedObject>> {
  const found = new Set<AskedObject>();
  for (const object of objects) {
    const isTable = object.kind === 'table' || object.kind === 'column';
    const rows = isTable
      ? `(SELECT relrowsecurity FROM pg_class WHERE oid = ${literal(object.written)}::regclass)`
      : 'false';
    const sql = `SELECT ${rows} OR NOT has_database_privilege('public', current_database(), 'CONNECT')`;
    if ((await running.sql(sql, { database: object.database, csv: true })).trim() === 't') found.add(object);
  }
  return found;
}

interface Disagreement {
  readonly asked: string;
  readonly server: boolean;
  readonly here: string;
}

/** Every login, privilege and object for which the engine says otherwise than the server. */
async function disagreements(
  estate: PostgresEstate,
  { view, listed }: { readonly view: GraphView; readonly listed: ReadonlySet<string> },
  truth: Truth,
  reach: 'ENTITLED' | 'ASSUMABLE',
) {
  const settings = new Map<string, ReadonlyMap<string, string[]>>();
  for (const database of new Set(estate.objects.map((object) => object.database)))
    settings.set(database, await settingOf(estate, database));
  const hex = await running.sql("SELECT encode(convert_to(rolname, 'UTF8'), 'hex') FROM pg_roles WHERE rolsuper", {
    csv: true,
  });
  const superusers = new Set(
    hex
      .trim()
      .split('\n')
      .map((text) => Buffer.from(text, 'hex').toString()),
  );
  const conditional = await conditionalOf(estate);
  const wrong: Disagreement[] = [];
  let asked = 0;
  for (const login of estate.logins) {
    for (const object of estate.objects) {
      const database = `database/${object.database.replaceAll('/', '%2F')}`;
      const connects = truth.has(`${login} CONNECT ${database}`);
      const id = `postgres:c/${object.id}`;
      // A column without privileges of its own is no node: what holds of its table holds of it.
      const resource = listed.has(id) ? id : id.replace(/\/column\/[^/]*$/, '');
      for (const privilege of object.privileges.flatMap((one) => [one, `${one} WITH GRANT OPTION`])) {
        const as = reach === 'ENTITLED' ? [login] : settings.get(object.database)!.get(login)!;
        // Who becomes a superuser in one database lets himself into the others.
        const expected =
          (connects || as.some((role) => superusers.has(role))) &&
          as.some((role) => truth.has(`${role} ${privilege} ${object.id}`));
        const identity = `postgres:c/login/${login.replaceAll('/', '%2F')}`;
        const { decision } = await view.check({
          identity,
          action: privilege,
          resource,
          reach,
        });
        asked += 1;
        const isRight = decision === 'CONDITIONAL' ? conditional.has(object) : (decision === 'ALLOWED') === expected;
        if (!isRight) wrong.push({ asked: `${login} ${privilege} ${object.id}`, server: expected, here: decision });
      }
    }
  }
  return { wrong, asked };
}

describe.skipIf(missing !== undefined)(
  `a PostgreSQL server${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    afterAll(async () => {
      if (missing === undefined) await running.stop();
    });

    it.each(Array.from({ length: runs(2).numRuns! }, (_, round) => round))(
      'says of a random estate what the engine says (round %i)',
      async (round) => {
        const estate = postgresEstate(randomOf(SEED + round), running.version);
        try {
          await make(estate);
          const truth = await truthOf(estate);
          const databases = [...new Set(estate.objects.map(({ database }) => database))];
          for (const [way, tell] of Object.entries(WAYS)) {
            const told = await tell(databases);
            expectSound(told);
            expect(told.report.unresolved, way).toEqual([]);
            expect(JSON.stringify(told.changes)).not.toContain('never-kept');
            const view = await viewOf(told.nodes, told.edges);
            const listed = new Set(told.nodes.map((node) => node.id));
            for (const reach of ['ENTITLED', 'ASSUMABLE'] as const) {
              const { wrong, asked } = await disagreements(estate, { view, listed }, truth, reach);
              expect({ way, reach, wrong: wrong.slice(0, 20) }).toEqual({ way, reach, wrong: [] });
              expect(asked).toBeGreaterThan(1_000);
            }
            await view.release?.();
          }
        } finally {
          await unmake(estate);
        }
      },
      LONG,
    );
  },
);
