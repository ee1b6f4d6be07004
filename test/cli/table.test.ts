import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, shorten } from '../../cli/display-width.ts';
import { patternsCell, tableOf } from '../../cli/table.ts';
import { visible } from '../../cli/visible.ts';

const words = fc.string({
  unit: fc.constantFrom('a', 'é', 'e\u0301', '佐', '한', '😀', ' ', '\u001b', '\t', '\u202e'),
});

describe('a table', () => {
  it('aligns columns by the width at which they are shown', () => {
    const { lines } = tableOf(
      [{ title: 'NAME' }, { title: 'N', align: 'right' }],
      [
        ['佐藤', '1'],
        ['José', '1,000'],
        ['Jose\u0301', '22'],
      ],
    );
    expect(lines).toEqual(['NAME      N', '佐藤      1', 'José  1,000', 'Jose\u0301     22']);
  });

  it('fits a terminal by shortening the widest column in its middle', () => {
    const { lines } = tableOf([{ title: 'A' }, { title: 'B' }], [['user:ada.okafor.1042', 'ALLOWED']], { width: 22 });
    const line = lines[1];
    expect(displayWidth(line!)).toBeLessThanOrEqual(22);
    expect(line).toMatch(/^user.*…\S*42 {2}ALLOWED$/);
  });

  it('never exceeds the width it is given, and shows nothing that a terminal would obey', () => {
    const rows = fc.array(fc.tuple(words, words, words), { maxLength: 5 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 34, max: 80 }), (cells, width) => {
        const { lines } = tableOf([{ title: 'A' }, { title: 'B' }, { title: 'C' }], cells, { width });
        for (const line of lines) {
          expect(displayWidth(line)).toBeLessThanOrEqual(width);
          expect(visible(line)).toBe(line);
        }
      }),
      { verbose: 1 },
    );
  });
});

describe('a list in a table', () => {
  const actions = Array.from({ length: 100 }, (_, i) => `ec2:Describe${i}`);
  const columns = [{ title: 'RESOURCE' }, { title: 'ACTIONS' }];

  it('goes over several lines, and then counts what is not shown', () => {
    const { lines, hidden } = tableOf(columns, [['arn:a', patternsCell(actions)]], { width: 48 });
    expect(lines).toEqual([
      'RESOURCE  ACTIONS',
      'arn:a     ec2:Describe0, ec2:Describe1,',
      '          ec2:Describe2, ec2:Describe3,',
      '          ec2:Describe4, ec2:Describe5,',
      '          … and 94 more',
    ]);
    expect(hidden).toBe(94);
  });

  it('is one line, and whole, where the output goes to a file', () => {
    const { lines, hidden } = tableOf(columns, [['arn:a', patternsCell(actions, ['ec2:X', 'ec2:Y'])]]);
    expect([lines.length, hidden]).toEqual([2, 0]);
    expect(lines[1]).toBe(`arn:a     ${actions.join(', ')} except ec2:X, ec2:Y`);
  });

  it('shows each of its parts or counts it, within the width', () => {
    const lists = fc.array(
      fc.array(fc.string({ unit: fc.constantFrom('a', '佐', ':'), minLength: 1, maxLength: 30 })),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    fc.assert(
      fc.property(lists, fc.integer({ min: 40, max: 90 }), (cells, width) => {
        const { lines, hidden } = tableOf(
          columns,
          cells.map((cell) => ['arn:a:long:one', patternsCell(cell)]),
          { width },
        );
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        const counted = lines.flatMap((line) => /… and ([\d,]+) more$/.exec(line)?.[1] ?? []);
        expect(counted.reduce((sum, text) => sum + Number(text.replace(',', '')), 0)).toBe(hidden);
        const told = lines.filter((line) => !/… and [\d,]+ more$/.test(line)).slice(1);
        const parts = told
          .flatMap((line) =>
            line
              .replace(/^arn:a:long:one/, '')
              .trim()
              .split(' '),
          )
          .filter(Boolean);
        expect(parts.length + hidden).toBe(cells.flat().length);
      }),
      { verbose: 1 },
    );
  });
});

describe('shortening', () => {
  it('keeps what fits and both ends of what does not', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 20 }), (text, width) => {
        const short = shorten(text, width);
        expect(displayWidth(short)).toBeLessThanOrEqual(width);
        if (displayWidth(text) <= width) expect(short).toBe(text);
      }),
      { verbose: 1 },
    );
    expect(shorten('user:ada.okafor.1042', 11)).toBe('user:….1042');
  });
});
