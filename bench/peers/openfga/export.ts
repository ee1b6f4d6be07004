/**
 * An estate at one instant as an authorization model and tuples, for a set of actions that are asked about.
 *
 * The answer is yes or no: yes for ALLOWED and for CONDITIONAL. So an edge counts with its condition taken as met where it gives,
 * and does not count where it takes away, which is what the decision rule says of that yes.
 *
 * - `member` of a group or role is who has it among its memberships; `sure` is the same by edges without a condition, and kept only
 *   where a denial can be reached, since an uncertain one takes nothing away.
 * - `actor` of a principal is who has it among the memberships of something it can assume. A denial of who acts does not count there.
 * - For each class of actions a resource has `allow`, `deny` and `acted`, which it inherits from its `parent`, the same with `only` for
 *   what is not inherited, and `can` of these.
 * - The language has no way to bound one context and not another, nor to deny a context that others act as. Contexts with a bound, and
 *   those that are assumed and have a denial among their memberships, are resolved beforehand: what they can do is written out, on
 *   the outermost resources where that says it all. Whoever may act as such a context is `entered` there.
 */
import type { EdgeRecord } from '../../../engine/index.ts';
import { conveys } from '../conveys.ts';
import type { LiveEstate } from '../live-estate.ts';
import { type ActionClass, actionClasses } from './action-classes.ts';
import {
  type AuthorizationModel,
  anyOf,
  butNot,
  computed,
  direct,
  fromParent,
  modelFor,
  type ObjectRef,
  type ObjectType,
  PARENT,
  type Rewrite,
  type SubjectRef,
  type Tuple,
  tupleText,
  withoutEmpty,
} from './relations.ts';

/** Every resource on which a context may do it, if only under conditions, within its bounds; what it can assume left out. */
export type Resolve = (context: string, action: string) => Iterable<string>;

export interface OpenFgaExport {
  readonly model: AuthorizationModel;
  readonly tuples: readonly Tuple[];
  readonly object: (id: string) => ObjectRef;
  /** The id of an object's number. */
  readonly idOf: (number: string) => string;
  /** The relation that asks for an action, which is one of those that the export was made for. */
  readonly relationOf: (action: string) => string;
  readonly told: ExportTold;
}

/** How the estate was put, for the report. */
export interface ExportTold {
  readonly actions: number;
  readonly actionClasses: number;
  readonly relations: number;
  readonly tuples: number;
  /** Edges that are in the tuples as what they are. */
  readonly edges: number;
  /** Edges whose condition was taken as met where they give, and left out where they take away. */
  readonly conditional: number;
  /** Edges that are not in force at the instant: left out. */
  readonly notInForce: number;
  /** Edges that give no access to a default question (ownership, take-over): left out. */
  readonly withoutAccess: number;
  /** Grants about none of the actions asked about: left out. */
  readonly notAsked: number;
  /** Contexts whose access was resolved beforehand, and the tuples that say it. */
  readonly resolvedContexts: number;
  readonly resolvedTuples: number;
}

const TYPES: Readonly<Record<string, ObjectType>> = {
  User: 'identity',
  ServiceAccount: 'identity',
  Group: 'group',
  Role: 'role',
  Resource: 'resource',
};

export function openFgaExport(estate: LiveEstate, actions: Iterable<string>, resolve: Resolve): OpenFgaExport {
  const asked = [...new Set(actions)];
  const ids = [...estate.kinds.keys()];
  const numbers = new Map(ids.map((id, number) => [id, String(number)]));
  const object = (id: string): ObjectRef => ({ type: TYPES[estate.kinds.get(id)!]!, id: numbers.get(id)! });
  const edges = edgesByUse(estate);
  const classes = actionClasses(asked, edges.grants);
  const contexts = contextsOf(estate, edges);
  const writer = new TupleWriter(estate, object, contexts);
  writer.memberships(edges);
  writer.assumptions(edges.assumptions, edges.memberships);
  writer.containment(edges.containment);
  const carried = writer.grants(edges.grants, classes);
  const before = writer.tuples.length;
  writer.resolved(classes, resolve, edges.containment);
  const resolvedTuples = writer.tuples.length - before;
  const tuples = withoutEmpty(writer.tuples);
  const { rewrites, relations } = rewritesFor(tuples, classes);
  const model = modelFor(tuples, rewrites);
  const withoutAccess = estate.edges.filter(({ kind }) => kind === 'OWNS' || kind === 'CONTROLS').length;
  return {
    model,
    tuples,
    object,
    idOf: (number) => ids[Number(number)]!,
    relationOf: (action) => relations.get(action)!,
    told: {
      actions: asked.length,
      actionClasses: classes.length,
      relations: model.type_definitions.reduce((sum, type) => sum + Object.keys(type.relations).length, 0),
      tuples: tuples.length,
      edges: estate.edges.length - withoutAccess - (edges.grants.length - carried) - edges.bounds.length,
      conditional: estate.edges.filter(({ condition }) => condition !== undefined).length,
      notInForce: estate.notInForce,
      withoutAccess,
      notAsked: edges.grants.length - carried,
      resolvedContexts: contexts.special.size,
      resolvedTuples,
    },
  };
}

