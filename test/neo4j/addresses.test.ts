/** Addresses where there is no Neo4j: what is told. No server is needed for that. */
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { openNeo4jStore } from '../../engine/store/neo4j/index.ts';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

async function portOf(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const open = (uri: string) =>
  openNeo4jStore({
    connection: { uri, user: 'neo4j', password: 'secret' },
    mode: 'read',
    silence: 60_000,
  });

describe('an address without a Neo4j server', () => {
  it('that refuses connections cannot be reached', async () => {
    const server = createServer();
    const port = await portOf(server);
    await new Promise((resolve) => server.close(resolve));
    for (const scheme of ['bolt', 'neo4j']) {
      await expect(open(`${scheme}://127.0.0.1:${port}`)).rejects.toMatchObject({
        code: 'STORE_UNREACHABLE',
        message: expect.stringContaining('cannot be reached'),
      });
    }
  });

  it('that speaks HTTP is told to be no Bolt address', async () => {
    const port = await portOf(createHttpServer((_, response) => response.end('{}')));
    await expect(open(`bolt://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('answers HTTP'),
      hint: expect.stringContaining('7687'),
    });
  });
});
