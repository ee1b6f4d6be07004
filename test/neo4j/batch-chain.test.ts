import { describe, expect, it } from 'vitest';
import { batchChain, batchDigest, CHAIN_START } from '../../engine/store/neo4j/batch-chain.ts';

const BATCH = { version: 1, id: 'a', source: 'hr', appliedAt: 5, added: 1, changed: 2, removed: 3, digest: 'd' };

describe('the seal of the journal', () => {
  it('depends on the parts and their order', () => {
    expect(batchDigest([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(batchDigest(['ab', 'cd'])).not.toBe(batchDigest(['cd', 'ab']));
    expect(batchDigest(['ab', 'cd'])).not.toBe(batchDigest(['ab']));
  });

  it('depends on everything that is said of a batch, and on the batches before', () => {
    const chains = [
      batchChain(CHAIN_START, BATCH),
      batchChain('00', BATCH),
      ...Object.keys(BATCH).map((field) =>
        batchChain(CHAIN_START, { ...BATCH, [field]: field === 'version' || field === 'appliedAt' ? 9 : 'other' }),
      ),
    ];
    expect(new Set(chains).size).toBe(chains.length);
  });

  it('does not depend on the order or number of the fields given', () => {
    const turned = Object.fromEntries(Object.entries({ ...BATCH, more: 1 }).reverse()) as unknown as typeof BATCH;
    expect(batchChain('x', turned)).toBe(batchChain('x', BATCH));
  });
});
