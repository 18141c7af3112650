/** The notice of each jurisdiction. */
import type { Jurisdiction } from '../../../recalls/index.ts'
import { au } from './au.ts'
import { ca } from './ca.ts'
import { eu } from './eu.ts'
import { gb } from './gb.ts'
import type { JurisdictionNotice } from './sources.ts'
import { us } from './us.ts'

export const JURISDICTION_NOTICES: Record<Jurisdiction, JurisdictionNotice> = { US: us, CA: ca, EU: eu, GB: gb, AU: au }
