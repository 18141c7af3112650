/** Writes a message of many pieces to its socket as one: one call of the system instead of a list of buffers. */
import type { Socket } from 'node:net'
import type { Piece } from './encode.ts'

const ROOM_BYTES = 65_536

/** Where messages are put together. It is used again when the system has taken what stood in it, and left to the socket otherwise. */
let room = Buffer.allocUnsafeSlow(ROOM_BYTES)

/** `pieces` and the `end` behind them are ASCII where they are strings. */
export function writeTogether(socket: Socket, pieces: readonly Piece[], end: string): void {
  let length = end.length
  for (const piece of pieces) length += piece.length
  if (length > room.length) room = Buffer.allocUnsafeSlow(length)
  let at = 0
  for (const piece of pieces) at += typeof piece === 'string' ? room.write(piece, at, 'latin1') : piece.copy(room, at)
  at += room.write(end, at, 'latin1')
  socket.write(room.subarray(0, at))
  if (socket.writableLength > 0) room = Buffer.allocUnsafeSlow(ROOM_BYTES)
}
