const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...rest } = process.env;

/**
 * What all programs are started with: the bench's own environment, without what a machine may set for every process in
 * Node.js. A file of certificates alone costs one 40 ms at its start, network or none.
 */
export const ENVIRONMENT: Readonly<NodeJS.ProcessEnv> = rest;
