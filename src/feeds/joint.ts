/** Which texts say that a recall is a joint one, and with whom. Pure. */
import type { JointLink } from '../recalls/index.ts'

const AUTHORITIES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:Consumer Product Safety Commission|US ?CPSC|CPSC)\b/, 'CPSC'],
  [/\b(?:Health Canada|Canadian Food Inspection Agency|CFIA|Transport Canada)\b/, 'HC'],
  [/\bPROFECO\b|\bProcuradur[ií]a Federal del Consumidor\b/i, 'PROFECO'],
  [/\b(?:National Highway Traffic Safety Administration|NHTSA)\b/, 'NHTSA'],
  [/\b(?:Food and Drug Administration|US ?FDA)\b/, 'FDA'],
]
// What follows "jointly" or "in conjunction", as far as names of authorities reach; abbreviations like "U.S." end no sentence.
const JOINT =
  /\bjoint(?:ly)?\b(?: (?:recall|announce\w*|press release|release|notice|action))?[^\n]{0,220}|\bin (?:conjunction|cooperation) with\b[^\n]{0,220}/gi

/** The other authorities named where a text says that the recall is announced jointly; `own` is the one that says it. */
export function readJointMarker(text: string, own: string): JointLink[] {
  const said = [...text.matchAll(JOINT)].map((match) => match[0]).join(' ')
  return AUTHORITIES.filter(([name, agency]) => agency !== own && name.test(said)).map(([, agency]) => ({
    agency,
    url: null,
    number: null,
    how: 'marker',
  }))
}

const HOSTS: readonly (readonly [RegExp, string])[] = [
  [
    /(?:^|\.)(?:recalls-rappels\.canada\.ca|healthycanadians\.gc\.ca|hc-sc\.gc\.ca|tc\.gc\.ca|inspection\.gc\.ca|inspection\.canada\.ca)$/,
    'HC',
  ],
  [/(?:^|\.)(?:cpsc\.gov|saferproducts\.gov)$/, 'CPSC'],
  [/(?:^|\.)(?:profeco\.gob\.mx|gob\.mx)$/, 'PROFECO'],
  [/(?:^|\.)nhtsa\.gov$/, 'NHTSA'],
  [/(?:^|\.)fda\.gov$/, 'FDA'],
  [/(?:^|\.)fsis\.usda\.gov$/, 'FSIS'],
  [/(?:^|\.)europa\.eu$/, 'EUSG'],
  [/(?:^|\.)gov\.uk$/, 'OPSS'],
  [/(?:^|\.)productsafety\.gov\.au$/, 'ACCC'],
]

/** A declared link to the notice at an address: whose it is by its host, the host itself where we do not know it. Null where it is no address. */
export function declaredLink(address: string, number: string | null = null): JointLink | null {
  let url
  try {
    url = new URL(/^https?:/i.test(address.trim()) ? address.trim() : `https://${address.trim()}`)
  } catch {
    return null
  }
  if (!url.hostname.includes('.')) return null
  const agency = HOSTS.find(([host]) => host.test(url.hostname))?.[1] ?? url.hostname
  return { agency, url: url.href, number, how: 'declared' }
}

/** Both ways together: what is declared of an agency makes its marker superfluous. */
export function jointLinks(declared: readonly JointLink[], marked: readonly JointLink[]): { jointWith?: JointLink[] } {
  const links = [...declared, ...marked.filter((link) => !declared.some((each) => each.agency === link.agency))]
  return links.length === 0 ? {} : { jointWith: links }
}
