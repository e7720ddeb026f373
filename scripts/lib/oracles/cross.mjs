// One implementation beside ours. usage: node cross.mjs <qssh-lab> noble|openssl|liboqs [file to record to]
// A record is a line "algorithm operation argument… = result" (Qssh.Lab/Cross): made by the other side and answered alike by ours, or made by ours
// and accepted by the other side. The comment above it says which.
import { writeFileSync } from 'node:fs';
import { count, lab, oracleName, recordPath, records } from './exchange.mjs';

const oracle = await import(`./oracle-${oracleName}.mjs`);
await oracle.run();
lab.stdin.end();
console.log(`${oracleName} (${oracle.version}): ${count.agreed} agreed, ${count.disagreed} disagreed`);
if (recordPath && count.disagreed === 0)
  writeFileSync(recordPath, `# ${oracle.version}\n# Recorded by scripts/cross-check --record. The form of lines: Qssh.Lab/Cross/CrossCommands.cs.\n${records.join('\n')}\n`);
process.exit(count.disagreed === 0 ? 0 : 1);
