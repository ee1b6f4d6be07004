/** What stands between user and permission. */
export type Separator = 'comma' | 'semicolon' | 'tab' | 'spaces';

/** The separator in words, for messages. */
export const SEPARATOR_NAMES: Readonly<Record<Separator, string>> = {
  comma: 'a comma',
  semicolon: 'a semicolon',
  tab: 'a tab',
  spaces: 'spaces',
};

const CHARS: Readonly<Record<Exclude<Separator, 'spaces'>, string>> = { comma: ',', semicolon: ';', tab: '\t' };

/** Tells the separator from the first line with data: a tab, else a comma, else a semicolon, else spaces. */
export function separatorOf(line: string): Separator {
  const unquoted = line.replace(/"[^"]*"/g, '');
  if (unquoted.includes('\t')) return 'tab';
  if (unquoted.includes(',')) return 'comma';
  return unquoted.includes(';') ? 'semicolon' : 'spaces';
}

/** The columns of a line, without the white space around them. A text when the line cannot be taken apart: why. */
export function columnsOf(line: string, separator: Separator): readonly string[] | string {
  if (separator === 'spaces') return line.trim().split(/[ \t]+/);
  const char = CHARS[separator];
  if (!line.includes('"') || separator === 'tab') return line.split(char).map((column) => column.trim());
  return quotedColumns(line, char);
}

/** Columns of which some stand in double quotes; a quote inside is written twice. */
function quotedColumns(line: string, char: string): readonly string[] | string {
  const columns: string[] = [];
  let at = 0;
  for (;;) {
    while (line[at] === ' ') at += 1;
    const end = line[at] === '"' ? endOfQuoted(line, at) : endOfPlain(line, at, char);
    if (end === undefined) return 'a double quote is opened and not closed in this line';
    columns.push(line[at] === '"' ? line.slice(at + 1, end - 1).replaceAll('""', '"') : line.slice(at, end).trim());
    at = end;
    while (line[at] === ' ') at += 1;
    if (at >= line.length) return columns;
    if (line[at] !== char) return 'text follows the closing double quote of a column';
    at += 1;
  }
}

function endOfPlain(line: string, start: number, char: string): number {
  const end = line.indexOf(char, start);
  return end < 0 ? line.length : end;
}

/** The offset behind the closing quote. */
function endOfQuoted(line: string, start: number): number | undefined {
  for (let at = line.indexOf('"', start + 1); at >= 0; at = line.indexOf('"', at + 2)) {
    if (line[at + 1] !== '"') return at + 1;
  }
  return undefined;
}

const USER_TITLES = new Set(['user', 'userid', 'username', 'identity', 'account']);
const PERMISSION_TITLES = new Set(['permission', 'permissionid', 'entitlement', 'privilege']);

/** Whether the columns of the first line are titles: `user,permission` and the like, whatever the case. */
export function isHeader(columns: readonly string[]): boolean {
  const [user, permission] = columns.map((column) => column.toLowerCase().replace(/[ _-]/g, ''));
  return columns.length === 2 && USER_TITLES.has(user!) && PERMISSION_TITLES.has(permission!);
}
