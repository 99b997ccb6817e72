import './lib/old-node.mjs';

import('./lib/start.mjs');
