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
 * Tells whether a request names one of these hosts: a page of any site can have its own name resolve to the address of the
 * server and would otherwise read the answers as its own (DNS rebinding). `localhost` stands for every name of this machine.
 */
export function namesOneOf(names: readonly string[]): (host: string | undefined) => boolean {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return (host = '') => {
    const name = nameOf(host).toLowerCase();
    return known.has(name) || (known.has('localhost') && isLoopback(name));
  };
}

/** Refuses requests that name another host than these. */
export function onlyHosts(names: readonly string[]): RequestHandler {
  const isNamed = namesOneOf(names);
  return (request, response, next) => {
    if (isNamed(request.headers.host)) return next();
    response
      .status(403)
      .json(errorBody('HOST_REFUSED', 'The request names a host that this server does not answer as.'));
  };
}

/** A Host header without its port. */
const nameOf = (header: string): string => header.replace(/:\d*$/, '');
