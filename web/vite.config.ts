import { defineConfig } from 'vite';

/** Builds the browser page into web/dist. Every file is served by the Grantlens server under /graphiql/. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/graphiql/',
  logLevel: 'warn',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 4_000,
    modulePreload: { polyfill: false },
    // Libraries mark modules for React's server rendering, which this page does not do.
    rolldownOptions: { onwarn: (warning, tell) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && tell(warning) },
  },
  worker: { format: 'es' },
});
