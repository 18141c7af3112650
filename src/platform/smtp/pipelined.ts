/**
 * Mail to a relay that announces PIPELINING, over a few connections that are never idle while there is something to send. Everything else
 * (no PIPELINING, encryption, passwords, addresses that are not ASCII) goes to the other transport.
 */
import type { MailMessage, MailOutcome, MailTransport } from '../mail.ts'
import { composeMail } from './compose.ts'
import { dkimSignature, type DkimKey } from './dkim.ts'
import { withoutAddresses } from './answers.ts'
import { Connection, type ConnectionOptions, type Parcel } from './connection.ts'

export type PipelinedOptions = ConnectionOptions & {
  connections: number
  /** The clock of the `Date` header. */
  clock: () => Date
  /** The key that signs, where we sign and not the relay. */
  dkim: DkimKey | null
  /** Where messages go that this transport does not carry. Opened when the first one comes. */
  otherwise: () => MailTransport
}

/** How often a message whose text was never written is handed to another connection. */
const TRIES_MAX = 5

/** What an address may hold to stand between `<` and `>`. */
const PLAIN_ADDRESS = /^[!-;=?A-~]+@[0-9A-Za-z.-]+$/

export function openPipelinedTransport(options: PipelinedOptions): MailTransport {
  const waiting: Parcel[] = []
  let taken = 0
  /** Connections that the relay lets us have: fewer than we would like, once it has turned one away. */
  let allowed = options.connections
  const connections = new Set<Connection>()
  let other: MailTransport | null = null
  let unfit = false
  let closed = false

  function otherTransport(): MailTransport {
    other ??= options.otherwise()
    return other
  }

  function take(): Parcel | undefined {
    if (taken === waiting.length) return undefined
    const parcel = waiting[taken]
    taken++
    if (taken === waiting.length || taken > 1_024) {
      waiting.splice(0, taken)
      taken = 0
    }
    return parcel
  }

  function giveBack(parcel: Parcel, why: string): void {
    parcel.tries++
    if (closed || parcel.tries >= TRIES_MAX) parcel.done({ outcome: 'refused_for_now', answer: withoutAddresses(why) })
    else if (unfit) sendOtherwise(parcel)
    else waiting.push(parcel)
  }

  function sendOtherwise(parcel: Parcel): void {
    void otherTransport().send(parcel.message).then(parcel.done)
  }

  /** The relay is not one for this transport: what waits, and all that comes, goes the other way. */
  function turnAway(): void {
    unfit = true
    for (let parcel = take(); parcel !== undefined; parcel = take()) sendOtherwise(parcel)
  }

  /** Connections for what waits: idle ones first, then new ones. */
  function serve(): void {
    for (const connection of connections) {
      if (taken === waiting.length) return
      if (connection.idle) connection.wake()
    }
    if (closed || unfit) return
    while (connections.size < Math.min(allowed, waiting.length - taken)) open()
  }

  function open(): void {
    let greeted = false
    const connection: Connection = new Connection(options, {
      take() {
        greeted = true
        return take()
      },
      giveBack,
      ended(broken) {
        connections.delete(connection)
        const turnedAway = !greeted && broken !== null
        // One connection too many is not opened again and again beside those that carry; when all have ended, all may be tried anew.
        if (connections.size === 0) allowed = options.connections
        else if (turnedAway) allowed = Math.min(allowed, connections.size)
        // Nobody answers there: those that wait for a connection are told so, or each would wait for its own time-out.
        if (turnedAway && connections.size === 0) for (let parcel = take(); parcel !== undefined; parcel = take()) giveBack(parcel, broken)
        serve()
      },
      unfit() {
        connections.delete(connection)
        turnAway()
      },
    })
    connections.add(connection)
  }

  async function deliver(message: MailMessage): Promise<MailOutcome> {
    const now = options.clock()
    const composed = options.dkim === null ? null : composeMail(message, now)
    // The signature is made before a connection takes the message: none waits for it.
    if (composed !== null) composed[0] = `${await dkimSignature(options.dkim!, composed, now)}${String(composed[0])}`
    return await new Promise((resolve) => {
      const parcel: Parcel = {
        message,
        // What we sign must not be encoded anew on its way (RFC 6376, 5.3): it goes as seven bits.
        eightBit: composed === null,
        body: (eightBit) => composed ?? composeMail(message, now, { eightBit }),
        tries: 0,
        done: resolve,
      }
      waiting.push(parcel)
      serve()
    })
  }

  return {
    atOnce: options.connections * 2,
    async send(message) {
      if (closed) return { outcome: 'refused_for_now', answer: 'the mail transport is closed' }
      const plain = PLAIN_ADDRESS.test(message.to.address) && PLAIN_ADDRESS.test(message.from.address)
      return unfit || !plain ? await otherTransport().send(message) : await deliver(message)
    },
    close() {
      closed = true
      for (const connection of connections) connection.close()
      other?.close()
    },
  }
}
