/** Where buyers live and how many of them are reached: a tile for each place, filled from below as its buyers are reached. */
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { count, share } from '../ui/format.ts'
import styles from './region-map.module.css'
import type { PlaceRow } from './reach.ts'
import { tileMaps, type TileMap } from './tiles.ts'

export function RegionMap({ id, places }: { id: string; places: readonly PlaceRow[] }) {
  const { maps, elsewhere } = tileMaps(places)
  return (
    <section className={styles['maps']} aria-label="Map">
      <p className="dim">
        A tile fills as the buyers of its place are reached.{' '}
        {elsewhere > 0 && `${count(elsewhere)} buyers live elsewhere, or it is not stated where.`}
      </p>
      <div className={styles['side']}>
        {maps.map((map) => (
          <Tiles key={map.name} id={id} map={map} />
        ))}
      </div>
    </section>
  )
}

function Tiles({ id, map }: { id: string; map: TileMap }) {
  return (
    <figure className={styles['map']}>
      <figcaption>{map.name}</figcaption>
      <ul className={styles['tiles']} style={{ gridTemplateColumns: `repeat(${map.grid[0]!.length}, minmax(0, 52px))` }}>
        {map.grid.flatMap((codes, row) =>
          codes.map((code, column) => {
            if (code === null) return null
            return (
              <li key={code} style={{ gridRow: row + 1, gridColumn: column + 1 }}>
                <Tile id={id} code={code} place={map.places.get(code)} />
              </li>
            )
          }),
        )}
      </ul>
    </figure>
  )
}

function Tile({ id, code, place }: { id: string; code: string; place: PlaceRow | undefined }) {
  if (place === undefined)
    return (
      <span className={styles['empty']}>
        {code}
        <span className="visually-hidden">: no buyers</span>
      </span>
    )
  const where = { country: place.country, ...(place.region === null ? {} : { region: place.region }) }
  const reached = `${count(place.delivered)} of ${count(place.buyers)} buyers delivered`
  return (
    <Link
      to={paths.campaignList(id, 'buyers', where)}
      className={styles['tile']}
      title={`${code}: ${reached}`}
      style={{ backgroundSize: `100% ${Math.floor((100 * place.delivered) / place.buyers)}%` }}
    >
      <strong>{code}</strong>
      <span className={styles['share']} aria-hidden="true">
        {share(place.delivered, place.buyers)}
      </span>
      <span className="visually-hidden">: {reached}</span>
    </Link>
  )
}
