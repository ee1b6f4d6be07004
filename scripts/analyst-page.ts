/** The text of docs/analyst-queries.md, from the headers of the queries in cypher/analyst/. */
import { ANALYST_AREAS, type AnalystArea, type AnalystQuery } from '../cypher/analyst.ts';

const AREA_TITLES: Readonly<Record<AnalystArea, string>> = {
  access: 'Access',
  roles: 'Roles',
  groups: 'Groups',
  accounts: 'Accounts',
  escalation: 'Escalation',
  sources: 'Sources',
};

const INTRODUCTION = `# Queries for analysts

Questions that role engineers, access reviewers and security engineers ask, as Cypher for a graph that Grantlens keeps in Neo4j.
They lie in [cypher/analyst/](../cypher/analyst), one file each.

- \`grantlens cypher\` lists them, \`grantlens cypher NAME\` prints one. Paste it into **Neo4j Browser** whole: the \`:param\` commands
  set what can be set, the query below asks. Or pipe it: \`grantlens cypher unused-roles | cypher-shell\`.
- In **Bloom** (Explore) make a search phrase of the query, without the \`:param\` lines, and of each \`$name\` a parameter of the phrase.
- Queries that show a **graph** give whole paths, which Browser draws. [browser-style.grass](../cypher/analyst/browser-style.grass) gives
  each kind of node its colour and caption: drop the file onto Browser, or paste it after \`:style\`.

They see the graph as it lies in the database, and **they decide nothing**: what an identity may do follows from denials, conditions,
bounds and who it can act as, all together, by the rule in [the access model](model.md). Each query says under _Limits_ what it leaves out.
The decision, with every way and what stands in it, is \`grantlens why IDENTITY ACTION RESOURCE\`.

Time is looked at everywhere: an edge counts from \`validFrom\` until just before \`validTo\`, at the instant \`$at\`. While a large batch is
being loaded, queries see some of it early; \`state-of-the-graph\` tells if one is under way. Queries only read.

Every query is run by the tests on a small estate whose answers were worked out by hand (\`npx vitest run test/cypher/analyst\`), and on
a made-up company for [what it costs](database-hits.md). This page is made by \`npm run docs:cypher\`.

![Ways to the whole of two AWS accounts](escalation-in-neo4j.svg)

_What [escalation-paths-drawn](#escalation-paths-drawn) gave for a real AWS account, loaded into a real Neo4j. \`npm run
docs:cypher-picture -- DATA\` loads, asks and draws it anew. The server comes without Neo4j Browser, so the drawing is ours: Browser
draws the same paths in the same colours._`;

/** @returns the whole page */
export function analystPage(queries: readonly AnalystQuery[]): string {
  const parts = ANALYST_AREAS.map((area) =>
    areaPart(
      area,
      queries.filter((query) => query.area === area),
    ),
  );
  return `${[INTRODUCTION, contents(queries), ...parts].join('\n\n')}\n`;
}

const contents = (queries: readonly AnalystQuery[]): string =>
  [
    '| query | shows | question |',
    '| ----- | ----- | -------- |',
    ...queries.map(({ name, shows, question }) => `| [${name}](#${name}) | ${shows} | ${question} |`),
  ].join('\n');

const areaPart = (area: AnalystArea, queries: readonly AnalystQuery[]): string =>
  [`## ${AREA_TITLES[area]}`, ...queries.map(queryPart)].join('\n\n');

function queryPart(query: AnalystQuery): string {
  const { name, title, shows, pair, parameters, reading, limits, text } = query;
  const other = pair === undefined ? '' : ` See also [${pair}](#${pair}).`;
  return [
    `### ${name}`,
    `**${title}.** ${query.question} For ${query.for}. Shows a ${shows}.${other}`,
    ...(parameters.length === 0 ? [] : [parameterTable(parameters)]),
    reading,
    `_Limits:_ ${limits}`,
    ['```cypher', text, '```'].join('\n'),
  ].join('\n\n');
}

const parameterTable = (parameters: AnalystQuery['parameters']): string =>
  [
    '| parameter | standard | meaning |',
    '| --------- | -------- | ------- |',
    ...parameters.map(({ name, standard, meaning }) => `| \`$${name}\` | \`${standard}\` | ${meaning} |`),
  ].join('\n');