interface EdgesByUse {
  readonly memberships: readonly EdgeRecord[];
  readonly assumptions: readonly EdgeRecord[];
  readonly containment: readonly EdgeRecord[];
  readonly grants: readonly EdgeRecord[];
  readonly bounds: readonly EdgeRecord[];
}

const edgesByUse = ({ edges }: LiveEstate): EdgesByUse => {
  const of = (...kinds: readonly EdgeRecord['kind'][]) => edges.filter(({ kind }) => kinds.includes(kind));
  return {
    memberships: of('MEMBER_OF', 'HAS_ROLE', 'INHERITS'),
    assumptions: of('CAN_ASSUME'),
    containment: of('CONTAINS'),
    grants: of('GRANTS'),
    bounds: of('BOUNDED_BY'),
  };
};

/** What the tuples have to tell apart. */
interface Contexts {
  /** What something can assume. */
  readonly assumed: ReadonlySet<string>;
  /** Those that are resolved beforehand. */
  readonly special: ReadonlySet<string>;
  /** Whatever somebody may have by acting as something that is not special. */
  readonly acted: ReadonlySet<string>;
  /** Whatever leads to a holder of an unconditional denial by memberships, holders included. */
  readonly towardDenial: ReadonlySet<string>;
}

function contextsOf(estate: LiveEstate, { memberships, assumptions, grants, bounds }: EdgesByUse): Contexts {
  const out = adjacency(memberships, ({ from, to }) => [from, to]);
  const back = adjacency(memberships, ({ from, to }) => [to, from]);
  const deniers = grants.filter((grant) => grant.effect === 'DENY' && grant.condition === undefined);
  const towardDenial = closure(
    deniers.map(({ from }) => from),
    back,
  );
  const assumed = new Set(assumptions.map(({ to }) => to));
  const isContext = (id: string): boolean => assumed.has(id) || TYPES[estate.kinds.get(id)!] === 'identity';
  const bounded = bounds.map(({ from }) => from).filter(isContext);
  const special = new Set([...bounded, ...[...assumed].filter((id) => towardDenial.has(id))]);
  const acted = closure(
    [...assumed].filter((id) => !special.has(id)),
    out,
  );
  return { assumed, special, acted, towardDenial };
}

function adjacency(
  edges: readonly EdgeRecord[],
  ends: (edge: EdgeRecord) => readonly [string, string],
): Map<string, string[]> {
  const others = new Map<string, string[]>();
  for (const edge of edges) {
    const [from, to] = ends(edge);
    const known = others.get(from);
    if (known === undefined) others.set(from, [to]);
    else known.push(to);
  }
  return others;
}

function closure(first: Iterable<string>, others: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set(first);
  for (const one of found) for (const other of others.get(one) ?? []) found.add(other);
  return found;
}

class TupleWriter {
  readonly tuples: Tuple[] = [];
  readonly #seen = new Set<string>();
  readonly #object: (id: string) => ObjectRef;
  readonly #contexts: Contexts;
  readonly #isIdentity: (id: string) => boolean;

  constructor({ kinds }: LiveEstate, object: (id: string) => ObjectRef, contexts: Contexts) {
    this.#object = object;
    this.#contexts = contexts;
    this.#isIdentity = (id) => TYPES[kinds.get(id)!] === 'identity';
  }

