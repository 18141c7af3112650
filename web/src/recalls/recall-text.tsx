/** The agency's own words, what to do first. */
import { useState } from 'react'
import { Note } from '../ui/blocks.tsx'
import { counted, listed } from '../ui/format.ts'
import { word } from '../ui/words.ts'
import { Marked, useSaysSomething } from './said.tsx'
import styles from './recalls.module.css'
import type { Recall } from './types.ts'

/** The hazard with its colour (ANSI Z535): red where people died, orange for a recall or an alert, none for a withdrawal that is not about safety. */
export function HazardNote({ recall }: { recall: Recall }) {
  const died = recall.deaths ?? 0
  const kind = died > 0 ? 'danger' : recall.kind === 'market_withdrawal' ? 'plain' : 'warning'
  const hurt = [
    died > 0 ? counted(died, 'death') : '',
    (recall.injuries ?? 0) > 0 ? counted(recall.injuries ?? 0, 'injury', 'injuries') : '',
    (recall.incidents ?? 0) > 0 ? counted(recall.incidents ?? 0, 'incident') : '',
  ].filter((text) => text !== '')
  return (
    <Note kind={kind} title={`Hazard: ${listed(recall.hazards.map((hazard) => word(hazard).toLowerCase())) || 'not classified'}`}>
      <p className="prose">
        <Marked text={recall.hazard_text} name="hazard_text" />
      </p>
      {hurt.length > 0 && <p>Reported: {listed(hurt)}.</p>}
    </Note>
  )
}

export function RecallText({ recall }: { recall: Recall }) {
  const remedies = recall.remedies.length === 0 ? '' : ` (${listed(recall.remedies.map((remedy) => word(remedy).toLowerCase()))})`
  return (
    <>
      <Title title={recall.title} />
      <Part title={`What consumers are told to do${remedies}`} text={recall.remedy_text} name="remedy_text" />
      <Part title="What it is" text={recall.description} name="description" />
      <Products recall={recall} />
      <Part title="Where and when it was sold" text={recall.sold_text} name="sold_text" />
      <Part title="Incidents" text={recall.incident_text} name="incident_text" />
      <Part title="Contact" text={recall.contact_text ?? ''} name="contact_text" />
    </>
  )
}

/** The page's heading is the title; it stands among the texts too where something was read from it. */
function Title({ title }: { title: string }) {
  return useSaysSomething('title') ? <Part title="Title" text={title} name="title" /> : null
}

function Part({ title, text, name }: { title: string; text: string; name: string }) {
  if (text.trim() === '') return null
  return (
    <section>
      <h3>{title}</h3>
      <p className="prose">
        <Marked text={text} name={name} />
      </p>
    </section>
  )
}

const PRODUCTS_SHOWN_MAX = 300

function Products({ recall }: { recall: Recall }) {
  if (recall.products.length === 0) return null
  const left = recall.products.length - PRODUCTS_SHOWN_MAX
  return (
    <section>
      <h3>Products as the agency lists them</h3>
      <ul>
        {recall.products.slice(0, PRODUCTS_SHOWN_MAX).map((product, at) => (
          <li key={`${product.name} ${product.model} ${product.units_text} ${at}`}>
            {(['name', 'model', 'units_text'] as const).map((part) => {
              const text = product[part] ?? ''
              return text.trim() === '' ? null : (
                <span key={part}>
                  {part !== 'name' && ' – '}
                  <Marked text={text} name={`products.${at}.${part}`} />
                </span>
              )
            })}
          </li>
        ))}
        {left > 0 && <li className="dim">and {counted(left, 'other')}: see the agency’s own page</li>}
      </ul>
    </section>
  )
}

export function Photos({ recall }: { recall: Recall }) {
  if (recall.images.length === 0) return null
  return (
    <section className="stack" aria-labelledby="photos-title">
      <h2 id="photos-title">Photographs</h2>
      <ul className={styles['photos']}>
        {recall.images.map((image, index) => (
          <li key={image.url}>
            <Photo url={image.url} name={image.caption ?? `Photograph ${index + 1}`} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A photograph from the agency's own server, and a link to it that stays when the picture cannot be shown. */
function Photo({ url, name }: { url: string; name: string }) {
  const [broken, setBroken] = useState(false)
  return (
    <a href={url} rel="noreferrer" target="_blank">
      {!broken && <img src={url} alt="" loading="lazy" referrerPolicy="no-referrer" onError={() => setBroken(true)} />}
      {name}
    </a>
  )
}
