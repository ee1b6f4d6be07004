import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { build, grantlens } from './grantlens.ts';

describe('cypher', () => {
  beforeAll(build, 120_000);

  it('lists the queries', async () => {
    const { code, stdout } = await grantlens(['cypher']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^NAME +SHOWS +TITLE$/m);
    expect(stdout).toMatch(/^unused-roles +table +Roles nobody uses$/m);
  });

  it('prints one as its file says', async () => {
    const file = fileURLToPath(new URL('../../cypher/analyst/unused-roles.cypher', import.meta.url));
    expect(await grantlens(['cypher', 'unused-roles'])).toEqual({
      code: 0,
      stdout: readFileSync(file, 'utf8'),
      stderr: '',
    });
  });

  it('prints one as JSON, the query apart from its parameters', async () => {
    const { stdout } = await grantlens(['cypher', 'state-of-the-graph', '--json']);
    const query = JSON.parse(stdout) as { parameters: unknown; text: string };
    expect(query).toMatchObject({ name: 'state-of-the-graph', parameters: [] });
    expect(query.text).toMatch(/^MATCH \(head:GraphHead/);
  });

  it('says when there is no such query', async () => {
    const { code, stderr } = await grantlens(['cypher', 'nothing']);
    expect(code).toBe(1);
    expect(stderr).toContain('There is no query "nothing"');
  });
});
