import { isMainThread } from 'node:worker_threads';
import { BallotStore } from '../../api/ballot/store.ts';
import { killAt } from './ballotChild.ts';

/** Loaded before a server (NODE_OPTIONS=--import): it kills itself at the point that KILL_AT names. */
const point = process.env['KILL_AT'];
if (isMainThread && point) killAt(BallotStore.prototype, JSON.parse(point));
