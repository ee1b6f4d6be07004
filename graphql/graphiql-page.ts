/** GraphiQL, built into web/dist: a page for browsers at the API's address, and the files it loads under /graphiql/. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type Request, Router } from 'express';
import { pagePolicy } from './security-headers.ts';

/** The build seen from the source folder, and from dist/graphql. */
const PLACES = ['../web/dist/', '../../web/dist/'].map((place) => fileURLToPath(new URL(place, import.meta.url)));

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Grantlens</title>
<p>The GraphQL API is here, its page is not built. Run <code>npm run build</code>, then load this page again.
<p>Programs can ask by POST at this address without it.`;

/** Browsers ask for HTML before JSON. */
const wantsPage = (request: Request): boolean =>
  request.accepts(['application/json', 'application/graphql-response+json', 'text/html']) === 'text/html';

/** @param folder where the build is; looked for beside the source when not given */
export function graphiqlPage(folder = PLACES.find((place) => existsSync(join(place, 'index.html')))): Router {
  const router = Router();
  const page = folder === undefined ? undefined : join(folder, 'index.html');
  router.get('/graphql', (request, response, next) => {
    if (!wantsPage(request)) return next();
    pagePolicy(request, response, () => {
      response.setHeader('Cache-Control', 'no-cache');
      response.vary('Accept');
      if (page === undefined) response.status(503).type('html').send(NOT_BUILT);
      else response.sendFile(page);
    });
  });
  if (folder !== undefined) router.use('/graphiql', pagePolicy, files(folder));
  return router;
}

/** Names of assets hold their contents' hash, so they never change. */
const files = (folder: string) =>
  express.static(folder, { index: false, immutable: true, maxAge: '365d', redirect: false, fallthrough: true });
