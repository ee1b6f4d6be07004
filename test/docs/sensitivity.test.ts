import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parseSensitivityRules } from '../../engine/sensitivity/rules-file.ts';
import { sensitivityPage } from '../../scripts/sensitivity-page.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/sensitivity.md'), 'utf8');

it('docs/sensitivity.md lists the built-in rules as they are', () => {
  expect(page, 'run `npm run docs:sensitivity`').toBe(sensitivityPage(page));
});

it('the rules file that docs/sensitivity.md shows is one', () => {
  const [, example] = /```yaml\n([\s\S]*?)```/.exec(page)!;
  expect(parseSensitivityRules(example!, 'sensitivity.yaml').map(({ weight }) => weight)).toEqual([0.9, 0.3, 0]);
});
