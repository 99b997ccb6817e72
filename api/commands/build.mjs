import './lib/old-node.mjs';

import('./lib/site-build.mjs');
