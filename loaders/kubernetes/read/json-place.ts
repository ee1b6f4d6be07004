import type { Path } from './source-document.ts';

/**
 * Where the value at a path begins in a text that is known to be sound JSON, in UTF-16 units; where the path leads
 * nowhere, the place of the last value on the way. Linear in the text before it. For a key of an object, the key counts.
 */
export function offsetInJson(text: string, path: Path): number {
  let offset = skipSpace(text, 0);
  let value = offset;
  for (const step of path) {
    const inner = typeof step === 'number' ? itemAt(text, value, step) : memberAt(text, value, step);
    if (inner === undefined) return offset;
    offset = inner.offset;
    value = inner.value;
  }
  return offset;
}

interface Inner {
  /** Of the key, or of the item. */
  readonly offset: number;
  readonly value: number;
}

function itemAt(text: string, list: number, index: number): Inner | undefined {
  if (text[list] !== '[') return undefined;
  let at = skipSpace(text, list + 1);
  for (let i = 0; text[at] !== ']'; i++) {
    if (i === index) return { offset: at, value: at };
    at = next(text, skipValue(text, at));
  }
  return undefined;
}

function memberAt(text: string, object: number, key: string): Inner | undefined {
  if (text[object] !== '{') return undefined;
  let at = skipSpace(text, object + 1);
  while (text[at] !== '}') {
    const end = skipString(text, at);
    const value = skipSpace(text, skipSpace(text, end) + 1);
    if (JSON.parse(text.slice(at, end)) === key) return { offset: at, value };
    at = next(text, skipValue(text, value));
  }
  return undefined;
}

/** From the end of a value to the start of what follows its comma, or to the closing bracket. */
function next(text: string, end: number): number {
  const at = skipSpace(text, end);
  return text[at] === ',' ? skipSpace(text, at + 1) : at;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(text[at] ?? 'x')) at += 1;
  return at;
}

function skipString(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    let slashes = 0;
    while (text[quote - 1 - slashes] === '\\') slashes += 1;
    at = quote + 1;
    if (slashes % 2 === 0 || quote < 0) return at;
  }
}

function skipValue(text: string, from: number): number {
  const token = /[[\]{}",:\s]/g;
  let depth = 0;
  let at = from;
  do {
    const char = text[at];
    if (char === '"') at = skipString(text, at);
    else if (char === '{' || char === '[') {
      depth += 1;
      at += 1;
    } else if (char === '}' || char === ']') {
      depth -= 1;
      at += 1;
    } else {
      token.lastIndex = at + 1;
      at = token.exec(text)?.index ?? text.length;
    }
  } while (depth > 0 && at < text.length);
  return at;
}
