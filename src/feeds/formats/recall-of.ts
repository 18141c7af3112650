/** A recall of which only what an agency says is filled in: everything else is "not said". Pure. */
import type { Agency, Recall, Scope, Severity } from '../../recalls/index.ts'

export type Said = Partial<Omit<Recall, 'scope'>> & Pick<Recall, 'recallNumber' | 'title' | 'publishedOn'> & { scope?: Partial<Scope> }

/** The recall of an agency whose prices are in `currency` (ISO 4217). */
export function recallOf(agency: Agency, currency: string, said: Said): Recall {
  return {
    agency, kind: 'recall', url: null, description: '', products: [], hazardText: '', remedyText: '', incidentText: '', soldText: '', contactText: null,
    firms: [], countriesOfOrigin: [], images: [], hazards: [], remedies: [], proofOfDestruction: false, incidents: null, injuries: null, deaths: null,
    expands: [], childrensProduct: null,
    ...said,
    scope: {
      brands: [], productNouns: [], models: [], gtins: [], lots: [], serials: [], manufacturedFrom: null, manufacturedTo: null, soldFrom: null, soldTo: null,
      units: null, unitsElsewhere: {}, priceMinMinor: null, priceMaxMinor: null, currency, soldAt: [], onlineOnly: null,
      ...said.scope,
    },
  } // prettier-ignore
}

/**
 * How dangerous, by the agencies' classes ("Class I", "Class 1", "Type II", the highest of a range) and levels ("serious", "high"); nothing
 * where it is neither. Spread it into a recall.
 */
export function severityOf(riskLevel: string): { riskLevel?: string; severity?: Severity } {
  if (riskLevel === '') return {}
  const classes = [...riskLevel.matchAll(/\b(?:class|type)\s*(III|II|I|[123])\b/gi)].map((match) => CLASSES[match[1]!.toUpperCase()]!)
  const level = /\bserious\b/i.test(riskLevel)
    ? 'serious'
    : (/\b(high|medium|low)\b/i.exec(riskLevel)?.[1]?.toLowerCase() as Severity | undefined)
  const severity = classes.length > 0 ? BY_CLASS[Math.min(...classes)] : level
  return severity === undefined ? { riskLevel } : { riskLevel, severity }
}

const CLASSES: Record<string, number> = { I: 1, II: 2, III: 3, '1': 1, '2': 2, '3': 3 }
const BY_CLASS: Record<number, Severity> = { 1: 'serious', 2: 'medium', 3: 'low' }

/** Texts that say that there is no brand, model or number, in the languages of those who notify. */
const PLACEHOLDER =
  /^(?:[-–—./*?\s]*|n\/?a|none|no|null|nil|unknown|not (?:known|specified|indicated|available|applicable|given|stated)|no (?:brand|name|model|barcode)(?: name)?|without (?:brand|name|model)|unbranded|generic|various|other|others|inconnue?s?|sans (?:marque|nom|r[ée]f[ée]rence|mod[eè]le)|non (?:indiqu[ée]e?|pr[ée]cis[ée]e?|connue?|specificat[oa]|indicat[oa])|aucune?|nincs|ismeretlen|m[aá]rka n[eé]lk[uü]li|unbekannt|ohne(?: marke)?|keine(?: angaben?)?|no[- ]?name|sconosciut[oa]|senza marca|nessun[oa]?|desconocid[oa]|sin marca|ningun[oa]|onbekend|geen(?: merk)?|nieznan[aey]|brak(?: danych| marki)?|nezn[aá]m[aáyýeé]|bez (?:zna[cč]ky|marke)|neuveden[aáoý]|ok[aä]nd|ukendt|ukjent|ingen|tuntematon|ei tiedossa|nezinoma|nenurodyta|nav|nav zin[aā]ms|puudub|teadmata|necunoscut[aă]?|f[aă]r[aă] marc[aă]|неизвестн[аоы]|άγνωστ[οηα]|χωρίς μάρκα)$/iu

/** Whether a field says nothing: empty, a dash, "unknown", "nincs", "sans marque". */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text.trim().replace(/^["'(]+|["').]+$/g, ''))
}
