import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type StoreOptions, storePlace } from '../../cli/store-place.ts';

const given = (options: Partial<StoreOptions>, byHand: readonly string[] = []) =>
  storePlace({ data: './grantlens-data', execution: 'snapshot', ...options }, (option) =>
    byHand.includes(option) ? 'cli' : 'env',
  );

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

const NAMES = [
  'GRANTLENS_NEO4J_USER',
  'GRANTLENS_NEO4J_PASSWORD',
  'GRANTLENS_NEO4J_PASSWORD_FILE',
  'GRANTLENS_NEO4J_DATABASE',
];
const before = NAMES.map((name) => [name, process.env[name]] as const);

function environment(values: Readonly<Record<string, string>>): void {
  for (const name of NAMES) delete process.env[name];
  Object.assign(process.env, values);
}

afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

describe('the store of a command', () => {
  it('is a folder unless an address is given', () => {
    expect(given({})).toMatchObject({ data: './grantlens-data', asArgument: '' });
    expect(given({ data: '/tmp/x', store: '' })).toMatchObject({ data: '/tmp/x', asArgument: ' --data /tmp/x' });
  });

  it('is a server by its address, with user, password and database from the environment', () => {
    environment({ GRANTLENS_NEO4J_PASSWORD: 'sesame', GRANTLENS_NEO4J_DATABASE: 'estate' });
    expect(given({ store: 'neo4j://localhost:7687' })).toMatchObject({
      data: { uri: 'neo4j://localhost:7687', user: 'neo4j', password: 'sesame', database: 'estate' },
      shown: 'neo4j://localhost:7687/estate',
      asArgument: ' --store neo4j://localhost:7687/estate',
    });
    environment({ GRANTLENS_NEO4J_USER: 'reader', GRANTLENS_NEO4J_PASSWORD: 'sesame' });
    expect(given({ store: 'bolt+s://db.example:7687/other' })).toMatchObject({
      data: { uri: 'bolt+s://db.example:7687', user: 'reader', database: 'other' },
    });
  });

  it('takes the password from a file, without the line end', () => {
    const folder = mkdtempSync(join(tmpdir(), 'grantlens-password-'));
    try {
      const file = join(folder, 'password');
      writeFileSync(file, 'sesame\n');
      environment({ GRANTLENS_NEO4J_PASSWORD_FILE: file });
      expect(given({ store: 'neo4j://localhost' }).data).toMatchObject({ password: 'sesame' });
      environment({ GRANTLENS_NEO4J_PASSWORD_FILE: join(folder, 'none') });
      expect(messageOf(() => given({ store: 'neo4j://localhost' }))).toContain('cannot be read');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('never takes a password from the address, and does not repeat it', () => {
    environment({ GRANTLENS_NEO4J_PASSWORD: 'sesame' });
    const message = messageOf(() => given({ store: 'neo4j://neo4j:tell-nobody@localhost:7687' }));
    expect(message).toContain('process list');
    expect(message).not.toContain('tell-nobody');
  });

  it('says what is missing or wrong', () => {
    environment({});
    expect(messageOf(() => given({ store: 'neo4j://localhost' }))).toContain('GRANTLENS_NEO4J_PASSWORD');
    expect(messageOf(() => given({ store: './folder' }))).toContain('neo4j://host:7687');
    expect(messageOf(() => given({ store: 'neo4j://localhost', data: 'x' }, ['data', 'store']))).toContain(
      'two stores',
    );
  });

  it('lets what is typed win over the environment', () => {
    expect(given({ store: 'neo4j://localhost', data: 'x' }, ['data'])).toMatchObject({ data: 'x' });
  });
});
