import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, shorten } from '../../cli/display-width.ts';
import { tableLines } from '../../cli/table.ts';
import { visible } from '../../cli/visible.ts';

const words = fc.string({
  unit: fc.constantFrom('a', 'é', 'e\u0301', '佐', '한', '😀', ' ', '\u001b', '\t', '\u202e'),
});

describe('a table', () => {
  it('aligns columns by the width at which they are shown', () => {
    const lines = tableLines(
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
    const [, line] = tableLines([{ title: 'A' }, { title: 'B' }], [['user:ada.okafor.1042', 'ALLOWED']], { width: 22 });
    expect(displayWidth(line!)).toBeLessThanOrEqual(22);
    expect(line).toMatch(/^user.*…\S*42 {2}ALLOWED$/);
  });

  it('never exceeds the width it is given, and shows nothing that a terminal would obey', () => {
    const rows = fc.array(fc.tuple(words, words, words), { maxLength: 5 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 34, max: 80 }), (cells, width) => {
        for (const line of tableLines([{ title: 'A' }, { title: 'B' }, { title: 'C' }], cells, { width })) {
          expect(displayWidth(line)).toBeLessThanOrEqual(width);
          expect(visible(line)).toBe(line);
        }
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
