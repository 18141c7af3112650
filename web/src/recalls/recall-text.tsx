/** The agency's own words, what to do first. */
import { useState } from 'react'
import { Note } from '../ui/blocks.tsx'
import { counted, listed } from '../ui/format.ts'
import { word } from '../ui/words.ts'
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
      <p className="prose">{recall.hazard_text}</p>
      {hurt.length > 0 && <p>Reported: {listed(hurt)}.</p>}
    </Note>
  )
}

export function RecallText({ recall }: { recall: Recall }) {
  const remedies = recall.remedies.length === 0 ? '' : ` (${listed(recall.remedies.map((remedy) => word(remedy).toLowerCase()))})`
  return (
    <>
      <Part title={`What consumers are told to do${remedies}`} text={recall.remedy_text} />
      <Part title="What it is" text={recall.description} />
      <Part title="Where and when it was sold" text={recall.sold_text} />
      <Part title="Incidents" text={recall.incident_text} />
      <Part title="Contact" text={recall.contact_text ?? ''} />
    </>
  )
}

function Part({ title, text }: { title: string; text: string }) {
  if (text.trim() === '') return null
  return (
    <section>
      <h3>{title}</h3>
      <p className="prose">{text}</p>
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
