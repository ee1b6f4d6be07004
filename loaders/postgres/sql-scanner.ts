/**
 * Cuts SQL into statements and words, line by line, as psql does: what a dump holds besides statements (lines of psql, data of
 * COPY, comments) is told apart, and the text of passwords is dropped where it stands.
 *
 * Time linear in the text; memory by the words of one statement.
 */
export interface Token {
  /** A bare word in lower case, a name in double quotes, a text in single or dollar quotes, a number, any other mark. */
  readonly is: 'word' | 'name' | 'text' | 'number' | 'mark';
  readonly text: string;
}

export interface Statement {
  readonly is: 'statement';
  /** Where it starts, counted from 1. */
  readonly line: number;
  readonly tokens: readonly Token[];
  /** True where it has more words than are kept. */
  readonly isCut: boolean;
}

/** A line for psql itself, such as `\connect app`, or a comment that is a line of its own. */
export interface SqlLine {
  readonly is: 'meta' | 'comment';
  readonly line: number;
  readonly text: string;
}

/** Words kept of one statement: a table has at most 1,600 columns, a grant may name many tables. */
export const MAX_TOKENS = 100_000;
/** Characters kept of one text in quotes. */
const MAX_TEXT = 1_000;

/** First words of statements of which something may be made; of others only the end is looked for. */
const KEPT = new Set(['alter', 'comment', 'copy', 'create', 'grant', 'revoke', 'set', 'drop', 'reassign']);
/** What follows these words is never kept. */
const SECRET = new Set(['password', 'connection', 'passfile', 'secret', 'token']);

const PIECE =
  /\s+|--[\s\S]*|\/\*|[eE]'|[uU]&'|[bBxXnN]'|[uU]&"|"|'|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*|[\s\S]/y;

type Mode = 'plain' | 'text' | 'name' | 'dollar' | 'comment' | 'copy';

export class SqlScanner {
  #mode: Mode = 'plain';
  #tokens: Token[] = [];
  /** How many words the statement has, kept or not. */
  #count = 0;
  #line = 0;
  #first = '';
  #parentheses = 0;
  /** Open BEGIN and CASE of the body of a function in standard SQL, in which semicolons end nothing. */
  #blocks = 0;
  #commentDepth = 0;
  #escapes = false;
  /** Set by `standard_conforming_strings = off`: a backslash escapes in every text. */
  #alwaysEscapes = false;
  #tag = '';
  #held = '';
  #found: (Statement | SqlLine)[] = [];

  /** What ends in this line. @param line its number, counted from 1 */
  take(text: string, line: number): readonly (Statement | SqlLine)[] {
    this.#found = [];
    if (this.#mode === 'copy') {
      if (text === '\\.') this.#mode = 'plain';
      return this.#found;
    }
    if (this.#mode === 'plain' && this.#count === 0 && this.#isLineOfItsOwn(text, line)) return this.#found;
    let at = 0;
    while (at < text.length) at = this.#mode === 'plain' ? this.#plain(text, at, line) : this.#inside(text, at);
    if (this.#mode === 'text' || this.#mode === 'name' || this.#mode === 'dollar') this.#hold('\n');
    return this.#found;
  }

  /** The line where a statement starts that has not ended; undefined where none is open. */
  get openSince(): number | undefined {
    return this.#mode === 'plain' && this.#count === 0 ? undefined : this.#line;
  }

  #isLineOfItsOwn(text: string, line: number): boolean {
    const start = /^\s*(\\|--)\s*(.*)$/.exec(text);
    if (start === null) return false;
    this.#found.push({ is: start[1] === '\\' ? 'meta' : 'comment', line, text: start[2]!.slice(0, MAX_TEXT) });
    return true;
  }

  #plain(text: string, at: number, line: number): number {
    PIECE.lastIndex = at;
    const piece = PIECE.exec(text)![0];
    const next = at + piece.length;
    if (/^\s|^--/.test(piece)) return next;
    if (this.#count === 0 && this.#mode === 'plain') this.#line = line;
    const last = piece.at(-1)!;
    if (piece === '/*') this.#enter('comment');
    else if (last === "'" && piece.length <= 3) this.#enterText(piece);
    else if (last === '"') this.#enter('name');
    else if (last === '$' && piece.length > 1 && piece[0] === '$') {
      this.#tag = piece;
      this.#enter('dollar');
    } else if (piece === ';' && this.#parentheses === 0 && this.#blocks === 0) this.#end();
    else this.#word(piece);
    return next;
  }

  #enter(mode: Mode): void {
    this.#mode = mode;
    this.#held = '';
    if (mode === 'comment') this.#commentDepth = 1;
  }

  #enterText(opening: string): void {
    this.#enter('text');
    this.#escapes = this.#alwaysEscapes || opening[0] === 'e' || opening[0] === 'E';
  }

