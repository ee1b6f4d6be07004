/**
 * Graph JSON Lines, the neutral exchange form: one object a line, a node, an edge or a use.
 * This file reads one parsed line into a change and writes a record back as the object of its line, fields in a fixed
 * order and defaults left out, so that equal records give equal text.
 */
import type { Change } from './changes.ts';
import { EDGE_FIELDS, GRANT_FIELDS } from './edge-fields.ts';
import { edgeId } from './edge-id.ts';
import { formatInstant, type Instant, parseInstant } from './instant.ts';
import { EDGE_KINDS, type EdgeKind, type Effect, NODE_KINDS, type NodeKind } from './kinds.ts';
import type { Attributes, EdgeRecord, JsonValue, NodeRecord, UseRecord } from './records.ts';

/** Says what is wrong with a field of the line at hand. */
export type Report = (field: string, message: string) => void;

type Raw = Readonly<Record<string, unknown>>;

/** The longest id, name, source or key that is taken, in UTF-16 units: longer ones are a mistake or an attack. */
export const MAX_TEXT = 4_096;
/** The longest action or action pattern. */
export const MAX_ACTION = 512;
/** The longest condition or evidence. */
export const MAX_LONG_TEXT = 65_536;
/** How deep attributes may nest. */
export const MAX_ATTRIBUTE_DEPTH = 32;

const NODE_FIELDS = new Set(['node', 'id', 'name', 'source', 'resourceType', 'sensitivity', 'attributes']);
const EDGE_LINE_FIELDS = new Set<string>(['edge', 'from', 'to', 'source', ...EDGE_FIELDS]);
const USE_FIELDS = new Set(['usage', 'action', 'resource', 'source', 'lastUsedAt', 'useCount']);
const KNOWN_NODES = new Set<string>(NODE_KINDS);
const KNOWN_EDGES = new Set<string>(EDGE_KINDS);

/**
 * Reads one parsed line. Everything that is wrong with it is reported; with anything reported, nothing is returned.
 * The ends of an edge are checked where the whole batch is known.
 *
 * @param defaultSource the source of lines that name none
 */
export function changeOfLine(raw: unknown, defaultSource: string, report: Report): Change | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    report('', 'a line must hold one JSON object: a node, an edge or a usage');
    return undefined;
  }
  const line = raw as Raw;
  const forms = ['node', 'edge', 'usage'].filter((form) => line[form] !== undefined);
  if (forms.length !== 1) {
    report(
      '',
      forms.length === 0 ? 'has none of the fields "node", "edge", "usage"' : `has ${forms.join(' and ')} at once`,
    );
    return undefined;
  }
  if (forms[0] === 'node') return nodeOfLine(line, defaultSource, report);
  if (forms[0] === 'edge') return edgeOfLine(line, defaultSource, report);
  return useOfLine(line, defaultSource, report);
}

function nodeOfLine(line: Raw, defaultSource: string, report: Report): Change | undefined {
  const field = new Fields(line, NODE_FIELDS, report);
  const kind = field.oneOf('node', KNOWN_NODES, NODE_KINDS) as NodeKind | undefined;
  const id = field.text('id');
  const name = field.optionalText('name');
  const source = field.source(defaultSource);
  const resourceType = field.optionalText('resourceType');
  const sensitivity = field.share('sensitivity');
  const attributes = field.attributes('attributes');
  if (kind !== undefined && kind !== 'Resource') {
    if (resourceType !== undefined) field.fail('resourceType', 'only a Resource has one');
    if (sensitivity !== undefined) field.fail('sensitivity', 'only a Resource has one');
  }
  if (field.failed) return undefined;
  const node: NodeRecord = {
    kind: kind!,
    id: id!,
    source: source!,
    ...(name === undefined ? {} : { name }),
    ...(resourceType === undefined ? {} : { resourceType }),
    ...(sensitivity === undefined ? {} : { sensitivity }),
    attributes: attributes!,
  };
  return { op: 'PUT_NODE', node };
}

