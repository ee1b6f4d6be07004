const QUOTE = 34;
const SPACE = 32;

/**
 * Whether an object of this line may have a key twice, which `JSON.parse` does not tell. False is certain.
 *
 * In valid JSON a key ends in a quote and a colon, with nothing but white space between. Where no colon follows white
 * space, there are at least as many `":` in the line as keys (texts may hold further ones), and at least as many keys
 * in the line as in the value. So equal counts leave no room for a repeated key. Costs a tenth of a full scan.
 *
 * @param value what the line was parsed to
 */
export function mayRepeatKeys(line: string, value: unknown): boolean {
  let keys = 0;
  for (let at = line.indexOf(':'); at >= 0; at = line.indexOf(':', at + 1)) {
    const before = line.charCodeAt(at - 1);
    if (before === QUOTE) keys += 1;
    else if (before <= SPACE) return true;
  }
  return keys !== keysIn(value);
}

/** How many keys the objects in a value have. */
function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value) keys += keysIn(item);
    return keys;
  }
  for (const key in value) keys += 1 + keysIn((value as Record<string, unknown>)[key]);
  return keys;
}
