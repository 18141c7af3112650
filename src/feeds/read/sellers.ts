/** Who sold a product, and whether only online. Pure. */
import { distinct, sentences } from './text.ts'

const DOMAIN =
  /\b(?:https?:\/\/)?((?:www\.)?[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.(?:com|net|org|us|co|shop|store|biz|info|tv|edu|gov|uk|ca))\b/g
// Where the names end and dates, prices or reach begin.
const TAIL =
  /\b(?:from|between|since|during|throughout|beginning|starting|in)\s+(?:about |approximately |around |early |mid |late )*(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.?|(?:19|20)\d\d|spring|summer|fall|winter)\b.*$|\bfor (?:about|approximately|between|around|\$|as).*$|\bprior to\b.*$/i
const SPLIT =
  /\s*(?:,|;|\band\b(?! Beyond| Barrel| Company| Co\b)|\bor\b|\bincluding\b(?:,? but not limited to,?)?|\bsuch as\b|\bonline at\b|\bonline\b|\bthrough\b|\bvia\b|\bsold (?:exclusively |only )?(?:at|by|to|in|online|through)\b|\bexclusively\b|\bon\b(?= the firm)|\bon\b(?= [A-Z])|\bat\b|\bby\b(?= [A-Z]))\s*/
const KEEP_AND =
  /\b(Bed,? Bath|Bath & Body|Barnes|Crate|Johnson|Black|Tractor|Dick's|Linens|Babies|Harbor|Lord|Pottery|Sam's|Bass)\s+and\s+/g
const GENERIC =
  /^(?:(?:the|other|various|many|several|some|all|its|their|local|independent|authorized|national|regional|nationwide|online|retail|specialty|discount|department|mass|hardware|drug|grocery|gift|toy|home|furniture|sporting|goods|merchandise|merchandisers?|general|small|smaller|large|major|additional|company|web|internet|mail|order|improvement|center|centers|electronics|appliance|bicycle|bike|book|craft|card|convenience|dollar|variety|juvenile|product|products|children's|baby|infant|clothing|apparel|boutiques?|stores?|shops?|retailers?|dealers?|dealerships?|distributors?|wholesalers?|websites?|sites?|outlets?|supermarkets?|pharmacies|catalogs?|suppliers?|contractors?|installers?|u\.s\.?|us|united|states|sellers?|vendors?|third|party|marketplaces?|firm's|firms|warehouses?|clubs?|chains?|and|of|for|as|well|throughout|country|stands?|fireworks?|mattress|lighting|electrical|plumbing|fabric|fitness|music|jewelry|kitchen|garden|lawn|farm|marine|motorcycle|powersports?|auto|automotive|parts|pet|office|outdoor|ski|surf|dive|scuba|hunting|gun|tool|tools|medical|supply|houses?|builders?|professional|tv|television|telephone|phone|shows?|fairs?|direct|sales|directly|consumers?|customers?|purchase)\b[\s/&-]*)+$/i

const ONLINE =
  /\bonline\b|\bweb ?sites?\b|\bInternet\b|\.com\b|\.net\b|\bAmazon\b|\beBay\b|\bTemu\b|\bShein\b|\bEtsy\b|\bWayfair\b|\bOverstock\b/i
const OFFLINE =
  /\bstores?\b|\bdealers?(?:hips?)?\b|\bcatalogs?\b|\bcatalogues?\b|\bretailers?\b(?! online| websites?)|\bdistributors?\b|\bshops?\b(?! Direct)|\bTV\b|\btelevision\b|\btelephone\b|\bwarehouses?\b|\bboutiques?\b|\bpharmac|\bclinics?\b|\bcontractors?\b|\bwholesalers?\b|\bshowrooms?\b|\boutlets?\b|\binstallers?\b|\bsupermarkets?\b|\bmarkets\b|\bcent(?:er|re)s\b|\bnationwide\b(?! online)/i

/** The sellers that the agency names, stores and sites; kinds of stores ("hardware stores") are not names. */
export function readSellers(soldText: string): string[] {
  const found: string[] = []
  for (const sentence of sentences(soldText)) {
    for (const match of sentence.matchAll(DOMAIN)) found.push(match[1]!)
    const names = sentence
      .replace(DOMAIN, ' ')
      .replace(/\([^)]*\)/g, ' ')
      .replace(TAIL, ' ')
      .replace(KEEP_AND, '$1 & ')
    for (const piece of names.split(SPLIT)) {
      const name = sellerName(piece)
      if (name !== null) found.push(name)
    }
  }
  return distinct(found)
}

