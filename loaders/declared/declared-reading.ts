import {
  type Change,
  type EdgeDraft,
  type Instant,
  isIdentityKind,
  type JsonValue,
  MAX_ACTION,
  makeEdge,
  mayJoin,
  type NodeKind,
  type NodeRecord,
  Problems,
  parseInstant,
  wrongWithText,
} from '../../engine/model/index.ts';
import type { CompiledEdge, CompiledEnd, CompiledEntity, CompiledNode, Items } from './compile.ts';
import { asFields } from './compile.ts';
import { wrongForm } from './forms.ts';
import { type KnownNode, KnownNodes } from './known-nodes.ts';
import type { LeftAside } from './left-aside.ts';
import { evidenceOf, type SourceRecord } from './record.ts';
import { type Scope, textOf } from './template.ts';

/** Changes that are handed on at a time at most. */
const BATCH = 4_096;

/** Edges that no single record tells: they follow from several. */
export interface Following {
  /** Every record, once, while the changes are made. */
  see(record: SourceRecord): void;
  /** Called when all records were seen. Edges with an end that is no node, or that the model does not allow, are left out. */
  changes(): Iterable<NodeRecord | EdgeDraft>;
}

/** What records are walked for: to know which nodes there are, or to make the changes. */
export type Pass = 'describe' | 'make';

/**
 * Records, some at a time; each call starts from the first. To describe nodes a reader may leave out fields of which no
 * test, id or other name of a node is made.
 */
export type Records = (pass: Pass) => AsyncIterable<readonly SourceRecord[]>;

/**
 * One load by a description. Records are walked twice: once to know all nodes, once to make the changes, so that memory is
 * taken by the ids alone.
 */
export class DeclaredReading {
  readonly nodes = new KnownNodes();
  /** The sources that records named, in their order. */
  readonly sources = new Set<string>();
  readonly #entities: ReadonlyMap<string, CompiledEntity>;
  readonly #records: Records;
  readonly #leftAside: LeftAside;
  readonly #following: Following | undefined;
  readonly #problems: Problems;
  /** Texts of large lists, and those of them in which nothing is wrong. */
  readonly #texts = new WeakMap<readonly JsonValue[], readonly string[]>();
  readonly #checked = new WeakSet<readonly string[]>();
  #changes: Change[] = [];

  constructor(
    entities: ReadonlyMap<string, CompiledEntity>,
    records: Records,
    leftAside: LeftAside,
    problems: Problems = new Problems(),
    following?: Following,
  ) {
    this.#entities = entities;
    this.#records = records;
    this.#leftAside = leftAside;
    this.#problems = problems;
    this.#following = following;
  }

  /**
   * Walks all records for the first time: checks them, and learns which nodes there are.
   *
   * @returns how many records there are
   * @throws InputError with every problem
   */
  async describe(): Promise<number> {
    let count = 0;
    for await (const records of this.#records('describe')) {
      for (const record of records) this.#describe(record);
      count += records.length;
    }
    this.#problems.throwIfAny();
    return count;
  }

  /** The changes, some thousands at a time at most. Call after `describe`. @throws what the records throw; InputError at the end */
  async *batches(): AsyncGenerator<readonly Change[]> {
    for await (const records of this.#records('make')) {
      for (const record of records) {
        const makes = this.#make(record);
        while (makes.next().done !== true) yield this.#taken();
      }
      if (this.#changes.length > 0) yield this.#taken();
    }
    this.#follow();
    yield this.#taken();
    this.#problems.throwIfAny();
  }

  #taken(): readonly Change[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  #describe(record: SourceRecord): void {
    const entity = this.#entities.get(record.type);
    if (entity === undefined) {
      this.#leftAside.count(placeOf(record), `records of the type ${JSON.stringify(record.type)} are not known here`);
      return;
    }
    this.sources.add(record.source);
    if (entity.passedOver !== undefined) this.#leftAside.count(placeOf(record), entity.passedOver);
    this.#checkFields(record, entity);
    const self = selfOf(record, entity);
    for (const node of entity.nodes) this.#describeNodes(record, node, self, node === entity.self);
  }

