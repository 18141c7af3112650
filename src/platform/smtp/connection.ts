/**
 * One connection to a relay that announces PIPELINING (RFC 2920): MAIL, RCPT and DATA go in one write, and the next message's envelope goes
 * with the end of the one before (3.1 allows both; every status is still read). A message is in doubt only from the moment its text was
 * written until its last reply: one whose text never left is handed back to be sent by another connection.
 */
import { connect, type Socket } from 'node:net'
import type { MailMessage, MailOutcome } from '../mail.ts'
import { withoutAddresses } from './answers.ts'
import type { Piece } from './encode.ts'
import { writeTogether } from './outgoing.ts'
import { replyReader, type Reply } from './replies.ts'

/**
 * A message ready for the wire. `eightBit`: its text may go as 8BITMIME (RFC 6152) where the server takes that; `body` is told whether it does.
 * `done` is called once.
 */
export type Parcel = {
  message: MailMessage
  eightBit: boolean
  body: (eightBit: boolean) => Piece[]
  done: (outcome: MailOutcome) => void
  tries: number
}

export type ConnectionOptions = {
  host: string
  port: number
  /** What EHLO says we are. */
  name: string
  /** Whether a server that offers encryption is spoken to without: on this machine only. */
  plain: boolean
  /** Seconds without a byte from the server while a reply is due. RFC 5321, 4.5.3.2 asks for minutes; the caller's lease is shorter. */
  silenceSeconds: number
  /** Messages until the connection is closed of itself, so that no server tires of it. */
  messagesMax: number
}

export type Source = {
  /** The next message to send, if there is one. */
  take: () => Parcel | undefined
  /** A message whose text was not written: nobody has it. */
  giveBack: (parcel: Parcel, why: string) => void
  /** The connection has ended; `broken` is why, where it did not end by itself. */
  ended: (broken: string | null) => void
  /** The server announces no PIPELINING, or offers encryption: messages must go another way. The connection has ended. */
  unfit: () => void
}

type Step = 'greeting' | 'ehlo' | 'mail' | 'rcpt' | 'data' | 'text' | 'nobody' | 'rset' | 'quit'

/** What is being said about one message. */
type Talk = { parcel: Parcel; refusal: Reply | null; written: boolean }

export class Connection {
  private readonly socket: Socket
  private readonly options: ConnectionOptions
  private readonly source: Source
  /** The replies that are due, in order, each with the message it is about. */
  private readonly due: { step: Step; talk: Talk | null }[] = [{ step: 'greeting', talk: null }]
  private ready = false
  private takesEightBit = false
  private begun = 0
  private over = false

  constructor(options: ConnectionOptions, source: Source) {
    this.options = options
    this.source = source
    this.socket = connect({ host: options.host, port: options.port, noDelay: true })
    this.socket.setEncoding('latin1')
    this.socket.setTimeout(options.silenceSeconds * 1_000, () => this.silent())
    const feed = replyReader((reply) => this.answered(reply))
    this.socket.on('data', (chunk: string) => {
      if (!this.over && !feed(chunk)) this.end('the server answered with something that is no SMTP reply')
    })
    this.socket.on('error', (error: NodeJS.ErrnoException) => this.end(`connection broke: ${error.code ?? error.message}`))
    this.socket.on('close', () => this.end('the server closed the connection'))
  }

  /** Begins with the next message where none is being sent. */
  wake(): void {
    if (this.ready && !this.over && this.due.length === 0) {
      const envelope = this.nextEnvelope()
      if (envelope !== '') this.socket.write(envelope)
    }
  }

  /** Says goodbye where nothing is being sent. */
  close(): void {
    if (this.over) return
    if (this.ready && this.due.length === 0) this.goodbye()
    else if (!this.ready) this.end(null)
  }

  get idle(): boolean {
    return this.ready && !this.over && this.due.length === 0
  }

  private silent(): void {
    // Nothing is due: silence is what an idle connection sounds like. It is closed, and opened anew when there is something to say.
    if (this.ready && this.due.length === 0) this.goodbye()
    else this.end(`no answer within ${this.options.silenceSeconds} s`)
  }

  private goodbye(): void {
    this.ready = false
    this.due.push({ step: 'quit', talk: null })
    this.socket.write('QUIT\r\n')
  }

  private nextEnvelope(): string {
    if (this.begun >= this.options.messagesMax) return ''
    const parcel = this.source.take()
    if (parcel === undefined) return ''
    this.begun++
    const talk: Talk = { parcel, refusal: null, written: false }
    this.due.push({ step: 'mail', talk }, { step: 'rcpt', talk }, { step: 'data', talk })
    const body = parcel.eightBit && this.takesEightBit ? ' BODY=8BITMIME' : ''
    return `MAIL FROM:<${parcel.message.from.address}>${body}\r\nRCPT TO:<${parcel.message.to.address}>\r\nDATA\r\n`
  }

