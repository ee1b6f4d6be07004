import type { RequestHandler } from 'express';

/** Everything comes from this server. Styles may be inline: the editor sets them on its elements. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** For answers that are no page: nothing may be loaded by them or around them. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

const COMMON = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': DATA_POLICY,
};

/** Headers of every answer. */
export const securityHeaders: RequestHandler = (_, response, next) => {
  for (const [name, value] of Object.entries(COMMON)) response.setHeader(name, value);
  next();
};

/** The policy of a page and what it loads. */
export const pagePolicy: RequestHandler = (_, response, next) => {
  response.setHeader('Content-Security-Policy', PAGE_POLICY);
  next();
};