function edgeOfLine(line: Raw, defaultSource: string, report: Report): Change | undefined {
  const field = new Fields(line, EDGE_LINE_FIELDS, report);
  const kind = field.oneOf('edge', KNOWN_EDGES, EDGE_KINDS) as EdgeKind | undefined;
  const from = field.text('from');
  const to = field.text('to');
  const source = field.source(defaultSource);
  const grant = kind === 'GRANTS';
  const draft: EdgeDraft = {
    kind: kind!,
    from: from!,
    to: to!,
    source: source!,
    key: field.optionalText('key'),
    actions: field.patterns('actions', grant),
    exceptActions: field.patterns('exceptActions', false),
    effect: field.oneOf('effect', EFFECTS, ['ALLOW', 'DENY'], true) as Effect | undefined,
    inherit: field.flag('inherit'),
    technique: field.optionalText('technique'),
    condition: field.optionalText('condition', MAX_LONG_TEXT),
    validFrom: field.instant('validFrom'),
    validTo: field.instant('validTo'),
    evidence: field.optionalText('evidence', MAX_LONG_TEXT),
    lastUsedAt: field.instant('lastUsedAt'),
    useCount: field.count('useCount'),
  };
  if (kind !== undefined && !grant) {
    for (const name of GRANT_FIELDS) {
      if (line[name] !== undefined) field.fail(name, `only a GRANTS edge has it, this is ${kind}`);
    }
  }
  if (kind !== undefined && kind !== 'CONTROLS' && kind !== 'CAN_ASSUME' && draft.technique !== undefined) {
    field.fail('technique', `only CONTROLS and CAN_ASSUME edges have it, this is ${kind}`);
  }
  if (draft.validFrom !== undefined && draft.validTo !== undefined && draft.validTo <= draft.validFrom) {
    field.fail('validTo', 'must be later than validFrom');
  }
  return field.failed ? undefined : { op: 'PUT_EDGE', edge: makeEdge(draft) };
}

function useOfLine(line: Raw, defaultSource: string, report: Report): Change | undefined {
  const field = new Fields(line, USE_FIELDS, report);
  const identity = field.text('usage');
  const action = field.text('action', MAX_ACTION);
  const resource = field.text('resource');
  const source = field.source(defaultSource);
  const lastUsedAt = field.instant('lastUsedAt', true);
  const useCount = field.count('useCount');
  if (field.failed) return undefined;
  return {
    op: 'PUT_USE',
    use: {
      identity: identity!,
      action: action!,
      resource: resource!,
      source: source!,
      lastUsedAt: lastUsedAt!,
      useCount: useCount ?? 1,
    },
  };
}

const EFFECTS = new Set<string>(['ALLOW', 'DENY']);

/** An edge before it is brought into its one form. */
export interface EdgeDraft {
  readonly kind: EdgeKind;
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly key?: string | undefined;
  readonly actions?: readonly string[] | undefined;
  readonly exceptActions?: readonly string[] | undefined;
  readonly effect?: Effect | undefined;
  readonly inherit?: boolean | undefined;
  readonly technique?: string | undefined;
  readonly condition?: string | undefined;
  readonly validFrom?: Instant | undefined;
  readonly validTo?: Instant | undefined;
  readonly evidence?: string | undefined;
  readonly lastUsedAt?: Instant | undefined;
  readonly useCount?: number | undefined;
}

/**
 * Makes the one form of an edge: id worked out, patterns sorted and told once, defaults of a grant filled in, the rest left out.
 * Spelled out field by field, because a loop over names takes twice as long and a load makes millions of edges.
 */
export function makeEdge(draft: EdgeDraft): EdgeRecord {
  const { kind, from, to, source } = draft;
  const edge: Building<EdgeRecord> = { id: edgeId(source, kind, from, to, draft.key), kind, from, to, source };
  if (draft.key !== undefined && draft.key !== '') edge.key = draft.key;
  if (kind === 'GRANTS') addGrant(edge, draft);
  if (draft.technique !== undefined) edge.technique = draft.technique;
  if (draft.condition !== undefined) edge.condition = draft.condition;
  if (draft.validFrom !== undefined) edge.validFrom = draft.validFrom;
  if (draft.validTo !== undefined) edge.validTo = draft.validTo;
  if (draft.evidence !== undefined) edge.evidence = draft.evidence;
  if (draft.lastUsedAt !== undefined) edge.lastUsedAt = draft.lastUsedAt;
  if (draft.useCount !== undefined) edge.useCount = draft.useCount;
  return edge;
}

