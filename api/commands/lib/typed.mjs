import { install } from './install.mjs';
import { inRoot } from './paths.mjs';
import { runForeground } from './run.mjs';
import { main } from './steps.mjs';

/**
 * Runs a command that is written in TypeScript, on the pinned Node, installing it first where it is
 * missing. Arguments are handed on.
 * @param {string} file in api/commands
 */
export const runTyped = (file) =>
  main(async () => {
    const { node } = await install();
    return runForeground(node, [inRoot('api', 'commands', file), ...process.argv.slice(2)]);
  });
