/** A line to copy a number or a code into from what one holds: nothing is completed or corrected. Its problem stands above it and is read with it. */
import { html, raw } from 'hono/html'
import type { Html } from '../platform/page.ts'

/** `name` is also its id; `problem` says what is wrong with the value, and is absent where nothing is. */
export function codeField(field: {
  name: string
  label: string
  value: string
  problem?: string | undefined
  maxLength: number
  required?: boolean
}): Html {
  const { name, problem } = field
  return html`<div class="field ${problem === undefined ? '' : 'wrong'}">
    <label for="${name}">${field.label}</label>
    ${problem === undefined ? '' : html`<p class="error" id="${name}-problem">${problem}</p>`}
    <input
      id="${name}"
      name="${name}"
      type="text"
      value="${field.value}"
      maxlength="${field.maxLength}"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
      ${field.required === true ? raw('required') : ''}
      ${problem === undefined ? '' : raw(`aria-invalid="true" aria-describedby="${name}-problem"`)}
    />
  </div>`
}
