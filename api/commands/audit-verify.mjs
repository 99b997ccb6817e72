import './lib/old-node.mjs';

import('./lib/typed.mjs').then(({ runTyped }) => runTyped('audit-verify.ts'));
