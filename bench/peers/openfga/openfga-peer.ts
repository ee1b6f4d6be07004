/** An OpenFGA server as a peer: Check, ListObjects and ListUsers, round trip over HTTP on loopback. */
import type { CheckQuestion } from '../../../engine/index.ts';
import type { Kind } from '../asked.ts';
import type { Peer } from '../beside.ts';
import { listedText, some } from '../rows.ts';
import type { OpenFgaClient } from './client.ts';
import type { OpenFgaExport } from './export.ts';
import { objectText } from './relations.ts';

/** As the server's own measurements name them. */
const METHODS: Partial<Readonly<Record<Kind, string>>> = {
  check: 'check',
  accessOf: 'listobjects',
  whoCan: 'listusers',
};

export interface OpenFgaPeerParts {
  readonly client: OpenFgaClient;
  readonly exported: OpenFgaExport;
  /** The product leaves disabled identities out of its lists; here they are taken out afterwards, and not in the time. */
  readonly disabled: ReadonlySet<string>;
  readonly metricsUrl: string;
}

export function openFgaPeer({ client, exported, disabled, metricsUrl }: OpenFgaPeerParts): Peer {
  const list = (kind: Kind, { identity, action, resource }: CheckQuestion): Promise<readonly string[]> => {
    const relation = exported.relationOf(action);
    if (kind === 'whoCan') return client.listUsers(exported.object(resource), relation, 'identity');
    return client.listObjects(objectText(exported.object(identity)), relation, 'resource');
  };
  const check = ({ identity, action, resource }: CheckQuestion): Promise<boolean> => {
    const [user, object] = [identity, resource].map((id) => objectText(exported.object(id)));
    return client.check(user!, exported.relationOf(action), object!);
  };
  const idOf = (text: string): string => exported.idOf(text.slice(text.indexOf(':') + 1));
  return {
    name: 'OpenFGA',
    asks: ['check', 'accessOf', 'whoCan'],
    less: { check: 'yes or no', accessOf: 'ids alone', whoCan: 'ids alone' },
    ask: async (kind, question) => {
      if (kind === 'check') return (await check(question)) ? 'yes' : 'no';
      return some((await list(kind, question)).length);
    },
    whole: async (kind, question) => {
      if (kind === 'check') return JSON.stringify((await check(question)) ? [question.resource] : []);
      const ids = (await list(kind, question)).map(idOf).filter((id) => kind !== 'whoCan' || !disabled.has(id));
      return JSON.stringify(ids.sort());
    },
    said: listedText,
    served: (kind) => servedCalls(metricsUrl, METHODS[kind]!),
  };
}

/** What the server has measured of a method: the sum of its histogram of durations, each in whole milliseconds rounded down, and how many there were. */
async function servedCalls(url: string, method: string) {
  const text = await (await fetch(url)).text();
  const sumOf = (what: string): number =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`openfga_request_duration_ms_${what}{`))
      .filter((line) => line.includes(`grpc_method="${method}"`))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  return { calls: sumOf('count'), milliseconds: sumOf('sum') };
}
