/** Verbs on the resource types of a cluster. The loader's attributes `apiGroup` and `cluster` keep them from other sources. */
import type { SensitivityRule } from './rule.ts';

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'update', 'patch', 'delete', 'deletecollection'];
/** Verbs that the API server lets pass beyond what one has. */
const BEYOND = ['escalate', 'bind', 'impersonate'];

const CORE = '';
const RBAC = 'rbac.authorization.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

/** What is said of verbs on a type: name, type without its group, group, verbs (all when undefined), weight, reason. */
type Line = readonly [
  name: string,
  type: string,
  group: string,
  verbs: readonly string[] | undefined,
  weight: number,
  because: string,
];

const TYPES: readonly Line[] = [
  [
    'read secrets',
    'secrets',
    CORE,
    READ,
    0.9,
    'Secrets hold passwords and tokens; listing and watching tell them whole.',
  ],
  [
    'write secrets',
    'secrets',
    CORE,
    ['create', 'update', 'patch'],
    0.7,
    'A Secret that names a service account is filled with its token.',
  ],
  ['remove secrets', 'secrets', CORE, undefined, 0.5, 'What needs the Secret stops.'],
  ['mint tokens', 'serviceaccounts/token', CORE, ['create'], 0.9, 'A token of any service account in reach.'],
  ['act as service accounts', 'serviceaccounts', CORE, ['impersonate'], 0.9, 'All that they may do.'],
  ['read service accounts', 'serviceaccounts', CORE, READ, 0.1, 'Names only.'],
  [
    'write service accounts',
    'serviceaccounts',
    CORE,
    WRITE,
    0.4,
    'Accounts without grants, and the removal of those that have some.',
  ],
  ['act as users', 'users', CORE, ['impersonate'], 0.9, 'All that they may do.'],
  ['act as groups', 'groups', CORE, ['impersonate'], 1, 'system:masters is a group.'],
  [
    'reach kubelets',
    'nodes/proxy',
    CORE,
    undefined,
    0.9,
    'The kubelet runs commands in every pod of the node, and asks for no more than this.',
  ],
  ['read nodes', 'nodes', CORE, READ, 0.1, 'Names, versions and addresses.'],
  ['write nodes', 'nodes', CORE, undefined, 0.7, 'Labels and taints decide which pods run where.'],
  [
    'run commands in pods',
    'pods/exec',
    CORE,
    ['create', 'get'],
    0.8,
    'All that the pod and its service account can do; over a web socket it takes only get.',
  ],
  ['attach to pods', 'pods/attach', CORE, ['create', 'get'], 0.8, 'As running commands in them.'],
  [
    'add containers to pods',
    'pods/ephemeralcontainers',
    CORE,
    ['update', 'patch'],
    0.8,
    'A container beside the others, with what they can see.',
  ],
  ['read logs of pods', 'pods/log', CORE, undefined, 0.3, 'Programs write into logs what they should not.'],
  ['reach ports of pods', 'pods/portforward', CORE, undefined, 0.4, 'Ports that no service shows.'],
  [
    'write roles',
    'roles',
    RBAC,
    [...WRITE, ...BEYOND],
    0.9,
    'Grants in a namespace; escalate gives more than one has.',
  ],
  [
    'write cluster roles',
    'clusterroles',
    RBAC,
    [...WRITE, ...BEYOND],
    1,
    'Grants in the whole cluster; escalate gives more than one has.',
  ],
  ['bind roles', 'rolebindings', RBAC, WRITE, 0.9, 'Gives roles to others and to oneself.'],
  ['bind cluster roles', 'clusterrolebindings', RBAC, WRITE, 1, 'Gives roles in the whole cluster.'],
  [
    'approve certificates',
    'certificatesigningrequests/approval',
    CERTIFICATES,
    ['update', 'patch'],
    0.9,
    'A certificate for any name.',
  ],
  ['sign certificates', 'signers', CERTIFICATES, ['approve', 'sign'], 0.9, 'A certificate for any name.'],
  [
    'write admission hooks',
    'mutatingwebhookconfigurations',
    ADMISSION,
    WRITE,
    0.9,
    'A hook sees and rewrites every object, Secrets too.',
  ],
  [
    'write validating hooks',
    'validatingwebhookconfigurations',
    ADMISSION,
    WRITE,
    0.8,
    'A hook sees every object, Secrets too, and stops what it wants.',
  ],
  [
    'write volumes',
    'persistentvolumes',
    CORE,
    ['create', 'update', 'patch'],
    0.8,
    'A volume may be a folder of the node.',
  ],
  ['write namespaces', 'namespaces', CORE, WRITE, 0.6, 'Labels of a namespace decide what its pods may do.'],
  ['write configuration', 'configmaps', CORE, WRITE, 0.5, 'Programs run as their configuration says.'],
  ['read configuration', 'configmaps', CORE, READ, 0.3, 'Configuration often holds passwords.'],
];

