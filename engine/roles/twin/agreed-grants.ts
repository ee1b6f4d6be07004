/**
 * Which grants exceptions agree about, worked out from records alone and in another way than the planner does: patterns as regular
 * expressions, containment and who stands behind whom by walks over maps.
 */
import type { EdgeRecord } from '../../model/index.ts';
import { LEADING, type Records } from './plain-graph.ts';

/** What is agreed: an identity may lose or gain what a pattern matches on a resource and what it contains. */
export interface Agreement {
  readonly identity: string;
  readonly action: string;
  readonly resource: string;
  readonly may: 'LOSE' | 'GAIN' | 'BOTH';
}

/** What a grant gives, as far as agreements go. */
export interface Given {
  readonly to: string;
  readonly actions: readonly string[];
}

interface Read {
  /** A star of the other pattern is a character like any: only a star matches it. */
  readonly pattern: RegExp;
  readonly resources: ReadonlySet<string>;
  readonly may: Agreement['may'];
}

export class AgreedGrants {
  readonly #of: ReadonlyMap<string, readonly Read[]>;
  readonly #behind: ReadonlyMap<string, readonly string[]>;
  readonly #kinds: ReadonlyMap<string, string>;

  private constructor(
    of: ReadonlyMap<string, readonly Read[]>,
    behind: ReadonlyMap<string, readonly string[]>,
    kinds: ReadonlyMap<string, string>,
  ) {
    this.#of = of;
    this.#behind = behind;
    this.#kinds = kinds;
  }

  /** O(records). Resources contain what they contain at all times. */
  static async read(records: Records, agreements: readonly Agreement[]): Promise<AgreedGrants> {
    const [behind, within, kinds] = [
      new Map<string, string[]>(),
      new Map<string, string[]>(),
      new Map<string, string>(),
    ];
    if (agreements.length > 0) {
      for await (const { id, kind } of records.nodes()) kinds.set(id, kind);
      for await (const edge of records.edges()) {
        if (LEADING.has(edge.kind)) push(behind, edge.to, edge.from);
        if (edge.kind === 'CONTAINS' && isAlways(edge)) push(within, edge.from, edge.to);
      }
    }
    const of = new Map<string, Read[]>();
    for (const { identity, action, resource, may } of agreements)
      push(of, identity, { pattern: expression(action), resources: walked(resource, within), may });
    return new AgreedGrants(of, behind, kinds);
  }

  /** True when something is agreed about an identity. */
  isAboutAny(identity: string): boolean {
    return this.#of.has(identity);
  }

  /** Whether all that a grant gives may be lost, or gained, by an identity. */
  agrees(identity: string, { to, actions }: Given, way: 'LOSE' | 'GAIN'): boolean {
    const own = (this.#of.get(identity) ?? []).filter(
      ({ may, resources }) => (may === way || may === 'BOTH') && resources.has(to),
    );
    return actions.every((action) => own.some(({ pattern }) => pattern.test(action.toLowerCase())));
  }

  /** The same of everybody who has what a holder has. */
  allAgree(holder: string, given: Given, way: 'LOSE' | 'GAIN'): boolean {
    if (this.#of.size === 0) return false;
    for (const one of walked(holder, this.#behind)) {
      const kind = this.#kinds.get(one);
      if ((kind === 'User' || kind === 'ServiceAccount') && !this.agrees(one, given, way)) return false;
    }
    return true;
  }
}

const isAlways = ({ validFrom, validTo }: EdgeRecord): boolean => validFrom === undefined && validTo === undefined;

/** Matches what a pattern matches, in any letter case. */
const expression = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .toLowerCase()
      .split('*')
      .map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&'))
      .join('[^]*')}$`,
  );

function walked(start: string, next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const met = new Set([start]);
  for (const one of met) for (const other of next.get(one) ?? []) met.add(other);
  return met;
}

function push<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}
