import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant, parseInstant } from '../../engine/model/index.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { instant } from './arbitraries.ts';

announceSeed();

describe('an instant', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01t00:00:00z', 0],
    ['2026-11-02T09:00:00.25Z', Date.UTC(2026, 10, 2, 9, 0, 0, 250)],
    ['2026-11-02T09:00:00.123456789Z', Date.UTC(2026, 10, 2, 9, 0, 0, 123)],
    ['2026-11-02T09:00:00+02:30', Date.UTC(2026, 10, 2, 6, 30)],
    ['2026-01-01T00:00:00-23:59', Date.UTC(2026, 0, 1, 23, 59)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2000-02-29T00:00:00Z', Date.UTC(2000, 1, 29)],
    ['0099-12-31T00:00:00Z', new Date('0099-12-31T00:00:00Z').getTime()],
    ['9999-12-31T23:59:59.999Z', Date.UTC(9999, 11, 31, 23, 59, 59, 999)],
  ])('is read from %s', (text, at) => {
    expect(parseInstant(text)).toBe(at);
  });

  it.each([
    '',
    '2026-11-02',
    '2026-11-02T09:00:00',
    '2026-11-02 09:00:00Z',
    '2026-11-02T09:00Z',
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-12-31T23:59:60Z',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00+01:60',
    '2026-01-01T00:00:00+0100',
    '2026-01-01T00:00:00.Z',
    '2026-01-01T00:00:00.1234567890Z',
    '+002026-01-01T00:00:00Z',
    '9999-12-31T23:59:59-00:01',
    ' 2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z\n',
    '٢٠٢٦-01-01T00:00:00Z',
  ])('is not read from %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('is written in one form, and read back from it', () => {
    expect(formatInstant(0)).toBe('1970-01-01T00:00:00Z');
    expect(formatInstant(5)).toBe('1970-01-01T00:00:00.005Z');
    fc.assert(
      fc.property(instant, (at) => {
        expect(parseInstant(formatInstant(at))).toBe(at);
      }),
      runs(1000),
    );
  });

  it('is the same from every offset', () => {
    const part = (value: number): string => String(value).padStart(2, '0');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000_000 }),
        fc.integer({ min: -1439, max: 1439 }),
        (second, minutes) => {
          const local = formatInstant((second + minutes * 60) * 1000).slice(0, -1);
          const offset = Math.abs(minutes);
          const zone = `${minutes < 0 ? '-' : '+'}${part(Math.floor(offset / 60))}:${part(offset % 60)}`;
          expect(parseInstant(local + zone)).toBe(second * 1000);
        },
      ),
      runs(500),
    );
  });
});
