/** The table of contents of the `tocsin` command. */
import { apiKey } from './api-key.ts'
import { bounce } from './bounce.ts'
import { campaign } from './campaign.ts'
import { contacts } from './contacts.ts'
import { gate } from './gate.ts'
import { notice } from './notice.ts'
import { playbook } from './playbook.ts'
import { recall } from './recall.ts'
import { letters } from './letters.ts'
import { matching } from './matching.ts'
import { serve, worker } from './serve.ts'
import { screen } from './screen.ts'
import { start } from './start.ts'
import { feed, importVerb } from './take-in.ts'
import { doctor, migrate, officer } from './upkeep.ts'
import type { Verb } from './usage.ts'

const demo: Verb = { ...start, name: 'demo', summary: 'the same as start' }

export const VERBS: readonly Verb[] = [
  start,
  demo,
  serve,
  worker,
  migrate,
  doctor,
  officer,
  apiKey,
  importVerb,
  feed,
  recall,
  screen,
  matching,
  bounce,
  letters,
  notice,
  campaign,
  gate,
  playbook,
  contacts,
]
