import './lib/old-node.mjs';

import('./lib/typed.mjs').then(({ runTyped }) => runTyped('backup.ts'));
