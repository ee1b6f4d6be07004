/** Characters that make two spellings of one name differ by more than case. */
const UNUSUAL = /[\\"+;#]|,\s|\s[,=]|=\s|\s$|^\s/;

/**
 * The one spelling by which distinguished names are compared (RFC 4514): lower case, without spaces around separators,
 * escapes in one form, the parts of a multi-valued name in order. Not for people to read.
 */
export function comparableName(name: string): string {
  const lower = name.toLowerCase();
  if (!UNUSUAL.test(lower)) return lower;
  return splitAt(lower, /[,;]/)
    .map((part) => splitAt(part, /\+/).map(comparablePart).sort().join('+'))
    .join(',');
}

/** Splits where a separator stands that is neither escaped nor in quotes. */
function splitAt(text: string, separator: RegExp): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\') at += 1;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && separator.test(char)) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function comparablePart(part: string): string {
  const at = part.indexOf('=');
  if (at < 0) return part.trim();
  return `${part.slice(0, at).trim()}=${escaped(plain(part.slice(at + 1)))}`;
}

/** The value itself: without quotes and escapes; spaces at its ends count only where they are escaped. */
function plain(value: string): string {
  const trimmed = value.trimStart().replace(/(?<!\\)\s+$/, '');
  const inside =
    trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"') ? trimmed.slice(1, -1) : trimmed;
  if (!inside.includes('\\')) return inside;
  const bytes = inside.replace(/(?:\\[0-9a-f]{2})+/g, (run) =>
    Buffer.from(run.replaceAll('\\', ''), 'hex').toString('utf8'),
  );
  return bytes.replace(/\\(.)/gs, '$1').toLowerCase();
}

const escaped = (value: string): string => value.replace(/[\\,+;"=]/g, '\\$&');
