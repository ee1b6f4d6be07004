/** What peers are measured on is the same question: their answers are those of the model, on random graphs and on a made-up company. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASKED, AT, type Kind } from '../../bench/peers/asked.ts';
import { TraversalAccess } from '../../bench/peers/graphology/access.ts';
import { accessGraphs } from '../../bench/peers/graphology/graph.ts';
import { graphologyPeer } from '../../bench/peers/graphology/graphology-peer.ts';
import { type LiveEstate, liveEstate } from '../../bench/peers/live-estate.ts';
import { openFgaExport } from '../../bench/peers/openfga/export.ts';
import { objectText } from '../../bench/peers/openfga/relations.ts';
import { decisionOf, listedText } from '../../bench/peers/rows.ts';
import type { Change, EdgeRecord, NodeRecord } from '../../engine/index.ts';
import { estateRecords } from '../support/estate-records.ts';
import { OpenFgaEvaluator } from '../support/openfga-evaluator.ts';
import {
  actionsToldApart,
  decide,
  isAllowing,
  isDisabled,
  type OracleGraph,
  patternsOf,
} from '../support/oracle/index.ts';
import { INSTANTS, identitiesOf, randomGraph, resourcesOf, returningGraph } from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { viewOf } from '../support/view-of.ts';

announceSeed();

interface Records {
  readonly nodes: readonly NodeRecord[];
  readonly edges: readonly EdgeRecord[];
}

const changesOf = ({ nodes, edges }: Records): Change[] => [
  ...nodes.map((node): Change => ({ op: 'PUT_NODE', node })),
  ...edges.map((edge): Change => ({ op: 'PUT_EDGE', edge })),
];

const traversal = (estate: LiveEstate): TraversalAccess => new TraversalAccess(accessGraphs(estate));

const exportWith = (estate: LiveEstate, access: TraversalAccess, actions: readonly string[]) =>
  openFgaExport(estate, actions, (context, action) => access.ofContext(context, action).keys());

describe('on random graphs', () => {
  const graph = fc.oneof(randomGraph(), returningGraph());
  const eachGraph = (ask: (graph: OracleGraph, at: number) => void): void =>
    fc.assert(fc.property(graph, fc.constantFrom(...INSTANTS), ask), runs(300));

  /** What the model decides of each identity and resource. */
  function* decided(graph: OracleGraph, at: number) {
    for (const action of actionsToldApart(patternsOf(graph)))
      for (const identity of identitiesOf(graph))
        for (const resource of resourcesOf(graph))
          yield {
            identity,
            action,
            resource,
            is: decide(graph, { identity, action, resource, reach: 'ASSUMABLE', at }),
          };
  }

  it(
    'the traversals decide and list as the model does',
    () =>
      eachGraph((graph, at) => {
        const access = traversal(liveEstate(changesOf(graph), at));
        for (const { identity, action, resource, is } of decided(graph, at)) {
          const listed = isAllowing(is) ? is : undefined;
          const told = (map: ReadonlyMap<string, 0 | 1 | 2 | 3>, id: string) =>
            map.has(id) ? decisionOf(map.get(id)!) : undefined;
          expect({ identity, action, resource, is: decisionOf(access.check(identity, action, resource)) }).toEqual({
            ...{ identity, action, resource, is },
          });
          expect(told(access.accessOf(identity, action), resource)).toBe(listed);
          expect(told(access.whoCan(action, resource), identity)).toBe(
            isDisabled(graph, identity) ? undefined : listed,
          );
        }
      }),
    LONG,
  );

  it(
    'the tuples allow what the model allows, if only under conditions',
    () =>
      eachGraph((graph, at) => {
        const estate = liveEstate(changesOf(graph), at);
        const actions = actionsToldApart(patternsOf(graph));
        const { model, tuples, object, relationOf } = exportWith(estate, traversal(estate), actions);
        const evaluator = new OpenFgaEvaluator(model, tuples);
        for (const { identity, action, resource, is } of decided(graph, at)) {
          const users = evaluator.usersOf(object(resource), relationOf(action));
          expect({ identity, action, resource, is: users.has(objectText(object(identity))) }).toEqual({
            ...{ identity, action, resource, is: isAllowing(is) },
          });
        }
      }),
    LONG,
  );
});

describe('on a made-up company', () => {
  const records = estateRecords(80, 3);
  const estate = liveEstate(changesOf(records), AT);
  const access = traversal(estate);
  const actions = ['read', 'write', 'login', 'sudo', 's3:GetObject', 's3:DeleteBucket', 'approve', 'use', '*'];
  const idsOf = (wanted: readonly string[]): string[] =>
    [...estate.kinds].filter(([, kind]) => wanted.includes(kind)).map(([id]) => id);
  const identities = idsOf(['User', 'ServiceAccount']);
  const resources = idsOf(['Resource']);
  /** Every identity once and every resource once, with the actions in turn. */
  const questions = identities.flatMap((identity, place) =>
    actions.map((action, step) => ({ identity, action, resource: resources[(place * 7 + step) % resources.length]! })),
  );

  it.each<Kind>(['check', 'accessOf', 'whoCan'])(
    'the traversals answer %s as the engine does',
    async (kind) => {
      const view = await viewOf(records.nodes, records.edges);
      const peer = graphologyPeer(access);
      for (const question of questions) {
        const rows = await ASKED[kind].rows(view, question);
        expect({ question, is: await peer.whole(kind, question) }).toEqual({ question, is: peer.said(rows!) });
      }
      view.release();
    },
    LONG,
  );

  it(
    'the tuples list who can as the engine does',
    async () => {
      const view = await viewOf(records.nodes, records.edges);
      const { model, tuples, object, relationOf, idOf } = exportWith(estate, access, actions);
      const evaluator = new OpenFgaEvaluator(model, tuples);
      for (const question of questions) {
        const users = evaluator.usersOf(object(question.resource), relationOf(question.action));
        const ids = [...users].map((user) => idOf(user.slice(user.indexOf(':') + 1)));
        const listed = JSON.stringify(ids.filter((id) => !estate.disabled.has(id)).sort());
        const rows = await ASKED.whoCan.rows(view, question);
        expect({ question, is: listed }).toEqual({ question, is: listedText(rows!) });
      }
      view.release();
    },
    LONG,
  );
});
