import './lib/old-node.mjs';

import('../../tests/bench/command.mjs');
