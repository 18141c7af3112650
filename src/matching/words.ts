/** Closed word lists, stemmed as `stem` leaves them. General language only: no brand, no product line, nothing of one recall. */
import { OTHER_NAMES } from './things.ts'

function list(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter((word) => word !== ''))
}

function withOtherNames(words: string): ReadonlySet<string> {
  const these = list(words)
  return new Set([...these, ...[...OTHER_NAMES].flatMap(([other, name]) => (these.has(name) ? [other] : []))])
}

/** Words that carry no evidence on either side. */
export const STOP_WORDS = list(`
  a an the and or of in on at to by with from for as is are was were be been it its this that these those not no only all any each per your our
  you we he she they them their has have had can will may also into out up off over under than then so such if but very more most other
  new genuine original authentic official brand item product unit lot sale free shipping ship store shop seller buy great good nice perfect
  best quality premium deluxe size color colour pack pk set pc piece qty count ct about approximately
  de la le les des du un une et ou pour avec sans en el los las y con para por der die das und mit fur von ein eine im il lo di da per
  recall recalled involve include included including includes sold number model printed label located www com http inc llc ltd co corp company
  used like mint condition excellent works working tested open box oem w wo x s t
`)

/** From here on a title says what the thing is for, not what it is. */
export const FOR_WORDS = list(
  `for fit fits fitting compatible compatibility replace replaces suit suits fur pour para passend kompatibel geeignet compatibile voor geschikt`,
)
/** From here on a title says what comes with the thing. */
export const WITH_WORDS = list(
  `with w including include includes included incl inkl mit avec con plus featuring feature inklusive bundle bundled`,
)

/** The whole is not offered, only something for it. */
export const PART_CUES = list(
  `replacement spare refill substitute ersatz ersatzteil rechange repuesto recambio ricambio vervanging aftermarket rebuild repair extra`,
)

/** Things that are bought for another thing. Where a recall is about one of them, they are no parts to it. */
export const PART_WORDS = withOtherNames(`
  accessory adapter adaptor armor attachment battery bearing belt blade bracket brush bulb cable cap carafe cartridge case charger clip cord cover cradle
  decal disc earpad filter gasket holster hose insert key knob label latch lid manual mat mount net nozzle pad pedestal pouch pouche protector refill remote
  screen screw seal skin sleeve spring sticker strap straw stylus switch tip toner tripod tube valve wire wrap tasche hulle attractant lubricant detergent
  cleaner knobs pod cushion harness lamp armrest headrest liner sheath drawer
`)

/** What is made for another product and named after it: `laptop backpack`, `camera bag`. */
export const CARRIER_WORDS = list(`
  backpack bag briefcase messenger tote sling sleeve skin cart desk table lock cooler dock docking stand tray memory module drive software cable charger
  battery adapter case cover lid mount holder rack cleaner
`)

/** Words that name a part, but as often a trait of the whole (`with green handle`, `2 lb bag`): parts only where the title says so. */
export const TRAIT_WORDS = list(`
  bag band base basket bottle box chain connector container cup dock door fan glass grip guard handle hardware holder hook kit leg lens light link part pen pin
  plate plug pot pump rack ring roll roller rope shade sheet shelf stand tank tray wheel seat hood pan jar frame ring
`)

/** Colours, finishes, materials of a name: they tell variants apart, not products. */
export const COLOURS = list(`
  black white red blue green yellow orange purple pink gray grey silver gold brown beige tan ivory navy teal aqua violet bronze copper chrome nickel
  charcoal multicolor multi clear stainless steel wood wooden plastic metal metallic glass leather cotton schwarz weiss rot blau grun noir blanc
  rouge bleu negro blanco rojo azul light dark bright matte
`)

/** Endings of model numbers that only say the colour or the country. */
export const COLOUR_SUFFIX =
  /^(?:w|wh|wht|ww|wt|b|bk|blk|bb|bl|blu|ss|st|sst|bs|gy|gry|gr|grn|rd|red|pk|pnk|sl|sil|slv|bg|br|brn|tn|la|i|iv|al|cc|kk|us|usa|na|ca)$/

/** Words of company names that do not tell companies apart. */
export const COMPANY_WORDS = list(`
  inc llc ltd co corp corporation company companies group international usa america american north industry industries manufacturing brand brands products
  product technology technologies electronics global holdings enterprises enterprise import importer imports distribution trading limited gmbh the of and home
  house design designs collection store outdoor outdoors sports toys baby kids health medical media power systems system
`)

/** Brands that are written in two ways. */
export const BRAND_ALIASES: ReadonlyMap<string, readonly string[]> = new Map([
  ['hp', ['hewlett', 'packard', 'hewlettpackard']],
  ['hewlett', ['hp']],
  ['ge', ['generalelectric']],
  ['generalelectric', ['ge']],
  ['fuji', ['fujifilm']],
  ['rh', ['restorationhardware']],
  ['bd', ['blackdecker']],
])

/** Words that open what a number is. */
export const MODEL_CUES = list(
  `model style item sku article part catalog catalogue product series style version type reference ref modelnummer`,
)
export const SERIAL_CUES = list(
  `serial lot batch date tracking run production expiration expiry calendar week month dom sn manufactured stamped zip`,
)
/** Numbers that are printed on a product and tell nothing apart. */
export const OTHER_CUES = list(`supplier registration reg patent pat astm rn standard phone call ansi csa etl file license cpsc`)
export const UPC_CUES = list(`upc ean gtin barcode bar isbn`)