/** Objects that become pods: who writes them runs programs as any service account of the namespace. */
const WORKLOADS = [
  ['pods', CORE],
  ['replicationcontrollers', CORE],
  ['daemonsets', 'apps'],
  ['deployments', 'apps'],
  ['replicasets', 'apps'],
  ['statefulsets', 'apps'],
  ['cronjobs', 'batch'],
  ['jobs', 'batch'],
] as const;

/** Types of which it tells little to read them. */
const PLAIN_TO_READ = [
  ['roles', RBAC],
  ['clusterroles', RBAC],
  ['rolebindings', RBAC],
  ['clusterrolebindings', RBAC],
  ['mutatingwebhookconfigurations', ADMISSION],
  ['validatingwebhookconfigurations', ADMISSION],
  ['persistentvolumes', CORE],
  ['namespaces', CORE],
] as const;

const LINES: readonly Line[] = [
  ...TYPES,
  ...WORKLOADS.flatMap(([type, group]): readonly Line[] => [
    [
      `run ${type}`,
      type,
      group,
      ['create', 'update', 'patch'],
      0.7,
      'Programs as any service account of the namespace.',
    ],
    [`read ${type}`, type, group, READ, 0.2, 'What runs, and its environment.'],
    [`stop ${type}`, type, group, undefined, 0.5, 'What runs stops.'],
  ]),
  ...PLAIN_TO_READ.map(([type, group]): Line => [`read ${type}`, type, group, READ, 0.1, 'How the cluster is set up.']),
];

/** A node that stands for everything in a scope has each action of all that is in it. */
const scopes: readonly SensitivityRule[] = (
  [
    ['the cluster', { type: 'resources', id: 'k8s://*' }, 0.9, 1],
    ['kube-system', { type: 'namespace', id: 'k8s://*', attributes: { namespace: 'kube-system' } }, 0.9, 1],
    ['a namespace', { type: 'namespace', id: 'k8s://*' }, 0.8, 0.9],
  ] as const
).flatMap(([where, resource, reading, other]) => [
  {
    name: `Kubernetes: read everything in ${where}`,
    resource,
    actions: READ,
    weight: reading,
    because: 'The Secrets are part of it.',
  },
  { name: `Kubernetes: everything in ${where}`, resource, weight: other, because: 'All that any other rule names.' },
]);

export const KUBERNETES_RULES: readonly SensitivityRule[] = [
  ...scopes,
  ...LINES.map(([name, type, group, verbs, weight, because]) => ({
    name: `Kubernetes: ${name}`,
    resource: { type: typeName(type, group), attributes: { apiGroup: group } },
    ...(verbs === undefined ? {} : { actions: verbs }),
    weight,
    because,
  })),
];

/** As the loader names types: `deployments.apps`, `certificatesigningrequests.certificates.k8s.io/approval`. */
function typeName(type: string, group: string): string {
  const [resource, sub] = type.split('/');
  return `${resource}${group === '' ? '' : `.${group}`}${sub === undefined ? '' : `/${sub}`}`;
}
