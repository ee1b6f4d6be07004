import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import neo4j from 'neo4j-driver';
import { MAKING } from '../cache-folder.ts';
import { launch } from './process.ts';
import type { Provision } from './provision.ts';
import { writeSettings } from './settings.ts';

/**
 * Flags that let Java take the server's classes from an archive, which halves the time to start. The archive is made once,
 * by a server that starts, answers a few questions and ends; it fits one build of Java. Without one all works, slower.
 */
export async function archiveFlags(provision: Provision): Promise<readonly string[]> {
  const build = createHash('sha256').update(provision.jdk.build).digest('hex').slice(0, 12);
  const archive = join(provision.folder, `classes-${build}.jsa`);
  if (!existsSync(archive)) await makeArchive(provision, archive);
  return [`-XX:SharedArchiveFile=${archive}`, '-Xlog:disable', '-Xlog:all=error:stderr'];
}

async function makeArchive(provision: Provision, archive: string): Promise<void> {
  const home = await mkdtemp(join(await realpath(tmpdir()), 'grantlens-neo4j-'));
  const folder = await mkdtemp(join(dirname(provision.folder), MAKING));
  const making = join(folder, 'classes.jsa');
  try {
    await writeSettings(home, { port: 0, pageCache: '16m', plugins: provision.plugins });
    const flags = ['-Xmx512m', '-XX:+UseSerialGC', `-XX:ArchiveClassesAtExit=${making}`, '-Xlog:disable'];
    const server = await launch(provision, {
      home,
      temporary: true,
      password: 'of-no-further-use',
      flags,
    });
    await askAFew(server.port).finally(server.stop);
    await rename(making, archive);
  } finally {
    await rm(home, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes the server load what a client's first statements need. */
async function askAFew(port: number): Promise<void> {
  const driver = neo4j.driver(`neo4j://127.0.0.1:${port}`, neo4j.auth.basic('neo4j', 'of-no-further-use'));
  try {
    const ask = (text: string) => driver.executeQuery(text, {}, { database: 'neo4j' });
    await ask('CREATE CONSTRAINT trained IF NOT EXISTS FOR (n:Trained) REQUIRE n.id IS UNIQUE');
    await ask('UNWIND range(1, 100) AS id MERGE (n:Trained {id: id}) SET n.text = toString(id)');
    await ask('MATCH (a:Trained), (b:Trained {id: a.id + 1}) CREATE (a)-[:NEXT {since: 1}]->(b)');
    await ask('MATCH p = (:Trained {id: 1})-[:NEXT*1..3]->(n) RETURN n.text, count(p) ORDER BY n.text LIMIT 3');
  } finally {
    await driver.close();
  }
}
