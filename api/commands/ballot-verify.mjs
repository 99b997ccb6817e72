import './lib/old-node.mjs';

// Nothing is installed for this: whoever recounts needs the downloaded file and any Node.
import('./lib/ballot-verify.mjs').then(({ ballotVerify }) => {
  process.exitCode = ballotVerify(process.argv.slice(2));
});
