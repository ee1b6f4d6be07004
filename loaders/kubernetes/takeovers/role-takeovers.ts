import type { GraphDraft } from '../map/graph-draft.ts';
import { allowsEverything } from '../map/powers.ts';
import { type ScopedRole, withJuniors } from '../map/role-book.ts';
import type { Matter, Takeover } from './matter.ts';
import { takeoversOf } from './takeovers.ts';

/** Draws what each role leads to. */
export class RoleTakeovers {
  readonly #graph: GraphDraft;
  readonly #world: Omit<Matter, 'role' | 'rules' | 'scope'>;
  readonly #known = new Map<string, readonly Takeover[]>();

  constructor(graph: GraphDraft, world: Omit<Matter, 'role' | 'rules' | 'scope'>) {
    this.#graph = graph;
    this.#world = world;
  }

  /** Draws the edges of a role, without those that the roles behind it have already. */
  draw(role: ScopedRole): void {
    const told = this.#toldByJuniors(role);
    const keys = new Map<string, number>();
    for (const takeover of this.#takeoversBy(role)) {
      if (told.has(signatureOf(takeover))) continue;
      const key = `${takeover.technique} ${takeover.rule.title}`;
      const before = keys.get(`${key} ${takeover.to}`) ?? 0;
      keys.set(`${key} ${takeover.to}`, before + 1);
      this.#drawEdge(role, takeover, before === 0 ? key : `${key} #${before + 1}`);
    }
  }

  /** Roles that aggregate each other tell the same and must not leave it to one another. */
  #toldByJuniors(role: ScopedRole): ReadonlySet<string> {
    const told = new Set<string>();
    for (const junior of withJuniors(role).slice(1)) {
      if (withJuniors(junior).includes(role)) continue;
      for (const takeover of this.#takeoversBy(junior)) told.add(signatureOf(takeover));
    }
    return told;
  }

  #drawEdge(role: ScopedRole, { kind, technique, to, rule, condition }: Takeover, key: string): void {
    this.#graph.edge({ kind, from: role.id, to, key, technique, evidence: rule.evidence, condition });
  }

  #takeoversBy(role: ScopedRole): readonly Takeover[] {
    const known = this.#known.get(role.id);
    if (known !== undefined) return known;
    const rules = withJuniors(role).flatMap((one) => one.rules);
    const isAll = role.scope === undefined && allowsEverything(rules);
    const matter = { ...this.#world, role, rules, scope: role.scope };
    const found = isAll ? [] : withoutLesser([...takeoversOf(matter)]);
    this.#known.set(role.id, found);
    return found;
  }
}

const signatureOf = ({ technique, to, rule, condition }: Takeover): string =>
  [technique, to, rule.title, condition ?? ''].join('\n');

/** Each once, and none under a condition where the same rule leads there without one. */
function withoutLesser(takeovers: readonly Takeover[]): readonly Takeover[] {
  const wayOf = ({ technique, to, rule }: Takeover): string => [technique, to, rule.title].join('\n');
  const sure = new Set(takeovers.filter((one) => one.condition === undefined).map(wayOf));
  const kept = takeovers.filter((one) => one.condition === undefined || !sure.has(wayOf(one)));
  return [...new Map(kept.map((one) => [signatureOf(one), one])).values()];
}