  #checkFields({ fields, ...record }: SourceRecord, entity: CompiledEntity): void {
    for (const [name, form] of entity.fields) {
      const value = fields[name];
      const wrong = value === undefined ? undefined : wrongForm(value, form);
      if (wrong !== undefined) this.#problem({ fields, ...record }, name, wrong);
    }
    if (entity.known.size === 0) return;
    for (const name of Object.keys(fields)) {
      if (!entity.known.has(name)) this.#unknownField({ fields, ...record }, name, entity);
    }
  }

  #unknownField(record: SourceRecord, name: string, entity: CompiledEntity): void {
    if (entity.keepsRest) return;
    const why = `the field ${JSON.stringify(name)} of "${record.type}" is not known here`;
    this.#leftAside.count(placeOf(record), why);
  }

  #problem(record: SourceRecord, field: string, message: string): void {
    const { file, line, at } = record;
    const path = [at, field].filter((part) => part !== undefined && part !== '').join('.');
    this.#problems.add({
      file,
      ...(line === undefined ? {} : { line }),
      ...(path === '' ? {} : { field: path }),
      message,
    });
  }

  #describeNodes(record: SourceRecord, node: CompiledNode, self: string | undefined, isSelf: boolean): void {
    for (const scope of scopesOf(record, self, node.items)) {
      if (!node.holds(scope)) continue;
      const id = node.id(scope);
      if (id === undefined) {
        if (isSelf) this.#problem(record, '', `has no id: ${node.idText} is absent or empty`);
        continue;
      }
      const wrong = wrongWithText(id);
      if (wrong !== undefined) this.#problem(record, '', `the id ${wrong}`);
      const before = this.nodes.describe(id, node.kind);
      if (before !== undefined && before !== node.kind) this.#twoKinds(record, id, before, node.kind);
      this.#describeNames(node, id, scope);
    }
  }

  /** Two accounts with one id do occur, and stay an account; of anything else edges would be lost. */
  #twoKinds(record: SourceRecord, id: string, before: NodeKind, now: NodeKind): void {
    const message = `${JSON.stringify(id)} is described as a ${before} and as a ${now}`;
    if (isIdentityKind(before) && isIdentityKind(now))
      this.#leftAside.count(placeOf(record), `${message}; it is kept as the first`);
    else this.#problem(record, '', message);
  }

  #describeNames(node: CompiledNode, id: string, scope: Scope): void {
    for (const { list, name, items } of node.aka) {
      for (const item of items === undefined ? [scope.item] : items(scope)) {
        const text = name({ ...scope, item });
        if (text !== undefined) this.nodes.name(list, text, id);
      }
    }
  }

  /** Pauses whenever there are enough changes for a batch: one group may have a million members. */
  *#make(record: SourceRecord): Generator<void> {
    const entity = this.#entities.get(record.type);
    if (entity === undefined) return;
    const { fields } = record;
    const self = selfOf(record, entity);
    const whole: Scope = { fields, item: undefined, self };
    for (const node of entity.nodes) {
      if (node.items === undefined) this.#makeNode(record, node, whole);
      else {
        for (const item of node.items(whole)) {
          this.#makeNode(record, node, { fields, item, self });
          if (this.#changes.length >= BATCH) yield;
        }
      }
    }
    for (const edge of entity.edges) {
      if (edge.items === undefined) this.#makeEdge(record, edge, whole);
      else {
        for (const item of edge.items(whole)) {
          this.#makeEdge(record, edge, { fields, item, self });
          if (this.#changes.length >= BATCH) yield;
        }
      }
    }
    this.#following?.see(record);
    if (this.#changes.length >= BATCH) yield;
  }

  #makeNode(record: SourceRecord, node: CompiledNode, scope: Scope): void {
    const id = node.holds(scope) ? node.id(scope) : undefined;
    if (id === undefined) return;
    if (this.nodes.put(id)) this.#putNode(record, this.#nodeOf(record, node, id, scope));
    // Items such as the same role of many accounts are told again and again; a record of its own is not.
    else if (node.items === undefined)
      this.#leftAside.count(placeOf(record), 'told before; what this place adds is its edges');
  }

  #nodeOf(record: SourceRecord, node: CompiledNode, id: string, scope: Scope): NodeRecord {
    const name = fitting(node.name?.(scope));
    const resourceType = node.kind === 'Resource' ? fitting(node.resourceType?.(scope)) : undefined;
    return {
      // The kind under which it was described first.
      kind: this.nodes.get(id)!.kind,
      id,
      source: record.source,
      ...(name === undefined ? {} : { name }),
      ...(resourceType === undefined ? {} : { resourceType }),
      attributes: node.attributes(scope, (field) =>
        this.#leftAside.count(
          placeOf(record),
          `the attribute ${JSON.stringify(field)} is too long or no text and was left out`,
        ),
      ),
    };
  }

  #putNode({ file, line }: SourceRecord, node: NodeRecord): void {
    this.#changes.push({ op: 'PUT_NODE', node, file, ...(line === undefined ? {} : { line }) });
  }

  #makeEdge(record: SourceRecord, edge: CompiledEdge, scope: Scope): void {
    if (!edge.holds(scope)) return;
    const from = this.#endOf(record, edge.from, scope);
    const to = this.#endOf(record, edge.to, scope);
    if (from === undefined || to === undefined || from.id === to.id) return;
    if (!mayJoin(edge.kind, from.kind, to.kind)) {
      this.#leftAside.count(
        placeOf(record),
        `a ${from.kind} cannot be joined to a ${to.kind} by ${edge.kind}: ${edge.description.about}`,
      );
      return;
    }
    const draft = this.#draftOf(record, edge, scope, from.id, to.id);
    if (edge.kind === 'GRANTS' && !this.#grantsSomething(record, draft)) return;
    const { file, line } = record;
    this.#changes.push({
      op: 'PUT_EDGE',
      edge: makeEdge(draft),
      file,
      ...(line === undefined ? {} : { line }),
    });
  }

  /** A grant of no action is none; an action that no graph keeps would be lost access. */
  #grantsSomething(record: SourceRecord, { actions = [], exceptActions = [] }: EdgeDraft): boolean {
    for (const list of [actions, exceptActions]) {
      const wrong = this.#checked.has(list) ? undefined : wrongWithActions(list);
      if (wrong !== undefined) this.#problem(record, '', `the action ${wrong}`);
      else if (list.length >= LARGE_LIST) this.#checked.add(list);
    }
    if (actions.length === 0) this.#leftAside.count(placeOf(record), 'a grant of no action');
    return actions.length > 0;
  }

  /** The texts of a list; of a large one, which many records may share, always the same. */
  #textsOf(list: readonly JsonValue[]): readonly string[] {
    const known = this.#texts.get(list);
    if (known !== undefined) return known;
    const texts = list.map(textOf).filter((text) => text !== undefined);
    if (list.length >= LARGE_LIST) this.#texts.set(list, texts);
    return texts;
  }

  #draftOf(record: SourceRecord, edge: CompiledEdge, scope: Scope, from: string, to: string): EdgeDraft {
    const { kind, description } = edge;
    const draft: EdgeDraft = {
      kind,
      from,
      to,
      source: record.source,
      key: edge.key?.(scope),
      technique: edge.technique?.(scope),
      condition: edge.condition?.(scope),
      validFrom: instantOf(edge.validFrom?.(scope)),
      validTo: instantOf(edge.validTo?.(scope)),
      evidence: edge.evidence?.(scope) ?? evidenceOf(record),
    };
    if (kind !== 'GRANTS') return draft;
    const named = edge.actions?.map((action) => action(scope)).filter((action) => action !== undefined);
    const actions = named ?? this.#textsOf(edge.actionsIn?.(scope) ?? []);
    const exceptActions = edge.exceptionsIn === undefined ? undefined : this.#textsOf(edge.exceptionsIn(scope));
    return { ...draft, actions, exceptActions, effect: description.effect, inherit: description.inherit };
  }

  /** The node at an end; one that is not is accounted for as its description says. */
  #endOf(record: SourceRecord, end: CompiledEnd, scope: Scope): KnownNode | undefined {
    const text = end.id(scope);
    if (text === undefined) return undefined;
    if (end.list !== undefined) return this.#namedEnd(record, end, end.list, text);
    const known = this.nodes.get(text);
    if (known !== undefined) return known;
    if (typeof end.unknown === 'object') return this.#standIn(record, end.unknown, text, scope);
    if (end.unknown === 'report') this.#leftAside.unresolved(text);
    return undefined;
  }

  #namedEnd(record: SourceRecord, end: CompiledEnd, list: string, name: string): KnownNode | undefined {
    const node = this.nodes.named(list, name);
    if (node !== null && node !== undefined) return node;
    if (node === null) {
      this.#leftAside.count(
        placeOf(record),
        `${list} ${JSON.stringify(name)} is that of several; none of them was guessed`,
      );
    } else if (end.unknown !== 'pass') this.#leftAside.unresolved(`${list} ${name}`);
    return undefined;
  }

  #standIn(
    record: SourceRecord,
    { kind, name, resourceType }: Exclude<CompiledEnd['unknown'], string>,
    id: string,
    scope: Scope,
  ): KnownNode | undefined {
    const is: NodeKind | undefined = typeof kind === 'function' ? kind(id, asFields(scope.item)) : kind;
    if (is === undefined || wrongWithText(id) !== undefined) {
      this.#leftAside.unresolved(id);
      return undefined;
    }
    this.nodes.describe(id, is);
    this.nodes.put(id);
    const called = name?.(id);
    this.#putNode(record, {
      kind: is,
      id,
      source: record.source,
      ...(called === undefined ? {} : { name: called }),
      ...(resourceType === undefined || is !== 'Resource' ? {} : { resourceType }),
      attributes: {},
    });
    return { id, kind: is };
  }

  #follow(): void {
    for (const made of this.#following?.changes() ?? []) {
      if (!('from' in made)) this.#putFollowing(made);
      else if (made.from !== made.to && this.#joins(made)) this.#changes.push({ op: 'PUT_EDGE', edge: makeEdge(made) });
    }
  }

  #putFollowing(node: NodeRecord): void {
    const before = this.nodes.describe(node.id, node.kind);
    if ((before === undefined || before === node.kind) && this.nodes.put(node.id))
      this.#changes.push({ op: 'PUT_NODE', node });
  }

  /** Ends that are missing were told where their records were read. */
  #joins({ kind, from, to }: EdgeDraft): boolean {
    const [fromKind, toKind] = [this.nodes.get(from)?.kind, this.nodes.get(to)?.kind];
    return fromKind !== undefined && toKind !== undefined && mayJoin(kind, fromKind, toKind);
  }
}

const instantOf = (text: string | undefined): Instant | undefined =>
  text === undefined ? undefined : parseInstant(text);

/** Lists of actions that are worth remembering: roles of clouds have thousands. */
const LARGE_LIST = 64;

function wrongWithActions(actions: readonly string[]): string | undefined {
  for (const action of actions) {
    const wrong = wrongWithText(action, MAX_ACTION);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

const selfOf = (record: SourceRecord, entity: CompiledEntity): string | undefined =>
  entity.self?.id({ fields: record.fields, item: undefined, self: undefined });

/** A scope for each item, or the one of the record itself. */
function scopesOf({ fields }: SourceRecord, self: string | undefined, items: Items | undefined): readonly Scope[] {
  const whole: Scope = { fields, item: undefined, self };
  return items === undefined ? [whole] : items(whole).map((item) => ({ fields, item, self }));
}

/** A text that a node may have as its name; undefined for none and for one that may not. */
const fitting = (text: string | undefined): string | undefined =>
  text === undefined || wrongWithText(text) !== undefined ? undefined : text;

function placeOf(record: SourceRecord): string {
  const { file, line, at } = record;
  const place = line === undefined ? file : `${file}:${line}`;
  return at === undefined ? place : `${place} ${at}`;
}
