/** The listing and the recall in their own words, with the places that the reasons rest on. */
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import type { Recall } from '../recalls/types.ts'
import { count, day, listed, money, monthRange, recallName } from '../ui/format.ts'
import { Ago } from '../ui/time.tsx'
import { word } from '../ui/words.ts'
import { segments } from './marks.ts'
import styles from './review.module.css'
import type { MarkedReason, ReviewedListing } from './types.ts'

/** The reasons as numbered on the page, and the one that is pointed at. */
export type Marked = { reasons: readonly MarkedReason[]; active: number | null; setActive: (no: number | null) => void }

/** A listing's description or a recall's text may be a megabyte; more than this is folded. */
const SHOWN_CHARACTERS_MAX = 3_000

export function ListingText({ listing, ...marked }: { listing: ReviewedListing } & Pick<Marked, 'reasons' | 'active'>) {
  const text = (field: string, value: string | null) => (value === null || value === '' ? null : <Text {...marked} side="listing_span" field={field} text={value} />) // prettier-ignore
  return (
    <section className={styles['text']} aria-labelledby="listing-title">
      <h2 id="listing-title">The listing</h2>
      <dl>
        <Row name="Title">{text('title', listing.title)}</Row>
        <Row name="Brand">{text('brand', listing.brand)}</Row>
        <Row name="Model">{text('model', listing.model)}</Row>
        <Row name="GTIN">{text('gtin', listing.gtin)}</Row>
        <Row name="ASIN">{text('asin', listing.asin)}</Row>
        <Row name="Category">{listing.category}</Row>
        {Object.entries(listing.attributes).map(([name, value]) => (
          <Row key={name} name={name.replaceAll('_', ' ')}>
            {text(`attributes.${name}`, value)}
          </Row>
        ))}
        <Row name="Price">{listing.price_minor === null ? null : money(listing.price_minor, listing.currency)}</Row>
        <Row name="Units in one piece">{listing.pack_units === 1 ? null : count(listing.pack_units)}</Row>
        <Row name="Description">{text('description', listing.description)}</Row>
      </dl>
      <p className="dim small">
        As the marketplace told us <Ago at={listing.updated_at} />.
      </p>
    </section>
  )
}

export function RecallSide({ recall, recallId, ...marked }: { recall: Recall; recallId: string } & Pick<Marked, 'reasons' | 'active'>) {
  const { scope } = recall
  const text = (field: string, value: string | null) => (value === null || value === '' ? null : <Text {...marked} side="recall_span" field={field} text={value} />) // prettier-ignore
  return (
    <section className={styles['text']} aria-labelledby="recall-title">
      <h2 id="recall-title">The recall</h2>
      <dl>
        <Row name="Title">{text('title', recall.title)}</Row>
        <Row name="Products">
          {recall.products.length === 0 ? null : (
            <ul className={styles['products']}>
              {recall.products.map((product, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- the agency's list has no other key
                <li key={index}>{text(`products.${index}.name`, product.name)}</li>
              ))}
            </ul>
          )}
        </Row>
        <Row name="Brands">{scope.brands.length === 0 ? null : listed(scope.brands)}</Row>
        <Row name="Models">{codes(scope.models)}</Row>
        <Row name="GTINs">{codes(scope.gtins)}</Row>
        <Row name="Sold">{monthRange(scope.sold_from, scope.sold_to)}</Row>
        <Row name="Made">{monthRange(scope.manufactured_from, scope.manufactured_to)}</Row>
        <Row name="Hazard">{recall.hazard_text === '' ? null : recall.hazard_text}</Row>
        <Row name="Description">{text('description', recall.description)}</Row>
      </dl>
      <p className="dim small">
        {word(recall.kind)} <Link to={paths.recall(recallId)}>{recallName(recall.agency, recall.recall_number)}</Link>, published{' '}
        {day(recall.published_on)}
        {recall.url !== null && (
          <>
            {' · '}
            <a href={recall.url} rel="noreferrer" target="_blank">
              {recall.agency}'s own page
            </a>
          </>
        )}
      </p>
    </section>
  )
}

const CODES_SHOWN_MAX = 12

function codes(values: readonly string[]): React.ReactNode {
  if (values.length === 0) return null
  const shown = values.slice(0, CODES_SHOWN_MAX)
  return (
    <span className="mono">
      {shown.join(', ')}
      {values.length > shown.length && ` and ${count(values.length - shown.length)} more`}
    </span>
  )
}

/** What nobody stated is left out. */
function Row({ name, children }: { name: string; children: React.ReactNode }) {
  if (children === null) return null
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Text({
  text,
  side,
  field,
  reasons,
  active,
}: { text: string; side: 'listing_span' | 'recall_span'; field: string } & Pick<Marked, 'reasons' | 'active'>) {
  const shown = text.length > SHOWN_CHARACTERS_MAX ? `${text.slice(0, SHOWN_CHARACTERS_MAX)} …` : text
  const places = reasons.flatMap((reason, index) => {
    const span = reason[side]
    return span?.field === field ? [{ start: span.start, end: span.end, reason: index + 1 }] : []
  })
  return (
    <span className="prose">
      {segments(shown, places).map((piece, index) =>
        piece.reasons.length === 0 ? (
          piece.text
        ) : (
          <mark
            // oxlint-disable-next-line react/no-array-index-key -- pieces of one text have no other key
            key={index}
            className={styles['mark']}
            data-reason={piece.reasons.join(' ')}
            data-against={piece.reasons.every((no) => (reasons[no - 1]?.weight ?? 0) < 0) ? '' : undefined}
            data-active={active !== null && piece.reasons.includes(active) ? '' : undefined}
          >
            {piece.text}
            <sup>
              <span className="visually-hidden"> reason </span>
              {piece.reasons.join(', ')}
            </sup>
          </mark>
        ),
      )}
    </span>
  )
}