  memberships({ memberships }: EdgesByUse): void {
    const { acted, towardDenial } = this.#contexts;
    for (const { from, to, condition } of memberships) {
      for (const subject of this.#having(from, 'member')) this.#write(to, 'member', subject);
      if (acted.has(from)) this.#write(to, 'actor', this.#related(from, 'actor'));
      if (condition === undefined && towardDenial.has(to))
        for (const subject of this.#having(from, 'sure')) this.#write(to, 'sure', subject);
    }
  }

  assumptions(assumptions: readonly EdgeRecord[], memberships: readonly EdgeRecord[]): void {
    const { acted, special } = this.#contexts;
    const assumable = adjacency(assumptions, ({ from, to }) => [from, to]);
    for (const { from, to } of assumptions) {
      for (const subject of this.#having(from, 'member')) this.#write(to, this.#entry(to), subject);
      if (acted.has(from)) this.#write(to, this.#entry(to), this.#related(from, 'actor'));
    }
    // What a context that is resolved beforehand can assume, by whatever it belongs to.
    const out = adjacency(memberships, ({ from, to }) => [from, to]);
    for (const context of special)
      for (const member of closure([context], out))
        for (const to of assumable.get(member) ?? [])
          for (const subject of this.#actingAs(context)) this.#write(to, this.#entry(to), subject);
  }

  containment(containment: readonly EdgeRecord[]): void {
    for (const { from, to } of containment) this.#write(to, PARENT, this.#object(from));
  }

  /** How many of the grants are about something that is asked. */
  grants(grants: readonly EdgeRecord[], classes: readonly ActionClass[]): number {
    let carried = 0;
    for (const grant of grants) {
      const about = classes.filter(({ actions }) => conveys(grant, actions[0]!));
      if (about.length > 0) carried += 1;
      for (const { name } of about) this.#grant(grant, name);
    }
    return carried;
  }

  #grant({ from, to, effect, condition, inherit }: EdgeRecord, name: string): void {
    const only = inherit === false ? 'only' : '';
    if (effect === 'DENY') {
      if (condition !== undefined) return;
      for (const subject of this.#having(from, 'sure')) this.#write(to, `deny${only}_${name}`, subject);
      return;
    }
    for (const subject of this.#having(from, 'member')) this.#write(to, `allow${only}_${name}`, subject);
    if (this.#contexts.acted.has(from)) this.#write(to, `acted${only}_${name}`, this.#related(from, 'actor'));
  }

  resolved(classes: readonly ActionClass[], resolve: Resolve, containment: readonly EdgeRecord[]): void {
    const inner = adjacency(containment, ({ from, to }) => [from, to]);
    const outer = adjacency(containment, ({ from, to }) => [to, from]);
    for (const context of this.#contexts.special) {
      for (const { name, actions } of classes) {
        const resources = new Set(resolve(context, actions[0]!));
        const outermost = [...resources].filter((one) => !(outer.get(one) ?? []).some((each) => resources.has(each)));
        const whole = closure(outermost, inner).size === resources.size;
        for (const resource of whole ? outermost : resources)
          for (const subject of this.#actingAs(context))
            this.#write(resource, whole ? `acted_${name}` : `actedonly_${name}`, subject);
      }
    }
  }

  /** Who has a principal among its memberships: itself, when it is an identity. None for one that is resolved beforehand. */
  #having(id: string, relation: 'member' | 'sure'): SubjectRef[] {
    if (!this.#isIdentity(id)) return [this.#related(id, relation)];
    return this.#contexts.special.has(id) ? [] : [this.#object(id)];
  }

  /** Who is a context: itself, when it is an identity, and those that can assume it. */
  #actingAs(context: string): SubjectRef[] {
    const self = this.#isIdentity(context) ? [this.#object(context)] : [];
    return this.#contexts.assumed.has(context) ? [...self, this.#related(context, this.#entry(context))] : self;
  }

  #entry = (context: string): 'actor' | 'entered' => (this.#contexts.special.has(context) ? 'entered' : 'actor');

  #related = (id: string, relation: string): SubjectRef => ({ ...this.#object(id), relation });

  #write(id: string, relation: string, subject: SubjectRef): void {
    const tuple = { object: this.#object(id), relation, subject };
    const text = tupleText(tuple);
    if (this.#seen.has(text)) return;
    this.#seen.add(text);
    this.tuples.push(tuple);
  }
}

/** The relations of a resource that are more than their tuples: only what the tuples call for. */
function rewritesFor(tuples: readonly Tuple[], classes: readonly ActionClass[]) {
  const filled = new Set(tuples.filter(({ object }) => object.type === 'resource').map(({ relation }) => relation));
  const rewrites: Record<string, Rewrite> = {};
  const relations = new Map<string, string>();
  for (const { name, actions } of classes) {
    const both = (what: string): Rewrite[] => {
      const inherited = `${what}_${name}`;
      if (filled.has(inherited) && filled.has(PARENT)) rewrites[inherited] = anyOf([direct, fromParent(inherited)]);
      return [inherited, `${what}only_${name}`].filter((one) => filled.has(one)).map(computed);
    };
    const [allowed, denied, acted] = [both('allow'), both('deny'), both('acted')];
    const own = allowed.length === 0 || denied.length === 0 ? allowed : [butNot(anyOf(allowed), anyOf(denied))];
    const ways = [...own, ...acted];
    rewrites[`can_${name}`] = ways.length === 0 ? direct : anyOf(ways);
    for (const action of actions) relations.set(action, `can_${name}`);
  }
  return { rewrites, relations };
}
