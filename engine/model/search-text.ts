import type { Attributes } from './records.ts';

/** What a search looks at: id, name and the attributes that are texts or numbers, in lower case. */
export function searchText(id: string, name: string, attributes: Attributes): string {
  let text = `${id}\n${name}\n`;
  let first = true;
  for (const key in attributes) {
    const value = attributes[key];
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    text += first ? value : `\n${value}`;
    first = false;
  }
  return text.toLowerCase();
}
