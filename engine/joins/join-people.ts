/**
 * One person, many accounts: edges by which a person's node can act as each of her accounts, found by equal keys. All records are
 * read twice, and only the keys of the people are kept. Time: O(records); memory: O(people).
 */
import { type Change, makeEdge, type NodeRecord, SAME_PERSON } from '../model/index.ts';
import type { StoreReader } from '../store/port.ts';
import {
  type AccountRule,
  type AmbiguousAccount,
  type JoinedSource,
  type JoinRule,
  MOST_TOLD,
  type SomeOf,
} from './join-rule.ts';
import { type Comparable, comparableWith, valuesAt } from './key-values.ts';

export const joinSource = (name: string): string => `join:${name}`;

/** The people by their keys. */
interface People {
  readonly count: number;
  /** By attribute, form and value, each person once. */
  readonly byKey: ReadonlyMap<string, string | readonly string[]>;
}

export interface Joining {
  readonly people: number;
  readonly changes: AsyncIterable<Change>;
  /** Whole when the changes are exhausted. */
  sources(): readonly JoinedSource[];
}

/** Reads the people, and gives the edges of the join as changes that are everything its source vouches for. */
export async function joinPeople(reader: StoreReader, rule: JoinRule): Promise<Joining> {
  const comparable = comparableWith(rule.domains);
  const people = await readPeople(reader, rule, comparable);
  const tallies = new Map(rule.accounts.map((accounts) => [accounts.source, new Tally(accounts)]));
  return {
    people: people.count,
    changes: edgesTo(reader, rule, new Matching(people, comparable), tallies),
    sources: () => [...tallies.values()].map((tally) => tally.told()),
  };
}

const keyOf = (attribute: string, as: string, value: string): string => `${as}\u0000${attribute}\u0000${value}`;

async function readPeople(reader: StoreReader, rule: JoinRule, comparable: Comparable): Promise<People> {
  const pairs = new Map(
    rule.accounts.flatMap(({ match }) => match).map((pair) => [`${pair.as} ${pair.person}`, pair] as const),
  );
  const byKey = new Map<string, string | readonly string[]>();
  let count = 0;
  for await (const record of reader.nodeRecords()) {
    if (record.source !== rule.people || record.kind !== 'User') continue;
    count += 1;
    for (const { person, as } of pairs.values()) {
      for (const value of valuesAt(record, person)) {
        const text = comparable(value, as);
        if (text !== undefined) enter(byKey, keyOf(person, as, text), record.id);
      }
    }
  }
  return { count, byKey };
}

function enter(byKey: Map<string, string | readonly string[]>, key: string, id: string): void {
  const known = byKey.get(key);
  if (known === undefined) byKey.set(key, id);
  else if (typeof known === 'string') {
    if (known !== id) byKey.set(key, [known, id]);
  } else if (!known.includes(id) && known.length < MOST_PEOPLE) byKey.set(key, [...known, id]);
}

/** People who share one key: more are not told apart, for none of them is taken. */
const MOST_PEOPLE = 20;

/** What the keys of an account find. */
interface Found {
  readonly hasKey: boolean;
  /** By person, how he was found. */
  readonly people: ReadonlyMap<string, string>;
}

class Matching {
  readonly #people: People;
  readonly #comparable: Comparable;

  constructor(people: People, comparable: Comparable) {
    this.#people = people;
    this.#comparable = comparable;
  }

  find(record: NodeRecord, { source, match }: AccountRule, peopleSource: string): Found {
    const people = new Map<string, string>();
    let hasKey = false;
    for (const { account, person, as } of match) {
      for (const value of valuesAt(record, account)) {
        const text = this.#comparable(value, as);
        if (text === undefined) continue;
        hasKey = true;
        const known = this.#people.byKey.get(keyOf(person, as, text));
        for (const id of known === undefined ? [] : typeof known === 'string' ? [known] : known)
          if (!people.has(id)) people.set(id, `${account} of ${source} = ${person} of ${peopleSource}`);
      }
    }
    return { hasKey, people };
  }
}

async function* edgesTo(
  reader: StoreReader,
  rule: JoinRule,
  matching: Matching,
  tallies: ReadonlyMap<string, Tally>,
): AsyncGenerator<Change> {
  // Records come by id, so the versions of one account follow each other.
  let account: Account | undefined;
  for await (const record of reader.nodeRecords()) {
    if (account !== undefined && account.id !== record.id) {
      yield* account.settle(rule);
      account = undefined;
    }
    const tally = tallies.get(record.source);
    if (tally === undefined || !tally.takes(record)) continue;
    account ??= new Account(record.id);
    account.add(tally, matching.find(record, tally.rule, rule.people));
  }
  if (account !== undefined) yield* account.settle(rule);
}

/** One account, perhaps as several sources tell of it: what they find is found together. */
class Account {
  readonly id: string;
  readonly #told: { readonly tally: Tally; readonly found: Found }[] = [];

  constructor(id: string) {
    this.id = id;
  }

  add(tally: Tally, found: Found): void {
    this.#told.push({ tally, found });
  }

  *settle({ name }: JoinRule): Generator<Change> {
    const people = new Map(this.#told.flatMap(({ found }) => [...found.people]));
    const [first] = people;
    for (const { tally, found } of this.#told) tally.count(this.id, found, [...people.keys()]);
    if (people.size !== 1 || first === undefined || first[0] === this.id) return;
    const edge = makeEdge({
      kind: 'CAN_ASSUME',
      from: first[0],
      to: this.id,
      source: joinSource(name),
      technique: SAME_PERSON,
      evidence: first[1],
    });
    yield { op: 'PUT_EDGE', edge };
  }
}

class Tally {
  readonly rule: AccountRule;
  #accounts = 0;
  #joined = 0;
  #same = 0;
  readonly #withoutKey = new Some<string>();
  readonly #unmatched = new Some<string>();
  readonly #ambiguous = new Some<AmbiguousAccount>();

  constructor(rule: AccountRule) {
    this.rule = rule;
  }

  takes({ kind }: NodeRecord): boolean {
    return (kind === 'User' || kind === 'ServiceAccount') && this.rule.kinds.includes(kind);
  }

  count(id: string, { hasKey }: Found, people: readonly string[]): void {
    this.#accounts += 1;
    if (people.length > 1) this.#ambiguous.add({ account: id, people: [...people].sort() });
    else if (people[0] === id) this.#same += 1;
    else if (people.length === 1) this.#joined += 1;
    else if (hasKey) this.#unmatched.add(id);
    else this.#withoutKey.add(id);
  }

  told(): JoinedSource {
    return {
      source: this.rule.source,
      accounts: this.#accounts,
      joined: this.#joined,
      same: this.#same,
      withoutKey: this.#withoutKey.told(),
      unmatched: this.#unmatched.told(),
      ambiguous: this.#ambiguous.told(),
    };
  }
}

class Some<T> {
  #count = 0;
  readonly #some: T[] = [];

  add(one: T): void {
    this.#count += 1;
    if (this.#some.length < MOST_TOLD) this.#some.push(one);
  }

  told(): SomeOf<T> {
    return { count: this.#count, some: this.#some };
  }
}
