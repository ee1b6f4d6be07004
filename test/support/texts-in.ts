/**
 * Every text that can be reached from a value, by whatever property: its own ones, hidden ones too, of all its causes, and
 * what is in maps and sets. What a logger could print of it, and more.
 */
export function textsIn(value: unknown): readonly string[] {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  const left: unknown[] = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one === 'string') texts.push(one);
    if (one === null || !['object', 'function'].includes(typeof one) || seen.has(one)) continue;
    seen.add(one);
    if (one instanceof Map || one instanceof Set) left.push(...one.entries());
    if (ArrayBuffer.isView(one)) texts.push(Buffer.from(one.buffer, one.byteOffset, one.byteLength).toString('latin1'));
    for (const key of Reflect.ownKeys(one as object)) {
      const property = Object.getOwnPropertyDescriptor(one, key)!;
      texts.push(String(key));
      if ('value' in property) left.push(property.value);
    }
  }
  return texts;
}
