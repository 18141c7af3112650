#!/usr/bin/env node
// The `tocsin` command on any Node: the door installs what is missing and runs src/cli.ts on Node 24.
process.argv.splice(2, 0, 'cli')
await import('../scripts/run.mjs')
