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
 * Refuses requests that name another host than these: a page of any site can have its own name resolve to the address of
 * the server and would otherwise read the answers as its own (DNS rebinding). `localhost` stands for every name of this
 * machine.
 */
export function onlyHosts(names: readonly string[]): RequestHandler {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return (request, response, next) => {
    const name = nameOf(request.headers.host ?? '').toLowerCase();
    if (known.has(name) || (known.has('localhost') && isLoopback(name))) return next();
    response
      .status(403)
      .json(errorBody('HOST_REFUSED', 'The request names a host that this server does not answer as.'));
  };
}

/** A Host header without its port. */
const nameOf = (header: string): string => header.replace(/:\d*$/, '');
