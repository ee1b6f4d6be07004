export { OPENFGA_VERSION, OpenFgaNotProvisioned, provisionOpenFga } from './provision.ts';
export { type RunningOpenFga, startOpenFga } from './server.ts';
