/** The text of an SMS or push message: who writes, what it is, the link, and the code that shows it is genuine. Pure. */

/** The longest subject that is kept whole: with the rest it makes three parts of an SMS at most. */
const SUBJECT_MAX = 160

/**
 * The subject is that of the notice's mail: by the law of where the buyer lives, in their language. There is no sign-in link and nothing is
 * asked for; the same code stands in the buyer's account.
 */
export function shortText(about: { sender: string; subject: string; link: string; code: string }): string {
  const subject = about.subject.length <= SUBJECT_MAX ? about.subject : `${about.subject.slice(0, SUBJECT_MAX - 1).trimEnd()}…`
  return `${about.sender}: ${subject}\n${about.link}\nCode: ${about.code}`
}
