/** A notice as the administrator of a business account reads it: the same sections by the same law, without what is one buyer's own. Pure. */
import { ACCOUNT_WORDS } from './account-words.ts'
import type { Block, Notice } from './notice.ts'

/** In the official languages of Canada, whose law asks for the other one. */
const IN_ANOTHER_LANGUAGE: Record<string, string> = {
  en: 'To get this message in English, answer it.',
  fr: 'Pour recevoir ce message en français, répondez-y.',
}

/** Their own message has no lines and claims nothing: it says how much was bought in the account, and leads to the recall's public page. */
export function forAdministrator(notice: Notice, bought: { buyers: number; units: number }): Notice {
  const { speaker } = notice
  const own = ACCOUNT_WORDS[speaker.language]
  const numbers = new Intl.NumberFormat(speaker.locale)
  const why = speaker.say(own.why, { units: speaker.units(bought.units), buyers: numbers.format(bought.buyers) })
  function block(each: Block): Block[] {
    // A page of a buyer in another language is not the administrator's to open: people send them theirs.
    if (each.kind === 'own_link') {
      const offer = IN_ANOTHER_LANGUAGE[each.lang.split('-')[0]!]
      return offer === undefined ? [] : [{ kind: 'said', element: 'other_language', text: offer }]
    }
    if (each.kind === 'said' && each.element === 'genuine') return [{ kind: 'said', element: 'genuine', text: own.genuine }]
    return [each.kind === 'bought' ? { kind: 'said', element: 'share', text: why } : each]
  }
  return {
    ...notice,
    action: speaker.words.action.other,
    refundHere: false,
    steps: () => [
      ...notice.steps([]).filter((step) => step.element === 'stop'),
      { element: 'remedy', title: own.tellTitle, text: own.tellText },
    ],
    sections: notice.sections.map((section) => ({ ...section, blocks: section.blocks.flatMap(block) })),
  }
}