function sellerName(piece: string): string | null {
  const name = piece
    .replace(/\s+in (?:the )?[A-Z][a-z]+\b.*$/, '')
    .replace(/\b(?:nationwide|sold|worldwide|exclusively|both of|throughout|across|located)\b.*$/i, '')
    .replace(
      /^(?:\W|\b(?:online|at|in|the firm's|its|their|other|various|authorized|the following|six|two|three|four|five|locations of|of)\s)+/i,
      '',
    )
    .replace(
      /\s+(?:retail |department |warehouse |discount |authorized )*(?:stores?|locations?|warehouses|outlets|websites?|web sites?|catalogs?|boutiques|showrooms)\b.*$/i,
      '',
    )
    .replace(/[\s.,;:]+$/, '')
    .trim()
  if (name.length < 2 || name.length > 60 || !/[A-Z]/.test(name) || GENERIC.test(name)) return null
  if (/^(?:[A-Z][a-z]+\.?|U\.S\.?|[A-Z]{2})$/.test(name) && STATES.test(name)) return null
  // "The brake levers", "Craftsman-brand compressors were": what was sold, not who sold it.
  if (/^(?:The|Complete|Distributed|They|Through)\s.*\b[a-z]{3,}$|\b(?:were|was|are|airing|also)$|\bchannels? \d|^They$/.test(name))
    return null
  return /^[A-Z0-9]|^[a-z]+[A-Z]|^buybuy/.test(name) ? name : null
}

const STATES =
  /^(?:Ala|Alaska|Alabama|Ariz|Arizona|Ark|Arkansas|Calif|California|Colo|Colorado|Conn|Connecticut|Del|Delaware|Fla|Florida|Ga|Georgia|Hawaii|Idaho|Ill|Illinois|Ind|Indiana|Iowa|Kan|Kansas|Ky|Kentucky|La|Louisiana|Maine|Md|Maryland|Mass|Massachusetts|Mich|Michigan|Minn|Minnesota|Miss|Mississippi|Mo|Missouri|Mont|Montana|Neb|Nebraska|Nev|Nevada|Ohio|Okla|Oklahoma|Ore|Oregon|Pa|Pennsylvania|Tenn|Tennessee|Tex|Texas|Utah|Vt|Vermont|Va|Virginia|Wash|Washington|Wis|Wisconsin|Wyo|Wyoming|Canada|Mexico|The|Online|Internet|Nationwide|Sold)\.?$/

/** From a whole press release: false where it says that stores or a catalog sold it; else it is left open. */
export function readOnlineOnlyFromProse(release: string): boolean | null {
  const offline = sentences(release).some((sentence) => SOLD_IN.test(sentence))
  return offline ? false : null
}

const SOLD_IN =
  /\b(?:sold|distributed|available)\b[^.]{0,160}\b(?:stores?|shops?|catalogs?|retailers?|dealers?|supermarkets?)\b|\b(?:stores?|catalogs?|retailers?|dealers?)\b[^.]{0,60}\bsold\b/i

/** True where every channel named is online, false where any is not, null where the text names none. */
export function readOnlineOnly(soldText: string): boolean | null {
  if (soldText === '') return null
  const channels = sentences(soldText)
    .map((sentence) => sentence.replace(TAIL, ' '))
    .join(' ')
    .replace(/\bonline (?:retailers?|stores?|sellers?|distributors?)\b/gi, 'online')
    .replace(/\bnationwide\b/gi, ' ')
  if (OFFLINE.test(channels)) return false
  if (!ONLINE.test(channels)) return /[A-Z]/.test(channels) ? false : null
  return !/\band at [A-Z]|\bat [A-Z][\w' ]+ and online\b/.test(channels)
}
