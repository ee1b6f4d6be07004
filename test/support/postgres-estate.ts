/** A random server: roles, memberships, objects and privileges, as the statements that make it, and what can be asked about it. */
import type { Random } from './mutate.ts';

export interface AskedObject {
  readonly database: string;
  readonly schema?: string;
  readonly kind: 'table' | 'column' | 'sequence' | 'function' | 'type' | 'schema' | 'database' | 'foreign-server';
  /** As SQL writes it, qualified; of a function with its arguments. */
  readonly written: string;
  /** Its id below the server. */
  readonly id: string;
  readonly privileges: readonly string[];
  readonly column?: string;
}

export interface PostgresEstate {
  readonly roles: readonly string[];
  readonly logins: readonly string[];
  /** Run in order, each in its database. */
  readonly scripts: readonly { readonly database: string; readonly sql: string }[];
  readonly objects: readonly AskedObject[];
}

const TABLE = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'];
const DATABASES = ['shop', 'Odd "base"/1'];

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const part = (name: string): string => name.replaceAll('%', '%25').replaceAll('/', '%2F');

/** @param version the first number of the server's version: from 16 on memberships have options of their own */
export function postgresEstate(random: Random, version: number): PostgresEstate {
  return new Making(random, version).estate();
}

class Making {
  readonly #random: Random;
  readonly #version: number;
  readonly #roles = [
    'ada',
    'ken',
    "Grace O'Hopper",
    'app',
    'etl_svc',
    'odd/role"x',
    ...Array.from({ length: 8 }, (_, i) => `team${i}`),
  ];
  readonly #scripts: { database: string; sql: string }[] = [];
  readonly #objects: AskedObject[] = [];

  constructor(random: Random, version: number) {
    this.#random = random;
    this.#version = version;
  }

  estate(): PostgresEstate {
    const logins = this.#roles.filter((_, at) => at < 6 || this.#odds(4));
    const lines = this.#roles.map((role) => this.#role(role, logins.includes(role)));
    for (let i = 0; i < 16; i++) lines.push(this.#membership());
    for (const database of DATABASES) lines.push(`CREATE DATABASE ${quoted(database)} OWNER ${this.#aRole()};`);
    this.#scripts.push({ database: 'postgres', sql: lines.join('\n') });
    for (const database of DATABASES) this.#scripts.push({ database, sql: this.#database(database).join('\n') });
    return { roles: this.#roles, logins, scripts: this.#scripts, objects: this.#objects };
  }

  #odds(one: number): boolean {
    return this.#random(one) === 0;
  }

  #one<T>(list: readonly T[]): T {
    return list[this.#random(list.length)]!;
  }

  #aRole(): string {
    return quoted(this.#one(this.#roles));
  }

  #grantee(): string {
    if (this.#odds(6)) return 'PUBLIC';
    return this.#odds(10) ? this.#one(['pg_read_all_data', 'pg_write_all_data']) : this.#aRole();
  }

  #role(role: string, login: boolean): string {
    const flags = [
      login ? 'LOGIN' : 'NOLOGIN',
      this.#odds(3) ? 'NOINHERIT' : 'INHERIT',
      this.#odds(14) ? 'SUPERUSER' : '',
      this.#odds(8) ? 'BYPASSRLS' : '',
      this.#odds(8) ? 'CREATEROLE' : '',
    ];
    return `CREATE ROLE ${quoted(role)} ${flags.join(' ')} PASSWORD 'never-kept-${role.length}';`;
  }

  /** From later roles to earlier ones only, for a circle is refused. */
  #membership(): string {
    const at = 1 + this.#random(this.#roles.length - 1);
    const role = this.#odds(8)
      ? this.#one(['pg_read_all_data', 'pg_write_all_data', 'pg_monitor'])
      : quoted(this.#roles[at]!);
    const member = quoted(this.#roles[this.#random(at)]!);
    const truth = (): string => (this.#odds(3) ? 'FALSE' : 'TRUE');
    const options =
      this.#version >= 16
        ? ` WITH INHERIT ${truth()}, SET ${truth()}, ADMIN ${this.#odds(4)}`
        : this.#odds(4)
          ? ' WITH ADMIN OPTION'
          : '';
    return `GRANT ${role} TO ${member}${options};`;
  }

  #database(database: string): string[] {
    const id = `database/${part(database)}`;
    this.#objects.push({
      database,
      kind: 'database',
      written: database,
      id,
      privileges: ['CONNECT', 'CREATE', 'TEMPORARY'],
    });
    const lines: string[] = [];
    if (!this.#odds(3)) {
      lines.push(`REVOKE ALL ON DATABASE ${quoted(database)} FROM PUBLIC;`);
      for (let i = 0; i < 5; i++)
        lines.push(this.#grant(['CONNECT', 'CREATE', 'TEMPORARY'], `DATABASE ${quoted(database)}`));
    }
    lines.push('CREATE FOREIGN DATA WRAPPER w;', 'CREATE SERVER far FOREIGN DATA WRAPPER w;');
    lines.push(this.#grant(['USAGE'], 'FOREIGN SERVER far'));
    this.#objects.push({
      database,
      kind: 'foreign-server',
      written: 'far',
      id: `${id}/foreign-server/far`,
      privileges: ['USAGE'],
    });
    for (const schema of ['public', 'sales', 'Back Office']) lines.push(...this.#schema(database, schema));
    return lines;
  }

  #schema(database: string, schema: string): string[] {
    const name = quoted(schema);
    const id = `database/${part(database)}/schema/${part(schema)}`;
    const lines = schema === 'public' ? [] : [`CREATE SCHEMA ${name} AUTHORIZATION ${this.#aRole()};`];
    this.#objects.push({ database, kind: 'schema', written: name, id, privileges: ['CREATE', 'USAGE'] });
    if (this.#odds(2)) lines.push(`REVOKE ALL ON SCHEMA ${name} FROM PUBLIC;`);
    for (let i = 0; i < 3; i++) lines.push(this.#grant(['CREATE', 'USAGE'], `SCHEMA ${name}`));
    const make = (
      kind: AskedObject['kind'],
      create: string,
      word: string,
      written: string,
      path: string,
      privileges: readonly string[],
    ) => {
      lines.push(create);
      if (!this.#odds(3)) lines.push(`ALTER ${word} ${written} OWNER TO ${this.#aRole()};`);
      if (this.#odds(2)) lines.push(`REVOKE ALL ON ${word === 'VIEW' ? 'TABLE' : word} ${written} FROM PUBLIC;`);
      for (let i = this.#random(5); i > 0; i--)
        lines.push(this.#grant(privileges, `${word === 'VIEW' ? 'TABLE' : word} ${written}`));
      this.#objects.push({ database, schema: name, kind, written, id: `${id}/${path}`, privileges });
    };
    for (const table of ['t1', 'T 2']) {
      const written = `${name}.${quoted(table)}`;
      make(
        'table',
        `CREATE TABLE ${written} (id int GENERATED ALWAYS AS IDENTITY, "Pay" int);`,
        'TABLE',
        written,
        `table/${table}`,
        TABLE,
      );
      if (this.#odds(3)) {
        lines.push(`ALTER TABLE ${written} ENABLE ROW LEVEL SECURITY;`);
        if (this.#odds(2)) lines.push(`CREATE POLICY few ON ${written} FOR SELECT USING (id = 1);`);
        if (this.#odds(2)) lines.push(`ALTER TABLE ${written} FORCE ROW LEVEL SECURITY;`);
      }
      lines.push(`GRANT ${this.#one(['SELECT', 'UPDATE'])} ("Pay") ON ${written} TO ${this.#grantee()};`);
      if (this.#odds(3)) lines.push(this.#selfRevoke(written));
      const column = { column: 'Pay', privileges: ['SELECT', 'INSERT', 'UPDATE', 'REFERENCES'] };
      this.#objects.push({
        database,
        schema: name,
        kind: 'column',
        written,
        id: `${id}/table/${table}/column/Pay`,
        ...column,
      });
    }
    make('table', `CREATE VIEW ${name}.v AS SELECT 1 AS one;`, 'VIEW', `${name}.v`, 'table/v', TABLE);
    make('sequence', `CREATE SEQUENCE ${name}.s;`, 'SEQUENCE', `${name}.s`, 'sequence/s', [
      'SELECT',
      'UPDATE',
      'USAGE',
    ]);
    const body = `RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN a = 1 THEN 2 ELSE 3 END; END;`;
    make(
      'function',
      `CREATE FUNCTION ${name}.f(a int, b text DEFAULT 'x;y') ${body}`,
      'FUNCTION',
      `${name}.f(a integer, b text)`,
      'function/f(a integer, b text)',
      ['EXECUTE'],
    );
    make('type', `CREATE TYPE ${name}.mood AS ENUM ('fine');`, 'TYPE', `${name}.mood`, 'type/mood', ['USAGE']);
    return lines;
  }

  #selfRevoke(written: string): string {
    const [role, privilege] = [this.#aRole(), this.#one(TABLE)];
    return `ALTER TABLE ${written} OWNER TO ${role}; REVOKE ${privilege} ON ${written} FROM ${role};`;
  }

  #grant(privileges: readonly string[], on: string): string {
    const named = privileges.filter(() => this.#odds(2));
    const grantee = this.#grantee();
    const option = grantee !== 'PUBLIC' && this.#odds(4) ? ' WITH GRANT OPTION' : '';
    return `GRANT ${named.length === 0 ? 'ALL' : named.join(', ')} ON ${on} TO ${grantee}${option};`;
  }
}
