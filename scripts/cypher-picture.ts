/**
 * Draws docs/escalation-in-neo4j.svg: `npm run docs:cypher-picture -- [DATA]`. Starts a real Neo4j, loads the real AWS account of
 * DATA (default ../shared/data) by the command line, asks the analyst's query `escalation-paths-drawn` and draws the paths
 * that come back. Neo4j Browser is no part of the server from Maven Central, so the drawing is ours and the result is the server's.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import neo4j, { type Driver, type Node, type Path, type Relationship } from 'neo4j-driver';
import { analystQueries } from '../cypher/analyst.ts';
import { graphPicture, type PictureEdge, type PictureNode, type Way } from './graph-picture.ts';
import { type RunningNeo4j, startNeo4j } from './neo4j/index.ts';

const root = path.resolve(import.meta.dirname, '..');
const account = path.join(
  process.argv[2] ?? path.join(root, '../shared/data'),
  'aws/account-authorization-details.json',
);
const PARAMETERS = { least: 1, resources: 2, most: 40, at: '2026-01-01T00:00:00Z' };

if (!existsSync(account)) throw new Error(`There is no ${account}: name the folder of the real inputs.`);
const server = await startNeo4j();
try {
  load(server);
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  const ways = await ask(driver).finally(() => driver.close());
  const lines = [
    `grantlens load aws account-authorization-details.json · then escalation-paths-drawn, least ${PARAMETERS.least}, resources ${PARAMETERS.resources}, most ${PARAMETERS.most}, at ${PARAMETERS.at}`,
    `${ways.length} identities that have nothing there as themselves. Red: an identity that becomes another. The query shows ways; what can be done at their end is told by the grant, and decided by grantlens why.`,
  ];
  const file = path.join(root, 'docs/escalation-in-neo4j.svg');
  writeFileSync(
    file,
    graphPicture('Ways to the whole of two AWS accounts, for those who have none as themselves', lines, ways),
  );
  console.log(`${file}: ${ways.length} ways`);
} finally {
  await server.stop();
}

function load({ uri, user, password, database }: RunningNeo4j): void {
  const env = { ...process.env, GRANTLENS_NEO4J_USER: user, GRANTLENS_NEO4J_PASSWORD: password };
  const words = ['load', 'aws', account, '--store', `${uri}/${database}`];
  execFileSync(process.execPath, [path.join(root, 'bin/grantlens.js'), ...words], { env, stdio: ['ignore', 2, 2] });
}

async function ask(driver: Driver): Promise<readonly Way[]> {
  const query = analystQueries().find(({ name }) => name === 'escalation-paths-drawn')!;
  const { least, resources, most, at } = PARAMETERS;
  const instant = neo4j.types.DateTime.fromStandardDate(new Date(at));
  const { records } = await driver.executeQuery(query.text, {
    least,
    resources: neo4j.int(resources),
    most: neo4j.int(most),
    at: instant,
  });
  return records.map((record) => wayOf(record.get('way') as Path));
}

function wayOf({ start, segments }: Path): Way {
  return {
    nodes: [start, ...segments.map(({ end }) => end)].map(nodeOf),
    edges: segments.map(({ start: from, relationship, end }) => edgeOf(from, relationship, end)),
  };
}

function nodeOf({ elementId, labels, properties }: Node): PictureNode {
  const label = labels.find((one) => !['Entity', 'Principal', 'Identity'].includes(one)) ?? 'Entity';
  return { id: elementId, caption: String(properties['name']), label };
}

function edgeOf(from: Node, { type, properties }: Relationship, to: Node): PictureEdge {
  const ends = { from: from.elementId, to: to.elementId };
  if (type === 'CAN_ASSUME' || type === 'CONTROLS')
    return { ...ends, caption: String(properties['technique'] ?? type), stands: 'out' };
  return { ...ends, caption: type === 'GRANTS' ? grantCaption(properties['actions']) : type };
}

function grantCaption(actions: readonly string[]): string {
  return actions.length === 1 ? `GRANTS ${actions[0]}` : `GRANTS ${actions.length} actions`;
}
