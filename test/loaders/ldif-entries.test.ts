import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problems } from '../../engine/model/index.ts';
import { compile } from '../../loaders/declared/compile.ts';
import { DeclaredReading } from '../../loaders/declared/declared-reading.ts';
import { LeftAside } from '../../loaders/declared/left-aside.ts';
import { ldif } from '../../loaders/ldif/description.ts';
import { type Entry, entriesOf } from '../../loaders/ldif/entries.ts';
import { openLdif } from '../../loaders/ldif/reader.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

announceSeed();
const folder = temporaryFolder();
let files = 0;

async function entriesIn(text: string, size: number): Promise<Entry[]> {
  async function* bytes(): AsyncGenerator<Buffer> {
    const whole = Buffer.from(text);
    for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
  }
  const problems = new Problems();
  const found: Entry[] = [];
  const file = { path: 'x.ldif', options: { bytes }, shownAs: 'x.ldif', name: 'x.ldif' };
  for await (const some of entriesOf(file, () => true, problems)) found.push(...some);
  problems.throwIfAny();
  return found;
}

/** The slow and obvious twin: unfolds the whole, splits at empty lines, then at the first colon. */
function obvious(text: string): unknown[] {
  const blocks = text.replaceAll('\n ', '').split(/\n\n+/);
  return blocks
    .filter((block) => block !== '')
    .map((block) => {
      const pairs = block
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const [title, value] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)];
          const told = value.startsWith(':')
            ? Buffer.from(value.slice(1).trim(), 'base64').toString()
            : value.trimStart();
          return [title.replace(/;.*$/, '').toLowerCase(), told] as const;
        });
      const attributes: Record<string, string[]> = {};
      for (const [name, value] of pairs.slice(1)) (attributes[name] ??= []).push(value);
      return [pairs[0]![1], attributes];
    });
}

// Names that begin alike, so that a line may look like the one that is expected and be another.
const title = fc.constantFrom('cn', 'c', 'CN', 'cn;lang-en', 'member', 'memberOf', 'member;x', 'objectClass', 'sn');
const value = fc.oneof(
  fc.constantFrom('', 'a', 'a:b', 'cn: x', 'zoë', '名'),
  fc
    .string({ unit: fc.constantFrom('a', 'b', ':', '=', ',', 'é'), maxLength: 30 })
    .map((text) => text.replace(/^[:<]+/, '')),
);
const line = fc.tuple(title, value, fc.boolean(), fc.nat(40)).map(([name, text, coded, fold]) => {
  const whole = coded ? `${name}:: ${Buffer.from(text).toString('base64')}` : `${name}: ${text}`;
  const at = Math.min(whole.length, name.length + 2 + fold);
  return fold % 3 === 0 && at < whole.length ? `${whole.slice(0, at)}\n ${whole.slice(at)}` : whole;
});
const entry = fc
  .tuple(fc.nat(1_000), fc.array(line, { maxLength: 12 }))
  .map(([number, lines]) => [`dn: cn=${number}`, ...lines].join('\n'));

describe('entries of LDIF', () => {
  it('are those that unfolding and splitting the whole gives, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(7, 60, 100_000),
        async (all, size) => {
          const text = `${all.join('\n\n')}\n`;
          const found = await entriesIn(text, size);
          expect(found.map(({ dn, attributes }) => [dn, Object.fromEntries(attributes)])).toEqual(obvious(text));
        },
      ),
      runs(300),
    );
  });
});

const person = (i: number, more = ''): string =>
  `dn: uid=p${i},dc=a\nobjectClass: person\ncn: P ${i}\nuid: p${i}\n${more}\n`;

async function readingOf(text: string): Promise<DeclaredReading> {
  const path = folder.file(`e${files++}.ldif`, text);
  const opened = await openLdif({ paths: [path], options: {} }, new Problems());
  const reading = new DeclaredReading(compile(ldif), opened.records, new LeftAside({ unresolved: [], skipped: [] }));
  await reading.describe();
  return reading;
}

describe('a load of LDIF', () => {
  it('hands on a group of very many members in batches of bounded size', async () => {
    const people = Array.from({ length: 9_000 }, (_, i) => person(i));
    const members = people.map((_, i) => `member: uid=p${i},dc=a\n`).join('');
    const reading = await readingOf(`${people.join('')}dn: cn=all,dc=a\nobjectClass: group\n${members}`);
    const sizes: number[] = [];
    for await (const batch of reading.batches()) sizes.push(batch.length);
    expect(sizes.reduce((a, b) => a + b)).toBe(18_001);
    expect(Math.max(...sizes)).toBe(4_096);
  });

  it('keeps names alone: neither long values nor members take memory for the length of the load', async () => {
    const bare = await readingOf(Array.from({ length: 600 }, (_, i) => person(i)).join(''));
    const long = `description: ${'x'.repeat(20_000)}\n`;
    const full = await readingOf(Array.from({ length: 600 }, (_, i) => person(i, long)).join(''));
    expect(full.nodes.bytes).toBe(bare.nodes.bytes);
    const before = full.nodes.bytes;
    for await (const _ of full.batches());
    expect(full.nodes.bytes).toBe(before);
  });
});
