/** Every language's catalogue. */
import type { Catalogue } from '../catalogue.ts'
import type { Language } from '../language.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'
import { pt } from './pt.ts'
import { sv } from './sv.ts'
import { zh } from './zh.ts'

export const CATALOGUES: Record<Language, Catalogue> = { en, fr, de, es, it, nl, pl, pt, sv, zh }
