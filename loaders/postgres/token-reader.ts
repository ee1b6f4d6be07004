import type { Token } from './sql-scanner.ts';

/** Reads the words of one statement from its first to its last. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get isDone(): boolean {
    return this.#at >= this.#tokens.length;
  }

  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  next(): Token | undefined {
    return this.#tokens[this.#at++];
  }

  /** Takes these words where they come next, all or none. A name in quotes is no word. */
  take(...words: readonly string[]): boolean {
    const fits = words.every((word, ahead) => {
      const token = this.peek(ahead);
      return token !== undefined && token.is !== 'name' && token.is !== 'text' && token.text === word;
    });
    if (fits) this.#at += words.length;
    return fits;
  }

  /** A name, quoted or not; undefined where none comes next. */
  name(): string | undefined {
    const token = this.peek();
    if (token?.is !== 'word' && token?.is !== 'name') return undefined;
    this.#at += 1;
    return token.text === '' ? undefined : token.text;
  }

  /** A name of several parts, `schema.table`; empty where none comes next. */
  qualified(): readonly string[] {
    const parts: string[] = [];
    do {
      const part = this.name();
      if (part === undefined) return [];
      parts.push(part);
    } while (this.take('.'));
    return parts;
  }

  /** Moves behind the next of the words that stands outside of parentheses. @returns which it was */
  skipTo(words: ReadonlySet<string>): string | undefined {
    for (let depth = 0; !this.isDone; ) {
      const { is, text } = this.next()!;
      if (text === '(' && is === 'mark') depth += 1;
      else if (text === ')' && is === 'mark') depth -= 1;
      else if (depth === 0 && is === 'word' && words.has(text)) return text;
    }
    return undefined;
  }

  /** The words between parentheses that come next, these left out; undefined where none open or they do not close. */
  inParentheses(): readonly Token[] | undefined {
    if (!this.take('(')) return undefined;
    const start = this.#at;
    for (let depth = 1; !this.isDone; ) {
      const { is, text } = this.next()!;
      if (is !== 'mark') continue;
      if (text === '(') depth += 1;
      else if (text === ')') depth -= 1;
      if (depth === 0) return this.#tokens.slice(start, this.#at - 1);
    }
    return undefined;
  }

  /** What is left, as it is. */
  rest(): readonly Token[] {
    return this.#tokens.slice(this.#at);
  }
}

/** Parts of a list at commas outside of parentheses and brackets. */
export function commaParts(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.is === 'mark' && (token.text === '(' || token.text === '[')) depth += 1;
    if (token.is === 'mark' && (token.text === ')' || token.text === ']')) depth -= 1;
    if (depth === 0 && token.is === 'mark' && token.text === ',') parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** Words as the server itself writes them, `a integer, b double precision[]`. */
export function written(tokens: readonly Token[]): string {
  let text = '';
  let before: Token | undefined;
  for (const token of tokens) {
    if (before !== undefined && isApart(before, token)) text += ' ';
    text += spelled(token);
    before = token;
  }
  return text;
}

const TIGHT_BEFORE = new Set(['.', ',', ')', '[', ']', ':']);
const TIGHT_BEHIND = new Set(['.', '(', '[', ':']);

function isApart(before: Token, token: Token): boolean {
  if (token.is === 'mark' && TIGHT_BEFORE.has(token.text)) return false;
  if (before.is === 'mark' && TIGHT_BEHIND.has(before.text)) return false;
  return !(token.is === 'mark' && token.text === '(' && before.is !== 'mark');
}

function spelled({ is, text }: Token): string {
  if (is === 'name') return `"${text.replaceAll('"', '""')}"`;
  return is === 'text' ? `'${text.replaceAll("'", "''")}'` : text;
}
