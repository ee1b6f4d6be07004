/** Which rules fit each resource: resources that the same ones fit, and that weigh the same without them, have one profile. */
import type { Entity, JsonValue } from '../model/index.ts';
import { foldCase, matches } from '../snapshot/action-pattern.ts';
import { DEFAULT_RULES } from './default-rules.ts';
import type { SensitivityRule } from './rule.ts';
import { greatestAmong, isAnyLeft, type SensitivityTable, type TableRule } from './sensitivity-table.ts';

/** A rule with its patterns in the one letter case. */
interface FoldedRule extends TableRule {
  readonly type: Test | undefined;
  readonly id: Test | undefined;
  /** The one id that it is about, where it is about one. */
  readonly onlyId: string | undefined;
  readonly attributes: readonly (readonly [name: string, test: Test])[];
}

/** Says whether a folded text matches a pattern. */
type Test = (text: string) => boolean;

/** Most texts do not begin or end as the pattern does. @param pattern folded */
function testOf(pattern: string): Test {
  if (!pattern.includes('*')) return (text) => text === pattern;
  const head = pattern.slice(0, pattern.indexOf('*'));
  const tail = pattern.slice(pattern.lastIndexOf('*') + 1);
  return (text) => text.startsWith(head) && text.endsWith(tail) && matches(pattern, text);
}

function folded({ name, resource, actions, weight }: SensitivityRule, builtIn: boolean): FoldedRule {
  const test = (pattern: string | undefined): Test | undefined =>
    pattern === undefined || pattern === '*' ? undefined : testOf(foldCase(pattern));
  return {
    name,
    builtIn,
    weight,
    actions: (actions ?? ['*']).map(foldCase),
    type: test(resource.type),
    id: test(resource.id),
    onlyId: resource.id === undefined || resource.id.includes('*') ? undefined : foldCase(resource.id),
    attributes: Object.entries(resource.attributes ?? {}).map(([key, pattern]) => [key, testOf(foldCase(pattern))]),
  };
}

const DEFAULT_FOLDED = DEFAULT_RULES.map((rule) => folded(rule, true));

/** Finds the profile of each resource, and makes those that there are not yet. Only ever added to: numbers stay what they are. */
export class Profiles {
  readonly #rules: readonly FoldedRule[];
  /** The rules that may fit resources of a type, but for those about one id; and those by their id. */
  readonly #byType = new Map<string, readonly number[]>();
  readonly #byId = new Map<string, number[]>();
  readonly #numbers = new Map<string, number>();
  /** The profile of what is no resource comes first. */
  readonly #ofRules: (readonly number[])[] = [[]];
  readonly #own: number[] = [0];

  /** @param rules of a file, which come before the built-in ones */
  constructor(rules: readonly SensitivityRule[]) {
    this.#rules = [...rules.map((rule) => folded(rule, false)), ...DEFAULT_FOLDED];
    this.#rules.forEach(({ onlyId }, rule) => {
      if (onlyId === undefined) return;
      const there = this.#byId.get(onlyId);
      if (there === undefined) this.#byId.set(onlyId, [rule]);
      else there.push(rule);
    });
  }

  /** The profile of a resource. */
  of(entity: Entity): number {
    const id = foldCase(entity.id);
    const fitting = this.#candidates(foldCase(entity.resourceType ?? ''), id).filter((rule) =>
      fits(this.#rules[rule]!, id, entity),
    );
    const own = entity.sensitivity ?? 0;
    const key = `${own}:${fitting.join()}`;
    let profile = this.#numbers.get(key);
    if (profile === undefined) {
      profile = this.#ofRules.push(this.#effective(fitting)) - 1;
      this.#own.push(own);
      this.#numbers.set(key, profile);
    }
    return profile;
  }

  /** In their order. */
  #candidates(type: string, id: string): readonly number[] {
    const ofType = this.#candidatesOfType(type);
    const ofId = this.#byId.get(id)?.filter((rule) => this.#rules[rule]!.type?.(type) ?? true) ?? [];
    return ofId.length === 0 ? ofType : [...ofType, ...ofId].sort((a, b) => a - b);
  }

  #candidatesOfType(type: string): readonly number[] {
    let rules = this.#byType.get(type);
    if (rules === undefined) {
      rules = [...this.#rules.keys()].filter((rule) => {
        const { type: test, onlyId } = this.#rules[rule]!;
        return onlyId === undefined && (test === undefined || test(type));
      });
      this.#byType.set(type, rules);
    }
    return rules;
  }

  /** Without the rules that decide nothing because those before them decide it all. */
  #effective(fitting: readonly number[]): readonly number[] {
    const taken: string[] = [];
    return fitting.filter((rule) => {
      const { actions } = this.#rules[rule]!;
      const decides = isAnyLeft(actions, ['*'], taken);
      taken.push(...actions);
      return decides;
    });
  }

  /** How many there are by now. */
  get count(): number {
    return this.#own.length;
  }

  /** What a table says of profiles. */
  columns(): Omit<SensitivityTable, 'version' | 'profileOf' | 'resources'> {
    const ruleBounds = new Uint32Array(this.#ofRules.length + 1);
    this.#ofRules.forEach((rules, profile) => {
      ruleBounds[profile + 1] = ruleBounds[profile]! + rules.length;
    });
    const greatest = this.#ofRules.map((rules, profile) =>
      greatestAmong(
        rules.map((rule) => this.#rules[rule]!),
        this.#own[profile]!,
        ['*'],
        [],
      ),
    );
    return {
      rules: this.#rules.map(({ name, builtIn, weight, actions }) => ({ name, builtIn, weight, actions })),
      ruleBounds,
      ruleNumbers: Uint32Array.from(this.#ofRules.flat()),
      own: Float64Array.from(this.#own),
      greatest: Float64Array.from(greatest),
    };
  }
}

/** True when what a rule says of id and attributes is so; its type was looked at before. */
function fits({ id: test, attributes }: FoldedRule, id: string, entity: Entity): boolean {
  if (test !== undefined && !test(id)) return false;
  return attributes.every(([name, pattern]) => {
    const value = Object.hasOwn(entity.attributes, name) ? entity.attributes[name] : undefined;
    return value !== undefined && isMatched(pattern, value);
  });
}

/** Texts, numbers and truth values are matched as they are written; of a list, one element is enough. */
function isMatched(test: Test, value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some((each) => !Array.isArray(each) && isMatched(test, each));
  return value !== null && typeof value !== 'object' && test(foldCase(String(value)));
}
