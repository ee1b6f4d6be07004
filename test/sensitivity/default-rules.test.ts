/** The built-in rules on what the loaders really write. */
import { describe, expect, it } from 'vitest';
import type { NodeRecord } from '../../engine/model/index.ts';
import { readSensitivity } from '../../engine/sensitivity/read-sensitivity.ts';
import { rulesUsed, weightOf } from '../../engine/sensitivity/sensitivity-table.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { fixture, loadAws } from '../loaders/aws-support/loaded-graph.ts';
import { loadPaths } from '../support/kubernetes.ts';
import { memoryReader } from '../support/memory-reader.ts';
import type { OracleGraph } from '../support/oracle/index.ts';

async function weightsOf({ nodes }: Pick<OracleGraph, 'nodes'>) {
  const reader = memoryReader(nodes, []);
  const snapshot = await compileSnapshot(reader);
  const table = await readSensitivity(snapshot, reader, undefined, new Pace());
  return {
    weight: (id: string, action: string): number => {
      expect(snapshot.index.find(id), id).toBeGreaterThanOrEqual(0);
      return weightOf(table, snapshot.index.find(id), action);
    },
    used: rulesUsed(table).map(({ name }) => name),
  };
}

describe('built-in rules', () => {
  it('tell verbs of a cluster apart', async () => {
    const { graph } = await loadPaths([new URL('../fixtures/kubernetes/shop', import.meta.url).pathname]);
    const { weight, used } = await weightsOf(graph);
    const shop = 'k8s://shop/namespaces/shop';
    expect(weight(`${shop}/secrets`, 'list')).toBe(0.9);
    expect(weight(`${shop}/secrets`, 'delete')).toBe(0.5);
    expect(weight(`${shop}/pods`, 'get')).toBe(0.2);
    expect(weight(`${shop}/pods`, 'create')).toBe(0.7);
    expect(weight(`${shop}/pods/exec`, 'get')).toBe(0.8);
    expect(weight(`${shop}/rolebindings.rbac.authorization.k8s.io`, 'create')).toBe(0.9);
    expect(weight('k8s://shop/resources/clusterroles.rbac.authorization.k8s.io', 'escalate')).toBe(1);
    expect(weight('k8s://shop/resources/clusterroles.rbac.authorization.k8s.io', 'list')).toBe(0.1);
    expect(weight('k8s://shop/resources/certificatesigningrequests.certificates.k8s.io/approval', 'update')).toBe(0.9);
    expect(weight('k8s://shop/resources/nodes/proxy', 'get')).toBe(0.9);
    expect(weight('k8s://shop/resources/groups', 'impersonate')).toBe(1);
    expect(weight('k8s://shop/resources', 'get')).toBe(0.9);
    expect(weight('k8s://shop/resources', '*')).toBe(1);
    expect(weight(shop, 'create')).toBe(0.9);
    expect(weight('k8s://shop', 'get')).toBe(1);
    expect(used.filter((name) => !name.startsWith('Kubernetes: '))).toEqual([]);
  });

  it('tell actions of an account apart', async () => {
    const aws = await loadAws([fixture('bluefin.json')]);
    const { weight, used } = await weightsOf(aws.graph);
    const root = aws.graph.nodes.find(({ resourceType }) => resourceType === 'aws:account')!.id;
    expect(weight(root, 'iam:CreateAccessKey')).toBe(1);
    expect(weight(root, 'iam:ListUsers')).toBe(0.2);
    expect(weight(root, 'iam:PassRole')).toBe(0.9);
    expect(weight(root, 'kms:Decrypt')).toBe(0.8);
    expect(weight(root, 'secretsmanager:GetSecretValue')).toBe(0.9);
    expect(weight(root, 'ec2:DescribeInstances')).toBe(0.1);
    expect(weight(root, 'route53:ChangeResourceRecordSets')).toBe(0.4);
    const bucket = aws.graph.nodes.find(({ resourceType }) => resourceType === 's3:bucket')!.id;
    expect(weight(bucket, 's3:GetObject')).toBe(0.6);
    expect(weight(bucket, 's3:ListBucket')).toBe(0.2);
    expect(weight(bucket, 's3:PutBucketPolicy')).toBe(0.8);
    expect(used.filter((name) => !name.startsWith('AWS: '))).toEqual([]);
  });

  it('tell rights in a directory apart', async () => {
    const resource = (id: string, resourceType: string, attributes: NodeRecord['attributes'] = {}): NodeRecord => ({
      kind: 'Resource',
      id,
      source: 'ad',
      resourceType,
      attributes,
    });
    const { weight } = await weightsOf({
      nodes: [
        resource('domain', 'domain'),
        resource('dc', 'domain-controller'),
        resource('pc', 'computer'),
        resource('adfs', 'computer', { system_tags: 'admin_tier_0' }),
      ],
    });
    expect(weight('domain', 'DCSync')).toBe(1);
    expect(weight('domain', 'GetChanges')).toBe(0.2);
    expect(weight('domain', 'WriteDacl')).toBe(1);
    expect(weight('dc', 'CanRDP')).toBe(1);
    expect(weight('pc', 'AdminTo')).toBe(0.5);
    expect(weight('adfs', 'AdminTo')).toBe(1);
  });
});
