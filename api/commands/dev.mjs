import './lib/old-node.mjs';

import('./lib/dev.mjs');