  private answered(reply: Reply): void {
    if (this.over) return
    const turn = this.due.shift()
    // A server that is about to close says so unasked (RFC 5321, 3.8).
    if (turn === undefined) return this.end(`${reply.code} ${reply.text}`)
    const { step, talk } = turn
    if (step === 'greeting') return this.greeted(reply)
    if (step === 'ehlo') return this.introduced(reply)
    if (step === 'quit') return this.end(null)
    // 354 answers DATA and nothing else. Where it stands elsewhere, replies and messages no longer belong together.
    if ((reply.code >= 300 && reply.code < 400) !== (step === 'data' && reply.code < 400)) {
      this.due.unshift(turn)
      return this.end(`the server answered ${step} with ${reply.code}`)
    }
    if (talk !== null) this.said(step, talk, reply)
    if (reply.code === 421 || (step === 'rset' && reply.code !== 250)) return this.end(`${reply.code} ${reply.text}`)
    if (this.due.length === 0 && !this.over) this.rest()
  }

  private greeted(reply: Reply): void {
    if (reply.code !== 220) return this.end(`${reply.code} ${reply.text}`)
    this.due.push({ step: 'ehlo', talk: null })
    this.socket.write(`EHLO ${this.options.name}\r\n`)
  }

  private introduced(reply: Reply): void {
    if (reply.code === 421) return this.end(`${reply.code} ${reply.text}`)
    const announced = reply.text.toUpperCase().split(' ')
    // Encryption that is offered is taken (RFC 3207), and that is the other transport's business.
    if (reply.code !== 250 || !announced.includes('PIPELINING') || (announced.includes('STARTTLS') && !this.options.plain)) {
      this.over = true
      this.socket.destroy()
      return this.source.unfit()
    }
    this.takesEightBit = announced.includes('8BITMIME')
    this.ready = true
    this.wake()
  }

  private said(step: Step, talk: Talk, reply: Reply): void {
    const good = reply.code >= 200 && reply.code < 300
    if ((step === 'mail' || step === 'rcpt') && !good) talk.refusal ??= reply
    if (step === 'data') this.maySend(talk, reply)
    if (step === 'text') talk.parcel.done(good ? { outcome: 'accepted', answer: answerOf(reply) } : refused(reply))
    // The end of a text that was sent to nobody: whatever is answered, the refusal before holds.
    if (step === 'nobody') talk.parcel.done(refused(talk.refusal ?? reply))
  }

  /** DATA was answered: the text follows where its recipient was accepted. */
  private maySend(talk: Talk, reply: Reply): void {
    if (reply.code === 354 && talk.refusal === null) {
      talk.written = true
      this.due.push({ step: 'text', talk })
      // The next envelope goes in the same write as the end of this text.
      const { parcel } = talk
      const pieces = parcel.body(parcel.eightBit && this.takesEightBit)
      return writeTogether(this.socket, pieces, `.\r\n${this.nextEnvelope()}`)
    }
    if (reply.code === 354) {
      // RFC 2920, 3.1: a server may answer 354 although it took no recipient; it then waits for a text, and gets an empty one.
      this.due.push({ step: 'nobody', talk }, { step: 'rset', talk: null })
      this.socket.write(`.\r\nRSET\r\n`)
      return
    }
    talk.parcel.done(refused(talk.refusal ?? reply))
    if (reply.code === 421) return
    this.due.push({ step: 'rset', talk: null })
    this.socket.write('RSET\r\n')
  }

  /** Nothing is due: the next message, or goodbye after the last that this connection carries. */
  private rest(): void {
    if (!this.ready) return
    if (this.begun >= this.options.messagesMax) this.goodbye()
    else this.wake()
  }

  private end(broken: string | null): void {
    if (this.over) return
    this.over = true
    this.ready = false
    this.socket.destroy()
    const talks = new Set(this.due.flatMap(({ talk }) => (talk === null ? [] : [talk])))
    for (const talk of talks) {
      // Its text was written and its reply never came: it may have been taken, and only the same Message-ID tells.
      if (talk.refusal !== null) talk.parcel.done(refused(talk.refusal))
      else if (talk.written) talk.parcel.done({ outcome: 'failed', answer: withoutAddresses(broken ?? 'connection closed') })
      else this.source.giveBack(talk.parcel, broken ?? 'connection closed')
    }
    this.source.ended(broken)
  }
}

function refused(reply: Reply): MailOutcome {
  return { outcome: reply.code >= 500 ? 'refused' : 'refused_for_now', answer: answerOf(reply) }
}

function answerOf(reply: Reply): string {
  return withoutAddresses(`${reply.code} ${reply.text}`)
}
