/** Maps as tiles, one of the same size for each place: small states are seen as well as large ones, and no place is a pixel. */
import type { PlaceRow } from './reach.ts'

/** `null` where no tile stands. */
type Grid = (string | null)[][]

function grid(rows: string): Grid {
  return rows
    .trim()
    .split('\n')
    .map((row) =>
      row
        .trim()
        .split(' ')
        .map((code) => (code === '..' ? null : code)),
    )
}

/** The fifty states and the District of Columbia, by their postal codes (ISO 3166-2:US). */
const UNITED_STATES = grid(`
  AK .. .. .. .. .. .. .. .. .. ME
  .. .. .. .. .. WI .. .. .. VT NH
  WA ID MT ND MN IL MI .. NY MA ..
  OR NV WY SD IA IN OH PA NJ CT RI
  CA UT CO NE MO KY WV VA MD DE ..
  .. AZ NM KS AR TN NC SC DC .. ..
  .. .. .. OK LA MS AL GA .. .. ..
  HI .. .. TX .. .. .. .. FL .. ..`)

/** Provinces and territories (ISO 3166-2:CA). */
const CANADA = grid(`
  YT NT NU .. .. .. NL
  BC AB SK MB ON QC PE
  .. .. .. .. .. NB NS`)

/** The European Economic Area, Switzerland and the United Kingdom (ISO 3166-1). */
const EUROPE = grid(`
  IS .. .. NO SE FI ..
  .. .. .. DK .. EE ..
  IE GB NL .. LT LV ..
  .. BE DE PL SK .. ..
  .. LU LI CZ AT HU RO
  .. FR CH SI HR BG ..
  PT ES IT MT GR CY ..`)

export type TileMap = { name: string; grid: Grid; places: ReadonlyMap<string, PlaceRow> }

/** The maps on which some buyer lives, and how many buyers live on none of them or in a place that no tile names. */
export function tileMaps(places: readonly PlaceRow[]): { maps: TileMap[]; elsewhere: number } {
  const maps: TileMap[] = [
    { name: 'United States', grid: UNITED_STATES, places: byCode(UNITED_STATES, places, 'US') },
    { name: 'Canada', grid: CANADA, places: byCode(CANADA, places, 'CA') },
    { name: 'Europe', grid: EUROPE, places: byCode(EUROPE, places, null) },
  ].filter((map) => map.places.size > 0)
  const total = (rows: Iterable<PlaceRow>): number => [...rows].reduce((sum, row) => sum + row.buyers, 0)
  const drawn = maps.reduce((sum, map) => sum + total(map.places.values()), 0)
  return { maps, elsewhere: total(places) - drawn }
}

/** The places of a grid: regions of `country`, or whole countries where it is null. */
function byCode(tiles: Grid, places: readonly PlaceRow[], country: string | null): Map<string, PlaceRow> {
  const codes = new Set(tiles.flat())
  const found = new Map<string, PlaceRow>()
  for (const place of places) {
    const code = country === null ? place.country : place.country === country ? place.region : null
    if ((country === null) === (place.region === null) && code !== null && codes.has(code)) found.set(code, place)
  }
  return found
}
