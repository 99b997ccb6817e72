import './lib/old-node.mjs';

import('./lib/new-case.mjs').then(async ({ newCase }) => {
  process.exitCode = await newCase(process.argv.slice(2), {
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
    interactive: Boolean(process.stdin.isTTY),
  });
});
