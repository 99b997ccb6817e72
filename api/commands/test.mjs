import './lib/old-node.mjs';

import('./lib/test.mjs');
