import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..');
const FOLDERS = ['engine', 'algorithms', 'cypher', 'loaders', 'graphql', 'cli'];

interface Report {
  readonly modules: readonly unknown[];
  readonly summary: { readonly violations: readonly { readonly rule: { readonly name: string } }[] };
}

async function check(cwd: string, folders: readonly string[]): Promise<Report> {
  const depcruise = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [depcruise, '--config', path.join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', ...folders];
  const { stdout } = await run(process.execPath, args, { cwd, maxBuffer: 1 << 28 }).catch(
    (error: { stdout: string }) => error,
  );
  return JSON.parse(stdout) as Report;
}

/** One file that breaks each rule, beside what it may not see. */
const PLANTED: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'model-stands-alone': ['engine/model/planted.ts', "import '../store/other.ts';"],
  'algorithms-stand-alone': ['algorithms/planted.ts', "import '../engine/store/other.ts';"],
  'store-sees-model': ['engine/store/planted.ts', "import '../access/other.ts';"],
  'cypher-sees-model': ['cypher/planted.ts', "import '../engine/store/other.ts';"],
  'neo4j-store-sees-cypher': ['engine/store/neo4j/planted.ts', "import '../../access/other.ts';"],
  'snapshot-sees-store-port': ['engine/snapshot/planted.ts', "import '../store/other.ts';"],
  'access-sees-snapshot': ['engine/access/planted.ts', "import '../store/other.ts';"],
  'sensitivity-sees-snapshot': ['engine/sensitivity/planted.ts', "import '../access/other.ts';"],
  'hubs-see-access': ['engine/hubs/planted.ts', "import '../store/other.ts';"],
  'peers-see-access': ['engine/peers/planted.ts', "import '../store/other.ts';"],
  'slice-sees-access': ['engine/slice/planted.ts', "import '../store/other.ts';"],
  'analysis-sees-snapshot': ['engine/analysis/planted.ts', "import '../access/other.ts';"],
  'findings-see-access': ['engine/findings/planted.ts', "import '../store/other.ts';"],
  'roles-see-findings': ['engine/roles/planted.ts', "import '../store/other.ts';"],
  'joins-see-store-port': ['engine/joins/planted.ts', "import '../access/other.ts';"],
  'twin-stands-alone': ['engine/roles/twin/planted.ts', "import '../../access/other.ts';"],
  'threads-see-work': ['engine/threads/planted.ts', "import '../store/other.ts';"],
  'loaders-see-model': ['loaders/planted.ts', "import '../engine/store/other.ts';"],
  'graphql-sees-engine-index': ['graphql/planted.ts', "import '../engine/store/other.ts';"],
  'cli-sees-engine-index': ['cli/planted.ts', "import '../engine/store/other.ts';"],
  'driver-behind-one-door': ['graphql/driving.ts', "import 'neo4j-driver';"],
  'product-not-to-test': ['engine/planted.ts', "import '../test/other.ts';"],
};

describe('architecture', () => {
  it('holds in this project', async () => {
    const report = await check(root, FOLDERS);
    expect(report.modules.length).toBeGreaterThan(50);
    expect(report.summary.violations).toEqual([]);
  });

  it('would be seen to be broken', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'architecture-'));
    try {
      const others = ['engine/store/other.ts', 'engine/access/other.ts', 'test/other.ts'].map(
        (file) => [file, 'export {};'] as const,
      );
      const driver = ['node_modules/neo4j-driver/index.js', 'export {};'] as const;
      for (const [file, text] of [driver, ...others, ...Object.values(PLANTED)]) {
        await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
        await writeFile(path.join(folder, file), text);
      }
      await writeFile(
        path.join(folder, 'tsconfig.json'),
        '{ "compilerOptions": { "module": "nodenext", "allowImportingTsExtensions": true, "noEmit": true } }',
      );
      await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
      const report = await check(folder, [...FOLDERS, 'test']);
      const seen = new Set(report.summary.violations.map((violation) => violation.rule.name));
      for (const rule of Object.keys(PLANTED)) expect(seen).toContain(rule);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
