/** The agency's words with what was read from them marked, and the facts, each leading to its words. Works without JavaScript. */
import { html } from 'hono/html'
import type { TextName } from '../feeds/index.ts'
import type { Html } from '../platform/page.ts'
import type { Recall } from '../recalls/index.ts'
import { markedNodes, type MarkedNode } from './marks.ts'
import type { Evidence, EvidencePlace } from './recall-evidence.ts'
import type { FactValue, RecallFact } from './recall-words.ts'

/** A text of several paragraphs. These are kept; nothing else of its form is known. */
export function markedProse(text: string, name: TextName, evidence: Evidence, lang: string): Html {
  const paragraphs = [...text.matchAll(/[^\n]+/g)].map((match) => trimmed(text, match.index, match.index + match[0].length))
  return html`${paragraphs.filter(([from, to]) => from < to).map((range) => html`<p lang="${lang}">${nodes(markedNodes(text, range, evidence.in(name)), false)}</p>`)}`
}

/** A title, or the name of a product. */
export function markedLine(text: string, name: TextName, evidence: Evidence): Html {
  return nodes(markedNodes(text, trimmed(text, 0, text.length), evidence.in(name)), false)
}

function trimmed(text: string, from: number, to: number): [number, number] {
  const said = text.slice(from, to)
  const start = from + (said.length - said.trimStart().length)
  return [start, Math.max(start, to - (said.length - said.trimEnd().length))]
}

/** The first words of a mark lead back to its fact; within a link there is no other. */
function nodes(all: readonly MarkedNode<EvidencePlace>[], linked: boolean): Html {
  return html`${all.map((node) => {
    if (typeof node === 'string') return node
    if (!node.begins || linked) return html`<mark>${nodes(node.nodes, linked)}</mark>`
    return html`<mark id="${node.place.id}">${back(node.place, node.nodes)}</mark>`
  })}`
}

function back(place: EvidencePlace, within: readonly MarkedNode<EvidencePlace>[]): Html {
  const first = within.findIndex((node) => typeof node === 'string')
  return html`${within.map((node, index) =>
    index === first ? html`<a href="#${place.factId}" title="What was read from these words">${node}</a>` : nodes([node], false),
  )}`
}

const PRODUCTS_SHOWN_MAX = 12
const PRODUCTS_FOLDED_MAX = 300

/** The products as the agency lists them. */
export function productList(recall: Recall, evidence: Evidence, lang: string): Html {
  const items = recall.products.slice(0, PRODUCTS_FOLDED_MAX).flatMap(({ name, model, unitsText }, at) => {
    const parts = [
      [`products.${at}.name`, name], [`products.${at}.model`, model ?? ''], [`products.${at}.unitsText`, unitsText ?? ''],
    ] as const // prettier-ignore
    const said = parts.filter(([, text]) => text.trim() !== '')
    if (said.length === 0) return []
    return [
      html`<li lang="${lang}">
        ${said.map(([part, text], index) => html`${index === 0 ? '' : ' – '}${markedLine(text, part, evidence)}`)}
      </li>`,
    ]
  })
  if (items.length === 0) return html``
  const rest = items.slice(PRODUCTS_SHOWN_MAX)
  return html`<ul>
      ${items.slice(0, PRODUCTS_SHOWN_MAX)}
    </ul>
    ${
      rest.length === 0
        ? ''
        : html`<details>
            <summary>${rest.length.toLocaleString('en-US')} more products</summary>
            <ul>
              ${rest}
            </ul>
          </details>`
    }`
}

/** Of a long list the first stand on the page and the rest is folded away; what no page can hold is in the agency's notice. */
const LISTED_MAX = 24
const FOLDED_MAX = 5_000

export function factList(facts: readonly RecallFact[], evidence: Evidence): Html {
  if (facts.length === 0) return html``
  return html`<dl class="facts">
    ${facts.map(
      (fact) =>
        html`<div>
          <dt>${fact.term}</dt>
          <dd>
            ${'text' in fact ? saidText(fact.text, fact.values, evidence) : listOf(fact.list, fact.values, evidence)}
            ${fact.corrected ? html`<span class="hint">Corrected by us after reading the agency’s text.</span>` : ''}
          </dd>
        </div>`,
    )}
  </dl>`
}

/** A sentence whose figures lead to where they were read. */
function saidText(text: string, values: readonly FactValue[], evidence: Evidence): Html {
  const parts: (Html | string)[] = []
  let at = 0
  for (const value of values) {
    const found = text.indexOf(value.text, at)
    if (found < 0) continue
    parts.push(text.slice(at, found), saidValue(value, evidence))
    at = found + value.text.length
  }
  return html`${parts}${text.slice(at)}`
}

/** One value: a link to its words, or, where several numbers add up to it, to each of them. */
export function saidValue({ text, field, value }: FactValue, evidence: Evidence): Html {
  const { factId, places } = evidence.of(field, value)
  const [first, ...others] = places
  if (first === undefined) return html`${text}`
  const link = html`<a id="${factId}" href="#${first.id}">${text}</a>`
  if (others.length === 0) return link
  return html`${link} (also ${others.map(({ id }, index) => html`${index === 0 ? '' : ', '}<a href="#${id}">here</a>`)})`
}

function listOf(items: readonly string[], values: readonly FactValue[], evidence: Evidence): Html {
  const byText = new Map(values.map((value) => [value.text, value]))
  const shown = (from: number, to: number) =>
    items.slice(from, to).map((item, index) => {
      const value = byText.get(item)
      return html`${index === 0 ? '' : ', '}${value === undefined ? item : saidValue(value, evidence)}`
    })
  if (items.length <= LISTED_MAX) return html`${shown(0, LISTED_MAX)}`
  return html`${shown(0, LISTED_MAX)}
    <details>
      <summary>${(items.length - LISTED_MAX).toLocaleString('en-US')} more</summary>
      ${shown(LISTED_MAX, FOLDED_MAX)}${items.length > FOLDED_MAX ? ' and more: see the agency’s notice' : ''}
    </details>`
}
