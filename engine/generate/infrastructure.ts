/** Machines: regions, sites, clusters and hosts; database servers, databases and schemas; those who run and use them. */
import type { Company } from './company.ts';
import { lately } from './dates.ts';
import { deny, edge, type Facts, grant, node, resource } from './fact.ts';
import { informationTechnology } from './folders.ts';
import { nth } from './org-chart.ts';
import { People } from './person.ts';
import type { Draws } from './random.ts';
import { LOCATIONS, MODULES, slug } from './words.ts';
import { INTERNS } from './workforce.ts';

const REGIONS = ['emea', 'americas', 'apac'];
const HOSTS_IN_CLUSTER = 40;
const DATABASES_ON_SERVER = 5;

export const regionId = (region: number): string => `region:${REGIONS[region]}`;
export const regions = REGIONS.length;
const siteId = (site: number): string => `site:${LOCATIONS[site]!.code}`;
const siteGroup = (site: number): string => `group:infra/${LOCATIONS[site]!.code}/admins`;
export const siteRole = (site: number): string => `role:infra/${LOCATIONS[site]!.code}/admin`;

const sitesOf = (company: Company): number =>
  Math.min(company.locations, REGIONS.length + Math.floor(company.hosts / 900));
export const clustersOf = (company: Company): number => Math.ceil(company.hosts / HOSTS_IN_CLUSTER);

const clusterName = (company: Company, cluster: number): string =>
  `${LOCATIONS[cluster % sitesOf(company)]!.code}-c${cluster + 1}`;
export const clusterId = (company: Company, cluster: number): string => `cluster:${clusterName(company, cluster)}`;
const clusterRole = (company: Company, cluster: number): string =>
  `role:infra/${clusterName(company, cluster)}/operator`;

export function hostId(company: Company, host: number): string {
  const place = (host % HOSTS_IN_CLUSTER) + 1;
  return `host:${clusterName(company, Math.floor(host / HOSTS_IN_CLUSTER))}-h${place}`;
}

export function* infrastructure(company: Company): Facts {
  yield resource('cloud', 'estate', 'machines:', 'All Machines');
  yield* sites(company);
  yield* clusters(company);
  yield* hosts(company);
  yield* databases(company);
}

function* sites(company: Company): Facts {
  const people = new People(company);
  const draw = company.draws('sites');
  for (let region = 0; region < REGIONS.length; region++) {
    yield resource('cloud', 'region', regionId(region), `Region ${REGIONS[region]!.toUpperCase()}`);
    yield edge('cloud', 'CONTAINS', 'machines:', regionId(region));
    yield deny('cloud', INTERNS, regionId(region), ['login', 'rdp', 'ssh', 'sudo'], {
      evidence: 'policy 7, section 1',
    });
  }
  for (let site = 0; site < sitesOf(company); site++) {
    draw.at(site);
    const { city } = LOCATIONS[site]!;
    yield resource('cloud', 'site', siteId(site), `${city} Data Centre`);
    yield edge('cloud', 'CONTAINS', regionId(site % REGIONS.length), siteId(site));
    yield node('directory', 'Group', siteGroup(site), `${city} Machine Admins`);
    yield node('cloud', 'Role', siteRole(site), `${city} Machine Admin`);
    yield edge('cloud', 'HAS_ROLE', siteGroup(site), siteRole(site), { condition: 'mfa = true' });
    yield grant('cloud', siteRole(site), siteId(site), ['*'], { exceptActions: ['decommission'] });
    for (const user of draw.several(draw.between(3, 8), ...informationTechnology(company)))
      yield edge('directory', 'MEMBER_OF', people.id(user), siteGroup(site));
  }
}

function* clusters(company: Company): Facts {
  const draw = company.draws('clusters');
  for (let cluster = 0; cluster < clustersOf(company); cluster++) {
    draw.at(cluster);
    const role = clusterRole(company, cluster);
    const name = clusterName(company, cluster);
    yield resource('cloud', 'cluster', clusterId(company, cluster), `Cluster ${name}`);
    yield edge('cloud', 'CONTAINS', siteId(cluster % sitesOf(company)), clusterId(company, cluster));
    yield node('cloud', 'Role', role, `Operator ${name}`);
    yield grant('cloud', role, clusterId(company, cluster), ['login', 'read', 'reboot', 'ssh']);
    for (const team of draw.several(draw.between(1, 3), 0, company.teams.length))
      yield edge('cloud', 'HAS_ROLE', `group:org/${company.teams[team]!.path}`, role);
  }
}

