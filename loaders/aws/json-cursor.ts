import { type Problems, wrongWithText } from '../../engine/model/index.ts';
import { type JsonPath, lineOfPath } from './json-line.ts';

/** A file that is read, and where its problems go. */
export interface JsonOrigin {
  readonly file: string;
  /** Valid JSON. */
  readonly text: string;
  readonly problems: Problems;
  /** The line of the file at which the text begins; 1 where it is the whole file. */
  readonly firstLine?: number;
}

/** Problems beyond this number get no line: finding it walks the file. */
const LINES_TOLD = 100;

/** A value of a JSON document with its place, so that whatever is wrong with it is told by file, line and field. */
export class JsonCursor {
  readonly value: unknown;
  readonly origin: JsonOrigin;
  readonly path: JsonPath;
  /** The path of the string that the value was unpacked from, if it was: that is where it stands in the file. */
  readonly #packedIn: JsonPath | undefined;

  constructor(origin: JsonOrigin, value: unknown, path: JsonPath = [], packedIn?: JsonPath) {
    this.origin = origin;
    this.value = value;
    this.path = path;
    this.#packedIn = packedIn;
  }

  /** `UserDetailList[3].Arn`. */
  get field(): string {
    let field = '';
    for (const step of this.path) field += typeof step === 'number' ? `[${step}]` : field === '' ? step : `.${step}`;
    return field;
  }

  /** Reports the value. Returns undefined, to end a reading with. */
  fail(message: string): undefined {
    const { file, text, problems, firstLine = 1 } = this.origin;
    const line =
      problems.total < LINES_TOLD ? lineOfPath(text, this.#packedIn ?? this.path) + firstLine - 1 : undefined;
    problems.add({ file, ...(line === undefined ? {} : { line }), field: this.field, message });
    return undefined;
  }

  /** The same place with what was unpacked from its string. */
  unpacked(value: unknown): JsonCursor {
    return new JsonCursor(this.origin, value, this.path, this.#packedIn ?? this.path);
  }

  /** The member of an object, undefined where it is absent or null. */
  member(key: string): JsonCursor | undefined {
    const holder = this.value as Record<string, unknown>;
    if (!Object.hasOwn(holder, key) || holder[key] === null) return undefined;
    return this.#inner(holder[key], key);
  }

  /** The member, reported when it is absent. */
  needed(key: string): JsonCursor | undefined {
    return this.member(key) ?? this.fail(`"${key}" is missing`);
  }

  #inner(value: unknown, step: string | number): JsonCursor {
    return new JsonCursor(this.origin, value, [...this.path, step], this.#packedIn);
  }

  /** True for an object; anything else is reported, and so is every member that is not known. */
  isObject(known: ReadonlySet<string>): boolean {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) {
      this.fail(`must be an object, is ${kindOf(this.value)}`);
      return false;
    }
    for (const key of Object.keys(this.value)) {
      if (!known.has(key))
        this.#inner((this.value as Record<string, unknown>)[key], key).fail(unknownMember(key, known));
    }
    return true;
  }

  /** The members of any object. */
  entries(): readonly (readonly [string, JsonCursor])[] {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) {
      this.fail(`must be an object, is ${kindOf(this.value)}`);
      return [];
    }
    return Object.entries(this.value).map(([key, value]) => [key, this.#inner(value, key)] as const);
  }

  items(): readonly JsonCursor[] {
    if (!Array.isArray(this.value)) {
      this.fail(`must be a list, is ${kindOf(this.value)}`);
      return [];
    }
    return this.value.map((item, at) => this.#inner(item, at));
  }

  /** The items of a list, or the value itself where a single one stands for a list of one. */
  oneOrMore(): readonly JsonCursor[] {
    return Array.isArray(this.value) ? this.items() : [this];
  }

  text(max?: number): string | undefined {
    if (typeof this.value !== 'string') return this.fail(`must be text, is ${kindOf(this.value)}`);
    const wrong = wrongWithText(this.value, max);
    return wrong === undefined ? this.value : this.fail(wrong);
  }

  flag(): boolean | undefined {
    return typeof this.value === 'boolean' ? this.value : this.fail(`must be true or false, is ${kindOf(this.value)}`);
  }

  count(): number | undefined {
    const { value } = this;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    return this.fail('must be a whole number of 0 or more');
  }
}

const unknownMember = (key: string, known: ReadonlySet<string>): string =>
  `"${key.slice(0, 60)}" is not known here; known are ${[...known].join(', ')}. Remove it, or load the output of "aws iam get-account-authorization-details" as it came`;

export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
