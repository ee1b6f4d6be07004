/** Nodes that stand for many principals, or for a principal that was given whatever one likes. */
import { createHash } from 'node:crypto';
import { arnParts } from '../arn.ts';
import type { Identity } from '../estate.ts';
import type { GraphDraft } from '../graph-draft.ts';
import { deniesAnything } from './rewrite.ts';
import type { Gained } from './takeover.ts';

/** So many are led to one by one; more get a node in between, or edges would grow with the product of both sides. */
const MAX_ONE_BY_ONE = 4;

const MANY = 'one-of-many';
const STILL_DENIED = 'what it is denied is not asked for, or the denial is taken away first';

export class StandIns {
  readonly #draft: GraphDraft;
  readonly #account: string;
  readonly #source: string;
  readonly #everything: string;
  readonly #leading = new WeakMap<readonly Gained[], readonly Gained[]>();
  readonly #rewritten = new Map<string, Identity>();
  /** Nodes of rewritten identities that were drawn: what bounds the identity bounds them too. */
  readonly drawn = new Map<string, Identity>();

  constructor(draft: GraphDraft, account: string, source: string, everything: string) {
    this.#draft = draft;
    this.#account = account;
    this.#source = source;
    this.#everything = everything;
  }

  /** The node of an identity as it is once it was given everything. It is drawn when the edges that lead to it are. */
  rewritten(identity: Identity): string {
    const id = `aws:${this.#account}:rewritten:${identity.arn}`;
    this.#rewritten.set(id, identity);
    return id;
  }

  /** Where edges to all of these go: to each, or to one node that leads to each. */
  leadingTo(gains: readonly Gained[]): readonly Gained[] {
    const known = this.#leading.get(gains) ?? this.#lead(gains);
    this.#leading.set(gains, known);
    return known;
  }

  #lead(gains: readonly Gained[]): readonly Gained[] {
    for (const { to } of gains) this.#drawRewritten(to);
    if (gains.length <= MAX_ONE_BY_ONE) return gains;
    const lines = gains.map(({ to, condition }) => `${to}\n${condition ?? ''}`).sort();
    const id = `aws:${this.#account}:any-of:${createHash('sha256').update(lines.join('\n\n')).digest('hex').slice(0, 16)}`;
    this.#putRole(id, `any of ${gains.length} ${wordFor(gains)}`);
    for (const { to, condition } of gains) {
      const kind = isGroup(to) ? ('CONTROLS' as const) : ('CAN_ASSUME' as const);
      this.#draft.putEdge({ kind, from: id, to, source: this.#source, technique: MANY, condition });
    }
    return [{ to: id }];
  }

  #drawRewritten(id: string): void {
    const identity = this.#rewritten.get(id);
    if (identity === undefined || this.drawn.has(id)) return;
    this.drawn.set(id, identity);
    const { arn, held, entity } = identity;
    const source = this.#source;
    this.#putRole(id, `${entity.name}, given anything`, { of: arn });
    const evidence = `policies of ${arn} can be rewritten`;
    this.#draft.putEdge({ kind: 'CAN_ASSUME', from: id, to: arn, source, technique: 'rewritten', evidence });
    this.#draft.putEdge({
      kind: 'CONTROLS',
      from: id,
      to: this.#everything,
      source,
      technique: 'any policy',
      evidence,
      condition: deniesAnything(held) ? STILL_DENIED : undefined,
    });
  }

  #putRole(id: string, name: string, more: Readonly<Record<string, string>> = {}): void {
    const attributes = {
      awsType: 'stand-in',
      standIn: true,
      account: this.#account,
      ...more,
    };
    this.#draft.putNode({ kind: 'Role', id, source: this.#source, name, attributes });
  }
}

const isGroup = (id: string): boolean => arnParts(id)?.resource.startsWith('group/') === true;

const WORDS = { user: 'users', role: 'roles', group: 'groups' } as const;

/** `roles`, or `principals` where they are of several kinds. */
function wordFor(gains: readonly Gained[]): string {
  const kinds = new Set(gains.map(({ to }) => arnParts(to.replace(/^aws:\d+:rewritten:/, ''))?.resource.split('/')[0]));
  const [kind] = kinds;
  const word = kinds.size === 1 ? (WORDS[kind as keyof typeof WORDS] ?? 'principals') : 'principals';
  return gains[0]!.to.includes(':rewritten:') ? `${word} that can be given anything` : word;
}
