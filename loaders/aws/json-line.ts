/** The steps from the root of a JSON document to a value: keys and indices. */
export type JsonPath = readonly (string | number)[];

const SPACE = /[ \t\r\n]*/y;
const SCALAR = /[^\s,\]}]+/y;

/**
 * The line, counted from 1, where the value at a path starts; where the path leads nowhere, that of the last value on
 * the way. The text must be valid JSON. Only told for messages, so it walks the text anew each time.
 */
export function lineOfPath(text: string, path: JsonPath): number {
  const walk = new PathWalk(text);
  for (const step of path) if (!walk.enter(step)) break;
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < walk.at; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

class PathWalk {
  readonly #text: string;
  /** Where the value at hand starts. */
  at = 0;

  constructor(text: string) {
    this.#text = text;
    this.at = this.#over(SPACE, 0);
  }

  /** Goes to the member or item; false, and stays, when there is none. */
  enter(step: string | number): boolean {
    const open = this.#text[this.at];
    if (open !== (typeof step === 'number' ? '[' : '{')) return false;
    let at = this.#over(SPACE, this.at + 1);
    for (let index = 0; this.#text[at] !== ']' && this.#text[at] !== '}'; index++) {
      let wanted = index === step;
      if (open === '{') {
        const end = this.#string(at);
        wanted = JSON.parse(this.#text.slice(at, end)) === step;
        at = this.#over(SPACE, this.#over(SPACE, end) + 1);
      }
      if (wanted) {
        this.at = at;
        return true;
      }
      at = this.#over(SPACE, this.#value(at));
      if (this.#text[at] === ',') at = this.#over(SPACE, at + 1);
      else if (at >= this.#text.length) return false;
    }
    return false;
  }

  /** Where the value that starts here ends. */
  #value(start: number): number {
    let at = start;
    let depth = 0;
    do {
      const character = this.#text[at];
      if (character === '"') at = this.#string(at);
      else if (character === '{' || character === '[') {
        depth += 1;
        at += 1;
      } else if (character === '}' || character === ']') {
        depth -= 1;
        at += 1;
      } else if (depth > 0 && (character === ',' || character === ':' || /\s/.test(character ?? ''))) at += 1;
      else at = this.#over(SCALAR, at);
    } while (depth > 0 && at < this.#text.length);
    return at;
  }

  /** Where the string that starts here ends: behind the first quote that no backslash escapes. */
  #string(start: number): number {
    let end = this.#text.indexOf('"', start + 1);
    while (end >= 0 && this.#isEscaped(end)) end = this.#text.indexOf('"', end + 1);
    return end < 0 ? this.#text.length : end + 1;
  }

  #isEscaped(at: number): boolean {
    let backslashes = 0;
    while (this.#text[at - 1 - backslashes] === '\\') backslashes += 1;
    return backslashes % 2 === 1;
  }

  #over(expression: RegExp, at: number): number {
    expression.lastIndex = at;
    return expression.test(this.#text) ? expression.lastIndex : at;
  }
}
