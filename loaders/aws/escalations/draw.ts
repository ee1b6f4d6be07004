/** Draws who can take over what, from as near as possible to what gives it. */
import type { Estate, Identity } from '../estate.ts';
import type { GraphDraft } from '../graph-draft.ts';
import { policyNodeId } from '../principal-ids.ts';
import type { StandIns } from './stand-ins.ts';
import type { Takeover } from './takeover.ts';

/** One edge for each of some identities. */
interface Shared {
  readonly technique: string;
  readonly to: string;
  readonly condition: string | undefined;
  /** By identity, what it has it from. */
  readonly by: Map<string, readonly string[]>;
  /** Groups and policies that the statements behind it belong to. */
  readonly carriers: Set<string>;
}

/** Where an edge begins, and an identity whose evidence it tells. */
interface Origin {
  readonly from: string;
  readonly witness: string;
}

/** Statements named as evidence, at most. */
const EVIDENCE_TOLD = 8;

export class Drawing {
  readonly #draft: GraphDraft;
  readonly #standIns: StandIns;
  readonly #source: string;
  readonly #shared = new Map<string, Shared>();
  /** Who has a group or policy, by its node. */
  readonly #members = new Map<string, Set<string>>();
  readonly #unfit: ReadonlySet<string>;

  /** @param estate boundaries of it are never drawn from: they would bound less then */
  constructor(draft: GraphDraft, standIns: StandIns, source: string, estate: Estate) {
    this.#draft = draft;
    this.#standIns = standIns;
    this.#source = source;
    this.#unfit = new Set(
      estate.identities.flatMap(({ account, entity }) =>
        entity.boundary === undefined ? [] : [policyNodeId(account, entity.boundary)],
      ),
    );
  }

  add(identity: Identity, takeovers: Iterable<Takeover>): void {
    const carriersOf = carriersByTitle(identity);
    for (const carrier of new Set([...carriersOf.values()].flat())) {
      this.#members.set(carrier, (this.#members.get(carrier) ?? new Set()).add(identity.arn));
    }
    for (const takeover of takeovers) this.#note(identity, takeover, carriersOf);
  }

  #note(identity: Identity, takeover: Takeover, carriersOf: ReadonlyMap<string, readonly string[]>): void {
    const { technique, gains, evidence } = takeover;
    for (const { to, condition: own } of this.#standIns.leadingTo(gains)) {
      if (to === identity.arn || to.endsWith(`:rewritten:${identity.arn}`)) continue;
      const condition = [...new Set([takeover.condition, own].filter((one) => one !== undefined))].join(' and ');
      const key = [technique, to, condition].join('\n');
      const shared = this.#shared.get(key) ?? {
        technique,
        to,
        condition: condition === '' ? undefined : condition,
        by: new Map<string, readonly string[]>(),
        carriers: new Set<string>(),
      };
      this.#shared.set(key, shared);
      shared.by.set(identity.arn, evidence);
      for (const one of evidence) {
        for (const carrier of carriersOf.get(titleOf(one)) ?? []) shared.carriers.add(carrier);
      }
    }
  }

  draw(): void {
    for (const shared of this.#shared.values()) {
      for (const { from, witness } of this.#froms(shared)) {
        const { technique, to, condition, by } = shared;
        this.#draft.putEdge({
          kind: 'CONTROLS',
          from,
          to,
          source: this.#source,
          key: technique,
          technique,
          condition,
          evidence: by.get(witness)!.slice(0, EVIDENCE_TOLD).join('; '),
        });
      }
    }
  }

  /** Groups and policies all of whose holders have it, the largest first; then the identities that are left. */
  #froms({ by, carriers, to }: Shared): readonly Origin[] {
    const left = new Set(by.keys());
    const froms: Origin[] = [];
    const fit = [...carriers]
      .filter((carrier) => !this.#unfit.has(carrier) && carrier !== to)
      .map((carrier) => ({ carrier, members: this.#members.get(carrier)! }))
      .filter(({ members }) => members.size > 1 && [...members].every((member) => by.has(member)))
      .sort((a, b) => b.members.size - a.members.size || (a.carrier < b.carrier ? -1 : 1));
    for (const { carrier, members } of fit) {
      if (![...members].some((member) => left.has(member))) continue;
      const [first] = members;
      froms.push({ from: carrier, witness: first! });
      for (const member of members) left.delete(member);
    }
    return [...froms, ...[...left].map((from) => ({ from, witness: from }))];
  }
}

/** The nodes that carry each policy of an identity: the policy itself, and the group that it comes through. */
function carriersByTitle({ held, account }: Identity): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { title, group } of held) {
    const managed = title.startsWith('arn:') ? [policyNodeId(account, title)] : [];
    found.set(title, [...(found.get(title) ?? []), ...(group === undefined ? [] : [group]), ...managed]);
  }
  return found;
}

/** The policy that evidence is about: what stands before its statement. */
const titleOf = (evidence: string): string => evidence.replace(/, statement \d+(?: \([^()]*\))?$/, '');
