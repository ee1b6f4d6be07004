import { isIP } from 'node:net';
import type { RequestHandler } from 'express';
import { errorBody } from './errors.ts';

/** True for the addresses and names that only this machine can reach. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  if (isIP(name) === 4) return name.startsWith('127.');
  return name === '::1' || name === 'localhost' || name.endsWith('.localhost');
}

/**
 * Refuses requests that name another host than this machine: a page of any site can have its own name resolve to
 * 127.0.0.1 and would otherwise read the answers as its own (DNS rebinding).
 */
export const loopbackHostOnly: RequestHandler = (request, response, next) => {
  if (isLoopback(nameOf(request.headers.host ?? ''))) return next();
  response.status(403).json(errorBody('HOST_REFUSED', 'The request names a host that is not this machine.'));
};

/** A Host header without its port. */
const nameOf = (header: string): string => header.replace(/:\d*$/, '');
