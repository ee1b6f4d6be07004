import type { RowLog, RowWriter } from './row-log.ts';
import type { Terms } from './rows.ts';
import { corrupt } from './sqlite.ts';

/**
 * Texts that many rows share, told once and referred to by number: names of sources, words (resource types, used
 * actions) and terms (the action patterns of a grant). A text's first letter says which of these it is.
 */
const SOURCE = 's';
const WORD = 'w';
const TERMS = 't';

/** The texts up to a row number, by number. */
export class Texts {
  readonly #texts: (string | undefined)[] = [undefined];
  readonly #terms = new Map<number, Terms>();

  constructor(log: RowLog) {
    for (const page of log.pages()) {
      for (let slot = 0; slot < page.count; slot++) this.#texts.push(page.textOf(slot));
    }
  }

  get length(): number {
    return this.#texts.length;
  }

  source(number: number): string {
    return this.#text(number, SOURCE);
  }

  word(number: number): string {
    return this.#text(number, WORD);
  }

  terms(number: number): Terms {
    const known = this.#terms.get(number);
    if (known !== undefined) return known;
    const [actions, exceptActions] = JSON.parse(this.#text(number, TERMS)) as [string[]?, string[]?];
    const terms = Object.freeze({
      ...(actions ? { actions: Object.freeze(actions) } : {}),
      ...(exceptActions ? { exceptActions: Object.freeze(exceptActions) } : {}),
    });
    this.#terms.set(number, terms);
    return terms;
  }

  at(number: number): string {
    const text = this.#texts[number];
    if (text === undefined) throw corrupt(`text ${number} is missing`);
    return text;
  }

  #text(number: number, tag: string): string {
    const text = this.at(number);
    if (text[0] !== tag) throw corrupt(`text ${number} is of another kind`);
    return text.slice(1);
  }
}

interface CachedTerms extends Terms {
  readonly number: number;
}

/** Gives numbers to texts. */
export class TextWriter {
  readonly #log: RowWriter;
  readonly #numbers = new Map<string, number>();
  readonly #terms = new Map<string, CachedTerms>();
  #lastSource = '';
  #lastSourceNumber = 0;

  constructor(log: RowWriter) {
    this.#log = log;
    const texts = new Texts(log);
    for (let number = 1; number < texts.length; number++) this.#numbers.set(texts.at(number), number);
  }

  source(name: string): number {
    if (name === this.#lastSource && this.#lastSourceNumber !== 0) return this.#lastSourceNumber;
    this.#lastSource = name;
    this.#lastSourceNumber = this.#numberOf(SOURCE + name);
    return this.#lastSourceNumber;
  }

  /** The number of a source's name, if it ever had one. */
  knownSource(name: string): number | undefined {
    return this.#numbers.get(SOURCE + name);
  }

  knownWord(word: string): number | undefined {
    return this.#numbers.get(WORD + word);
  }

  /** The name of a source by its number. */
  sourceName(number: number): string {
    for (const [text, known] of this.#numbers) if (known === number) return text.slice(1);
    throw corrupt(`text ${number} is missing`);
  }

  word(word: string): number {
    return this.#numberOf(WORD + word);
  }

  /** 0 where there are no patterns at all. */
  terms({ actions, exceptActions }: Terms): number {
    if (actions === undefined && exceptActions === undefined) return 0;
    const short =
      exceptActions === undefined ? actions!.join('\n') : `${actions?.join('\n')}\n\n${exceptActions.join('\n')}`;
    const cached = this.#terms.get(short);
    if (cached !== undefined && equal(cached.actions, actions) && equal(cached.exceptActions, exceptActions)) {
      return cached.number;
    }
    const number = this.#numberOf(TERMS + JSON.stringify([actions ?? null, exceptActions ?? null]));
    this.#terms.set(short, {
      number,
      ...(actions === undefined ? {} : { actions: [...actions] }),
      ...(exceptActions === undefined ? {} : { exceptActions: [...exceptActions] }),
    });
    return number;
  }

  #numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#log.begin();
    this.#log.text(text);
    const number = this.#log.keep();
    this.#numbers.set(text, number);
    return number;
  }
}

function equal(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
