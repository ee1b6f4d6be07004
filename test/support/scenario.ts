/**
 * Scenario files: a small estate in the lines of the exchange form, and what all kinds of questions about it must
 * answer. This file reads them and refuses what it does not know, so that a misspelt assertion cannot pass unseen.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import {
  type Change,
  changeOfLine,
  type Decision,
  type EdgeRecord,
  type Instant,
  parseInstant,
  type Reach,
} from '../../engine/model/index.ts';
import type { Row } from './oracle/index.ts';

export interface ScopeOf {
  readonly reach?: Reach;
  readonly at: Instant;
}
export interface CheckCase extends ScopeOf {
  readonly identity: string;
  readonly action: string;
  readonly resource: string;
  readonly is: Decision;
  readonly conditions?: readonly string[];
}
export interface AccessCase extends ScopeOf {
  readonly identity: string;
  readonly action?: string;
  readonly expand?: boolean;
  readonly rows: readonly (Row & { readonly resource: string })[];
}
export interface WhoCanCase extends ScopeOf {
  readonly action: string;
  readonly resource: string;
  readonly includeDisabled?: boolean;
  readonly are: Readonly<Record<string, Decision>>;
}
/** A way is written `ALLOWED: ada -MEMBER_OF-> clerks -GRANTS-> ledger`; see `wayText`. */
export interface PathsCase extends ScopeOf {
  readonly identity: string;
  readonly resource: string;
  readonly action?: string;
  readonly maxLength?: number;
  readonly ways: readonly string[];
}
/** Edges are written `clerks -GRANTS-> ledger`; see `edgeText`. */
export interface WhyCase extends ScopeOf {
  readonly identity: string;
  readonly action: string;
  readonly resource: string;
  readonly is: Decision;
  readonly conditions?: readonly string[];
  readonly pathCount: number;
  readonly chokeEdges: readonly string[];
  readonly denials: readonly string[];
}
export interface Scenario {
  readonly file: string;
  readonly title: string;
  readonly about: string;
  readonly changes: readonly Change[];
  readonly check: readonly CheckCase[];
  readonly accessOf: readonly AccessCase[];
  readonly whoCan: readonly WhoCanCase[];
  readonly paths: readonly PathsCase[];
  readonly why: readonly WhyCase[];
}

const DEFAULT_AT = '2026-06-01T00:00:00Z';
export const DEFAULT_SOURCE = 'main';
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  '': ['title', 'about', 'at', 'graph', 'then', 'check', 'accessOf', 'whoCan', 'paths', 'why'],
  check: ['identity', 'action', 'resource', 'is', 'conditions'],
  accessOf: ['identity', 'action', 'expand', 'rows'],
  whoCan: ['action', 'resource', 'includeDisabled', 'are'],
  paths: ['identity', 'resource', 'action', 'maxLength', 'ways'],
  why: ['identity', 'action', 'resource', 'is', 'conditions', 'pathCount', 'chokeEdges', 'denials'],
};

type Raw = Readonly<Record<string, unknown>>;

/** All scenario files of a folder, by name. */
export const scenariosIn = (folder: string): readonly Scenario[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => readScenario(name, readFileSync(`${folder}/${name}`, 'utf8')));

function readScenario(file: string, text: string): Scenario {
  const raw = parse(text) as Raw;
  refuseUnknown(file, raw, FIELDS['']!);
  const defaultAt = instantOf(file, raw['at'] ?? DEFAULT_AT);
  const cases = <T>(name: string): readonly T[] =>
    ((raw[name] ?? []) as readonly Raw[]).map((one) => {
      refuseUnknown(`${file}: ${name}`, one, [...FIELDS[name]!, 'reach', 'at']);
      return { ...one, at: one['at'] === undefined ? defaultAt : instantOf(file, one['at']) } as T;
    });
  return {
    file,
    title: String(raw['title']),
    about: String(raw['about']),
    changes: changesOf(file, raw),
    check: cases('check'),
    accessOf: cases('accessOf'),
    whoCan: cases('whoCan'),
    paths: cases('paths'),
    why: cases('why'),
  };
}

/** The lines under `graph`, then the withdrawals under `then`. */
function changesOf(file: string, raw: Raw): readonly Change[] {
  const put = (raw['graph'] as readonly unknown[]).map((line) => {
    const change = changeOfLine(line, DEFAULT_SOURCE, (field, message) => {
      throw new Error(`${file}: ${JSON.stringify(line)}: ${field} ${message}`);
    });
    return change!;
  });
  return [...put, ...((raw['then'] ?? []) as readonly Change[])];
}

function instantOf(file: string, value: unknown): Instant {
  const at = parseInstant(String(value));
  if (at === undefined) throw new Error(`${file}: ${String(value)} is no instant`);
  return at;
}

function refuseUnknown(where: string, raw: Raw, known: readonly string[]): void {
  const unknown = Object.keys(raw).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`${where}: unknown ${unknown.join(', ')}`);
}

/** `clerks -GRANTS-> ledger`, with `#key` and `@source` after the kind where the edge has a key or another source than the usual one. */
export const edgeText = (edge: EdgeRecord): string => `${edge.from} ${arrowOf(edge)} ${edge.to}`;

const arrowOf = (edge: EdgeRecord): string =>
  `-${edge.kind}${edge.key === undefined ? '' : `#${edge.key}`}${edge.source === DEFAULT_SOURCE ? '' : `@${edge.source}`}->`;

/** `ALLOWED: ada -MEMBER_OF-> clerks -GRANTS-> ledger` */
export function wayText(way: { readonly edges: readonly EdgeRecord[]; readonly decision: Decision }): string {
  const steps = way.edges.map((edge) => `${arrowOf(edge)} ${edge.to}`);
  return `${way.decision}: ${[way.edges[0]!.from, ...steps].join(' ')}`;
}