  #inside(text: string, at: number): number {
    if (this.#mode === 'comment') return this.#inComment(text, at);
    if (this.#mode === 'dollar') return this.#upTo(text, at, this.#tag, 'text');
    return this.#inQuotes(text, at, this.#mode === 'text' ? "'" : '"');
  }

  #inComment(text: string, at: number): number {
    const mark = /\/\*|\*\//g;
    mark.lastIndex = at;
    const found = mark.exec(text);
    if (found === null) return text.length;
    this.#commentDepth += found[0] === '/*' ? 1 : -1;
    if (this.#commentDepth === 0) this.#mode = 'plain';
    return found.index + 2;
  }

  #upTo(text: string, at: number, mark: string, is: Token['is']): number {
    const end = text.indexOf(mark, at);
    this.#hold(text.slice(at, end < 0 ? text.length : end));
    if (end < 0) return text.length;
    this.#close(is);
    return end + mark.length;
  }

  #inQuotes(text: string, start: number, quote: string): number {
    let at = start;
    for (; at < text.length; at++) {
      const char = text[at]!;
      if (char === '\\' && quote === "'" && this.#escapes) at += 1;
      else if (char === quote) {
        if (text[at + 1] !== quote) break;
        at += 1;
        this.#hold(text.slice(start, at));
        return at + 1;
      }
    }
    this.#hold(text.slice(start, Math.min(at, text.length)));
    if (at >= text.length) return text.length;
    this.#close(quote === "'" ? 'text' : 'name');
    return at + 1;
  }

  /** A name is taken whole, however long: what is cut would be another name. */
  #hold(text: string): void {
    if (this.#mode === 'name' || this.#held.length < MAX_TEXT) this.#held += text;
  }

  #close(is: Token['is']): void {
    const isSecret = is === 'text' && SECRET.has(this.#tokens.at(-1)?.text ?? '');
    this.#mode = 'plain';
    this.#push({ is, text: isSecret ? '' : is === 'text' ? this.#held.slice(0, MAX_TEXT) : this.#held });
    this.#held = '';
  }

  #word(piece: string): void {
    const first = piece.charCodeAt(0);
    const isWord = /^[A-Za-z_\u0080-\uffff]/.test(piece);
    const is = isWord ? 'word' : first >= 48 && first <= 57 ? 'number' : 'mark';
    const text = isWord ? piece.toLowerCase() : piece;
    if (piece === '(') this.#parentheses += 1;
    else if (piece === ')') this.#parentheses = Math.max(0, this.#parentheses - 1);
    else if (isWord && this.#parentheses === 0) this.#block(text);
    this.#push({ is, text });
  }

  #block(word: string): void {
    if (word === 'begin' && this.#isRoutine()) this.#blocks += 1;
    else if (word === 'case' && this.#blocks > 0) this.#blocks += 1;
    else if (word === 'end' && this.#blocks > 0) this.#blocks -= 1;
  }

  #isRoutine(): boolean {
    const [create, second, third, fourth] = this.#tokens;
    if (create?.text !== 'create') return false;
    const what = second?.text === 'or' && third?.text === 'replace' ? fourth?.text : second?.text;
    return what === 'function' || what === 'procedure';
  }

  #push(token: Token): void {
    if (this.#count === 0) this.#first = token.is === 'word' ? token.text : '';
    this.#count += 1;
    if (KEPT.has(this.#first) && this.#tokens.length < MAX_TOKENS) this.#tokens.push(token);
  }

  #end(): void {
    const tokens = this.#tokens;
    if (this.#count > 0) {
      const kept = tokens.length > 0 ? tokens : [{ is: 'word', text: this.#first } as const];
      this.#found.push({ is: 'statement', line: this.#line, tokens: kept, isCut: this.#count > MAX_TOKENS });
      this.#follow(tokens);
    }
    this.#tokens = [];
    this.#count = 0;
    this.#first = '';
    this.#parentheses = 0;
  }

  /** What a statement changes in how the rest is read. */
  #follow(tokens: readonly Token[]): void {
    const [first, second] = tokens;
    if (first?.text === 'set' && second?.text === 'standard_conforming_strings')
      this.#alwaysEscapes = tokens.at(-1)!.text === 'off';
    if (first?.text === 'copy' && tokens.some(({ text }, at) => text === 'from' && tokens[at + 1]?.text === 'stdin'))
      this.#mode = 'copy';
  }
}