type Building<T> = { -readonly [Key in keyof T]: T[Key] };

function addGrant(edge: Building<EdgeRecord>, draft: EdgeDraft): void {
  edge.actions = sortedOnce(draft.actions ?? []);
  if (draft.exceptActions !== undefined && draft.exceptActions.length > 0)
    edge.exceptActions = sortedOnce(draft.exceptActions);
  edge.effect = draft.effect ?? 'ALLOW';
  if (draft.inherit === false) edge.inherit = false;
}

/** Lists that are in order already are taken as they are: thousands of edges may share the list of one large role. */
function sortedOnce(patterns: readonly string[]): readonly string[] {
  for (let at = 1; at < patterns.length; at++) {
    if (patterns[at - 1]! >= patterns[at]!) return [...new Set(patterns)].sort();
  }
  return patterns;
}

/** The object of a node's line: fields in their fixed order, attributes sorted by key. */
export function lineOfNode(node: NodeRecord): Record<string, JsonValue> {
  return {
    node: node.kind,
    id: node.id,
    ...(node.name === undefined ? {} : { name: node.name }),
    ...(node.resourceType === undefined ? {} : { resourceType: node.resourceType }),
    ...(node.sensitivity === undefined ? {} : { sensitivity: node.sensitivity }),
    ...(Object.keys(node.attributes).length === 0 ? {} : { attributes: sortedDeep(node.attributes) }),
    source: node.source,
  };
}

/** The object of an edge's line. */
export function lineOfEdge(edge: EdgeRecord): Record<string, JsonValue> {
  const line: Record<string, JsonValue> = { edge: edge.kind, from: edge.from, to: edge.to };
  if (edge.key !== undefined) line['key'] = edge.key;
  if (edge.actions !== undefined) line['actions'] = edge.actions;
  if (edge.exceptActions !== undefined) line['exceptActions'] = edge.exceptActions;
  if (edge.effect !== undefined) line['effect'] = edge.effect;
  if (edge.inherit !== undefined) line['inherit'] = edge.inherit;
  if (edge.technique !== undefined) line['technique'] = edge.technique;
  if (edge.condition !== undefined) line['condition'] = edge.condition;
  if (edge.validFrom !== undefined) line['validFrom'] = formatInstant(edge.validFrom);
  if (edge.validTo !== undefined) line['validTo'] = formatInstant(edge.validTo);
  if (edge.evidence !== undefined) line['evidence'] = edge.evidence;
  if (edge.lastUsedAt !== undefined) line['lastUsedAt'] = formatInstant(edge.lastUsedAt);
  if (edge.useCount !== undefined) line['useCount'] = edge.useCount;
  line['source'] = edge.source;
  return line;
}

/** The object of a use's line. */
export function lineOfUse(use: UseRecord): Record<string, JsonValue> {
  return {
    usage: use.identity,
    action: use.action,
    resource: use.resource,
    lastUsedAt: formatInstant(use.lastUsedAt),
    useCount: use.useCount,
    source: use.source,
  };
}

/** The same value with the keys of every object in it sorted, so that equal values give equal JSON. */
export function sortedDeep(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sortedDeep);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortedDeep(inner)]));
}

/** Reads the fields of one line, reporting what is wrong with each. */
class Fields {
  readonly #line: Raw;
  readonly #report: Report;
  failed = false;

  constructor(line: Raw, known: ReadonlySet<string>, report: Report) {
    this.#line = line;
    this.#report = report;
    for (const name in line) {
      if (!known.has(name)) this.fail(name, `unknown field; known are ${[...known].join(', ')}`);
    }
  }

  fail(field: string, message: string): undefined {
    this.failed = true;
    this.#report(field, message);
    return undefined;
  }

  text(name: string, max = MAX_TEXT): string | undefined {
    const value = this.#line[name];
    if (value === undefined) return this.fail(name, 'is missing');
    return this.#checkText(name, value, max);
  }

