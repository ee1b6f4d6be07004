/** AWS CloudTrail: who called what, on which resource. Names of fields: CloudTrail's "record contents". */
import { arnParts } from '../aws/arn.ts';
import { KnownPatterns } from '../aws/known-patterns.ts';
import { arnOfResource, resourceOfArn } from '../aws/resource-ids.ts';
import type { GraphToMatch } from '../loader.ts';
import { actionOfEvent } from './aws-action.ts';
import { type EventFields, fieldsIn, instantIn, textIn } from './event-fields.ts';
import { KnownContainment } from './known-containment.ts';
import { type EventReader, type UseOfResource, useLoader } from './use-loader.ts';

/** Sessions of roles whose start is remembered. */
const MAX_SESSIONS = 1_000_000;

class CloudTrail implements EventReader {
  /** Access key of a session of a role → who started it. */
  readonly #sessions = new Map<string, string>();
  readonly #patterns = new KnownPatterns();
  #containment: KnownContainment | undefined;

  read(event: unknown): ReturnType<EventReader['read']> {
    const fields = fieldsIn(event);
    const [eventSource, eventName] = [textIn(fields, 'eventSource'), textIn(fields, 'eventName')];
    if (eventSource === undefined || eventName === undefined)
      return 'no event of CloudTrail: without eventSource or eventName';
    if (textIn(fields, 'errorCode') !== undefined) return 'a call that failed or was denied: no use';
    const at = instantIn(fields, 'eventTime');
    if (at === undefined) return 'an event without a time that can be read';
    const who = fieldsIn(fields['userIdentity']);
    const acting = actingIn(who);
    if (acting === undefined) return `by ${textIn(who, 'type') ?? 'no type'}: not an identity of the account`;
    const starter = this.#starterOf(who);
    this.#noteSession(fields, eventName, starter ?? acting);
    const action = actionOfEvent(eventSource, eventName);
    if (action === undefined) return 'an event that no policy is about, such as signing in';
    const resource = resourceOf(fields);
    if (resource === undefined) return 'an event that names no resource';
    // Who started the session acts by the policies of the role.
    const use = { identity: acting, action, resource, at, under: arnParts(acting)?.account ?? '' };
    return starter === undefined || starter === acting ? [use] : [use, { ...use, identity: starter }];
  }

  /** Who started the session of a role. */
  #starterOf(identity: EventFields): string | undefined {
    const key = textIn(identity, 'type') === 'AssumedRole' ? textIn(identity, 'accessKeyId') : undefined;
    return key === undefined ? undefined : this.#sessions.get(key);
  }

  /** What is done in a session is done by who started it: the call that did so names the key of the session. */
  #noteSession(fields: EventFields, eventName: string, arn: string): void {
    if (eventName !== 'AssumeRole') return;
    const key = textIn(fieldsIn(fieldsIn(fields['responseElements'])['credentials']), 'accessKeyId');
    if (key === undefined) return;
    const oldest = this.#sessions.size >= MAX_SESSIONS ? this.#sessions.keys().next().value : undefined;
    if (oldest !== undefined) this.#sessions.delete(oldest);
    this.#sessions.set(key, arn);
  }

  /** Most of what is in an account is known by the patterns of its policies alone. */
  async prepare(graph: GraphToMatch): Promise<void> {
    this.#containment = new KnownContainment(graph);
    for await (const id of graph.resources()) this.#patterns.add(id);
  }

  candidates({ resource, under }: UseOfResource): readonly string[] {
    return [resource, ...this.#patterns.nearest(arnOfResource(resource), under)];
  }

  /** Patterns of one account do not contain what only another account's policies name: the graph says what contains what. */
  nearest(_: UseOfResource, known: readonly string[]): Promise<readonly string[]> {
    return this.#containment!.nearest(known);
  }
}

/** Whose policies decide: the user, or the role of the session. */
function actingIn(identity: EventFields): string | undefined {
  const type = textIn(identity, 'type');
  if (type === 'IAMUser' || type === 'Root') return textIn(identity, 'arn');
  if (type !== 'AssumedRole' && type !== 'FederatedUser') return undefined;
  return textIn(fieldsIn(fieldsIn(identity['sessionContext'])['sessionIssuer']), 'arn');
}

/** The most exact of the resources that an event names, as the id that account details give it. */
function resourceOf(fields: EventFields): string | undefined {
  const parameters = fieldsIn(fields['requestParameters']);
  const named = fields['resources'];
  const arns = (Array.isArray(named) ? named : []).map((one) => textIn(fieldsIn(one), 'ARN'));
  const told = [...arns, s3Arn(parameters), ...Object.values(parameters)].filter(isArn);
  const longest = told.reduce<string | undefined>(
    (a, b) => (a === undefined || b.length > a.length ? b : a),
    undefined,
  );
  const arn = longest ?? arnByName(fields, parameters);
  return arn === undefined ? undefined : resourceOfArn(arn);
}

const isArn = (value: unknown): value is string => typeof value === 'string' && arnParts(value) !== undefined;

function s3Arn(parameters: EventFields): string | undefined {
  const bucket = textIn(parameters, 'bucketName');
  if (bucket === undefined) return undefined;
  const key = textIn(parameters, 'key');
  return `arn:aws:s3:::${bucket}${key === undefined ? '' : `/${key}`}`;
}

/** Parameters that name a resource of the account, by endpoint. */
const NAMED: readonly (readonly [
  endpoint: string,
  parameter: string,
  service: string,
  path: string,
  global?: boolean,
])[] = [
  ['dynamodb', 'tableName', 'dynamodb', 'table/'],
  ['lambda', 'functionName', 'lambda', 'function:'],
  ['iam', 'roleName', 'iam', 'role/', true],
  ['iam', 'userName', 'iam', 'user/', true],
  ['iam', 'groupName', 'iam', 'group/', true],
  ['kinesis', 'streamName', 'kinesis', 'stream/'],
  ['logs', 'logGroupName', 'logs', 'log-group:'],
];

function arnByName(fields: EventFields, parameters: EventFields): string | undefined {
  const endpoint = textIn(fields, 'eventSource')!.split('.', 1)[0];
  const account = textIn(fields, 'recipientAccountId');
  if (account === undefined) return undefined;
  for (const [of, parameter, service, path, isGlobal = false] of NAMED) {
    const name = of === endpoint ? textIn(parameters, parameter) : undefined;
    if (name !== undefined)
      return `arn:aws:${service}:${isGlobal ? '' : (textIn(fields, 'awsRegion') ?? '')}:${account}:${path}${name}`;
  }
  return undefined;
}

/** Use by the logs of CloudTrail: docs/loaders/cloudtrail.md. */
export const cloudtrailLoader = useLoader({
  format: 'cloudtrail',
  summary: 'use: logs of AWS CloudTrail, JSON files or folders',
  open: () => new CloudTrail(),
});