function* hosts(company: Company): Facts {
  const people = new People(company);
  const draw = company.draws('hosts');
  for (let host = 0; host < company.hosts; host++) {
    draw.at(host);
    const id = hostId(company, host);
    const windows = draw.chance(0.4);
    yield {
      node: {
        ...{ kind: 'Resource', id, source: 'cloud', name: id.slice(5), resourceType: 'host' },
        attributes: { os: windows ? 'windows' : 'linux', stage: draw.chance(0.6) ? 'production' : 'test' },
      },
    };
    yield edge('cloud', 'CONTAINS', clusterId(company, Math.floor(host / HOSTS_IN_CLUSTER)), id);
    const actions = windows ? ['login', 'rdp'] : ['login', 'ssh', 'sudo'];
    if (draw.chance(0.15)) yield grant('cloud', `group:org/${draw.pick(company.teams).path}`, id, actions);
    if (draw.chance(0.06)) yield* localAccount(people.id(draw.below(company.users)), id, draw);
  }
}

function* localAccount(user: string, host: string, draw: Draws): Facts {
  yield grant('cloud', user, host, ['login', 'ssh'], {
    evidence: 'local account',
    lastUsedAt: lately(draw),
    useCount: 1 + draw.skewed(90),
  });
  yield edge('cloud', 'CONTROLS', user, host, { technique: 'local-administrator' });
}

export const databaseRole = (database: number, right: 'reader' | 'writer'): string =>
  `role:db/${databaseName(database)}/${right}`;
export const databaseId = (database: number): string => `db:${databaseName(database)}`;
const databaseName = (database: number): string => slug(nth(MODULES, database));

function* databases(company: Company): Facts {
  const draw = company.draws('databases');
  yield resource('cloud', 'platform', 'dbs:', 'Data Platform');
  for (let database = 0; database < company.databases; database++) {
    draw.at(database);
    const server = `dbserver:${Math.floor(database / DATABASES_ON_SERVER) + 1}`;
    if (database % DATABASES_ON_SERVER === 0) {
      yield resource('cloud', 'database-server', server, `Database Server ${server.slice(9)}`);
      yield edge('cloud', 'CONTAINS', 'dbs:', server);
    }
    const id = databaseId(database);
    yield resource('cloud', 'database', id, nth(MODULES, database), draw.chance(0.15) ? 0.8 : undefined);
    yield edge('cloud', 'CONTAINS', server, id);
    for (const schema of draw.several(draw.between(1, 3), 0, 4)) {
      yield resource('cloud', 'schema', `${id}/s${schema + 1}`, `${nth(MODULES, database)} schema ${schema + 1}`);
      yield edge('cloud', 'CONTAINS', id, `${id}/s${schema + 1}`);
    }
    yield* databaseRoles(company, database, draw);
  }
}

function* databaseRoles(company: Company, database: number, draw: Draws): Facts {
  const name = nth(MODULES, database);
  const reader = databaseRole(database, 'reader');
  const writer = databaseRole(database, 'writer');
  const [first, second] = draw.several(2, 0, company.teams.length);
  yield node('cloud', 'Role', reader, `${name} reader`);
  yield grant('cloud', reader, databaseId(database), ['SELECT']);
  yield node('cloud', 'Role', writer, `${name} writer`);
  yield edge('cloud', 'INHERITS', writer, reader);
  yield grant('cloud', writer, databaseId(database), ['DELETE', 'EXECUTE', 'INSERT', 'UPDATE']);
  yield edge('cloud', 'HAS_ROLE', `group:org/${company.teams[first!]!.path}`, writer);
  if (second !== undefined) yield edge('cloud', 'HAS_ROLE', `group:org/${company.teams[second]!.path}`, reader);
}