  optionalText(name: string, max = MAX_TEXT): string | undefined {
    const value = this.#line[name];
    return value === undefined ? undefined : this.#checkText(name, value, max);
  }

  source(fallback: string): string | undefined {
    return this.#line['source'] === undefined ? fallback : this.text('source');
  }

  #checkText(name: string, value: unknown, max: number): string | undefined {
    if (typeof value !== 'string') return this.fail(name, `must be text, is ${kindOf(value)}`);
    const wrong = wrongWithText(value, max);
    return wrong === undefined ? value : this.fail(name, wrong);
  }

  oneOf(name: string, known: ReadonlySet<string>, shown: readonly string[], optional = false): string | undefined {
    const value = this.#line[name];
    if (value === undefined && optional) return undefined;
    if (typeof value === 'string' && known.has(value)) return value;
    return this.fail(name, `must be one of ${shown.join(', ')}, is ${quote(value)}`);
  }

  share(name: string): number | undefined {
    const value = this.#line[name];
    if (value === undefined) return undefined;
    if (typeof value === 'number' && value >= 0 && value <= 1) return value === 0 ? 0 : value;
    return this.fail(name, `must be a number from 0 to 1, is ${quote(value)}`);
  }

  count(name: string): number | undefined {
    const value = this.#line[name];
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value === 0 ? 0 : value;
    return this.fail(name, `must be a whole number of 0 or more, is ${quote(value)}`);
  }

  flag(name: string): boolean | undefined {
    const value = this.#line[name];
    if (value === undefined || typeof value === 'boolean') return value;
    return this.fail(name, `must be true or false, is ${quote(value)}`);
  }

  instant(name: string, required = false): Instant | undefined {
    const value = this.#line[name];
    if (value === undefined) return required ? this.fail(name, 'is missing') : undefined;
    const at = typeof value === 'string' ? parseInstant(value) : undefined;
    return at ?? this.fail(name, `must be a date and time such as 2027-01-01T00:00:00Z, is ${quote(value)}`);
  }

  patterns(name: string, required: boolean): readonly string[] | undefined {
    const value = this.#line[name];
    if (value === undefined)
      return required ? this.fail(name, 'is missing; a grant needs at least one action') : undefined;
    if (!Array.isArray(value)) return this.fail(name, `must be a list of texts, is ${kindOf(value)}`);
    if (value.length === 0 && required) return this.fail(name, 'is empty; a grant needs at least one action');
    for (let i = 0; i < value.length; i++) {
      if (this.#checkText(`${name}[${i}]`, value[i], MAX_ACTION) === undefined) return undefined;
    }
    return value as readonly string[];
  }

  attributes(name: string): Attributes | undefined {
    const value = this.#line[name];
    if (value === undefined) return {};
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.fail(name, `must be an object, is ${kindOf(value)}`);
    }
    const wrong = wrongWithJson(value, 0);
    return wrong === undefined ? (value as Attributes) : this.fail(name, wrong);
  }
}

/** What is wrong with a text that is to be stored, if anything. */
export function wrongWithText(text: string, max: number = MAX_TEXT): string | undefined {
  if (text.length === 0) return 'is empty';
  if (text.length > max) return `is ${text.length} characters long; at most ${max} are taken`;
  if (text.includes('\u0000')) return 'holds a NUL character';
  if (!text.isWellFormed()) return 'holds half of a surrogate pair, which is not a character';
  return undefined;
}

function wrongWithJson(value: unknown, depth: number): string | undefined {
  if (depth > MAX_ATTRIBUTE_DEPTH) return `nests deeper than ${MAX_ATTRIBUTE_DEPTH} levels`;
  if (typeof value === 'string') return textInside(value);
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'holds a number that JSON cannot write';
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const wrong = textInside(key) ?? wrongWithJson(inner, depth + 1);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function textInside(text: string): string | undefined {
  if (text.length > MAX_LONG_TEXT)
    return `holds a text of ${text.length} characters; at most ${MAX_LONG_TEXT} are taken`;
  if (text.includes('\u0000')) return 'holds a NUL character';
  return text.isWellFormed() ? undefined : 'holds half of a surrogate pair, which is not a character';
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
